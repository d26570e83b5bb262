"""What is kept of many numbers are the best, by rank."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.selection import keep_best, largest


@given(st.lists(st.integers(0, 9) | st.integers(0, 2**64 - 1), min_size=1, max_size=60), st.data())
def test_the_best_stay_in_their_order_and_of_equals_the_first(ranks: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(ranks)))
    wanted = sorted(sorted(range(len(ranks)), key=lambda at: -ranks[at])[:k])
    kept, numbers = array("Q", ranks), array("Q", range(len(ranks)))
    floor = largest(kept, len(ranks), k)
    assert floor == sorted(ranks, reverse=True)[k - 1]
    assert list(kept) == ranks  # not touched so far
    keep_best(kept, numbers, len(ranks), k, floor)
    assert list(numbers[:k]) == wanted
    assert list(kept[:k]) == [ranks[at] for at in wanted]
