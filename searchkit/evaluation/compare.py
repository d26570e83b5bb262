"""Two rankings of the same queries, measure by measure."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from searchkit.evaluation.measures import MEASURES
from searchkit.evaluation.significance import bootstrap_interval, randomisation_p
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit.evaluation.measures import Evaluation


class Comparison(NamedTuple):
    """One measure of a ranking beside that of another."""

    this: float
    other: float
    difference: float  # of the means; above 0 this ranking is the better one
    low: float  # of the difference, with 95 % confidence
    high: float
    p: float  # how probable so large a difference is by chance
    better: int  # queries
    worse: int
    same: int


def compare(this: Evaluation, other: Evaluation) -> dict[str, Comparison]:
    """Compare two evaluations by the same judgements; the comparisons stand by measure."""
    return {name: _compare(name, this, other) for name in MEASURES}


def differences(name: str, this: Evaluation, other: Evaluation) -> list[float]:
    """Return query by query what this ranking has more of a measure."""
    return [values[name] - other.by_query[query][name] for query, values in this.by_query.items()]


def _compare(name: str, this: Evaluation, other: Evaluation) -> Comparison:
    told = differences(name, this, other)
    interval = bootstrap_interval(told)
    better, worse = sum(value > 0 for value in told), sum(value < 0 for value in told)
    return Comparison(
        this.means[name],
        other.means[name],
        fsum(told) / len(told),
        interval.low,
        interval.high,
        randomisation_p(told),
        better,
        worse,
        len(told) - better - worse,
    )
