"""Clauses to matching documents with scores, segment by segment.

This evaluates every posting of every term, so what it returns is right by construction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.buffers import float64s, uint32s
from searchkit._core.match import add, add_marked, collect, exclude, intersect, score_bm25
from searchkit.query import AllClause, Clause, GroupClause, PhraseClause, Term, WordClause

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from searchkit.ranking import Model
    from searchkit.search.lookup import Found, Lookup
    from searchkit.segment import SegmentReader


class Matches(NamedTuple):
    """Documents of one segment with their scores."""

    docs: array[int]  # uint32[>= size], strictly increasing
    scores: array[float]  # float64[>= size]
    size: int


class Part(NamedTuple):
    """One summand of a clause's score."""

    level: str  # a level of evidence, or "phrase"
    field: str
    texts: tuple[str, ...]
    found: Found
    weight: float  # of field, level, word and idf


class Matcher:
    """Finds the documents of one segment that match."""

    def __init__(self, segment: SegmentReader, place: int, lookup: Lookup, model: Model) -> None:
        """Bind a segment.

        Args:
            segment: whose documents are matched.
            place: its place among the segments of the look-up.
            lookup: where terms are found.
            model: weights and parameters.
        """
        self._segment = segment
        self.place = place
        self._lookup = lookup
        self._model = model
        self._sums = float64s(segment.num_docs)  # both stay clear between uses
        self._marks = bytearray(segment.num_docs)

    def match(self, clause: Clause) -> Matches:
        """Return the live documents that match a clause."""
        if isinstance(clause, GroupClause):
            return self._group(clause)
        if isinstance(clause, AllClause):
            return self._all()
        return self._unite([self.score(part) for part in self.parts(clause)])

    def parts(self, clause: WordClause | PhraseClause) -> Iterator[Part]:
        """Yield what a word's or phrase's score is the sum of."""
        model, lookup = self._model, self._lookup
        if isinstance(clause, PhraseClause):
            for field in clause.fields:
                found = lookup.phrase(field, clause)
                weight = clause.boost * model.phrase * model.field_weight(field) * found.idf
                yield Part("phrase", field, clause.words, found, weight)
            return
        boost = clause.boost * (model.function_word if clause.function else 1.0)
        for term in clause.terms:
            yield self._term_part(term, boost, prefix=clause.prefix)

    def _term_part(self, term: Term, boost: float, *, prefix: bool) -> Part:
        found = self._lookup.term(term, prefix=prefix)
        weight = boost * self._model.field_weight(term.field) * self._model.level_weight(term.level) * found.idf
        return Part(term.level, term.field, term.texts, found, weight)

    def score(self, part: Part) -> Matches:
        """Return the documents of one summand."""
        docs, tfs, df = part.found.postings[self.place]
        scores = float64s(df)
        if df:
            k1, b = self._model.bm25
            slope = b / self._lookup.average_length(part.field)
            lengths = self._segment.lengths(part.field)
            score_bm25(docs, tfs, df, lengths, part.weight, k1, slope, 1 - b, scores)
        return Matches(docs, scores, df)

    def _unite(self, parts: Sequence[Matches], optional: Sequence[Matches] = ()) -> Matches:
        """Return the documents of any part, with what the optional ones add to these."""
        for docs, scores, size in parts:
            add(docs, scores, size, self._sums, self._marks)
        for docs, scores, size in optional:
            add_marked(docs, scores, size, self._sums, self._marks)
        room = min(sum(part.size for part in parts), self._segment.num_docs)
        docs, scores = uint32s(room), float64s(room)
        return Matches(docs, scores, collect(self._sums, self._marks, docs, scores))

    def _group(self, group: GroupClause) -> Matches:
        required = [clause for clause in group.should if not (isinstance(clause, WordClause) and clause.function)]
        helpers = [clause for clause in group.should if isinstance(clause, WordClause) and clause.function]
        should = [self.match(clause) for clause in required]
        optional = [self.match(clause) for clause in helpers]
        if group.must:
            first, *others = [self.match(clause) for clause in group.must]
            for other in others:
                size = intersect(first.docs, first.scores, first.size, other.docs, other.scores, other.size)
                first = first._replace(size=size)
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

    def _all(self) -> Matches:
        docs = uint32s(0)
        docs.extend(self._segment.live_docs())
        return Matches(docs, float64s(len(docs)), len(docs))
