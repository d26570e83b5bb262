"""The documents that may match by what no kernel reads, and what the rest is: each part is searched its own way.

Another way to write a word may be a phrase, and neighbours may be written in one word. What that is worth is known only
for documents that have it; all others are found as if the query had no such thing, by pruning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.columns import mark
from searchkit.query import GroupClause, WordClause
from searchkit.search.lookup import Lookup
from searchkit.segment import Deletions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.query import Clause, Term
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_MAX_KEPT = 64  # each takes a bit per document

Segments = list["SegmentReader"]


class Apart:
    """Divides the documents of a snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics) -> None:
        self._segments = segments
        self._statistics = statistics
        self._kept: dict[tuple[Term, ...], list[int]] = {}

    def divide(self, clause: Clause) -> tuple[Segments, Segments] | None:
        """Return the segments with nothing but the documents that must be looked at, and with all others.

        None if there is nothing apart.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        sets = [self._documents(terms) for terms in _terms(clause)]
        if not sets or not any(map(any, sets)):
            return None
        within: Segments = []
        without: Segments = []
        for place, segment in enumerate(self._segments):
            found = 0
            for documents in sets:
                found |= documents[place]
            deleted = int.from_bytes(segment.deleted_bits, "little")
            within.append(_with_deleted(segment, ~found))
            without.append(_with_deleted(segment, deleted | found))
        return within, without

    def _documents(self, terms: tuple[Term, ...]) -> list[int]:
        """Return by segment the live documents of any of some terms, a bit each."""
        found = self._kept.get(terms)
        if found is None:
            lookup = Lookup(self._segments, self._statistics)
            postings = [lookup.term(term).postings for term in terms]
            made: list[int] = []
            for place, segment in enumerate(self._segments):
                flags = bytearray((segment.num_docs + 7) // 8)
                for row in postings:
                    mark(row[place].docs, row[place].df, segment.num_docs, flags)
                made.append(int.from_bytes(flags, "little"))
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            self._kept[terms] = found = made
        return found


def _terms(clause: Clause) -> Iterator[tuple[Term, ...]]:
    """Yield what no kernel reads of the words and neighbours of a query."""
    if isinstance(clause, WordClause):
        if clause.also and (phrases := tuple(term for term in clause.terms if term.phrase)):
            yield phrases
    elif isinstance(clause, GroupClause):
        for child in clause.must:
            yield from _terms(child)
        for child in clause.should:
            yield from _terms(child)
        for other in clause.instead:
            yield other.clause.terms


def _with_deleted(segment: SegmentReader, bits: int) -> SegmentReader:
    size = (segment.num_docs + 7) // 8
    bits &= (1 << segment.num_docs) - 1
    deletions = Deletions(0)
    deletions.bits = bytearray(bits.to_bytes(size, "little"))
    deletions.count = bits.bit_count()
    return segment.with_deletions(deletions)
