"""Where the words of a query stand in one document, as the index knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.where import Whereabouts
from searchkit.analysis.evidence import POSITIONED, level_field
from searchkit.query import NearClause, PhraseClause
from searchkit.search.marking import Place
from searchkit.search.together import follow, stand_near

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.search.best import Snapshot
    from searchkit.search.marking import Leaf

_MAX_POSITIONS = 1 << 11  # of one word in one document

_free: list[tuple[Whereabouts, array[int]]] = []  # that no thread is using


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
        if isinstance(leaf, PhraseClause):
            rows = [positions(snapshot, place, doc, field, [word]) for word in leaf.words]
            found += [Place(at[0], at[-1], number, 1.0) for at in follow(rows, leaf.slop)]
            continue
        if isinstance(leaf, NearClause):
            found += [Place(*span, number, 1.0) for span in _near(snapshot, place, doc, field, leaf)]
            continue
        for term in leaf.terms:
            if term.pattern is None and term.field == field and term.level in POSITIONED:
                strength = 1.0 if term.level == "surface" else 0.9 if not term.related else 0.7
                at_level = positions(snapshot, place, doc, level_field(field, term.level), term.texts)
                found += [Place(at, at, number, strength) for at in at_level]
    return sorted(found)


def _near(snapshot: Snapshot, place: int, doc: int, field: str, near: NearClause) -> list[tuple[int, int]]:
    """Return the first and last words of what stands near each other in a document."""
    rows = [
        sorted(
            (at[0], at[-1])
            for side in row
            for at in follow(
                [positions(snapshot, place, doc, level_field(field, side.level), [term]) for term in side.terms]
            )
        )
        for row in near.rows
    ]
    return [span for row in stand_near(rows, near.gaps) for span in row]


def positions(snapshot: Snapshot, place: int, doc: int, field: str, texts: Sequence[str]) -> list[int]:
    """Return where any of some terms of a field stands in a document."""
    segment = snapshot.segments[place]
    found: list[int] = []
    for text in texts:
        entry = snapshot.statistics.find(field, text)[place]
        if entry is None:
            continue
        kernel, out = _free.pop() if _free else (Whereabouts(), uint32s(_MAX_POSITIONS))
        try:
            kernel.open(segment.data, segment.num_docs, segment.describe(field, entry, positions=True))
            size = kernel.positions(0, doc, out)
        except ValueError:
            raise segment.damage(f"positions of {field}") from None
        found += out[:size]
        _free.append((kernel, out))
    return found


def weight(snapshot: Snapshot, leaf: Leaf) -> float:
    """Return what it is worth to show a word or phrase of a query: the idf of its lemma, or of its words together."""
    statistics = snapshot.statistics

    def rarity(field: str, text: str) -> float:
        return statistics.idf(field, [statistics.find(field, text)])

    if isinstance(leaf, PhraseClause):
        return max(sum(rarity(field, word) for word in leaf.words) for field in leaf.fields)
    if isinstance(leaf, NearClause):
        sides = [[sum(rarity(leaf.fields[0], term) for term in side.terms) for side in row] for row in leaf.rows]
        return leaf.boost * sum(map(min, sides))
    rows = [[term for term in leaf.terms if term.kind == kind] for kind in ("lemma", "surface", "name")]
    terms = next((row for row in rows if row), [])
    found = [rarity(level_field(term.field, term.level), text) for term in terms for text in term.texts]
    return leaf.boost * min(found) if found else 1.0
