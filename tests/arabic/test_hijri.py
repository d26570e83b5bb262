"""Days of the hijra."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic import hijri


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ((1436, 10, 26), dt.date(2015, 8, 11)),  # from datelines of the Saudi press agency
        ((1436, 10, 5), dt.date(2015, 7, 21)),
        ((1445, 9, 1), dt.date(2024, 3, 11)),
        ((1400, 1, 1), dt.date(1979, 11, 20)),
        ((1343, 1, 1), dt.date(1924, 8, 1)),
        ((1, 1, 1), dt.date(622, 7, 19)),  # 16 July in the Julian calendar
        ((656, 2, 4), dt.date(1258, 2, 16)),  # the fall of Baghdad: 10 February in the Julian calendar, by sight
        ((857, 5, 21), dt.date(1453, 6, 8)),  # of Constantinople: 29 May; a day less by sight
    ],
)  # fmt: skip
def test_known_days(day: hijri.HijriDay, date: dt.date) -> None:
    found = hijri.to_gregorian(*day)
    assert found is not None
    assert abs((found - date).days) <= (0 if day[0] >= 1343 or day[0] == 1 else 1)


@given(st.dates(dt.date(1924, 8, 1), dt.date(2077, 11, 16)) | st.dates(dt.date(622, 7, 19), dt.date(1924, 7, 1)))
def test_every_day_has_one_name_and_is_found_by_it(date: dt.date) -> None:
    day = hijri.from_gregorian(date)
    assert day is not None
    assert hijri.to_gregorian(*day) == date


def test_months_follow_each_other() -> None:
    for years in (range(1, 1343), range(1343, 1501), range(1501, 1700)):
        months = [hijri.month_days(year, month) for year in years for month in range(1, 13)]
        known = [days for days in months if days]
        assert len(known) == len(months)
        for (_, last), (first, _) in pairwise(known):
            assert (first - last).days == 1
        assert {(last - first).days + 1 for first, last in known} <= (
            {28, 29, 30, 31} if years[0] == 1343 else {29, 30}
        )


def test_days_that_are_not() -> None:
    assert hijri.to_gregorian(1436, 13, 1) is None
    assert hijri.to_gregorian(1436, 10, 31) is None
    assert hijri.to_gregorian(1436, 9, 30) is None  # that Ramadan had 29 days
    assert hijri.to_gregorian(0, 1, 1) is None
    assert hijri.from_gregorian(dt.date(600, 1, 1)) is None
