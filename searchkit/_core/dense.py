"""Documents as numbers of words, the frequent in fewer bits.

A document is a run of pieces (``Scanner.cut``): each is a word, or what stands between two words. Pieces are numbered
from 2; 0 ends a text and 1 a piece of JSON. Numbers fall into eight classes, the first of which hold the most frequent
pieces: three bits say the class and as many as its width which of its numbers, low bits first. A document ends with
its byte; the bits that are left are ones, which no number is, as the last class is five bits wide at least.

The spelling of piece p is at p - 2 in three tables. In the classes of rare pieces they are in the order of their
letters, so that one shares letters with the one before: ``heads`` has a byte per piece, in the upper four bits how many
UTF-16 units it shares, in the lower how many follow; ``texts`` holds those, a byte each in the code page. ``blocks``
says where the text of every sixteenth piece begins, which shares nothing. Where the lower bits are 15 nothing is shared
with the piece: bit 4 says that it is a word, which all others are, and bit 5 that it does not fit the code page; its
text begins with the length as uint32 and takes two bytes a unit if it does not fit.

``searchkit._core.condense`` writes all this. Nothing read is trusted: the decoder raises ``ValueError`` rather than
leave its buffers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import int64s

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from searchkit._core.buffers import Bytes, Uint32s

TEXT_END = 0
JSON_END = 1
MARKS = 2  # the number of the first piece
CLASSES = 8
LARGEST = 29  # width of a class
MIN_LAST = 5  # width of the last
BLOCK = 16
ALONE = 2048  # pieces that share no letters, since they are read most
ODD = 0x0F
WORD = 0x10
WIDE = 0x20
MAX_SHARED = 15
PAGE_BITS = 13  # of the pages that are checked one by one
_MARKS = MARKS
_CLASSES = CLASSES
_CLASS_BITS = 3
_LARGEST = LARGEST
_MIN_LAST = MIN_LAST
_ODD = ODD
_WORD = WORD
_WIDE = WIDE
_PAGE_BITS = PAGE_BITS
_MORE = 0x0F0F0F0F0F0F0F0F
_ONES = 0x0101010101010101
_FULL = 0x1010101010101010


class Pieces:
    """The pieces of a group of documents; reads the documents."""

    def __init__(
        self,
        widths: Bytes,
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
            widths: uint8[CLASSES], of the classes.
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
        self._data = data
        self._blocks_at, self._heads_at, self._texts_at = places
        self._blocks = blocks
        self._num_pieces = num_pieces
        self._end = end
        self._page = page
        self._seen = seen
        self._verify = verify
        self._lengths = int64s(_CLASSES)  # bits of a number of each class, those of the class included
        self._bases = int64s(_CLASSES)  # the first number of each class
        base = 0
        for i in range(_CLASSES):
            if widths[i] > _LARGEST:
                raise _damaged()
            self._lengths[i] = _CLASS_BITS + widths[i]
            self._bases[i] = base
            base += 1 << widths[i]
        if (
            widths[_CLASSES - 1] < _MIN_LAST
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
        size = 0
        count = 0
        after_word = 0
        bit = 8 * start
        stop = 8 * end
        while bit < stop:
            bits = self._bits(bit)
            place = bits & _CLASSES - 1
            length = self._lengths[place]
            if bit + length > stop:
                if stop - bit > 7 or ~bits & (1 << stop - bit) - 1:
                    raise _damaged()
                break
            piece = self._bases[place] + (bits >> _CLASS_BITS & (_wide(1) << length - _CLASS_BITS) - 1)
            bit += length
            if piece < _MARKS:
                if count == len(parts):
                    return -1
                parts[count] = size << 1 | piece
                count += 1
                after_word = 0
                continue
            piece -= _MARKS
            if piece >= self._num_pieces:
                raise _damaged()
            size = self._spell(piece, out, size, after_word)
            if size < 0:
                return -1
            after_word = self._data[self._heads_at + piece] & (_ODD | _WORD) != _ODD
        return count

    def _bits(self, bit: int) -> int:
        """Return the 33 bits from this one on, more than a number has; zeros after the data."""
        byte = bit >> 3
        if byte + 5 <= len(self._data):
            bits = _wide(self._data[byte]) | self._data[byte + 1] << 8 | self._data[byte + 2] << 16
            bits |= _wide(self._data[byte + 3]) << 24 | _wide(self._data[byte + 4]) << 32
        else:
            bits = _wide(0)
            for i in range(byte, len(self._data)):
                bits |= _wide(self._data[i]) << 8 * (i - byte)
        return bits >> (bit & 7)

    def _spell(self, piece: int, out: array[int], size: int, after_word: int) -> int:
        """Write a piece, after a space if it is a word after a word, and return where it ends; -1 without room."""
        block = piece >> 4
        i = self._blocks_at + 4 * block  # at a multiple of 4: in one page
        if not self._seen[i >> _PAGE_BITS]:
            self._verify(i, i + 4)
        begin = self._texts_at + self._blocks[block]
        place = self._find(self._heads_at + 16 * block, piece & 15, begin)
        head = self._data[self._heads_at + piece]
        if head & _ODD == _ODD:
            return self._spell_odd(head, place, out, size, after_word)
        shared = head >> 4
        more = head & _ODD
        if size + shared + _ODD + 1 >= len(out):
            return -1
        if place + more > self._end:
            raise _damaged()
        self._check_page(begin, place + more)
        if after_word:
            out[size] = 32
            size += 1
        if place + 8 <= self._end:
            for i in range(8):  # as many as most have: a loop without questions
                out[size + shared + i] = self._page[self._data[place + i]]
            for i in range(8, more):
                out[size + shared + i] = self._page[self._data[place + i]]
        else:
            for i in range(more):
                out[size + shared + i] = self._page[self._data[place + i]]
        i = piece
        need = shared  # letters that are in pieces before
        while need:
            i -= 1
            head = self._data[self._heads_at + i]
            if i >> 4 != block or head & _ODD == _ODD or need > (head >> 4) + (head & _ODD):
                raise _damaged()
            place -= head & _ODD
            while need > head >> 4:
                need -= 1
                out[size + need] = self._page[self._data[place + need - (head >> 4)]]
        return size + shared + more

    def _spell_odd(self, head: int, place: int, out: array[int], size: int, after_word: int) -> int:
        length = self._length(place)
        place += 4
        if size + length >= len(out):
            if length > self._end - place:
                raise _damaged()
            return -1
        self._check(place, 2 * length if head & _WIDE else length)
        if after_word and head & _WORD:
            out[size] = 32
            size += 1
        for i in range(length):
            if head & _WIDE:
                out[size + i] = self._data[place + 2 * i] | self._data[place + 2 * i + 1] << 8
            else:
                out[size + i] = self._page[self._data[place + i]]
        return size + length

    def _find(self, heads: int, count: int, begin: int) -> int:
        """Return where the text of a piece begins.

        Args:
            heads: where in the data those of its block begin.
            count: pieces of the block before it.
            begin: where their texts begin.
        """
        self._check_page(heads, heads + count + 1)
        if heads + 16 <= self._texts_at:  # eight at a time, if all are plain
            first = get_uint64(self._data, heads) & _MORE
            second = _wide(0)
            if count < 8:
                first &= (_wide(1) << 8 * count) - 1
            else:
                second = get_uint64(self._data, heads + 8) & _MORE & (_wide(1) << 8 * (count - 8)) - 1
            if (first + _ONES | second + _ONES) & _FULL == 0:
                return begin + ((first + second) * _ONES >> 56 & 255)
        place = begin
        for i in range(heads, heads + count):
            head = self._data[i]
            if head & _ODD != _ODD:
                place += head & _ODD
            else:
                size = self._length(place)
                place += 4 + (2 * size if head & _WIDE else size)
        return place

    def _length(self, at: int) -> int:
        """Return the length at the beginning of a long text."""
        self._check(at, 4)
        size = self._data[at] | self._data[at + 1] << 8 | self._data[at + 2] << 16
        return size | _wide(self._data[at + 3]) << 24

    def _check(self, at: int, size: int) -> None:
        """See to it that bytes of the texts are there and right."""
        if at < self._texts_at or size > self._end - at:
            raise _damaged()
        self._check_page(at, at + size)

    def _check_page(self, at: int, end: int) -> None:
        if at < end:
            for page in range(at >> _PAGE_BITS, (end - 1 >> _PAGE_BITS) + 1):
                if not self._seen[page]:
                    self._verify(at, end)
                    break


class Keys:
    """The ids of the documents of a segment."""

    def __init__(self, keys: Bytes, ends: Uint32s, seen: Bytes, keys_page: int, ends_page: int) -> None:
        """Take where they are.

        Args:
            keys: uint8[...], UTF-8, one after the other.
            ends: uint32[n], where each ends.
            seen: uint8[...], 1 for each page of ``2 ** PAGE_BITS`` bytes that was checked.
            keys_page: in ``seen``, the first page of ``keys``.
            ends_page: the first page of ``ends``.
        """
        self._keys = keys
        self._ends = ends
        self._seen = seen
        self._keys_page = keys_page
        self._ends_page = ends_page

    def ids(self, docs: Sequence[int], read: Callable[[int], str]) -> list[str]:
        """Return the ids of documents.

        Args:
            docs: their numbers.
            read: returns the id of one whose pages were not checked.

        Raises:
            UnicodeDecodeError: one is no text.
        """
        found: list[str] = []
        for doc in docs:
            start = self._start(doc)
            found.append(read(doc) if start < 0 else spell(self._keys, start, self._ends[doc]))
        return found

    def _start(self, doc: int) -> int:
        """Return where the id of a document begins, -1 if not all pages that say so and have it were checked."""
        if not 0 < doc < len(self._ends):
            return -1
        page = self._ends_page + (4 * doc - 4 >> _PAGE_BITS)
        if not self._seen[page] or not self._seen[self._ends_page + (4 * doc >> _PAGE_BITS)]:
            return -1
        start = self._ends[doc - 1] + 0
        end = self._ends[doc] + 0
        if start >= end or end > len(self._keys):
            return -1
        for page in range(self._keys_page + (start >> _PAGE_BITS), self._keys_page + (end - 1 >> _PAGE_BITS) + 1):
            if not self._seen[page]:
                return -1
        return start


if not cython.compiled:  # else they are in the .pxd: only C can read several bytes at once

    def spell(keys: Bytes, start: int, end: int) -> str:
        """Return some bytes as text."""
        return str(keys[start:end], "utf-8", "surrogatepass")

    def get_uint64(data: Bytes, at: int) -> int:
        """Return the uint64 at ``at``."""
        return int.from_bytes(data[at : at + 8], "little")


def _wide(value: int) -> int:
    """Return a number as the 64-bit integer it is shifted in."""
    return value


def _damaged() -> ValueError:
    return ValueError("damaged document")
