"""Better weights for a collection: searched on half of its queries, measured on the other half.

One parameter after another takes each of its values; what gains most stays, and it goes round until nothing does.
The halves are told apart by a checksum of the query's id, so they stay the same from run to run and when queries are
added. What is gained on the searched half alone is chance; the half held back tells.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from searchkit.errors import InputError
from searchkit.evaluation.compare import Comparison, compare
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.trec import Qrels
from searchkit.ranking import Model
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from searchkit.evaluation.measures import Evaluation
    from searchkit.evaluation.trec import Run

GOAL = "nDCG@10"
"""The measure that is searched for."""

Grid = dict[str, list[float]]
"""The values to try by parameter."""

_FACTORS = (0.5, 0.7, 1.0, 1.4, 2.0)
_FROM_NOTHING = (0.0, 0.1, 0.3, 1.0)
# By the last part of the name. A share above 1 would turn the scores of long documents negative, and nothing is half
# of no distance.
_AT_MOST = {"b": 1.0}
_ABOVE_0 = ("half", "reach")

NOT_IN_QUESTIONS = ("phrase", "wildcard", "fuzzy")
"""Weights of what plain text has none of; they are tried only when they are named."""


class Tuned(NamedTuple):
    """What came of it; each comparison is of the best model with the one it started from."""

    best: dict[str, float]
    model: Model
    searched: dict[str, Comparison]
    held_back: dict[str, Comparison]
    queries: tuple[int, int]  # in either half


def parameters(model: Model) -> dict[str, float]:
    """Return the numbers of a model by name, those of its parts with the names of both: ``bm25.b``."""
    return dict(_numbers(model, ""))


def parameter(name: str, model: Model) -> str:
    """Return the whole name of a parameter, of which the last part is enough where only one ends so.

    Raises:
        InputError: there is none, or more than one.
    """
    names = parameters(model)
    ending = [known for known in names if known.rpartition(".")[2] == name]
    if name in names:
        return name
    if len(ending) == 1:
        return ending[0]
    raise InputError(f"{name or '='}: is no parameter; choose from {', '.join(ending or names)}")


def with_parameters(model: Model, values: Mapping[str, float]) -> Model:
    """Return the model with other numbers.

    Raises:
        InputError: it has no parameter of this name.
    """
    whole = {parameter(name, model): value for name, value in values.items()}
    return cast("Model", _replaced(model, whole, ""))


def parse_grid(texts: Sequence[str], model: Model) -> Grid:
    """Read ``name=value,value`` texts: a name alone stands for values around the present one, no text for all names.

    Raises:
        InputError: a text is not of this form, or names no parameter.
    """
    present = parameters(model)
    grid: Grid = {}
    for text in texts or (name for name in present if name not in NOT_IN_QUESTIONS):
        given, equals, listed = text.partition("=")
        name = parameter(given, model)
        if not equals:
            grid[name] = _around(name, present[name])
            continue
        try:
            grid[name] = [float(value) for value in listed.split(",")]
        except ValueError:
            raise InputError(f"{text}: is not a list of numbers; write {given}=0.5,1,2") from None
        if not all(_allowed(name, value) for value in grid[name]):
            raise InputError(f"{text}: is out of bounds; give numbers {_bounds(name)}")
    return grid


def tune(
    rank: Callable[[Model, Sequence[str], int | None], Run], judgements: Qrels, grid: Grid, model: Model,
    *, tell: Callable[[str], None],
) -> Tuned:  # fmt: skip
    """Search the best values.

    Args:
        rank: ranks the queries with these ids by a model, to this depth or, without one, as deep as the measures look.
        judgements: of all queries.
        grid: values by parameter.
        model: where to start.
        tell: told of every gain.

    Raises:
        InputError: there are too few queries.
    """
    halves = _halves(judgements)

    def measure(model: Model, half: Qrels, depth: int | None = None) -> Evaluation:
        return evaluate(rank(model, list(half), depth), half)

    def score(model: Model) -> float:
        return measure(model, halves[0], 10).means[GOAL]

    best = _climb(score, grid, model, tell)
    searched, held_back = (compare(measure(best, half), measure(model, half)) for half in halves)
    values = {name: value for name, value in parameters(best).items() if name in grid}
    return Tuned(values, best, searched, held_back, (len(halves[0]), len(halves[1])))


def _climb(score: Callable[[Model], float], grid: Grid, model: Model, tell: Callable[[str], None]) -> Model:
    best, reached = model, score(model)
    last = ""  # the parameter that moved last: when its turn comes again, all others had theirs
    while True:
        for name, values in grid.items():
            if name == last:
                return best
            present = parameters(best)[name]
            tried = [(score(one), one) for value in values if (one := with_parameters(best, {name: value})) != best]
            gained, one = max(tried, key=lambda pair: pair[0], default=(reached, best))
            if gained > reached:
                tell(f"{name} {present:g} -> {parameters(one)[name]:g}: {GOAL} {reached:.4f} -> {gained:.4f}")
                best, reached, last = one, gained, name
        if not last:
            return best


def _halves(judgements: Qrels) -> tuple[Qrels, Qrels]:
    halves: tuple[Qrels, Qrels] = ({}, {})
    for query, judged in judgements.items():
        halves[crc32(query.encode()) & 1][query] = judged
    if not all(halves):
        raise InputError(f"{len(judgements)} judged queries: too few to hold half of them back; judge more")
    return halves


def _around(name: str, value: float) -> list[float]:
    around = [round(value * factor, 4) for factor in _FACTORS] if value else _FROM_NOTHING
    return sorted({number for number in around if _allowed(name, number)})


def _allowed(name: str, value: float) -> bool:
    last = name.rpartition(".")[2]
    return isfinite(value) and 0 <= value <= _AT_MOST.get(last, value) and (value > 0 or last not in _ABOVE_0)


def _bounds(name: str) -> str:
    last = name.rpartition(".")[2]
    if last in _AT_MOST:
        return f"from 0 to {_AT_MOST[last]:g}"
    return "above 0" if last in _ABOVE_0 else "from 0 up"


def _numbers(values: Any, before: str) -> Iterator[tuple[str, float]]:
    for name, value in values._asdict().items():
        if hasattr(value, "_asdict"):
            yield from _numbers(value, f"{before}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield before + name, value


def _replaced(values: Any, others: Mapping[str, float], before: str) -> Any:
    return type(values)(*(
        _replaced(value, others, f"{before}{name}.") if hasattr(value, "_asdict")
        else type(value)(others.get(before + name, value))  # a count stays a whole number
        for name, value in values._asdict().items()
    ))  # fmt: skip
