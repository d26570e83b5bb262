"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.folding import fold
from searchkit.arabic.numbers import (
    MAX_NUMBER,
    MAX_PHRASES,
    number_words,
    ordinal_words,
    parse_number,
    parse_ordinal,
)


def parsed(text: str) -> tuple[int, int] | None:
    return parse_number(fold(text).split())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ألفان ومئتان وأربعة وخمسون", 2254), ("ألفين ومائتين وأربع وخمسين", 2254), ("خمسة وعشرون", 25),
        ("مئة", 100), ("مائة", 100), ("ميّة", 100), ("ثلاثمئة", 300), ("ثلاثمائة", 300), ("ثلاث مئة", 300),
        ("ثمانمئة", 800), ("ثمانيمائة", 800), ("الثلاثين", 30), ("للثلاثين", 30), ("أحد عشر", 11),
        ("إحدى عشرة", 11), ("اثنا عشر", 12), ("اثنتي عشرة", 12), ("ثلاثة عشر", 13), ("ستاشر", 16), ("عشر", 10),
        ("واحد وعشرون", 21), ("مئة وواحد", 101), ("مئة وأحد عشر", 111), ("ثلاثة آلاف", 3000), ("3 آلاف", 3000),
        ("15 ألفا", 15000), ("خمسمائة وثلاثة عشر ألفا وستة", 513006), ("مئتي ألف", 200_000), ("مليون", 10**6),
        ("1.5 مليون", 1_500_000), ("بخمسة ملايين", 5 * 10**6), ("مليونان وثلاثة آلاف", 2_003_000),
        ("مليار ومليون", 1_001_000_000), ("ست وثلاثين وأربعمئة وألف", 1436), ("ألف وخمسمئة", 1500), ("٢٢٥٤", 2254),
        ("ألفي شخص", 2000), ("تلاتة", 3),
    ],
)  # fmt: skip
def test_words_are_numbers(text: str, number: int) -> None:
    found = parsed(text)
    assert found is not None
    assert found[0] == number


@pytest.mark.parametrize(
    "text",
    ["واحد", "كل واحد", "أحد", "ألف", "آلاف", "ملايين", "الاثنين", "الأحد", "الست", "نصف", "مليون ونصف", "1.5",
     "كتاب", "", "اثنا", "الثالث", "عشرات", "بمليارات", "بواحد", "بألف", "للألف", "والألف", "الفلاح", "وصل"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert parsed(text) is None


def test_a_number_ends_where_the_next_word_does_not_continue_it() -> None:
    assert parsed("خمسة وستة") == (5, 1)
    assert parsed("مئة مئة") == (100, 1)
    assert parsed("ثلاثة كتب") == (3, 1)
    assert parsed("مليون واحد") == (10**6, 1)
    assert parsed("خمسة وعشرون وثلاثون") == (25, 2)


@given(st.integers(2, MAX_NUMBER), st.booleans())
def test_a_number_is_read_back_from_every_way_to_write_it(number: int, small: bool) -> None:
    number = number % 10_000 + 2 if small else number
    phrases = number_words(number)
    assert 0 < len(phrases) <= MAX_PHRASES
    for phrase in phrases:
        assert fold(" ".join(phrase)).split() == list(phrase)
        lone_thousand = phrase == ("الف",)
        assert parse_number(phrase) == (None if lone_thousand else (number, len(phrase)))


@given(st.integers(1, 99))
def test_a_place_is_read_back_from_every_way_to_write_it(number: int) -> None:
    assert {parse_ordinal((*phrase, "من")) == (number, len(phrase)) for phrase in ordinal_words(number)} == {True}


@given(st.integers(3, 99_999))
def test_pyarabic_agrees_about_what_it_knows(number: int) -> None:
    converter = pytest.importorskip("pyarabic.number")
    if number == 1000:
        return  # a word on its own that means other things too
    masculine = number_words(number)[0]  # of the feminine it drops "two" and "one" after another number
    words = " ".join([SPELT.get(word, word) for word in masculine])
    for folded, spelt in (("ميت", "مئت"), ("ميه", "مئة"), ("ه ", "ة "), ("واحد", "وأحد"), ("احد ", "أحد ")):
        words = f"{words} ".replace(folded, spelt).strip()
    assert parse_number(masculine) == (converter.text2number(words), len(masculine))


SPELT = {
    "الف": "ألف", "والف": "وألف", "الاف": "آلاف", "الفين": "ألفين", "اربعه": "أربعة", "واربعه": "وأربعة",
    "اربعين": "أربعين", "واربعين": "وأربعين", "اربعميه": "أربعمئة", "واربعميه": "وأربعمئة", "واحد": "واحد",
}  # fmt: skip
