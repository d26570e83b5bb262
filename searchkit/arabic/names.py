"""Which spellings write one foreign name? A key that they share.

A foreign name has no fixed Arabic spelling: long vowels come and go, g is any of four letters, z and s, t and
its emphatic trade places, a last vowel is written in several ways. The key keeps what the spellings agree on,
the consonants by class, and keeps the more of the rest the fewer consonants there are to tell words apart:

==============  ======================================================================
consonants      what the key holds besides the consonants' classes
==============  ======================================================================
five and more   nothing: long skeletons seldom meet by chance
four            that kaf is kaf and not one of the other letters for g
three           the same, and where waw stands
two             the same, and which vowel letters there are, in no order
fewer           there is no key
==============  ======================================================================

It also says whether the word starts with a vowel and how it ends; a vowel at the start helps to reach five. A word
with one of the letters that only Arabic has (hah, ain, dad, zah) is hardly foreign and means its vowels: it keeps
all its letters, and only the ending is classed.
"""

from __future__ import annotations

import functools
import os
from array import array

from searchkit._core import skeleton as sk
from searchkit.arabic import letters as ar

MIN_LENGTH = sk.MIN_LENGTH
MAX_LENGTH = sk.MAX_LENGTH  # the longest names in use have about 20 letters; beyond is noise

_NATIVE = (ar.HAH, ar.AIN, ar.DAD, ar.ZAH)
_CONSONANTS = (
    ar.BEH, ar.TEH, ar.THEH, ar.JEEM, ar.KHAH, ar.DAL, ar.THAL, ar.REH, ar.ZAIN, ar.SEEN, ar.SHEEN, ar.SAD,
    ar.TAH, ar.GHAIN, ar.FEH, ar.QAF, ar.KAF, ar.LAM, ar.MEEM, ar.NOON, ar.HEH,
)  # fmt: skip
_VOWELS = (ar.ALEF, ar.WAW, ar.YEH)

# What two letters in a row write: a foreign ch or j, and m before b.
_PAIRS = {
    ar.TEH + ar.SHEEN: ar.SHEEN,
    ar.DAL + ar.JEEM: ar.JEEM,
    ar.NOON + ar.BEH: ar.MEEM + ar.BEH,
} | {
    # German writes sh where others hear s before a consonant: Strauss, Stuttgart, Spandau.
    ar.SHEEN + letter: ar.SEEN + letter
    for letter in (ar.TEH, ar.TAH, ar.BEH)
}
_CLASSES = {
    ar.TAH: ar.TEH, ar.THEH: ar.TEH, ar.SAD: ar.SEEN, ar.ZAIN: ar.SEEN, ar.THAL: ar.SEEN,
    ar.JEEM: ar.GHAIN, ar.QAF: ar.GHAIN,
}  # fmt: skip
_LONG_CLASSES = _CLASSES | {ar.KAF: ar.GHAIN}
_BLOCK = 0x600

_COUNTRIES_FILE = os.path.join(os.path.dirname(__file__), "data", "countries.txt")


def name_key(word: str) -> str:
    """Return the key that spellings of the foreign name ``word`` share, or "" where none makes sense.

    Args:
        word: one folded word without clitics. Any string will do; only 3 to 40 Arabic letters have a key.
    """
    return skeletons().key(word)


def is_country(*words: str) -> bool:
    """Return whether one of the words, folded and without clitics or article, alone names a country."""
    return not countries().isdisjoint(words)


@functools.cache
def skeletons() -> sk.Skeletons:
    """Return what makes the keys; the same object every time."""
    return sk.Skeletons(_letters())


def _letters() -> sk.Letters:
    kinds = bytearray(256)
    for letters, kind in (
        ((*_NATIVE, *_CONSONANTS, *_VOWELS, ar.HAMZA), sk.LETTER),
        (_NATIVE, sk.NATIVE),
        (_VOWELS, sk.VOWEL),
        ({pair[0] for pair in _PAIRS}, sk.PAIR_START),
    ):
        for letter in letters:
            kinds[ord(letter) - _BLOCK] |= kind
    pairs = [[*map(ord, pair), *map(ord, made), 0][:4] for pair, made in _PAIRS.items()]
    vowels = map(ord, (ar.ALEF, ar.WAW, ar.YEH, ar.HEH, ar.HAMZA, ar.FEH))
    tables = (_table(_CLASSES), _table(_LONG_CLASSES), array("H", [unit for pair in pairs for unit in pair]))
    return sk.Letters(bytes(kinds), *tables, *vowels)


def _table(classes: dict[str, str]) -> array[int]:
    """Return uint16[256], the letter that stands for each letter's class."""
    return array("H", [ord(classes.get(chr(code), chr(code))) for code in range(_BLOCK, _BLOCK + 256)])


@functools.cache
def countries() -> frozenset[str]:
    """Return the names of the data file, each with both spellings of a last -a."""
    names: set[str] = set()
    with open(_COUNTRIES_FILE, encoding="utf-8") as lines:
        for line in lines:
            name = line.strip()
            if name and not name.startswith("#"):
                names.add(name)
                if name[-1] in (ar.ALEF, ar.HEH):
                    names.update((name[:-1] + ar.ALEF, name[:-1] + ar.HEH))
    return frozenset(names)
