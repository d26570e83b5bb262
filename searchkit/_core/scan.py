"""Text to numbered tokens in one pass: cut, fold and intern.

The scanner knows nothing of Arabic. It asks ``classify`` once per code point what to do with it and keeps the answer
in a table; everything about letters is in ``searchkit.arabic.folding``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core import actions as act
from searchkit._core.buffers import uint32s

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

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
_WAW = 0x0648
_FULL_STOP = 0x2E
_FNV_BASIS = 2166136261
_FNV_PRIME = 16777619
_UINT32 = 0xFFFFFFFF


class Scanner:
    """Cuts texts into tokens and numbers the distinct folded words (types) in order of first sight."""

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
        self.clear()

    def clear(self) -> None:
        """Forget all types; what was learnt about code points stays."""
        self.num_types = 0
        self._arena = uint32s(1 << 12)  # the code points of all types, one after the other
        self._bounds = uint32s(1 << 9)  # type t is arena[bounds[t]:bounds[t + 1]]
        # Open addressing. A slot is four numbers in one cache line: hash, type + 1 or 0, first letter in the arena, size.
        self._slots = uint32s(4 << 10)

    def word(self, type_id: int) -> str:
        """Return the folded word with this number."""
        if not 0 <= type_id < self.num_types:
            raise IndexError(type_id)
        return "".join([chr(self._arena[i]) for i in range(self._bounds[type_id], self._bounds[type_id + 1])])

    def arena_size(self) -> int:
        """Return how many code points the types hold."""
        return self._bounds[self.num_types]

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
        actions = self._actions
        arena = self._arena
        room = len(arena)
        base = self._bounds[self.num_types]  # where the open token's letters go
        count = 0
        script = 0  # of the open token, 0 between tokens
        size = 0
        start = 0
        end = 0
        tanwin_at = -1  # number of letters before the tanwin
        hamza_at = -1  # number of letters up to the last carrier of hamza
        dotted_at = -1  # where a point ended a number: what follows is the next part of 30.11.2024, no decimal
        pointed = False
        hash_ = 0
        i = -1
        for char in text:
            i += 1
            code = ord(char)
            action = actions[code] if code < _TABLE_SIZE else 0
            if action == 0:
                action = self._learn(code)
            kind = action & _KIND
            if kind != script and not (
                script and ((kind == _HAMZA and script == _ARABIC) or (kind == _DIGIT and script == _OTHER))
            ):
                if script:
                    if kind == _CONTROL:
                        continue
                    if kind in (_MARK, _TANWIN_FATH, _HAMZA_MARK):
                        if kind == _TANWIN_FATH:
                            tanwin_at = size
                        elif kind == _HAMZA_MARK:
                            hamza_at = size
                        end = i + 1
                        continue
                    if script == _DIGIT and not pointed:
                        if kind == _POINT:
                            pointed = self._is_decimal(text, i + 1)
                            if pointed:
                                arena[base + size] = _FULL_STOP
                                hash_ = (hash_ ^ _FULL_STOP) * _FNV_PRIME & _UINT32
                                size += 1
                                continue
                            dotted_at = i
                        elif kind == _COMMA and (size <= 3 or i - start > size) and self._is_group(text, i + 1):
                            continue
                    type_id = self._close(base, size, script, tanwin_at, hash_)
                    types[count] = type_id
                    starts[count] = start
                    ends[count] = end
                    count += 1
                    base = self._bounds[self.num_types]
                    script = 0
                if kind < _ARABIC or kind > _DIGIT:
                    continue
                script = _ARABIC if kind == _HAMZA else kind
                start = i
                size = 0
                tanwin_at = -1
                hamza_at = -1
                pointed = start == dotted_at + 1
                hash_ = _FNV_BASIS
            end = i + 1
            if base + size + 64 > room:
                self._grow_arena()
                arena = self._arena
                room = len(arena)
            if action & _EXPANDS:
                size = self._expand(base, size, action & _VALUE)
                hash_ = self._hash(base, size)
                arena = self._arena
                room = len(arena)
                continue
            value = action & _VALUE
            if hamza_at == size and value == _WAW:
                arena[base + size - 1] = _WAW  # one word is written with every seat: مسئول مسؤول
                hash_ = self._hash(base, size)
            arena[base + size] = value
            hash_ = (hash_ ^ value) * _FNV_PRIME & _UINT32
            size += 1
            if kind == _HAMZA:
                hamza_at = size
        if script:
            types[count] = self._close(base, size, script, tanwin_at, hash_)
            starts[count] = start
            ends[count] = end
            count += 1
        return count

    def _close(self, base: int, size: int, script: int, tanwin_at: int, hash_: int) -> int:
        """Return the number of the token whose letters are at arena[base:base + size]."""
        if script == _ARABIC and size > 2 and tanwin_at >= size - 1 and self._arena[base + size - 1] == _ALEF:
            size -= 1  # the alef only carries the tanwin: أمرا with tanwin is أمر
            hash_ = self._hash(base, size)
        return self._intern(base, size, hash_)

    def _expand(self, base: int, size: int, number: int) -> int:
        """Append the letters that a code point stands for; return the new size."""
        for letter in self._expansions[number]:
            if base + size + 64 > len(self._arena):
                self._grow_arena()
            self._arena[base + size] = ord(letter)
            size += 1
        return size

    def _hash(self, base: int, size: int) -> int:
        """FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, over code points."""
        hash_ = _FNV_BASIS
        for j in range(base, base + size):
            hash_ = (hash_ ^ self._arena[j]) * _FNV_PRIME & _UINT32
        return hash_

    def _learn(self, code: int) -> int:
        action = self._classify(code)
        if code < _TABLE_SIZE:
            self._actions[code] = action
        return action

    def _kind_at(self, text: str, at: int) -> int:
        if at >= len(text):
            return _SEPARATOR
        code = ord(text[at])
        action = self._actions[code] if code < _TABLE_SIZE else 0
        return (action or self._learn(code)) & _KIND

    def _is_decimal(self, text: str, at: int) -> bool:
        """Tell whether digits start here and are not followed by one more group, as in 30.11.2024."""
        if self._kind_at(text, at) != _DIGIT:
            return False
        while self._kind_at(text, at) == _DIGIT:
            at += 1
        return not (self._kind_at(text, at) == _POINT and self._kind_at(text, at + 1) == _DIGIT)

    def _is_group(self, text: str, at: int) -> bool:
        """Tell whether exactly three digits stand here."""
        for j in range(at, at + 3):
            if self._kind_at(text, j) != _DIGIT:
                return False
        return self._kind_at(text, at + 3) != _DIGIT

    def _intern(self, base: int, size: int, hash_: int) -> int:
        """Return the number of the word at arena[base:base + size], a new one if it is new."""
        # No local names for the buffers: to take and drop a typed one costs more than the look-up.
        mask = len(self._slots) - 1
        slot = 4 * (hash_ ^ (hash_ >> 15)) & mask
        while self._slots[slot + 1]:
            if self._slots[slot] == hash_ and self._slots[slot + 3] == size:
                first = self._slots[slot + 2]
                j = 0
                while j < size and self._arena[first + j] == self._arena[base + j]:
                    j += 1
                if j == size:
                    return self._slots[slot + 1] - 1
            slot = (slot + 4) & mask
        type_id = self.num_types
        self._slots[slot] = hash_
        self._slots[slot + 1] = type_id + 1
        self._slots[slot + 2] = base
        self._slots[slot + 3] = size
        self._bounds[type_id + 1] = base + size
        self.num_types = type_id + 1
        if type_id + 2 == len(self._bounds):
            self._grow_table()
        return type_id

    def _grow_arena(self) -> None:
        self._arena = _grown(self._arena, 2 * len(self._arena))

    def _grow_table(self) -> None:
        """Double the tables; the slots are kept at most half full."""
        self._bounds = _grown(self._bounds, 2 * len(self._bounds))
        old = self._slots
        slots = uint32s(2 * len(old))
        mask = len(slots) - 1
        for at in range(0, len(old), 4):
            if old[at + 1]:
                slot = 4 * (old[at] ^ (old[at] >> 15)) & mask
                while slots[slot + 1]:
                    slot = (slot + 4) & mask
                for j in range(4):
                    slots[slot + j] = old[at + j]
        self._slots = slots


def _grown(old: array[int], size: int) -> array[int]:
    new = uint32s(size)
    for i in range(len(old)):
        new[i] = old[i]
    return new
