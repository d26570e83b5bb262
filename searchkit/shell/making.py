"""Making an index from inside the shell."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from searchkit.config import SEEDS
from searchkit.messages import listed, translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.indexing.documents import Problem

    Make = Callable[[str, list[str]], str]
    """Brings an index up to date with files, and returns what was done in one line."""


def offer(directory: str, make: Make) -> bool:
    """Ask which files to index and index them; return whether that was wanted.

    Raises:
        EOFError, KeyboardInterrupt: the person has left.
        SearchkitError: the files cannot be indexed.
    """
    suggested = SEEDS if os.path.isdir(SEEDS) else ""
    question = translate("files or a folder to index" if suggested else "files or a folder to index (nothing to leave)")
    answer = input(f"{question} [{suggested}]: " if suggested else f"{question}: ").strip() or suggested
    if not answer:
        return False
    print(make(directory, [os.path.expanduser(answer)]))
    return True


def make(directory: str, paths: list[str]) -> str:
    """Bring an index up to date with files; return what was done in one line."""
    from searchkit.indexing.refresh import Refresh
    from searchkit.search import create

    with create(directory) as writer:
        refresh = Refresh(writer, _report)
        refresh.run(paths, base=os.path.dirname(os.path.abspath(directory)))
    counts = [translate(f"{refresh.documents} indexed"), translate(f"{refresh.unchanged} unchanged")]
    counts += [translate(f"{refresh.problems} could not be read")] if refresh.problems else []
    return f"{directory}: {listed(counts)}"


def _report(problem: Problem) -> None:
    print(f"{problem.where}: {translate(problem.reason)}", file=sys.stderr)
