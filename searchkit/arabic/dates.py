"""Which days does a text speak of? Dates in words and numbers, of both calendars, and other ways to write them.

- `find_dates(text)`: the dates in a running text that say their year, with places;
- `parse_date(text)`: the days that a whole value stands for (one side of a ``date:`` range);
- `alternatives(words)`: for the words of a query, other ways to write the dates and numbers among them
  (from `rewordings`, which costs less to import).

Days of the hijra are those of `hijri`: one day off where the moon was sighted. If a day of the week stands beside such
a date and says another day, one day before or after, it is believed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from searchkit._core.buffers import uint32s
from searchkit.arabic import hijri
from searchkit.arabic.date_parts import YEAR_CUES, Part, Reader
from searchkit.arabic.folding import new_scanner
from searchkit.arabic.rewordings import alternatives
from searchkit.records import NamedTuple

__all__ = ["Days", "Mention", "alternatives", "find_dates", "parse_date"]

Days = tuple[dt.date, dt.date]

_TO = frozenset(("الي", "حتي", "لغايه", "to", "until", "au", "و"))
_FROM = frozenset(("من", "بين", "في", "خلال", "from", "between"))
_DASHES = frozenset("-–—")
_SATURDAY = 5
_YESTERDAY = {
    "اليوم": 0, "الان": 0, "today": 0, "now": 0, "امس": -1, "البارحه": -1, "yesterday": -1, "غدا": 1, "غد": 1,
    "tomorrow": 1, "اول امس": -2, "امس الاول": -2, "اول البارحه": -2, "بعد غد": 2,
}  # fmt: skip
_UNITS = {
    "اسبوع": "w", "الاسبوع": "w", "week": "w", "شهر": "m", "الشهر": "m", "month": "m",
    "عام": "y", "العام": "y", "سنه": "y", "السنه": "y", "year": "y",
}  # fmt: skip
_TURNS = {
    "هذا": 0, "هذه": 0, "this": 0, "الحالي": 0, "الحاليه": 0, "الجاري": 0, "الجاريه": 0,
    "الماضي": -1, "الماضيه": -1, "المنصرم": -1, "last": -1,
    "المقبل": 1, "المقبله": 1, "القادم": 1, "القادمه": 1, "next": 1,
}  # fmt: skip


class Mention(NamedTuple):
    """A date in a text; ``start`` and ``end`` are code points."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    hijri: bool


def find_dates(text: str) -> list[Mention]:
    """Return the dates in a text whose days are certain: a year is written, and they look like nothing else."""
    words, starts, ends = _words(text)
    reader = Reader(words, _gaps(text, starts, ends))
    return [
        Mention(starts[start], ends[end - 1], *days, hijri=_is_hijri(reader, start))
        for start, end, days in _mentions(reader, words, None)
    ]


def parse_date(text: str, now: dt.date | None = None, *, relative: bool = True) -> Days | None:
    """Return the first and last day of a value such as ``تشرين 2024``, ``30/11/2024``, ``أمس`` or ``2024-11``.

    A day, month or weekday without year is the last one that began by ``now`` (today, if not given). ``كانون`` alone is
    both months of that name: in a year, all of the year. None if the value as a whole is no date, or if it says no
    year and ``relative`` is false.
    """
    words, starts, ends = _words(text)
    if not words:
        return None
    if relative:
        now = now or dt.date.today()  # noqa: DTZ011 (days are those of the place where the question is asked)
        found = _relative(words, now)
        if found:
            return found
    else:
        now = None
    if len(words) > 3 and words[3][:1] == "t" and text.strip()[:4].isdigit():
        words, starts, ends = words[:3], starts[:3], ends[:3]  # the time of an ISO date
    reader = Reader(words, _gaps(text, starts, ends), is_value=True)
    skip = 1 if words[0] in YEAR_CUES or words[0] in _FROM else 0
    return _years_alone(reader, skip, len(words)) or _whole(reader, words, skip, now)


def _years_alone(reader: Reader, at: int, end: int) -> Days | None:
    """Return the days of a value that is a year, or two years as a range."""
    year = reader.year_alone(at)
    days = _resolve(year, None) if year else None
    if year is None or days is None or year.end == end:
        return days
    after = _connected(reader, reader.words, year.end)
    other = reader.year_alone(after) if after else None
    last = _resolve(other, None) if other and other.end == end else None
    return (days[0], last[1]) if last and days[0] < last[1] else None


def _whole(reader: Reader, words: Sequence[str], skip: int, now: dt.date | None) -> Days | None:
    """Return the days of a value that is one date with nothing but a time of day, or the same day again, after it."""
    for at in range(min(skip + 1, len(words))):
        found = _span(reader, words, at, now)
        if found is None:
            continue
        end, days = found
        if end < len(words) and words[end] in ("الموافق", "الموافقه") and end + 1 < len(words):
            other = _span(reader, words, end + 1, now)
            if other and other[0] == len(words):
                return other[1]
        if _is_time(words[end:]):
            return days
    return None


def _is_hijri(reader: Reader, at: int) -> bool:
    part = reader.part(at)
    return part is not None and part.hijri


def _words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the folded words of a text with their places."""
    types, starts, ends = uint32s(len(text)), uint32s(len(text)), uint32s(len(text))
    scanner = new_scanner()
    count = scanner.scan(text, types, starts, ends)
    return [scanner.word(types[i]) for i in range(count)], list(starts[:count]), list(ends[:count])


def _gaps(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """Return what stands before each word, without tatweel and marks of direction."""
    gaps = [text[end:start] for end, start in zip([0, *ends], starts, strict=False)]
    return [
        "".join([char for char in gap if char == "\n" or (char.isprintable() and char != "\u0640")]) for gap in gaps
    ]


def _mentions(reader: Reader, words: Sequence[str], now: dt.date | None) -> Iterator[tuple[int, int, Days]]:
    """Yield ordinals and days of dates, the longest from each word on; without ``now`` only those with a year."""
    at = 0
    while at < len(words):
        found = _span(reader, words, at, now)
        if found is None:
            at += 1
        else:
            yield at, found[0], found[1]
            at = found[0]


def _span(reader: Reader, words: Sequence[str], at: int, now: dt.date | None) -> tuple[int, Days] | None:
    """Return where the date or range of dates that begins at a word ends, and its days."""
    if words[at] in YEAR_CUES or words[at] in ("عامي", "بين"):
        return _years(reader, words, at, now)
    part = reader.part(at)
    bare = reader.day_alone(at) if part is None else None
    left = part or bare
    if left is None:
        return None
    right = _right(reader, words, left)
    if right:
        days = _range(reader, left, right, now)
        if days:
            return right.end, days
    if part is None or (now is None and (part.year is None or not (part.strong or reader.is_value))):
        return None
    days = _resolve(part, now)
    return (part.end, days) if days else None


def _years(reader: Reader, words: Sequence[str], at: int, now: dt.date | None) -> tuple[int, Days] | None:
    """Return the days of ``عام 2024`` or ``بين عامي 2011 و2015``."""
    begin = at + 1
    while begin < len(words) and words[begin] in ("عامي", "سنتي"):
        begin += 1
    year = reader.year_alone(begin)
    if year is None or year.year is None:
        return None
    end = _connected(reader, words, year.end)
    other = reader.year_alone(end) if end else None
    if other:
        days, last = _resolve(year, now), _resolve(other, now)
        if days and last and days[0] < last[1]:
            return other.end, (days[0], last[1])
    days = _resolve(year, now) if words[at] in YEAR_CUES else None
    return (year.end, days) if days else None


def _connected(reader: Reader, words: Sequence[str], at: int) -> int:
    """Return the word after "to" or a dash at a word; 0 if there is neither."""
    if at >= len(words):
        return 0
    if words[at] in _TO and at + 1 < len(words):
        return at + 1
    return at if reader.gaps[at].strip() in _DASHES | {"/"} else 0


def _right(reader: Reader, words: Sequence[str], left: Part) -> Part | None:
    """Return the second date of a range."""
    at = _connected(reader, words, left.end)
    if not at:
        return None
    if words[at - 1] == "و" and (left.start == 0 or words[left.start - 1] != "بين"):
        return None
    return reader.part(at)


def _range(reader: Reader, left: Part, right: Part, now: dt.date | None) -> Days | None:
    """Return the days of a range whose first date leaves out what the second says."""
    if now is None and (right.year is None or not (reader.is_value or (left.strong and right.strong))):
        return None
    if not left.months:
        left = left._replace(months=right.months, hijri=right.hijri, year=right.year) if right.day else left
    last = _resolve(right, now)
    if last is None or not left.months or (bool(left.day) != bool(right.day) and not reader.is_value):
        return None
    year = left.year or right.year or last[1].year
    first = _resolve(left._replace(year=year), now)
    if first and first[0] > last[1] and left.year is None:
        first = _resolve(left._replace(year=year - 1), now)
    return (first[0], last[1]) if first and first[0] < last[1] else None


def _resolve(part: Part, now: dt.date | None) -> Days | None:
    """Return the days a part stands for; without a year the last that began by ``now``."""
    if part.year is None:
        return _latest(part, now) if now else None
    if part.mixed:
        return _hijri_in(part, part.year)
    if not part.months:
        return hijri.year_days(part.year) if part.hijri else _gregorian(part.year, (), None)
    if not part.hijri:
        days = _gregorian(part.year, part.months, part.day)
        swapped = _gregorian(part.year, (part.day or 0,), part.months[0]) if part.swappable else None
        if days and swapped and part.weekday is not None and days[0].weekday() != part.weekday:
            return swapped if swapped[0].weekday() == part.weekday else days
        return days
    if part.day is None:
        return hijri.month_days(part.year, part.months[0])
    return _hijri_day(part, part.year)


def _gregorian(year: int, months: Sequence[int], day: int | None) -> Days | None:
    try:
        if not months:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        if day is not None:
            date = dt.date(year, months[0], day)
            return date, dt.date(year, months[-1], day)
        after = dt.date(year + max(months) // 12, max(months) % 12 + 1, 1) if year < dt.MAXYEAR else dt.date.max
        return dt.date(year, min(months), 1), after - dt.timedelta(1)
    except ValueError:
        return None


def _hijri_day(part: Part, year: int) -> Days | None:
    day = part.day or 1
    date = hijri.to_gregorian(year, part.months[0], day)
    if date is None and day == 30:  # sighted a day later than reckoned
        date = hijri.to_gregorian(year, part.months[0], 29)
        date = date + dt.timedelta(1) if date else None
    if date is None:
        return None
    if part.weekday is not None:
        off = (part.weekday - date.weekday() + 3) % 7 - 3
        if abs(off) == 1:
            date += dt.timedelta(off)
    return date, date


def _hijri_in(part: Part, year: int) -> Days | None:
    """Return the month or day of the hijra that began in a Gregorian year."""
    near = (year - 622) * 33 // 32
    for candidate in range(near + 2, near - 2, -1):
        days = _resolve(part._replace(year=candidate, mixed=False), None)
        if days and days[0].year == year:
            return days
    return None


def _latest(part: Part, now: dt.date) -> Days | None:
    """Return the last day, month or weekday that began by a day."""
    if not part.months:
        if part.weekday is None:
            return None
        date = now - dt.timedelta((now.weekday() - part.weekday) % 7)
        return date, date
    day = hijri.from_gregorian(now) if part.hijri else None
    latest = day[0] if day else now.year
    for year in range(latest, latest - 9, -1):  # 29 February may be eight years away
        days = _resolve(part._replace(year=year), now)
        if days and days[0] <= now:
            return days
    return None


def _is_time(words: Sequence[str]) -> bool:
    """Return whether words after a date are a time of day and its zone."""
    numbers = [word for word in words if word.isdigit()]
    if len(numbers) > 3 and len(numbers[-1]) == 4:
        numbers.pop()  # +0300
    if len(numbers) == 1 or any(len(number) > 2 for number in numbers):
        return False
    return all(word in _TIME for word in words if not word.isdigit())


_TIME = frozenset(("ص", "م", "مساء", "صباحا", "am", "pm", "gmt", "utc", "z", "الساعه", "t"))


def _relative(words: Sequence[str], now: dt.date) -> Days | None:
    """Return the days of ``أمس``, ``الأسبوع الماضي``, ``آخر 7 أيام`` and the like."""
    shift = _YESTERDAY.get(" ".join(words))
    if shift is not None:
        return _around(now, shift, shift)
    if len(words) == 2:
        unit = _UNITS.get(words[0]) or _UNITS.get(words[1])
        turn = _TURNS.get(words[0], _TURNS.get(words[1]))
        if unit and turn is not None:
            return _PERIODS[unit](now, turn)
    if len(words) == 3 and words[0] in ("اخر", "last") and words[2] in ("ايام", "يوم", "يوما", "days"):
        count = int(words[1]) if words[1].isdigit() and len(words[1]) <= 4 else 0
        return _around(now, 1 - count, 0) if count else None
    return None


def _around(now: dt.date, first: int, last: int) -> Days | None:
    try:
        return now + dt.timedelta(first), now + dt.timedelta(last)
    except OverflowError:
        return None


def _week(now: dt.date, turn: int) -> Days | None:
    """Return a week from Saturday to Friday."""
    since = (now.weekday() - _SATURDAY) % 7
    return _around(now, 7 * turn - since, 7 * turn - since + 6)


def _month(now: dt.date, turn: int) -> Days | None:
    year, month = divmod(now.year * 12 + now.month - 1 + turn, 12)
    return _gregorian(year, (month + 1,), None)


def _year(now: dt.date, turn: int) -> Days | None:
    return _gregorian(now.year + turn, (), None)


_PERIODS: dict[str, Callable[[dt.date, int], Days | None]] = {"w": _week, "m": _month, "y": _year}
