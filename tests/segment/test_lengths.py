"""What is known of the lengths of texts, and what BM25 makes of it."""

from __future__ import annotations

from statistics import geometric_mean, mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.ranking import BM25, fitted
from searchkit.segment.lengths import Lengths, measure, read_lengths

LENGTHS = st.lists(st.integers(0, 100_000), max_size=30)


@given(lengths=LENGTHS)
def test_means_are_those_of_the_documents_that_have_the_field(lengths: list[int]) -> None:
    found, there = measure(lengths), [length for length in lengths if length]
    assert found.average == pytest.approx(mean(there) if there else 1)
    assert found.evenness == pytest.approx(geometric_mean(there) / mean(there) if there else 1, rel=1e-3)
    assert 0 < found.evenness <= 1


@given(one=LENGTHS, other=LENGTHS)
def test_sums_of_segments_add_up_and_documents_can_be_taken_out(one: list[int], other: list[int]) -> None:
    assert measure(one).plus(measure(other)) == measure(one + other)
    assert measure(one + other).plus(measure(other), times=-1) == measure(one)


@given(lengths=LENGTHS)
def test_they_are_read_as_they_were_noted(lengths: list[int]) -> None:
    found = measure(lengths)
    assert read_lengths({"name": "text", **found._asdict()}) == found
    assert read_lengths({"name": "text", "total": 3, "docs": 2}) is None


@pytest.mark.parametrize("wrong", [{"docs": 4}, {"docs": -1}, {"logs": -1}, {"logs": 10**9}])
def test_what_no_texts_have_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="lengths"):
        read_lengths({**Lengths(3, 2, 1024)._asdict(), **wrong})


def test_parameters_stay_for_usual_texts_and_follow_others_as_far_as_told() -> None:
    usual = BM25(0.8, 0.7)
    assert fitted(usual, 250.0, 4 / 7, 1.0) == pytest.approx(usual)
    assert fitted(usual, 9000.0, 0.1, 0.0) == usual
    long, short = fitted(usual, 2000.0, 0.2, 1.0), fitted(usual, 20.0, 1.0, 1.0)
    assert long.k1 > usual.k1 > short.k1
    assert long.b < usual.b < short.b
    assert fitted(BM25(0.8, 0.9), 250.0, 1.0, 1.0).b == 1.0
    assert fitted(BM25(0.1, 0.0), 250.0, 1.0, 1.0).b == 0.0
