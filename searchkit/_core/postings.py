"""The bytes of posting lists, and how they are read; ``searchkit._core.encode`` writes them.

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

    from searchkit._core.buffers import Bytes

BLOCK = 128
HEADER = 28
_BLOCK = 128
_HEADER = 28
_UINT32 = 0xFFFFFFFF


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


def _get_uint32(data: Bytes, at: int) -> int:
    return _wide(data[at]) | _wide(data[at + 1]) << 8 | _wide(data[at + 2]) << 16 | _wide(data[at + 3]) << 24


def _wide(value: int) -> int:
    """Return a byte as the 64-bit integer it is shifted in; a shift of C's own int ends at 31 bits."""
    return value


def _damaged() -> ValueError:
    return ValueError("damaged posting list")
