"""Where the words of a query stand in one document, as the index knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.where import Whereabouts
from searchkit.analysis.evidence import POSITIONED, level_field
from searchkit.query import WordClause
from searchkit.search.marking import Place, places_together
from searchkit.search.pool import Pool
from searchkit.search.together import follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.best import Snapshot
    from searchkit.search.marking import Leaf

_MAX_POSITIONS = 1 << 11  # of one word in one document

_kernels = Pool(lambda: (Whereabouts(), uint32s(_MAX_POSITIONS)))


def places_in(snapshot: Snapshot, place: int, doc: int, field: str, leaves: Sequence[Leaf]) -> list[Place]:
    """Return where words and phrases stand in a field of a document; roots and names have no positions.

    Args:
        snapshot: what was searched.
        place: of the segment.
        doc: number in the segment.
        field: of the document.
        leaves: words and phrases of the query.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    found: list[Place] = []
    for number, leaf in enumerate(leaves):
        if not isinstance(leaf, WordClause):

            def where(level: str, text: str) -> list[int]:
                return positions(snapshot, place, doc, level_field(field, level), [text])

            found += places_together(leaf, number, where)[0]
            continue
        for term in leaf.terms:
            if term.phrase and term.field == field:
                name = level_field(field, term.level)
                rows = [positions(snapshot, place, doc, name, [text]) for text in term.texts]
                found += [Place(run[0], run[-1], number, 0.7) for run in follow(rows)]
            elif term.pattern is None and term.field == field and term.level in POSITIONED:
                strength = 0.7 if term.related or term.synonym else 1.0 if term.level == "surface" else 0.9
                at_level = positions(snapshot, place, doc, level_field(field, term.level), term.texts)
                found += [Place(at, at, number, strength) for at in at_level]
    return sorted(found)


def positions(snapshot: Snapshot, place: int, doc: int, field: str, texts: Sequence[str]) -> list[int]:
    """Return where any of some terms of a field stands in a document."""
    segment = snapshot.segments[place]
    found: list[int] = []
    for text in texts:
        entry = snapshot.statistics.find(field, text)[place]
        if entry is None:
            continue
        kernel, out = _kernels.borrow()
        try:
            kernel.open(segment.data, segment.num_docs, segment.describe(field, entry, positions=True))
            size = kernel.positions(0, doc, out)
        except ValueError:
            raise segment.damage(f"positions of {field}") from None
        found += out[:size]
        _kernels.give_back((kernel, out))
    return found
