"""Dates in words and numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic import cues, hijri, months
from searchkit.arabic.dates import find_dates, parse_date
from searchkit.arabic.folding import fold
from searchkit.arabic.numbers import number_words, ordinal_words
from searchkit.arabic.rewordings import MAX_ALTERNATIVES, alternatives

NOW = dt.date(2024, 12, 10)


def days(text: str) -> tuple[str, str] | None:
    found = parse_date(text, NOW)
    return (found[0].isoformat(), found[1].isoformat()) if found else None


def day(text: str) -> str | None:
    found = days(text)
    return found[0] if found and found[0] == found[1] else None


@pytest.mark.parametrize(
    "text",
    [
        "30 نوفمبر 2024", "٣٠ تشرين الثاني ٢٠٢٤", "30 نونبر 2024", "30/11/2024", "2024-11-30", "30-11-2024",
        "30.11.2024", "2024/11/30", "11/30/2024", "30/11/24", "٣٠/١١/٢٠٢٤م", "30 / 11 / 2024", "السبت 30 نوفمبر 2024",
        "يوم السبت، 30 نوفمبر 2024", "السبت الموافق 30 نوفمبر 2024", "الثلاثين من نوفمبر 2024",
        "الثلاثين من شهر نوفمبر عام 2024", "30 نوفمبر/تشرين الثاني 2024", "30 نوفمبر (تشرين الثاني) 2024",
        "30 نوفمبر ألفين وأربعة وعشرين", "November 30, 2024", "Nov. 30, 2024", "30 November 2024", "30-Nov-2024",
        "30th of November 2024", "30 novembre 2024", "28 جمادى الأولى 1446", "28/5/1446", "1446/5/28 هـ",
        "2024-11-30T10:20:30Z", "2024-11-30 10:20", "28 جمادى الأولى 1446 هـ الموافق 30 نوفمبر 2024 م", "30 نوفمبر",
        "30/11", "30 تشرين الثاني", "Sat, 30 Nov 2024 10:20:30 GMT", "Sat, 30 Nov 2024 10:20:30 +0300",
        "30/11/2024 10:20 ص", "السبت 30 نوفمبر 2024 الساعة 10:20 مساء", "30 نوفمبر 2024، 10:20",
    ],
)  # fmt: skip
def test_one_day_in_many_ways(text: str) -> None:
    assert day(text) == "2024-11-30"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("نوفمبر 2024", "2024-11-01", "2024-11-30"), ("تشرين 2024", "2024-10-01", "2024-11-30"),
        ("تشرين الثاني 2024", "2024-11-01", "2024-11-30"), ("2024-11", "2024-11-01", "2024-11-30"),
        ("11/2024", "2024-11-01", "2024-11-30"), ("2024", "2024-01-01", "2024-12-31"),
        ("٢٠٢٤", "2024-01-01", "2024-12-31"), ("عام 2024", "2024-01-01", "2024-12-31"),
        ("عام ألفين وأربعة وعشرين", "2024-01-01", "2024-12-31"), ("كانون 2024", "2024-01-01", "2024-12-31"),
        ("1445", "2023-07-19", "2024-07-06"), ("1445 هـ", "2023-07-19", "2024-07-06"),
        ("1492", "1492-01-01", "1492-12-31"), ("عام 1400 م", "1400-01-01", "1400-12-31"),
        ("رمضان 1445", "2024-03-11", "2024-04-09"), ("رمضان 2024", "2024-03-11", "2024-04-09"),
        ("رمضان", "2024-03-11", "2024-04-09"), ("أكتوبر", "2024-10-01", "2024-10-31"),
        ("ديسمبر", "2024-12-01", "2024-12-31"), ("مارس", "2024-03-01", "2024-03-31"),
        ("أكتوبر - نوفمبر 2024", "2024-10-01", "2024-11-30"), ("2011-2015", "2011-01-01", "2015-12-31"),
        ("بين عامي 2011 و2015", "2011-01-01", "2015-12-31"), ("4 إلى 15 أغسطس 2015", "2015-08-04", "2015-08-15"),
        ("4-15 أغسطس 2015", "2015-08-04", "2015-08-15"), ("بين 4 و15 أغسطس 2015", "2015-08-04", "2015-08-15"),
        ("من 31 يوليو إلى 4 سبتمبر 2015", "2015-07-31", "2015-09-04"),
        ("من 20 ديسمبر إلى 5 يناير 2024", "2023-12-20", "2024-01-05"), ("12/1999", "1999-12-01", "1999-12-31"),
        ("الأسبوع الماضي", "2024-11-30", "2024-12-06"), ("هذا الشهر", "2024-12-01", "2024-12-31"),
        ("العام الماضي", "2023-01-01", "2023-12-31"), ("آخر 7 أيام", "2024-12-04", "2024-12-10"),
    ],
)  # fmt: skip
def test_longer_times(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمس", "2024-12-09"), ("اليوم", "2024-12-10"), ("today", "2024-12-10"), ("yesterday", "2024-12-09"),
        ("غداً", "2024-12-11"), ("أول أمس", "2024-12-08"), ("السبت", "2024-12-07"), ("الثلاثاء", "2024-12-10"),
        ("15 ديسمبر", "2023-12-15"), ("غرة ذي القعدة 1436", "2015-08-16"), ("فاتح نونبر 2024", "2024-11-01"),
        ("الفاتح من سبتمبر 1969", "1969-09-01"), ("الخامس والعشرين من شهر يونيو 2015م", "2015-06-25"),
        ("أحد عشر من نوفمبر 2020", "2020-11-11"), ("10 محرم 61 هـ", "0680-10-13"), ("29 مايو 1453", "1453-05-29"),
        ("26 شوال 1436 هـ", "2015-08-11"), ("5 جانفي 2011", "2011-01-05"), ("3 غشت 2010", "2010-08-03"),
        ("3 آب 2010", "2010-08-03"), ("13 فيفري 1960", "1960-02-13"), ("3 مايس 1941", "1941-05-03"),
        ("10/11/2024", "2024-11-10"), ("السبت 10/5/2024", "2024-10-05"),
        ("29 فبراير", "2024-02-29"), ("1/9/36 هـ", "2015-06-18"), ("5 التمور 1990", "1990-10-05"),
        ("١٠/١٠/١٤٣٦", "2015-07-26"), ("السبت 10/10/1436", "2015-07-25"),
    ],
)  # fmt: skip
def test_one_day(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "سوريا", "30 نوفمبر 2024 سوريا", "31 نوفمبر 2024", "32/11/2024", "30/13/2024", "2024-13", "واحد", "بعد", "0",
     "29 فبراير 2023", "12345", "شهر", "2024-11-30-5", "الأسبوع", "و", "30 ق م", "نوفمبر 300", "ديسمبر 9999"],
)  # fmt: skip
def test_values_that_are_no_dates(text: str) -> None:
    assert days(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "فاز 2-1", "النتيجة 3-0 و2-1", "الإصدار 1.2.3", "البقرة 2:255", "الآية 2:183-187", "نسبة 1/2", "24/7", "9/11",
        "هاتف 011-4567-890", "+963-11-2024567", "00963 11 2024", "192.168.1.1", "12.165.507.000 ريال", "1436/1437هـ",
        "2015-2016", "عدد 2024 شخصا", "الربيع العربي 2011", "في 2000 شخص",
        "مارس الرياضة 3 مرات", "5 أيام", "10:30 صباحا",
        "1-2-3", "خطة 4-3-3", "1/2/3/4", "ساعة 12/11/10", "ISBN 978-3-16-148410-0", "شعبان عبد الرحيم 2010",
        "رجب 30 عاما", "44 قبل الميلاد", "30 ق.م", "مادة 12/2015", "قرار رقم 66/2254", "القرار 2254 (2015)", "8.5/10",
        "1,500", "3.14", "من 5 إلى 7 سنوات", "صفر 2024", "30 نوفمبر", "السبت", "١٢٣٤-٥٦٧٨-٩٠١٢",
        "99/99/2024", "2024/99/99",
        "v2024.11.30.1",
    ],
)  # fmt: skip
def test_texts_without_certain_dates(text: str) -> None:
    assert find_dates(text) == []


def test_dates_have_their_places_in_the_text() -> None:
    text = "قُتل في ٣٠ تشـرين الثاني ٢٠٢٤، وكان وُلد عام 1980 (15 رمضان 1400 هـ) في بيروت."
    assert [(text[found.start : found.end], found.first.isoformat()) for found in find_dates(text)] == [
        ("٣٠ تشـرين الثاني ٢٠٢٤", "2024-11-30"),
        ("عام 1980", "1980-01-01"),
        ("15 رمضان 1400 هـ", "1980-07-27"),
    ]


@given(st.text(alphabet="0123456789٣٠/-.: نوفمبرشتيال()،هـم\n", max_size=40))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.first <= found.last
    parse_date(text, NOW)
    for start, end, others in alternatives(fold(text).split()):
        assert start < end
        assert len(others) <= MAX_ALTERNATIVES


@given(st.dates(dt.date(1924, 8, 1), dt.date(2038, 1, 1)), st.data())
def test_a_day_is_read_from_all_ways_to_write_it(date: dt.date, data: st.DataObject) -> None:
    gregorian = months.MONTHS[date.month]
    islamic = hijri.from_gregorian(date)
    assert islamic is not None
    name = " ".join(data.draw(st.sampled_from(gregorian)))
    weekday = " ".join(months.WEEKDAYS[date.weekday()][0])
    spelt = " ".join(data.draw(st.sampled_from(ordinal_words(date.day))))
    year = " ".join(data.draw(st.sampled_from(number_words(date.year))))
    hijri_name = " ".join(data.draw(st.sampled_from(months.HIJRI_MONTHS[islamic[1]])))
    ways = [
        f"{date.day} {name} {date.year}", f"{weekday} {date.day} {name} {date.year}", f"{spelt} من {name} {date.year}",
        f"{date.day}/{date.month}/{date.year}", f"{date.day:02}-{date.month:02}-{date.year}", date.isoformat(),
        f"{date.year}/{date.month}/{date.day} م", f"{date.day} {name} عام {year}",
        f"{islamic[2]} {hijri_name} {islamic[0]}", f"{islamic[2]}/{islamic[1]}/{islamic[0]}هـ",
        f"{islamic[0]}-{islamic[1]}-{islamic[2]}",
    ]  # fmt: skip
    for way in ways:
        assert parse_date(way, NOW) == (date, date), way


@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)))
def test_other_ways_to_write_a_day_are_the_same_day(date: dt.date) -> None:
    words = (str(date.day), *months.MONTHS[date.month][0], str(date.year))
    [(start, end, others)] = alternatives(words)
    assert (start, end) == (0, len(words))
    assert 5 <= len(others) <= MAX_ALTERNATIVES
    for other in others:
        text = " ".join(other) if not all(map(str.isdigit, other)) else "/".join(other)
        assert parse_date(text, NOW) == (date, date), other


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("أكتوبر", "تشرين الأول"), ("تشرين الأول", "أكتوبر"), ("تشرين", "نوفمبر"), ("يوليو", "تموز"),
        ("يوليو", "جويلية"),
        ("أغسطس", "غشت"), ("أغسطس", "شهر آب"), ("٣٠ نوفمبر", "30 تشرين الثاني"), ("٣٠ نوفمبر", "30/11"),
        ("٣٠ نوفمبر", "الثلاثين من نوفمبر"), ("ألفان ومئتان وأربعة وخمسون", "2254"),
        ("٢٢٥٤", "ألفين ومائتين وأربعة وخمسين"), ("2254", "ألفان ومئتان وأربعة وخمسون"),
        ("القرن 21", "الحادي والعشرين"),
        ("القرن التاسع عشر", "19"), ("3 آلاف", "3000"), ("3000", "3 آلاف"), ("ثلاثة قتلى", "3"),
        ("5/7/2015", "5 تموز 2015"),
        ("15 رمضان 1445", "25 مارس 2024"), ("جمادى الآخرة", "جمادى الثانية"), ("أحد عشر لاعبا", "11"),
        ("2/3/2015", "02/03/2015"),
    ],
)  # fmt: skip
def test_a_query_finds_what_texts_write_otherwise(query: str, written: str) -> None:
    words = fold(query).split()
    assert cues.may_mention(words)
    every = [other for _, _, others in alternatives(words) for other in others]
    assert tuple(fold(written).split()) in every


@pytest.mark.parametrize(
    "query",
    [
        "آب",
        "واحد",
        "الملك عبد الله الثاني",
        "كل أحد",
        "ألف ليلة وليلة",
        "0114567890",
        "السبت",
        "وزير الخارجية",
        "1",
        "الأول",
    ],
)
def test_nothing_is_said_of_words_that_may_be_others(query: str) -> None:
    assert alternatives(fold(query).split()) == []


def test_cues_are_seen_wherever_there_is_something_to_say() -> None:
    names = [name for table in (months.MONTHS, months.HIJRI_MONTHS) for month in table for name in table[month]]
    phrases = [*names, *[("الثالث", "من", *name) for name in names], *[("و" + name[0], *name[1:]) for name in names]]
    for number in [*range(2, 200), 1000, 2000, 3000, 5000, 10**6, 2 * 10**9, 5 * 10**6]:
        phrases += [*number_words(number), *ordinal_words(number)]
    said = [phrase for phrase in phrases if alternatives(phrase)]
    assert len(said) > 800
    assert [phrase for phrase in said if not cues.may_mention(phrase)] == []
    assert not cues.may_mention(fold("وزير الخارجية الروسي الأول لافروف يزور سوريا أي كل واحد الذي").split())
