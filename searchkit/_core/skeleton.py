"""The consonants of a name: the hot loop of ``searchkit.arabic.names``, which says what it is for."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    pass

MIN_LENGTH = 3
MAX_LENGTH = 40
LETTER = 1  # in ``Letters.kinds``
NATIVE = 2
VOWEL = 4
PAIR_START = 8
_MIN_LENGTH = MIN_LENGTH
_MAX_LENGTH = MAX_LENGTH
_LETTER = LETTER
_NATIVE = NATIVE
_VOWEL = VOWEL
_PAIR_START = PAIR_START
_BLOCK = 0x600
ROOM = 96  # the longest key: each letter, a vowel before it, and the ending
_ENDS_IN_A = ord("a")
_ENDS_IN_I = ord("i")
_ENDS_IN_U = ord("u")
_ONLY_TWO = ord("|")
_ZEROS = array("H", (0,))


class Letters(NamedTuple):
    """What the letters of the Arabic block are to names; tables are indexed by the low byte of the code point."""

    kinds: bytes  # uint8[256], of LETTER, NATIVE, VOWEL and PAIR_START; 0 for what is no letter of a name
    classes: array[int]  # uint16[256], the letter that stands for its class
    long_classes: array[int]  # the same for long skeletons
    pairs: array[int]  # uint16[4 * n]: two letters in a row, and the one or two that they become, 0 for none
    alef: int
    waw: int
    yeh: int
    heh: int
    hamza: int
    feh: int


class Skeletons:
    """Makes keys of names; safe to share between threads."""

    def __init__(self, letters: Letters) -> None:
        self._kinds = letters.kinds
        self._classes = letters.classes
        self._long_classes = letters.long_classes
        self._pairs = letters.pairs
        self._alef = letters.alef
        self._waw = letters.waw
        self._yeh = letters.yeh
        self._heh = letters.heh
        self._hamza = letters.hamza
        self._feh = letters.feh

    def key(self, word: str) -> str:
        """Return the key of a word, "" where it has none."""
        size = len(word)
        if size < _MIN_LENGTH or size > _MAX_LENGTH:
            return ""
        letters = _ZEROS * size
        for i in range(size):
            if ord(word[i]) >> 8 != _BLOCK >> 8:
                return ""
            letters[i] = ord(word[i])
        out = _ZEROS * ROOM
        end = self.make(letters, 0, size, out)
        return out[:end].tobytes().decode("utf-16-le")

    def make(self, word: array[int] | memoryview, first: int, size: int, out: array[int]) -> int:
        """Write the key of a word and return its length, 0 for none.

        Args:
            word: uint16[>= first + size].
            first: where in it the word begins.
            size: of the word.
            out: uint16[ROOM].
        """
        if size < _MIN_LENGTH or size > _MAX_LENGTH:
            return 0
        native = 0
        for i in range(first, first + size):
            code = word[i]
            if code >> 8 != _BLOCK >> 8 or not self._kinds[code & 255] & _LETTER:
                return 0
            native |= self._kinds[code & 255] & _NATIVE
        # Which vowel is the last, without its letters.
        ending = 0
        if word[first + size - 1] == self._hamza:
            size -= 1
        last = word[first + size - 1]
        if last == self._yeh:
            size -= 1
            ending = _ENDS_IN_I
        elif last == self._waw:
            size -= 1
            ending = _ENDS_IN_U
        elif last == self._alef or last == self._heh:
            before = word[first + size - 2]
            ending = _ENDS_IN_A
            if size < 4 or (before != self._alef and before != self._yeh):
                size -= 1
            else:
                size -= 2
                if before == self._yeh:
                    ending = _ENDS_IN_I
        if not native:
            return self._fill(word, first, size, ending, out)
        if size < 2:
            return 0
        for i in range(size):
            out[i] = word[first + i]
        if ending:
            out[size] = ending
            size += 1
        return size

    def _fill(self, word: array[int] | memoryview, first: int, size: int, ending: int, out: array[int]) -> int:
        """Write the key of ``word[first : first + size]``, all but the ending; return its length, 0 for none."""
        count = 0
        previous = 0
        waws = 0  # a bit for each number of consonants that a waw stands after
        seen = 0  # which vowel letters: alef, waw, yeh
        one = 1
        for i in range(size):
            letter = word[first + i]
            following = word[first + i + 1] if i + 1 < size else 0
            if self._kinds[letter & 255] & _VOWEL:
                if i == 0:
                    out[0] = self._alef
                    if letter == self._waw:
                        # Wilhelm is written with waw and with feh; before a consonant, waw is a vowel or a clitic.
                        out[0] = self._feh if following == self._alef or following == self._yeh else self._waw
                    count = 1
                elif (
                    letter == self._waw
                    and following == self._alef
                    and i + 2 < size
                    and (i > 1 or word[first] != self._alef)
                ):
                    out[count] = self._waw  # it opens the syllable wa: not in awa-, nor where nothing follows wa
                    count += 1
                else:
                    if letter == self._waw:
                        waws |= one << count
                    seen |= 1 if letter == self._alef else 2 if letter == self._waw else 4
            elif (
                letter == self._heh
                and i > 0
                and not self._is_vowel(previous)
                and following
                and self._is_vowel(following)
            ):
                pass  # the h of -ham, Bh-, Gerhard: written by some, heard by few
            elif letter != previous and letter != self._hamza:
                pair = self._pair(previous, letter)
                if pair >= 0:
                    out[count - 1] = self._pairs[pair + 2]
                    if self._pairs[pair + 3]:
                        out[count] = self._pairs[pair + 3]
                        count += 1
                    previous = 0  # spent: it makes no pair with the next letter
                    continue
                out[count] = letter
                count += 1
            previous = letter
        consonants = count - 1 if count and out[0] == self._alef else count
        if consonants < 2:
            return 0
        classes = self._long_classes if count > 4 and consonants > 3 else self._classes
        for i in range(count):
            out[i] = classes[out[i] & 255]
        if consonants == 3:
            for slot in range(count, -1, -1):
                if waws >> slot & 1:
                    for j in range(count, slot, -1):
                        out[j] = out[j - 1]
                    out[slot] = self._waw
                    count += 1
        elif consonants == 2:
            out[count] = _ONLY_TWO
            count += 1
            if seen & 1:
                out[count] = self._alef
                count += 1
            if seen & 2:
                out[count] = self._waw
                count += 1
            if seen & 4:
                out[count] = self._yeh
                count += 1
        if ending:
            out[count] = ending
            count += 1
        return count

    def _is_vowel(self, letter: int) -> bool:
        return letter != 0 and self._kinds[letter & 255] & _VOWEL != 0

    def _pair(self, first: int, second: int) -> int:
        """Return where in the pairs these two are, -1 if nowhere."""
        if first == 0 or not self._kinds[first & 255] & _PAIR_START:
            return -1
        for i in range(0, len(self._pairs), 4):
            if self._pairs[i] == first and self._pairs[i + 1] == second:
                return i
        return -1
