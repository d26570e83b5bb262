# ruff: noqa: SLF001 - tables of words see into one another
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
from searchkit._core.buffers import room, uint32s, uint64s
from searchkit._core.scan import Scanner, hash_word

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableUint32s

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

    def cut(self, texts: list[str], kinds: Bytes, words: WritableUint32s, spans: WritableUint32s) -> int:
        """Write the pieces of texts, and after each what says that it ends; return how many entries these are.

        Other threads run meanwhile. Two halves of a surrogate pair come back as one character.

        Args:
            texts: to cut; the list must not change meanwhile.
            kinds: uint8[n], ``TEXT``, ``JSON``, ``WHOLE`` or ``BARE``.
            words: uint32[>= all code points + 2 * n], receives the number of each piece; 0 ends a text and 1 JSON.
            spans: uint32[2 * n], receives where the pieces of each text begin and end.
        """
        longest = 0
        total = 0
        num_texts = len(texts)
        for i in range(num_texts):
            size = len(texts[i])
            longest = max(longest, size)
            total += size
        if len(words) < total + 2 * num_texts or len(spans) < 2 * num_texts or len(kinds) < num_texts:
            raise ValueError("the buffer must hold a piece per code point, and the ends")
        if 2 * longest + 2 * _PAD >= len(self._read):  # a code point may be two units
            self._read = room(2 * longest + longest // 4 + 2 * _PAD + 1)
        if len(self._forms) == 0:
            self._forms = uint32s(_UINT16 + 1)
        places = uint64s(3 * num_texts)
        _locate(texts, places)
        count = 0
        with cython.nogil:
            for i in range(num_texts):
                size = _put_units(texts, places, i, self._read)
                self._read_units(size)
                spans[2 * i] = count
                if kinds[i] == _WHOLE:
                    words[count] = self._whole(size)
                    count += 1
                else:
                    count = self._cut(size, words, count)
                spans[2 * i + 1] = count
                if kinds[i] != _BARE:
                    words[count] = _JSON_END if kinds[i] else _TEXT_END
                    count += 1
        return count

    def mark_words(self, words: Scanner, marks: bytearray) -> None:
        """Set what was cut as a word to ``dense.WORD``, what stands between words to 0.

        Args:
            words: what knows the pieces.
            marks: uint8[words.num_types].
        """
        if len(self._forms) == 0:
            self._forms = uint32s(_UINT16 + 1)
        with cython.nogil:
            for i in range(words.num_types):
                if words._lengths[i]:
                    first = words._firsts[i]
                    code = words._arena[first]
                    if words._lengths[i] > 1 and code >> 10 == 0x36 and words._arena[first + 1] >> 10 == 0x37:
                        code = 0x10000 + ((code & 0x3FF) << 10) + (words._arena[first + 1] & 0x3FF)
                    marks[i] = _WORD if self._form(code) & _IN_WORD else 0

    def _cut(self, n: int, words: WritableUint32s, count: int) -> int:
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

    def _read_units(self, size: int) -> int:
        """Note in bit 16 of each unit in ``_read`` whether it belongs to a word."""
        for i in range(size):
            code = self._read[i]
            form = self._forms[code]
            if code >> 11 == 0x1B:  # half a pair
                if code >> 10 == 0x36 and i + 1 < size and self._read[i + 1] >> 10 == 0x37:
                    form = code | self._form(0x10000 + ((code & 0x3FF) << 10) + (self._read[i + 1] & 0x3FF)) & _IN_WORD
                elif code >> 10 == 0x37 and i > 0 and (self._read[i - 1] & _UINT16) >> 10 == 0x36:
                    form = code | self._read[i - 1] & _IN_WORD
            if form == 0:
                form = self._form(code)
            self._read[i] = form
        for i in range(size, size + _PAD):
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


def gather(
    log: Uint32s, numbers: Uint32s, out: WritableUint32s, at: int, own: Uint32s, spans: WritableUint32s, first: int
) -> None:
    """Append a batch of texts to those of all.

    Args:
        log: uint32[n], the batch's pieces.
        numbers: uint32[> largest in the log], the number of each among all; empty if they are the same.
        out: uint32[>= at + n], receives the pieces.
        at: where in ``out``.
        own: uint32[m], places in the log.
        spans: uint32[>= first + m], receives the same places in ``out``.
        first: where in ``spans``.
    """
    with cython.nogil:
        if len(numbers):
            for i in range(len(log)):
                out[at + i] = numbers[log[i]]
        else:
            for i in range(len(log)):
                out[at + i] = log[i]
        for i in range(len(own)):
            spans[first + i] = own[i] + at


if not cython.compiled:  # else they are in the .pxd: only C can read a text while others have the interpreter

    def _locate(texts: list[str], places: array[int]) -> None:
        """Write of each text where it is in memory, the bytes of a code point, and how many these are."""

    def _put_units(texts: list[str], _: array[int], number: int, out: WritableUint32s) -> int:
        """Write the UTF-16 units of a text and return how many they are."""
        units = memoryview(texts[number].encode("utf-16-le", "surrogatepass")).cast("H")
        for i, unit in enumerate(units):
            out[i] = unit
        return len(units)
