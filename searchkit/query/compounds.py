"""Names of two words that are written as one as often: ``عبد العزيز`` and ``عبدالعزيز``, ``أبو بكر`` and ``أبوبكر``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar
from searchkit.query.equivalents import Alternative, Found
from searchkit.query.formulas import FORMULAS

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVANT = "عبد"
_FATHER = "ابو"
_OF_GOD = frozenset(("الله", "الدين"))
_OF_SUCH = (
    "نصر خير فضل جار سعد هبه عطا عطاء رزق فتح جاد ضيف مال عون عوض خلف حسب عز نور صلاح سيف شمس جمال كمال علاء بدر "
    "حسام شرف محي محيي ضياء بهاء عماد تقي نجم برهان فخر زين"
)
_FIRST = frozenset(_OF_SUCH.split())
_BEGINS = frozenset([first[:2] for first in (*_FIRST, _SERVANT, _FATHER)])
_ARTICLE = ar.ALEF + ar.LAM
_PROCLITICS = frozenset((ar.WAW, ar.FEH, ar.BEH, ar.LAM, ar.KAF))
_SHORTEST = 3  # letters of the second word


class Compounds:
    """Knows how such names are parted and joined."""

    def longest(self, first: str) -> int:
        """Return how many words a name has that begins with a folded word: two, one if it is joined, or none."""
        if first in _FIRST or first in (_SERVANT, _FATHER):
            return 2
        return 1 if _parted(first) else 0

    def find(self, words: Sequence[str]) -> Found:
        """Return the name at the beginning of folded words, written the other way."""
        if len(words) > 1 and _is_name(words[0], words[1]):
            joined = words[0] + words[1]
            return Found(2, (Alternative((joined,), joined),))
        parts = _parted(words[0]) if words else ()
        return Found(1, (Alternative(parts, " ".join(parts)),)) if parts else Found(0, ())


def _is_name(one: str, other: str) -> bool:
    if one == _SERVANT:
        return other.startswith(_ARTICLE) and len(other) >= _SHORTEST
    return len(other) >= _SHORTEST if one == _FATHER else one in _FIRST and other in _OF_GOD


def _parted(word: str) -> tuple[str, ...]:
    """Return the two words of a joined name; none if it is no such name."""
    if word[:2] not in _BEGINS:
        return ()
    for size in range(2, 6):
        if _is_name(word[:size], word[size:]):
            return word[:size], word[size:]
    return ()


def respelt(words: Sequence[str]) -> list[Alternative]:
    """Return the other ways to write a phrase with such names in it: all in one word, all in two, signs for formulas.

    Args:
        words: folded.
    """
    ways = [_rewritten(words, joined=True), _rewritten(words, joined=False), FORMULAS.with_signs(words)]
    return [Alternative(way, " ".join(way), exact=True) for way in dict.fromkeys(ways) if way != tuple(words)]


def _rewritten(words: Sequence[str], *, joined: bool) -> tuple[str, ...]:
    made: list[str] = []
    at = 0
    while at < len(words):
        before, name = _proclitic(words[at], words[at + 1] if at + 1 < len(words) else "")
        if at + 1 < len(words) and _is_name(name, words[at + 1]):
            made += [before + name + words[at + 1]] if joined else words[at : at + 2]
            at += 2
            continue
        one, *others = ("",) if joined else _parted(name) or ("",)
        made += [before + one, *others] if others else [words[at]]
        at += 1
    return tuple(made)


def _proclitic(word: str, following: str) -> tuple[str, str]:
    """Return a conjunction or preposition before a name, "" if there is none, and the name."""
    rest = word[1:]
    if word[:1] in _PROCLITICS and not _is_name(word, following) and not _parted(word):
        return (word[0], rest) if _is_name(rest, following) or _parted(rest) else ("", word)
    return "", word


COMPOUNDS = Compounds()
