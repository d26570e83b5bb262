from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.evaluation.significance import TRIALS, bootstrap_interval, randomisation_p

# Steps of nDCG and the like, many of them nothing.
steps = st.sampled_from([0.0, 0.0, 0.0, 0.5, -0.5, 1.0, -1.0, 1 / 3, -0.1309, 0.0625])
some = st.lists(steps, min_size=1, max_size=11)


@given(some)
def test_a_few_differences_are_tested_with_every_assignment_of_signs(values: list[float]) -> None:
    seen = abs(sum(values))
    sums = [abs(sum(sign * value for sign, value in zip(signs, values, strict=True)))
            for signs in product((1, -1), repeat=len(values))]  # fmt: skip
    assert randomisation_p(values) == pytest.approx(sum(one >= seen - 1e-9 for one in sums) / len(sums), abs=1e-12)


def test_the_drawn_test_is_near_the_exact_one() -> None:
    # Of 20 queries 15 are better by the same: the exact value is that of the sign test, two-sided.
    values = [0.25] * 15 + [-0.25] * 5
    assert 2 ** len(values) > TRIALS
    assert randomisation_p(values) == pytest.approx(0.04139, abs=0.006)


def test_rankings_that_do_not_differ_are_not_different() -> None:
    assert randomisation_p([0.0] * 50) == 1
    assert bootstrap_interval([0.0] * 50) == (0, 0)


def test_a_ranking_that_is_better_everywhere_is_better() -> None:
    assert randomisation_p([0.1] * 200) == 1 / (TRIALS + 1)
    low, high = bootstrap_interval([0.1, 0.2] * 100)
    assert 0 < low < 0.15 < high < 0.2


@pytest.mark.parametrize("count", [13, 14, 16, 17, 100])
def test_any_number_of_differences_can_be_tested(count: int) -> None:
    assert randomisation_p([0.1, -0.1] * count) == pytest.approx(1, abs=0.001)


@given(st.lists(steps, min_size=1, max_size=40))
def test_the_test_does_not_ask_which_ranking_is_which(values: list[float]) -> None:
    assert randomisation_p([-value for value in values]) == randomisation_p(values)


@given(st.lists(steps, min_size=1, max_size=40))
def test_figures_are_the_same_each_time(values: list[float]) -> None:
    assert randomisation_p(values) == randomisation_p(values)
    assert bootstrap_interval(values) == bootstrap_interval(values)


@given(st.lists(steps, min_size=1, max_size=40))
def test_the_interval_lies_within_the_differences(values: list[float]) -> None:
    low, high = bootstrap_interval(values)
    assert min(values) - 1e-12 <= low <= high <= max(values) + 1e-12


def test_the_interval_is_that_of_a_mean() -> None:
    # The standard error of the mean of 100 values, half of them 0 and half 1, is 0.05.
    low, high = bootstrap_interval([0.0, 1.0] * 50)
    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.015)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.015)


def test_groups_weigh_the_same_whatever_their_size() -> None:
    low, high = bootstrap_interval([1.0] * 1000, [0.0] * 10)
    assert (low, high) == (0.5, 0.5)
