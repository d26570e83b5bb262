"""Ready lists, added up in steps and in parts, give what adding everything up gives."""

from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit._core import COMPILED
from searchkit._core.adder import MAX_LISTS, Adder
from searchkit._core.buffers import float64s, int64s, room
from searchkit._core.ready import WINDOW, Keeper, Room, space

KEEPER = Keeper()
UNIT = 2.0**-20
List = dict[int, int]  # units by document


def make(chance: random.Random, num_docs: int, share: float, most: int) -> List:
    """Return a list of about this share of the documents; scores repeat, so that there are equals."""
    count = min(num_docs, max(1, int(num_docs * share * chance.random() * 2)))
    beginning = chance.randrange(num_docs) if chance.random() < 0.3 else 0  # some leave windows empty
    scores = [chance.randint(1, most) for _ in range(chance.choice([1, 3, 1000]))]
    docs = chance.sample(range(beginning, num_docs), min(count, num_docs - beginning))
    return {doc: chance.choice(scores) for doc in sorted(docs)}


def lay(lists: list[List], num_docs: int) -> tuple[Room, array[int]]:
    size = sum(space(len(one), num_docs) for one in lists)
    where = Room(room(4 * size, "B"))
    starts = array("q")
    end = 0
    for one in lists:
        starts.append(end)
        docs, scores = array("I", one), array("d", [units * UNIT for units in one.values()])
        start, end = end, KEEPER.pack(docs, scores, len(one), num_docs, where, end)
        assert start < end <= start + space(len(one), num_docs)
        assert KEEPER.count == len(one)
        assert KEEPER.most == max(one.values())
    return where, starts


def add_everything(lists: list[List], num_must: int, num_finders: int, excluded: bytes) -> List:
    sums: List = {}
    for one in lists:
        for doc, units in one.items():
            sums[doc] = sums.get(doc, 0) + units
    found = set(lists[0]) if num_must else set().union(*lists[:num_finders])
    for one in lists[:num_must]:
        found &= set(one)
    return {doc: sums[doc] for doc in found if not excluded or not excluded[doc >> 3] >> (doc & 7) & 1}


@settings(deadline=None, max_examples=150 if COMPILED else 6)
@given(
    seed=st.integers(0, 2**32),
    num_docs=st.sampled_from([1, 63, 64, 1000, WINDOW, WINDOW + 1, 2 * WINDOW + 500]),
    share=st.sampled_from([0.0002, 0.02, 0.2, 0.9]),
    most=st.sampled_from([3, 1 << 18, 5 << 20, 15 << 20, 120 << 20]),
    k=st.sampled_from([1, 10, 64, 5000, 100_000]),
)
def test_the_best_are_those_of_adding_everything_up(seed: int, num_docs: int, share: float, most: int, k: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    shares = [chance.choice([share, share / 8, 0.5]) for _ in range(chance.randint(1, 12))]
    lists = [make(chance, num_docs, one, max(1, most >> chance.choice([0, 0, 3, 12]))) for one in shares]
    num_must = chance.choice([0, 0, 1, min(2, len(lists))])
    num_finders = chance.randint(max(num_must, 1), len(lists))
    excluded = bytes(chance.randrange(256) for _ in range((num_docs + 7) // 8)) if chance.random() < 0.3 else b""
    where, starts = lay(lists, num_docs)
    adder = Adder(where)
    for _ in range(2):  # nothing may be left of the first time
        adder.begin(k)
        adder.collect(excluded, 7, num_docs, starts, num_must, num_finders)
        found = add_everything(lists, num_must, num_finders, excluded)
        best = sorted((-units, doc) for doc, units in found.items())[:k]
        assert adder.matched == len(found)
        docs, scores = int64s(adder.size), float64s(adder.size)
        assert adder.take(docs, scores) == len(best)
        assert list(docs) == [7 + doc for _, doc in best]
        assert list(scores) == [-units * UNIT for units, _ in best]


def test_as_many_lists_as_there_may_be_are_added_up_however_much_each_adds() -> None:
    num_docs = 200
    most = (255 << 12) - 1  # units; as many steps as a byte holds
    lists = [dict.fromkeys(range(num_docs), most - number) for number in range(MAX_LISTS)]
    where, starts = lay(lists, num_docs)
    adder = Adder(where)
    adder.begin(1)
    adder.collect(b"", 0, num_docs, starts, 0, MAX_LISTS)
    docs, scores = int64s(1), float64s(1)
    adder.take(docs, scores)
    assert (docs[0], scores[0]) == (0, sum(most - number for number in range(MAX_LISTS)) * UNIT)
    with pytest.raises(ValueError, match="too many"):
        adder.collect(b"", 0, num_docs, array("q", [0] * (MAX_LISTS + 1)), 0, 1)


def test_none_at_all_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Adder(Room(room(4, "B"))).begin(0)


def test_lists_outside_the_room_are_refused() -> None:
    memory = room(32, "B")
    memory.cast("I")[:4] = array("I", [4, 3, 1, 0])  # three entries, of which one has no room
    adder = Adder(Room(memory))
    adder.begin(1)
    for start in (-1, 0, 5, 8, 2**40):
        with pytest.raises(ValueError, match="outside"):
            adder.collect(b"", 0, 10, array("q", [start]), 0, 1)
