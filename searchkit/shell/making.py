"""Making an index from inside the shell."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from searchkit.config import SEEDS

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
    question = "files or a folder to index" + (f" [{suggested}]" if suggested else " (nothing to leave)")
    answer = input(f"{question}: ").strip() or suggested
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
    counts = f"{refresh.documents} indexed, {refresh.unchanged} unchanged"
    return f"{directory}: {counts}" + (f", {refresh.problems} could not be read" if refresh.problems else "")


def _report(problem: Problem) -> None:
    print(f"{problem.where}: {problem.reason}", file=sys.stderr)
