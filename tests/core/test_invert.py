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
    count_occurrences,
    count_tokens,
    expand,
    hint_documents,
    place,
    share_tokens,
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
        counts = uint32s(10)
        count_tokens(log, start, end, counts)
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
    hints = uint32s(len(log) // 64 + 1)
    hint_documents(bounds, hints)
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
    out = uint32s(expand(log, starts, ends, firsts, tokens, uint32s(0), bounds))
    assert expand(log, starts, ends, firsts, tokens, out, bounds) == len(out)
    for doc, document in enumerate(documents):
        assert out[bounds[doc] : bounds[doc + 1]].tolist() == [
            token for piece in document for token in tokens_of[piece]
        ]


@given(st.lists(st.lists(st.integers(1, 5), max_size=3), max_size=9))
def test_every_word_gets_its_tokens(words: list[list[int]]) -> None:
    starts, ends, at = array("I"), array("I"), 0
    for word in words:
        for size in word:
            starts.append(at)
            at += size
        at += 1
        ends.append(at)
    firsts = uint32s(len(words) + 1)
    share_tokens(starts, len(starts), ends, firsts)
    assert firsts.tolist() == [0, *accumulate(map(len, words))]
