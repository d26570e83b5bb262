"""The best documents of a query, by block-max pruning; equal to scoring everything, bit for bit.

A document's score is the sum over *slots* (a word in a field) of the best score that a posting list of the slot gives
it. A list scores ``weight * tf / (tf + base + slope * length)``. Some lists of a slot are *spare*: they count only in
documents that no other list of the slot has. Every score is a multiple of 2**-20, so that sums are exact whatever their
order, and order is where the time is: lists are united a word at a time, the rarest first, until those that are left
cannot lift a new document over the k-th best (the essential lists of MAXSCORE: Turtle and Flood, Information Processing
and Management 31(6), 1995); from there on, lists are only probed for the documents found, and a block is not even read
where its bound says that it does not matter (Ding and Suel, SIGIR 2011). All this goes window by window of 2**15 documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import float64s, int64s, uint32s, uint64s
from searchkit._core.cursors import MAX_LISTS, Cursors

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

MAX_SLOTS = 63
SHOULD, MUST, MAY = 0, 1, 2
"""What a word is to a query: one of several that find documents, one that must be there, one that only adds."""
NEW_SLOT, NEW_WORD, SPARE = 1, 2, 4
"""What a list is to the one before it, and to its slot."""

_BLOCK = 128
_WINDOW = 1 << 15
_MAX_UNITS = 2 * MAX_SLOTS
_MAX_LISTS = MAX_LISTS
_MAX_SLOTS = MAX_SLOTS
_SHOULD, _MUST, _MAY = SHOULD, MUST, MAY
_NEW_SLOT, _NEW_WORD, _SPARE = NEW_SLOT, NEW_WORD, SPARE
_NONE = -1.0
_FIRST = 2.0**50  # more than any score or number of postings
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20
_SPARSE = 24  # how many postings are read in the time in which one document is looked up
_TOUCHED = 1 << 63


class TopK:
    """Collects the best documents over all segments; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self.size = 0  # of the heap
        self.matched = 0  # documents met; all that match if nothing was pruned
        self.pruned = False
        self._k = 0
        self._heap_docs = int64s(0)
        self._heap_scores = float64s(0)
        self._selected = float64s(0)
        self._num_selected = 0
        self._sums = float64s(_WINDOW)  # clear between uses, as are slots, and the -1 of best
        self._slots = uint64s(_WINDOW)  # of each document, a bit per slot that has it
        self._best = float64s(_WINDOW)
        for i in range(_WINDOW):
            self._best[i] = _NONE
        self._docs = uint32s(_WINDOW)  # candidates, counted from the window's first document
        self._touched = uint32s(_WINDOW)
        self._norms = float64s(_BLOCK)
        self._scores = float64s(_BLOCK)
        self._units_first = int64s(_MAX_UNITS + 1)  # a unit is the lists of a slot that are spare, or that are not
        self._units_slot = int64s(_MAX_UNITS)
        self._units_word = int64s(_MAX_UNITS)
        self._units_spare = int64s(_MAX_UNITS)
        self._units_role = int64s(_MAX_UNITS)
        self._units_size = int64s(_MAX_UNITS)  # postings
        self._units_bound = float64s(_MAX_UNITS)
        self._order = int64s(_MAX_UNITS)
        self._rest = float64s(_MAX_UNITS + 1)
        self._keys = float64s(_MAX_UNITS)
        self._slot_best = float64s(MAX_SLOTS)
        self._word_sizes = int64s(MAX_SLOTS)
        self._word_slots = uint64s(MAX_SLOTS)
        self._num_units = 0
        self._num_finders = 0  # units, first in order, that may find documents
        self._num_must = 0  # units, first in order, of words that must be there

    def begin(self, k: int) -> None:
        """Forget everything and collect the k best."""
        self._k = k
        self.size = 0
        self.matched = 0
        self.pruned = False
        if len(self._heap_docs) < k:
            self._heap_docs = int64s(k)
            self._heap_scores = float64s(k)
            self._selected = float64s(k)

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
            flags: int64[2 * n], per list: a sum of NEW_SLOT, NEW_WORD and SPARE; first byte of the lengths of its field.
            params: float64[5 * n], per list: weight, base, slope, factor of the bounds of blocks, bound of the whole list.

        Raises:
            ValueError: the file is damaged, or there are more than 256 lists or 64 slots.
        """
        n = len(lists) // 6
        if n > _MAX_LISTS or len(flags) < 2 * n or len(params) < 5 * n:
            raise ValueError("too many posting lists")
        self.cursors.open(data, num_docs, lists)
        for i in range(n):
            if flags[2 * i + 1] < 0 or flags[2 * i + 1] + 4 * num_docs > len(data):
                raise ValueError("lengths outside the file")
        if len(deleted) > 0 and 8 * len(deleted) < num_docs:
            raise ValueError("too few deletions")
        self._arrange(n, flags, roles)
        with cython.nogil:
            low = 0
            while low < num_docs:
                self._window(low, min(low + _WINDOW, num_docs), first_doc, deleted, flags, params)
                low += _WINDOW
        if self.cursors.damaged:
            raise ValueError("damaged posting list")

    def top(self, docs: array[int], scores: array[float]) -> int:
        """Write the best documents, best first, of equals the smallest first, and return their number.

        Args:
            docs: int64[>= k].
            scores: float64[>= k].
        """
        size = self.size
        for place in range(size - 1, -1, -1):
            docs[place] = self._heap_docs[0]
            scores[place] = self._heap_scores[0]
            self.size = place
            self._sift(self._heap_scores[place], self._heap_docs[place])
        self.size = 0
        return size

    def _arrange(self, n: int, flags: array[int], roles: array[int]) -> None:
        """Divide the lists into units."""
        units = 0
        slot = -1
        word = -1
        for i in range(n):
            flag = flags[2 * i]
            fresh = flag & (_NEW_SLOT | _NEW_WORD)
            if fresh:
                slot += 1
            if flag & _NEW_WORD:
                word += 1
            spare = 1 if flag & _SPARE else 0
            if slot < 0 or slot >= _MAX_SLOTS or word < 0 or word >= len(roles):
                raise ValueError("too many words")
            if fresh or spare != self._units_spare[units - 1]:
                self._units_first[units] = i
                self._units_slot[units] = slot
                self._units_word[units] = word
                self._units_spare[units] = spare
                self._units_role[units] = roles[word]
                self._units_size[units] = 0
                units += 1
            self._units_size[units - 1] += self.cursors.df(i)
        self._units_first[units] = n
        self._num_units = units
        for word in range(len(roles)):
            self._word_sizes[word] = 0
            self._word_slots[word] = 0
        for unit in range(units):
            self._word_sizes[self._units_word[unit]] += self._units_size[unit]
            self._word_slots[self._units_word[unit]] |= _bit(self._units_slot[unit])

    def _window(
        self, low: int, high: int, first_doc: int, deleted: Bytes, flags: array[int], params: array[float]
    ) -> None:
        """Take in the documents from ``low`` to below ``high``."""
        self._bound_units(low, high, params)
        self._order_units()
        threshold = self._heap_scores[0] if self.size == self._k else _NONE
        must = self._num_must > 0
        ordered = False
        n = 0
        at = 0
        while at < self._num_units and (n > 0 or at < self._num_finders):
            unit = self._order[at]
            finding = at < self._num_finders and (must or self._rest[at] >= threshold)
            if at < self._num_finders and not finding:
                self.pruned = True
            at += 1
            if self._units_bound[unit] >= 0:
                if finding:
                    n = self._unite(unit, low, high, n, deleted, flags, params)
                elif self._units_size[unit] < _SPARSE * n:
                    self._update(unit, low, high, flags, params)
                else:
                    if not ordered:
                        self._sort(n)
                        ordered = True
                    self._probe(unit, low, n, self._rest[at], threshold, flags, params)
            if at <= self._num_must:
                if at == self._num_must or self._units_word[self._order[at]] != self._units_word[unit]:
                    n = self._keep_word(n, self._units_word[unit])
                continue
            # Where that costs less than the next list, see how good the k-th document is already.
            if n > self._k and at < self._num_units and self._units_size[self._order[at]] > n:
                threshold = max(threshold, self._select(n))
            if at >= self._num_finders or self._rest[at] < threshold:
                n = self._keep_able(n, self._rest[at], threshold)
        self._finish(low, n, first_doc, at >= self._num_must)

    def _finish(self, low: int, n: int, first_doc: int, complete: bool) -> None:
        """Take the candidates of a window into the heap, the documents in order, and clear the window."""
        self._sort(n)
        if complete:
            self.matched += n
        for i in range(n):
            at = self._docs[i]
            if complete:
                self._push(self._sums[at], first_doc + low + at)
            self._sums[at] = 0.0
            self._slots[at] = 0

    def _bound_units(self, low: int, high: int, params: array[float]) -> None:
        """Find the most that each unit can score in a window; -1 if it has no document there."""
        whole = low == 0 and high == self.cursors.num_docs
        for unit in range(self._num_units):
            best = _NONE
            for number in range(self._units_first[unit], self._units_first[unit + 1]):
                bound = params[5 * number + 4]
                if not whole:
                    bound = self._bound_list(number, low, high, params)
                best = max(best, bound)
            self._units_bound[unit] = best

    def _bound_list(self, number: int, low: int, high: int, params: array[float]) -> float:
        best = _NONE
        first = self.cursors.blocks[number]
        block = self.cursors.seek_block(number, max(first, 0), low)
        full = self.cursors.full_blocks(number)
        if block >= self.cursors.num_blocks(number):
            return best
        if block == first and self.cursors.sizes[number] > 0:  # it is open, so look whether anything is left
            if self.cursors.docs[number * _BLOCK + self.cursors.sizes[number] - 1] < low:
                return best
        while block < full:
            share = self.cursors.bound(number, block) * params[5 * number + 3]
            best = max(best, _round_up(share * params[5 * number]))
            if self.cursors.last_doc(number, block) >= high - 1:
                break
            block += 1
        if block == full and full < self.cursors.num_blocks(number):
            return params[5 * number + 4]
        return min(best, params[5 * number + 4])

    def _order_units(self) -> None:
        """Sort the units: words that must be there, the rarest first; then what finds documents, best first; the rest.

        Also find what is the most that the units from each place on can add to a document.
        """
        must = -1  # the rarest word that must be there
        for slot in range(_MAX_SLOTS):
            self._slot_best[slot] = _NONE
        for unit in range(self._num_units):
            key = self._units_bound[unit]
            slot = self._units_slot[unit]
            if self._units_spare[unit] and self._slot_best[slot] >= 0:
                key = min(key, self._slot_best[slot])  # not before what decides whether it counts
            self._slot_best[slot] = key
            word = self._units_word[unit]
            if self._units_role[unit] == _MUST:
                if must < 0 or self._word_sizes[word] < self._word_sizes[must]:
                    must = word
                key = _FIRST - 4.0 * self._word_sizes[word] - word / _MAX_UNITS  # lists of one word stay together
            elif self._units_role[unit] == _MAY:
                key -= _FIRST
            self._keys[unit] = key
        self._num_finders = 0
        self._num_must = 0
        for unit in range(self._num_units):
            at = unit
            while at > 0 and self._keys[self._order[at - 1]] < self._keys[unit]:
                self._order[at] = self._order[at - 1]
                at -= 1
            self._order[at] = unit
            role = self._units_role[unit]
            if role == _MUST:
                self._num_must += 1
            if self._units_word[unit] == must or (must < 0 and role == _SHOULD):
                self._num_finders += 1
        for slot in range(_MAX_SLOTS):
            self._slot_best[slot] = 0.0
        rest = 0.0
        self._rest[self._num_units] = 0.0
        for at in range(self._num_units - 1, -1, -1):
            unit = self._order[at]
            slot = self._units_slot[unit]
            if self._units_bound[unit] > self._slot_best[slot]:
                rest += self._units_bound[unit] - self._slot_best[slot]
                self._slot_best[slot] = self._units_bound[unit]
            self._rest[at] = rest

    def _unite(
        self, unit: int, low: int, high: int, n: int, deleted: Bytes, flags: array[int], params: array[float]
    ) -> int:
        """Add what a unit scores to the sums of a window, make candidates of all live documents in it; return how many."""
        first = self._units_first[unit]
        last = self._units_first[unit + 1]
        bit = _bit(self._units_slot[unit])
        spare = bit if self._units_spare[unit] else 0
        several = last - first > 1
        count = 0
        for number in range(first, last):
            block = self.cursors.seek_block(number, max(self.cursors.blocks[number], 0), low)
            while block < self.cursors.num_blocks(number):
                self.cursors.enter(number, block)
                self.cursors.count(number)
                here = number * _BLOCK
                end = here + self.cursors.sizes[number]
                self._score_block(number, flags[2 * number + 1], params)
                for i in range(here, end):
                    doc = self.cursors.docs[i]
                    if doc >= high:
                        break
                    at = doc - low
                    if at < 0:
                        continue
                    slots = self._slots[at]
                    if slots == 0:
                        if len(deleted) > 0 and deleted[doc >> 3] >> (doc & 7) & 1:
                            continue
                        self._docs[n] = at
                        n += 1
                    elif slots & spare:
                        continue
                    score = self._scores[i - here]
                    if several:
                        count = self._improve(at, score, count)
                        self._slots[at] = slots | _TOUCHED
                    else:
                        self._slots[at] = slots | bit
                        self._sums[at] += score
                if end == here or self.cursors.docs[end - 1] >= high - 1:
                    break
                block += 1
        self._settle(count, bit)
        return n

    def _update(self, unit: int, low: int, high: int, flags: array[int], params: array[float]) -> None:
        """Add what a unit scores in the candidates, reading all of its lists."""
        first = self._units_first[unit]
        last = self._units_first[unit + 1]
        bit = _bit(self._units_slot[unit])
        spare = bit if self._units_spare[unit] else 0
        count = 0
        for number in range(first, last):
            block = self.cursors.seek_block(number, max(self.cursors.blocks[number], 0), low)
            while block < self.cursors.num_blocks(number):
                self.cursors.enter(number, block)
                here = number * _BLOCK
                end = here + self.cursors.sizes[number]
                for i in range(here, end):
                    doc = self.cursors.docs[i]
                    if doc >= high:
                        break
                    at = doc - low
                    if at >= 0 and self._slots[at] and not self._slots[at] & spare:
                        count = self._improve(at, self._score(number, i - here, doc, flags, params), count)
                if end == here or self.cursors.docs[end - 1] >= high - 1:
                    break
                block += 1
        self._settle(count, bit)

    def _improve(self, at: int, score: float, count: int) -> int:
        """Note what a list of several scores; return how many documents have been noted."""
        if self._best[at] < 0:
            self._touched[count] = at
            count += 1
        self._best[at] = max(self._best[at], score)
        return count

    def _settle(self, count: int, bit: int) -> None:
        """Add the best of what was noted to the sums."""
        for i in range(count):
            at = self._touched[i]
            self._sums[at] += self._best[at]
            self._slots[at] = (self._slots[at] & ~_TOUCHED) | bit
            self._best[at] = _NONE

    def _score(self, number: int, place: int, doc: int, flags: array[int], params: array[float]) -> float:
        """Return what a list scores in the document at a place of its block."""
        tf = self.cursors.tf(number, place)
        norm = params[5 * number + 1] + params[5 * number + 2] * self.cursors.length(flags[2 * number + 1], doc)
        return (params[5 * number] * tf / (tf + norm) + _ROUNDER) - _ROUNDER

    def _score_block(self, number: int, lengths: int, params: array[float]) -> None:
        """Score the postings of the block that a list stands on."""
        weight = params[5 * number]
        base = params[5 * number + 1]
        slope = params[5 * number + 2]
        here = number * _BLOCK
        size = self.cursors.sizes[number]
        self.cursors.lengths(number, lengths, self._norms)
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

    def _probe(
        self, unit: int, low: int, n: int, rest: float, threshold: float, flags: array[int], params: array[float]
    ) -> None:
        """Add what a unit scores in each candidate, but for those that get nowhere."""
        first = self._units_first[unit]
        last = self._units_first[unit + 1]
        bit = _bit(self._units_slot[unit])
        spare = self._units_spare[unit] != 0
        for i in range(n):
            at = self._docs[i]
            if spare and self._slots[at] & bit:
                continue
            doc = low + at
            needed = threshold - rest - self._sums[at]
            if needed > 0 and not self._may_score(first, last, doc, needed, params):
                continue
            best = _NONE
            for number in range(first, last):
                place = self.cursors.find(number, doc)
                if place >= 0:
                    best = max(best, self._score(number, place, doc, flags, params))
            if best >= 0:
                self._sums[at] += best
                self._slots[at] |= bit

    def _may_score(self, first: int, last: int, doc: int, needed: float, params: array[float]) -> bool:
        """Tell whether the blocks in which a document would be can give it so much."""
        for number in range(first, last):
            if params[5 * number + 4] >= needed:
                block = self.cursors.seek_block(number, max(self.cursors.blocks[number], 0), doc)
                if block >= self.cursors.full_blocks(number):
                    return True
                share = self.cursors.bound(number, block) * params[5 * number + 3]
                if _round_up(share * params[5 * number]) >= needed:
                    return True
        return False

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

    def _select(self, n: int) -> float:
        """Return the k-th best score of the heap and the candidates together; -1 if there are fewer."""
        self._copy_heap()
        for i in range(n):
            score = self._sums[self._docs[i]]
            if self._num_selected < self._k or score > self._selected[0]:
                self._consider(score)
        return self._selected[0] if self._num_selected == self._k else _NONE

    def _copy_heap(self) -> None:
        for i in range(self.size):
            self._selected[i] = self._heap_scores[i]
        self._num_selected = self.size

    def _consider(self, score: float) -> None:
        """Take a score into the heap of the k best, the worst on top."""
        if self._num_selected < self._k:
            at = self._num_selected
            self._num_selected += 1
            while at > 0 and self._selected[(at - 1) >> 1] > score:
                self._selected[at] = self._selected[(at - 1) >> 1]
                at = (at - 1) >> 1
            self._selected[at] = score
        elif score > self._selected[0]:
            at = 0
            while True:
                child = 2 * at + 1
                if child >= self._k:
                    break
                if child + 1 < self._k and self._selected[child + 1] < self._selected[child]:
                    child += 1
                if self._selected[child] >= score:
                    break
                self._selected[at] = self._selected[child]
                at = child
            self._selected[at] = score

    def _push(self, score: float, doc: int) -> None:
        """Take in a document; they come in order, so of equals the ones there are better."""
        if self.size < self._k:
            at = self.size
            self.size += 1
            while at > 0 and self._heap_scores[(at - 1) >> 1] >= score:
                self._heap_scores[at] = self._heap_scores[(at - 1) >> 1]
                self._heap_docs[at] = self._heap_docs[(at - 1) >> 1]
                at = (at - 1) >> 1
            self._heap_scores[at] = score
            self._heap_docs[at] = doc
        elif score > self._heap_scores[0]:
            self._sift(score, doc)

    def _sift(self, score: float, doc: int) -> None:
        """Put a document in place of the worst and restore the heap."""
        at = 0
        while True:
            child = 2 * at + 1
            if child >= self.size:
                break
            if child + 1 < self.size and self._worse(child + 1, child):
                child += 1
            worst = self._heap_scores[child]
            if worst > score or (worst == score and self._heap_docs[child] < doc):
                break
            self._heap_scores[at] = worst
            self._heap_docs[at] = self._heap_docs[child]
            at = child
        self._heap_scores[at] = score
        self._heap_docs[at] = doc

    def _worse(self, a: int, b: int) -> bool:
        """Tell whether place a of the heap is worse than place b."""
        if self._heap_scores[a] == self._heap_scores[b]:
            return self._heap_docs[a] > self._heap_docs[b]
        return self._heap_scores[a] < self._heap_scores[b]


def _bit(number: int) -> int:
    """Return 2**number."""
    return _one() << number


def _one() -> int:
    """Return 1 as a 64-bit integer; C's own has 32 bits."""
    return 1


def _round_up(score: float) -> float:
    """Return a bound that no rounding of a score goes over."""
    return score + 2**-20
