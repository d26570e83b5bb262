"""``searchkit doctor``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Say what is found here, and ask how Arabic looks where somebody can answer."""
    from searchkit.shell.doctor import ask, fitted, report
    from searchkit.shell.settings import load

    for line in report(options.index):
        print(fitted(line))
    if sys.stdin.isatty() and sys.stdout.isatty():
        print(fitted(ask(load())))
    return 0
