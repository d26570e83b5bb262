"""Names of months and days in every tradition."""

import pytest

from searchkit.arabic import months
from searchkit.arabic.folding import fold

TRADITIONS = {
    "Egypt": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "Gulf": "يناير فبراير مارس إبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "Levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "Iraq": "كانون_الثاني شباط آذار نيسان مايس حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "Algeria, Tunisia": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "Morocco": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "Mauritania": "يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر",
    "English": "January February March April May June July August September October November December",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "abbreviated": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}


@pytest.mark.parametrize("tradition", TRADITIONS)
def test_twelve_names_of_a_tradition_are_the_twelve_months(tradition: str) -> None:
    names = [fold(name).split() for name in TRADITIONS[tradition].split()]
    assert [months.month_of(name) for name in names] == list(range(1, 13))


def test_libyan_names_are_known_where_other_words_are_ruled_out() -> None:
    names = "أي النار|النوار|الربيع|الطير|الماء|الصيف|ناصر|هانيبال|الفاتح|التمور|الحرث|الكانون"
    assert [months.month_of(fold(name).split(), weak=True) for name in names.split("|")] == list(range(1, 13))
    assert months.month_of(["الصيف"]) is None


@pytest.mark.parametrize(
    ("spellings", "month"),
    [
        ("محرم|المحرّم", 1), ("صفر", 2), ("ربيع الأول", 3), ("ربيع الثاني|ربيع الآخر", 4),
        ("جمادى الأولى|جمادى الأول|جماد أول", 5), ("جمادى الآخرة|جمادى الثانية|جماد الثاني", 6), ("رجب", 7),
        ("شعبان", 8), ("رمضان|رمضان المبارك", 9), ("شوّال", 10), ("ذو القعدة|ذي القعدة|ذوالقعدة", 11),
        ("ذو الحجة|ذي الحجّة", 12),
    ],
)  # fmt: skip
def test_spellings_of_a_hijri_month(spellings: str, month: int) -> None:
    assert {months.hijri_month_of(fold(name).split()) for name in spellings.split("|")} == {month}


def test_tishreen_alone_is_either() -> None:
    assert months.months_of(["تشرين"]) == (10, 11)
    assert months.months_of(["تشرين", "الثاني"]) == (11,)
    assert months.month_of(["تشرين"]) is None
    assert months.months_of(["كتاب"]) == ()


def test_weekdays_count_from_monday() -> None:
    for line in (
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    ):
        assert [months.weekday_of(fold(name).split()) for name in line.split()] == list(range(7))


def test_names_are_folded_and_each_says_one_thing() -> None:
    tables = (months.MONTHS, months.HIJRI_MONTHS, months.WEEKDAYS, months.LIBYAN)
    names = [name for table in tables for number in table for name in table[number]]
    assert len(names) == len(set(names))
    assert [name for name in names if tuple(fold(" ".join(name)).split()) != name] == []
    assert max(map(len, names)) == months.LONGEST_NAME
    assert set(names) >= months.WEAK
