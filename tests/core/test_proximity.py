"""Where words stand, against the arithmetic of sets."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from searchkit._core import proximity
from searchkit._core.buffers import float64s, uint32s

LAST = 0xFFFFFFFF
POSITIONS = st.sets(st.integers(0, 12) | st.sampled_from([LAST - 1, LAST]), min_size=1)
PLACES = st.dictionaries(st.integers(0, 30), POSITIONS)


def occurrences(places: dict[int, set[int]]) -> tuple[array[int], array[int], int, array[int]]:
    docs = sorted(places)
    tfs = array("I", [len(places[doc]) for doc in docs])
    return array("I", docs), tfs, len(docs), array("I", [p for doc in docs for p in sorted(places[doc])])


@given(PLACES, PLACES)
def test_neighbours_are_where_one_word_follows_the_other(one: dict[int, set[int]], other: dict[int, set[int]]) -> None:
    found = uint32s(min(len(one), len(other)))
    size = proximity.neighbours(*occurrences(one), *occurrences(other), found)
    expected = [doc for doc in sorted(one) if any(p + 1 in other.get(doc, ()) for p in one[doc])]
    assert list(found[:size]) == expected


@given(PLACES, st.floats(0, 50), st.sampled_from([1.0, 32.0]))
def test_a_word_counts_less_the_later_it_first_occurs(places: dict[int, set[int]], weight: float, half: float) -> None:
    _, tfs, n, positions = occurrences(places)
    scores = float64s(n)
    proximity.score_beginnings(tfs, n, positions, weight, half, scores)
    assert list(scores) == [weight * half / (half + min(places[doc])) for doc in sorted(places)]


def test_a_word_at_the_very_beginning_counts_full_and_at_the_half_position_half() -> None:
    scores = float64s(2)
    proximity.score_beginnings(array("I", [1, 1]), 2, array("I", [0, 32]), 3.0, 32.0, scores)
    assert list(scores) == [3.0, 1.5]
