"""Words that may have been meant."""

from __future__ import annotations

from typing import Any

import pytest

import searchkit


@pytest.fixture
def index(tmp_path: Any) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        for i in range(6):
            writer.add(id=str(i), title="مدرسة", text="المدرسة والمعلم في سوريا" if i else "المدرصه المدرعه المدرعه")
    return searchkit.open(str(tmp_path))


def terms(index: searchkit.Index, word: str) -> list[tuple[str, int, float]]:
    return [tuple(suggestion) for suggestion in index.suggest(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("المدرصة", [("المدرسه", 5, 0.5)]),  # it is there, but rarer
        ("المدرثة", [("المدرسه", 5, 0.5), ("المدرصه", 1, 0.5), ("المدرعه", 1, 1.0)]),
        ("سوريةا", [("سوريا", 5, 1.0)]),
        ("سروياا", [("سوريا", 5, 2.0)]),
        ("مدرسة", []),
        ("سوريا", []),
        ("ظظظظظظ", []),
    ],
)
def test_near_words_by_how_frequent_they_are(
    index: searchkit.Index, word: str, expected: list[tuple[str, int, float]]
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
    assert terms(index, "المدرععة") == [("المدرعه", 7, 1.0)]
