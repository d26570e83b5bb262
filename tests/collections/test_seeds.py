"""What a reader expects of a search in the five articles of seeds/; see seeds/README.md beside this file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.evaluation.experiment import rank
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.trec import read_qrels, read_queries
from searchkit.indexing.documents import Problem, find_sources, read_documents

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "seeds"
DOCUMENTS = sorted(f"seeds/{path.name}" for path in (ROOT / "seeds").iterdir())


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


QUERIES = dict(read_queries(str(HERE / "queries.tsv")))
QRELS = read_qrels(str(HERE / "qrels.tsv"))
ORDER: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
for query, better, worse in rows("order.tsv"):
    ORDER[query].append((better, worse))
ABSENT: defaultdict[str, set[str]] = defaultdict(set)
for query, document in rows("absent.tsv"):
    ABSENT[query].add(document)
EXPECTED_FAILURES = {(query, what): why for query, what, why in rows("expected_failures.tsv")}


def marked(what: str, queries: Any) -> list[Any]:
    """The queries as parameters, those that are known to fail marked so that they must."""
    return [
        pytest.param(
            query,
            id=query,
            marks=[pytest.mark.xfail(reason=EXPECTED_FAILURES[query, what], strict=True, raises=AssertionError)]
            if (query, what) in EXPECTED_FAILURES
            else [],
        )
        for query in queries
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    place = str(tmp_path_factory.mktemp("seeds") / "index")
    with searchkit.create(place) as writer:
        for source in find_sources([ROOT / "seeds"], base=str(ROOT)):
            assert not isinstance(source, Problem)
            for document in read_documents(source):
                assert not isinstance(document, Problem)
                writer.add(**document)
    return searchkit.open(place)


def found(index: searchkit.Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(QUERIES[query])]


@pytest.mark.parametrize("query", marked("found", QRELS))
def test_finds_what_has_to_do_with_it(index: searchkit.Index, query: str) -> None:
    relevant = {document for document, grade in QRELS[query].items() if grade > 0}
    assert relevant - set(found(index, query)) == set()


@pytest.mark.parametrize("query", marked("order", ORDER))
def test_ranks_the_better_document_above_the_worse(index: searchkit.Index, query: str) -> None:
    places = {document: place for place, document in enumerate(found(index, query))}
    last = len(places)
    wrong = [pair for pair in ORDER[query] if not places.get(pair[0], last) < places.get(pair[1], last)]
    assert wrong == []


@pytest.mark.parametrize("query", marked("absent", ABSENT))
def test_finds_nothing_that_has_nothing_to_do_with_it(index: searchkit.Index, query: str) -> None:
    results = index.search(QUERIES[query])
    if any("without quotes" in note for note in results.notes):  # that is said, and can be turned off
        results = index.search(QUERIES[query], fallback=False)
    assert ABSENT[query] & {hit.id for hit in results} == set()


def test_the_figure_does_not_fall(index: searchkit.Index) -> None:
    means = evaluate(rank(index, QUERIES), QRELS).means
    assert means["nDCG@10"] >= 0.92
    assert means["MAP"] >= 0.91


def test_the_files_fit_each_other() -> None:
    assert len(QUERIES) >= 100
    assert QUERIES.keys() == QRELS.keys() | ORDER.keys() | ABSENT.keys()
    for judged in QRELS.values():
        assert set(judged) <= set(DOCUMENTS)
    for query, judged in QRELS.items():
        assert ABSENT[query].isdisjoint(judged)
    named = {document for pairs in ORDER.values() for pair in pairs for document in pair}
    assert named | {document for documents in ABSENT.values() for document in documents} <= set(DOCUMENTS)
    tests = {"found": QRELS, "order": ORDER, "absent": ABSENT}
    assert all(query in tests[what] and why for (query, what), why in EXPECTED_FAILURES.items())
