"""Clauses to matching documents with scores, segment by segment.

This evaluates every posting of every term, so what it returns is right by construction. What finds documents is a
*part*; a *bonus* only adds to the scores of documents that are found.
"""

from __future__ import annotations

from array import array
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.buffers import float64s, uint32s
from searchkit._core.match import add, add_marked, collect, exclude, intersect, score_bm25, unite_best
from searchkit._core.proximity import neighbours, score_beginnings
from searchkit.analysis.evidence import POSITIONED
from searchkit.query import AllClause, Clause, GroupClause, PhraseClause, Term, WordClause

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.ranking import Model
    from searchkit.search.lookup import Found, Lookup, Occurrences
    from searchkit.segment import SegmentReader


class Matches(NamedTuple):
    """Documents of one segment with their scores."""

    docs: array[int]  # uint32[>= size], strictly increasing
    scores: array[float]  # float64[>= size]
    size: int


class Part(NamedTuple):
    """Evidence of a word or phrase in one field; the best one counts."""

    level: str  # a level of evidence, or "phrase"
    field: str
    texts: tuple[str, ...]
    found: Found
    idf: float  # of the field in which it is least rare
    weight: float  # of field, level, word and idf


class Bonus(NamedTuple):
    """What the places of one word, or of two side by side, add to the score of a document."""

    terms: tuple[Term, ...]
    weight: float


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
        fields = [_best([self.score(part) for part in parts]) for parts in self.fields(clause)]
        bonuses = self.beginnings(clause) if isinstance(clause, WordClause) else ()
        return self._unite(fields, [self.score_bonus(bonus) for bonus in bonuses])

    def fields(self, clause: WordClause | PhraseClause) -> list[list[Part]]:
        """Return field by field what may be evidence of a word or phrase, strongest first."""
        fields: dict[str, list[Part]] = {}
        for part in self._parts(clause):
            fields.setdefault(part.field, []).append(part)
        return list(fields.values())

    def _parts(self, clause: WordClause | PhraseClause) -> Iterator[Part]:
        model, lookup = self._model, self._lookup
        boost = clause.boost
        if isinstance(clause, PhraseClause):
            found = [("phrase", clause.words, lookup.phrase(field, clause)) for field in clause.fields]
        else:
            boost *= model.function_word if clause.function else 1.0
            found = [(term.kind, term.texts, lookup.term(term)) for term in clause.terms]
        rarity: dict[str, float] = {}
        for level, _, place in found:
            rarity[level] = min(place.idf, rarity.get(level, place.idf))
        for level, texts, place in found:
            weight = boost * model.field_weight(place.field) * model.level_weight(level) * rarity[level]
            yield Part(level, place.field, texts, place, rarity[level], weight)

    def beginnings(self, clause: WordClause) -> Iterator[Bonus]:
        """Yield what a word earns by standing near the beginning of a field."""
        for field, term in _placed(clause).items():
            weight = clause.boost * self._model.beginning * self._model.field_weight(field)
            yield Bonus((term,), weight * self._lookup.term(term).idf)

    def neighbours(self, group: GroupClause) -> Iterator[Bonus]:
        """Yield what words earn by standing next to each other as they do in the query."""
        for clauses in (group.must, group.should):
            for word, next_word in pairwise(clauses):
                if isinstance(word, WordClause) and isinstance(next_word, WordClause):
                    yield from self._pairs(word, next_word)

    def _pairs(self, word: WordClause, next_word: WordClause) -> Iterator[Bonus]:
        next_terms = _placed(next_word)
        for field, term in _placed(word).items():
            next_term = next_terms.get(field)
            if next_term is not None and next_term.texts != term.texts:
                idf = (
                    word.boost * self._lookup.term(term).idf + next_word.boost * self._lookup.term(next_term).idf
                ) / 2
                yield Bonus((term, next_term), self._model.neighbours * self._model.field_weight(field) * idf)

    def score(self, part: Part) -> Matches:
        """Return the documents with this evidence."""
        docs, tfs, _, df = part.found.postings[self.place]
        scores = float64s(df)
        if df:
            k1, b = self._model.bm25
            slope = b / self._lookup.average_length(part.field)
            lengths = self._segment.lengths(part.field)
            score_bm25(docs, tfs, df, lengths, part.weight, k1, slope, 1 - b, scores)
        return Matches(docs, scores, df)

    def score_bonus(self, bonus: Bonus) -> Matches:
        """Return the documents that earn a bonus, found or not, deleted or not."""
        alternatives = [self._lookup.occurrences(self.place, term) for term in bonus.terms]
        if len(bonus.terms) == 1:
            return _best([self._beginning(one, bonus.weight) for one in alternatives[0]])
        return _best([_neighbours(one, other, bonus.weight) for one, other in product(*alternatives)])

    def _beginning(self, occurrences: Occurrences, weight: float) -> Matches:
        docs, tfs, _, df = occurrences.postings
        scores = float64s(df)
        score_beginnings(tfs, df, occurrences.positions, weight, self._model.half, scores)
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
        optional += [self.score_bonus(bonus) for bonus in self.neighbours(group)]
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


def _placed(clause: WordClause) -> dict[str, Term]:
    """Return by field the term whose positions count: none of a function word, which is everywhere, nor in titles."""
    if clause.function or clause.expanded:
        return {}
    placed = [term for term in clause.terms if term.level in POSITIONED and term.field != "title"]
    return {term.field: term for term in placed}  # of a field the last, so the lemma where there is one


def _best(lists: Sequence[Matches]) -> Matches:
    """Return the union, each document with its best score."""
    first, *others = [matches for matches in lists if matches.size] or [Matches(uint32s(0), float64s(0), 0)]
    for other in others:
        docs, scores = uint32s(first.size + other.size), float64s(first.size + other.size)
        first = Matches(docs, scores, unite_best(*first, *other, docs, scores))
    return first


def _neighbours(first: Occurrences, second: Occurrences, weight: float) -> Matches:
    (docs, tfs, _, df), (next_docs, next_tfs, _, next_df) = first.postings, second.postings
    found = uint32s(min(df, next_df))
    size = neighbours(docs, tfs, df, first.positions, next_docs, next_tfs, next_df, second.positions, found)
    return Matches(found, array("d", [weight]) * size, size)
