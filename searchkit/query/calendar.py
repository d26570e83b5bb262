"""Dates and numbers as names with other ways to write them; what knows them all is imported when a query has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.cues import CUES, may_mention
from searchkit.query.equivalents import Alternative, Found

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_KEPT = 4096
_MAX_WORDS = 16
_MOST_DECIMALS = 2  # behind a comma; three may be thousands
_MOST = 16  # ways to write a number
_BEGINS = frozenset(  # what begins a number in words though it says nothing by itself
    [
        "احد",
        "احدي",
        "واحد",
        "واحده",
        "اثنا",
        "اثني",
        "اثنتا",
        "اثنتي",
        "ذو",
        "ذي",
        "ذا",
        "الف",
        "الفا",
        "ميات",
        "مليون",
        "مليار",
        "حادي",
        "ثاني",
        "ثالث",
        "رابع",
        "خامس",
        "سادس",
        "سابع",
        "ثامن",
        "تاسع",
        "عاشر",
        "اول",
    ]
)
_FORMS = CUES | _BEGINS | {f"{word}ه" for word in _BEGINS}
_ENDINGS_OF_ALL = frozenset([word[-3:] for word in _FORMS])  # what is joined to a word stands before it


class Calendar:
    """Knows dates and numbers; any number of threads may share it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Found] = {}

    def longest(self, first: str) -> int:
        """Return how many words a date or number that begins with a folded word may have; 0 if none begins so."""
        if first[-3:] not in _ENDINGS_OF_ALL and first[-2:] not in _ENDINGS_OF_ALL and not first[:1].isdigit():
            return 0
        return _MAX_WORDS if may_mention((first,)) or _begins(first) else 0

    def find(self, words: Sequence[str]) -> Found:
        """Return how many words the date or number at the beginning of some has, and other ways to write it."""
        key = tuple(words)
        found = self._found.get(key)
        if found is None:
            found = _find(key) if may_mention(words) else Found(0, ())
            if len(self._found) >= _MAX_KEPT:
                self._found.clear()
            self._found[key] = found
        return found


def _begins(word: str) -> bool:
    """Tell whether a number may begin with a word, or with what is left of it without what is joined to it."""
    rests = (word, word[1:]) if word[:1] in "وفبلك" else (word,)
    for rest in rests:
        for form in (rest, rest[2:]) if rest[:2] in ("ال", "لل") else (rest,):
            if form in _BEGINS or (form[-1:] == "ه" and form[:-1] in _BEGINS):
                return True
    return False


def _find(words: tuple[str, ...]) -> Found:
    from searchkit.arabic.months import month_of
    from searchkit.arabic.rewordings import alternatives

    for start, size, phrases in alternatives(words)[:1]:
        if start:
            break
        for at in range(size - 1):  # of a longer date the month alone: its day and year are written one way
            if size > 2 and month_of(words[at : at + 2]):
                return Found(0, ()) if at else _find(words[:2])
        return Found(size, tuple([_alternative(phrase) for phrase in phrases[:_MOST]]))
    whole, point, part = words[0].partition(".")
    if point and whole.isdecimal() and part.isdecimal() and len(part) <= _MOST_DECIMALS:
        return Found(1, (Alternative((whole, part), f"{whole},{part}", exact=True),))
    return Found(0, ())


def _alternative(words: tuple[str, ...]) -> Alternative:
    """Return a date or number; numbers as they are spelt, since two hundred is a form of hundred."""
    from searchkit.arabic.months import WEAK, month_of

    return Alternative(
        words, " ".join([_written(word) for word in words]), exact=month_of(words) is None or words in WEAK
    )


def _written(word: str) -> str:
    """Return a folded word as people write it."""
    if "a" <= word[:1] <= "z":
        return word.capitalize()
    if word in ("الاول", "الاولي"):
        return "الأول" if word == "الاول" else "الأولى"
    if word in ("يوليه", "يونيه") or word in _HAMZAS:
        return _HAMZAS.get(word, word)
    for folded, proper in _ENDINGS:
        if word.endswith(folded):
            word = word.removesuffix(folded) + proper
            break
    joined = "و" if word[:1] == "و" and len(word) > 2 else ""  # no month and no number begins with it
    bare = word.removeprefix(joined)
    if bare.startswith("اربع"):
        return joined + "أ" + bare[1:]
    return joined + _NUMBERS.get(bare, bare)


_ENDINGS = (
    ("مايه", "مئة"), ("ميه", "مئة"), ("مايتان", "مئتان"), ("مايتين", "مئتين"), ("ميتان", "مئتان"), ("ميتين", "مئتين"),
    ("ه", "ة"),
)  # fmt: skip
_NUMBERS = {
    "الف": "ألف", "الفان": "ألفان", "الفين": "ألفين", "الاف": "آلاف", "احد": "أحد", "احدي": "إحدى", "جمادي": "جمادى",
}  # fmt: skip
_HAMZAS = {
    name.replace("أ", "ا").replace("آ", "ا"): name
    for name in ("أكتوبر", "أبريل", "أفريل", "أغسطس", "أيلول", "أيار", "آذار", "آب", "أوت", "أغشت", "أول")
}

CALENDAR = Calendar()


def is_month(words: tuple[str, ...]) -> bool:
    """Tell whether folded words are the name of a month."""
    if not may_mention(words):
        return False
    from searchkit.arabic.months import month_of

    return month_of(words) is not None
