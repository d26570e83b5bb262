"""``searchkit shell``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Search interactively."""
    from searchkit.shell import run as run_shell

    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return run_shell(options.index, limit=options.limit, color=color)
