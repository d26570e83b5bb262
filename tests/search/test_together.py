"""Phrases with other words among them and NEAR, beyond which documents they find."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit.search.together import first_near, follow, stand_near


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="near", title="خبر", text="التقى الوزير لافروف في موسكو نظيره عراقجي اليوم")
        writer.add(id="far", title="خبر", text="عراقجي في طهران اليوم وغدا وبعد غد ثم يعود إلى بلده لافروف")
        writer.add(id="hamza", title="خبر", text="التقى الوزير لافروف أمس نظيره في اسطنبول")
    return searchkit.open(str(tmp_path))


def test_the_words_that_stand_together_are_marked(index: searchkit.Index) -> None:
    (hit,) = index.search("لافروف NEAR/3 عراقجي")
    assert "لافروف" in hit.snippet.split("«")[1]
    assert "عراقجي" in hit.snippet.split("«")[-1]


@pytest.mark.parametrize("query", ["لافروف NEAR/3 عراقجي", '"لافروف عراقجي"~3'])
def test_an_explanation_says_where_they_stand_and_adds_up(index: searchkit.Index, query: str) -> None:
    (hit,) = index.search(query)
    explanation = hit.explain()
    assert explanation.share == pytest.approx(hit.score)
    assert "«لافروف في موسكو نظيره عراقجي» in text, word 3" in "\n".join(explanation.lines())


@pytest.mark.parametrize(
    ("query", "reason"),
    [("لافروف NEAR/3 عراقجي", "not so near each other in it"), ('"لافروف عراقجي"~3', "not so near each other in it")],
)
def test_a_document_that_does_not_match_is_told_what_it_has(index: searchkit.Index, query: str, reason: str) -> None:
    account = index.explain(query, "far")
    assert account is not None
    text = "\n".join(account.lines())
    assert reason in text
    assert "«عراقجي» in text, word 1" in text


def test_spelling_as_typed_counts_beside_near(index: searchkit.Index) -> None:
    assert index.search("لافروف NEAR/4 إسطنبول").ids == ["hamza"]
    assert index.search("لافروف NEAR/4 إسطنبول", fold={"hamza": False}).ids == []
    assert index.search("لافروف NEAR/4 اسطنبول", fold={"hamza": False}).ids == ["hamza"]


def test_places_of_phrases_and_of_what_is_near() -> None:
    assert follow([[0, 5], [2, 6], [3, 9]], 1) == [[0, 2, 3]]
    assert follow([[0, 5], [1, 6]]) == [[0, 1], [5, 6]]
    assert follow([]) == []
    rows = [[(0, 0), (9, 9)], [(2, 3)], [(1, 1), (4, 4)]]
    assert stand_near(rows, (1, 0)) == [[(0, 0)], [(2, 3)], [(1, 1), (4, 4)]]
    assert first_near(rows, (1, 0)) == (0, 3)
    assert first_near(rows, (0, 0)) is None
