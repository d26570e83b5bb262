"""Pruning finds what looking at every posting finds: the same documents, the same scores to the last bit."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit._core.topk import TopK
from searchkit.query import parse, rewrite
from searchkit.ranking import Model
from searchkit.search import best
from searchkit.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = [
    "وزير", "الوزير", "وزراء", "كتاب", "كتب", "مكتبة", "كاتب", "سوريا", "سورية", "السوري", "روسيا", "روسي", "أستانا",
    "آستانة", "لافروف", "مدرسة", "مدارس", "في", "من", "على", "هذا", "قال", "يقول", "2024", "بيت", "بيوت",
]  # fmt: skip
MODELS = [
    Model(),
    Model(root=1.5, title=0.5),
    Model(lemma=0.0, beginning=0.0, neighbours=0.0),
    Model(function_word=3.0),
]


def grow(directory: str, sizes: list[int], seed: int) -> None:
    """An index with a segment per size; some documents are long, some words frequent, some documents deleted."""
    chance = random.Random(seed)  # noqa: S311
    weights = [1 / (1 + place) for place in range(len(WORDS))]
    chance.shuffle(weights)
    for number, size in enumerate(sizes):
        with searchkit.create(directory) as writer:
            for i in range(size):
                length = chance.choice([1, 3, 8, 8, 20, 200])
                title = " ".join(chance.choices(WORDS, weights, k=chance.randint(0, 3)))
                text = " ".join(chance.choices(WORDS, weights, k=length))
                writer.add(id=f"{number}-{i}", title=title, text=text)
    with searchkit.create(directory) as writer:
        for i in range(0, sizes[0], 7):
            writer.delete(f"0-{i}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = str(tmp_path_factory.mktemp("best"))
    grow(directory, [900, 300, 40], seed=1)
    yield directory


QUERIES = st.lists(
    st.tuples(st.sampled_from(["", "", "", "+", "-", "="]), st.sampled_from([*WORDS, "مفقود"]), st.sampled_from(["", "", "^3"])),
    min_size=1, max_size=9,
).map(lambda clauses: " ".join(sign + word + boost for sign, word, boost in clauses))  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(query=QUERIES, model=st.sampled_from(MODELS), k=st.sampled_from([1, 2, 10, 64, 5000]))
def test_pruning_changes_nothing(folder: str, query: str, model: Model, k: int) -> None:
    snapshot = Index(folder, model)._searcher.snapshot
    clause = rewrite(parse(query))
    words = best._words(clause)
    if not words:
        return
    topk = TopK()
    plans = [snapshot.planner.word(word, topk.cursors) for word, _ in words]
    pruned = best._prune(snapshot, clause, [role for _, role in words], plans, k, topk)
    every = best._match_all(snapshot, clause, k)
    assert pruned.size == every.size
    assert pruned.docs[: pruned.size] == every.docs
    assert pruned.scores[: pruned.size] == every.scores
    assert pruned.total == every.total if pruned.exact else pruned.total <= every.total


@settings(deadline=None, max_examples=30)
@given(query=QUERIES, limit=st.integers(0, 100))
def test_hits_do_not_depend_on_how_many_are_wanted(folder: str, query: str, limit: int) -> None:
    index = searchkit.open(folder)
    some, many = index.search(query, limit=limit), index.search(query, limit=100)
    assert [(hit.id, hit.score) for hit in some] == [(hit.id, hit.score) for hit in many][:limit]
    assert some.ids == [hit.id for hit in some]
