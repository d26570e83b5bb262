"""Pruning finds what looking at every posting finds: the same documents, the same scores to the last bit."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from itertools import pairwise
from math import log
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit._core import COMPILED
from searchkit._core.topk import TopK
from searchkit.analysis import evidence, level_field
from searchkit.arabic.folding import fold
from searchkit.query import WordClause, parse, rewrite
from searchkit.ranking import Model
from searchkit.search import best
from searchkit.search.apart import _with_deleted
from searchkit.search.index import Index
from searchkit.search.shelf import Shelf

WORDS = [
    "وزير", "الوزير", "وزراء", "كتاب", "كتب", "مكتبة", "كاتب", "سوريا", "سورية", "السوري", "روسيا", "روسي", "أستانا",
    "آستانة", "لافروف", "مدرسة", "مدارس", "في", "من", "على", "هذا", "قال", "يقول", "2024", "بيت", "بيوت",
]  # fmt: skip
MODELS = [
    Model(),
    Model(root=1.5, title=0.5),
    Model(lemma=0.0, beginning=0.0, near=0.0, neighbours=0.0),
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
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = str(tmp_path_factory.mktemp("best"))
    grow(directory, [900, 300, 40], seed=1)
    return directory


QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "+", "-", "="]),
        st.sampled_from([*WORDS, "مفقود"]),
        st.sampled_from(["", "", "^3"]),
    ),
    min_size=1, max_size=9,
).map(lambda clauses: " ".join(sign + word + boost for sign, word, boost in clauses))  # fmt: skip

MIXED = st.one_of(
    QUERIES,
    st.lists(
        st.sampled_from(["وزير", "+كتاب", '"قال وزير"', '+"من في"', "كت*", "مدرسه~1", "+سور*", "-بيت", "في"]),
        min_size=1, max_size=4,
    ).map(" ".join),
)  # fmt: skip


@settings(deadline=None, max_examples=200 if COMPILED else 25)
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


@settings(deadline=None, max_examples=100 if COMPILED else 15)
@given(query=MIXED, model=st.sampled_from(MODELS), seed=st.integers(0, 99), some=st.sampled_from([0, 1, 5, 60]))
def test_looking_words_up_in_few_documents_changes_nothing(
    folder: str, query: str, model: Model, seed: int, some: int
) -> None:
    snapshot = Index(folder, model)._searcher.snapshot
    chance = random.Random(seed)  # noqa: S311
    segments = [
        _with_deleted(segment, ~sum(1 << chance.randrange(segment.num_docs) for _ in range(some)))
        for segment in snapshot.segments
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searchkit.search.few._SHARE", 1.0)
        few, every = (
            best._match_all(snapshot._replace(segments=segments), rewrite(parse(query)), 5000, perhaps_few=perhaps)
            for perhaps in (True, False)
        )
    assert few.docs == every.docs
    assert few.scores == every.scores


def test_what_a_word_is_found_by_is_what_the_dictionaries_say(folder: str) -> None:
    index = Index(folder)
    snapshot = index._searcher.snapshot
    for word in [*WORDS, "مفقود"]:
        clause = rewrite(parse(word))
        assert isinstance(clause, WordClause)
        plan = snapshot.planner.word(clause, TopK().cursors)
        dfs = [
            sum(entry.df for entry in snapshot.statistics.find(level_field(term.field, term.level), text) if entry)
            for term in clause.terms
            for text in term.texts
        ]
        assert plan.most == max(dfs)
        assert plan.num_postings <= sum(dfs)
        for place in range(len(snapshot.segments)):
            lists, flags, params = plan.arrays(place)
            assert len(lists) == 6 * plan.num_lists(place)
            assert len(flags) == 2 * plan.num_lists(place)
            assert len(params) == 5 * plan.num_lists(place)


def test_a_query_that_comes_once_makes_no_ready_lists(folder: str) -> None:
    index = searchkit.open(folder)
    memory = index._searcher.snapshot.memory
    for one, other in pairwise(WORDS):
        index.search(f"{one} {other}")
    assert memory.shelf is not None
    assert not memory.shelf._kept
    for _ in range(2):
        index.search(f"{WORDS[0]} {WORDS[5]}")
    assert len(memory.shelf._kept) == 2


def test_words_that_come_often_in_other_queries_get_ready_lists(folder: str) -> None:
    index = searchkit.open(folder)
    for other in WORDS * 10:
        index.search(f"{other} {WORDS[0]}", limit=1 + len(other))
    assert index._searcher.snapshot.memory.shelf is not None
    assert index._searcher.snapshot.memory.shelf._kept


@settings(deadline=None, max_examples=200 if COMPILED else 25)
@given(query=MIXED, model=st.sampled_from(MODELS), k=st.sampled_from([1, 2, 10, 64, 5000]))
def test_adding_ready_scores_up_changes_nothing(folder: str, query: str, model: Model, k: int) -> None:
    snapshot = Index(folder, model)._searcher.snapshot
    clause = rewrite(parse(query))
    asked = best._prepare(snapshot, clause, TopK())
    asked.came = 2
    best._itemize(snapshot, asked, TopK())
    if not asked.items:
        return
    shelf = Shelf(snapshot)
    ready = shelf.find(asked.items, asked.shares, again=True)
    assert ready is not None
    added = best._add_up(snapshot, clause, ready, k)
    every = best._match_all(snapshot, clause, k)
    assert added.size == every.size
    assert added.docs[: added.size] == every.docs
    assert added.scores[: added.size] == every.scores
    assert (added.total, added.exact) == (every.total, True)


def test_words_go_and_come_on_a_shelf_that_is_too_small(folder: str) -> None:
    index, fresh = searchkit.open(folder), searchkit.open(folder)
    memory = index._searcher.snapshot.memory
    memory.shelf = Shelf(index._searcher.snapshot, limit_mb=1)
    memory.shelf._limit = 22_000  # uint32
    chance = random.Random(3)  # noqa: S311
    for _ in range(300):
        query = " ".join(chance.choices(WORDS, k=3))
        hits = [(hit.id, hit.score) for hit in index.search(query)]
        pruned = best.find_best(fresh._searcher.snapshot, fresh._searcher.understand(query).clause, 10)
        assert fresh._searcher.snapshot.memory.shelf is None
        fresh._searcher.snapshot.memory._queries.clear()
        assert [score for _, score in hits] == list(pruned.scores[: pruned.size])
        assert [key for key, _ in hits] == fresh._searcher.ids(pruned.docs, pruned.size)
    assert memory.shelf.times_cleared > 2
    assert memory.shelf._used <= 22_000


def test_what_lies_on_one_shelf_is_not_looked_for_on_another(folder: str) -> None:
    searcher = Index(folder)._searcher
    asked = best._prepare(searcher.snapshot, searcher.understand("وزير").clause, TopK())
    one, other = Shelf(searcher.snapshot), Shelf(searcher.snapshot)
    best._itemize(searcher.snapshot, asked, TopK())
    assert asked.items
    ready = one.find(asked.items, asked.shares, again=True)
    assert ready is not None
    assert one.holds(ready)
    assert not other.holds(ready)


def test_threads_share_a_shelf_that_is_too_small(folder: str) -> None:
    index, fresh = searchkit.open(folder), searchkit.open(folder)
    chance = random.Random(4)  # noqa: S311
    queries = [" ".join(chance.choices(WORDS, k=3)) for _ in range(60)]
    expected = []
    for query in queries:
        fresh._searcher.snapshot.memory._queries.clear()  # so that nothing is ready
        expected.append([(hit.id, hit.score) for hit in fresh.search(query)])
    memory = index._searcher.snapshot.memory
    memory.shelf = Shelf(index._searcher.snapshot, limit_mb=1)
    memory.shelf._limit = 22_000  # uint32
    wrong: list[str] = []

    def ask(seed: int) -> None:
        order = list(range(len(queries)))
        for _ in range(6 if COMPILED else 1):
            random.Random(seed).shuffle(order)  # noqa: S311
            found = {at: [(hit.id, hit.score) for hit in index.search(queries[at])] for at in order}
            wrong.extend(queries[at] for at in order if found[at] != expected[at])

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert memory.shelf.times_cleared > 2


def test_scores_too_small_for_the_shelf_or_too_large_are_pruned(folder: str) -> None:
    index = searchkit.open(folder)
    plain = [hit.id for hit in index.search("وزير سوريا", limit=1000)]
    for boost in ("0.0000001", "0", "1000000"):
        query = f"وزير^{boost} سوريا^{boost} كتاب^{boost}"
        for _ in range(4):
            found = index.search(query, limit=2000)
            assert set(plain) <= set(found.ids)
            assert found.total == len(found) == index.search("وزير سوريا كتاب", limit=2000).total


@settings(deadline=None, max_examples=30)
@given(query=QUERIES, limit=st.integers(0, 100))
def test_hits_do_not_depend_on_how_many_are_wanted(folder: str, query: str, limit: int) -> None:
    index = searchkit.open(folder)
    some, many = index.search(query, limit=limit), index.search(query, limit=100)
    assert [(hit.id, hit.score) for hit in some] == [(hit.id, hit.score) for hit in many][:limit]
    assert some.ids == [hit.id for hit in some]


def words_of(index: searchkit.Index) -> dict[str, list[str]]:
    found = {}
    for segment in index._searcher.segments:
        for doc in segment.live_docs():
            found[segment.stored.id(doc)] = fold(segment.stored.document(doc)["text"]).split()
    return found


@settings(deadline=None, max_examples=40)
@given(phrase=st.lists(st.sampled_from(WORDS), min_size=2, max_size=3))
def test_a_phrase_is_found_where_it_stands(folder: str, phrase: list[str]) -> None:
    index = searchkit.open(folder)
    wanted = [fold(word) for word in phrase]
    expected = {
        key
        for key, words in words_of(index).items()
        if any(words[i : i + len(wanted)] == wanted for i in range(len(words)))
    }
    found = index.search(f'text:"{" ".join(phrase)}"', limit=5000, fallback=False)
    assert set(found.ids) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize("beginning", ["ك", "سور", "و", "غ"])
def test_a_beginning_is_found_wherever_a_word_has_it(folder: str, beginning: str) -> None:
    index = searchkit.open(folder)
    expected = {
        key for key, words in words_of(index).items() if any(word.startswith(fold(beginning)) for word in words)
    }
    assert set(index.search(f"text:{beginning}*", limit=5000).ids) == expected


@pytest.mark.parametrize(("one", "other"), [("وزير", "سوريا"), ("كتاب", "بيت"), ("قال", "قال")])
def test_places_are_worth_what_the_model_says(folder: str, one: str, other: str) -> None:
    model = Model(root=0.0, name=0.0)
    plain = Index(folder, model._replace(beginning=0.0, near=0.0, neighbours=0.0))
    bare = {hit.id: hit.score for hit in plain.search(f"text:{one} text:{other}", limit=5000)}
    placed = Index(folder, model).search(f"text:{one} text:{other}", limit=64)
    statistics = plain._searcher.snapshot.statistics
    lemmas = [evidence(fold(word)).lemmas for word in (one, other)]
    idfs = [statistics.idf("text__lemma", [statistics.find("text__lemma", text) for text in row]) for row in lemmas]
    texts = words_of(plain)
    seen = [stands(texts[hit.id], lemmas, model) for hit in placed]
    worths = [model.beginning * idf * (1 - mean(at[i] for at in seen)) for i, idf in enumerate(idfs)]
    for i, weight in ((2, model.near), (3, model.neighbours)):
        worths.append(weight * log((len(seen) + 1) / (sum(at[i] for at in seen) + 0.5)))
    for hit, at in zip(placed, seen, strict=True):
        more = sum(worth * there for worth, there in zip(worths, at, strict=True))
        assert hit.score == pytest.approx(bare[hit.id] + more, abs=1e-4)


def stands(words: list[str], lemmas: list[tuple[str, ...]], model: Model) -> tuple[float, float, bool, bool]:
    """Return how near the beginning two words are, and whether they are near each other and side by side."""
    places = [[i for i, word in enumerate(words) if not set(evidence(word).lemmas).isdisjoint(row)] for row in lemmas]
    early = [model.half / (model.half + row[0]) if row else 0.0 for row in places]
    gaps = {b - a for a in places[0] for b in places[1]} if lemmas[0] != lemmas[1] else set[int]()
    return early[0], early[1], any(0 < abs(gap) <= model.reach for gap in gaps), 1 in gaps


def test_a_search_without_compiled_kernels_finds_the_same(folder: str) -> None:
    queries = ["وزير سوريا كتاب", "+روسيا في لافروف -بيت", 'text:"في من" كتب', "كت* مدرسة"]
    script = (
        "import json, sys, searchkit\nindex = searchkit.open(sys.argv[1])\n"
        "print(json.dumps([[(hit.id, hit.score) for hit in index.search(q, limit=100)] for q in sys.argv[2:]]))"
    )
    environment = os.environ | {"SEARCHKIT_NO_EXTENSIONS": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", script, folder, *queries], capture_output=True, check=True, env=environment
    )
    index = searchkit.open(folder)
    here = [[[hit.id, hit.score] for hit in index.search(query, limit=100)] for query in queries]
    assert json.loads(answer.stdout) == here


@pytest.mark.parametrize("k", [1, 2, 10])
def test_what_still_lacks_a_word_sets_no_bar(folder: str, k: int) -> None:
    snapshot = Index(folder)._searcher.snapshot
    for query in ("+وزير +مدرسة +من -قال", "+كتاب +مدرسة +من -قال", "+سوريا +روسيا +بيت +في -من"):
        clause = rewrite(parse(query))
        assert best.find_best(snapshot, clause, k).size == min(k, best._match_all(snapshot, clause, 5000).size)
