"""Walks the postings of one term for Whoosh's queries."""

from __future__ import annotations

from bisect import bisect_left
from math import ceil
from typing import TYPE_CHECKING, Any

from searchkit._core.postings import BLOCK
from searchkit.codecs.api import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.codecs.postings import TermPostings


_STEPS = 1 << 20
_MOST = 1 << 30  # bounds that are as high are left alone


class PostingMatcher(matching.LeafMatcher):
    """Stands on one posting of a term; safe in threads, as each has its own matchers and postings never change."""

    def __init__(self, postings: TermPostings, format_: Any, term: tuple[str, bytes], scorer: Any, at: int = 0) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._docs = postings.docs
        self._size = postings.df
        self._at = at

    def is_active(self) -> bool:
        """Tell whether there is a posting here."""
        return self._at < self._size

    def reset(self) -> None:
        """Go to the first posting."""
        self._at = 0

    def copy(self) -> PostingMatcher:
        """Return a matcher that stands here and goes its own way."""
        return PostingMatcher(self._postings, self.format, self._term, self.scorer, self._at)

    def id(self) -> int:
        """Return the document."""
        return self._docs[self._at]

    def next(self) -> bool:
        """Go to the next posting; return whether it begins a block or there is none."""
        if self._at >= self._size:
            raise matching.ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0 or self._at == self._size

    def skip_to(self, docnum: int) -> None:
        """Go to the first posting of this document or a later one; never back."""
        if self._at >= self._size:
            raise matching.ReadTooFar
        if self._docs[self._at] < docnum:
            self._at = bisect_left(self._docs, docnum, self._at, self._size)

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the first block that may hold a score above this; return the number of blocks skipped."""
        skipped = 0
        while self._at < self._size and self.block_quality() <= minquality:
            self._at = min((self._at // BLOCK + 1) * BLOCK, self._size)
            skipped += 1
        return skipped

    def block_quality(self) -> float:
        """Return what no score in the block exceeds, rounded up to steps whose sums are exact.

        Whoosh's matchers of several terms ask one of them to skip while the sum of their bounds is at most the minimum,
        and it skips while its bound is at most the minimum less the others: rounding that lets the first hold and not
        the second makes them go on for ever.
        """
        bound: float = self.scorer.block_quality(self)
        return ceil(bound * _STEPS) / _STEPS if bound < _MOST else bound

    def weight(self) -> float:
        """Return the term's weight in this document."""
        return float(self._postings.weights[self._at])

    def value(self) -> bytes:
        """Return the posting's value, encoded by the field's format."""
        return self._postings.value(self._at, self.format)

    def value_as(self, astype: str) -> Any:
        """Return the posting's value as frequency, positions or another type that the field's format supports."""
        if astype == "positions" and self._postings.is_plain:
            return self._postings.positions(self._at)
        if astype == "frequency" and self._postings.is_plain:
            return self._postings.frequency(self._at)
        return self.format.decoder(astype)(self.value())

    def all_ids(self) -> Iterator[int]:
        """Yield all documents from here on; the matcher stays."""
        return iter(self._docs[self._at : self._size])

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Yield all documents from here on with their values."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def block_min_id(self) -> int:
        """Return the first document of the block."""
        return self._docs[self._at // BLOCK * BLOCK]

    def block_max_id(self) -> int:
        """Return the last document of the block."""
        return self._docs[min((self._at // BLOCK + 1) * BLOCK, self._size) - 1]

    def block_min_length(self) -> int:
        """Return the length of the shortest field in the block."""
        return self._postings.block_min_length(self._at // BLOCK)

    def block_max_length(self) -> int:
        """Return the length of the longest field in the block."""
        return self._postings.block_max_length(self._at // BLOCK)

    def block_max_weight(self) -> float:
        """Return the largest weight in the block."""
        return self._postings.block_max_weight(self._at // BLOCK)
