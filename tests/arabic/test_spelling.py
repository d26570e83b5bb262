"""Spellings that fold to the same word, told apart again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.folding import fold
from searchkit.arabic.letters import has_tashkeel
from searchkit.arabic.spelling import DISTINCTIONS, agreement, spelling, tells_vowels

PAIRS = [
    ("hamza", "أحمد", "احمد"),
    ("hamza", "مسؤول", "مسئول"),
    ("hamza", "آستانة", "أستانة"),
    ("taa", "مدرسة", "مدرسه"),
    ("yaa", "على", "علي"),
    ("tashkeel", "كَتب", "كتب"),
    ("tashkeel", "دَرَّسَ", "دَرَسَ"),
    ("letters", "پاريس", "باريس"),
    ("letters", "SANA", "sana"),
    ("digits", "٢٠٢٤", "2024"),
]


@pytest.mark.parametrize(("kept", "one", "other"), PAIRS)
def test_only_the_distinction_that_is_kept_counts(kept: str, one: str, other: str) -> None:
    assert fold(one) == fold(other)
    for name in DISTINCTIONS:
        assert (spelling(one, {name}) == spelling(other, {name})) is (name != kept)
    assert spelling(one, ()) == spelling(other, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [("كتابًا", "كتاباً"), ("ﺳﻮﺭﻳﺎ", "سوريا"), ("كـتـاب", "كتاب"), ("مدرَّسة", "مدرَّسة"), ("أ", "ا\u0654")],
)
def test_what_looks_the_same_is_the_same(one: str, other: str) -> None:
    assert spelling(one, DISTINCTIONS) == spelling(other, DISTINCTIONS)


def test_an_alef_that_carries_tanwin_is_no_letter() -> None:
    assert spelling("كتابًا", {"hamza"}) == spelling("كتاب", {"hamza"})
    assert spelling("أمرًا", {"hamza"}) != spelling("امر", {"hamza"})


@pytest.mark.parametrize(
    ("asked", "written", "expected"),
    [
        ("مُدرِّسة", "مُدَرِّسة", 1),
        ("مُدرِّسة", "مدرسة", 0),
        ("مُدرِّسة", "مَدرسة", -1),
        ("مُدرِّسة", "مَدْرَسَةٌ", -1),
        ("مُدرِّسة", "المُدَرِّسَةِ", 1),
        ("مُدرِّسة", "والمدرّسة", 1),
        ("دَرَسَ", "دَرَّسَ", -1),
        ("دَرَّسَ", "درّس", 1),
        ("دَرَسَ", "درّس", -1),
        ("كِتَابٌ", "كِتَابٍ", 1),
        ("شَمس", "الشَّمس", 1),
        ("شَمس", "شمس", 0),
        ("قُوْل", "قُول", 1),
        ("عِلْم", "عَلَم", -1),
    ],
)
def test_vowels_agree_where_both_have_them(asked: str, written: str, expected: int) -> None:
    assert agreement(asked, written) == expected


def test_marks_at_the_end_of_a_word_tell_nothing() -> None:
    assert [word for word in ("جداً", "جدًا", "كتابٌ", "مَن", "مدرّسة", "كتاب", "") if tells_vowels(word)] == ["مَن", "مدرّسة"]


@given(st.text(st.sampled_from("ابدرسةىأ\u064e\u0650\u0651\u064b\u0640 x1٢"), max_size=12))
def test_a_spelling_is_that_of_itself_and_agrees_with_itself(word: str) -> None:
    for name in DISTINCTIONS:
        assert spelling(word, {name}) == spelling(word, {name, *()})
    assert agreement(word, word) >= 0
    assert agreement(word, "".join(char for char in word if not has_tashkeel(char))) == 0
