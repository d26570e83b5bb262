"""The bytes of posting lists.

A posting list of ``df`` documents is ``df // 128`` full blocks and a tail:

- headers, 28 bytes per full block, uint32 each: last document, end of the block's data, end of its positions,
  bits per document delta, bits per frequency, largest frequency, smallest field length;
- data of the full blocks: 128 document deltas - 1, then 128 frequencies - 1, bit-packed, low bits first;
- tail, varints: ``(delta - 1) << 1 | (tf == 1)``, followed by ``tf - 2`` where the low bit is 0.

Ends count bytes from the first byte of block data, and from the first byte of the term's positions. Positions are
varints per document: the first as it is, then differences - 1. A varint has 7 bits a byte, low bits first, the high bit
set on all bytes but the last.

Nothing read is trusted: a decoder raises ``ValueError`` rather than leave its buffers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes

BLOCK = 128
HEADER = 28
_BLOCK = 128
_HEADER = 28
_MAX_POSTING = 10  # bytes of one posting in a tail
_MAX_BLOCK = _HEADER + 2 * 128 * 4
_UINT32 = 0xFFFFFFFF


def postings_room(df: int) -> int:
    """Return how many bytes ``encode_postings`` may write."""
    return df // _BLOCK * _MAX_BLOCK + _BLOCK * _MAX_POSTING


def encode_postings(
    docs: array[int], tfs: array[int], df: int, lengths: Uint32s, ends: array[int], out: WritableBytes
) -> int:
    """Write a posting list and return its size in bytes.

    Args:
        docs: uint32[df], strictly increasing.
        tfs: uint32[df], each >= 1.
        df: number of documents.
        lengths: uint32[> docs[-1]], field lengths in tokens.
        ends: uint32[df], where each document's positions end; zeros when there are none.
        out: uint8[postings_room(df)].
    """
    full = df // _BLOCK
    data = full * _HEADER
    at = data
    previous = -1
    for block in range(full):
        first = block * _BLOCK
        last = first + _BLOCK - 1
        doc_bits = 0
        tf_bits = 0
        max_tf = 0
        min_length = _UINT32
        before = previous
        for i in range(first, last + 1):
            doc_bits |= docs[i] - before - 1
            tf_bits |= tfs[i] - 1
            max_tf = max(max_tf, tfs[i])
            min_length = min(min_length, lengths[docs[i]])
            before = docs[i]
        doc_bits = _width(doc_bits)
        tf_bits = _width(tf_bits)
        accumulator = 0
        filled = 0
        for i in range(first, last + 1):
            accumulator |= (docs[i] - previous - 1) << filled
            previous = docs[i]
            filled += doc_bits
            while filled >= 8:
                out[at] = accumulator & 255
                at += 1
                accumulator >>= 8
                filled -= 8
        for i in range(first, last + 1):
            delta = tfs[i] - 1  # 64 bits wide, so that the shift loses nothing
            accumulator |= delta << filled
            filled += tf_bits
            while filled >= 8:
                out[at] = accumulator & 255
                at += 1
                accumulator >>= 8
                filled -= 8
        header = block * _HEADER
        _put_uint32(out, header, docs[last])
        _put_uint32(out, header + 4, at - data)
        _put_uint32(out, header + 8, ends[last])
        _put_uint32(out, header + 12, doc_bits)
        _put_uint32(out, header + 16, tf_bits)
        _put_uint32(out, header + 20, max_tf)
        _put_uint32(out, header + 24, min_length)
    for i in range(full * _BLOCK, df):
        delta = docs[i] - previous - 1
        previous = docs[i]
        if tfs[i] == 1:
            at = put_varint(out, at, delta << 1 | 1)
        else:
            at = put_varint(out, at, delta << 1)
            at = put_varint(out, at, tfs[i] - 2)
    return at


def decode_postings(
    data: Bytes, start: int, end: int, df: int, num_docs: int, docs: array[int], tfs: array[int]
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

    Raises:
        ValueError: the bytes are not a list of ``df`` postings.
    """
    full = df // _BLOCK
    base = start + full * _HEADER
    if start < 0 or df < 0 or end > len(data) or base > end or len(docs) < df or len(tfs) < df:
        raise _damaged()
    at = base
    total = 0
    doc = -1
    for block in range(full):
        header = start + block * _HEADER
        stop = base + _get_uint32(data, header + 4)
        doc_bits = _get_uint32(data, header + 12)
        tf_bits = _get_uint32(data, header + 16)
        if doc_bits > 32 or tf_bits > 32 or stop > end or at + 16 * (doc_bits + tf_bits) != stop:
            raise _damaged()
        accumulator = 0
        filled = 0
        mask = (_wide(1) << doc_bits) - 1
        first = block * _BLOCK
        for i in range(first, first + _BLOCK):
            while filled < doc_bits:
                accumulator |= _wide(data[at]) << filled
                at += 1
                filled += 8
            doc += (accumulator & mask) + 1
            docs[i] = doc & _UINT32
            accumulator >>= doc_bits
            filled -= doc_bits
        mask = (_wide(1) << tf_bits) - 1
        for i in range(first, first + _BLOCK):
            while filled < tf_bits:
                accumulator |= _wide(data[at]) << filled
                at += 1
                filled += 8
            tf = (accumulator & mask) + 1
            tfs[i] = tf & _UINT32
            total += tf
            accumulator >>= tf_bits
            filled -= tf_bits
        if doc != _get_uint32(data, header):
            raise _damaged()
    for i in range(full * _BLOCK, df):
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
        doc += (value >> 1) + 1
        tf = 1
        if value & 1 == 0:
            tf = 0
            shift = 0
            while True:
                if at >= end or shift > 35:
                    raise _damaged()
                tf |= _wide(data[at] & 127) << shift
                at += 1
                shift += 7
                if data[at - 1] < 128:
                    break
            tf += 2
        docs[i] = doc & _UINT32
        tfs[i] = tf & _UINT32
        total += tf
    if at != end or doc >= num_docs:
        raise _damaged()
    return total


def encode_positions(
    positions: array[int], first: int, tfs: array[int], df: int, ends: array[int], out: WritableBytes
) -> int:
    """Write the positions of a posting list and return their size in bytes.

    Args:
        positions: uint32[>= first + sum(tfs)], increasing within a document.
        first: where the term's positions begin.
        tfs: uint32[df].
        df: number of documents.
        ends: uint32[df], receives where each document's positions end in ``out``.
        out: uint8[>= 5 * sum(tfs)].

    Raises:
        ValueError: the positions do not increase.
    """
    at = 0
    j = first
    for i in range(df):
        before = -1
        stop = j + tfs[i]
        while j < stop:
            if positions[j] <= before:
                raise ValueError("positions must increase")
            at = put_varint(out, at, positions[j] - before - 1)
            before = positions[j]
            j += 1
        ends[i] = at
    return at


def decode_positions(data: Bytes, start: int, end: int, tfs: array[int], df: int, positions: array[int]) -> int:
    """Read the positions of a posting list, one document after the other, and return their number.

    Args:
        data: uint8[>= end].
        start: where the positions begin.
        end: where they end.
        tfs: uint32[>= df], how many each document has.
        df: number of documents.
        positions: uint32[>= sum(tfs)], filled.

    Raises:
        ValueError: the bytes are not the positions announced.
    """
    room = len(positions)
    if start < 0 or end > len(data) or df > len(tfs):
        raise _damaged()
    at = start
    j = 0
    for i in range(df):
        position = -1
        stop = j + tfs[i]
        if stop > room:
            raise _damaged()
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


def put_varint(out: WritableBytes, at: int, value: int) -> int:
    """Write a varint at ``at`` and return where it ends."""
    while value > 127:
        out[at] = value & 127 | 128
        at += 1
        value >>= 7
    out[at] = value
    return at + 1


def _put_uint32(out: WritableBytes, at: int, value: int) -> None:
    for i in range(4):
        out[at + i] = value >> 8 * i & 255


def _get_uint32(data: Bytes, at: int) -> int:
    return _wide(data[at]) | _wide(data[at + 1]) << 8 | _wide(data[at + 2]) << 16 | _wide(data[at + 3]) << 24


def _wide(value: int) -> int:
    """Return a byte as the 64-bit integer it is shifted in; a shift of C's own int ends at 31 bits."""
    return value


def _width(value: int) -> int:
    bits = 0
    while value:
        bits += 1
        value >>= 1
    return bits


def _damaged() -> ValueError:
    return ValueError("damaged posting list")
