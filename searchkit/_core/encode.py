"""Posting lists and positions to bytes.

``searchkit._core.postings`` says what the bytes mean, and reads them.

The bound of a block is the largest ``tf / (tf + k1 * (1 - b + b * length / average))`` of its postings, k1 and b being
those of the reference and the average that of the segment, in 255ths and rounded up. For other parameters it is divided
by the smaller ratio of ``k1 * (1 - b)`` and of ``k1 * b / average`` to those of the reference, where that is below 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.postings import BLOCK, HEADER

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Uint32s, WritableBytes

_BLOCK = BLOCK
_HEADER = HEADER
_MAX_VARINT = 10
_EXCEPTION_BITS = 9
_MAX_EXCEPTIONS = 63  # of a block
_MAX_BLOCK = _HEADER + 3 * 128 * 4 + 2 * _MAX_EXCEPTIONS
_UINT32 = 0xFFFFFFFF
_REFERENCE_K1 = 0.8
_REFERENCE_B = 0.7


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
