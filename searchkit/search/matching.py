"""Clauses to all matching documents with scores, segment by segment.

This evaluates every posting of every term, so what it returns is right by construction: what is found by pruning is
tested against it. Places of words do not count here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import float64s, uint32s
from searchkit._core.columns import members
from searchkit._core.match import (
    add,
    add_marked,
    collect,
    exclude,
    intersect,
    score_bm25,
    unite_best,
    unite_spare,
)  # fmt: skip
from searchkit.query import (
    AllClause,
    Clause,
    GroupClause,
    NearClause,
    PhraseClause,
    RangeClause,
    WordClause,
    leaves,
    restricts,
)
from searchkit.records import NamedTuple
from searchkit.search.parts import Part, own_rarity, parts_by_field

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from searchkit.ranking import Model
    from searchkit.search.lookup import Found, Lookup
    from searchkit.segment import SegmentReader


class Matches(NamedTuple):
    """Documents of one segment with their scores."""

    docs: array[int]  # uint32[>= size], strictly increasing
    scores: array[float]  # float64[>= size]
    size: int


_NO_MATCH = Matches(uint32s(0), float64s(0), 0)


class Matcher:
    """Finds the documents of one segment that match."""

    def __init__(
        self,
        segment: SegmentReader,
        place: int,
        lookup: Lookup,
        model: Model,
        known: Callable[[WordClause], Matches | None] | None = None,
    ) -> None:
        """Bind a segment.

        Args:
            segment: whose documents are matched.
            place: its place among the segments of the look-up.
            lookup: where terms are found.
            model: weights and parameters.
            known: returns the documents of a word if there is another way to find them.
        """
        self._segment = segment
        self.place = place
        self._lookup = lookup
        self._model = model
        self._known = known
        self._sums: array[float] | None = None
        self._marks: bytearray | None = None

    def match(self, clause: Clause) -> Matches:
        """Return the live documents that match a clause."""
        if isinstance(clause, GroupClause):
            return self._group(clause)
        if isinstance(clause, AllClause):
            return self._alike(self._segment.live_bits)
        if isinstance(clause, RangeClause):
            from searchkit.search.ranges import range_bits  # most queries have none

            found = int.from_bytes(range_bits(self._segment, clause), "little")
            live = int.from_bytes(self._segment.live_bits, "little")
            return self._alike((found & live).to_bytes((self._segment.num_docs + 7) // 8, "little"))
        if isinstance(clause, PhraseClause | NearClause):
            return self._unite(self._phrases(clause))
        known = self._known(clause) if self._known is not None else None
        if known is not None:
            return known
        return self._unite([self._field(parts) for parts in self.parts(clause)])

    def document(self, doc: int) -> dict[str, Any]:
        """Return a document as it was given."""
        return self._segment.stored.document(doc)

    def parts(self, clause: WordClause) -> list[list[Part]]:
        """Return field by field what may be evidence of a word, strongest first."""
        return self._lookup.parts(clause, self._model)

    def score(self, part: Part) -> Matches:
        """Return the documents with this evidence."""
        return self._score(self._lookup.term(part.term), part.weight)

    def phrase(self, field: str, clause: PhraseClause | NearClause) -> Matches:
        """Return the documents with a phrase, or with words near each other, in one field."""
        return self._phrases(clause)[clause.fields.index(field)]

    def _phrases(self, clause: PhraseClause | NearClause) -> list[Matches]:
        """Return the documents with a phrase, or with words near each other, field by field."""
        found = [self._together(field, clause) for field in clause.fields]
        rarity = min([each.idf for each in found])
        model = self._model
        return [
            self._score(each, clause.boost * model.field_weight(each.field) * model.phrase * rarity) for each in found
        ]

    def _together(self, field: str, clause: PhraseClause | NearClause) -> Found:
        return (
            self._lookup.near(field, clause) if isinstance(clause, NearClause) else self._lookup.phrase(field, clause)
        )

    def found(self, part: Part) -> Found:
        """Return where a part is found."""
        return self._lookup.term(part.term)

    def _score(self, found: Found, weight: float) -> Matches:
        docs, tfs, _, df = found.postings[self.place]
        if not df:
            return _NO_MATCH
        scores = float64s(df)
        k1, b = self._lookup.statistics.bm25(self._model)
        slope = k1 * b / self._lookup.statistics.lengths(found.field).average
        score_bm25(docs, tfs, df, self._segment.lengths(found.field), weight, k1 * (1 - b), slope, scores)
        return Matches(docs, scores, df)

    def _field(self, parts: Sequence[Part]) -> Matches:
        """Return the documents with a word in one field, each with its best evidence."""
        main = _best([self.score(part) for part in parts if not part.spare])
        spare = _best([self.score(part) for part in parts if part.spare])
        if not spare.size:
            return main
        docs, scores = uint32s(main.size + spare.size), float64s(main.size + spare.size)
        return Matches(docs, scores, unite_spare(*main, *spare, docs, scores))

    def _unite(self, parts: Sequence[Matches], optional: Sequence[Matches] = ()) -> Matches:
        """Return the documents of any part, with what the optional ones add to these."""
        parts = [part for part in parts if part.size]
        if not parts:
            return _NO_MATCH
        if len(parts) == 1 and not optional:
            return parts[0]._replace(docs=parts[0].docs[:])  # a posting list is kept for the whole search
        if self._sums is None or self._marks is None:  # both stay clear between uses
            self._sums, self._marks = float64s(self._segment.num_docs), bytearray(self._segment.num_docs)
        for docs, scores, size in parts:
            add(docs, scores, size, self._sums, self._marks)
        for docs, scores, size in optional:
            add_marked(docs, scores, size, self._sums, self._marks)
        room = min(sum(part.size for part in parts), self._segment.num_docs)
        docs, scores = uint32s(room), float64s(room)
        return Matches(docs, scores, collect(self._sums, self._marks, docs, scores))

    def _group(self, group: GroupClause) -> Matches:
        helpers = [clause for clause in group.should if is_helper(clause)]
        should: list[Matches] = []
        at = 0
        for start, end, name in group.instead:
            should.extend(self.match(clause) for clause in group.should[at:start] if not is_helper(clause))
            should.append(self._instead(group.should[start:end], name))
            at = end
        should.extend(self.match(clause) for clause in group.should[at:] if not is_helper(clause))
        optional = [self.match(clause) for clause in helpers]
        if group.must:
            first, *others = [self.match(clause) for clause in group.must]
            for other in others:
                size = intersect(first.docs, first.scores, first.size, other.docs, other.scores, other.size)
                first = first._replace(size=size)
            if group.should and all(map(restricts, group.must)):  # beside words ranges restrict
                words = self._unite(should, optional) if should else self._unite(optional)
                size = intersect(words.docs, words.scores, words.size, first.docs, first.scores, first.size)
                matches = words._replace(size=size)
            else:
                matches = self._unite([first], [*should, *optional])
        elif should:
            matches = self._unite(should, optional)
        else:  # nothing but function words: then they are what was asked for
            matches = self._unite(optional)
        for clause in group.must_not:
            other = self.match(clause)
            size = exclude(matches.docs, matches.scores, matches.size, other.docs, other.size)
            matches = matches._replace(size=size)
        return matches

    def _instead(self, words: Sequence[Clause], other: WordClause) -> Matches:
        """Return the documents with neighbours as they are written or another way, each with what scores more."""
        written = self._unite([self.match(clause) for clause in words if not is_helper(clause)])
        return _best([written, self._unite([self._field(parts) for parts in self.instead(words, other)])])

    def instead(self, words: Sequence[Clause], other: WordClause) -> list[list[Part]]:
        """Return field by field what may be evidence of another way to write neighbours."""
        return parts_by_field(other, self._lookup.rarity, self._model, self._rarities(words))

    def _rarities(self, words: Sequence[Clause]) -> list[float]:
        """Return the idf of each word of neighbours."""
        found: list[float] = []
        for clause in (leaf for word in words for leaf in leaves(word)):
            if isinstance(clause, PhraseClause):
                found.append(min(self._lookup.phrase(name, clause).idf for name in clause.fields))
            elif isinstance(clause, WordClause) and not clause.function:
                found.append(own_rarity(clause, self._lookup.rarity))
        return found

    def _alike(self, bits: bytes) -> Matches:
        """Return the documents of a set, each with the score 0."""
        docs = uint32s(int.from_bytes(bits, "little").bit_count())
        return Matches(docs, float64s(len(docs)), members(bits, self._segment.num_docs, docs))


def is_helper(clause: Clause) -> bool:
    """Tell whether a part of a group finds no document by itself."""
    return isinstance(clause, WordClause) and clause.function


def _best(lists: Sequence[Matches]) -> Matches:
    """Return the union, each document with its best score."""
    first, *others = [matches for matches in lists if matches.size] or [_NO_MATCH]
    for other in others:
        docs, scores = uint32s(first.size + other.size), float64s(first.size + other.size)
        first = Matches(docs, scores, unite_best(*first, *other, docs, scores))
    return first
