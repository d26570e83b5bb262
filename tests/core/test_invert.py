"""Logs of tokens to occurrences by term, against a dictionary."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from itertools import accumulate, groupby

from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.buffers import uint32s
from searchkit._core.invert import count_occurrences, group, place, renumber

TYPES = st.integers(0, 9)
LOGS = st.lists(st.lists(TYPES, max_size=12), max_size=8)
TERMS_OF_TYPES = st.lists(st.lists(st.integers(0, 6), max_size=3, unique=True), min_size=10, max_size=10)
NUM_TERMS = 7


@given(LOGS, TERMS_OF_TYPES)
def test_every_occurrence_is_placed_under_its_terms(documents: list[list[int]], terms_of: list[list[int]]) -> None:
    log = array("I", [token for document in documents for token in document])
    bounds = array("I", [0, *accumulate(map(len, documents))])
    starts = array("I", [0, *accumulate(map(len, terms_of))])
    terms = array("I", [term for of_type in terms_of for term in of_type])
    firsts = uint32s(NUM_TERMS + 2)
    total = count_occurrences(log, len(log), starts, terms, firsts)
    docs, positions = uint32s(total), uint32s(total)
    place(log, bounds, len(documents), starts, terms, firsts, docs, positions)
    expected: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for doc, document in enumerate(documents):
        for position, token in enumerate(document):
            for term in terms_of[token]:
                expected[term].append((doc, position))
    assert total == sum(map(len, expected.values()))
    for term in range(NUM_TERMS):
        span = slice(firsts[term], firsts[term + 1])
        assert list(zip(docs[span], positions[span], strict=True)) == expected[term]


@given(st.lists(st.integers(0, 9)).map(sorted), st.integers(0, 5), st.integers(0, 5))
def test_occurrences_are_counted_per_document(occurrences: list[int], before: int, after: int) -> None:
    padded = array("I", [0] * before + occurrences + [9] * after)
    docs, tfs = uint32s(len(occurrences)), uint32s(len(occurrences))
    df = group(padded, before, before + len(occurrences), docs, tfs)
    assert dict(zip(docs[:df], tfs[:df], strict=True)) == Counter(occurrences)
    assert docs[:df].tolist() == [doc for doc, _ in groupby(occurrences)]


@given(st.dictionaries(st.integers(0, 19), st.integers(1, 4)), st.sets(st.integers(0, 19)), st.booleans())
def test_renumbering_drops_documents_with_their_positions(
    postings: dict[int, int], dropped: set[int], positioned: bool
) -> None:
    numbers, count = uint32s(20), 0
    for doc in range(20):
        numbers[doc] = 0xFFFFFFFF if doc in dropped else count
        count += doc not in dropped
    docs = array("I", sorted(postings))
    tfs = array("I", [postings[doc] for doc in docs])
    flat = [(doc, i) for doc in docs for i in range(postings[doc])]
    positions = array("I", [100 * doc + i for doc, i in flat] if positioned else [])
    kept = renumber(docs, tfs, len(docs), positions, numbers)
    staying = [doc for doc in sorted(postings) if doc not in dropped]
    assert docs[:kept].tolist() == [numbers[doc] for doc in staying]
    assert tfs[:kept].tolist() == [postings[doc] for doc in staying]
    if positioned:
        expected = [100 * doc + i for doc, i in flat if doc not in dropped]
        assert positions[: len(expected)].tolist() == expected
