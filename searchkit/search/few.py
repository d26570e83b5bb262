"""Queries scored in a few documents: the words are looked up there, and nothing else is read of their posting lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s, uint32s
from searchkit._core.columns import members
from searchkit._core.within import Within
from searchkit.search.matching import Matches
from searchkit.search.pool import Pool
from searchkit.segment import PostingList

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.query import WordClause
    from searchkit.search.plan import Planner
    from searchkit.segment import SegmentReader, TermAt

_SHARE = 1 / 16  # of the documents of a segment; to look more of them up takes longer than to read all

_kernels = Pool(Within)


class Few:
    """The live documents of each segment; used by one search."""

    def __init__(self, segments: Sequence[SegmentReader], planner: Planner) -> None:
        self._segments = segments
        self._planner = planner
        self._docs: list[array[int]] = []
        for segment in segments:
            docs = uint32s(segment.num_live)
            members(segment.live_bits, segment.num_docs, docs)
            self._docs.append(docs)

    def postings(self, place: int, field: str, entry: TermAt) -> PostingList:
        """Return the documents of a term in a segment.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        segment, wanted = self._segments[place], self._docs[place]
        docs, tfs = uint32s(len(wanted)), uint32s(len(wanted))
        lists = segment.describe(field, entry)
        kernel = _kernels.borrow()
        try:
            df = kernel.postings(segment.data, segment.num_docs, lists, wanted, len(wanted), docs, tfs)
        except ValueError:
            raise segment.damage(f"postings of {field}") from None
        _kernels.give_back(kernel)
        return PostingList(docs, tfs, uint32s(0), df)

    def word(self, place: int, clause: WordClause) -> Matches | None:
        """Return the documents of a word in a segment; None where it is not made of posting lists alone.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        if clause.expanded or any(term.phrase for term in clause.terms):
            return None
        segment, wanted = self._segments[place], self._docs[place]
        docs, scores = uint32s(len(wanted)), float64s(len(wanted))
        kernel = _kernels.borrow()
        lists = self._planner.word(clause, kernel.cursors).arrays(place)
        try:
            size = kernel.score(segment.data, segment.num_docs, *lists, wanted, len(wanted), docs, scores)
        except ValueError:
            raise segment.damage("postings") from None
        _kernels.give_back(kernel)
        return Matches(docs, scores, size)


def are_few(segments: Sequence[SegmentReader]) -> bool:
    """Tell whether so few documents are live that it is better to look them up."""
    return all(segment.num_live <= _SHARE * segment.num_docs for segment in segments)
