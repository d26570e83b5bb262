"""Text to numbered tokens in one pass: cut, fold and intern.

The scanner knows nothing of Arabic. It asks ``classify`` once per code point what to do with it and keeps the answer
in a table; everything about letters is in ``searchkit.arabic.folding``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core import actions as act
from searchkit._core.buffers import table, uint32s

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from searchkit._core.buffers import Uint32s, WritableBytes, WritableUint32s

# Typed in scan.pxd: as C integers they cost nothing to compare with.
_SEPARATOR = act.SEPARATOR
_CONTROL = act.CONTROL
_MARK = act.MARK
_TANWIN_FATH = act.TANWIN_FATH
_HAMZA_MARK = act.HAMZA_MARK
_ARABIC = act.ARABIC
_HAMZA = act.HAMZA
_OTHER = act.OTHER
_DIGIT = act.DIGIT
_POINT = act.POINT
_COMMA = act.COMMA
_EXPANDS = act.EXPANDS
_VALUE = act.VALUE
_KIND = act.KIND
_TABLE_SIZE = act.TABLE_SIZE
_ALEF = 0x0627
_BARE_HAMZA = 0x0621
_WAW = 0x0648
_YEH = 0x064A
_FULL_STOP = 0x2E
_UINT16 = 0xFFFF
_UINT64 = 0xFFFFFFFFFFFFFFFF
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 / golden ratio: Knuth, The Art of Computer Programming 3, 6.4
BATCH = 2048  # tokens that are cut before they are looked up
_NEVER = 0xFFFFFFFF
PAD = 8  # words are padded with zeros to so many UTF-16 units, so that most are compared in one step
_BATCH = BATCH
_PAD = PAD
_COMPILED = not __file__.endswith(".py")


class Scanner:
    """Cuts texts into tokens and numbers the distinct folded words (types) in order of first sight.

    Words are kept as UTF-16, each beginning at a multiple of ``_PAD`` units.
    """

    def __init__(self, actions: array[int], classify: Callable[[int], int], expansions: Sequence[str]) -> None:
        """Make an empty scanner.

        Args:
            actions: uint32[TABLE_SIZE], the actions known so far; filled as code points are met.
            classify: code point to action; called again for a code point only above plane 1.
            expansions: the folded strings that actions with ``EXPANDS`` point to; may grow during ``classify``.
        """
        self._classify = classify
        self._expansions = expansions
        self._actions = actions
        self._set_letters(bytearray(4 * _PAD * _BATCH))
        self._forms = uint32s(0)  # of the code points of plane 0, for ``Cutter``
        self._read: WritableUint32s = uint32s(1)
        self._offsets = uint32s(_BATCH)
        self._sizes = uint32s(_BATCH)
        self._hashes = uint32s(_BATCH)
        self.clear()

    def clear(self) -> None:
        """Forget all types; what was learnt about code points stays."""
        self.num_types = 0
        self._set_arena(bytearray(1 << 14))
        self._arena_end = 0
        self._firsts: WritableUint32s = uint32s(1 << 9)  # type t is arena[firsts[t]:firsts[t] + lengths[t]]
        self._lengths: WritableUint32s = uint32s(1 << 9)
        # Open addressing. A slot is four numbers in one cache line: hash, type + 1 or 0, first unit in the arena, size.
        self._slots: WritableUint32s = uint32s(4 << 10)

    def settle(self) -> None:
        """Let go of what finds words; from now on they can only be read."""
        self._slots = uint32s(0)

    def word(self, type_id: int) -> str:
        """Return the folded word with this number."""
        if not 0 <= type_id < self.num_types:
            raise IndexError(type_id)
        first = self._firsts[type_id]
        return str(self._units[2 * first : 2 * (first + self._lengths[type_id])], "utf-16-le", "surrogatepass")

    def number(self, text: str) -> int:
        """Return the number of a whole string, a new one if it is new."""
        data = text.encode("utf-16-le", "surrogatepass")
        size = len(data) >> 1
        while size + 2 * _PAD >= len(self._letters):
            self._grow_letters()
        for i in range(size):
            self._letters[i] = data[2 * i] | data[2 * i + 1] << 8
        for i in range(size, size + _PAD):
            self._letters[i] = 0
        return self._intern(0, size, hash_word(self._wide_letters, 0, size))

    def spellings(self) -> tuple[memoryview, Uint32s, Uint32s]:
        """Return uint16[...], the units of all words, and uint32[>= num_types] twice, where each begins, its length."""
        return self._arena, self._firsts, self._lengths

    @property
    def arena_size(self) -> int:
        """Number of UTF-16 units of all words, each padded."""
        return self._arena_end

    def size(self) -> int:
        """Return about how many bytes the types take."""
        return 2 * self._arena_end + 4 * len(self._slots)

    def scan(self, text: str, types: array[int], starts: array[int], ends: array[int]) -> int:
        """Write one entry per token of ``text`` and return their number.

        Args:
            text: any string, unpaired surrogates included.
            types: uint32[>= len(text)], receives the number of each token's type.
            starts: uint32[>= len(text)], receives code-point positions in ``text``.
            ends: uint32[>= len(text)], the same, exclusive; marks after the last letter are inside.

        Raises:
            ValueError: a buffer is shorter than the text.
        """
        n = len(text)
        if len(types) < n or len(starts) < n or len(ends) < n:
            msg = f"buffers must hold {n} tokens"
            raise ValueError(msg)
        self._read_all(text, n)
        return self._scan(n, types, 0, starts, ends)

    def _scan(self, n: int, types: WritableUint32s, first: int, starts: WritableUint32s, ends: WritableUint32s) -> int:
        """Write one entry per token of what was read, those of the types from ``first`` on; return their number."""
        read = self._read
        letters = self._letters  # of the tokens not looked up yet
        room = len(letters) - 2 * _PAD  # for a letter in two units, the point after a digit, and the padding
        base = 0  # where the open token's letters begin
        at = 0  # where its next letter goes
        waiting = 0  # tokens not looked up yet
        count = 0
        dotted_at = -2  # where a point ended a number: what follows is the next part of 30.11.2024, no decimal
        i = 0
        while i < n:
            kind = read[i] & _KIND
            if kind < _ARABIC or kind > _DIGIT:
                i += 1
                continue
            script = _ARABIC if kind == _HAMZA else kind
            plain = script >> 16  # the upper half of actions that are just one more letter, while there are such
            start = i
            end = i
            at = base
            tanwin_at = -1  # where a letter after the tanwin would go
            hamza_at = -1  # where a letter after a carrier of hamza would go
            pointed = start == dotted_at + 1
            while True:
                # Most letters are taken here, eight at a time without a jump that could be guessed wrong.
                more = 1
                while more:
                    if at >= room:
                        self._grow_letters()
                        letters = self._letters
                        room = len(letters) - 2 * _PAD
                    taken = 0
                    for k in range(8):
                        more &= read[i + k] >> 16 == plain
                        letters[at + k] = read[i + k] & _UINT16
                        taken += more
                    at += taken
                    i += taken
                    if taken:
                        end = i
                action = read[i]
                kind = action & _KIND
                if kind == _SEPARATOR:
                    break
                if kind != script and not (
                    (kind == _HAMZA and script == _ARABIC) or (kind == _DIGIT and script == _OTHER)
                ):
                    if kind == _CONTROL:
                        i += 1
                        continue
                    if kind in (_MARK, _TANWIN_FATH, _HAMZA_MARK):
                        if kind == _TANWIN_FATH:
                            tanwin_at = at
                        elif kind == _HAMZA_MARK and (letters[at - 1] == _WAW or letters[at - 1] == _YEH):
                            hamza_at = at  # on alef it is no more than the alef that is written as one letter
                            plain = _NEVER
                        i += 1
                        end = i
                        continue
                    if script == _DIGIT and kind == _POINT:
                        if not pointed and self._is_decimal(i + 1):
                            pointed = True
                            letters[at] = _FULL_STOP
                            at += 1
                            i += 1
                            continue
                        dotted_at = i
                    elif (
                        script == _DIGIT
                        and kind == _COMMA
                        and not pointed
                        and (at - base <= 3 or i - start > at - base)
                        and self._is_group(i + 1)
                    ):
                        i += 1
                        continue
                    break
                i += 1
                end = i
                if action & _EXPANDS:
                    at = self._expand(at, action & _VALUE)
                    letters = self._letters
                    room = len(letters) - 2 * _PAD
                    continue
                value = action & _VALUE
                if hamza_at == at and value == _WAW:
                    carrier = at - 1  # one word is written with every seat: مسئول مسؤول
                    while True:
                        letters[carrier] = _WAW
                        carrier -= 1
                        if carrier < base or letters[carrier] != _BARE_HAMZA:
                            break  # else it stands before waw now
                if value > _UINT16:
                    letters[at] = 0xD7C0 + (value >> 10)
                    at += 1
                    value = 0xDC00 + (value & 0x3FF)
                letters[at] = value
                at += 1
                plain = script >> 16
                if kind == _HAMZA:
                    hamza_at = at
                    plain = _NEVER  # the next letter may be waw
            if script == _ARABIC and at - base > 2 and tanwin_at >= at - 1 and letters[at - 1] == _ALEF:
                at -= 1  # the alef only carries the tanwin: أمرا with tanwin is أمر
            for k in range(8):
                letters[at + k] = 0  # the padding
            self._offsets[waiting] = base
            self._sizes[waiting] = at - base
            base = at + _PAD - 1 & -_PAD
            starts[count] = start
            ends[count] = end
            count += 1
            waiting += 1
            if waiting == _BATCH:
                self._intern_all(types, first + count - waiting, waiting)
                waiting = 0
                base = 0
        self._intern_all(types, first + count - waiting, waiting)
        return count

    def _read_all(self, text: str, size: int) -> None:
        """Put the actions of all code points of ``text`` into ``_read``, and a separator after the last."""
        if size + 8 >= len(self._read):
            self._read = uint32s(size + size // 4 + 9)
        read = self._read
        actions = self._actions
        i = 0
        for char in text:
            code = ord(char)
            action = actions[code] if code < _TABLE_SIZE else 0
            read[i] = action or self._learn(code)
            i += 1
        read[i] = _SEPARATOR

    def _expand(self, at: int, number: int) -> int:
        """Append the letters that a code point stands for; return where the next one goes."""
        for letter in self._expansions[number]:
            if at + 2 * _PAD >= len(self._letters):
                self._grow_letters()
            self._letters[at] = ord(letter)  # expansions stay in plane 0
            at += 1
        return at

    def _learn(self, code: int) -> int:
        action = self._classify(code)
        if code < _TABLE_SIZE:
            self._actions[code] = action
        return action

    def _is_decimal(self, at: int) -> bool:
        """Tell whether digits start here and are not followed by one more group, as in 30.11.2024."""
        if self._read[at] & _KIND != _DIGIT:
            return False
        while self._read[at] & _KIND == _DIGIT:
            at += 1
        return not (self._read[at] & _KIND == _POINT and self._read[at + 1] & _KIND == _DIGIT)

    def _is_group(self, at: int) -> bool:
        """Tell whether exactly three digits stand here."""
        for j in range(at, at + 3):
            if self._read[j] & _KIND != _DIGIT:
                return False
        return self._read[at + 3] & _KIND != _DIGIT

    def _intern_all(self, types: WritableUint32s, first: int, count: int) -> int:
        """Write the numbers of the tokens of a batch.

        The table does not fit in a core's cache. Loops that only touch what will be needed let the memory answer many
        requests at once, where one look-up after the other would wait for each.
        """
        for i in range(count):  # not as each is cut: the processor cannot read at once what it wrote letter by letter
            self._hashes[i] = hash_word(self._wide_letters, self._offsets[i] >> 2, self._sizes[i])
        mask = len(self._slots) - 1
        touched = 0
        if _COMPILED:
            for i in range(count):
                types[first + i] = self._slots[(4 * self._hashes[i] & mask) + 2]
            for i in range(count):
                touched |= self._arena[types[first + i]]
        self._touched = touched
        for i in range(count):
            types[first + i] = self._intern(self._offsets[i], self._sizes[i], self._hashes[i])
        return 0

    def _intern(self, base: int, size: int, hash_: int) -> int:
        """Return the number of the word at letters[base:base + size], a new one if it is new."""
        # No local names for the buffers: to take and drop a typed one costs more than the look-up.
        mask = len(self._slots) - 1
        slot = 4 * hash_ & mask
        while self._slots[slot + 1]:
            if self._slots[slot] == hash_ and self._slots[slot + 3] == size:
                first = self._slots[slot + 2] >> 2
                differences = 0
                for i in range(0, (size + _PAD - 1) >> 2 & -2, 2):
                    differences |= self._wide_arena[first + i] ^ self._wide_letters[(base >> 2) + i]
                    differences |= self._wide_arena[first + i + 1] ^ self._wide_letters[(base >> 2) + i + 1]
                if not differences:
                    return self._slots[slot + 1] - 1
            slot = (slot + 4) & mask
        return self._add(slot, base, size, hash_)

    def _add(self, slot: int, base: int, size: int, hash_: int) -> int:
        """Put a new word into a free slot and return its number."""
        type_id = self.num_types
        first = self._arena_end
        end = first + (size + _PAD - 1 & -_PAD)
        while end > len(self._arena):
            self._grow_arena()
        for i in range(first, end):
            self._arena[i] = self._letters[base + i - first]
        self._arena_end = end
        self._slots[slot] = hash_
        self._slots[slot + 1] = type_id + 1
        self._slots[slot + 2] = first
        self._slots[slot + 3] = size
        self._firsts[type_id] = first
        self._lengths[type_id] = size
        self.num_types = type_id + 1
        if type_id + 1 == len(self._firsts):
            self._grow_table()
        return type_id

    def _set_arena(self, buffer: WritableBytes) -> None:
        self._units = memoryview(buffer)  # of all types
        self._arena = memoryview(buffer).cast("H")
        self._wide_arena = memoryview(buffer).cast("Q")  # the same, four at a time

    def _set_letters(self, buffer: bytearray) -> None:
        self._letters = memoryview(buffer).cast("H")
        self._wide_letters = memoryview(buffer).cast("Q")

    def _grow_letters(self) -> int:
        buffer = bytearray(4 * len(self._letters))
        buffer[: 2 * len(self._letters)] = memoryview(self._letters).cast("B")
        self._set_letters(buffer)
        return 0

    def _grow_arena(self) -> int:
        arena = memoryview(table(len(self._arena))).cast("B")
        arena[: 2 * self._arena_end] = memoryview(self._arena).cast("B")[: 2 * self._arena_end]
        self._set_arena(arena)
        return 0

    def _grow_table(self) -> int:
        """Double the tables; the slots are kept at most half full."""
        self._firsts = _grown(self._firsts)
        self._lengths = _grown(self._lengths)
        slots = table(2 * len(self._slots))
        mask = len(slots) - 1
        with cython.nogil:
            for type_id in range(self.num_types):  # frequent words are met early: they get the slots found first
                first = self._firsts[type_id]
                hash_ = hash_word(self._wide_arena, first >> 2, self._lengths[type_id])
                slot = 4 * hash_ & mask
                while slots[slot + 1]:
                    slot = (slot + 4) & mask
                slots[slot] = hash_
                slots[slot + 1] = type_id + 1
                slots[slot + 2] = first
                slots[slot + 3] = self._lengths[type_id]
        self._slots = slots
        return 0


def hash_word(letters: memoryview, at: int, size: int) -> int:
    """Return the hash of the word of that size whose letters, four at a time, begin there."""
    hash_ = 0
    for i in range(at, at + ((size + _PAD - 1) >> 2 & -2), 2):
        hash_ = (hash_ ^ letters[i]) * _MULTIPLIER & _UINT64
        hash_ = (hash_ ^ hash_ >> 32 ^ letters[i + 1]) * _MULTIPLIER & _UINT64
    return hash_ >> 32


def _grown(old: Uint32s) -> WritableUint32s:
    new = table(2 * len(old))
    for i in range(len(old)):
        new[i] = old[i]
    return new
