# pyright: reportPossiblyUnboundVariable=false
"""The best documents of the sums of ready lists, which ``searchkit._core.ready`` makes and describes.

Filtered, then refined, window by window: entries and dense scores say within a few *steps* what a document's sum is (a
step is a power of two of units, and 32,767 of them are enough for any sum of the window). Only where that may be among
the best all bits are added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import int64s, uint16s, uint32s, uint64s
from searchkit._core.ready import HEADER, WINDOW
from searchkit._core.sums import CHUNK

if not cython.compiled:  # else the .pxd has them
    from searchkit._core.ready import dense_shift, pair, shift_of
    from searchkit._core.sums import add_dense, add_entries, clear, fetch, help_dense, kth, survey

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes
    from searchkit._core.ready import Room

MAX_LISTS = 128  # of 255 steps each, which is the least that a step can be chosen for: fewer than ``_ENOUGH``

_UNIT = 2.0**-20
_CHUNK, _HEADER, _WINDOW = CHUNK, HEADER, WINDOW
_PLENTY = 8  # documents per entry; where there are more, those without an entry are not looked at
_LEAST = 10  # bits of a step
_ENOUGH = 0x7FFF  # steps: what has 15 bits can be compared by the processor many at a time
_MUCH = 32  # what does not find is only asked about documents near the best if it adds at most a 32nd of all
_TRIES = 16  # to look for an entry takes as long as to read so many
_MAX_LISTS = MAX_LISTS
_LOW = 0xFFFFFFFF


class Adder:
    """Collects the best documents over all segments; used by one thread at a time, again and again."""

    def __init__(self, room: Room) -> None:
        self.matched = 0
        self.size = 0  # of the best so far
        self._room = room
        self._k = 0
        self._step = 0  # bits of it
        self._slack = 0  # steps that what was added may be too much
        self._margin = 0  # steps that was not added at most
        self._keys = uint64s(0)  # a heap, the worst on top: the score in the high half, in the low one _LOW - document
        self._sums = uint16s(_WINDOW)  # in steps, as much or more; clear between uses
        self._most = uint16s(_WINDOW // _CHUNK)
        self._near = uint32s(_WINDOW + 1)  # documents that may be among the best ...
        self._bounds = uint16s(_WINDOW + 1)  # ... their sums in steps ...
        self._exact = uint32s(_WINDOW + 1)  # ... and in units, as far as they are added up; from the second on
        self._found = uint64s(_WINDOW + 1)
        self._sizes = int64s(_MAX_LISTS)  # of each list, how many documents it has in the window
        self._mosts = int64s(_MAX_LISTS)  # the most of their scores
        self._dense = int64s(_MAX_LISTS)  # whether they are dense
        self._begins = int64s(_MAX_LISTS)  # where entries or dense scores are
        self._lasts = int64s(_MAX_LISTS)  # what is added to their places to find their last bits
        self._shifts = int64s(_MAX_LISTS)  # how many bits these are

    def begin(self, k: int) -> None:
        """Forget everything and collect the k best, at least one."""
        if k < 1:
            raise ValueError("nothing to collect")
        self.matched = 0
        self.size = 0
        self._k = k
        if len(self._keys) < k:
            self._keys = uint64s(k)

    def collect(
        self, excluded: Bytes, first_doc: int, num_docs: int, lists: array[int], num_must: int, num_finders: int
    ) -> None:
        """Take in one segment; segments come in order.

        Args:
            excluded: uint8[(num_docs + 7) // 8], a bit per document that is left out; empty for none.
            first_doc: what is added to the segment's document numbers.
            num_docs: documents in the segment.
            lists: int64[n], where each ready list begins in the room; no sum is 2048 or more.
            num_must: of these, the first ones must have a document; best the shortest first.
            num_finders: of these, the first ones find documents; the others add to what was found.

        Raises:
            ValueError: a list lies outside the room, or there are too many.
        """
        n = len(lists)
        if n > _MAX_LISTS or not 0 <= num_must <= n or not 0 <= num_finders <= n or 0 < 8 * len(excluded) < num_docs:
            raise ValueError("too many lists, or too few bits")
        if first_doc < 0 or first_doc + num_docs > _LOW:
            raise ValueError("too many documents")
        low = 0
        with cython.nogil:
            for number in range(n):
                if 0 <= lists[number] < self._room.size:
                    fetch(self._room.words, lists[number])
            while low < num_docs:
                high = min(low + _WINDOW, num_docs)
                if not self._enter(lists, n, low, high):
                    break
                if num_must > 0:
                    self._meet(first_doc + low, low, high, excluded, n, num_must)
                else:
                    self._add(first_doc + low, low, high, excluded, n, num_finders)
                low = high
        if low < num_docs:
            raise ValueError("list outside the room")

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

    def _enter(self, lists: array[int], n: int, low: int, high: int) -> bool:
        """Find what the lists have in a window; return whether all lies in the room."""
        for number in range(n):
            start = lists[number]
            head = start + low // _WINDOW * _HEADER
            if start < 0 or head + _HEADER > self._room.size:
                return False
            begin = start + self._room.words[head]
            size = self._room.words[head + 1] + 0
            most = self._room.words[head + 2] + 0
            self._sizes[number] = size
            self._mosts[number] = most
            if self._room.words[head + 3]:
                length = (high - low + _CHUNK - 1) // _CHUNK * _CHUNK
                self._dense[number] = 1
                self._begins[number] = 4 * begin
                self._lasts[number] = (4 * begin + length) >> 1
                self._shifts[number] = dense_shift(most)
                end = begin + (3 * length >> 2)
            else:
                self._dense[number] = 0
                self._begins[number] = begin
                self._lasts[number] = begin + 2 * size
                self._shifts[number] = shift_of(most)
                end = begin + size + (size + 1 >> 1)
            if size > high - low or end > self._room.size:
                return False
        return True

    def _add(self, first_doc: int, low: int, high: int, excluded: Bytes, n: int, num_finders: int) -> None:
        """Take in the documents of a window, of which any finder may have one."""
        count = 0
        for number in range(num_finders):
            count += self._sizes[number]
        if count == 0:
            return
        added = num_finders
        if self._scale(n, num_finders):
            added = n
        if count * _PLENTY > high - low:
            size = self._scan(low, high, excluded, num_finders, added)
        else:
            size = self._note(low, excluded, num_finders, added)
        for i in range(size + 1):
            self._exact[i] = 0
        if added < n:
            self._weigh(size, added, n)
            for i in range(size):
                self._bounds[i] += (self._exact[i + 1] >> self._step) + 1
            self._slack += 1
            self._margin = 0
            size = self._keep(size)
        self._weigh(size, 0, added)
        for i in range(size):
            self._push(pair(self._exact[i + 1], _LOW - (first_doc + self._near[i])))

    def _scale(self, n: int, num_finders: int) -> bool:
        """Choose the step of a window; return whether what does not find adds much."""
        self._step = _LEAST
        while True:
            total = 1
            for number in range(n):
                total += self._cost(number)
            if total <= _ENOUGH:
                break
            self._step += 1
        self._margin = 0
        for number in range(num_finders, n):
            self._margin += self._cost(number)
        much = self._margin * _MUCH > total
        if much:
            self._margin = 0
        self._slack = 0
        for number in range(n if much else num_finders):
            self._slack += self._error(number)
        return much

    def _cost(self, number: int) -> int:
        """Return the most that a list adds, in steps."""
        if self._sizes[number] == 0:
            return 0
        shift = self._shifts[number]
        if self._dense[number]:
            return ((self._mosts[number] >> shift) + 1) << max(shift - self._step, 0)
        return (self._mosts[number] >> self._step) + 1

    def _error(self, number: int) -> int:
        """Return what a list adds too much at most, in steps."""
        if not self._dense[number]:
            return 1
        if self._shifts[number] < self._step:
            return self._cost(number)
        return 1 << (self._shifts[number] - self._step)

    def _scan(self, low: int, high: int, excluded: Bytes, num_finders: int, added: int) -> int:
        """Add up a window in which many documents have something; return how many may be among the best."""
        chunks = (high - low + _CHUNK - 1) // _CHUNK
        for number in range(num_finders):
            begin = self._begins[number]
            shift = self._shifts[number]
            if self._dense[number]:
                add_dense(self._sums, self._room.bytes, begin, chunks * _CHUNK, 1 << max(shift - self._step, 0))
            else:
                add_entries(self._sums, self._room.words, begin, begin + self._sizes[number], self._step - shift)
        if len(excluded) > 0:
            for doc in range(low, high):
                if excluded[doc >> 3] >> (doc & 7) & 1:
                    self._sums[doc - low] = 0
        self.matched += survey(self._sums, self._most, chunks)
        if num_finders < added:
            for number in range(num_finders, added):
                begin = self._begins[number]
                shift = self._shifts[number]
                if self._dense[number]:
                    help_dense(self._sums, self._room.bytes, begin, chunks * _CHUNK, 1 << max(shift - self._step, 0))
                else:
                    self._help(number)
            survey(self._sums, self._most, chunks)
        least = max(self._least(self._most, chunks) - self._margin, 1)
        size = 0
        for chunk in range(chunks):
            if self._most[chunk] >= least:
                for at in range(chunk * _CHUNK, chunk * _CHUNK + _CHUNK):
                    self._near[size] = at
                    self._bounds[size] = self._sums[at]
                    size += self._sums[at] >= least
        clear(self._sums, chunks * _CHUNK)
        return self._keep(size)

    def _help(self, number: int) -> None:
        """Add entries where there is a sum."""
        for i in range(self._begins[number], self._begins[number] + self._sizes[number]):
            entry = self._room.words[i] + 0
            known = self._sums[entry >> 16] + 0
            steps = ((entry & 0xFFFF) >> (self._step - self._shifts[number])) + 1
            self._sums[entry >> 16] = known + steps * (known > 0)  # no branch: which it is cannot be foreseen

    def _note(self, low: int, excluded: Bytes, num_finders: int, added: int) -> int:
        """Add up a window in which few documents have something; return how many may be among the best."""
        size = 0
        for number in range(num_finders):
            shift = self._step - self._shifts[number]
            for i in range(self._begins[number], self._begins[number] + self._sizes[number]):
                entry = self._room.words[i] + 0
                at = entry >> 16
                known = self._sums[at] + 0
                self._sums[at] = known + ((entry & 0xFFFF) >> shift) + 1
                self._near[size] = at
                size += known == 0
        for number in range(num_finders, added):
            begin = self._begins[number]
            shift = self._shifts[number]
            if self._dense[number]:
                for i in range(size):
                    at = self._near[i] + 0
                    self._sums[at] += self._room.bytes[begin + at] << max(shift - self._step, 0)
            else:
                self._help(number)
        kept = 0
        for i in range(size):
            at = self._near[i] + 0
            doc = low + at
            self._near[kept] = at
            self._bounds[kept] = self._sums[at]
            kept += len(excluded) == 0 or not excluded[doc >> 3] >> (doc & 7) & 1
            self._sums[at] = 0
        self.matched += kept
        return self._keep(kept)

    def _least(self, sums: array[int], size: int) -> int:
        """Return how many steps a sum must have at least to be among the best."""
        least = self._bar() >> self._step  # of earlier windows, where of equals all come first
        least += self.size == self._k
        return max(least, kth(sums, size, self._k) - self._slack)

    def _keep(self, size: int) -> int:
        """Keep the documents near the best that may be among them; return how many."""
        least = max(self._least(self._bounds, size) - self._margin, 1)
        kept = 0
        for i in range(size):
            self._near[kept] = self._near[i]
            self._bounds[kept] = self._bounds[i]
            self._exact[kept + 1] = self._exact[i + 1]
            kept += self._bounds[i] >= least
        return kept

    def _weigh(self, size: int, first: int, end: int) -> None:
        """Add all bits of the scores of documents near the best, in these lists."""
        marked = False
        for number in range(first, end):
            count = self._sizes[number]
            begin = self._begins[number]
            if count == 0 or size == 0:
                continue
            if self._dense[number]:
                for i in range(size):
                    self._exact[i + 1] += self._dense_units(number, self._near[i])
            elif size * _TRIES < count:
                for i in range(size):
                    place = seek(self._room.words, begin, count, self._near[i] << 16)
                    self._exact[i + 1] += self._units(number, place) * (self._room.words[place] >> 16 == self._near[i])
            else:
                if not marked:
                    marked = True
                    for i in range(size):
                        self._sums[self._near[i]] = i + 1
                for place in range(begin, begin + count):
                    at = self._sums[self._room.words[place] >> 16] + 0  # 0 for what is not near the best
                    total = self._exact[at] + 0
                    self._exact[at] = (total + self._units(number, place)) & _LOW
        if marked:
            for i in range(size):
                self._sums[self._near[i]] = 0

    def _units(self, number: int, place: int) -> int:
        """Return the score of an entry."""
        last = self._room.halves[self._lasts[number] + place] + 0
        return (self._room.words[place] & 0xFFFF) << self._shifts[number] | last

    def _dense_units(self, number: int, at: int) -> int:
        """Return the score of a document where scores are dense; 0 if it has none."""
        first = self._room.bytes[self._begins[number] + at] + 0
        last = self._room.halves[self._lasts[number] + at] + 0
        return (first - (first > 0)) << self._shifts[number] | last

    def _meet(self, first_doc: int, low: int, high: int, excluded: Bytes, n: int, num_must: int) -> None:
        """Take in the documents of a window that all the first lists have."""
        size = self._first(high - low)
        for number in range(1, n):
            place = self._begins[number]
            end = place + self._sizes[number]
            kept = 0
            for i in range(size):
                at = self._found[i] >> 32
                if self._dense[number]:
                    there = self._room.bytes[self._begins[number] + at] > 0
                    units = self._dense_units(number, at)
                else:
                    place = follow(self._room.words, place, end, at << 16)
                    there = place < end and self._room.words[place] >> 16 == at
                    units = self._units(number, place) if there else 0
                self._found[kept] = self._found[i] + units
                kept += there or number >= num_must
            size = kept
        for i in range(size):
            at = self._found[i] >> 32
            doc = low + at
            if len(excluded) == 0 or not excluded[doc >> 3] >> (doc & 7) & 1:
                self.matched += 1
                self._push(pair(self._found[i] & _LOW, _LOW - (first_doc + at)))

    def _first(self, length: int) -> int:
        """Note all documents of a window that the first list has; return how many."""
        size = 0
        begin = self._begins[0]
        if self._dense[0]:
            for at in range(length):
                self._found[size] = pair(at, self._dense_units(0, at))
                size += self._room.bytes[begin + at] > 0
        else:
            for place in range(begin, begin + self._sizes[0]):
                self._found[size] = pair(self._room.words[place] >> 16, self._units(0, place))
                size += 1
        return size

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


def follow(words: memoryview, start: int, end: int, key: int) -> int:
    """Return the first entry from ``start`` on that is at least ``key``, which is expected near; ``end`` if none is."""
    low = start
    step = 1
    while low < end and words[low] < key:
        low += step
        step <<= 1
    step >>= 1
    high = min(low, end)
    low = max(start, low - step)
    while low < high:
        middle = (low + high) >> 1
        if words[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


def seek(words: memoryview, begin: int, count: int, key: int) -> int:
    """Return the first of some entries that is at least ``key``, or the last; no branch, so searches overlap."""
    left = count
    while left > 1:
        half = left >> 1
        begin += half * (words[begin + half - 1] < key)
        left -= half
    return begin
