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

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

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
PAGE_BITS = 13  # of the pages that are checked one by one
_PAGE_BITS = PAGE_BITS


def count_pieces(log: array[int], starts: array[int], ends: array[int], counts: array[int]) -> None:
    """Count how often each number occurs in spans of a log.

    Args:
        log: uint32[>= ends[-1]].
        starts: uint32[n].
        ends: uint32[n].
        counts: uint32[> largest number], added to.
    """
    with cython.nogil:
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
    with cython.nogil:
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
    log: array[int],
    starts: array[int],
    ends: array[int],
    first: int,
    codes: array[int],
    short: int,
    middle: int,
    out: WritableBytes,
) -> int:
    """Write as many documents as there is room for and return the number of the next.

    Args:
        log: uint32[...], of all documents.
        starts: uint32[n], where in the log each document begins.
        ends: uint32[n], where it ends; receives for each that was written where in ``out`` it ends.
        first: the document to begin with.
        codes: uint32[> largest number in the log], what to write for each.
        short: how many numbers take one byte.
        middle: how many first bytes begin a number of two bytes.
        out: uint8[>= 3 * the pieces of the first document].
    """
    two = short + (middle << 8)
    at = 0
    doc = first
    with cython.nogil:
        while doc < len(starts) and at + 3 * (ends[doc] - starts[doc]) <= len(out):
            for i in range(starts[doc], ends[doc]):
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
            ends[doc] = at
            doc += 1
    return doc


def join_words(
    arena: memoryview, firsts: Uint32s, lengths: Uint32s, size: int, wanted: array[int], ends: array[int]
) -> str:
    """Return words with a space after each.

    Args:
        arena: as ``Scanner.spellings`` gives it.
        firsts: the same.
        lengths: the same.
        size: number of words.
        wanted: uint32[size], 0 for those to leave out, space and all.
        ends: uint32[size], receives where each ends, after its space, in code points.
    """
    total = 1
    for i in range(size):
        total += lengths[i] + 1 if wanted[i] else 0
    units = bytearray(2 * total)
    out = memoryview(units).cast("H")
    with cython.nogil:
        at = 0
        pairs = 0
        for i in range(size):
            if wanted[i]:
                first = firsts[i]
                for j in range(first, first + lengths[i]):
                    out[at] = arena[j]
                    if j > first and arena[j] >> 10 == 0x37 and arena[j - 1] >> 10 == 0x36:
                        pairs += 1
                    at += 1
                out[at] = 32
                at += 1
            ends[i] = at - pairs
    return units[: 2 * at].decode("utf-16-le", "surrogatepass")


def spell(
    arena: memoryview,
    firsts: Uint32s,
    lengths: Uint32s,
    marks: bytearray,
    order: array[int],
    page: Bytes,
    blocks: array[int],
    heads: bytearray,
    texts: bytearray,
) -> int:
    """Write words as pieces and return the size of ``texts``.

    Args:
        arena: as ``Scanner.spellings`` gives it.
        firsts: the same.
        lengths: the same.
        marks: as ``Scanner.mark_words`` sets it.
        order: uint32[n], the numbers of the words.
        page: uint8[65536], the byte of each UTF-16 unit in the code page, 0 if it has none.
        blocks: uint32[(n + 15) // 16], filled.
        heads: uint8[n], filled.
        texts: uint8[>= 4 * n + 2 * all lengths], filled.
    """
    with cython.nogil:
        at = 0
        for i in range(len(order)):
            first = firsts[order[i]]
            size = lengths[order[i]]
            if i & 15 == 0:
                blocks[i >> 4] = at
            wide = 0
            for j in range(first, first + size):
                if page[arena[j]] == 0:
                    wide = _WIDE
            heads[i] = wide | marks[order[i]] | (min(_LONG, size))
            if size >= _LONG:
                for j in range(4):
                    texts[at + j] = size >> 8 * j & 255
                at += 4
            for j in range(first, first + size):
                unit = arena[j]
                if wide:
                    texts[at] = unit & 255
                    texts[at + 1] = unit >> 8
                    at += 2
                else:
                    texts[at] = page[unit]
                    at += 1
    return at


class Pieces:
    """The pieces of a group of documents; reads the documents."""

    def __init__(
        self,
        short: int,
        middle: int,
        data: Bytes,
        places: Sequence[int],
        blocks: Uint32s,
        num_pieces: int,
        end: int,
        page: array[int],
        seen: Bytes,
        verify: Callable[[int, int], None],
    ) -> None:
        """Take the tables.

        Args:
            short: how many numbers take one byte.
            middle: how many first bytes begin a number of two bytes.
            data: uint8[...], what holds the group.
            places: where in it ``blocks``, ``heads`` and ``texts`` begin.
            blocks: uint32[>= (num_pieces + 15) // 16].
            num_pieces: number of pieces.
            end: where ``texts`` ends.
            page: uint16[256], the code page.
            seen: uint8[...], 1 for each page of ``2 ** PAGE_BITS`` bytes of ``data`` that was checked.
            verify: checks the bytes of ``data`` between two places.

        Raises:
            ValueError: the tables do not fit.
        """
        self._short = short
        self._middle = middle
        self._data = data
        self._blocks_at, self._heads_at, self._texts_at = places
        self._blocks = blocks
        self._num_pieces = num_pieces
        self._end = end
        self._page = page
        self._seen = seen
        self._verify = verify
        if (
            short + middle > 256
            or self._heads_at + num_pieces > self._texts_at
            or self._texts_at > end
            or end > len(data)
            or 16 * len(blocks) < num_pieces
        ):
            raise _damaged()

    def decode(self, start: int, end: int, out: array[int], parts: array[int]) -> int:
        """Read a document and return the number of its parts; -1 where ``out`` or ``parts`` is too small.

        Args:
            start: where in ``data`` the document begins; its bytes are checked already.
            end: where it ends.
            out: uint16[...], receives the UTF-16 units of all parts.
            parts: uint32[...], receives for each part ``2 * its end in out``, and 1 more for JSON.

        Raises:
            ValueError: the bytes are not a document.
        """
        if start < 0 or start > end or end > len(self._data):
            raise _damaged()
        two = self._short + (self._middle << 8)
        room = len(out)
        size = 0
        count = 0
        after_word = 0
        at = start
        while at < end:
            piece = self._data[at]
            at += 1
            if piece >= self._short:
                if piece < self._short + self._middle:
                    if at >= end:
                        raise _damaged()
                    piece = self._short + (piece - self._short << 8 | self._data[at])
                    at += 1
                else:
                    if at + 1 >= end:
                        raise _damaged()
                    piece = two + (piece - self._short - self._middle << 16 | self._data[at] << 8 | self._data[at + 1])
                    at += 2
            if piece < _PIECES:
                if count == len(parts):
                    return -1
                parts[count] = size << 1 | piece
                count += 1
                after_word = 0
                continue
            piece -= _PIECES
            if piece >= self._num_pieces:
                raise _damaged()
            place = self._find(piece)
            head = self._data[self._heads_at + piece]
            length = head & _LONG
            if length == _LONG:
                length = self._length(place)
                place += 4
            if size + length >= room:
                if length > self._end - place:
                    raise _damaged()
                return -1
            self._check(place, 2 * length if head & _WIDE else length)
            if after_word and head & _WORD:
                out[size] = 32
                size += 1
            after_word = head & _WORD
            if head & _WIDE:
                for i in range(length):
                    out[size + i] = self._data[place + 2 * i] | self._data[place + 2 * i + 1] << 8
            else:
                for i in range(length):
                    out[size + i] = self._page[self._data[place + i]]
            size += length
        return count

    def _find(self, piece: int) -> int:
        """Return where the text of a piece begins."""
        self._check_page(self._blocks_at + 4 * (piece >> 4), self._blocks_at + 4 * (piece >> 4) + 4)
        self._check_page(self._heads_at + (piece & -16), self._heads_at + piece + 1)
        place = self._texts_at + self._blocks[piece >> 4]
        for i in range(self._heads_at + (piece & -16), self._heads_at + piece):
            head = self._data[i]
            size = head & _LONG
            if size == _LONG:
                size = self._length(place)
                place += 4
            place += 2 * size if head & _WIDE else size
        return place

    def _length(self, at: int) -> int:
        """Return the length at the beginning of a long text."""
        self._check(at, 4)
        size = self._data[at] | self._data[at + 1] << 8 | self._data[at + 2] << 16
        return size | _wide(self._data[at + 3]) << 24

    def _check(self, at: int, size: int) -> None:
        """See to it that bytes of the texts are there and right."""
        if size > self._end - at:
            raise _damaged()
        self._check_page(at, at + size)

    def _check_page(self, at: int, end: int) -> None:
        if at < end:
            for page in range(at >> _PAGE_BITS, (end - 1 >> _PAGE_BITS) + 1):
                if not self._seen[page]:
                    self._verify(at, end)
                    break


def _wide(value: int) -> int:
    """Return a byte as the 64-bit integer it is shifted in."""
    return value


def _damaged() -> ValueError:
    return ValueError("damaged document")
