"""Texts to numbered pieces from which they can be put together again, many texts at a time.

A piece is a word as it is written or what stands between two words; between words a single space is left out. Words
end where no token can go on, so the tokens of a text are those of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core import actions as act
from searchkit._core import dense
from searchkit._core.buffers import uint32s
from searchkit._core.scan import Scanner, hash_word

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s

TEXT, JSON, WHOLE, BARE = 0, 1, 2, 3
"""A text, a piece of JSON, JSON that is one piece; a text after which nothing says that it ends."""

# Typed in cut.pxd.
_WHOLE = WHOLE
_BARE = BARE
_TEXT_END = dense.TEXT_END
_JSON_END = dense.JSON_END
_WORD = dense.WORD
_SEPARATOR = act.SEPARATOR
_KIND = act.KIND
_TABLE_SIZE = act.TABLE_SIZE
_UINT16 = 0xFFFF
_NEVER = 0xFFFFFFFF
_SPACE = 0x20
_IN_WORD = 0x10000
_PAD = 8
_BATCH = 2048


class Cutter(Scanner):
    """Cuts texts into pieces and numbers the distinct ones in order of first sight."""

    def cut(self, units: memoryview, ends: array[int], kinds: Bytes, words: array[int], spans: array[int]) -> int:
        """Write the pieces of texts, and after each what says that it ends; return how many entries these are.

        Args:
            units: uint16[...], UTF-16 of all texts; two halves of a surrogate pair come back as one character.
            ends: uint32[n], where each text ends.
            kinds: uint8[n], ``TEXT``, ``JSON``, ``WHOLE`` or ``BARE``.
            words: uint32[>= len(units) + 2 * n], receives the number of each piece; 0 ends a text and 1 JSON.
            spans: uint32[2 * n], receives where the pieces of each text begin and end.
        """
        if len(words) < len(units) + 2 * len(ends) or len(spans) < 2 * len(ends) or len(kinds) < len(ends):
            raise ValueError("the buffer must hold a piece per UTF-16 unit, and the ends")
        longest = 0
        start = 0
        for i in range(len(ends)):
            if ends[i] < start or ends[i] > len(units):
                raise ValueError("a text must end in the buffer, after the one before")
            longest = max(longest, ends[i] - start)
            start = ends[i]
        if longest + 2 * _PAD >= len(self._read):
            self._read = uint32s(longest + longest // 4 + 2 * _PAD + 1)
        if len(self._forms) == 0:
            self._forms = uint32s(_UINT16 + 1)
        count = 0
        start = 0
        with cython.nogil:
            for i in range(len(ends)):
                self._read_units(units, start, ends[i])
                spans[2 * i] = count
                if kinds[i] == _WHOLE:
                    words[count] = self._whole(ends[i] - start)
                    count += 1
                else:
                    count = self._cut(ends[i] - start, words, count)
                spans[2 * i + 1] = count
                if kinds[i] != _BARE:
                    words[count] = _JSON_END if kinds[i] else _TEXT_END
                    count += 1
                start = ends[i]
        return count

    def adopt(self, units: memoryview, firsts: Uint32s, lengths: Uint32s, numbers: array[int]) -> None:
        """Number the pieces of another cutter, too.

        Args:
            units: as the other's ``spellings`` gives it.
            firsts: the same.
            lengths: the same.
            numbers: uint32[n], receives for each of the other's numbers the one here.
        """
        with cython.nogil:
            waiting = 0
            base = 0
            for piece in range(len(numbers)):
                size = lengths[piece]
                while base + size + 2 * _PAD >= len(self._letters):
                    self._grow_letters()
                for i in range(size):
                    self._letters[base + i] = units[firsts[piece] + i]
                for i in range(base + size, base + size + _PAD):
                    self._letters[i] = 0
                self._offsets[waiting] = base
                self._sizes[waiting] = size
                base = base + size + _PAD - 1 & -_PAD
                waiting += 1
                if waiting == _BATCH:
                    self._intern_all(numbers, piece + 1 - waiting, waiting)
                    waiting = 0
                    base = 0
            self._intern_all(numbers, len(numbers) - waiting, waiting)

    def mark_words(self, marks: bytearray) -> None:
        """Set what was cut as a word to ``dense.WORD``, what stands between words to 0.

        Args:
            marks: uint8[num_types].
        """
        for i in range(self.num_types):
            if self._lengths[i]:
                first = self._firsts[i]
                code = self._arena[first]
                if self._lengths[i] > 1 and code >> 10 == 0x36 and self._arena[first + 1] >> 10 == 0x37:
                    code = 0x10000 + ((code & 0x3FF) << 10) + (self._arena[first + 1] & 0x3FF)
                marks[i] = _WORD if self._form(code) & _IN_WORD else 0

    def _cut(self, n: int, words: array[int], count: int) -> int:
        """Write the pieces of the text that was read, of ``n`` units, and return where they end."""
        base = 0
        waiting = 0
        i = 0
        while i < n:
            if self._read[i] == _SPACE and i > 0 and self._read[i + 1] >> 16 == 1:
                i += 1
                continue
            plain = self._read[i] >> 16
            at = base
            more = 1
            while more:
                if at + 2 * _PAD >= len(self._letters):
                    self._grow_letters()
                taken = 0
                for k in range(8):
                    more &= self._read[i + k] >> 16 == plain
                    self._letters[at + k] = self._read[i + k] & _UINT16
                    taken += more
                at += taken
                i += taken
            for k in range(8):
                self._letters[at + k] = 0  # the padding
            self._offsets[waiting] = base
            self._sizes[waiting] = at - base
            base = at + _PAD - 1 & -_PAD
            count += 1
            waiting += 1
            if waiting == _BATCH:
                self._intern_all(words, count - waiting, waiting)
                waiting = 0
                base = 0
        self._intern_all(words, count - waiting, waiting)
        return count

    def _whole(self, size: int) -> int:
        """Return the number of all that was read."""
        while size + 2 * _PAD >= len(self._letters):
            self._grow_letters()
        for i in range(size):
            self._letters[i] = self._read[i] & _UINT16
        for i in range(size, size + _PAD):
            self._letters[i] = 0
        return self._intern(0, size, hash_word(self._wide_letters, 0, size))

    def _read_units(self, units: memoryview, start: int, end: int) -> int:
        """Put the units of a text into ``_read``; bit 16 says which belong to words."""
        for i in range(start, end):
            code = units[i]
            form = self._forms[code]
            if code >> 11 == 0x1B:  # half a pair
                if code >> 10 == 0x36 and i + 1 < end and units[i + 1] >> 10 == 0x37:
                    form = code | self._form(0x10000 + ((code & 0x3FF) << 10) + (units[i + 1] & 0x3FF)) & _IN_WORD
                elif code >> 10 == 0x37 and i > start and units[i - 1] >> 10 == 0x36:
                    form = code | self._read[i - start - 1] & _IN_WORD
            if form == 0:
                form = self._form(code)
            self._read[i - start] = form
        for i in range(end - start, end - start + _PAD):
            self._read[i] = _NEVER
        return 0

    def _form(self, code: int) -> int:
        """Return the last UTF-16 unit of a code point, and in bit 16 whether it belongs to words."""
        action = self._actions[code] if code < _TABLE_SIZE else 0
        if action == 0:
            action = self._learn(code)
        word = _IN_WORD if action & _KIND != _SEPARATOR else 0
        if code > _UINT16:
            return 0xDC00 | code & 0x3FF | word
        self._forms[code] = code | word
        return code | word


def translate(log: array[int], start: int, end: int, numbers: array[int]) -> None:
    """Replace each entry of a part of a log by what ``numbers`` has for it."""
    with cython.nogil:
        for i in range(start, end):
            log[i] = numbers[log[i]]


def shift(places: array[int], amount: int) -> None:
    """Add to all."""
    with cython.nogil:
        for i in range(len(places)):
            places[i] += amount
