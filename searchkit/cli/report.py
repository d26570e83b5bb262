"""What is said on standard error. Where nobody can read it, no work is lost for that."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from searchkit.messages import translate

if TYPE_CHECKING:
    from typing import TextIO

    from searchkit.indexing.documents import Problem


def show(text: str) -> None:
    """Write to standard error as it is."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:  # full, or closed by a reader
        give_up(sys.stderr)


def tell(*lines: str) -> None:
    """Write lines, the name of the command before the first."""
    show("searchkit: " + "".join(f"{line}\n" for line in lines))


def give_up(stream: TextIO) -> None:
    """Have a stream that cannot be written lead to nowhere, or the exit fails as well."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def report(problem: Problem) -> None:
    """Name the place and the reason on standard error."""
    where = translate(problem.where) if " " in problem.where else problem.where  # "a.pdf and 3 more .pdf files"
    tell(f"{where}: {translate(problem.reason)}")
