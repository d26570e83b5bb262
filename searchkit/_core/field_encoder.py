"""Term dictionaries to bytes, and the streams that they, postings and positions of a field go to.

``searchkit._core.terms`` says what the bytes mean, and reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.encode import encode_positions, encode_postings, postings_room, put_varint
from searchkit._core.terms import BLOCK_TERMS, head

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes

_BLOCK_TERMS = BLOCK_TERMS
_MAX_VARINT = 10
_BUFFER = 1 << 16


class Stream:
    """Bytes written one after the other; full buffers are set aside, so that none is copied to grow."""

    def __init__(self) -> None:
        self._full: list[Bytes] = []
        self._before = 0
        self.buffer: WritableBytes = bytearray(_BUFFER)
        self.at = 0  # where the next byte goes

    @property
    def size(self) -> int:
        """Number of bytes written."""
        return self._before + self.at

    def reserve(self, size: int) -> None:
        """Make sure that so many bytes can be written at ``at``."""
        if self.at + size > len(self.buffer):
            self._full.append(bytes(self.buffer[: self.at]))
            self._before += self.at
            self.at = 0
            if size > len(self.buffer):
                self.buffer = bytearray(2 * size)

    def append(self, data: Bytes) -> None:
        """Write bytes as they are; they must not change."""
        if len(data):
            if self.at:
                self._full.append(bytes(self.buffer[: self.at]))
            self._full.append(data)
            self._before += self.at + len(data)
            self.at = 0

    def chunks(self) -> list[Bytes]:
        """Return everything written and not taken, in order."""
        return [*self._full, bytes(self.buffer[: self.at])]

    def take(self) -> list[Bytes]:
        """Return the full buffers, in order, and forget them."""
        full, self._full = self._full, []
        return full


class FieldEncoder:
    """Dictionary, postings and positions of one field; terms come in ascending order of their bytes."""

    def __init__(self, average: float, *, positions: bool) -> None:
        """Begin a field.

        Args:
            average: tokens in a document that has the field, > 0; what the bounds refer to.
            positions: whether they are kept.
        """
        self._average = average
        self.positioned = positions
        self.terms = Stream()
        self.counts = Stream()
        self.postings = Stream()
        self.positions = Stream()
        self.offsets = uint32s(0)  # where each block of the dictionary begins in terms and in counts
        self.heads = uint64s(0)  # of each block
        self.tops = uint32s(0)  # of each block, the largest df
        self.num_terms = 0
        self.occurrences = 0
        self._last: WritableBytes = bytearray(64)  # the term before
        self._last_size = 0
        self._top = 0  # largest df of the block so far
        self._ends = uint32s(64)
        self._firsts = uint32s(64)

    def add(
        self,
        term: bytes,
        docs: array[int],
        tfs: array[int],
        df: int,
        lengths: Uint32s,
        positions: array[int],
        first: int,
    ) -> None:
        """Append a term.

        Args:
            term: greater than the term before.
            docs: uint32[>= df], strictly increasing.
            tfs: uint32[>= df].
            df: number of documents.
            lengths: uint32[> docs[df - 1]], field lengths in tokens.
            positions: uint32[>= first + sum(tfs)]; not looked at in a field without positions.
            first: where the term's positions begin.
        """
        occurrences = 0
        for i in range(df):
            occurrences += tfs[i]
        if len(self._ends) < df:
            self._ends = uint32s(2 * df)
            self._firsts = uint32s(2 * df)
        positions_size = 0
        if self.positioned:
            self.positions.reserve(5 * occurrences)
            start = self.positions.at
            end = encode_positions(positions, first, tfs, df, self._firsts, self._ends, self.positions.buffer, start)
            self.positions.at = end
            positions_size = end - start
        self.postings.reserve(postings_room(df))
        start = self.postings.at
        end = encode_postings(
            docs,
            tfs,
            df,
            lengths,
            self._average,
            self.positioned,
            self._firsts,
            self._ends,
            self.postings.buffer,
            start,
        )
        before = self.postings.size
        self.postings.at = end
        self._add_entry(
            term, 0, len(term), df, occurrences, before, end - start, self.positions.size - positions_size,
            positions_size,
        )  # fmt: skip

    def add_lists(
        self,
        terms: Bytes,
        ends: Uint32s,
        order: Uint32s,
        start: int,
        end: int,
        sizes: Uint32s,
        postings: Bytes,
        positions: Bytes,
    ) -> None:
        """Append the terms ``order[start:end]`` with what ``searchkit._core.lists.Lists`` made of them.

        Args:
            terms: uint8[...], of all terms.
            ends: uint32[...], where in ``terms`` each ends.
            order: uint32[n], the numbers of terms in ascending order of their bytes.
            start: of the terms.
            end: of the terms.
            sizes: uint32[>= 4 * (end - start)], of each term: documents, occurrences, bytes of postings, of positions.
            postings: of all these terms.
            positions: the same.
        """
        before = self.postings.size
        before_positions = self.positions.size
        self.postings.append(postings)
        self.positions.append(positions)
        with cython.nogil:
            for i in range(start, end):
                j = 4 * (i - start)
                term = order[i]
                first = ends[term - 1] if term else 0
                self._add_entry(
                    terms, first, ends[term], sizes[j], sizes[j + 1], before, sizes[j + 2], before_positions,
                    sizes[j + 3],
                )  # fmt: skip
                before += sizes[j + 2]
                before_positions += sizes[j + 3]

    def _add_entry(
        self,
        terms: Bytes,
        first: int,
        last: int,
        df: int,
        occurrences: int,
        postings_at: int,
        postings_size: int,
        positions_at: int,
        positions_size: int,
    ) -> int:
        """Append ``terms[first:last]`` to the dictionary."""
        size = last - first
        if (
            self.terms.at + size + 2 * _MAX_VARINT > len(self.terms.buffer)
            or self.counts.at + 6 * _MAX_VARINT > len(self.counts.buffer)
            or size > len(self._last)
        ):
            self._make_room(size)
        at = self.counts.at
        shared = 0
        if self.num_terms % _BLOCK_TERMS == 0:
            self._begin_block(terms, first, last)
            at = put_varint(self.counts.buffer, at, postings_at)
            at = put_varint(self.counts.buffer, at, positions_at)
        else:
            most = min(self._last_size, size)
            while shared < most and self._last[shared] == terms[first + shared]:
                shared += 1
        if df > self._top:
            self._top = df
            self._raise_top()
        repeated = occurrences - df
        at = put_varint(self.counts.buffer, at, df << 1 | (repeated > 0))
        if repeated:
            at = put_varint(self.counts.buffer, at, repeated)
        at = put_varint(self.counts.buffer, at, postings_size)
        self.counts.at = put_varint(self.counts.buffer, at, positions_size) if repeated else at
        at = put_varint(self.terms.buffer, self.terms.at, shared)
        at = put_varint(self.terms.buffer, at, size - shared)
        for i in range(shared, size):
            self._last[i] = terms[first + i]
            self.terms.buffer[at + i - shared] = terms[first + i]
        self.terms.at = at + size - shared
        self._last_size = size
        self.num_terms += 1
        self.occurrences += occurrences
        return 0

    def _begin_block(self, terms: Bytes, first: int, last: int) -> int:
        self.offsets.append(self.terms.size)
        self.offsets.append(self.counts.size)
        self.heads.append(head(bytes(terms[first:last])))
        self.tops.append(0)
        self._top = 0
        return 0

    def _raise_top(self) -> int:
        self.tops[len(self.tops) - 1] = self._top
        return 0

    def _make_room(self, size: int) -> int:
        self.terms.reserve(size + 2 * _MAX_VARINT)
        self.counts.reserve(6 * _MAX_VARINT)
        if size > len(self._last):
            grown = bytearray(2 * size)
            for i in range(self._last_size):
                grown[i] = self._last[i]
            self._last = grown
        return 0
