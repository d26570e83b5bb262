"""``searchkit completions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.parsing import make_parser

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print what makes a shell complete commands, options and their values."""
    import shtab

    print(shtab.complete(make_parser(), shell=options.shell))
    return 0
