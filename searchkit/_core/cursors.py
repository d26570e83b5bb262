# pyright: reportPossiblyUnboundVariable=false
"""Posting lists of one segment, read block by block and only where they are asked for.

Nothing here needs the interpreter once the lists are opened, so that searches of several threads run side by side.
A list is known by its number; a posting by its place in the block that its list stands on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import int64s, room, uint32s
from searchkit._core.postings import BLOCK, HEADER

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

if not cython.compiled:  # else the .pxd has them, so none is unbound
    from searchkit._core.postings import (
        check_block,
        decode_tail,
        doc_bits,
        first_bits,
        gather,
        get_uint32,
        get_uint64,
        tf_bits,
        tfs_before,
        unpack_docs,
        unpack_one,
        unpack_tf,
        unpack_tfs,
    )

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, WritableUint32s

MAX_LISTS = 256
FIELDS = 6
"""Numbers that describe a list: first byte of its postings, end, df, whether it has positions, and first byte and end
of these; all in bytes of the file."""

_BLOCK = BLOCK
_HEADER = HEADER
_FIELDS = FIELDS
_MAX_LISTS = MAX_LISTS
_UINT32 = 0xFFFFFFFF
_HIGH_BITS = 0x8080808080808080


class Cursors:
    """Stands on one block of each posting list."""

    def __init__(self) -> None:
        self.damaged = False  # something read cannot be true; what was found then counts for nothing
        self.num_docs = 0
        self.data: Bytes = b""
        self.docs = room(_MAX_LISTS * _BLOCK, spare=True)  # of list i in its block: from 128 * i on
        self.tfs = room(_MAX_LISTS * _BLOCK, spare=True)
        self.firsts = room(_MAX_LISTS * _BLOCK, spare=True)
        self.sizes = int64s(_MAX_LISTS)  # postings in the block
        self.blocks = int64s(_MAX_LISTS)  # its number, -1 before the first
        self._described = int64s(_MAX_LISTS * _FIELDS)
        self._places = int64s(_MAX_LISTS)  # where the last document was found
        self._counted = int64s(_MAX_LISTS)  # whether frequencies and first positions are read, too
        self._nothing = uint32s(0)

    def open(self, data: Bytes, num_docs: int, lists: array[int]) -> None:
        """Stand before the first block of each list.

        Args:
            data: uint8[size], the segment file.
            num_docs: all document numbers are below this.
            lists: int64[6 * n], n <= 256; see ``FIELDS``.

        Raises:
            ValueError: a list lies outside the file.
        """
        self.data = data
        self.num_docs = num_docs
        self.damaged = False
        for i in range(len(lists) // _FIELDS):
            at = i * _FIELDS
            if not 0 <= lists[at] <= lists[at + 1] <= len(data) or not 0 <= lists[at + 2] <= num_docs:
                raise ValueError("posting list outside the file")
            if not 0 <= lists[at + 4] <= lists[at + 5] <= len(data):
                raise ValueError("positions outside the file")
            if lists[at] + lists[at + 2] // _BLOCK * _HEADER > lists[at + 1]:
                raise ValueError("posting list shorter than its headers")
            for j in range(_FIELDS):
                self._described[at + j] = lists[at + j]
            self.blocks[i] = -1
            self.sizes[i] = 0
            self._places[i] = 0

    def df(self, number: int) -> int:
        """Return the number of documents in a list."""
        return self._described[number * _FIELDS + 2]

    def num_blocks(self, number: int) -> int:
        """Return the number of blocks, the tail among them."""
        return (self._described[number * _FIELDS + 2] + _BLOCK - 1) // _BLOCK

    def full_blocks(self, number: int) -> int:
        """Return the number of blocks that have a header."""
        return self._described[number * _FIELDS + 2] // _BLOCK

    def last_doc(self, number: int, block: int) -> int:
        """Return the last document of a block; the last there can be for the tail, which does not say."""
        if block >= self.full_blocks(number):
            return self.num_docs
        return get_uint32(self.data, self._described[number * _FIELDS] + block * _HEADER)

    def bound(self, number: int, block: int) -> int:
        """Return the bound of a full block, in 255ths."""
        return self.data[self._described[number * _FIELDS] + block * _HEADER + 15]

    def seek_block(self, number: int, block: int, doc: int) -> int:
        """Return the first block from ``block`` on that may hold this document or a later one."""
        full = self.full_blocks(number)
        low = block
        step = 1
        while low < full and self.last_doc(number, low) < doc:
            low += step
            step <<= 1
        step >>= 1
        high = min(low, full)  # in full blocks before low - step all documents are smaller
        low = max(block, low - step)
        while low < high:
            middle = (low + high) >> 1
            if self.last_doc(number, middle) < doc:
                low = middle + 1
            else:
                high = middle
        return low

    def most(self, number: int, lengths: int, base: float, slope: float, factor: float) -> float:
        """Return a bound of ``tf / (tf + base + slope * length)`` in the whole list.

        Args:
            number: of the list.
            lengths: byte at which the table of field lengths begins.
            base: see there.
            slope: see there.
            factor: of the bounds of blocks, so that they hold for this base and slope.

        Raises:
            ValueError: the list is damaged.
        """
        best = 0.0
        full = self.full_blocks(number)
        for block in range(full):
            best = max(best, self.bound(number, block) * factor)
        if full < self.num_blocks(number):
            self.enter(number, full)
            here = number * _BLOCK
            for i in range(here, here + self.sizes[number]):
                tf = self.tfs[i] + 0.0
                best = max(best, tf / (tf + (base + slope * self.length(lengths, self.docs[i]))))
        if self.damaged:
            raise ValueError("damaged posting list")
        return min(best, 1.0)

    def enter(self, number: int, block: int) -> None:
        """Stand on a block, which need not be the next, and read its documents."""
        if self.blocks[number] == block:
            return
        at = number * _FIELDS
        start = self._described[at]
        df = self._described[at + 2]
        full = df // _BLOCK
        base = start + full * _HEADER
        here = number * _BLOCK
        before = -1
        self.blocks[number] = block
        self._places[number] = 0
        self._counted[number] = 0
        self.sizes[number] = 0
        if block > 0:
            before = get_uint32(self.data, start + (block - 1) * _HEADER)
            base += get_uint32(self.data, start + (block - 1) * _HEADER + 4)
        if block < full:
            header = start + block * _HEADER
            size = check_block(self.data, header, self._described[at + 3] != 0)
            last = get_uint32(self.data, header)
            end = start + full * _HEADER + get_uint32(self.data, header + 4)
            if size < 0 or base + size != end or end > self._described[at + 1] or last >= self.num_docs:
                self.damaged = True
                return
            if unpack_docs(self.data, base, doc_bits(self.data, header), before, self.docs, here) != last:
                self.damaged = True
                return
            self.sizes[number] = _BLOCK
        else:
            self._enter_tail(number, base, before)

    def _enter_tail(self, number: int, start: int, before: int) -> None:
        at = number * _FIELDS
        here = number * _BLOCK
        end = self._described[at + 1]
        count = self._described[at + 2] % _BLOCK
        last = -2
        if start <= end:
            firsts = self.firsts if self._described[at + 3] else self._nothing
            last = decode_tail(self.data, start, end, before, here, here + count, self.docs, self.tfs, firsts)
        if last == -2 or last >= self.num_docs:
            self.damaged = True
            return
        self.sizes[number] = count
        self._counted[number] = 1

    def count(self, number: int) -> None:
        """Read the frequencies of the block, too."""
        if self._counted[number]:
            return
        header = self._described[number * _FIELDS] + self.blocks[number] * _HEADER
        unpack_tfs(self.data, header, self._block_end(number), self.tfs, number * _BLOCK)
        self._counted[number] = 1

    def lengths(self, number: int, at: int, out: array[float]) -> None:
        """Write the field lengths of the documents of the block; they are uint32s from byte ``at`` on."""
        gather(self.data, at, self.docs, number * _BLOCK, self.sizes[number], out)

    def length(self, at: int, doc: int) -> int:
        """Return the field length of a document."""
        return get_uint32(self.data, at + 4 * doc)

    def _block_end(self, number: int) -> int:
        """Return where the data of the block end; it was checked when it was entered."""
        start = self._described[number * _FIELDS]
        header = start + self.blocks[number] * _HEADER
        return start + self.full_blocks(number) * _HEADER + get_uint32(self.data, header + 4)

    def find(self, number: int, doc: int) -> int:
        """Return the place of a document in its block, -1 if it is not in the list; quick where documents ascend."""
        block = max(self.blocks[number], 0)
        if block > 0 and self.last_doc(number, block - 1) >= doc:
            block = 0
        block = self.seek_block(number, block, doc)
        if block >= self.num_blocks(number):
            return -1
        self.enter(number, block)
        here = number * _BLOCK
        low = self._places[number]
        high = self.sizes[number]
        if low > 0 and self.docs[here + low - 1] >= doc:
            high = low
            low = 0
        while low < high:
            middle = (low + high) >> 1
            if self.docs[here + middle] < doc:
                low = middle + 1
            else:
                high = middle
        self._places[number] = low
        if low < self.sizes[number] and self.docs[here + low] == doc:
            return low
        return -1

    def tf(self, number: int, place: int) -> int:
        """Return how often the term is in the document at a place of the block."""
        if self._counted[number]:
            return self.tfs[number * _BLOCK + place]
        header = self._described[number * _FIELDS] + self.blocks[number] * _HEADER
        return unpack_tf(self.data, header, self._block_end(number), place)

    def first(self, number: int, place: int) -> int:
        """Return the term's first position in the document at a place of the block."""
        if self.blocks[number] >= self.full_blocks(number):
            return self.firsts[number * _BLOCK + place]
        header = self._described[number * _FIELDS] + self.blocks[number] * _HEADER
        at = self._block_end(number) - tfs_before(self.data, header) + 16 * tf_bits(self.data, header)
        return unpack_one(self.data, at, first_bits(self.data, header), place)

    def positions(self, number: int, place: int, out: WritableUint32s) -> int:
        """Write the positions in the document at a place of the block, as many as fit, and return their number."""
        return self.positions_at(number, place, out, 0, len(out))

    def positions_at(self, number: int, place: int, out: WritableUint32s, start: int, most: int) -> int:
        """Write the positions in the document at a place of the block and return their number.

        Args:
            number: of the list.
            place: of the document.
            out: uint32[>= start + most].
            start: where the first one goes.
            most: so many at most.
        """
        self.count(number)
        at = number * _FIELDS
        here = number * _BLOCK
        begin = self._described[at + 4]
        end = self._described[at + 5]
        if self.blocks[number] > 0:
            begin += get_uint32(self.data, self._described[at] + (self.blocks[number] - 1) * _HEADER + 8)
        skipped = 0
        for i in range(here, here + place):
            skipped += self.tfs[i] - 1
        while skipped >= 8 and begin + 8 <= end:
            # Of eight bytes, those whose high bit is not set end a number: they are counted by adding them up.
            eight = (get_uint64(self.data, begin) & _HIGH_BITS ^ _HIGH_BITS) >> 7
            eight += eight >> 32
            eight += eight >> 16
            eight += eight >> 8
            skipped -= eight & 15
            begin += 8
        while skipped > 0 and begin < end:
            if self.data[begin] < 128:
                skipped -= 1
            begin += 1
        wanted = min(self.tfs[here + place], most)
        if wanted == 0:
            return 0
        position = _wide(self.first(number, place))
        out[start] = position & _UINT32
        for i in range(start + 1, start + wanted):
            value = 0
            shift = 0
            while begin < end and shift <= 35:
                value |= _wide(self.data[begin] & 127) << shift
                begin += 1
                shift += 7
                if self.data[begin - 1] < 128:
                    break
            else:
                self.damaged = True
                return i - start
            position += value + 1
            out[i] = position & _UINT32
        return wanted


def _wide(value: int) -> int:
    """Return a number as a 64-bit integer."""
    return value
