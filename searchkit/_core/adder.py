# pyright: reportPossiblyUnboundVariable=false
"""The best documents of the sums of ready lists, which ``searchkit._core.ready`` makes and describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import int32s, int64s, uint64s
from searchkit._core.cursors import MAX_LISTS

if not cython.compiled:  # else the .pxd has it
    from searchkit._core.ready import pair

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint64s

_UNIT = 2.0**-20
_CHUNK = 64  # documents that are looked at together
_WINDOW = 1 << 14  # the sums of which lie in the nearest caches
_DENSE = 8  # documents per entry; where there are more, those without an entry are not looked at
_MAX_LISTS = MAX_LISTS
_LOW = 0xFFFFFFFF


class Adder:
    """Collects the best documents over all segments; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.matched = 0
        self.size = 0  # of the best so far
        self._k = 0
        self._keys = uint64s(0)  # a heap, the worst on top: the score in the high half, in the low one _LOW - document
        self._sums = int32s(_WINDOW)  # clear between uses
        self._found = uint64s(_WINDOW)
        self._at = int64s(_MAX_LISTS)  # where each list goes on
        self._ends = int64s(_MAX_LISTS)  # where it leaves the window

    def begin(self, k: int) -> None:
        """Forget everything and collect the k best."""
        self.matched = 0
        self.size = 0
        self._k = k
        if len(self._keys) < k:
            self._keys = uint64s(k)

    def collect(
        self,
        room: Uint64s,
        first_doc: int,
        num_docs: int,
        excluded: Bytes,
        lists: array[int],
        num_must: int,
        num_finders: int,
    ) -> None:
        """Take in one segment; segments come in order.

        Args:
            room: uint64[size].
            first_doc: what is added to the segment's document numbers.
            num_docs: documents in the segment.
            excluded: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            lists: int64[3 * n], start and end of each ready list in ``room``, and the most that it adds, in units; no
                sum is 2048 or more.
            num_must: of these, the first ones must have a document; best the shortest first.
            num_finders: of these, the first ones find documents; the others add to what was found.

        Raises:
            ValueError: a list lies outside the room, or there are too many.
        """
        n = len(lists) // 3
        if n > _MAX_LISTS or not 0 <= num_must <= n or not 0 <= num_finders <= n or 0 < 8 * len(excluded) < num_docs:
            raise ValueError("too many lists, or too few bits")
        if first_doc < 0 or first_doc + num_docs > _LOW:
            raise ValueError("too many documents")
        for number in range(n):
            start = lists[3 * number]
            end = lists[3 * number + 1]
            if not 0 <= start <= end <= len(room) or (start < end and _doc(room, end - 1) >= num_docs):
                raise ValueError("list outside the room")
            self._at[number] = start
        with cython.nogil:
            low = 0
            while low < num_docs:
                high = min(low + _WINDOW, num_docs)
                if num_must > 0:
                    self._meet(room, first_doc, low, high, excluded, lists, n, num_must)
                else:
                    self._add(room, first_doc, low, high, excluded, lists, n, num_finders)
                low = high

    def take(self, docs: array[int], scores: array[float]) -> int:
        """Write the documents, best first, of equals the smallest first, forget them and return their number.

        Args:
            docs: int64[>= size].
            scores: float64[>= size].
        """
        size = self.size
        for place in range(size - 1, -1, -1):
            key = self._keys[0]
            docs[place] = _LOW - (key & _LOW)
            scores[place] = (key >> 32) * _UNIT
            self.size = place
            self._sink(self._keys[place])
        self.size = 0
        return size

    def _add(
        self,
        room: Uint64s,
        first_doc: int,
        low: int,
        high: int,
        excluded: Bytes,
        lists: array[int],
        n: int,
        num_finders: int,
    ) -> None:
        """Take in the documents of a window, of which any finder may have one."""
        count = 0
        for number in range(num_finders):
            self._ends[number] = _seek(room, self._at[number], lists[3 * number + 1], high)
            count += self._ends[number] - self._at[number]
        if count == 0:
            return
        dense = count * _DENSE > _WINDOW
        margin = 0  # the most that helpers add, if they are only asked about documents that may be among the best
        for number in range(num_finders, n):
            margin += lists[3 * number + 2]
        if self._bar() <= margin:
            margin = 0
        size = 0
        for number in range(num_finders):
            if dense:
                self._sum(room, self._at[number], self._ends[number], low)
            else:
                size = self._find(room, self._at[number], self._ends[number], low, size)
            self._at[number] = self._ends[number]
        for number in range(num_finders, n):
            at = _seek(room, self._at[number], lists[3 * number + 1], low)
            self._at[number] = at
            if not margin:
                end = _seek(room, at, lists[3 * number + 1], high)
                self._help(room, at, end, low)
                self._at[number] = end
        helpers = num_finders if margin else n
        if dense:
            self._scan(room, lists, helpers, n, margin, first_doc, low, high, excluded)
        else:
            self._look(room, lists, helpers, n, margin, first_doc, low, size, excluded)

    def _sum(self, room: Uint64s, start: int, end: int, low: int) -> None:
        for i in range(start, end):
            self._sums[_doc(room, i) - low] += _units(room, i)

    def _find(self, room: Uint64s, start: int, end: int, low: int, size: int) -> int:
        """Add a list and note the documents that are new; return how many are noted."""
        for i in range(start, end):
            at = _doc(room, i) - low
            known = self._sums[at]
            self._sums[at] = known + _units(room, i)
            if known == 0:
                self._found[size] = at
                size += 1
        return size

    def _help(self, room: Uint64s, start: int, end: int, low: int) -> None:
        """Add a list where others have found a document."""
        for i in range(start, end):
            at = _doc(room, i) - low
            known = self._sums[at]
            self._sums[at] = known + (_units(room, i) & -(known > 0))  # no branch: which it is cannot be foreseen

    def _scan(
        self,
        room: Uint64s,
        lists: array[int],
        helpers: int,
        n: int,
        margin: int,
        first_doc: int,
        low: int,
        high: int,
        excluded: Bytes,
    ) -> None:
        """Take in a window in which many documents have something, and clear it."""
        if len(excluded) > 0:
            for doc in range(low, high):
                if excluded[doc >> 3] >> (doc & 7) & 1:
                    self._sums[doc - low] = 0
        bar = self._bar() - margin
        for chunk in range((high - low + _CHUNK - 1) // _CHUNK):
            start = chunk * _CHUNK
            found = _survey(self._sums, start)
            self.matched += found & 127
            if found >> 7 > bar:
                for at in range(start, start + _CHUNK):
                    score = self._sums[at]
                    if score > bar:
                        score += self._ask(room, lists, helpers, n, low + at, 1)
                        self._push(pair(score, _LOW - (first_doc + low + at)))
                        bar = self._bar() - margin
            _clear(self._sums, start)

    def _look(
        self,
        room: Uint64s,
        lists: array[int],
        helpers: int,
        n: int,
        margin: int,
        first_doc: int,
        low: int,
        size: int,
        excluded: Bytes,
    ) -> None:
        """Take in the documents that were noted, and clear the window."""
        for i in range(size):
            at = self._found[i] + 0
            doc = low + at
            if len(excluded) == 0 or not excluded[doc >> 3] >> (doc & 7) & 1:
                self.matched += 1
                score = self._sums[at]
                if score + margin >= self._bar():
                    score += self._ask(room, lists, helpers, n, doc, 0)
                    self._push(pair(score, _LOW - (first_doc + doc)))
            self._sums[at] = 0

    def _ask(self, room: Uint64s, lists: array[int], start: int, n: int, doc: int, onward: int) -> int:
        """Return what the lists from ``start`` on add to a document, which none before will follow if ``onward``."""
        score = 0
        for number in range(start, n):
            end = lists[3 * number + 1]
            at = _seek(room, self._at[number], end, doc)
            if onward:
                self._at[number] = at
            if at < end and _doc(room, at) == doc:
                score += _units(room, at)
        return score

    def _meet(
        self,
        room: Uint64s,
        first_doc: int,
        low: int,
        high: int,
        excluded: Bytes,
        lists: array[int],
        n: int,
        num_must: int,
    ) -> None:
        """Take in the documents of a window that all the first lists have."""
        at = _seek(room, self._at[0], lists[1], low)
        end = _seek(room, at, lists[1], high)
        self._at[0] = end
        size = 0
        for i in range(at, end):
            self._found[size] = room[i]
            size += 1
        for number in range(1, n):
            at = self._at[number]
            end = lists[3 * number + 1]
            kept = 0
            for i in range(size):
                doc = self._found[i] >> 32
                at = _seek(room, at, end, doc)
                there = at < end and _doc(room, at) == doc
                if there or number >= num_must:
                    self._found[kept] = self._found[i]
                    if there:
                        self._found[kept] += _units(room, at)
                    kept += 1
            self._at[number] = at
            size = kept
        for i in range(size):
            doc = self._found[i] >> 32
            if len(excluded) == 0 or not excluded[doc >> 3] >> (doc & 7) & 1:
                self.matched += 1
                self._push(pair(self._found[i] & _LOW, _LOW - (first_doc + doc)))

    def _bar(self) -> int:
        """Return what a score must be more than."""
        return self._keys[0] >> 32 if self.size == self._k else 0

    def _push(self, key: int) -> None:
        """Take in a document."""
        if self.size < self._k:
            at = self.size
            self.size += 1
            while at > 0 and self._keys[(at - 1) >> 1] > key:
                self._keys[at] = self._keys[(at - 1) >> 1]
                at = (at - 1) >> 1
            self._keys[at] = key
        elif key > self._keys[0]:
            self._sink(key)

    def _sink(self, key: int) -> None:
        """Put a document in place of the worst and restore the heap."""
        at = 0
        while True:
            child = 2 * at + 1
            if child >= self.size:
                break
            if child + 1 < self.size and self._keys[child + 1] < self._keys[child]:
                child += 1
            if self._keys[child] >= key:
                break
            self._keys[at] = self._keys[child]
            at = child
        self._keys[at] = key


def _seek(room: Uint64s, start: int, end: int, doc: int) -> int:
    """Return the first entry from ``start`` on of this document or a later one."""
    low = start
    step = 1
    while low < end and _doc(room, low) < doc:
        low += step
        step <<= 1
    step >>= 1
    high = min(low, end)
    low = max(start, low - step)
    while low < high:
        middle = (low + high) >> 1
        if _doc(room, middle) < doc:
            low = middle + 1
        else:
            high = middle
    return low


if not cython.compiled:  # else they are in the .pxd, as one can do with a number of 64 bits

    def _doc(room: Uint64s, at: int) -> int:
        """Return the document of an entry."""
        return room[at] >> 32

    def _units(room: Uint64s, at: int) -> int:
        """Return the score of an entry."""
        return room[at] & _LOW

    def _survey(sums: array[int], start: int) -> int:
        """Return the largest of 64 sums, times 128, and how many are above 0."""
        chunk = sums[start : start + _CHUNK]
        return max(chunk) << 7 | sum(score > 0 for score in chunk)

    def _clear(sums: array[int], start: int) -> None:
        """Set 64 sums to 0."""
        sums[start : start + _CHUNK] = int32s(_CHUNK)
