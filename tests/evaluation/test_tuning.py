"""The search for weights, with a ranking whose best weights are known."""

from collections.abc import Sequence
from zlib import crc32

import pytest

from searchkit.errors import InputError
from searchkit.evaluation.tables import tuned_table
from searchkit.evaluation.tuning import GOAL, NOT_IN_QUESTIONS, parameter, parameters, parse_grid, tune, with_parameters
from searchkit.ranking import Model

MODEL = Model()
QUERIES = [f"q{number}" for number in range(40)]
QRELS = {query: {"right": 1} for query in QUERIES}
HELD_BACK = {query for query in QUERIES if crc32(query.encode()) & 1}


def near(model: Model, **wanted: float) -> int:
    """How many steps off the model is."""
    present = parameters(model)
    return sum(abs(round(10 * (present[parameter(name, MODEL)] - value))) for name, value in wanted.items())


def ranked(model: Model, queries: Sequence[str], depth: int | None) -> dict[str, list[tuple[str, float]]]:
    """The further off the model, the lower the right document, in all queries."""
    place = near(model, root=0.2, b=0.5)
    results = [*((f"wrong {number}", 0.0) for number in range(place)), ("right", 0.0)]
    return dict.fromkeys(queries, results[:depth])


def test_every_number_of_a_model_is_a_parameter() -> None:
    named = parameters(MODEL)
    assert named["root"] == MODEL.root
    assert named["bm25.b"] == MODEL.bm25.b
    assert set(with_parameters(MODEL, dict.fromkeys(named, 2.0))._asdict()) == set(MODEL._asdict())
    assert set(parameters(with_parameters(MODEL, dict.fromkeys(named, 2.0))).values()) == {2.0}


def test_a_count_stays_a_whole_number() -> None:
    assert isinstance(with_parameters(MODEL, {"placed": 44.8}).placed, int)


def test_the_last_part_of_a_name_is_enough() -> None:
    assert parameter("b", MODEL) == parameter("bm25.b", MODEL) == "bm25.b"
    assert with_parameters(MODEL, {"b": 0.5}).bm25.b == 0.5
    assert with_parameters(MODEL, {"b": 0.5}).bm25.k1 == MODEL.bm25.k1


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"^rood: is no parameter; choose from surface, .*root.*bm25\.k1"):
        parse_grid(["rood=1,2"], MODEL)
    with pytest.raises(InputError, match=r"^=: is no parameter"):
        parse_grid(["=1"], MODEL)
    with pytest.raises(InputError, match="choose from"):
        with_parameters(MODEL, {"c": 1})


def test_a_grid_is_read_as_it_is_written() -> None:
    assert parse_grid(["root=0.2,1", "b=0"], MODEL) == {"root": [0.2, 1.0], "bm25.b": [0.0]}


def test_a_name_alone_stands_for_values_around_the_present_one() -> None:
    (values,) = parse_grid(["root"], MODEL).values()
    assert values[0] < MODEL.root < values[-1]
    assert MODEL.root in values


def test_without_any_name_all_parameters_are_tried_that_a_question_can_feel() -> None:
    grid = parse_grid([], MODEL)
    assert grid.keys() == parameters(MODEL).keys() - set(NOT_IN_QUESTIONS)
    assert grid.keys() >= {"surface", "root", "bm25.b"}
    assert max(grid["bm25.b"]) <= 1


def test_what_is_nothing_is_tried_as_something() -> None:
    grid = parse_grid(["root"], with_parameters(MODEL, {"root": 0}))
    assert len(grid["root"]) > 2
    assert max(grid["root"]) > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("root=", "root=: is not a list of numbers; write root=0.5,1,2"),
        ("root=1,x", "root=1,x: is not a list of numbers"),
        ("root=1;2", "root=1;2: is not a list of numbers"),
        ("root=-1", "root=-1: is out of bounds; give numbers from 0 up"),
        ("root=inf", "root=inf: is out of bounds"),
        ("root=nan", "root=nan: is out of bounds"),
        ("b=1.5", "b=1.5: is out of bounds; give numbers from 0 to 1"),
        ("half=0", "half=0: is out of bounds; give numbers above 0"),
    ],
)
def test_a_grid_that_cannot_be_used_is_named(text: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_grid([text], MODEL)
    assert str(caught.value).startswith(expected)


def test_the_best_values_are_found_wherever_it_starts() -> None:
    grid = parse_grid(["root=0,0.2,0.4,1", "b=0.3,0.5,0.7"], MODEL)
    told: list[str] = []
    tuned = tune(ranked, QRELS, grid, with_parameters(MODEL, {"root": 1.0, "b": 0.3}), tell=told.append)
    assert tuned.best == {"root": 0.2, "bm25.b": 0.5}
    assert tuned.model == with_parameters(MODEL, {"root": 0.2, "b": 0.5})
    assert told[0].startswith(f"root 1 -> 0.2: {GOAL} ")
    assert len(told) == 2
    assert tuned.held_back[GOAL].this == tuned.searched[GOAL].this == 1


def test_only_one_half_is_searched() -> None:
    asked: list[set[str]] = []

    def watched(model: Model, queries: Sequence[str], depth: int | None) -> dict[str, list[tuple[str, float]]]:
        asked.append(set(queries))
        return ranked(model, queries, depth)

    tuned = tune(watched, QRELS, {"root": [0.0, 0.2]}, MODEL, tell=lambda _: None)
    assert asked[-2:] == [HELD_BACK, HELD_BACK]  # the figures at the end: after and before
    assert all(queries == set(QUERIES) - HELD_BACK for queries in asked[:-2])
    assert tuned.queries == (len(QUERIES) - len(HELD_BACK), len(HELD_BACK))


def test_what_gains_nothing_is_left_as_it_is() -> None:
    told: list[str] = []
    tuned = tune(ranked, QRELS, {"surface": [0.5, 3.0]}, MODEL, tell=told.append)
    assert (tuned.model, told) == (MODEL, [])
    assert tuned.best == {"surface": MODEL.surface}
    assert tuned.held_back[GOAL].difference == 0


def test_too_few_queries_to_hold_half_of_them_back_are_a_mistake() -> None:
    with pytest.raises(InputError, match="1 judged queries: too few"):
        tune(ranked, {"q": {"right": 1}}, {"root": [0.2]}, MODEL, tell=lambda _: None)


def test_the_table_has_both_halves_and_the_best_values() -> None:
    rows = tuned_table(tune(ranked, QRELS, {"root": [0.2]}, MODEL, tell=lambda _: None))
    assert {row[0] for row in rows[1:-1]} == {"searched", "held back"}
    assert len({len(row) for row in rows[:-1]}) == 1
    assert rows[-1] == ("best", "root=0.2")
