"""Words that stand for others, from the query to the hits."""

from __future__ import annotations

from typing import Any

import pytest

import searchkit
from searchkit.search import lookup

DOCUMENTS = [
    {"id": "exact", "text": "زار الوفد أستانا أمس"},
    {"id": "near", "text": "زار الوفد أستانه امس"},
    {"id": "swapped", "text": "زار الوفد أسنتاا أمس"},
    {"id": "books", "title": "كتاب", "text": "كتب ومكتبات وكتّاب"},
    {"id": "كاتب", "text": "كاتب"},
]


@pytest.fixture
def index(tmp_path: Any) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        for document in DOCUMENTS:
            writer.add(**document)
    return searchkit.open(str(tmp_path))


def ids(index: searchkit.Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ك?ب", ["books"]),
        ("ك؟تب", ["كاتب"]),
        ("*تب", ["books", "كاتب"]),
        ("*تاب", ["books"]),
        ("كا*ب", ["كاتب"]),
        ("text:كتا*", []),
        ("title:كتا*", ["books"]),
        ("م*ت", []),
        ("ومكت*", ["books"]),
        ("اس*ا -استا*", ["swapped"]),
        ("*ظظظ", []),
    ],
)
def test_wildcards_stand_for_letters(index: searchkit.Index, query: str, expected: list[str]) -> None:
    assert sorted(ids(index, query)) == sorted(expected)


def test_the_very_word_comes_before_its_neighbours(index: searchkit.Index) -> None:
    assert ids(index, "أستانا~1")[0] == "exact"
    assert sorted(ids(index, "أستانا~1")) == ["exact", "near"]
    assert sorted(ids(index, "أستانا~2")) == sorted(ids(index, "أستانا~")) == ["exact", "near", "swapped"]
    assert ids(index, "ظظظظ~2") == []


def test_what_a_pattern_found_is_marked_and_explained(index: searchkit.Index) -> None:
    (hit,) = index.search("*مكتب?ت")
    assert "«ومكتبات»" in hit.snippet
    assert "wildcard *مكتب?ت: «ومكتبات» in text, word 2" in "\n".join(hit.explain().lines())
    near = next(hit for hit in index.search("أستانا~1") if hit.id == "near")
    assert "«أستانه»" in near.snippet
    assert "fuzzy استانا~1: «" in "\n".join(near.explain().lines())


def test_a_question_mark_at_the_end_is_no_wildcard(index: searchkit.Index) -> None:
    assert ids(index, "كاتب؟") == ids(index, "كاتب")


def test_words_beyond_the_limit_are_told(index: searchkit.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not index.search("*ا*").notes
    monkeypatch.setattr(lookup, "MAX_EXPANSIONS", 2)
    (note,) = index.search("*ا*").notes
    assert note.startswith("*ا*: more than ")
    assert not index.search("مفقود*").notes
