"""The terms of a dictionary that match a pattern: a beginning, wildcards, or a word with a few edits.

The pattern is an automaton. Its states are the places between the elements of the pattern, a set of them is a mask of
64 bits, and there is a set for each cost so far, so one step of a letter is a few operations on whole sets (Wu and
Manber, "Fast text searching allowing errors", CACM 35, 1992). Two letters swapped are one edit, and are not edited
again (the restricted Damerau-Levenshtein distance).

A sorted list that says how much each term shares with the one before is a trie: the sets after each letter of the
current term are kept, and the next term starts from what it shares. What begins like a term that failed is passed by;
past the end of a block the walk jumps to the first block that may hold the next possible beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.encode import put_varint
from searchkit._core.pattern import TABLE, Pattern
from searchkit._core.selection import keep_best, largest
from searchkit._core.terms import Dictionary

if TYPE_CHECKING:
    from array import array

_TABLE = TABLE
_NEVER = 1 << 40  # more bytes than any term shares
_INSIDE = 0xFFFFFFFF
_LAST_CODE = 0x10FFFF
_BLOCK_TERMS = 32
_ROOM = 64  # for more terms than twice the limit
_FIRST_ROOM = 256
_COST_SHIFT = 56  # a rank is what the cost leaves of the most it may be, above the df
_DF = 0xFFFFFFFFFFFFFF  # not a shift: of compiled numbers it would lose bits


class Walk:
    """One walk over a dictionary for one pattern."""

    def __init__(self, dictionary: Dictionary, pattern: Pattern, limit: int) -> None:
        """Bind what to walk over.

        Args:
            dictionary: the terms.
            pattern: what they must match.
            limit: how many to keep; the cheapest first, of these the most frequent.
        """
        self._dictionary = dictionary
        self._pattern = pattern
        self._terms = self._dictionary.terms
        self._counts = self._dictionary.counts
        self._offsets = self._dictionary.offsets
        self._num_terms = self._dictionary.num_terms
        self._masks = self._pattern.masks
        self._others = self._pattern.others
        self._letters = self._pattern.letters
        self._unit = self._pattern.unit
        self._levels = self._pattern.levels
        self._any = self._pattern.any
        self._star = self._pattern.star
        self._final = self._pattern.final
        self._full = self._pattern.full
        self._editable = self._pattern.editable
        self._open = self._pattern.open
        self._longest = self._pattern.longest
        self._tail = self._pattern.tail
        self._last_star = self._pattern.last_star
        self._confused = len(self._others) > 0
        # After each letter of the current term: for each cost the places reached, and if there are edits for each cost
        # the places before two letters of which the second has been read.
        self._width = self._levels * 2 if self._levels > 1 else 1
        self._rows = uint64s((self._longest + 2) * self._width)
        self._bytes = bytearray(self._longest)  # of the current term
        self._term = self._bytes
        self._depths = uint32s(self._longest + 1)  # by byte, letters before it; _INSIDE a letter
        self._dead = _NEVER  # nothing that shares so many bytes matches
        self._sure = _NEVER  # everything that shares so many bytes matches
        self._loose = _NEVER  # of what shares so many bytes matches what ends with the tail
        self._failed = 0  # where the letter begins that nothing matches
        self._wanted = bytearray(self._longest + 4)  # what the next term that matches is not before
        self._goal_bytes = self._wanted
        self._goal_size = 0  # of it; 0 if that is not known, or the current term is not before it
        self._limit = min(limit, self._num_terms)
        self._room = min(2 * self._limit + _ROOM, self._num_terms)
        room = min(self._room, _FIRST_ROOM)
        self._ranks: array[int] = uint64s(room)  # in the terms' order; those that are too many are dropped
        self._numbers: array[int] = uint64s(room)
        self._bounded = False
        self._floor = 0  # then, what a rank must be above
        self._costs = uint32s(_BLOCK_TERMS)
        self._shares = uint32s(_BLOCK_TERMS)  # of the block: what a term shares with the one before, where the rest is
        self._places = uint64s(_BLOCK_TERMS)
        self._tops = self._dictionary.tops
        self._kept = 0
        self.total = 0

    def run(self) -> list[tuple[int, int, int]]:
        """Return number, df and cost of the terms that match, in their order; ``total`` says how many do.

        Raises:
            ValueError: the dictionary is damaged.
        """
        self._walk()
        found: list[tuple[int, int, int]] = []
        for i in range(self._kept):
            rank = self._ranks[i]
            found.append((self._numbers[i], rank & _DF, self._levels - 1 - (rank >> _COST_SHIFT)))
        return found

    def numbers(self) -> list[int]:
        """Return only the numbers of the terms, as ``run`` does, instead of it."""
        self._walk()
        found: list[int] = []
        for i in range(self._kept):
            number = self._numbers[i]
            found.append(number)
        return found

    def _walk(self) -> None:
        self._rows[0] = 1 | (self._star & 1) << 1
        for cost in range(self._unit, self._levels, self._unit):
            self._rows[cost] = (self._rows[cost - self._unit] & self._editable) << 1 & self._full
        self._sure = 0 if self._rows[0] & self._open else _NEVER
        self._loose = 0 if self._rows[0] & self._last_star else _NEVER
        block = 0
        blocks = (self._num_terms + _BLOCK_TERMS - 1) // _BLOCK_TERMS
        while block < blocks:
            self._scan(block)
            block += 1
            if self._goal_size:  # all of the block is before it
                continue
            if self._dead != _NEVER and block < blocks:
                if not self._goal():
                    break
                block = self._dictionary.block_from(bytes(self._wanted[: self._goal_size]), block)
            elif self._sure != _NEVER and block < blocks:
                # What lies before the last block that begins so begins so: its terms need not be looked at.
                last = self._dictionary.block_from(bytes(self._bytes[: self._sure]) + b"\xff", block)
                for i in range(_BLOCK_TERMS if block < last else 0):
                    self._costs[i] = 0
                while block < last:
                    if self._hopeless(block):
                        self.total += _BLOCK_TERMS
                    else:
                        self._keep(block, _BLOCK_TERMS - 1)
                    block += 1
        if self._kept > self._limit:
            self._shrink()

    def _hopeless(self, block: int) -> bool:
        """Tell whether no term of a block can be among the best."""
        if not self._bounded or len(self._tops) == 0:
            return False
        better = self._levels - 1
        top = self._tops[block]
        return (better << _COST_SHIFT | top) <= self._floor

    def _scan(self, block: int) -> None:
        """Take the terms of a block that match."""
        self._dictionary.check(block)
        terms = self._terms  # local names, because a byte written might be any attribute to a compiler
        term = self._term
        tail = len(self._tail)
        at = self._offsets[2 * block]
        end = len(self._terms)
        count = min(_BLOCK_TERMS, self._num_terms - block * _BLOCK_TERMS)
        goal = self._goal_bytes
        last = -1
        length = 0
        same = 0  # bytes of the goal that the term before begins with
        for place in range(count):
            if at + 1 < end and (self._terms[at] | self._terms[at + 1]) < 128:
                shared = self._terms[at]
                more = self._terms[at + 1]
                at += 2
            else:
                shared = self._dictionary.term_number(at)
                at = self._dictionary.past_term_number(at)
                more = self._dictionary.term_number(at)
                at = self._dictionary.past_term_number(at)
            if shared > length or more > end - at:
                raise ValueError("damaged term dictionary")
            length = shared + more
            self._costs[place] = _INSIDE
            if tail:
                self._shares[place] = shared
                self._places[place] = at
            start = shared
            if self._goal_size:  # what comes before it is passed by: terms are told apart by what they share
                if shared == same:
                    i = 0
                    while i < more and same < self._goal_size and terms[at + i] == goal[same]:
                        i += 1
                        same += 1
                    if same == self._goal_size or (i < more and terms[at + i] > goal[same]):
                        same = _NEVER
                elif shared < same:
                    same = _NEVER
                if same != _NEVER:
                    at += more
                    continue
                for i in range(self._failed, min(shared, self._longest)):  # this term begins so, the failed one did not
                    term[i] = goal[i]
                start = min(shared, self._failed)
                self._goal_size = 0
                self._dead = self._sure = self._loose = _NEVER
            if shared < self._dead:
                cost = 0
                if shared >= self._loose:  # the bytes before are as they were, and no others will be asked for
                    cost = -1
                    own = min(more, tail)
                    i = 0
                    while i < own and terms[at + more - 1 - i] == self._tail[tail - 1 - i]:
                        i += 1
                    if i == own and length >= self._loose + tail and length <= self._longest:
                        cost = 0
                        while i < tail and cost == 0:
                            if self._byte(place, length - 1 - i) != self._tail[tail - 1 - i]:
                                cost = -1
                            i += 1
                else:
                    for i in range(shared, min(length, self._longest)):
                        term[i] = terms[at + i - shared]
                    if shared < self._sure:
                        cost = self._match(start, length)
                if cost >= 0:
                    self._costs[place] = cost
                    last = place
            at += more
        if last < 0:
            return
        if not self._hopeless(block):
            self._keep(block, last)
        else:
            for place in range(last + 1):
                self.total += self._costs[place] != _INSIDE

    def _match(self, shared: int, length: int) -> int:
        """Return the cost of the current term, -1 if it does not match; note what that says of all that begin so.

        Args:
            shared: how many bytes it shares with the one before.
            length: how many it has.
        """
        self._dead = self._sure = self._loose = _NEVER
        size = min(length, self._longest)
        start = min(shared, size)
        while start > 0 and (self._depths[start] == _INSIDE or (start < size and self._term[start] & 0xC0 == 0x80)):
            start -= 1
        depth = self._depths[start]
        while start < size:
            width = self._letter_width(start, size)
            alive = self._step(depth, self._letter(start, width))
            depth += 1
            self._failed = start
            for i in range(start + 1, start + width):
                self._depths[i] = _INSIDE
            start += width
            self._depths[start] = depth
            if not alive and (width > 1 or self._term[start - 1] < 0x80):  # else a byte more may make it a letter
                self._dead = start
                return -1
            if self._rows[depth * self._width] & self._open:
                self._sure = start
                return 0
            if self._rows[depth * self._width] & self._last_star:
                self._loose = start
                return self._ends(length)
        if size < length:
            self._dead = size
            return -1
        base = depth * self._width
        for cost in range(self._levels):
            if self._rows[base + cost] & self._final:
                return cost
        return -1

    def _byte(self, place: int, at: int) -> int:
        """Return a byte of a term of the block, which all terms up to that place have been read of."""
        while self._shares[place] > at:
            place -= 1
        return self._terms[self._places[place] + at - self._shares[place]]

    def _ends(self, length: int) -> int:
        """Return 0 if the current term, so many bytes long, ends with the tail, -1 otherwise."""
        at = length - len(self._tail)
        if length > self._longest or at < self._loose:
            return -1
        for i in range(len(self._tail)):
            if self._term[at + i] != self._tail[i]:
                return -1
        return 0

    def _letter_width(self, at: int, size: int) -> int:
        """Return how many bytes of the current term make the letter; 1 too for a byte that makes none."""
        byte = self._term[at]
        if byte < 0xC2:
            return 1
        width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
        if at + width > size:
            return 1
        for i in range(at + 1, at + width):
            if self._term[i] & 0xC0 != 0x80:
                return 1
        return width

    def _letter(self, at: int, width: int) -> int:
        """Return the code point of a letter; one beyond all for a byte that makes none."""
        code = self._term[at]
        if width == 1:
            return code if code < 0x80 else _LAST_CODE + code
        code &= 0x7F >> width
        for i in range(at + 1, at + width):
            code = code << 6 | (self._term[i] & 0x3F)
        return code

    def _step(self, depth: int, code: int) -> int:
        """Go on from the states after ``depth`` letters with one more; return the places it leads to, 0 if none."""
        mask = self._masks[code] if code < _TABLE else self._pattern.mask(code)
        base = depth * self._width
        if self._levels == 1:
            row = self._rows[base]
            row = ((row & (mask | self._any)) << 1) | (row & self._star)
            row |= (row & self._star) << 1
            self._rows[base + 1] = row
            return row
        new = base + self._width
        levels = self._levels
        unit = self._unit
        alive = 0
        for cost in range(levels):
            row = (self._rows[base + cost] & mask) << 1
            if self._confused and cost > 0 and code < _TABLE:
                row |= (self._rows[base + cost - 1] & self._others[code] & self._editable) << 1
            swapped = 0
            if cost >= unit:
                before = self._rows[base + cost - unit] & self._editable
                row |= before | before << 1 | (self._rows[new + cost - unit] & self._editable) << 1
                row |= (self._rows[base + levels + cost] & mask) << 2
                swapped = before & mask >> 1
            row &= self._full
            self._rows[new + cost] = row
            self._rows[new + levels + cost] = swapped
            alive |= row
        return alive

    def _goal(self) -> bool:
        """Write the least that the next term that matches can begin with; return whether there is such a thing."""
        start = self._failed
        while True:
            width = self._letter_width(start, self._dead)
            code = self._letter(start, width)
            if code > _LAST_CODE:
                self._goal_size = 0
                return True
            code = self._next(self._depths[start], code)
            if code >= 0:
                for i in range(start):
                    self._goal_bytes[i] = self._term[i]
                self._failed = start
                self._goal_size = self._put_letter(start, code)
                return True
            if start == 0:
                return False
            start -= 1
            while self._depths[start] == _INSIDE:
                start -= 1

    def _put_letter(self, at: int, code: int) -> int:
        """Write the UTF-8 of a letter into the goal, and return where it ends."""
        goal = self._goal_bytes
        if code < 0x80:
            goal[at] = code
            return at + 1
        width = 2 if code < 0x800 else 3 if code < 0x10000 else 4
        for i in range(width - 1, 0, -1):
            goal[at + i] = 0x80 | (code & 0x3F)
            code >>= 6
        goal[at] = (0xF00 >> width & 0xFF) | code
        return at + width

    def _next(self, depth: int, code: int) -> int:
        """Return the first letter after this one with which the states after ``depth`` letters go on; -1 if none."""
        base = depth * self._width
        reached = 0
        paying = 0  # what has half an edit left
        for cost in range(self._levels):
            row = self._rows[base + cost]
            if row & (self._any | self._star) or (cost + self._unit < self._levels and row & self._editable):
                return code + 1 if code < _LAST_CODE else -1
            reached |= row
            if self._levels > 1:
                reached |= self._rows[base + self._levels + cost]
            if cost + 1 < self._levels:
                paying |= row
        for i in range(len(self._letters)):
            letter = self._letters[i]
            if letter > code:
                mask = self._masks[letter] if letter < _TABLE else self._pattern.mask(letter)
                if mask & reached:
                    return letter
                if self._confused and letter < _TABLE and self._others[letter] & paying:
                    return letter
        return -1

    def _keep(self, block: int, last: int) -> None:
        """Take the terms of a block that have a cost, up to the last of them, if they are among the best."""
        self._dictionary.check(block)
        at = self._offsets[2 * block + 1]
        end = len(self._counts)
        for _ in range(2):
            self._dictionary.count_number(at)
            at = self._dictionary.past_count_number(at)
        for place in range(last + 1):
            if at + 3 < end and (
                (self._counts[at] | self._counts[at + 1] | self._counts[at + 2] | self._counts[at + 3]) < 128
            ):
                df = self._counts[at]
                at += 2 + 2 * (df & 1)
            else:
                df = self._dictionary.count_number(at)
                at = self._dictionary.past_count_number(at)
                left = 1 + 2 * (df & 1)  # numbers to pass by
                while left and at < end:
                    if self._counts[at] < 128:
                        left -= 1
                    at += 1
            cost = self._costs[place]
            if cost != _INSIDE:
                self.total += 1
                better = self._levels - 1 - cost
                rank = better << _COST_SHIFT | df >> 1
                if not self._bounded or rank > self._floor:
                    self._offer(rank, block * _BLOCK_TERMS + place)

    def _offer(self, rank: int, number: int) -> None:
        """Keep a term; if there is no more room, only if it is better than all but the best so far."""
        if self._limit == 0:
            return
        if self._kept == self._room:
            self._shrink()
            if rank <= self._floor:  # of equals the first stay
                return
        elif self._kept == len(self._ranks):
            self._ranks = self._wider(self._ranks)
            self._numbers = self._wider(self._numbers)
        self._ranks[self._kept] = rank
        self._numbers[self._kept] = number
        self._kept += 1

    def _wider(self, numbers: array[int]) -> array[int]:
        """Return a copy with twice the room, but not more than there may be."""
        wider = uint64s(min(2 * self._kept, self._room))
        for i in range(self._kept):
            wider[i] = numbers[i]
        return wider

    def _shrink(self) -> None:
        """Drop all but the best, as many as are wanted, of which there are more."""
        self._floor = largest(self._ranks, self._kept, self._limit)
        keep_best(self._ranks, self._numbers, self._kept, self._limit, self._floor)
        self._kept = self._limit
        self._bounded = True


def cost(pattern: Pattern, word: str) -> int:
    """Return the cost of one word, -1 if it does not match."""
    term = word.encode("utf-8", "surrogatepass")
    size = bytearray(10)
    terms = b"\0" + bytes(size[: put_varint(size, 0, len(term))]) + term
    walk = Walk(Dictionary(terms, b"\0\0\2\0\0", uint32s(2), uint64s(1), 1), pattern, 1)
    found = walk.run()
    return found[0][2] if found else -1
