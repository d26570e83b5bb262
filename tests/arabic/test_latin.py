"""Arabic words in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.latin import LONGEST, readings

WORDS = [
    "لافروف", "سوريا", "استانا", "حلب", "محمود", "عربي", "غوطه", "الرياض", "القذافي", "واشنطن", "شكسبير", "الله",
    "سعد", "كتاب", "كاتب", "مدرسه", "بوتين", "حسين", "نوفمبر", "بيروت",
]  # fmt: skip


def read(word: str, words: list[str] = WORDS) -> list[tuple[str, float]]:
    found = readings(word, lambda text: any(one.startswith(text) for one in words), words.__contains__)
    assert [cost for _, cost in found] == sorted(cost for _, cost in found)
    return found


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("lavrov", "لافروف"), ("syria", "سوريا"), ("souria", "سوريا"), ("astana", "استانا"), ("7alab", "حلب"),
        ("halab", "حلب"), ("ma7moud", "محمود"), ("mahmud", "محمود"), ("3arabi", "عربي"), ("ghouta", "غوطه"),
        ("riyadh", "الرياض"), ("al-riyadh", "الرياض"), ("gaddafi", "القذافي"), ("kadhafi", "القذافي"),
        ("washington", "واشنطن"), ("shakespeare", "شكسبير"), ("allah", "الله"), ("sa3d", "سعد"), ("saad", "سعد"),
        ("kitab", "كتاب"), ("madrasa", "مدرسه"), ("putin", "بوتين"), ("hussein", "حسين"), ("november", "نوفمبر"),
        ("beirut", "بيروت"),
    ],
)  # fmt: skip
def test_names_and_chats_are_read(latin: str, arabic: str) -> None:
    assert read(latin)[0][0] == arabic


@pytest.mark.parametrize(
    "word",
    ["", "ab", "1234", "xyz€", "été", "سوريا", "qwrtpsdfg", "b" * 3, "a" * (LONGEST + 30), "table", "lavrov lavrov"],
)
def test_what_writes_no_word_of_the_index_is_read_as_none(word: str) -> None:
    assert read(word) == []


def test_figures_are_letters_only_where_they_write_one() -> None:
    assert read("1ala4") == []
    assert read("7ob", ["حب"]) == [("حب", pytest.approx(0.5))]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz23456789'-", max_size=30))
def test_whatever_is_read_is_one_of_the_words_and_only_once(word: str) -> None:
    found = [arabic for arabic, _ in read(word)]
    assert set(found) <= set(WORDS)
    assert len(set(found)) == len(found)
