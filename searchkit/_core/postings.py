"""The bytes of posting lists, and how they are read; ``searchkit._core.encode`` writes them.

A posting list of ``df`` documents is ``df // 128`` full blocks and a tail:

- headers, 16 bytes per full block: uint32 last document, end of the block's data, end of its positions, and one that
  holds, low bits first, 6 bits each for bits per document delta, bits per frequency, bits per first position and number
  of exceptions, and 8 for the bound;
- data of the full blocks: 128 document deltas - 1, then the low bits of 128 frequencies - 1, then in a field with
  positions 128 first positions, each bit-packed, low bits first; then the exceptions, the few frequencies that have
  more bits, a uint16 each: the place in the block, 7 bits, and the further bits;
- tail, varints: ``(delta - 1) << 1 | (tf == 1)``, then ``tf - 2`` where the low bit is 0, then the first position.

Ends count bytes from the first byte of block data, and from the first byte of the term's positions. There, each
document has the positions after its first as varints of the differences - 1. A varint has 7 bits a byte, low bits
first, the high bit set on all bytes but the last. The bound of a block, in 255ths, is at least the largest share of its
weight that BM25 gives a posting; see ``searchkit._core.encode``.

Nothing read is trusted: a decoder raises ``ValueError`` rather than leave its buffers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableUint32s

BLOCK = 128
HEADER = 16
_BLOCK = 128
_HEADER = 16
_UINT32 = 0xFFFFFFFF
_QUARTER = 14  # bits; four such numbers and the seven bits before them are read together


def decode_postings(
    data: Bytes,
    start: int,
    end: int,
    df: int,
    num_docs: int,
    docs: array[int],
    tfs: array[int],
    firsts: array[int],
) -> int:
    """Read a posting list and return the sum of its frequencies.

    Args:
        data: uint8[>= end].
        start: where the list begins.
        end: where it ends.
        df: number of documents.
        num_docs: all document numbers must be below this.
        docs: uint32[>= df], filled.
        tfs: uint32[>= df], filled.
        firsts: uint32[>= df], filled with the first position in each document; empty in a field without positions.

    Raises:
        ValueError: the bytes are not a list of ``df`` postings.
    """
    full = df // _BLOCK
    base = start + full * _HEADER
    positioned = len(firsts) > 0
    if start < 0 or df < 0 or end > len(data) or base > end or len(docs) < df or len(tfs) < df:
        raise _damaged()
    if positioned and len(firsts) < df:
        raise _damaged()
    at = base
    total = 0
    doc = -1
    for block in range(full):
        first = block * _BLOCK
        header = start + block * _HEADER
        size = check_block(data, header, positioned)
        if size < 0 or at + size > end or base + get_uint32(data, header + 4) != at + size:
            raise _damaged()
        doc = unpack_docs(data, at, doc_bits(data, header), doc, docs, first)
        if positioned:
            behind = at + 16 * (doc_bits(data, header) + tf_bits(data, header))
            unpack(data, behind, first_bits(data, header), 0, firsts, first)
        at += size
        unpack_tfs(data, header, at, tfs, first)
        if doc != get_uint32(data, header):
            raise _damaged()
    doc = decode_tail(data, at, end, doc, full * _BLOCK, df, docs, tfs, firsts)
    if doc == -2 or doc >= num_docs:
        raise _damaged()
    for i in range(df):
        total += tfs[i]
    return total


def check_block(data: Bytes, header: int, positioned: int) -> int:
    """Return the size of a block's data in bytes, -1 if its header cannot be true."""
    of_doc = doc_bits(data, header)
    of_tf = tf_bits(data, header)
    of_first = first_bits(data, header)
    if of_doc > 32 or of_tf > 32 or of_first > 32 or (of_first > 0 and not positioned):
        return -1
    return 16 * (of_doc + of_tf + of_first) + 2 * exceptions(data, header)


def unpack_tfs(data: Bytes, header: int, end: int, tfs: WritableUint32s, first: int) -> None:
    """Read the 128 frequencies of the block whose data end at ``end`` into ``tfs`` from ``first`` on."""
    bits = tf_bits(data, header)
    unpack(data, end - tfs_before(data, header), bits, 1, tfs, first)
    at = end - 2 * exceptions(data, header)
    while at < end:
        place = first + (data[at] & 127)
        tfs[place] = (tfs[place] + (_wide(data[at] >> 7 | _wide(data[at + 1]) << 1) << bits)) & _UINT32
        at += 2


def unpack_tf(data: Bytes, header: int, end: int, place: int) -> int:
    """Return one of the frequencies of the block whose data end at ``end``."""
    bits = tf_bits(data, header)
    tf = unpack_one(data, end - tfs_before(data, header), bits, place) + 1
    at = end - 2 * exceptions(data, header)
    while at < end:
        if data[at] & 127 == place:
            tf += _wide(data[at] >> 7 | _wide(data[at + 1]) << 1) << bits
        at += 2
    return tf & _UINT32


def unpack(data: Bytes, at: int, bits: int, plus: int, values: WritableUint32s, first: int) -> None:
    """Read 128 numbers of so many bits each from ``at`` on into ``values`` from ``first`` on, each and ``plus``."""
    mask = (_wide(1) << bits) - 1
    bit = 8 * at
    if bits <= _QUARTER and at + 16 * bits + 8 <= len(data):
        for i in range(first, first + _BLOCK, 4):
            four = get_uint64(data, bit >> 3) >> (bit & 7)
            values[i] = ((four & mask) + plus) & _UINT32
            values[i + 1] = ((four >> bits & mask) + plus) & _UINT32
            values[i + 2] = ((four >> 2 * bits & mask) + plus) & _UINT32
            values[i + 3] = ((four >> 3 * bits & mask) + plus) & _UINT32
            bit += 4 * bits
    elif at + 16 * bits + 8 <= len(data):
        for i in range(first, first + _BLOCK):
            values[i] = (((get_uint64(data, bit >> 3) >> (bit & 7)) & mask) + plus) & _UINT32
            bit += bits
    else:
        for i in range(first, first + _BLOCK):
            values[i] = (((_last_uint64(data, bit >> 3) >> (bit & 7)) & mask) + plus) & _UINT32
            bit += bits


def unpack_docs(data: Bytes, at: int, bits: int, before: int, docs: WritableUint32s, first: int) -> int:
    """Read 128 documents, given as differences - 1 of so many bits each; return the last, which may be too large.

    Args:
        data: uint8[size].
        at: where the differences begin.
        bits: of each.
        before: the document before them, -1 for none.
        docs: uint32[>= first + 128].
        first: where in ``docs`` the first one goes.
    """
    mask = (_wide(1) << bits) - 1
    bit = 8 * at
    doc = before
    if bits <= _QUARTER and at + 16 * bits + 8 <= len(data):
        for i in range(first, first + _BLOCK, 4):
            four = get_uint64(data, bit >> 3) >> (bit & 7)
            doc += (four & mask) + 1
            docs[i] = doc & _UINT32
            doc += (four >> bits & mask) + 1
            docs[i + 1] = doc & _UINT32
            doc += (four >> 2 * bits & mask) + 1
            docs[i + 2] = doc & _UINT32
            doc += (four >> 3 * bits & mask) + 1
            docs[i + 3] = doc & _UINT32
            bit += 4 * bits
    elif at + 16 * bits + 8 <= len(data):
        for i in range(first, first + _BLOCK):
            doc += ((get_uint64(data, bit >> 3) >> (bit & 7)) & mask) + 1
            docs[i] = doc & _UINT32
            bit += bits
    else:
        for i in range(first, first + _BLOCK):
            doc += ((_last_uint64(data, bit >> 3) >> (bit & 7)) & mask) + 1
            docs[i] = doc & _UINT32
            bit += bits
    return doc


def unpack_one(data: Bytes, at: int, bits: int, place: int) -> int:
    """Return one of 128 numbers of so many bits each that begin at ``at``."""
    bit = place * bits
    byte = at + (bit >> 3)
    mask = (_wide(1) << bits) - 1
    if byte <= len(data) - 8:
        return (get_uint64(data, byte) >> (bit & 7)) & mask
    return (_last_uint64(data, byte) >> (bit & 7)) & mask


def gather(data: Bytes, at: int, places: Uint32s, first: int, n: int, out: array[float]) -> None:
    """Write the uint32s at these places of the table that begins at byte ``at``; the table must hold them."""
    for i in range(n):
        out[i] = get_uint32(data, at + 4 * _wide(places[first + i]))


def decode_tail(
    data: Bytes,
    start: int,
    end: int,
    before: int,
    first: int,
    df: int,
    docs: WritableUint32s,
    tfs: WritableUint32s,
    firsts: WritableUint32s,
) -> int:
    """Read the postings after the full blocks and return the last document; -2 if the bytes are not so many postings.

    Args:
        data: uint8[>= end].
        start: where the tail begins.
        end: where it ends.
        before: the document before, -1 if there is none.
        first: where in the buffers the first posting goes.
        df: where in the buffers they end.
        docs: uint32[>= df].
        tfs: uint32[>= df].
        firsts: uint32[>= df], or empty in a field without positions.
    """
    positioned = len(firsts) > 0
    at = start
    doc = before
    for i in range(first, df):
        value = 0
        shift = 0
        while True:
            if at >= end or shift > 35:
                return -2
            value |= _wide(data[at] & 127) << shift
            at += 1
            shift += 7
            if data[at - 1] < 128:
                break
        doc += (value >> 1) + 1
        tf = 1
        if value & 1 == 0:
            tf = 0
            shift = 0
            while True:
                if at >= end or shift > 35:
                    return -2
                tf |= _wide(data[at] & 127) << shift
                at += 1
                shift += 7
                if data[at - 1] < 128:
                    break
            tf += 2
        docs[i] = doc & _UINT32
        tfs[i] = tf & _UINT32
        if positioned:
            value = 0
            shift = 0
            while True:
                if at >= end or shift > 35:
                    return -2
                value |= _wide(data[at] & 127) << shift
                at += 1
                shift += 7
                if data[at - 1] < 128:
                    break
            firsts[i] = value & _UINT32
    if at != end or doc > _UINT32:
        return -2
    return doc


def decode_positions(
    data: Bytes, start: int, end: int, tfs: array[int], firsts: array[int], df: int, positions: array[int]
) -> int:
    """Read the positions of a posting list, one document after the other, and return their number.

    Args:
        data: uint8[>= end].
        start: where the positions begin.
        end: where they end.
        tfs: uint32[>= df], how many each document has, each >= 1.
        firsts: uint32[>= df], the first in each.
        df: number of documents.
        positions: uint32[>= sum(tfs)], filled.

    Raises:
        ValueError: the bytes are not the positions announced.
    """
    room = len(positions)
    if start < 0 or end > len(data) or df > len(tfs) or df > len(firsts):
        raise _damaged()
    at = start
    j = 0
    for i in range(df):
        stop = j + tfs[i]
        if stop > room or stop == j:
            raise _damaged()
        position = firsts[i] + _wide(0)
        positions[j] = firsts[i]
        j += 1
        while j < stop:
            value = 0
            shift = 0
            while True:
                if at >= end or shift > 35:
                    raise _damaged()
                value |= _wide(data[at] & 127) << shift
                at += 1
                shift += 7
                if data[at - 1] < 128:
                    break
            position += value + 1
            positions[j] = position & _UINT32
            j += 1
    if at != end:
        raise _damaged()
    return j


if not cython.compiled:  # else they are in the .pxd: only C can read several bytes at once, and in other kernels

    def get_uint32(data: Bytes, at: int) -> int:
        """Return the uint32 at ``at``."""
        return int.from_bytes(data[at : at + 4], "little")

    def get_uint64(data: Bytes, at: int) -> int:
        """Return the uint64 at ``at``."""
        return int.from_bytes(data[at : at + 8], "little")

    def doc_bits(data: Bytes, header: int) -> int:
        """Return the bits per document delta in a block."""
        return get_uint32(data, header + 12) & 63

    def tf_bits(data: Bytes, header: int) -> int:
        """Return the bits per frequency in a block."""
        return get_uint32(data, header + 12) >> 6 & 63

    def first_bits(data: Bytes, header: int) -> int:
        """Return the bits per first position in a block."""
        return get_uint32(data, header + 12) >> 12 & 63

    def exceptions(data: Bytes, header: int) -> int:
        """Return how many frequencies of a block have more bits."""
        return get_uint32(data, header + 12) >> 18 & 63

    def tfs_before(data: Bytes, header: int) -> int:
        """Return how many bytes before the end of a block's data its frequencies begin."""
        return 16 * (tf_bits(data, header) + first_bits(data, header)) + 2 * exceptions(data, header)


def _last_uint64(data: Bytes, at: int) -> int:
    """Return the uint64 at ``at``, as if zeros followed the data."""
    value = _wide(0)
    for i in range(at, min(at + 8, len(data))):
        value |= _wide(data[i]) << (8 * (i - at))
    return value


def _wide(value: int) -> int:
    """Return a number as the 64-bit integer it is shifted in; a shift of C's own int ends at 31 bits."""
    return value


def _damaged() -> ValueError:
    return ValueError("damaged posting list")
