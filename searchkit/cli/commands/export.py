"""``searchkit export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Write a plain Whoosh index."""
    from searchkit.codecs.export import export_whoosh

    count = export_whoosh(options.index, options.whoosh)
    print(f"{options.whoosh}: {count} documents, readable with Whoosh alone")
    return 0
