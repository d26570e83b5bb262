"""Kernels of columns on 300,000 documents; answers are those of plain Python."""

import random
from array import array
from collections import Counter

import pytest

from searchkit._core import columns
from searchkit._core.buffers import uint32s, uint64s

NUM_DOCS = 300_000
SIZE = 10_000


@pytest.fixture(scope="module")
def ordinals():
    chance = random.Random(5)
    return array("I", [chance.choice((chance.randrange(SIZE), chance.randrange(50))) for _ in range(NUM_DOCS)])


@pytest.fixture(scope="module")
def bits():
    return random.Random(6).randbytes((NUM_DOCS + 7) // 8)


def has(bits, doc):
    return bits[doc >> 3] >> (doc & 7) & 1


def test_in_range(benchmark, ordinals):
    found = bytearray((NUM_DOCS + 7) // 8)
    benchmark(columns.in_range, uint32s(0), ordinals, NUM_DOCS, 20, 4000, found)
    assert all(has(found, doc) == (20 <= ordinal < 4000) for doc, ordinal in enumerate(ordinals))


def test_in_set(benchmark, ordinals):
    found, wanted = bytearray((NUM_DOCS + 7) // 8), bytes(number % 3 == 0 for number in range(SIZE))
    benchmark(columns.in_set, uint32s(0), ordinals, NUM_DOCS, wanted, found)
    assert all(has(found, doc) == wanted[ordinal] for doc, ordinal in enumerate(ordinals))


def test_count(benchmark, ordinals, bits):
    def run():
        counts = uint32s(SIZE)
        columns.count(uint32s(0), ordinals, NUM_DOCS, bits, counts)
        return counts

    expected = Counter(ordinal for doc, ordinal in enumerate(ordinals) if has(bits, doc))
    assert benchmark(run).tolist() == [expected[number] for number in range(SIZE)]


def test_first_by_key(benchmark, ordinals, bits):
    def run():
        keys, best = uint64s(NUM_DOCS), uint32s(10)
        columns.add_key(uint32s(0), ordinals, NUM_DOCS, SIZE, 1, keys)
        columns.first_by_key(keys, NUM_DOCS, bits, 10, best)
        return best

    docs = (doc for doc in range(NUM_DOCS) if has(bits, doc))
    assert benchmark(run).tolist() == sorted(docs, key=lambda doc: (-ordinals[doc], doc))[:10]
