"""A page as a query: more words than kernels have room for at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit._core.adder import MAX_LISTS as MOST_READY
from searchkit._core.cursors import MAX_LISTS

SYLLABLES = ["كتا", "بير", "مدر", "سون", "علم", "نور", "قلب", "شمس", "حيا", "تفا", "صوت", "لغة"]
WORDS = [one + two + three for one in SYLLABLES for two in SYLLABLES[:6] for three in SYLLABLES[6:]]


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(4):
            writer.add(id=str(number), text=" ".join(WORDS[: len(WORDS) - number]))
    return searchkit.open(str(tmp_path))


@pytest.mark.parametrize("count", [MOST_READY, MOST_READY + 1, MAX_LISTS, MAX_LISTS + 1, len(WORDS)])
@pytest.mark.parametrize("operator", ["any", "all"])
@pytest.mark.parametrize("plain", [True, False])
def test_a_page_is_found_and_explained_again_and_again(
    index: searchkit.Index, count: int, operator: str, *, plain: bool
) -> None:
    query = " ".join(WORDS[:count])
    first = index.search(query, operator=operator, plain=plain)
    assert "0" in first.ids
    for _ in range(3):  # later, words are in memory
        again = index.search(query, operator=operator, plain=plain)
        assert (again.ids, [hit.score for hit in again]) == (first.ids, [hit.score for hit in first])
    assert first[0].explain().share == pytest.approx(first[0].score)


def test_all_words_of_a_plain_text_must_be_there_if_that_is_asked_for(index: searchkit.Index) -> None:
    query = f"{WORDS[0]} - {WORDS[-2]}"
    assert index.search(query, plain=True, operator="all").ids == ["1", "0"]
    assert len(index.search(query, plain=True)) == 4


@pytest.mark.parametrize("number", [10**9, 10**30])
def test_more_hits_than_there_are_may_be_asked_for(index: searchkit.Index, number: int) -> None:
    assert len(index.search(WORDS[0], limit=number)) == 4
    assert len(index.search(WORDS[0], limit=number, level="lemma")) == 4
    assert len(index.search(WORDS[0], offset=number)) == 0
    assert len(index.similar("0", number)) == 3
