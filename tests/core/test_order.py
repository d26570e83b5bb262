"""Numbers in order."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.order import order_keys


@pytest.mark.parametrize("more", [0, 5000])
@given(some=st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3)))
def test_keys_come_in_order_and_equal_ones_stay_as_they_are(some: list[int], more: int) -> None:
    keys = [*some, *(number * 7919 % 1009 << 50 for number in range(more))]
    found = order_keys(array("Q", keys))
    assert list(found) == sorted(range(len(keys)), key=keys.__getitem__)
