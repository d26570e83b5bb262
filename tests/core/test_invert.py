"""Logs of tokens to occurrences by term, against a dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.buffers import uint32s
from searchkit._core.invert import (
    begin_terms,
    count_expanded,
    count_occurrences,
    count_up,
    expand,
    mark_pieces,
    measure,
    pick_spans,
    place,
)
from searchkit._core.lists import group

TYPES = st.integers(0, 9)
LOGS = st.lists(st.lists(TYPES, max_size=12) | st.lists(TYPES, min_size=60, max_size=150), max_size=8)
TERMS_OF_TYPES = st.lists(st.lists(st.integers(0, 6), max_size=3, unique=True), min_size=10, max_size=10)
NUM_TERMS = 7


@given(LOGS, TERMS_OF_TYPES)
def test_every_occurrence_is_placed_under_its_terms_with_its_document(
    documents: list[list[int]], terms_of: list[list[int]]
) -> None:
    log = array("I", [token for document in documents for token in document])
    bounds = array("I", [0, *accumulate(map(len, documents))])
    starts = array("I", [0, *accumulate(map(len, terms_of))])
    terms = array("I", [term for of_type in terms_of for term in of_type])
    firsts, places = uint32s(NUM_TERMS + 1), uint32s(2 * NUM_TERMS)
    parts = ((0, len(log) // 3), (len(log) // 3, len(log)))
    for part, (start, end) in enumerate(parts):
        counts = array("I", [log[start:end].count(type_id) for type_id in range(10)])
        count_occurrences(counts, starts, terms, places, part * NUM_TERMS)
    total = begin_terms(places, 2, firsts)
    occurrences = uint32s(total)
    for part, (start, end) in enumerate(parts):
        place(log, start, end, starts, terms, places, part * NUM_TERMS, occurrences)
    expected: dict[int, list[int]] = defaultdict(list)
    for token, type_id in enumerate(log):
        for term in terms_of[type_id]:
            expected[term].append(token)
    assert total == sum(map(len, expected.values()))
    for term in range(NUM_TERMS):
        assert occurrences[firsts[term] : firsts[term + 1]].tolist() == expected[term]
    lengths, hints = uint32s(len(documents)), uint32s(len(log) // 64 + 1)
    measure(bounds, lengths, hints)
    assert lengths.tolist() == [len(document) for document in documents]
    docs, tfs, positions = (uint32s(total) for _ in range(3))
    for term, tokens in expected.items():
        df = group(occurrences, firsts[term], firsts[term + 1], bounds, hints, docs, tfs, positions)
        found = [bisect_right(bounds, token) - 1 for token in tokens]
        assert dict(zip(docs[:df], tfs[:df], strict=True)) == Counter(found)
        assert docs[:df].tolist() == sorted(set(found))
        assert positions[: len(tokens)].tolist() == [t - bounds[doc] for t, doc in zip(tokens, found, strict=True)]


@given(LOGS, TERMS_OF_TYPES)
def test_pieces_become_their_tokens(documents: list[list[int]], tokens_of: list[list[int]]) -> None:
    log = array("I", [piece for document in documents for piece in document])
    ends = array("I", accumulate(map(len, documents)))
    starts = array("I", [end - len(document) for end, document in zip(ends, documents, strict=True)])
    firsts = array("I", [0, *accumulate(map(len, tokens_of))])
    tokens = array("I", [token for of_piece in tokens_of for token in of_piece])
    bounds = uint32s(len(documents) + 1)
    cut = len(documents) // 2
    parts = ((0, cut), (cut, len(documents)))
    before = [0]
    for first, last in parts:
        before.append(before[-1] + count_expanded(log, starts, ends, firsts, first, last, bounds))
    out, counts = uint32s(before[-1]), uint32s(10)
    for part, (first, last) in enumerate(parts):
        expand(log, starts, ends, firsts, tokens, first, last, out, bounds, before[part], counts)
    for doc, document in enumerate(documents):
        assert out[bounds[doc] : bounds[doc + 1]].tolist() == [
            token for piece in document for token in tokens_of[piece]
        ]
    assert counts.tolist() == [out.tolist().count(type_id) for type_id in range(10)]
    marks = bytearray(10)
    mark_pieces(log, starts, ends, 0, cut, marks)
    assert {piece for piece in range(10) if marks[piece]} == {
        piece for document in documents[:cut] for piece in document
    }


def test_spans_of_a_field_are_those_of_its_texts() -> None:
    starts, ends = uint32s(4), uint32s(4)
    pick_spans(array("I", [0, 2, 3, 9, 10, 11]), array("I", [1, 3]), array("I", [0, 2]), starts, ends)
    assert (starts.tolist(), ends.tolist()) == ([0, 0, 0, 10], [0, 2, 0, 11])
    count_up(starts)
    assert starts.tolist() == [0, 1, 2, 3]
