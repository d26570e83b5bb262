"""What a snapshot knows of its terms and fields: the counts that scores are made of, deleted documents left out."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from searchkit.config import MAX_EXPANSIONS
from searchkit.ranking import fitted, idf
from searchkit.segment.lengths import Lengths

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.query import TermPattern
    from searchkit.ranking import BM25, Model
    from searchkit.segment import PostingList, SegmentReader, TermAt

    Expansions = list[tuple[array[int], int]]
    """Of one pattern: what each segment has of it; see ``SegmentReader.expand_lists``."""

    Entries = tuple[TermAt | None, ...]
    """Of one term: what each segment's dictionary knows of it."""

_MAX_PATTERNS = 64  # kept at a time; each takes at most 200 kilobytes a segment


class Statistics:
    """Counts over all segments; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        self.phrases: dict[tuple[str, tuple[str, ...]], tuple[PostingList, ...]] = {}  # looked up so far, by field
        self._lengths: dict[str, Lengths] = {}
        self._bm25: tuple[Model, BM25] | None = None
        self._expansions: dict[tuple[str, TermPattern], Expansions] = {}
        self.num_docs = sum(segment.num_live for segment in segments)

    def lengths(self, field: str) -> Lengths:
        """Return what is known of the lengths of the live documents that have this field."""
        known = self._lengths.get(field)
        if known is None:
            totals = [segment.length_totals(field) for segment in self.segments]
            known = self._lengths[field] = reduce(Lengths.plus, totals, Lengths())
        return known

    def bm25(self, model: Model) -> BM25:
        """Return the parameters that suit the texts, whatever the field they are for."""
        known = self._bm25
        if known is None or known[0] is not model:
            texts = self.lengths("text")
            made = fitted(model.bm25, texts.average, texts.evenness, model.fit) if texts.docs else model.bm25
            known = self._bm25 = model, made
        return known[1]

    def find(self, field: str, text: str) -> Entries:
        """Look a term up in all segments."""
        term = text.encode("utf-8", "surrogatepass")
        if len(self.segments) == 1:
            return (self.segments[0].find(field, term),)
        return tuple([segment.find(field, term) for segment in self.segments])

    def expand(self, field: str, pattern: TermPattern) -> Expansions:
        """Return of each segment the posting lists of the words that match a pattern, and how many match."""
        found = self._expansions.get((field, pattern))
        if found is None:
            automaton = pattern.compile()
            found = [segment.expand_lists(field, automaton, MAX_EXPANSIONS) for segment in self.segments]
            if len(self._expansions) >= _MAX_PATTERNS:
                self._expansions.clear()
            self._expansions[field, pattern] = found
        return found

    def idf(self, field: str, alternatives: Sequence[Entries]) -> float:
        """Return the weight of a term; of alternatives the most frequent counts."""
        return idf(max([self._df(field, entries) for entries in alternatives], default=0), self.num_docs)

    def _df(self, field: str, entries: Entries) -> int:
        df = 0
        for segment, entry in zip(self.segments, entries, strict=True):
            if entry is not None:
                df += entry.df if segment.deletions is None else segment.postings(field, entry).df
        return df
