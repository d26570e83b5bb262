"""``searchkit shell``."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Search interactively."""
    from searchkit.shell import run as run_shell
    from searchkit.shell.settings import load

    overrides = [*options.set, *([f"limit={options.limit}"] if options.limit else [])]
    return run_shell(options.index, load(overrides), _make)


def _make(directory: str, paths: list[str]) -> str:
    """Index files as ``searchkit index`` does; return what was done in one line."""
    from searchkit.cli.commands.index import refresh_index, summary

    started = perf_counter()
    refresh = refresh_index(paths, directory)
    return f"{directory}: {summary(refresh, directory, perf_counter() - started)}"
