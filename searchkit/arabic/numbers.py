"""Which number do these words write, and which words write this number? Folded surfaces on both sides.

Words are joined as writers join them: units before tens, hundreds and thousands before both (``ألفان ومئتان وأربعة
وخمسون``) or, in old years, after both (``ست وثلاثين وأربعمئة وألف``); each further part with ``و``. Cases, genders, the
article and the spellings of a hundred make no difference. Digits may stand before a scale (``3 آلاف``, ``1.5 مليون``).

Not numbers on their own: ``واحد`` and ``أحد`` (somebody), ``ألف`` (a letter, "wrote"), ``الاثنين`` and ``الأحد``
(days), ``آلاف`` and ``مئات`` (many), ``الست`` ("the lady") and its like; nor anything before ``ونصف``, which is not
counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.records import NamedTuple

Phrase = tuple[str, ...]

MAX_NUMBER = 999_999_999_999
MAX_PHRASES = 12

_UNITS = (
    "واحد واحده احد احدي|اثنان اثنين اثنتان اثنتين اتنين|ثلاثه ثلاث تلاته تلات|اربعه اربع|خمسه خمس|سته ست|سبعه سبع"
    "|ثمانيه ثماني ثمان تمانيه تمنيه|تسعه تسع|عشره عشر"
)
_TEENS = "حداشر|اتناشر اطناشر|تلتاشر تلطاشر|اربعتاشر|خمستاشر|ستاشر|سبعتاشر|تمنتاشر|تسعتاشر"
_TENS = "عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع"
_HUNDREDS = "ثلاث|اربع|خمس|ست|سبع|ثمان ثماني|تسع"
_ORDINALS = (
    "اول اولي|ثاني ثانيه ثان|ثالث ثالثه|رابع رابعه|خامس خامسه|سادس سادسه|سابع سابعه|ثامن ثامنه|تاسع تاسعه|عاشر عاشره"
)
_LONELY = "واحد واحده احد احدي اثنا اثني اثنتا اثنتي الف الفا الاف ملايين مليارات بلايين ميات"
_LONELY_WITH_ARTICLE = "اثنين اثنان اتنين ست سبع خمس عشر ثمان ثماني تسع ثلاث اربع ميه مايه"

_UNIT, _TEN_PART, _TEEN, _TENS_KIND, _HUNDRED_PART, _HUNDRED, _SCALE, _DUAL, _DIGITS = range(9)


class _Item(NamedTuple):
    """One word of a number."""

    kind: int
    value: float
    joined: bool  # with و
    definite: bool
    bare: str = ""  # the word without what is joined to it


def _vocabulary() -> dict[str, tuple[int, int]]:
    """Return kind and value of every word that is part of a number."""
    made: dict[str, tuple[int, int]] = {}
    for value, forms in enumerate(_UNITS.split("|"), 1):
        made.update(dict.fromkeys(forms.split(), (_UNIT, value)))
    made.update(dict.fromkeys(("عشره", "عشر"), (_TEN_PART, 10)))
    made.update(dict.fromkeys(("اثنا", "اثني", "اثنتا", "اثنتي"), (_UNIT, 2)))
    for value, forms in enumerate(_TEENS.split("|"), 11):
        made.update(dict.fromkeys(forms.split(), (_TEEN, value)))
    for value, stem in enumerate(_TENS.split("|"), 2):
        made.update(dict.fromkeys((stem + "ون", stem + "ين"), (_TENS_KIND, 10 * value)))
    made["تلاتين"], made["تمانين"] = (_TENS_KIND, 30), (_TENS_KIND, 80)
    made.update(dict.fromkeys(("ميه", "مايه", "ميات"), (_HUNDRED_PART, 100)))
    made.update({stem + end: (_HUNDRED, 200) for stem in ("ميت", "مايت") for end in ("ان", "ين", "ا", "ي")})
    for value, forms in enumerate(_HUNDREDS.split("|"), 3):
        made.update({form + end: (_HUNDRED, 100 * value) for form in forms.split() for end in ("ميه", "مايه")})
    for value, scale in ((10**3, "الف"), (10**6, "مليون"), (10**9, "مليار"), (10**9, "بليون")):
        made[scale] = (_SCALE, value)
        made.update({scale + end: (_DUAL, value) for end in ("ان", "ين", "ا", "ي")})
    for value, plural in ((10**3, "الاف"), (10**6, "ملايين"), (10**9, "مليارات"), (10**9, "بلايين")):
        made[plural] = (_SCALE, value)
    return made


_WORDS = _vocabulary()
_PREPOSITIONS = frozenset("بلفك")
_NEVER_ALONE = frozenset(_LONELY.split())
_NEVER_ALONE_DEFINITE = frozenset(_LONELY_WITH_ARTICLE.split())
_FRACTIONS = frozenset(("ونصف", "وربع", "وثلث"))
_ORDINAL_OF = {form: value for value, forms in enumerate(_ORDINALS.split("|"), 1) for form in forms.split()}
_ELEVENTH = frozenset(("حادي", "حاديه"))
_TENTH = frozenset(("عشر", "عشره"))


def parse_number(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the number that begins at the first of the folded words and how many of them it takes, or None."""
    items = list(_items(words))
    if not items:
        return None
    state = _Sum()
    used = 0
    while used < len(items) and state.take(items[used], items[used + 1] if used + 1 < len(items) else None):
        used += 1
    value = state.value()
    if not used or value is None or (used < len(words) and words[used] in _FRACTIONS):
        return None
    if used == 1 and not _alone(items[0]):
        return None
    return value, used


def parse_ordinal(words: Sequence[str]) -> tuple[int, int] | None:
    """Return which place from 1 to 99 the folded words name (``الخامس والعشرين``) and how many of them it takes."""
    first = _ordinal_part(words[0]) if words else None
    if first is None:
        return None
    value, is_tens = first
    if is_tens:
        return value, 1
    second = words[1] if len(words) > 1 else ""
    if _without(second, "ال") in _TENTH and value < 10:
        return 10 + value, 2
    if second.startswith("و"):
        tens = _WORDS.get(_without(second[1:], "ال"), (_UNIT, 0))
        if tens[0] == _TENS_KIND and value < 10:
            return tens[1] + value, 2
    return None if _without(words[0], "ال") in _ELEVENTH else (value, 1)


def number_words(number: int) -> tuple[Phrase, ...]:
    """Return up to ``MAX_PHRASES`` ways to write a number from 0 to ``MAX_NUMBER``, the usual first."""
    if not 0 < number <= MAX_NUMBER:
        return (("صفر",),) if number == 0 else ()
    made: dict[Phrase, None] = {}
    for hundred in ("ميه", "مايه"):
        for feminine in (False, True):
            for oblique in (True, False):
                made[_write(number, feminine=feminine, oblique=oblique, hundred=hundred)] = None
    return tuple(made)[:MAX_PHRASES]


def ordinal_words(number: int) -> tuple[Phrase, ...]:
    """Return the ways to write a place from 1 to 99 with the article: ``الخامس والعشرين`` and so on."""
    if not 0 < number < 100:
        return ()
    tens, unit = divmod(number, 10)
    if not unit and tens > 1:
        return tuple([("ال" + _TENS.split("|")[tens - 2] + end,) for end in ("ين", "ون")])
    if number <= 10:
        return tuple([("ال" + form,) for form in _ORDINALS.split("|")[number - 1].split()[:2]])
    units = ("حادي", "حاديه") if unit == 1 else tuple(_ORDINALS.split("|")[unit - 1].split()[:2])
    if tens == 1:
        return (("ال" + units[0], "عشر"), ("ال" + units[1], "عشره"))
    stem = "وال" + _TENS.split("|")[tens - 2]
    return tuple([("ال" + form, stem + end) for form in units for end in ("ين", "ون")])


class _Sum:
    """The number so far: finished thousands and more, and the group below them."""

    def __init__(self) -> None:
        self.total = 0.0
        self.scale = float("inf")  # the smallest scale so far
        self.hundreds = self.tens = self.units = 0.0
        self.digits: float | None = None
        self.last = -1

    def group(self) -> float:
        return self.hundreds + self.tens + self.units if self.digits is None else self.digits

    def value(self) -> int | None:
        value = self.total + self.group()
        return int(value) if value == int(value) and value <= MAX_NUMBER else None

    def take(self, item: _Item, after: _Item | None) -> bool:
        """Add the next word and return True, or return False where the number has ended before it."""
        fits = self._fits(item, after)
        if fits:
            self._add(item)
            self.last = item.kind
        return fits

    def _fits(self, item: _Item, after: _Item | None) -> bool:
        started = self.last >= 0
        kind = item.kind
        if kind == _TEN_PART and not item.joined and started:
            return self.last == _UNIT and not self.tens
        if kind == _HUNDRED_PART and not item.joined and started:
            return self.last == _UNIT and self.units > 2 and not self.hundreds and not self.tens
        if kind in (_SCALE, _DUAL) and not item.joined and started:
            return bool(self.group()) and item.value < self.scale
        if started and not item.joined:
            return False
        if self.digits is not None:
            return False
        if kind == _UNIT:
            return not self.units and not self.tens and _unit_fits(item, after, started=started)
        if kind in (_TEN_PART, _TEEN):
            return not self.units and not self.tens
        if kind == _TENS_KIND:
            return not self.tens and self.units < 10
        if kind in (_HUNDRED, _HUNDRED_PART):
            return not self.hundreds
        if kind == _DIGITS:
            return not started
        return item.value < self.scale  # a scale after و adds to what stands before it

    def _add(self, item: _Item) -> None:
        kind = item.kind
        if kind in (_UNIT, _TEEN) or (kind == _TEN_PART and self.last != _UNIT):
            self.units = item.value
        elif kind in (_TEN_PART, _TENS_KIND):
            self.tens = item.value
        elif kind == _HUNDRED_PART and self.last == _UNIT and not item.joined:
            self.hundreds, self.units = self.units * 100, 0
        elif kind in (_HUNDRED, _HUNDRED_PART):
            self.hundreds = item.value
        elif kind == _DIGITS:
            self.digits = item.value
        else:
            self._scale(item)

    def _scale(self, item: _Item) -> None:
        self.scale = item.value
        if self.group() and not item.joined:
            self.total += self.group() * item.value
            self.hundreds = self.tens = self.units = 0
            self.digits = None
        else:
            self.total += item.value * (2 if item.kind == _DUAL else 1)


def _unit_fits(item: _Item, after: _Item | None, *, started: bool) -> bool:
    """Return whether a unit may stand here: "one" needs a number beside it."""
    if item.value != 1 or started:
        return True
    return after is not None and ((after.kind == _TENS_KIND and after.joined) or after.kind == _TEN_PART)


def _items(words: Sequence[str]) -> Iterator[_Item]:
    for index, word in enumerate(words):
        item = _item(word, first=index == 0)
        if item is None:
            return
        if index and word == "واحد" and _goes_on(words[index + 1 : index + 2]):
            item = item._replace(joined=True)  # "and one", not "one": both are written alike
        yield item


def _goes_on(after: Sequence[str]) -> bool:
    """Return whether a ten follows, so that "one" before it is a unit."""
    item = _item(after[0], first=False) if after else None
    return item is not None and (item.kind == _TEN_PART or (item.kind == _TENS_KIND and item.joined))


def _item(word: str, *, first: bool) -> _Item | None:
    """Return what a word adds to a number; only the first may have a preposition before it."""
    if word in _WORDS:
        return _Item(*_WORDS[word], joined=False, definite=False, bare=word)
    joined = word.startswith("و")
    bare = word[1:] if joined else word
    if not joined and first and bare[:1] in _PREPOSITIONS:
        bare = "ا" + bare[1:] if bare.startswith("لل") else bare[1:]
    definite = bare not in _WORDS and bare.startswith("ال")
    bare = bare[2:] if definite else bare
    if bare in _WORDS:
        return _Item(*_WORDS[bare], joined=joined, definite=definite, bare=bare)
    return _digits(word) if first and not joined else None


def _digits(word: str) -> _Item | None:
    if not word[:1].isdigit() or not word.isascii() or len(word) > 15:
        return None
    whole, _, part = word.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        return None
    return _Item(_DIGITS, float(word), joined=False, definite=False)


def _alone(item: _Item) -> bool:
    """Return whether one word without others is a number."""
    if item.bare in _NEVER_ALONE:
        return False
    return not (item.definite and item.bare in _NEVER_ALONE_DEFINITE)


def _ordinal_part(word: str) -> tuple[int, bool] | None:
    """Return the value of the first word of an ordinal, and whether it is a whole ten."""
    for form in (word, _without(word, "و"), _without(word, "ب"), _without(word, "ل")):
        bare = _without(form, "ال") if not form.startswith("ل") else form[1:]
        if bare in _ELEVENTH:
            return 1, False
        value = _ORDINAL_OF.get(bare)
        if value is not None:
            return value, False
        kind, tens = _WORDS.get(bare, (_UNIT, 0))
        if kind == _TENS_KIND and bare != form:
            return tens, True
    return None


def _without(word: str, prefix: str) -> str:
    return word.removeprefix(prefix)


def _write(number: int, *, feminine: bool, oblique: bool, hundred: str) -> Phrase:
    """Write a number; the scales count as masculine, the last group as told."""
    parts: list[Phrase] = []
    dual = "ين" if oblique else "ان"
    for scale, one, many in ((10**9, "مليار", "مليارات"), (10**6, "مليون", "ملايين"), (1000, "الف", "الاف")):
        count, number = divmod(number, scale)
        if count == 1:
            parts.append((one,))
        elif count == 2:
            parts.append((one + dual,))
        elif count:
            counted = _group(count, feminine=False, oblique=oblique, hundred=hundred)
            parts += [*counted[:-1], (*counted[-1], many if 3 <= count % 100 <= 10 else one)]
    if number:
        parts += _group(number, feminine=feminine, oblique=oblique, hundred=hundred)
    words = list(parts[0])
    for part in parts[1:]:
        words += ["و" + part[0], *part[1:]]
    return tuple(words)


def _group(number: int, *, feminine: bool, oblique: bool, hundred: str) -> list[Phrase]:
    """Return the parts of a number below 1,000 that ``و`` joins."""
    hundreds, rest = divmod(number, 100)
    parts: list[Phrase] = []
    if hundreds == 1:
        parts.append((hundred,))
    elif hundreds == 2:
        parts.append((hundred[:-1] + ("تين" if oblique else "تان"),))
    elif hundreds:
        parts.append((_HUNDREDS.split("|")[hundreds - 3].split(maxsplit=1)[0] + hundred,))
    tens, unit = divmod(rest, 10)
    if 10 < rest < 20:
        parts.append((_unit(unit, feminine=feminine, oblique=oblique, in_teen=True), "عشره" if feminine else "عشر"))
        return parts
    if unit or rest == 10:
        parts.append((_unit(rest if rest == 10 else unit, feminine=feminine, oblique=oblique, in_teen=False),))
    if tens > 1:
        parts.append((_TENS.split("|")[tens - 2] + ("ين" if oblique else "ون"),))
    return parts


def _unit(number: int, *, feminine: bool, oblique: bool, in_teen: bool) -> str:
    """Return a word for 1 to 10 as it stands before what is counted; from 3 on its gender is the other one."""
    if number == 1:
        return ("احدي" if feminine else "احد") if in_teen else ("واحده" if feminine else "واحد")
    if number == 2:
        stem = "اثنت" if feminine else "اثن"
        return stem + (("ي" if oblique else "ا") if in_teen else ("ين" if oblique else "ان"))
    forms = _UNITS.split("|")[number - 1].split()
    return forms[1] if feminine else forms[0]
