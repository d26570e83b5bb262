# ruff: noqa: SLF001
"""Searching 20,000 documents: words by pruning, a phrase, a beginning; answers are those of scoring everything."""

import random

import pytest

import searchkit
from searchkit.ranking import Model
from searchkit.search import best
from searchkit.search.index import Index

WORDS = [first + second for first in "بتجحدرسشصع" for second in ("اب", "اد", "ور", "يل", "ند", "وف", "يس", "ام")]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("search"))
    chance = random.Random(2)
    weights = [1 / (1 + place) for place in range(len(WORDS))]
    with searchkit.create(folder) as writer:
        for i in range(20_000):
            writer.add(id=str(i), text=" ".join(chance.choices(WORDS, weights, k=chance.choice([10, 40, 80]))))
    return Index(folder, Model(placed=0, beginning=0.0, near=0.0, neighbours=0.0))


@pytest.mark.parametrize(
    "query",
    [f"{WORDS[3]} {WORDS[20]} {WORDS[50]} {WORDS[70]}", f"+{WORDS[5]} +{WORDS[30]}", f'"{WORDS[2]} {WORDS[9]}"', "با*"],
    ids=["any", "all", "phrase", "beginning"],
)
def test_search(benchmark, index, query):
    found = benchmark(lambda: index.search(query).ids)
    searcher = index._searcher
    every = best._match_all(searcher.snapshot, searcher.understand(query).clause, 10)
    assert found == searcher.ids(every.docs, every.size)
