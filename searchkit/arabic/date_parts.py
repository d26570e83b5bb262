"""What dates are made of, read from folded words and from what stands between them: day, month, year, weekday.

Numbers stand day first, as Arabic writes them, unless only the other order is a date; a year of four digits may come
first. A year from 1300 to 1460 (1883 to 2038) is one of the hijra unless ``م`` follows or its month is Gregorian.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.arabic import months
from searchkit.arabic.numbers import parse_number, parse_ordinal
from searchkit.records import NamedTuple

_HIJRI_ERA = frozenset(("ه", "هجري", "هجريه", "للهجره", "ah"))
_GREGORIAN_ERA = frozenset(("م", "ميلادي", "ميلاديه", "للميلاد", "ad", "ce"))
_OF = frozenset(("من", "شهر", "لشهر", "في", "of", "de", "th", "st", "nd", "rd", "er", "the"))
_OF_YEAR = frozenset(("من", "عام", "سنه", "لعام", "لسنه", "العام", "السنه", "في", "of"))
HIJRI_YEARS = range(1300, 1461)  # those of news and archives; of 1492 people speak as a Gregorian year
YEAR_CUES = frozenset("عام سنه لعام لسنه العام السنه بعام وعام منذ year".split())  # noqa: SIM905
_FIRST_DAY = frozenset(("غره", "فاتح", "الفاتح"))
_STRANGE = frozenset('.!؟?:;؛\n|«»"“”')  # what no date has between its words
_NEXT_TO = frozenset("/.-–—:٫٬")  # a number joined to another by these is part of something longer
SEPARATORS = frozenset("/-.–")
_JOINED = frozenset(("", "/", "(", "-", "–"))
_PREFIXES = "وفبلك"


class Part(NamedTuple):
    """A date as far as it is written; ``start`` and ``end`` are ordinals of words."""

    start: int
    end: int
    day: int | None = None
    months: tuple[int, ...] = ()
    year: int | None = None
    hijri: bool = False
    weekday: int | None = None
    mixed: bool = False  # a month of the hijra in a Gregorian year
    strong: bool = True  # its words cannot well be anything else
    swappable: bool = False  # day and month in numbers, either of which may be the month


class _Month(NamedTuple):
    """The name of a month."""

    numbers: tuple[int, ...]  # two for a bare تشرين
    hijri: bool
    end: int
    weak: bool
    libyan: bool


class Reader:
    """Reads parts of dates at given words; ``gaps[i]`` is the text before word i."""

    def __init__(self, words: Sequence[str], gaps: Sequence[str], *, is_value: bool = False) -> None:
        self.words = words
        self.gaps = gaps
        self.is_value = is_value  # known to be a date, so that what may be something else is one

    def part(self, at: int) -> Part | None:
        """Return the date that begins at a word, as long as it goes, or None."""
        weekday, after = self._weekday(at)
        strong = weekday is not None and tuple(self.words[at:after]) not in months.WEAK
        if weekday is not None and not strong:  # "one" and "two" are days too
            number = self._textual(at)
            if number is not None:
                return number
        begin = after
        if weekday is not None:
            while self._word(begin) in ("الموافق", "المصادف", "يوم", "بتاريخ") and self._near(begin):
                begin += 1
        found = self._numeric(begin) or self._textual(begin) if self._near(begin, first=begin == at) else None
        if found is None:
            return Part(at, after, weekday=weekday, strong=strong) if weekday is not None else None
        return found._replace(start=at, weekday=weekday)

    def day_alone(self, at: int) -> Part | None:
        """Return a bare number that may be the day of a date whose month comes later."""
        day, after = self._day(at)
        return Part(at, after, day=day) if day is not None else None

    def year_alone(self, at: int) -> Part | None:
        """Return a year without month."""
        year, hijra, after = self._year(at, month_hijri=None)
        return Part(at, after, year=year, hijri=bool(hijra)) if year is not None else None

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _gap(self, at: int) -> str:
        return self.gaps[at].strip() if 0 < at < len(self.words) else ""

    def _near(self, at: int, *, first: bool = False) -> bool:
        """Return whether a word goes on with what stands before it."""
        return first or (0 < at < len(self.words) and not _STRANGE.intersection(self.gaps[at]))

    def _weekday(self, at: int) -> tuple[int | None, int]:
        after = at
        while self._word(after) in ("يوم", "ليوم", "مساء", "صباح", "فجر") and after < at + 2:
            after += 1
        number = months.weekday_of((self._word(after),))
        return (number, after + 1) if number is not None else (None, at)

    def _day(self, at: int) -> tuple[int | None, int]:
        word = self._word(at)
        if word.isdigit() and word.isascii():
            return (int(word), at + 1) if len(word) <= 2 and 1 <= int(word) <= 31 else (None, at)
        if word in _FIRST_DAY:
            return 1, at + 1
        window = self.words[at : at + 4]
        found = parse_ordinal(window) or parse_number(window)
        return (found[0], at + found[1]) if found and 1 <= found[0] <= 31 else (None, at)

    def _month(self, at: int) -> _Month | None:
        """Return the month whose name begins at a word."""
        for length in range(months.LONGEST_NAME, 0, -1):
            for name in self._names(at, length):
                found = months.months_of(name, weak=True)
                hijra = months.hijri_month_of(name)
                numbers = found or ((hijra,) if hijra else ())
                if numbers:
                    libyan = bool(found) and not months.months_of(name)
                    end = self._same_month(at + length, numbers) if found else at + length
                    return _Month(numbers, not found, end, weak=name in months.WEAK, libyan=libyan)
        return None

    def _names(self, at: int, length: int) -> list[tuple[str, ...]]:
        """Return what may be a name of so many words: as written, and without a preposition before it."""
        name = tuple(self.words[at : at + length])
        if len(name) < length or not all(map(self._near, range(at + 1, at + length))):
            return []
        bare = name[0][1:] if name[0][:1] in _PREFIXES else ""
        return [name, (bare, *name[1:])] if bare else [name]

    def _same_month(self, at: int, months_before: tuple[int, ...]) -> int:
        """Return where a second name of the same month ends, as in ``أكتوبر (تشرين الأول)``."""
        if at >= len(self.words) or self._gap(at) not in _JOINED:
            return at
        for length in (2, 1):
            if months.month_of(self.words[at : at + length]) in months_before and at + length <= len(self.words):
                return at + length
        return at

    def _era(self, at: int) -> tuple[bool | None, int]:
        word = self._word(at)
        if _STRANGE.intersection(self._gap(at)):
            return None, at
        if word in _HIJRI_ERA:
            return True, at + 1
        return (False, at + 1) if word in _GREGORIAN_ERA else (None, at)

    def _year(self, at: int, *, month_hijri: bool | None) -> tuple[int | None, bool | None, int]:
        """Return a year, whether it is of the hijra (None where the month decides), and the word after it."""
        word = self._word(at)
        if word.isdigit() and word.isascii():
            year, after = int(word), at + 1
            if len(word) > 4:
                return None, None, at
        else:
            found = parse_number(self.words[at : at + 8])
            if found is None or not 1300 <= found[0] < 2200:
                return None, None, at
            year, after = found[0], at + found[1]
        if (self._word(after) == "ق" and self._word(after + 1) == "م") or self._word(after) == "قبل":
            return None, None, at  # before the era
        era, after = self._era(after)
        if era is None:
            if not 1000 <= year < 2200:
                return None, None, at
            if month_hijri is None or month_hijri:
                era = year <= 1500 if month_hijri else year in HIJRI_YEARS
        return (year, era, after) if year else (None, None, at)

    def _textual(self, at: int) -> Part | None:
        day, after = self._day(at)
        named = after
        while day is not None and self._word(named) in _OF and self._near(named) and named < after + 3:
            named += 1
        found = self._month(named) if day is None or self._near(named) else None
        if found is None or (found.hijri and day == 31):
            return None
        end = found.end
        if day is None and self._word(named).isascii():
            day, end = self._english_day(end)
        year, of_hijra, last = self._year_after(end, month_hijri=found.hijri)
        if found.libyan and (day is None or year is None):
            return None
        if year is not None and of_hijra and not found.hijri:
            year = None  # a Gregorian month has no such year
        mixed = found.hijri and of_hijra is False
        strong = day is not None or not found.weak or (year is not None and not mixed)
        return Part(
            at, end if year is None else last, day, found.numbers, year, found.hijri, mixed=mixed, strong=strong
        )

    def _english_day(self, at: int) -> tuple[int | None, int]:
        """Return the day after the month, as in ``November 30, 2024``; a year after it must follow."""
        word = self._word(at)
        if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31 and self._gap(at) in ("", "."):
            after = at + 1 + (self._word(at + 1) in ("th", "st", "nd", "rd"))
            year = self._word(after)
            if len(year) == 4 and year.isdigit() and self._gap(after) in ("", ","):
                return int(word), after
        return None, at

    def _year_after(self, at: int, *, month_hijri: bool) -> tuple[int | None, bool | None, int]:
        after = at
        while self._word(after) in _OF_YEAR and self._near(after) and after < at + 3:
            after += 1
        if after >= len(self.words) or not (self._near(after) or self._gap(after) in (".", ")")):
            return None, None, at
        return self._year(after, month_hijri=month_hijri)

    def _numeric(self, at: int) -> Part | None:
        """Return a date of two or three numbers with one separator."""
        values = self._numbers(at)
        if len(values) == 3:
            return self._three(at, values)
        if len(values) == 2 and "." not in self._gap(at + 1) and not self._month(at + 2):
            return self._two(at, values)
        return None

    def _numbers(self, at: int) -> list[str]:
        """Return the numbers from a word on that one separator joins; none if they are part of something else."""
        if self._gap(at)[-1:] in _NEXT_TO and self._word(at - 1).isdigit():
            return []
        separator = self._gap(at + 1)
        if len(separator) != 1 or separator not in SEPARATORS:
            return []
        end = at + 1
        while end < len(self.words) and self._gap(end) == separator and self._word(end).isdigit():
            end += 1
        values = list(self.words[at:end])
        if not values[0].isdigit() or max(map(len, values)) > 4 or not "".join(values).isascii():
            return []
        if end < len(self.words) and self.words[end].isdigit() and self.gaps[end] in _NEXT_TO - {":"}:
            return []
        return values

    def _three(self, at: int, values: list[str]) -> Part | None:
        first, month, last = (int(value) for value in values)
        if len(values[0]) == 4 and len(values[2]) <= 2:
            year, day, short = first, last, False
        elif len(values[0]) <= 2 and len(values[2]) in (2, 4):
            year, day, short = last, first, len(values[2]) == 2
        else:
            return None
        if len(values[1]) > 2:
            return None
        era, end = self._era(at + 3)
        if short:
            if era is None and "/" not in self._gap(at + 1):
                return None
            year += 1400 if era else (2000 if year < 70 else 1900)
        elif era is None and not (year in HIJRI_YEARS or 1461 <= year < 2200):
            return None
        swapped = month > 12 >= day and self._gap(at + 1) != "."  # month first is never written with points
        if swapped:
            day, month = month, day
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        hijra = year in HIJRI_YEARS if era is None else era
        either = not swapped and day <= 12 and len(values[0]) <= 2
        strong = not (short and either and era is None)
        return Part(at, end, day, (month,), year, hijra, strong=strong, swappable=either)

    def _two(self, at: int, values: list[str]) -> Part | None:
        era, end = self._era(at + 2)
        one, other = int(values[0]), int(values[1])
        for year, month, digits in ((one, other, values), (other, one, values[::-1])):
            if len(digits[0]) == 4 and len(digits[1]) <= 2 and 1 <= month <= 12:
                hijra = year in HIJRI_YEARS if era is None else era
                if hijra or 1461 <= year < 2200:
                    return Part(at, end, None, (month,), year, hijra, strong=False)
        if max(map(len, values)) > 2:
            return None
        day, month = (other, one) if other > 12 >= one else (one, other)
        if 1 <= day <= 31 and 1 <= month <= 12:
            return Part(at, at + 2, day, (month,), strong=False, swappable=day <= 12)
        return None
