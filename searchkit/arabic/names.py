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

from searchkit.arabic import letters as ar

MIN_LENGTH = 3
MAX_LENGTH = 40  # the longest names in use have about 20 letters; beyond is noise

_NATIVE = frozenset((ar.HAH, ar.AIN, ar.DAD, ar.ZAH))
_CONSONANTS = frozenset((
    ar.BEH, ar.TEH, ar.THEH, ar.JEEM, ar.KHAH, ar.DAL, ar.THAL, ar.REH, ar.ZAIN, ar.SEEN, ar.SHEEN, ar.SAD,
    ar.TAH, ar.GHAIN, ar.FEH, ar.QAF, ar.KAF, ar.LAM, ar.MEEM, ar.NOON, ar.HEH,
))  # fmt: skip
_VOWELS = frozenset((ar.ALEF, ar.WAW, ar.YEH))
_HEH, _HAMZA = ar.HEH, ar.HAMZA  # asked for with every letter
_FRONT = frozenset((ar.ALEF, ar.YEH))
_LETTERS = _NATIVE | _CONSONANTS | _VOWELS | {ar.HAMZA}

# Marks of a key that are no consonants.
_VOWEL_START = ar.ALEF
_W_SOUND = ar.WAW
_ENDS_IN_A, _ENDS_IN_I, _ENDS_IN_U = "a", "i", "u"
_ONLY_TWO = "|"

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
_PAIR_STARTS = frozenset(pair[0] for pair in _PAIRS)
_CLASSES = str.maketrans({
    ar.TAH: ar.TEH, ar.THEH: ar.TEH, ar.SAD: ar.SEEN, ar.ZAIN: ar.SEEN, ar.THAL: ar.SEEN,
    ar.JEEM: ar.GHAIN, ar.QAF: ar.GHAIN,
})  # fmt: skip
_LONG_CLASSES = _CLASSES | {ord(ar.KAF): ar.GHAIN}

_COUNTRIES_FILE = os.path.join(os.path.dirname(__file__), "data", "countries.txt")


def name_key(word: str) -> str:
    """Return the key that spellings of the foreign name ``word`` share, or "" where none makes sense.

    Args:
        word: one folded word without clitics. Any string will do; only 3 to 40 Arabic letters have a key.
    """
    if not MIN_LENGTH <= len(word) <= MAX_LENGTH or not _LETTERS.issuperset(word):
        return ""
    body, ending = _split_ending(word)
    if not _NATIVE.isdisjoint(word):
        return body + ending if len(body) > 1 else ""
    consonants, vowels = _skeleton(body)
    count = len(consonants) - (consonants[:1] == [_VOWEL_START])
    if count > 3:
        return "".join(consonants).translate(_LONG_CLASSES if len(consonants) > 4 else _CLASSES) + ending
    if count < 2:
        return ""
    if count == 3:
        for slot in sorted({slot for slot, letter in vowels if letter == ar.WAW}, reverse=True):
            consonants.insert(slot, ar.WAW)
    else:
        ending = _ONLY_TWO + "".join(sorted({letter for _, letter in vowels})) + ending
    return "".join(consonants).translate(_CLASSES) + ending


def is_country(*words: str) -> bool:
    """Return whether one of the words, folded and without clitics or article, alone names a country."""
    return not _countries().isdisjoint(words)


def _split_ending(word: str) -> tuple[str, str]:
    """Return ``word`` without the letters of its last vowel, and which vowel that is."""
    if word[-1] == ar.HAMZA:
        word = word[:-1]
    last = word[-1]
    if last == ar.YEH:
        return word[:-1], _ENDS_IN_I
    if last == ar.WAW:
        return word[:-1], _ENDS_IN_U
    if last not in (ar.ALEF, ar.HEH):
        return word, ""
    if len(word) < 4 or word[-2] not in _FRONT:
        return word[:-1], _ENDS_IN_A
    return word[:-2], _ENDS_IN_I if word[-2] == ar.YEH else _ENDS_IN_A


def _skeleton(body: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the consonants of ``body``, and its vowel letters, each with the number of consonants before it.

    A vowel at the start counts as a consonant of its own; so does the w of wa.
    """
    consonants: list[str] = []
    vowels: list[tuple[int, str]] = []
    previous = ""
    for i, letter in enumerate(body):
        if letter in _VOWELS:
            if i == 0:
                consonants.append(_initial(body))
            elif letter == ar.WAW and _is_w(body, i):
                consonants.append(_W_SOUND)
            else:
                vowels.append((len(consonants), letter))
        elif letter == _HEH and i > 0 and previous not in _VOWELS and body[i + 1 : i + 2] in _VOWELS:
            pass  # the h of -ham, Bh-, Gerhard: written by some, heard by few
        elif letter != previous and letter != _HAMZA:
            pair = _PAIRS.get(previous + letter) if previous in _PAIR_STARTS else None
            if pair is not None:
                consonants[-1:] = pair
                previous = ""  # spent: it makes no pair with the next letter
                continue
            consonants.append(letter)
        previous = letter
    return consonants, vowels


def _initial(body: str) -> str:
    """Return what the vowel letter at the start of ``body`` stands for."""
    if body[0] != ar.WAW:
        return _VOWEL_START
    # Wilhelm is written with waw and with feh; before a consonant, waw is a vowel or a clitic.
    return ar.FEH if body[1:2] in _FRONT else _W_SOUND


def _is_w(body: str, i: int) -> bool:
    """Return whether the waw at ``i`` opens the syllable wa: not in awa-, nor where nothing follows wa."""
    return body[i + 1 : i + 2] == ar.ALEF and i + 2 < len(body) and (i > 1 or body[0] != ar.ALEF)


@functools.cache
def _countries() -> frozenset[str]:
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
