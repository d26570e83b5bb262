"""Days of the hijra and Gregorian days.

From 1343 to 1500 (1924 to 2077) months are those of the Umm al-Qura calendar of Saudi Arabia (data/hijri.txt). Before
and after, they are those of the civil tabular calendar: 30 and 29 days in turn, with a leap day in 11 of 30 years (2,
5, 7, 10, 13, 16, 18, 21, 24, 26, 29), counted from Friday 16 July 622 of the Julian calendar.

Where months begin with a sighted moon, as in Morocco, a day may be one off, sometimes two. Where the two calendars
meet, a day may have no name, or two; Umm al-Qura names it then.
"""

from __future__ import annotations

import datetime as dt
import functools
import os

_FILE = os.path.join(os.path.dirname(__file__), "data", "hijri.txt")
_EPOCH = 227015  # 1 Muharram 1: 19 July 622 in the proleptic Gregorian calendar, as datetime counts days
_LEAP = frozenset((2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29))
MAX_YEAR = 9660  # the last that ends before the year 10000

HijriDay = tuple[int, int, int]  # year, month, day


def month_days(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and last Gregorian day of a month of the hijra; None if there is no such month."""
    if not (1 <= year <= MAX_YEAR and 1 <= month <= 12):
        return None
    found = _table().get(year)
    if found:
        start, lengths = found
        first = start + sum(lengths[: month - 1])
        length = lengths[month - 1]
    else:
        first = _new_year(year) + 29 * (month - 1) + month // 2
        length = 30 if month % 2 or (month == 12 and year % 30 in _LEAP) else 29
    return dt.date.fromordinal(first), dt.date.fromordinal(first + length - 1)


def year_days(year: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and last Gregorian day of a year of the hijra; None if there is no such year."""
    first, last = month_days(year, 1), month_days(year, 12)
    return (first[0], last[1]) if first and last else None


def to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian day; None if there is no such day (the 30th of a month may be missing)."""
    days = month_days(year, month)
    if days is None or not 1 <= day <= (days[1] - days[0]).days + 1:
        return None
    return days[0] + dt.timedelta(day - 1)


def from_gregorian(date: dt.date) -> HijriDay | None:
    """Return year, month and day of the hijra; None before its first year."""
    number = date.toordinal()
    if number < _EPOCH:
        return None
    year = min(max((number - _EPOCH) * 30 // 10631 + 1, 1), MAX_YEAR)
    for candidate in sorted((year, year + 1, year - 1), key=lambda known: known not in _table()):
        days = year_days(candidate)
        if days and days[0] <= date <= days[1]:
            return _in_year(candidate, date)
    return None


def from_gregorian_day(year: int, month: int, day: int) -> HijriDay | None:
    """Return the day of the hijra of a Gregorian one; None if there is no such day."""
    try:
        return from_gregorian(dt.date(year, month, day))
    except ValueError:
        return None


def _in_year(year: int, date: dt.date) -> HijriDay | None:
    for month in range(1, 13):
        days = month_days(year, month)
        if days and days[0] <= date <= days[1]:
            return year, month, (date - days[0]).days + 1
    return None


def _new_year(year: int) -> int:
    """Return the ordinal of 1 Muharram in the tabular calendar: years of 354 days, and 11 leap days in 30 years."""
    return _EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30


@functools.cache
def _table() -> dict[int, tuple[int, list[int]]]:
    """Return the ordinal of each year's first day and the lengths of its months."""
    made: dict[int, tuple[int, list[int]]] = {}
    with open(_FILE, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                year, day, lengths = line.split()
                start = dt.date.fromisoformat(day).toordinal()
                made[int(year)] = (start, [28 + "8901".index(digit) for digit in lengths])
    return made
