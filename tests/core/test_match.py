"""Match lists against the arithmetic of sets and dictionaries."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core import match
from searchkit._core.buffers import float64s, uint32s

NUM_DOCS = 60
DOCS = st.integers(0, NUM_DOCS - 1)
SCORES = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1.0, 2.5])
MATCHES = st.dictionaries(DOCS, SCORES)
POSTINGS = st.dictionaries(DOCS, st.integers(1, 9))
PLACES = st.dictionaries(st.integers(0, 8), st.sets(st.integers(0, 12), min_size=1))


def split(matches: dict[int, float]) -> tuple[array[int], array[float], int]:
    docs = sorted(matches)
    return array("I", docs), array("d", [matches[doc] for doc in docs]), len(docs)


def counts(postings: dict[int, int]) -> tuple[array[int], array[int], int]:
    docs = sorted(postings)
    return array("I", docs), array("I", [postings[doc] for doc in docs]), len(docs)


def joined(docs: array[int], values: array[float] | array[int], size: int) -> dict[int, float]:
    found = list(docs[:size])
    assert found == sorted(set(found))
    return dict(zip(found, values[:size], strict=True))


@given(POSTINGS, st.lists(st.integers(0, 500), min_size=NUM_DOCS, max_size=NUM_DOCS), st.floats(0, 50))
def test_bm25_is_the_formula(postings: dict[int, int], lengths: list[int], weight: float) -> None:
    docs, tfs, n = counts(postings)
    scores = float64s(n)
    match.score_bm25(docs, tfs, n, array("I", lengths), weight, 1.2 * 0.25, 1.2 * 0.75 / 130, scores)
    for doc, score in joined(docs, scores, n).items():
        tf = postings[doc]
        exact = weight * tf / (tf + (1.2 * 0.25 + 1.2 * 0.75 / 130 * lengths[doc]))
        assert score == round(exact * 2**20) / 2**20


@given(MATCHES, MATCHES)
def test_of_two_scores_the_best_counts(one: dict[int, float], other: dict[int, float]) -> None:
    room = len(one) + len(other)
    docs, scores = uint32s(room), float64s(room)
    size = match.unite_best(*split(one), *split(other), docs, scores)
    assert joined(docs, scores, size) == {
        doc: max(matches[doc] for matches in (one, other) if doc in matches) for doc in one.keys() | other.keys()
    }


@given(st.lists(MATCHES, max_size=4), MATCHES)
def test_adding_unites_and_what_is_optional_only_adds(parts: list[dict[int, float]], helper: dict[int, float]) -> None:
    sums, marks = float64s(NUM_DOCS), bytearray(NUM_DOCS)
    expected: dict[int, float] = {}
    for part in parts:
        match.add(*split(part), sums, marks)
        for doc in part:
            expected[doc] = expected.get(doc, 0.0) + part[doc]
    match.add_marked(*split(helper), sums, marks)
    for doc in expected.keys() & helper:
        expected[doc] += helper[doc]
    docs, scores = uint32s(NUM_DOCS), float64s(NUM_DOCS)
    assert joined(docs, scores, match.collect(sums, marks, docs, scores)) == expected
    assert not any(marks)
    assert not any(sums)


@given(MATCHES, MATCHES)
def test_intersecting_keeps_what_is_in_both(a: dict[int, float], b: dict[int, float]) -> None:
    docs, scores, n = split(a)
    size = match.intersect(docs, scores, n, *split(b))
    assert joined(docs, scores, size) == {doc: a[doc] + b[doc] for doc in a.keys() & b}


@given(MATCHES, MATCHES)
def test_excluding_keeps_what_is_not_in_the_other(a: dict[int, float], b: dict[int, float]) -> None:
    docs, scores, n = split(a)
    other, _, m = split(b)
    assert joined(docs, scores, match.exclude(docs, scores, n, other, m)) == {doc: a[doc] for doc in a.keys() - b}


@given(POSTINGS, POSTINGS)
def test_uniting_postings_keeps_the_larger_frequency(a: dict[int, int], b: dict[int, int]) -> None:
    docs, tfs = uint32s(len(a) + len(b)), uint32s(len(a) + len(b))
    size = match.unite_postings(*counts(a), *counts(b), docs, tfs)
    assert joined(docs, tfs, size) == {doc: max(a.get(doc, 0), b.get(doc, 0)) for doc in a.keys() | b}


@given(POSTINGS, st.sets(DOCS))
def test_deleted_documents_drop_out(postings: dict[int, int], deleted: set[int]) -> None:
    bits = bytearray((NUM_DOCS + 7) // 8)
    for doc in deleted:
        bits[doc // 8] |= 1 << doc % 8
    docs, tfs, n = counts(postings)
    size = match.drop_deleted(docs, tfs, uint32s(0), n, bits)
    assert joined(docs, tfs, size) == {doc: tf for doc, tf in postings.items() if doc not in deleted}


@given(st.lists(SCORES, max_size=80), st.integers(0, 90))
def test_the_top_is_that_of_sorting(values: list[float], k: int) -> None:
    best = uint32s(k)
    size = match.top(array("d", values), len(values), k, best)
    assert best[:size].tolist() == sorted(range(len(values)), key=lambda i: (-values[i], i))[:k]


@pytest.mark.parametrize("k", [1, 7, 100, 1000])
def test_of_equal_scores_the_first_documents_win(k: int) -> None:
    best = uint32s(k)
    size = match.top(array("d", [1.0] * 100), 100, k, best)
    assert best[:size].tolist() == list(range(min(k, 100)))
