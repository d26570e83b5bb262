"""Whatever is written can be indexed, found by its own words, and asked for."""

from __future__ import annotations

import json
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.arabic.folding import fold
from searchkit.search import render

TEXTS = st.text(max_size=60) | st.text(
    st.sampled_from("ابتكوبالءؤئىةهإأab12٢٣.,٫٬ \u064b\u0651\u0654\u0640\u200f\ud800…①ﻻﷲ\n\x1b"), max_size=60
)
DOCUMENTS = st.lists(st.fixed_dictionaries({"title": TEXTS, "text": TEXTS}), min_size=1, max_size=5)
OPERATORS = [
    "(",
    ")",
    '"',
    "«",
    "»",
    "+",
    "-",
    "=",
    "^2",
    "*",
    "title:",
    ":",
    " AND ",
    " OR ",
    " ليس ",
    " ",
    "كتاب",
    "في",
    "؟",
]
QUERIES = st.text(max_size=40) | st.lists(st.sampled_from(OPERATORS), max_size=15).map("".join)


@settings(max_examples=40)
@given(documents=DOCUMENTS)
def test_a_document_is_found_by_each_of_its_words(documents: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        with searchkit.create(folder) as writer:
            for i, document in enumerate(documents):
                writer.add(id=str(i), **document)
        index = searchkit.open(folder)
        for i, document in enumerate(documents):
            for token in searchkit.tokenize(document["text"]):
                written = document["text"][token.start : token.end]
                hits = [hit for hit in index.search(written, plain=True, limit=100) if hit.id == str(i)]
                assert len(hits) == 1
                marked = [fold(hits[0].passage().text[start:end]) for start, end in hits[0].passage().spans]
                assert token.surface in marked


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder = str(tmp_path_factory.mktemp("index"))
    with searchkit.create(folder) as writer:
        writer.add(id="1", title="كتاب في سوريا", text="وزير الخارجية: «كِتَابٌ» " * 20)
        writer.add(id="2\n\x1b[31m", title="\x1b]0;title\x07", text="كتاب\x1b[2J\ud800", price=5, tags=["أ", "ب"])
        writer.add(id="3", text="في 2 ا")
    return searchkit.open(folder)


@settings(max_examples=200)
@given(query=QUERIES, plain=st.booleans(), limit=st.integers(0, 4))
def test_any_text_is_answered_or_refused(index: searchkit.Index, query: str, *, plain: bool, limit: int) -> None:
    try:
        results = index.search(query, plain=plain, limit=limit)
    except searchkit.QueryError:
        return
    assert len(results) == min(limit, results.total)
    value = json.loads(render.json_text(results, explain=True))
    assert [hit["id"] for hit in value["hits"]] == [hit.id for hit in results]
    lines = [*render.text_lines(results, render.Style(color=False), explain=True), *render.tsv_lines(results)]
    assert not any(set("\n\r\x1b\x07") & set(line) for line in lines), "a document commands the terminal"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_numbers_that_json_cannot_hold_are_refused(value: Any, tmp_path: Any) -> None:
    with (
        searchkit.create(str(tmp_path)) as writer,
        pytest.raises(searchkit.DocumentError, match=r"1: cannot be stored .*; give plain JSON"),
    ):
        writer.add(id="1", price=value)
