"""``searchkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.errors import IndexFormatError
from searchkit.messages import translate
from searchkit.search import Index
from searchkit.segment.check import find_damage

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Verify all checksums; exit status 2 if anything is damaged."""
    damage = find_damage(options.index)
    if damage:
        raise IndexFormatError(f"{'; '.join(damage)}; rebuild the index or restore a copy")
    print(translate(f"{options.index}: all right, {len(Index(options.index))} documents"))
    return 0
