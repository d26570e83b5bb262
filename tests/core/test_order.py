"""Terms in the order of their bytes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.order import order_terms


@given(st.lists(st.binary(max_size=12) | st.text("ابتa1\u06cc", max_size=9).map(str.encode), max_size=50))
def test_few_terms_come_in_order(terms: list[bytes]) -> None:
    assert [terms[number] for number in order_terms(terms)] == sorted(terms)


@pytest.mark.parametrize("letters", ["ابتثجحخ", "a0ب\u200fx", "\U0001f600\ud800ab"])
def test_many_terms_come_in_order(letters: str) -> None:
    source = random.Random(3)  # noqa: S311
    words = {"".join(source.choices(letters, k=source.randrange(0, 14))) for _ in range(9000)}
    terms = [word.encode("utf-8", "surrogatepass") for word in words]
    order = order_terms(terms)
    assert [terms[number] for number in order] == sorted(terms)
    assert sorted(order) == list(range(len(terms)))
