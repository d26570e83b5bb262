"""What folding takes away, looked at again: the letters that a word was written with, and its vowels."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from searchkit.arabic import letters as ar
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

DISTINCTIONS = ("hamza", "taa", "yaa", "tashkeel", "letters", "digits")
"""What folding unites and a person may want told apart: أ ا, ة ه, ى ي, vowels, پ ب and A a, ١ 1."""

_SHADDA = "\u0651"
_SUKUN = "\u0652"
_HAMZAS = frozenset(
    (ar.ALEF_MADDA, ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_WASLA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.HAMZA)
)
_PLAIN = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
_LONG = frozenset((ar.ALEF, ar.WAW, ar.YEH, ar.ALEF_MAKSURA))


class _Letter(NamedTuple):
    """A letter with the marks on it, in canonical order."""

    letter: str
    marks: str


def spelling(word: str, kept: Collection[str]) -> str:
    """Return what tells a written word from others that fold to the same.

    Args:
        word: as written.
        kept: those of ``DISTINCTIONS`` that count.
    """
    vowels = "tashkeel" in kept
    return "".join(
        (letter if _distinction(letter) in kept else "-") + (marks if vowels else "")
        for letter, marks in _letters(word)
    )


def tells_vowels(word: str) -> bool:
    """Tell whether a word has marks that another spelling could disagree with: not at its end alone."""
    return any(letter.marks for letter in _letters(word)[:-1])


@lru_cache(maxsize=8192)
def agreement(asked: str, written: str) -> int:
    """Return 1 where the vowels of two spellings of a word agree, -1 where they do not, 0 where nothing tells.

    A letter without marks in either agrees with all. Endings do not count, as grammar changes them; nor does the shadda
    that an article puts on the letter after it.

    Args:
        asked: with some marks.
        written: with any, none included; it may have more letters before those of the other.
    """
    ours, theirs = _letters(asked), _letters(written)
    compared = 0
    for at in range(2, min(len(ours), len(theirs)) + 1):
        one, other = ours[-at].marks, theirs[-at].marks
        if at == len(ours) < len(theirs):
            one, other = one.replace(_SHADDA, ""), other.replace(_SHADDA, "")
        if ours[-at].letter in _LONG:
            one, other = one.replace(_SUKUN, ""), other.replace(_SUKUN, "")
        if not one or not other:
            continue
        first, second = one.replace(_SHADDA, ""), other.replace(_SHADDA, "")
        if (_SHADDA in one) != (_SHADDA in other) or (first and second and first != second):
            return -1
        compared += 1
    return 1 if compared else 0


def _distinction(letter: str) -> str:
    """Return which distinction is lost when a letter is folded, "" if none."""
    if letter in _PLAIN:
        return ""
    if letter in _HAMZAS:
        return "hamza"
    if letter == ar.TEH_MARBUTA:
        return "taa"
    if letter == ar.ALEF_MAKSURA:
        return "yaa"
    return "digits" if letter.isdecimal() else "letters"


@lru_cache(maxsize=8192)
def _letters(word: str) -> tuple[_Letter, ...]:
    """Return the letters of a word, without an alef at its end that only carries tanwin."""
    found: list[_Letter] = []
    for char in normalize("NFKC", word):
        if char in ar.TASHKEEL:
            if found:
                found[-1] = _Letter(found[-1].letter, found[-1].marks + char)
        elif char.isalnum() and char != ar.TATWEEL:
            found.append(_Letter(char, ""))
    if len(found) > 2 and found[-1].letter == ar.ALEF and ar.FATHATAN in found[-2].marks + found[-1].marks:
        last = found.pop()
        found[-1] = _Letter(found[-1].letter, found[-1].marks + last.marks)
    return tuple(found)
