"""Documents as numbers of words, the frequent ones in fewer bytes.

A document is a run of pieces (``Scanner.cut``): each is a word, or what stands between two words. Pieces are numbered
from 2 in the order of their frequency; 0 ends a text and 1 a piece of JSON. The first byte of a number says how long
it is: below ``short`` it is the number, in the next ``middle`` values one more byte follows, in the rest two more.

The spelling of piece p is at p - 2 in three tables: ``heads`` has a byte per piece, bit 7 for a word, bit 6 for a text
that does not fit the code page, and in the lower bits its length in UTF-16 units, 63 where the text begins with the
length as uint32; ``blocks`` says where the text of every sixteenth piece begins; ``texts`` holds them, a byte per unit
in the code page or two without.

Nothing read is trusted: the decoder raises ``ValueError`` rather than leave its buffers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes

TEXT_END = 0
JSON_END = 1
PIECES = 2  # the number of the first piece
WORD = 0x80
WIDE = 0x40
LONG = 0x3F
_PIECES = PIECES
_WORD = WORD
_WIDE = WIDE
_LONG = LONG
_BUCKETS = 1 << 16


def count_pieces(log: array[int], starts: array[int], ends: array[int], counts: array[int]) -> None:
    """Count how often each number occurs in spans of a log.

    Args:
        log: uint32[>= ends[-1]].
        starts: uint32[n].
        ends: uint32[n].
        counts: uint32[> largest number], added to.
    """
    for i in range(len(starts)):
        for j in range(starts[i], ends[i]):
            counts[log[j]] += 1


def rank(counts: array[int], order: array[int], codes: array[int]) -> int:
    """Write the numbers that occur, the frequent first, and return how many there are.

    Args:
        counts: uint32[n].
        order: uint32[>= n], filled; equals stay in order, as do all that occur 65,535 times or more.
        codes: uint32[n], receives ``PIECES`` and the place in ``order`` of each number that occurs.
    """
    places = uint32s(_BUCKETS)
    for i in range(len(counts)):
        places[min(counts[i], _BUCKETS - 1)] += 1
    total = 0
    for i in range(_BUCKETS - 1, 0, -1):
        size = places[i]
        places[i] = total
        total += size
    for i in range(len(counts)):
        if counts[i]:
            size = min(counts[i], _BUCKETS - 1)
            order[places[size]] = i
            codes[i] = places[size] + _PIECES
            places[size] += 1
    return total


def encode(
    log: array[int], start: int, end: int, codes: array[int], short: int, middle: int, out: WritableBytes, at: int
) -> int:
    """Write a span of a log and return where it ends.

    Args:
        log: uint32[>= end].
        start: where the span begins.
        end: where it ends.
        codes: uint32[> largest number in the log], what to write for each.
        short: how many numbers take one byte.
        middle: how many first bytes begin a number of two bytes.
        out: uint8[>= at + 3 * (end - start)].
        at: where to write.
    """
    two = short + (middle << 8)
    for i in range(start, end):
        code = codes[log[i]]
        if code < short:
            out[at] = code
            at += 1
        elif code < two:
            code -= short
            out[at] = short + (code >> 8)
            out[at + 1] = code & 255
            at += 2
        else:
            code -= two
            out[at] = short + middle + (code >> 16)
            out[at + 1] = code >> 8 & 255
            out[at + 2] = code & 255
            at += 3
    return at


def decode(
    data: Bytes,
    start: int,
    end: int,
    short: int,
    middle: int,
    blocks: Uint32s,
    heads: Bytes,
    texts: Bytes,
    page: array[int],
    out: array[int],
    parts: array[int],
) -> int:
    """Read a document and return the number of its parts; -1 where ``out`` or ``parts`` is too small.

    Args:
        data: uint8[>= end].
        start: where the document begins.
        end: where it ends.
        short: how many numbers take one byte.
        middle: how many first bytes begin a number of two bytes.
        blocks: uint32[(number of pieces + 15) // 16].
        heads: uint8[number of pieces].
        texts: uint8[...].
        page: uint16[256], the code page.
        out: uint16[...], receives the UTF-16 units of all parts.
        parts: uint32[...], receives for each part ``2 * its end in out``, and 1 more for JSON.

    Raises:
        ValueError: the bytes are not a document.
    """
    num_pieces = len(heads)
    if start < 0 or start > end or end > len(data) or short + middle > 256 or 16 * len(blocks) < num_pieces:
        raise _damaged()
    two = short + (middle << 8)
    room = len(out)
    size = 0
    count = 0
    after_word = 0
    at = start
    while at < end:
        piece = data[at]
        at += 1
        if piece >= short:
            if piece < short + middle:
                if at >= end:
                    raise _damaged()
                piece = short + (piece - short << 8 | data[at])
                at += 1
            else:
                if at + 1 >= end:
                    raise _damaged()
                piece = two + (piece - short - middle << 16 | data[at] << 8 | data[at + 1])
                at += 2
        if piece < _PIECES:
            if count == len(parts):
                return -1
            parts[count] = size << 1 | piece
            count += 1
            after_word = 0
            continue
        piece -= _PIECES
        if piece >= num_pieces:
            raise _damaged()
        from_ = blocks[piece >> 4]
        for i in range(piece & -16, piece):
            from_ = _skip(heads[i], texts, from_)
        head = heads[piece]
        length = head & _LONG
        if length == _LONG:
            length = _length(texts, from_)
            from_ += 4
        if from_ + (2 * length if head & _WIDE else length) > len(texts):
            raise _damaged()
        if size + length >= room:
            return -1
        if after_word and head & _WORD:
            out[size] = 32
            size += 1
        after_word = head & _WORD
        if head & _WIDE:
            for i in range(length):
                out[size + i] = texts[from_ + 2 * i] | texts[from_ + 2 * i + 1] << 8
        else:
            for i in range(length):
                out[size + i] = page[texts[from_ + i]]
        size += length
    return count


def _skip(head: int, texts: Bytes, at: int) -> int:
    """Return where a text ends."""
    size = head & _LONG
    if size == _LONG:
        size = _length(texts, at)
        at += 4
    return at + (2 * size if head & _WIDE else size)


def _length(texts: Bytes, at: int) -> int:
    if at + 4 > len(texts):
        raise _damaged()
    size = texts[at] | texts[at + 1] << 8 | texts[at + 2] << 16
    return size | _wide(texts[at + 3]) << 24


def _wide(value: int) -> int:
    """Return a byte as the 64-bit integer it is shifted in."""
    return value


def _damaged() -> ValueError:
    return ValueError("damaged document")
