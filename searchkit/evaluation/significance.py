"""Is one ranking better than another, or lucky? A test and an interval over the differences of the same queries.

Both draw at random from a fixed seed, so that a figure can be had again.
"""

from __future__ import annotations

from itertools import product
from math import fsum
from random import Random
from typing import TYPE_CHECKING

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

TRIALS = 10_000
"""How many assignments of signs the test looks at, where there are more."""

RESAMPLES = 2_000
"""How many times the interval draws the queries anew."""

_SEED = 20
_BYTE = 8


class Interval(NamedTuple):
    """A mean lies between these with 95 % confidence."""

    low: float
    high: float


def randomisation_p(differences: Sequence[float]) -> float:
    """Return how probable so large a mean difference is, either way, if the two rankings are as good as each other.

    Fisher's paired randomisation test (The Design of Experiments, 1935): were they alike, each difference might as
    well have the other sign. Up to 10,000 assignments of signs all are counted, beyond that many at random, and the
    one that was seen counts among them. No assumption is made of how differences are distributed.
    """
    told = [difference for difference in differences if difference]
    total = fsum(told)
    # Sums of the same numbers in another order may differ in the last bits.
    least = abs(total) - 1e-12 * fsum(map(abs, told))
    if 2 ** len(told) <= TRIALS:
        sums = [fsum(signed) for signed in product(*((value, -value) for value in told))]
        return sum(abs(one) >= least for one in sums) / len(sums)
    sums_of = _subset_sums(told)
    draw = Random(_SEED).randbytes  # noqa: S311 - statistics, not secrets
    as_large = sum(abs(total - 2 * sums_of(draw)) >= least for _ in range(TRIALS))
    return (as_large + 1) / (TRIALS + 1)


def bootstrap_interval(*groups: Sequence[float]) -> Interval:
    """Return the 95 % interval of the mean difference: the middle of the means of queries drawn anew (Efron, 1979).

    Args:
        groups: differences by query. Of several groups each is drawn by itself, and the interval is that of the mean
            of their means, so that each weighs the same.
    """
    random = Random(_SEED)  # noqa: S311 - statistics, not secrets
    drawn = [_resampled(group, random) for group in groups]
    means = sorted(fsum(group) / len(groups) for group in zip(*drawn, strict=True))
    return Interval(means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1])


def _resampled(values: Sequence[float], random: Random) -> list[float]:
    count = len(values)
    if not any(values):
        return [0.0] * RESAMPLES
    return [sum(random.choices(values, k=count)) / count for _ in range(RESAMPLES)]


def _subset_sums(values: Sequence[float]) -> Callable[[Callable[[int], Iterable[int]]], float]:
    """Return what sums a random subset, eight values at a time: their 256 subsets are summed beforehand."""
    tables: list[list[float]] = []
    for start in range(0, len(values), _BYTE):
        table = [0.0]
        for value in values[start : start + _BYTE]:
            table += [known + value for known in table]
        tables.append(table * (256 // len(table)))
    return lambda draw: sum([table[byte] for table, byte in zip(tables, draw(len(tables)), strict=True)])
