"""What a snapshot knows of its terms and fields: the counts that scores are made of, deleted documents left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.config import MAX_EXPANSIONS
from searchkit.ranking import idf

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.query import TermPattern
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
        self._averages: dict[str, float] = {}
        self._expansions: dict[tuple[str, TermPattern], Expansions] = {}
        self.num_docs = sum(segment.num_live for segment in segments)

    def average_length(self, field: str) -> float:
        """Return the mean number of tokens of the live documents that have this field; 1 if none has."""
        if field not in self._averages:
            totals = [segment.length_totals(field) for segment in self.segments]
            docs = sum(with_field for _, with_field in totals)
            self._averages[field] = sum(total for total, _ in totals) / docs if docs else 1.0
        return self._averages[field]

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
