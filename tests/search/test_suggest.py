"""Words that may have been meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.arabic.confusions import edit_cost


@pytest.fixture
def index(tmp_path: Any) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        for i in range(6):
            writer.add(id=str(i), title="مدرسة", text="المدرسة والمعلم في سوريا" if i else "المدرصه المدرعه المدرعه")
    return searchkit.open(str(tmp_path))


def terms(index: searchkit.Index, word: str) -> list[tuple[str, int]]:
    return [(suggestion.term, suggestion.df) for suggestion in index.suggest(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("المدرصة", [("المدرسه", 5)]),  # it is there, but rarer
        ("المدرثة", [("المدرسه", 5), ("المدرصه", 1), ("المدرعه", 1)]),
        ("سوريةا", [("سوريا", 5)]),
        ("سروياا", [("سوريا", 5)]),
        ("مدرسة", []),
        ("سوريا", []),
        ("ظظظظظظ", []),
    ],
)
def test_near_words_by_how_frequent_they_are(
    index: searchkit.Index, word: str, expected: list[tuple[str, int]]
) -> None:
    assert terms(index, word) == expected


@pytest.mark.parametrize("word", ["", "في", "كلمة أخرى", "؟", "ا" * 1000, "\ud800"])
def test_what_is_no_word_or_too_short_has_no_neighbours(index: searchkit.Index, word: str) -> None:
    assert index.suggest(word) == []


def test_no_more_than_the_limit(index: searchkit.Index) -> None:
    assert len(index.suggest("المدرثة", 2)) == 2


def test_segments_count_together(index: searchkit.Index) -> None:
    with index.writer() as writer:
        for i in range(6):
            writer.add(id=f"more {i}", text="المدرعة")
    index.refresh()
    assert terms(index, "المدرععة") == [("المدرعه", 7)]


def test_two_words_in_one_are_as_frequent_as_the_rarer(index: searchkit.Index) -> None:
    one = index.suggest("المدرسةالمدرعة")[0]
    assert (one.written, one.df) == ("المدرسة المدرعه", 1)


def test_a_suggestion_comes_with_its_spelling_and_what_the_edits_cost(index: searchkit.Index) -> None:
    one = index.suggest("المدرصة")[0]
    assert (one.written, one.cost) == ("المدرسة", 0.5)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("s,vdh", "سوريا"),  # the other keyboard layout
        ("souria", "سوريا"),
        ("Madrasa", "مدرسة"),
        ("سورياالمدرسة", "سوريا المدرسة"),  # no space
        ("مدرسةفي", "مدرسة في"),  # teh marbuta ends words
    ],
)
def test_the_other_layout_latin_letters_and_words_in_one_are_read(
    index: searchkit.Index, word: str, written: str
) -> None:
    assert index.suggest(word)[0].written == written


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءabcdeghiklmnorstuvyz,;[]'37", max_size=14))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_suggestions_are_words_of_the_index_and_not_what_was_typed(
    index: searchkit.Index, word: str
) -> None:
    for one in index.suggest(word):
        assert one.df > 0
        assert one.term != searchkit.fold(word)
        assert all(index.search(f"={part}", fallback=False).total for part in one.written.split())
        assert searchkit.fold(one.written) == one.term


@given(st.text(alphabet="ابتسصضظذدهيوءا", max_size=10), st.text(alphabet="ابتسصضظذدهيوءا", max_size=10))
def test_edits_cost_nothing_for_the_same_word_only(word: str, other: str) -> None:
    assert (edit_cost(word, other) == 0) == (word == other)
    assert edit_cost(word, other) <= 1.4 * (len(word) + len(other))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("التغاظي", "التغاضي", "التغابي"),  # one sound
        ("المزراع", "المزارع", "المزروع"),  # swapped
        ("االشرق", "الشرق", "والشرق"),  # doubled
        ("الطاريء", "الطاري", "التاريء"),  # a hamza that has a seat
        ("دكرها", "ذكرها", "فكرها"),
    ],
)
def test_what_writers_confuse_costs_less(word: str, near: str, far: str) -> None:
    assert edit_cost(word, near) < edit_cost(word, far)
