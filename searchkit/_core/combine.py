# pyright: reportPossiblyUnboundVariable=false
"""Posting lists made of posting lists: of a phrase, and of all words that a pattern stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import int64s, uint32s, uint64s
from searchkit._core.cursors import MAX_LISTS, Cursors

if not cython.compiled:  # else the .pxd has them, so none is unbound
    from searchkit._core.bits import bit, lowest
    from searchkit._core.postings import decode_tail

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_BLOCK = 128
_MAX_LISTS = MAX_LISTS
_UINT32 = 0xFFFFFFFF
_MAX_POSITIONS = 1 << 14  # of one word in one document; those after them are not looked at


class Combiner:
    """Combines posting lists; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._order = int64s(_MAX_LISTS)  # the lists, the shortest first
        self._starts = uint32s(_MAX_POSITIONS)  # where the phrase may begin in a document
        self._others = uint32s(_MAX_POSITIONS)
        self._lasts = uint32s(_MAX_POSITIONS)  # for each start, the word of the phrase that was found last
        self._begins = uint32s(_MAX_POSITIONS)  # of what may stand on one side of NEAR, ascending
        self._ends = uint32s(_MAX_POSITIONS)  # ... likewise, each by itself ascending
        self._next_begins = uint32s(_MAX_POSITIONS)  # on the side after it
        self._next_ends = uint32s(_MAX_POSITIONS)
        self._merged = uint32s(_MAX_POSITIONS)
        self._none = uint32s(0)
        self._most = uint32s(0)  # by document, clear between uses
        self._met = uint64s(0)  # a bit per document, likewise

    def phrase(
        self,
        data: Bytes,
        num_docs: int,
        deleted: Bytes,
        lists: array[int],
        slop: int,
        docs: array[int],
        tfs: array[int],
    ) -> int:
        """Write the documents in which words follow each other, and how often they do; return how many documents.

        With ``slop``, a phrase is counted for each of its first words from which the others follow soon enough.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            lists: int64[6 * n], see ``Cursors.open``; the words in order, all with positions.
            slop: how many other words may stand among them in all.
            docs: uint32[>= the smallest df], filled.
            tfs: uint32[>= the smallest df], filled.

        Raises:
            ValueError: the file is damaged, or there are too many words.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS or n == 0:
            raise ValueError("too many words")
        self.cursors.open(data, num_docs, lists)
        for number in range(n):  # the rarest first
            at = number
            while at > 0 and self.cursors.df(self._order[at - 1]) > self.cursors.df(number):
                self._order[at] = self._order[at - 1]
                at -= 1
            self._order[at] = number
        with cython.nogil:
            size = self._phrase(n, self._order[0], deleted, slop, docs, tfs)
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return size

    def _phrase(self, n: int, rarest: int, deleted: Bytes, slop: int, docs: array[int], tfs: array[int]) -> int:
        size = 0
        here = rarest * _BLOCK
        for block in range(self.cursors.num_blocks(rarest)):
            self.cursors.enter(rarest, block)
            for i in range(self.cursors.sizes[rarest]):
                doc = self.cursors.docs[here + i]
                if len(deleted) > 0 and deleted[doc >> 3] >> (doc & 7) & 1:
                    continue
                there = True
                for at in range(1, n):
                    if self.cursors.find(self._order[at], doc) < 0:
                        there = False
                        break
                if there:
                    tf = self._follow(0, n, doc) if slop == 0 else self._follow_loosely(n, doc, slop)
                    if tf > 0:
                        docs[size] = doc
                        tfs[size] = tf
                        size += 1
        return size

    def _follow(self, first: int, n: int, doc: int) -> int:
        """Note where n words from the list ``first`` on follow each other in a document that has them all."""
        count = self.cursors.positions(first, self.cursors.find(first, doc), self._starts)
        for number in range(1, n):
            others = self.cursors.positions(first + number, self.cursors.find(first + number, doc), self._others)
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

    def _follow_loosely(self, n: int, doc: int, slop: int) -> int:
        """Return from how many of the first words the others follow, each as early as it can, with few words among."""
        count = self.cursors.positions(0, self.cursors.find(0, doc), self._starts)
        for i in range(count):
            self._lasts[i] = self._starts[i]
        for number in range(1, n):
            others = self.cursors.positions(number, self.cursors.find(number, doc), self._others)
            kept = 0
            j = 0
            for i in range(count):
                while j < others and self._others[j] <= self._lasts[i]:
                    j += 1
                if j == others:
                    break
                if self._others[j] <= _wide(self._starts[i]) + number + slop:
                    self._starts[kept] = self._starts[i]
                    self._lasts[kept] = self._others[j]
                    kept += 1
            count = kept
            if count == 0:
                break
        return count

    def near(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        shape: array[int],
        gaps: array[int],
        docs: array[int],
        size: int,
        tfs: array[int],
    ) -> int:
        """Keep the documents in which each row stands near the next; return how many there are.

        What stands in a row does not share a word with what stands near it in the next; in which order they come does
        not count.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            lists: int64[6 * l], see ``Cursors.open``; all with positions.
            shape: int64[2 * a], for each alternative its row, which ascend, and how many of the lists are its words.
            gaps: int64[rows - 1], words at most between a row and the next.
            docs: uint32[>= size], ascending; those that stay are moved to its beginning.
            size: number of documents.
            tfs: uint32[>= size], filled with how often the last row stands where it may.

        Raises:
            ValueError: the file is damaged, or there are too many words.
        """
        words = 0
        for i in range(1, len(shape), 2):
            words += shape[i]
        if words * 6 != len(lists) or words > _MAX_LISTS:
            raise ValueError("too many words")
        self.cursors.open(data, num_docs, lists)
        kept = 0
        with cython.nogil:
            for i in range(size):
                tf = self._near(docs[i], shape, gaps)
                if tf > 0:
                    docs[kept] = docs[i]
                    tfs[kept] = tf
                    kept += 1
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return kept

    def _near(self, doc: int, shape: array[int], gaps: array[int]) -> int:
        """Return how many places of the last row a chain of near ones leads to.

        Whether something may stand next to what was found before depends on where this begins or on where it ends,
        never on both. So two sets of places are all there is to remember.
        """
        count = 0
        ends = 0
        i = 0
        number = 0
        for row in range(len(gaps) + 1):
            next_count = 0
            next_ends = 0
            while i < len(shape) and shape[i] == row:
                n = shape[i + 1]
                if self._has_all(number, n, doc):
                    found = self._follow(number, n, doc)
                    if row > 0:
                        found = self._keep_near(found, n, count, ends, gaps[row - 1])
                    next_count = self._merge(self._next_begins, next_count, found, 0)
                    next_ends = self._merge(self._next_ends, next_ends, found, n - 1)
                number += n
                i += 2
            if next_count == 0:
                return 0
            for j in range(next_count):
                self._begins[j] = self._next_begins[j]
            for j in range(next_ends):
                self._ends[j] = self._next_ends[j]
            count = next_count
            ends = next_ends
        return count

    def _has_all(self, first: int, n: int, doc: int) -> bool:
        there = True
        for number in range(first, first + n):
            if self.cursors.find(number, doc) < 0:
                there = False
                break
        return there

    def _keep_near(self, found: int, n: int, count: int, ends: int, gap: int) -> int:
        """Keep those starts of n words that stand before or behind what was found, near enough."""
        kept = 0
        before = 0  # how many of the ends are before the start
        behind = 0  # how many of the begins are not behind the last word
        for i in range(found):
            start = _wide(self._starts[i])
            while before < ends and self._ends[before] < start:
                before += 1
            while behind < count and self._begins[behind] < start + n:
                behind += 1
            if (before > 0 and start - self._ends[before - 1] - 1 <= gap) or (
                behind < count and self._begins[behind] - (start + n) <= gap
            ):
                self._starts[kept] = self._starts[i]
                kept += 1
        return kept

    def _merge(self, into: array[int], count: int, found: int, shift: int) -> int:
        """Add the starts, moved on by ``shift``, to an ascending set; return its size."""
        size = 0
        i = 0
        j = 0
        while (i < count or j < found) and size < _MAX_POSITIONS:
            if j == found or (i < count and into[i] <= self._starts[j] + shift):
                if j < found and into[i] == self._starts[j] + shift:
                    j += 1
                self._merged[size] = into[i]
                i += 1
            else:
                self._merged[size] = (_wide(self._starts[j]) + shift) & _UINT32
                j += 1
            size += 1
        for i in range(size):
            into[i] = self._merged[i]
        return size

    def pick(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        ordinals: array[int],
        docs: array[int],
        firsts: array[int],
    ) -> None:
        """Read some postings of a list, and none of the others' blocks.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            lists: int64[6], see ``Cursors.open``; with positions.
            ordinals: int64[n], which postings, from 0 on.
            docs: uint32[n], filled.
            firsts: uint32[n], filled with the first positions.

        Raises:
            ValueError: the file is damaged, or there is no such posting.
        """
        if len(lists) != 6 or lists[3] == 0:
            raise ValueError("not a list with positions")
        self.cursors.open(data, num_docs, lists)
        for i in range(len(ordinals)):
            if not 0 <= ordinals[i] < lists[2]:
                raise ValueError("no such posting")
            block = ordinals[i] // _BLOCK
            place = ordinals[i] - block * _BLOCK
            self.cursors.enter(0, block)
            if self.cursors.damaged or place >= self.cursors.sizes[0]:
                raise ValueError("damaged posting list")
            docs[i] = self.cursors.docs[place]
            firsts[i] = self.cursors.first(0, place)

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
            met = uint64s((num_docs >> 6) + 1)
            for i in range(len(self._met)):
                met[i] = self._met[i]
            self._met = met
        with cython.nogil:
            for number in range(n):
                if self.cursors.df(number) < _BLOCK:
                    if not self._spread_tail(data, num_docs, lists, 6 * number):
                        self.cursors.damaged = True
                else:
                    self._spread(number)
        if self.cursors.damaged:
            self._most = uint32s(0)
            self._met = uint64s(0)
            raise ValueError("damaged posting list")

    def _spread(self, number: int) -> None:
        here = number * _BLOCK
        for block in range(self.cursors.num_blocks(number)):
            self.cursors.enter(number, block)
            self.cursors.count(number)
            for i in range(here, here + self.cursors.sizes[number]):
                doc = self.cursors.docs[i]
                self._most[doc] = max(self._most[doc], self.cursors.tfs[i])
                self._met[doc >> 6] |= bit(doc & 63)

    def _spread_tail(self, data: Bytes, num_docs: int, lists: array[int], which: int) -> bool:
        """Do it for a list without full blocks, of which there are thousands; return whether it is not damaged."""
        begin = lists[which]
        end = lists[which + 1]
        df = lists[which + 2]
        if lists[which + 3]:
            last = decode_tail(data, begin, end, -1, 0, df, self._starts, self._others, self._begins)
        else:
            last = decode_tail(data, begin, end, -1, 0, df, self._starts, self._others, self._none)
        if last < -1 or last >= num_docs:
            return False
        for i in range(df):
            doc = self._starts[i]
            self._most[doc] = max(self._most[doc], self._others[i])
            self._met[doc >> 6] |= bit(doc & 63)
        return True

    def gather(self, num_docs: int, deleted: Bytes, docs: array[int], tfs: array[int]) -> int:
        """Write the live documents of all lists since the last time, and forget them; return how many there are.

        Args:
            num_docs: documents in the segment.
            deleted: as for ``phrase``.
            docs: uint32[>= their number], filled.
            tfs: uint32[>= their number], filled.
        """
        size = 0
        room = min(len(docs), len(tfs))
        for part in range(min((num_docs >> 6) + 1, len(self._met))):
            bits = self._met[part]
            if bits == 0:
                continue
            self._met[part] = 0
            while bits:
                doc = (part << 6) + lowest(bits)
                bits &= bits - 1
                tf = self._most[doc]
                self._most[doc] = 0
                if size < room and (len(deleted) == 0 or not deleted[doc >> 3] >> (doc & 7) & 1):
                    docs[size] = doc
                    tfs[size] = tf
                    size += 1
        return size


def _wide(value: int) -> int:
    """Return a number as a 64-bit integer."""
    return value
