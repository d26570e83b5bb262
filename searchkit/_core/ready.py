# pyright: reportPossiblyUnboundVariable=false
"""Posting lists that are kept in memory with ready-made scores.

What a word adds to the scores of the documents of a segment is a *ready list* (of pre-computed impacts: Anh and
Moffat, "Pruned query evaluation using pre-computed impacts", SIGIR 2006). It stands for all posting lists of the
word: of each slot the best counts, as in ``searchkit._core.topk``. Scores are in *units* of 2**-20. A list begins
with four uint32 for each *window* of ``WINDOW`` documents: where what it has of them is, in uint32 from the beginning
of the list; how many documents that are; the most of their scores; and whether it is dense, where many of the
documents are in it. *Entries*, where they are few:

- uint32 for each, by document: its number in the window in the high half, in the low one the score without its last
  ``shift_of(most)`` bits;
- uint16 for each, these bits; to an even number of them.

*Dense scores* of all documents of the window, to a multiple of 64:

- uint8 for each: 0 for those that are not in it, else 1 + (score >> ``dense_shift(most)``);
- uint16 for each, the last bits.

``searchkit._core.adder`` adds lists up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import float64s, uint32s, uint64s
from searchkit._core.cursors import MAX_LISTS, Cursors
from searchkit._core.sums import CHUNK
from searchkit._core.topk import NEW_SLOT, NEW_WORD, SPARE

if not cython.compiled:  # else the .pxd has them
    from searchkit._core.bits import bit, lowest

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

WINDOW = 1 << 15
SHARE = 6  # documents per entry; where there are fewer, scores are dense
HEADER = 4  # uint32 of a window at the beginning of a list

_UNITS = 2.0**20
_BLOCK = 128
_WINDOW, _SHARE, _HEADER, _CHUNK = WINDOW, SHARE, HEADER, CHUNK
_MAX_LISTS = MAX_LISTS
_NEW_SLOT, _NEW_WORD, _SPARE = NEW_SLOT, NEW_WORD, SPARE
_HALF = 0xFFFF
_BYTE = 0xFE
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20


class Room:
    """Memory for ready lists."""

    def __init__(self, memory: memoryview) -> None:
        """Take uint8[4 * n], writable."""
        self.words = memory.cast("I")
        self.halves = memory.cast("H")
        self.bytes = memory
        self.size = len(memory) >> 2  # in uint32


class Keeper:
    """Makes ready lists; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._norms = float64s(_BLOCK)
        self._best = uint32s(_WINDOW)  # of a slot; clear between uses, as are the next three
        self._spared = uint32s(_WINDOW)  # whether only spare lists gave it
        self._sums = uint32s(_WINDOW)
        self._touched = uint64s(_WINDOW // 64)  # a bit for each document
        self._positive = True
        self.most = 0  # of the last list, in units
        self.count = 0  # of its entries

    def keep(
        self,
        data: Bytes,
        num_docs: int,
        deleted: Bytes,
        lists: array[int],
        flags: array[int],
        params: array[float],
        room: Room,
        start: int,
    ) -> int:
        """Write the ready list of one word; return where it ends, -1 if a score is too small to be told from none.

        Args:
            data: uint8[size], the file.
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            lists: int64[6 * n], see ``TopK.collect``; the bounds of all slots together are less than 2048.
            flags: int64[2 * n], see there.
            params: float64[5 * n], see there.
            room: what is filled from ``start`` on, as much as ``space`` says.
            start: where the list begins.

        Raises:
            ValueError: the file is damaged, or there are too many lists.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS or len(flags) < 2 * n or len(params) < 5 * n or 0 < 8 * len(deleted) < num_docs:
            raise ValueError("too many posting lists, or too few deletions")
        self.cursors.open(data, num_docs, lists)
        total = 0
        for i in range(n):
            total += self.cursors.df(i)
            if flags[2 * i + 1] < 0 or flags[2 * i + 1] + 4 * num_docs > len(data):
                raise ValueError("lengths outside the file")
        if start < 0 or start + space(total, num_docs) > room.size:
            raise ValueError("too little room")
        self._begin()
        with cython.nogil:
            end = start + _HEADER * ((num_docs + _WINDOW - 1) // _WINDOW)
            low = 0
            while low < num_docs:
                high = min(low + _WINDOW, num_docs)
                for number in range(n):
                    if number > 0 and flags[2 * number] & (_NEW_SLOT | _NEW_WORD):
                        self._end_slot()
                    self._take(number, low, high, flags, params)
                self._end_slot()
                end = self._write(low, high, deleted, room, start, end)
                low = high
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return end if self._positive else -1

    def pack(self, docs: array[int], scores: array[float], n: int, num_docs: int, room: Room, start: int) -> int:
        """Write a ready list of documents with their scores; return where it ends, -1 if a score is too small.

        Args:
            docs: uint32[>= n], strictly increasing, below ``num_docs``.
            scores: float64[>= n], multiples of 2**-20 below 2048.
            n: number of documents.
            num_docs: documents in the segment.
            room: what is filled from ``start`` on, as much as ``space`` says.
            start: where the list begins.

        Raises:
            ValueError: a buffer is too short, or a document too large.
        """
        if n > len(docs) or n > len(scores) or start < 0 or start + space(n, num_docs) > room.size:
            raise ValueError("too little room")
        if n > 0 and docs[n - 1] >= num_docs:
            raise ValueError("no such document")
        self._begin()
        end = start + _HEADER * ((num_docs + _WINDOW - 1) // _WINDOW)
        low = 0
        i = 0
        while low < num_docs:
            high = min(low + _WINDOW, num_docs)
            while i < n and docs[i] < high:
                at = docs[i] - low
                self._sums[at] = _whole(scores[i] * _UNITS)
                if self._sums[at] == 0:
                    self._positive = False
                self._touched[at >> 6] |= bit(at & 63)
                i += 1
            end = self._write(low, high, b"", room, start, end)
            low = high
        return end if self._positive else -1

    def _begin(self) -> None:
        self._positive = True
        self.most = 0
        self.count = 0

    def _take(self, number: int, low: int, high: int, flags: array[int], params: array[float]) -> None:
        """Note what a list scores in a window."""
        weight = params[5 * number]
        base = params[5 * number + 1]
        slope = params[5 * number + 2]
        spare = flags[2 * number] & _SPARE
        here = number * _BLOCK
        block = self.cursors.seek_block(number, max(self.cursors.blocks[number], 0), low)
        while block < self.cursors.num_blocks(number):
            self.cursors.enter(number, block)
            self.cursors.count(number)
            size = self.cursors.sizes[number]
            self.cursors.lengths(number, flags[2 * number + 1], self._norms)
            for i in range(size):
                doc = self.cursors.docs[here + i]
                if doc >= high:
                    break
                at = doc - low
                if at < 0:
                    continue
                tf = self.cursors.tfs[here + i]
                score = (weight * tf / (tf + (base + slope * self._norms[i])) + _ROUNDER) - _ROUNDER
                units = _whole(score * _UNITS)
                if units == 0:
                    self._positive = False
                if spare:
                    if self._best[at] == 0:
                        self._spared[at] = 1
                    elif self._spared[at] == 0:
                        continue
                self._best[at] = max(self._best[at], units)
                self._touched[at >> 6] |= bit(at & 63)
            if size == 0 or self.cursors.docs[here + size - 1] >= high - 1:
                break
            block += 1

    def _end_slot(self) -> None:
        """Add up what the lists of a slot gave."""
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            while bits:
                at = 64 * chunk + lowest(bits)
                bits &= bits - 1
                self._sums[at] += self._best[at]
                self._best[at] = 0
                self._spared[at] = 0

    def _write(self, low: int, high: int, deleted: Bytes, room: Room, start: int, begin: int) -> int:
        """Write the live documents of a window and clear it; return where they end."""
        size = 0
        most = 0
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            while bits:
                at = 64 * chunk + lowest(bits)
                bits &= bits - 1
                doc = low + at
                if len(deleted) == 0 or not deleted[doc >> 3] >> (doc & 7) & 1:
                    size += 1
                    most = max(most, self._sums[at])
                else:
                    self._touched[chunk] ^= bit(at & 63)
                    self._sums[at] = 0
        dense = size * _SHARE > high - low and dense_shift(most) <= 16
        head = start + low // _WINDOW * _HEADER
        room.words[head] = begin - start
        room.words[head + 1] = size
        room.words[head + 2] = most
        room.words[head + 3] = dense
        if dense:
            length = (high - low + _CHUNK - 1) // _CHUNK * _CHUNK
            self._spread(room, 4 * begin, length, dense_shift(most))
            end = begin + (3 * length >> 2)
        else:
            self._lay(room, begin, 2 * (begin + size), shift_of(most))
            end = begin + size + ((size + 1) >> 1)
        self._clear()
        self.most = max(self.most, most)
        self.count += size
        return end

    def _lay(self, room: Room, begin: int, lasts: int, shift: int) -> None:
        """Write the entries of a window and their last bits."""
        i = 0
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            while bits:
                at = 64 * chunk + lowest(bits)
                bits &= bits - 1
                room.words[begin + i] = at << 16 | self._sums[at] >> shift
                room.halves[lasts + i] = self._sums[at] & ((1 << shift) - 1)
                i += 1

    def _spread(self, room: Room, begin: int, length: int, shift: int) -> None:
        """Write the dense scores of a window."""
        lasts = (begin + length) >> 1
        for at in range(length):
            room.bytes[begin + at] = 0
            room.halves[lasts + at] = 0
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            while bits:
                at = 64 * chunk + lowest(bits)
                bits &= bits - 1
                room.bytes[begin + at] = 1 + (self._sums[at] >> shift)
                room.halves[lasts + at] = self._sums[at] & ((1 << shift) - 1)

    def _clear(self) -> None:
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            self._touched[chunk] = 0
            while bits:
                self._sums[64 * chunk + lowest(bits)] = 0
                bits &= bits - 1


def space(count: int, num_docs: int) -> int:
    """Return how many uint32 a ready list takes at most.

    Args:
        count: entries, or more.
        num_docs: documents in the segment.
    """
    windows = (num_docs + _WINDOW - 1) // _WINDOW
    some = min(count, num_docs)
    most = 6 * some + min(12 * some, 2 * num_docs)  # bytes: six of an entry; where it is dense, three of a document
    return windows * (_HEADER + _CHUNK) + most // 4 + 1


def shift_of(most: int) -> int:
    """Return how many of the last bits of scores are not in entries: ten, or more where the rest would not fit."""
    shift = 10
    while most >> shift > _HALF:
        shift += 1
    return shift


def dense_shift(most: int) -> int:
    """Return how many of the last bits are not in dense scores: ten or more."""
    shift = 10
    while most >> shift > _BYTE:
        shift += 1
    return shift


if not cython.compiled:  # else they are in the .pxd, as one can do with a number of 64 bits

    def pair(high: int, low: int) -> int:
        """Return a number of 64 bits made of two halves."""
        return high << 32 | low

    def _whole(value: float) -> int:
        """Return a whole number as an integer."""
        return int(value)
