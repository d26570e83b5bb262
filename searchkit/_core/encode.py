"""Posting lists, positions and term dictionaries to bytes.

``searchkit._core.postings`` and ``searchkit._core.terms`` say what the bytes mean, and read them.

The bound of a block is the largest ``tf / (tf + k1 * (1 - b + b * length / average))`` of its postings, k1 and b being
those of the reference and the average that of the segment, in 255ths and rounded up. For other parameters it is divided
by the smaller ratio of ``k1 * (1 - b)`` and of ``k1 * b / average`` to those of the reference, where that is below 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.postings import BLOCK, HEADER
from searchkit._core.terms import BLOCK_TERMS, head

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes

_BLOCK = BLOCK
_HEADER = HEADER
_BLOCK_TERMS = BLOCK_TERMS
_MAX_VARINT = 10
_EXCEPTION_BITS = 9
_MAX_EXCEPTIONS = 63  # of a block
_MAX_BLOCK = _HEADER + 3 * 128 * 4 + 2 * _MAX_EXCEPTIONS
_UINT32 = 0xFFFFFFFF
_BUFFER = 1 << 16
_REFERENCE_K1 = 0.8
_REFERENCE_B = 0.7


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


def bound_factor(base: float, slope: float, average: float) -> float:
    """Return what a block's bound is multiplied by so that it holds for ``tf / (tf + base + slope * length)``.

    Args:
        base: k1 * (1 - b).
        slope: k1 * b / average length.
        average: the length that the bounds refer to, in tokens.
    """
    reference = _REFERENCE_K1 * _REFERENCE_B / average
    smaller = min(1.0, base / (_REFERENCE_K1 * (1 - _REFERENCE_B)), slope / reference)
    return 1 / max(1.0, 255 * smaller)  # no bound is below 1, and no share is above it


def postings_room(df: int) -> int:
    """Return how many bytes ``encode_postings`` may write."""
    return df // _BLOCK * _MAX_BLOCK + _BLOCK * _MAX_VARINT


def encode_postings(
    docs: array[int],
    tfs: array[int],
    df: int,
    lengths: Uint32s,
    average: float,
    positioned: int,
    firsts: array[int],
    ends: array[int],
    out: WritableBytes,
    start: int,
) -> int:
    """Write a posting list and return where it ends.

    Args:
        docs: uint32[df], strictly increasing.
        tfs: uint32[df], each >= 1.
        df: number of documents.
        lengths: uint32[> docs[-1]], field lengths in tokens.
        average: that the bounds refer to, in tokens, > 0.
        positioned: 1 if there are positions, else 0.
        firsts: uint32[df], the first position in each document if there are positions.
        ends: uint32[df], where each document's positions end; zeros when there are none.
        out: uint8[>= start + postings_room(df)].
        start: where in ``out`` the list begins.
    """
    base = _REFERENCE_K1 * (1 - _REFERENCE_B)
    slope = _REFERENCE_K1 * _REFERENCE_B / average
    full = df // _BLOCK
    data = start + full * _HEADER
    at = data
    previous = -1
    for block in range(full):
        first = block * _BLOCK
        last = first + _BLOCK - 1
        doc_bits = 0
        tf_bits = 0
        first_bits = 0
        bound = 0.0
        before = previous
        for i in range(first, last + 1):
            doc_bits |= docs[i] - before - 1
            tf_bits |= tfs[i] - 1
            if positioned:
                first_bits |= firsts[i]
            share = tfs[i] / (tfs[i] + (base + slope * lengths[docs[i]]))
            bound = max(bound, share)
            before = docs[i]
        header = start + block * _HEADER
        doc_bits = _width(doc_bits)
        tf_bits = _tf_width(tfs, first, _width(tf_bits))
        first_bits = _width(first_bits)
        at = pack(docs, first, doc_bits, previous, out, at)
        at = pack(tfs, first, tf_bits, -2, out, at)
        at = pack(firsts, first, first_bits, -3, out, at) if positioned else at
        exceptions = 0
        for i in range(first, last + 1):
            more = _wide(tfs[i] - 1) >> tf_bits
            if more:
                out[at] = i - first | (more & 1) << 7
                out[at + 1] = more >> 1
                at += 2
                exceptions += 1
        previous = docs[last]
        _put_uint32(out, header, docs[last])
        _put_uint32(out, header + 4, at - data)
        _put_uint32(out, header + 8, ends[last])
        _put_uint32(out, header + 12, doc_bits | tf_bits << 6 | first_bits << 12 | exceptions << 18)
        out[header + 15] = min(255, _whole(255 * bound) + 1)
    for i in range(full * _BLOCK, df):
        delta = docs[i] - previous - 1
        previous = docs[i]
        if tfs[i] == 1:
            at = _put_small(out, at, delta << 1 | 1)
        else:
            at = _put_small(out, at, delta << 1)
            at = _put_small(out, at, tfs[i] - 2)
        if positioned:
            at = _put_small(out, at, firsts[i])
    return at


def pack(values: array[int], first: int, bits: int, before: int, out: WritableBytes, start: int) -> int:
    """Write 128 numbers of so many bits each and return where they end.

    Args:
        values: uint32[>= first + 128].
        first: where the numbers begin.
        bits: of each.
        before: the number before them, for their differences - 1; -2 for the low bits of the numbers - 1, -3 for them
            as they are.
        out: uint8[>= start + 16 * bits].
        start: where in ``out`` they begin.
    """
    at = start
    accumulator = 0
    filled = 0
    previous = before
    mask = (_wide(1) << bits) - 1
    for i in range(first, first + _BLOCK):
        value = values[i]
        if before != -3:
            value -= 1
        if before > -2:
            value -= previous
            previous = values[i]
        accumulator |= (value & mask) << filled
        filled += bits
        if filled >= 32:
            _put_uint32(out, at, accumulator & _UINT32)
            at += 4
            accumulator >>= 32
            filled -= 32
    return at  # 128 numbers end with one of 32 bits


def _tf_width(tfs: array[int], first: int, most: int) -> int:
    """Return how many bits frequencies of a block get so that they and the exceptions take least.

    Args:
        tfs: uint32[>= first + 128].
        first: where the block begins.
        most: bits of the largest frequency - 1.
    """
    if most == 0:
        return 0
    counts = _wide(0)  # a byte for each number of bits: how many have more
    for i in range(first, first + _BLOCK):
        value = tfs[i] - 1
        for bits in range(8):
            counts += _wide(value >> bits != 0) << 8 * bits
    best = most
    least = 16 * most
    for bits in range(max(0, most - _EXCEPTION_BITS), min(8, most)):
        over = counts >> 8 * bits & 255
        if over <= _MAX_EXCEPTIONS and 16 * bits + 2 * over < least:
            least = 16 * bits + 2 * over
            best = bits
    return best


def encode_positions(
    positions: array[int],
    first: int,
    tfs: array[int],
    df: int,
    firsts: array[int],
    ends: array[int],
    out: WritableBytes,
    start: int,
) -> int:
    """Write the positions of a posting list after the first of each document, and return where they end.

    Args:
        positions: uint32[>= first + sum(tfs)], increasing within a document.
        first: where the term's positions begin.
        tfs: uint32[df], each >= 1.
        df: number of documents.
        firsts: uint32[df], receives the first position in each document.
        ends: uint32[df], receives where each document's positions end, counted from ``start``.
        out: uint8[>= start + 5 * sum(tfs)].
        start: where in ``out`` the positions begin.

    Raises:
        ValueError: the positions do not increase.
    """
    at = start
    j = first
    for i in range(df):
        before = positions[j]
        firsts[i] = positions[j]
        stop = j + tfs[i]
        j += 1
        while j < stop:
            if positions[j] <= before:
                raise ValueError("positions must increase")
            at = _put_small(out, at, positions[j] - before - 1)
            before = positions[j]
            j += 1
        ends[i] = at - start
    return at


def put_varint(out: WritableBytes, at: int, value: int) -> int:
    """Write a varint at ``at`` and return where it ends."""
    while value > 127:
        out[at] = value & 127 | 128
        at += 1
        value >>= 7
    out[at] = value
    return at + 1


def _put_small(out: WritableBytes, at: int, value: int) -> int:
    """Write a varint that is most often of one byte or two, no one knows which, and perhaps a byte after it."""
    if value >> 14:
        return put_varint(out, at, value)
    more = value > 127
    out[at] = value & 127 | more << 7
    out[at + 1] = value >> 7
    return at + 1 + more


def _put_uint32(out: WritableBytes, at: int, value: int) -> None:
    for i in range(4):
        out[at + i] = value >> 8 * i & 255


def _wide(value: int) -> int:
    """Return a number as the 64-bit integer it is shifted in."""
    return value


def _width(value: int) -> int:
    bits = 0
    while value:
        bits += 1
        value >>= 1
    return bits


def _whole(value: float) -> int:
    """Return the largest integer up to ``value``, which is below 256."""
    whole = 0
    bit = 128
    while bit:
        if whole + bit <= value:
            whole += bit
        bit >>= 1
    return whole
