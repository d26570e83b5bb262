"""Kernels of columns against sets and sorting."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core import columns
from searchkit._core.buffers import uint32s, uint64s

SIZE = 6
COLUMN = st.lists(st.sets(st.integers(0, SIZE - 1), max_size=3).map(sorted), max_size=40)
Column = list[list[int]]


def laid_out(values: Column) -> tuple[array[int], array[int], int]:
    if all(len(own) <= 1 for own in values):
        return uint32s(0), array("I", [own[0] if own else columns.MISSING for own in values]), len(values)
    starts = array("I", [0, *accumulate(map(len, values))])
    return starts, array("I", [ordinal for own in values for ordinal in own]), len(values)


def to_bits(docs: set[int]) -> bytes:
    return sum(1 << doc for doc in docs).to_bytes(6, "little")


def to_set(bits: bytes | bytearray) -> set[int]:
    number = int.from_bytes(bits, "little")
    return {doc for doc in range(8 * len(bits)) if number >> doc & 1}


@given(COLUMN, st.integers(0, SIZE), st.integers(0, SIZE), st.sets(st.integers(0, SIZE - 1)))
def test_finds_the_documents_with_values_of_a_range_or_a_set(
    values: Column, first: int, last: int, wanted: set[int]
) -> None:
    bits = bytearray(6)
    columns.in_range(*laid_out(values), first, last, bits)
    assert to_set(bits) == {doc for doc, own in enumerate(values) if any(first <= ordinal < last for ordinal in own)}
    bits = bytearray(6)
    columns.in_set(*laid_out(values), bytes(ordinal in wanted for ordinal in range(SIZE)), bits)
    assert to_set(bits) == {doc for doc, own in enumerate(values) if wanted.intersection(own)}


@given(COLUMN, st.sets(st.integers(0, 39)))
def test_counts_the_documents_of_a_set_by_value(values: Column, docs: set[int]) -> None:
    counts = uint32s(SIZE)
    among = [values[doc] for doc in docs if doc < len(values)]
    assert columns.count(*laid_out(values), to_bits(docs), counts) == sum(1 for own in among if own)
    assert counts.tolist() == [Counter(o for own in among for o in own)[ordinal] for ordinal in range(SIZE)]


@given(COLUMN, COLUMN, st.booleans(), st.booleans(), st.sets(st.integers(0, 39)), st.integers(0, 10))
def test_orders_a_set_by_two_fields(
    one: Column, other: Column, down: bool, other_down: bool, docs: set[int], k: int
) -> None:
    num_docs = min(len(one), len(other))
    keys = uint64s(num_docs)
    for values, descending in ((one, down), (other, other_down)):
        columns.add_key(*laid_out(values[:num_docs]), SIZE, descending, keys)

    def key(values: list[int], descending: bool) -> tuple[bool, int]:
        return (not values, 0) if not values else (False, -values[-1] if descending else values[0])

    expected = sorted(
        (doc for doc in docs if doc < num_docs), key=lambda doc: (key(one[doc], down), key(other[doc], other_down), doc)
    )
    best = uint32s(k)
    size = columns.first_by_key(keys, num_docs, to_bits(docs), k, best)
    assert best[:size].tolist() == expected[:k]


@pytest.mark.parametrize(
    ("starts", "ordinals"),
    [([], [0, 1]), ([], [0, 9, 1]), ([0, 1, 2], [0, 1]), ([0, 2, 1, 2], [0, 1]), ([0, 1, 2, 9], [0, 1])],
)
def test_damage_is_noticed(starts: list[int], ordinals: list[int]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        columns.count(array("I", starts), array("I", ordinals), 3, bytes([7]), uint32s(3))
