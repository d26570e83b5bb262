# pyright: reportPossiblyUnboundVariable=false
"""Posting lists that are kept in memory with ready-made scores.

What a word adds to the scores of the documents of a segment is a *ready list*: an *entry* per document in ascending
order, a uint64 with the document in its high half and the score in the low one, as a multiple of 2**-20. It stands for
all posting lists of the word: of each slot the best counts, as in ``searchkit._core.topk``.
``searchkit._core.adder`` adds them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import float64s, uint32s, uint64s
from searchkit._core.cursors import MAX_LISTS, Cursors
from searchkit._core.topk import NEW_SLOT, NEW_WORD, SPARE

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint64s

_UNITS = 2.0**20
_BLOCK = 128
_WINDOW = 1 << 15
_MAX_LISTS = MAX_LISTS
_NEW_SLOT, _NEW_WORD, _SPARE = NEW_SLOT, NEW_WORD, SPARE
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20


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

    def keep(
        self,
        data: Bytes,
        num_docs: int,
        deleted: Bytes,
        lists: array[int],
        flags: array[int],
        params: array[float],
        room: Uint64s,
        start: int,
    ) -> int:
        """Write the ready list of one word; return its length, -1 if a score is too small to be told from none.

        Args:
            data: uint8[size], the file.
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            lists: int64[6 * n], see ``TopK.collect``; the bounds of all slots together are less than 2048.
            flags: int64[2 * n], see there.
            params: float64[5 * n], see there.
            room: uint64[>= start + min(num_docs, all postings)], filled from ``start`` on.
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
        if start < 0 or start + min(total, num_docs) > len(room):
            raise ValueError("too little room")
        self._positive = True
        self.most = 0
        with cython.nogil:
            at = start
            low = 0
            while low < num_docs:
                high = min(low + _WINDOW, num_docs)
                for number in range(n):
                    if number > 0 and flags[2 * number] & (_NEW_SLOT | _NEW_WORD):
                        self._end_slot()
                    self._take(number, low, high, flags, params)
                self._end_slot()
                at = self._write(low, deleted, room, at)
                low = high
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return at - start if self._positive else -1

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
                self._touched[at >> 6] |= _bit(at & 63)
            if size == 0 or self.cursors.docs[here + size - 1] >= high - 1:
                break
            block += 1

    def _end_slot(self) -> None:
        """Add up what the lists of a slot gave."""
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            while bits:
                at = 64 * chunk + _lowest(bits)
                bits &= bits - 1
                self._sums[at] += self._best[at]
                self._best[at] = 0
                self._spared[at] = 0

    def _write(self, low: int, deleted: Bytes, room: Uint64s, start: int) -> int:
        """Write the live documents of a window and clear it; return where they end."""
        end = start
        for chunk in range(_WINDOW // 64):
            bits = self._touched[chunk]
            self._touched[chunk] = 0
            while bits:
                at = 64 * chunk + _lowest(bits)
                bits &= bits - 1
                doc = low + at
                if len(deleted) == 0 or not deleted[doc >> 3] >> (doc & 7) & 1:
                    room[end] = pair(doc, self._sums[at])
                    self.most = max(self.most, self._sums[at])
                    end += 1
                self._sums[at] = 0
        return end


def pack(docs: array[int], scores: array[float], n: int, room: Uint64s, start: int) -> int:
    """Write a ready list of documents with their scores; return the most of it in units, -1 if a score is too small.

    Args:
        docs: uint32[>= n], strictly increasing.
        scores: float64[>= n], multiples of 2**-20 below 2048.
        n: number of documents.
        room: uint64[>= start + n], filled from ``start`` on.
        start: where the list begins.

    Raises:
        ValueError: a buffer is too short.
    """
    if n > len(docs) or n > len(scores) or start < 0 or start + n > len(room):
        raise ValueError("too little room")
    most = 0
    for i in range(n):
        units = _whole(scores[i] * _UNITS)
        if units == 0:
            return -1
        most = max(most, units)
        room[start + i] = pair(docs[i], units)
    return most


if not cython.compiled:  # else they are in the .pxd, as one can do with a number of 64 bits

    def pair(high: int, low: int) -> int:
        """Return a number of 64 bits made of two halves."""
        return high << 32 | low

    def _bit(number: int) -> int:
        """Return 2**number."""
        return 1 << number

    def _lowest(bits: int) -> int:
        """Return the place of the lowest bit that is set; there is one."""
        return (bits & -bits).bit_length() - 1

    def _whole(value: float) -> int:
        """Return a whole number as an integer."""
        return int(value)
