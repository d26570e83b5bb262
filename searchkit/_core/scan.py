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
        self._hashes = uint32s(1 << 9)
        self._slots = uint32s(1 << 10)  # open addressing: type + 1, or 0

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
        count = 0
        dotted_at = -2  # where a point ended a number: what follows is the next part of 30.11.2024, no decimal
        base = self._bounds[self.num_types]
        room = len(arena)
        i = 0
        while i < n:
            code = ord(text[i])
            action = actions[code] if code < _TABLE_SIZE else 0
            if action == 0:
                action = self._learn(code)
            kind = action & _KIND
            if kind < _ARABIC or kind > _DIGIT:
                i += 1
                continue
            script = _ARABIC if kind == _HAMZA else kind
            start = i
            end = i
            size = 0
            tanwin_at = -1  # number of letters before the tanwin
            hamza_at = -1
            pointed = start == dotted_at + 1
            hash_ = _FNV_BASIS  # FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, over code points
            while True:
                if kind == script or (kind == _HAMZA and script == _ARABIC) or (kind == _DIGIT and script == _OTHER):
                    if base + size + 64 > room:
                        self._grow_arena()
                        arena = self._arena
                        room = len(arena)
                    if action & _EXPANDS:
                        for letter in self._expansions[action & _VALUE]:
                            if base + size + 64 > room:
                                self._grow_arena()
                                arena = self._arena
                                room = len(arena)
                            arena[base + size] = ord(letter)
                            size += 1
                    else:
                        value = action & _VALUE
                        if value == _WAW and hamza_at == size:
                            arena[base + size - 1] = _WAW  # one word is written with every seat: مسئول مسؤول
                        arena[base + size] = value
                        size += 1
                        if kind == _HAMZA:
                            hamza_at = size
                    end = i + 1
                elif kind in (_MARK, _TANWIN_FATH, _HAMZA_MARK):
                    if kind == _TANWIN_FATH:
                        tanwin_at = size
                    elif kind == _HAMZA_MARK:
                        hamza_at = size
                    end = i + 1
                elif script == _DIGIT and kind == _POINT and not pointed and self._is_decimal(text, i + 1):
                    arena[base + size] = _FULL_STOP
                    size += 1
                    pointed = True
                elif (
                    script == _DIGIT
                    and kind == _COMMA
                    and not pointed
                    and i - start <= 3 + 4 * (size // 3)
                    and (self._is_group(text, i + 1))
                ):
                    pass
                elif kind != _CONTROL:
                    if kind == _POINT and script == _DIGIT:
                        dotted_at = i
                    break
                i += 1
                if i == n:
                    break
                code = ord(text[i])
                action = actions[code] if code < _TABLE_SIZE else 0
                if action == 0:
                    action = self._learn(code)
                kind = action & _KIND
            if size > 2 and script == _ARABIC and tanwin_at >= size - 1 and arena[base + size - 1] == _ALEF:
                size -= 1  # the alef only carries the tanwin: أمرا with tanwin is أمر
            for j in range(base, base + size):
                hash_ = ((hash_ ^ arena[j]) * _FNV_PRIME) & _UINT32
            known = self.num_types
            type_id = self._intern(base, size, hash_)
            if type_id == known:
                base += size
            types[count] = type_id
            starts[count] = start
            ends[count] = end
            count += 1
        return count

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
        arena = self._arena
        bounds = self._bounds
        hashes = self._hashes
        slots = self._slots
        mask = len(slots) - 1
        slot = (hash_ ^ (hash_ >> 15)) & mask
        while slots[slot]:
            type_id = slots[slot] - 1
            first = bounds[type_id]
            if hashes[type_id] == hash_ and bounds[type_id + 1] - first == size:
                j = 0
                while j < size and arena[first + j] == arena[base + j]:
                    j += 1
                if j == size:
                    return type_id
            slot = (slot + 1) & mask
        type_id = self.num_types
        slots[slot] = type_id + 1
        hashes[type_id] = hash_
        bounds[type_id + 1] = base + size
        self.num_types = type_id + 1
        if type_id + 2 == len(bounds):
            self._grow_table()
        return type_id

    def _grow_arena(self) -> None:
        self._arena = _grown(self._arena, 2 * len(self._arena))

    def _grow_table(self) -> None:
        """Double the tables; they are kept at most half full."""
        capacity = 2 * len(self._bounds)
        self._bounds = _grown(self._bounds, capacity)
        self._hashes = _grown(self._hashes, capacity)
        slots = uint32s(2 * capacity)
        hashes = self._hashes
        mask = 2 * capacity - 1
        for type_id in range(self.num_types):
            slot = (hashes[type_id] ^ (hashes[type_id] >> 15)) & mask
            while slots[slot]:
                slot = (slot + 1) & mask
            slots[slot] = type_id + 1
        self._slots = slots


def _grown(old: array[int], size: int) -> array[int]:
    new = uint32s(size)
    for i in range(len(old)):
        new[i] = old[i]
    return new
