"""Posting lists made of posting lists: of a phrase, and of all words that a pattern stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s
from searchkit._core.cursors import MAX_LISTS, Cursors

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_BLOCK = 128
_MAX_LISTS = MAX_LISTS
_MAX_POSITIONS = 1 << 14  # of one word in one document; those after them are not looked at


class Combiner:
    """Combines posting lists; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._starts = uint32s(_MAX_POSITIONS)  # where the phrase may begin in a document
        self._others = uint32s(_MAX_POSITIONS)
        self._most = uint32s(0)  # by document, clear between uses

    def phrase(
        self, data: Bytes, num_docs: int, deleted: Bytes, lists: array[int], docs: array[int], tfs: array[int]
    ) -> int:
        """Write the documents in which words follow each other, and how often they do; return how many documents.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            lists: int64[6 * n], see ``Cursors.open``; the words in order, all with positions.
            docs: uint32[>= the smallest df], filled.
            tfs: uint32[>= the smallest df], filled.

        Raises:
            ValueError: the file is damaged, or there are too many words.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS or n == 0:
            raise ValueError("too many words")
        self.cursors.open(data, num_docs, lists)
        rarest = 0
        for number in range(n):
            if self.cursors.df(number) < self.cursors.df(rarest):
                rarest = number
        with cython.nogil:
            size = self._phrase(n, rarest, deleted, docs, tfs)
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return size

    def _phrase(self, n: int, rarest: int, deleted: Bytes, docs: array[int], tfs: array[int]) -> int:
        size = 0
        here = rarest * _BLOCK
        for block in range(self.cursors.num_blocks(rarest)):
            self.cursors.enter(rarest, block)
            for i in range(self.cursors.sizes[rarest]):
                doc = self.cursors.docs[here + i]
                if len(deleted) > 0 and deleted[doc >> 3] >> (doc & 7) & 1:
                    continue
                there = True
                for number in range(n):
                    if self.cursors.find(number, doc) < 0:
                        there = False
                        break
                if there:
                    tf = self._follow(n, doc)
                    if tf > 0:
                        docs[size] = doc
                        tfs[size] = tf
                        size += 1
        return size

    def _follow(self, n: int, doc: int) -> int:
        """Return how often the words follow each other in a document that has them all."""
        count = self.cursors.positions(0, self.cursors.find(0, doc), self._starts)
        for number in range(1, n):
            others = self.cursors.positions(number, self.cursors.find(number, doc), self._others)
            kept = 0
            j = 0
            for i in range(count):
                wanted = self._starts[i] + number
                while j < others and self._others[j] < wanted:
                    j += 1
                if j == others:
                    break
                if self._others[j] == wanted:
                    self._starts[kept] = self._starts[i]
                    kept += 1
            count = kept
            if count == 0:
                break
        return count

    def spread(self, data: Bytes, num_docs: int, lists: array[int]) -> None:
        """Note the frequencies of some lists, for each document the largest.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            lists: int64[6 * n], n <= 256.

        Raises:
            ValueError: the file is damaged, or there are too many lists; nothing is noted any more.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS:
            raise ValueError("too many lists")
        self.cursors.open(data, num_docs, lists)
        if len(self._most) < num_docs:
            most = uint32s(num_docs)
            for doc in range(len(self._most)):
                most[doc] = self._most[doc]
            self._most = most
        with cython.nogil:
            for number in range(n):
                self._spread(number)
        if self.cursors.damaged:
            self._most = uint32s(0)
            raise ValueError("damaged posting list")

    def _spread(self, number: int) -> None:
        here = number * _BLOCK
        for block in range(self.cursors.num_blocks(number)):
            self.cursors.enter(number, block)
            self.cursors.count(number)
            for i in range(here, here + self.cursors.sizes[number]):
                doc = self.cursors.docs[i]
                self._most[doc] = max(self._most[doc], self.cursors.tfs[i])

    def gather(self, num_docs: int, deleted: Bytes, docs: array[int], tfs: array[int]) -> int:
        """Write the live documents of all lists since the last time, and forget them; return how many there are.

        Args:
            num_docs: documents in the segment.
            deleted: as for ``phrase``.
            docs: uint32[>= their number], filled.
            tfs: uint32[>= their number], filled.
        """
        size = 0
        for doc in range(min(num_docs, len(self._most))):
            tf = self._most[doc]
            if tf:
                self._most[doc] = 0
                if len(deleted) == 0 or not deleted[doc >> 3] >> (doc & 7) & 1:
                    docs[size] = doc
                    tfs[size] = tf
                    size += 1
        return size
