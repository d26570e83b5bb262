"""What every command that reads documents says of those it cannot read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.messages import translate

if TYPE_CHECKING:
    from searchkit.indexing.documents import Problem


def report(problem: Problem) -> None:
    """Name the place and the reason on standard error."""
    where = translate(problem.where) if " " in problem.where else problem.where  # "a.pdf and 3 more .pdf files"
    print(f"searchkit: {where}: {translate(problem.reason)}", file=sys.stderr)
