"""``searchkit export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Write a plain Whoosh index."""
    from searchkit.codecs.export import export_whoosh
    from searchkit.messages import translate

    count = export_whoosh(options.index, options.whoosh)
    print(translate(f"{options.whoosh}: {count} documents, readable with Whoosh alone"))
    return 0
