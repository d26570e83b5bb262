"""``searchkit shell``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Search interactively."""
    from searchkit.shell import run as run_shell
    from searchkit.shell.settings import load

    overrides = [*options.set, *([f"limit={options.limit}"] if options.limit else [])]
    return run_shell(options.index, load(overrides))
