"""Figures as rows of text, a tab between columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.errors import InputError
from searchkit.evaluation.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from searchkit.evaluation.compare import Comparison
    from searchkit.evaluation.measures import Evaluation
    from searchkit.evaluation.tuning import Tuned

Row = tuple[str, ...]

ALL = "all"
"""What stands for the id of a query in the row of the means, as in trec_eval."""


def means_table(evaluation: Evaluation) -> list[Row]:
    """Return a row per measure."""
    return [(name, f"{value:.4f}") for name, value in evaluation.means.items()]


def comparison_table(comparisons: Mapping[str, Comparison]) -> list[Row]:
    """Return a row per measure below the names of the columns."""
    rows: list[Row] = [("measure", "this", "other", "difference", "95 %", "p", "better", "worse", "same")]
    for name, one in comparisons.items():
        counts = (str(one.better), str(one.worse), str(one.same))
        rows.append((name, f"{one.this:.4f}", f"{one.other:.4f}", *_difference(one), *counts))
    return rows


def per_query_table(evaluation: Evaluation, texts: Mapping[str, str], other: Evaluation | None = None) -> list[Row]:
    """Return a row per query below the names of the columns, and the means below all.

    With another evaluation there are columns for what this one has more.
    """
    differences = [f"{name} difference" for name in MEASURES] if other else []
    rows: list[Row] = [("qid", *MEASURES, *differences, "query")]
    for query, values in (*evaluation.by_query.items(), (ALL, evaluation.means)):
        figures = [f"{values[name]:.4f}" for name in MEASURES]
        if other:
            others = other.means if query == ALL and values is evaluation.means else other.by_query[query]
            figures += [f"{values[name] - others[name]:+.4f}" for name in MEASURES]
        rows.append((query, *figures, " ".join(texts.get(query, "").split())))
    return rows


def tuned_table(tuned: Tuned) -> list[Row]:
    """Return both halves before and after, and the best parameters below."""
    rows: list[Row] = [("half", "queries", "measure", "before", "after", "difference", "95 %", "p")]
    halves = (("searched", tuned.searched), ("held back", tuned.held_back))
    for (half, comparisons), queries in zip(halves, tuned.queries, strict=True):
        for name, one in comparisons.items():
            rows.append((half, str(queries), name, f"{one.other:.4f}", f"{one.this:.4f}", *_difference(one)))
    rows.append(("best", " ".join(f"{name}={value:g}" for name, value in tuned.best.items())))
    return rows


def text(rows: Iterable[Row]) -> str:
    """Return the rows as lines."""
    return "".join("\t".join(row) + "\n" for row in rows)


def write_table(path: str, rows: Iterable[Row]) -> None:
    """Write the rows to a file.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text(rows))
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); choose another place") from error


def _difference(one: Comparison) -> Row:
    return f"{one.difference:+.4f}", f"{one.low:+.4f}..{one.high:+.4f}", f"{one.p:.4f}"
