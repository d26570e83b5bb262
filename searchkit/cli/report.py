"""What every command that reads documents says of those it cannot read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.messages import translate

if TYPE_CHECKING:
    from searchkit.indexing.documents import Problem


def report(problem: Problem) -> None:
    """Name the place and the reason on standard error."""
    print(f"searchkit: {problem.where}: {translate(problem.reason)}", file=sys.stderr)
