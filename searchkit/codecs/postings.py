"""The postings of one term as Whoosh sees them: weights, encoded values, and bounds per block."""

from __future__ import annotations

from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING, Any

from searchkit._core.postings import BLOCK
from searchkit.codecs.api import formats

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.codecs.odd import OddPostings
    from searchkit.segment import SegmentReader, TermAt

_UINT32 = Struct("!I")  # as Whoosh packs a frequency


class TermPostings:
    """Documents, weights and values of one term; never changes, shared by all its matchers."""

    def __init__(self, segment: SegmentReader, field: str, at: TermAt, odd: OddPostings | None = None) -> None:
        postings = segment.all_postings(field, at)
        self.docs: array[int] = postings.docs
        self.weights: Sequence[float] = postings.tfs if odd is None else odd.weights
        self.df = postings.df
        self.lengths = segment.lengths(length_field(segment, field))
        self._odd = odd
        self._segment = segment
        self._field = field
        self._at = at
        self._postings = postings
        self._starts: list[int] | None = None
        self._positions: array[int] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether counts and positions say all of it."""
        return self._odd is None

    @property
    def max_weight(self) -> float:
        """The largest weight of any document."""
        return max(self.block_max_weight(block) for block in range(self.num_blocks))

    @property
    def min_length(self) -> int:
        """Length of the shortest field that holds the term, 0 if lengths are not kept."""
        return min(self.block_min_length(block) for block in range(self.num_blocks))

    @property
    def max_length(self) -> int:
        """Length of the longest field that holds the term, 0 if lengths are not kept."""
        return max(self.block_max_length(block) for block in range(self.num_blocks))

    @property
    def num_blocks(self) -> int:
        """Blocks of 128 postings, the last of which may be shorter."""
        return -(-self.df // BLOCK)

    def block_max_weight(self, block: int) -> float:
        """Return the largest weight in a block."""
        return max(self.weights[block * BLOCK : min((block + 1) * BLOCK, self.df)])

    def block_min_length(self, block: int) -> int:
        """Return the length of the shortest field in a block."""
        return min(self._block_lengths(block), default=0)

    def block_max_length(self, block: int) -> int:
        """Return the length of the longest field in a block."""
        return max(self._block_lengths(block), default=0)

    def _block_lengths(self, block: int) -> list[int]:
        first, last = block * BLOCK, min((block + 1) * BLOCK, self.df)
        if self._odd is not None:
            return list(self._odd.lengths[first:last])
        return [self.lengths[doc] for doc in self.docs[first:last]] if self.lengths else []

    def frequency(self, i: int) -> int:
        """Return how often the term occurs in the i-th document."""
        return self._postings.tfs[i]

    def positions(self, i: int) -> list[int]:
        """Return where the term stands in the i-th document; empty in a field without positions."""
        if self._starts is None:
            info = self._segment.fields[self._field]
            if info.positions:
                self._positions = self._segment.positions(self._field, self._at, self._postings)
            self._starts = [0, *accumulate(self._postings.tfs[: self.df])]
        if self._positions is None:
            return []
        return list(self._positions[self._starts[i] : self._starts[i + 1]])

    def value(self, i: int, format_: Any) -> bytes:
        """Return what one of Whoosh's formats would have written for the i-th document."""
        if self._odd is not None:
            return self._odd.payloads[i]
        if isinstance(format_, formats.Positions):
            encoded: bytes = format_.encode(self.positions(i))
            return encoded
        if isinstance(format_, formats.Frequency):
            return _UINT32.pack(self.frequency(i))
        return b""


def length_field(segment: SegmentReader, field: str) -> str:
    """Return the field whose lengths are those of a field of terms."""
    return field if field in segment.length_fields() else base_field(field)


def base_field(field: str) -> str:
    """Return the field of the document that a field of terms was made from."""
    return field.partition("__")[0]
