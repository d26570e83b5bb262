# pyright: reportPossiblyUnboundVariable=false
"""The best documents of a query, by block-max pruning; equal to scoring everything, bit for bit.

A document's score is the sum over *slots* (a word in a field) of the best score that a posting list of the slot gives
it. A list scores ``weight * tf / (tf + base + slope * length)``. Some lists of a slot are *spare*: they count only in
documents that no other list of the slot has. Every score is a multiple of 2**-20, so that sums are exact whatever their
order, and order is where the time is: lists are united a word at a time, the rarest first, until those that are left
cannot lift a new document over the k-th best (the essential lists of MAXSCORE: Turtle and Flood, Information Processing
and Management 31(6), 1995); from there on, lists are only probed for the documents found, and a block is not even read
where its bound says that it does not matter (Ding and Suel, SIGIR 2011). All this goes window by window of 2**15
documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import float64s, floats, int64s, room, uint64s
from searchkit._core.cursors import MAX_LISTS, Cursors
from searchkit._core.heap import Heap

if not cython.compiled:  # else the .pxd has it
    from searchkit._core.bits import bit

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

MAX_SLOTS = 64
SHOULD, MUST, MAY = 0, 1, 2
"""What a word is to a query: one of several that find documents, one that must be there, one that only adds."""
NEW_SLOT, NEW_WORD, SPARE = 1, 2, 4
"""What a list is to the one before it, and to its slot."""

_BLOCK = 128
_WINDOW = 1 << 15
_MAX_LISTS = MAX_LISTS
_MAX_SLOTS = MAX_SLOTS
_SHOULD, _MUST, _MAY = SHOULD, MUST, MAY
_NEW_SLOT, _NEW_WORD, _SPARE = NEW_SLOT, NEW_WORD, SPARE
_PATIENCE = 1  # how many postings are read in the time in which one candidate is looked at
_NONE = -1.0
_NEVER = 2.0**60
_FIRST = 2.0**50  # more than any score or number of postings
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20
_SPARSE = 24  # how many postings are read in the time in which one document is looked up


class TopK:
    """Collects the best documents over all segments; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self.heap = Heap()
        self.matched = 0  # documents met; all that match if nothing was pruned
        self.pruned = False
        self._flags = int64s(0)
        self._params = float64s(0)
        self._deleted: Bytes = b""
        self._sums = floats(_WINDOW)  # clear between uses, as are slots
        self._slots = room(_WINDOW, "Q", spare=True)  # of each document, a bit per slot that has it
        self._best = floats(_WINDOW)  # what other lists of a slot gave, clear between uses
        self._recalled = room(_WINDOW, spare=True)  # where it is not
        self._docs = room(_WINDOW, spare=True)  # candidates, counted from the window's first document
        self._norms = float64s(_BLOCK)
        self._scores = float64s(_BLOCK)
        self._slot_of = int64s(_MAX_LISTS)
        self._word_of = int64s(_MAX_LISTS)
        self._role = int64s(_MAX_LISTS)
        self._spare = int64s(_MAX_LISTS)
        self._done = int64s(_MAX_LISTS)  # whether the list has been added
        self._bounds = float64s(_MAX_LISTS)
        self._keys = float64s(_MAX_LISTS)
        self._order = int64s(_MAX_LISTS)
        self._rest = float64s(_MAX_LISTS + 1)
        self._slot_first = int64s(_MAX_SLOTS + 1)
        self._slot_best = float64s(_MAX_SLOTS)
        self._slot_least = float64s(_MAX_SLOTS)  # the smallest weight of the lists that have been added
        self._word_sizes = int64s(_MAX_SLOTS)
        self._word_slots = uint64s(_MAX_SLOTS)
        self._num_lists = 0
        self._num_slots = 0
        self._num_finders = 0  # lists, first in order, that may find documents
        self._num_must = 0  # lists, first in order, of words that must be there

    def begin(self, k: int) -> None:
        """Forget everything and collect the k best."""
        self.heap.begin(k)
        self.matched = 0
        self.pruned = False

    def collect(
        self,
        data: Bytes,
        first_doc: int,
        num_docs: int,
        deleted: Bytes,
        lists: array[int],
        roles: array[int],
        flags: array[int],
        params: array[float],
    ) -> None:
        """Take in one segment; segments come in order.

        Args:
            data: uint8[size], the file.
            first_doc: what is added to the segment's document numbers.
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document; empty if none is deleted.
            lists: int64[6 * n], see ``Cursors.open``; word by word, slot by slot, spare lists last.
            roles: int64[words], SHOULD, MUST or MAY of each word.
            flags: int64[2 * n], per list: a sum of NEW_SLOT, NEW_WORD and SPARE; first byte of the lengths of its
                field.
            params: float64[5 * n], per list: weight, base, slope, factor of the bounds of blocks, bound of the whole
                list.

        Raises:
            ValueError: the file is damaged, or there are more than 256 lists or 64 slots.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS or len(flags) < 2 * n or len(params) < 5 * n or 0 < 8 * len(deleted) < num_docs:
            raise ValueError("too many posting lists, or too few deletions")
        self.cursors.open(data, num_docs, lists)
        for i in range(n):
            if flags[2 * i + 1] < 0 or flags[2 * i + 1] + 4 * num_docs > len(data):
                raise ValueError("lengths outside the file")
        self._flags = flags
        self._params = params
        self._deleted = deleted
        self._arrange(n, roles)
        with cython.nogil:
            low = 0
            while low < num_docs:
                self._window(low, min(low + _WINDOW, num_docs), first_doc)
                low += _WINDOW
        if self.cursors.damaged:
            raise ValueError("damaged posting list")

    def _arrange(self, n: int, roles: array[int]) -> None:
        """Find what each list is to the query."""
        slot = -1
        word = -1
        for i in range(n):
            flag = self._flags[2 * i]
            if flag & (_NEW_SLOT | _NEW_WORD):
                slot += 1
            if flag & _NEW_WORD:
                word += 1
            if slot < 0 or slot >= _MAX_SLOTS or word < 0 or word >= len(roles):
                raise ValueError("too many words")
            if flag & (_NEW_SLOT | _NEW_WORD):
                self._slot_first[slot] = i
            if flag & _NEW_WORD:
                self._word_sizes[word] = 0
                self._word_slots[word] = 0
            self._slot_of[i] = slot
            self._word_of[i] = word
            self._spare[i] = 1 if flag & _SPARE else 0
            self._role[i] = roles[word]
            self._word_sizes[word] += self.cursors.df(i)
            self._word_slots[word] |= bit(slot)
        self._slot_first[slot + 1] = n
        self._num_lists = n
        self._num_slots = slot + 1

    def _window(self, low: int, high: int, first_doc: int) -> None:
        """Take in the documents from ``low`` to below ``high``."""
        self._bound_lists(low, high)
        self._order_lists()
        threshold = self.heap.worst()
        must = self._num_must > 0
        ordered = False
        work = 0
        n = 0
        at = 0
        while at < self._num_lists and (n > 0 or at < self._num_finders):
            number = self._order[at]
            finding = at < self._num_finders and (must or self._rest[at] >= threshold)
            if at < self._num_finders and threshold >= 0:
                self.pruned = True
            at += 1
            if self._bounds[number] >= 0:
                needed = threshold - self._rest[at] if finding else _NEVER
                if finding or self._expected(number, high - low) < _SPARSE * n:
                    n = self._unite(number, low, high, n, needed)
                else:
                    if not ordered:
                        if at > self._num_must:  # before, a candidate may still lack a word
                            threshold = self._select(n, threshold)
                            n = self._keep_able(n, self._rest[at - 1], threshold)
                        self._sort(n)
                        ordered = True
                    self._probe(number, low, n, threshold - self._rest[at])
            self._done[number] = 1
            slot = self._slot_of[number]
            self._slot_least[slot] = min(self._slot_least[slot], self._params[5 * number])
            if at <= self._num_must:
                if at == self._num_must or self._word_of[self._order[at]] != self._word_of[number]:
                    n = self._keep_word(n, self._word_of[number])
            elif n > self.heap.k and at < self._num_lists:
                work += self._expected(number, high - low)
                if work + self._expected(self._order[at], high - low) > _PATIENCE * n:
                    # What was read and is to be read next costs more than to see how good the k-th document is.
                    work = 0
                    threshold = self._select(n, threshold)
                    n = self._keep_able(n, self._rest[at], threshold)
        self._finish(low, n, first_doc, 1 if at >= self._num_must else 0)

    def _expected(self, number: int, size: int) -> int:
        """Return how many of a list's postings are to be expected in a window of this size."""
        return self.cursors.df(number) * size // self.cursors.num_docs

    def _finish(self, low: int, n: int, first_doc: int, complete: int) -> None:
        """Take the candidates of a window into the heap, the documents in order, and clear the window."""
        if complete:
            self.matched += n
            n = self._keep_able(n, 0.0, self._select(n, _NONE))
        self._sort(n)
        for i in range(n):
            at = self._docs[i]
            if complete:
                self.heap.push(self._sums[at], first_doc + low + at)
            self._sums[at] = 0.0
            self._slots[at] = 0

    def _bound_lists(self, low: int, high: int) -> None:
        """Find the most that each list can score in a window; -1 if it has no document there."""
        whole = low == 0 and high == self.cursors.num_docs
        for number in range(self._num_lists):
            self._done[number] = 0
            self._bounds[number] = self._params[5 * number + 4] if whole else self._bound_list(number, low, high)

    def _bound_list(self, number: int, low: int, high: int) -> float:
        best = _NONE
        first = self.cursors.blocks[number]
        block = self.cursors.seek_block(number, max(first, 0), low)
        if block >= self.cursors.num_blocks(number):
            return best
        size = self.cursors.sizes[number]
        if block == first and size > 0 and self.cursors.docs[number * _BLOCK + size - 1] < low:
            return best  # it is open, and nothing is left
        while block < self.cursors.num_blocks(number):
            best = max(best, self._bound_block(number, block))
            if self.cursors.last_doc(number, block) >= high - 1:
                break
            block += 1
        return min(best, self._params[5 * number + 4])

    def _bound_block(self, number: int, block: int) -> float:
        """Return the most that a block can score; no rounding of a score goes over it."""
        if block >= self.cursors.full_blocks(number):
            return self._params[5 * number + 4]
        return self.cursors.bound(number, block) * self._params[5 * number + 3] * self._params[5 * number] + 2**-20

    def _order_lists(self) -> None:
        """Sort the lists: words that must be there, the rarest first; then what finds documents, best first; the rest.

        Also find what is the most that the lists from each place on can add to a document.
        """
        must = -1  # the rarest word that must be there
        for slot in range(self._num_slots):
            self._slot_best[slot] = _FIRST
        for number in range(self._num_lists):
            key = self._bounds[number]
            slot = self._slot_of[number]
            key = min(key, self._slot_best[slot]) if self._spare[number] else key  # after what decides if it counts
            self._slot_best[slot] = min(self._slot_best[slot], key)
            word = self._word_of[number]
            if self._role[number] == _MUST:
                if must < 0 or self._word_sizes[word] < self._word_sizes[must]:
                    must = word
                key = _FIRST - self._word_sizes[word]  # equal keys keep their order, so a word's lists stay together
            elif self._role[number] == _MAY:
                key -= _FIRST
            self._keys[number] = key
        self._num_finders = 0
        self._num_must = 0
        for number in range(self._num_lists):
            at = number
            while at > 0 and self._keys[self._order[at - 1]] < self._keys[number]:
                self._order[at] = self._order[at - 1]
                at -= 1
            self._order[at] = number
            role = self._role[number]
            if role == _MUST:
                self._num_must += 1
            if self._word_of[number] == must or (must < 0 and role == _SHOULD):
                self._num_finders += 1
        for slot in range(self._num_slots):
            self._slot_least[slot] = _FIRST
            self._slot_best[slot] = 0.0
        rest = 0.0
        self._rest[self._num_lists] = 0.0
        for at in range(self._num_lists - 1, -1, -1):
            number = self._order[at]
            slot = self._slot_of[number]
            if self._bounds[number] > self._slot_best[slot]:
                rest += self._bounds[number] - self._slot_best[slot]
                self._slot_best[slot] = self._bounds[number]
            self._rest[at] = rest

    def _unite(
        self,
        number: int,
        low: int,
        high: int,
        n: int,
        needed: float,
    ) -> int:
        """Add what a list scores to the sums of a window, reading all of it there; return the number of candidates.

        A live document that is no candidate becomes one if it gets so much as is needed from this list.
        """
        own = bit(self._slot_of[number])
        spare = self._spare[number] != 0
        block = self.cursors.seek_block(number, max(self.cursors.blocks[number], 0), low)
        here = number * _BLOCK
        finder = needed < _NEVER
        recalled = self._recall(number, low, high) if finder and not spare else 0  # many are asked for: all at once
        while block < self.cursors.num_blocks(number):
            self.cursors.enter(number, block)
            size = self.cursors.sizes[number]
            finding = self._bound_block(number, block) >= needed
            if finding:
                self._score_block(number)
            for i in range(size):
                doc = self.cursors.docs[here + i]
                if doc >= high:
                    break
                at = doc - low
                if at < 0:
                    continue
                slots = self._slots[at]
                if slots == 0:
                    if not finding or self._scores[i] < needed:
                        continue
                    if len(self._deleted) > 0 and self._deleted[doc >> 3] >> (doc & 7) & 1:
                        continue
                    self._docs[n] = at
                    n += 1
                    self._sums[at] = self._scores[i]
                    self._slots[at] = own
                elif not slots & own:
                    self._sums[at] += self._scores[i] if finding else self._score(number, i, doc)
                    self._slots[at] = slots | own
                elif not spare:
                    score = self._scores[i] if finding else self._score(number, i, doc)
                    if finder:
                        self._sums[at] += max(0.0, score - self._best[at])
                    else:
                        self._sums[at] += self._more(number, doc, score)
            if size == 0 or self.cursors.docs[here + size - 1] >= high - 1:
                break
            block += 1
        for i in range(recalled):
            self._best[self._recalled[i]] = 0.0
        return n

    def _recall(self, number: int, low: int, high: int) -> int:
        """Note what other lists of the slot have given the documents of a window; return how many were noted."""
        count = 0
        slot = self._slot_of[number]
        for other in range(self._slot_first[slot], self._slot_first[slot + 1]):
            if self._done[other] and not self._spare[other] and self._bounds[other] >= 0:
                block = self.cursors.seek_block(other, 0, low)
                while block < self.cursors.num_blocks(other):
                    self.cursors.enter(other, block)
                    self._score_block(other)
                    size = self.cursors.sizes[other]
                    for i in range(size):
                        doc = self.cursors.docs[other * _BLOCK + i]
                        if low <= doc < high:
                            at = doc - low
                            if self._best[at] == 0.0 and count < _WINDOW:
                                self._recalled[count] = at
                                count += 1
                            self._best[at] = max(self._best[at], self._scores[i])
                    if size == 0 or self.cursors.docs[other * _BLOCK + size - 1] >= high - 1:
                        break
                    block += 1
        return count

    def _more(self, number: int, doc: int, score: float) -> float:
        """Return by how much a list's score of a document is better than that of the other lists of the slot."""
        length = self.cursors.length(self._flags[2 * number + 1], doc)
        once = 1 + (self._params[5 * number + 1] + self._params[5 * number + 2] * length)
        if (score + 2**-20) * once <= self._slot_least[self._slot_of[number]]:
            return 0.0  # one occurrence in any of these is more, so they need not be asked
        best = 0.0
        slot = self._slot_of[number]
        for other in range(self._slot_first[slot], self._slot_first[slot + 1]):
            if self._done[other] and not self._spare[other]:
                place = self.cursors.find(other, doc)
                if place >= 0:
                    best = max(best, self._score(other, place, doc))
        return max(0.0, score - best)

    def _score(self, number: int, place: int, doc: int) -> float:
        """Return what a list scores in the document at a place of its block."""
        tf = self.cursors.tf(number, place)
        norm = self._params[5 * number + 1] + self._params[5 * number + 2] * self.cursors.length(
            self._flags[2 * number + 1], doc
        )
        return (self._params[5 * number] * tf / (tf + norm) + _ROUNDER) - _ROUNDER

    def _score_block(self, number: int) -> None:
        """Score the postings of the block that a list stands on."""
        weight = self._params[5 * number]
        base = self._params[5 * number + 1]
        slope = self._params[5 * number + 2]
        here = number * _BLOCK
        self.cursors.count(number)
        size = self.cursors.sizes[number]
        self.cursors.lengths(number, self._flags[2 * number + 1], self._norms)
        for i in range(size):
            tf = self.cursors.tfs[here + i]
            self._scores[i] = (weight * tf / (tf + (base + slope * self._norms[i])) + _ROUNDER) - _ROUNDER

    def _sort(self, n: int) -> None:
        """Bring the candidates in order of documents (Shell's sort; they are a few runs already)."""
        gap = 1
        while gap < n // 9:
            gap = 3 * gap + 1
        while gap > 0:
            for i in range(gap, n):
                doc = self._docs[i]
                j = i - gap
                while j >= 0 and self._docs[j] > doc:
                    self._docs[j + gap] = self._docs[j]
                    j -= gap
                self._docs[j + gap] = doc
            gap //= 3

    def _probe(self, number: int, low: int, n: int, needed: float) -> None:
        """Add what a list scores in each candidate, but for those that even so do not get as much as is needed."""
        own = bit(self._slot_of[number])
        block = max(self.cursors.blocks[number], 0)
        for i in range(n):
            at = self._docs[i]
            known = self._slots[at] & own
            if known and self._spare[number]:
                continue
            doc = low + at
            block = self.cursors.seek_block(number, block, doc)
            if self._sums[at] + self._bound_block(number, block) < needed:
                continue
            place = self.cursors.find(number, doc)
            if place >= 0:
                score = self._score(number, place, doc)
                if known:
                    score = self._more(number, doc, score)
                self._sums[at] += score
                self._slots[at] |= own

    def _keep_word(self, n: int, word: int) -> int:
        """Keep the candidates that have a word; return how many."""
        kept = 0
        for i in range(n):
            at = self._docs[i]
            if self._slots[at] & self._word_slots[word]:
                self._docs[kept] = at
                kept += 1
            else:
                self._sums[at] = 0.0
                self._slots[at] = 0
        return kept

    def _keep_able(self, n: int, rest: float, threshold: float) -> int:
        """Keep the candidates that can still get somewhere; return how many."""
        kept = 0
        for i in range(n):
            at = self._docs[i]
            if self._sums[at] + rest >= threshold:
                self._docs[kept] = at
                kept += 1
            else:
                self._sums[at] = 0.0
                self._slots[at] = 0
        if kept < n:
            self.pruned = True
        return kept

    def _select(self, n: int, threshold: float) -> float:
        """Return the k-th best score of the heap and the candidates together, the threshold if that is more."""
        self.heap.begin_bar(threshold)
        for i in range(n):
            score = self._sums[self._docs[i]]
            if score > self.heap.bar:
                self.heap.raise_bar(score)
        return self.heap.bar
