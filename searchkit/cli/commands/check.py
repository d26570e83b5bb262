"""``searchkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.errors import IndexFormatError
from searchkit.search import Index

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Verify checksums; exit status 2 if anything is damaged."""
    index = Index(options.index)
    damage = index.damage()
    if damage:
        raise IndexFormatError(f"{'; '.join(damage)}: damaged; rebuild the index or restore a copy")
    print(f"{options.index}: all right, {len(index)} documents")
    return 0
