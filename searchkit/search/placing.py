"""What the places of words add to the scores of the best: near the beginning, near each other, and side by side."""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import accumulate, pairwise
from math import log
from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s
from searchkit._core.cursors import MAX_LISTS
from searchkit.query import GroupClause, WordClause
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit._core.cursors import Cursors
    from searchkit._core.places import Places
    from searchkit.query import Clause
    from searchkit.ranking import Model
    from searchkit.search.plan import PlaceTerm, Planner
    from searchkit.segment import SegmentReader


Pair = tuple[int, int, float]
"""The numbers of two terms that follow each other in the query, and what the weights of the pair are multiplied by."""


class _Made(NamedTuple):
    weights: array[float]  # see ``Places.weigh``
    pairs: array[int]
    segments: list[tuple[array[int], array[int]]]  # lists of all terms, and where those of each begin


class Placing:
    """The terms of a query whose places count."""

    __slots__ = ("_came", "_made", "pairs", "terms")

    def __init__(self, terms: list[PlaceTerm], pairs: list[Pair]) -> None:
        self.terms = terms
        self.pairs = pairs
        self._came = False
        self._made: _Made | None = None

    def made(self, num_segments: int, model: Model) -> _Made:
        """Return what the kernel wants, kept from the second time on, as most queries come once."""
        made = self._made
        if made is None:
            segments: list[tuple[array[int], array[int]]] = []
            for place in range(num_segments):
                rows = [term.lists[place] for term in self.terms]
                counts = [len(row) // 48 for row in rows]
                segments.append((array("q", b"".join(rows)), array("q", accumulate(counts, initial=0))))
            weights = array("d", [model.beginning * term.importance for term in self.terms])
            for _, _, scale in self.pairs:
                weights.extend((model.near * scale, model.neighbours * scale))
            pairs = array("q", [number for pair in self.pairs for number in pair[:2]])
            made = _Made(weights, pairs, segments)
            if self._came:
                self._made = made
            self._came = True
        return made


NO_PLACES = Placing([], [])
"""That of a query in which no places count."""


def placing_of(clause: Clause, planner: Planner, cursors: Cursors, model: Model) -> Placing:
    """Return the terms of a query whose places count, and which stand side by side in it."""
    if not model.has_places:
        return NO_PLACES
    placing = Placing([], [])
    _visit(clause, planner, cursors, model, placing)
    return _first_words(placing)


def _first_words(placing: Placing) -> Placing:
    """Return as many terms as the kernel has room for: of a page as a query the first words stand for all."""
    if sum([len(lists) for term in placing.terms for lists in term.lists]) <= 48 * MAX_LISTS:
        return placing
    room = [48 * MAX_LISTS] * len(placing.terms[0].lists)
    size = 0
    for term in placing.terms:
        room = [left - len(lists) for left, lists in zip(room, term.lists, strict=True)]
        if min(room, default=0) < 0:
            break
        size += 1
    if size == len(placing.terms):
        return placing
    return Placing(placing.terms[:size], [pair for pair in placing.pairs if max(pair[:2]) < size])


def _visit(clause: Clause, planner: Planner, cursors: Cursors, model: Model, placing: Placing) -> dict[str, int]:
    """Note the terms of a clause; return by field the number of a word's."""
    if isinstance(clause, WordClause) and not clause.expanded and not clause.function:
        numbers: dict[str, int] = {}
        for term in planner.word(clause, cursors).places:
            numbers[term.term.field] = len(placing.terms)
            placing.terms.append(term)
        return numbers
    if isinstance(clause, GroupClause):
        for row in (clause.must, clause.should):
            numbered = [_visit(child, planner, cursors, model, placing) for child in row]
            for one, other in pairwise(numbered):
                placing.pairs.extend(_pairs(one, other, placing.terms))
    return {}


def _pairs(one: dict[str, int], other: dict[str, int], terms: Sequence[PlaceTerm]) -> list[Pair]:
    found: list[Pair] = []
    for field, a in one.items():
        b = other.get(field, -1)
        if b >= 0 and terms[a].term.texts != terms[b].term.texts:
            found.append((a, b, (terms[a].scale + terms[b].scale) / 2))
    return found


def add_places(
    placing: Placing,
    kernel: Places,
    segments: Sequence[SegmentReader],
    model: Model,
    docs: array[int],
    scores: array[float],
    n: int,
) -> array[float]:
    """Add what the places of words are worth, and return that: of each term, then of each pair (near, side by side).

    Args:
        placing: the words.
        kernel: a thread's own.
        segments: of the snapshot.
        model: weights.
        docs: int64[>= n], numbered through all segments.
        scores: float64[>= n], added to.
        n: number of documents.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    worths = float64s(len(placing.terms) + 2 * len(placing.pairs))
    made = look_at(placing, kernel, segments, model, docs, n)
    kernel.weigh(made.weights, _surprises(n), worths)
    kernel.add(worths, scores)
    return worths


def look_at(
    placing: Placing, kernel: Places, segments: Sequence[SegmentReader], model: Model, docs: array[int], n: int
) -> _Made:
    """Let a kernel see where the words stand in some documents; return what it was told. See ``add_places``."""
    made = placing.made(len(segments), model)
    kernel.begin(len(placing.terms), len(placing.pairs), n)
    first_doc = 0
    for segment, (lists, starts) in zip(segments, made.segments, strict=True):
        try:
            kernel.look(
                segment.data, segment.num_docs, lists, starts, model.half, made.pairs, model.reach, first_doc, docs
            )
        except ValueError:
            raise segment.damage("postings or positions") from None
        first_doc += segment.num_docs
    return made


@lru_cache(maxsize=256)  # there are no more documents than a kernel takes
def _surprises(n: int) -> array[float]:
    """Return the idf, in nats, of what 0, 1 ... n of n documents have."""
    return array("d", [log((n + 1) / (having + 0.5)) for having in range(n + 1)])
