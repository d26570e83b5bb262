"""``searchkit eval``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.cli.report import report, show
from searchkit.errors import InputError
from searchkit.evaluation.compare import compare
from searchkit.evaluation.experiment import DEPTH, evaluate_file, rank, read_collection, throwaway_index
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.tables import comparison_table, means_table, per_query_table, text, tuned_table, write_table
from searchkit.evaluation.trec import write_run
from searchkit.evaluation.tuning import parse_grid, tune
from searchkit.ranking import Model
from searchkit.search import Index

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from searchkit.evaluation.experiment import Collection
    from searchkit.evaluation.measures import Evaluation
    from searchkit.evaluation.trec import Run
    from searchkit.evaluation.tuning import Grid


def run(options: Namespace) -> int:
    """Print the measures, or what came of tuning."""
    _check(options)
    grid = None if options.tune is None else parse_grid(options.tune, Model())
    collection = read_collection(options.queries, options.qrels)
    if grid is not None:
        _tune(options, collection, grid)
        return 0
    other = evaluate_file(options.compare, collection.judgements) if options.compare is not None else None
    this = _evaluate(options, collection)
    _print(options, collection, this, other)
    return 0


def _check(options: Namespace) -> None:
    """Refuse what does not go together before any file is opened."""
    if options.score is not None:
        if options.corpus is not None or options.run is not None:
            name = "--corpus" if options.corpus is not None else "--run"
            raise InputError(f"{name}: nothing is ranked with --score; leave one of them out")
    else:
        for name in ("corpus", "queries"):
            if getattr(options, name) is None:
                raise InputError(f"--{name}: is missing; give the file, or measure a run file with --score RUN")
    if options.tune is not None:
        for name in ("score", "run", "compare", "per_query"):
            if getattr(options, name) is not None:
                raise InputError(f"--{name.replace('_', '-')}: does not go with --tune; leave one of them out")


def _evaluate(options: Namespace, collection: Collection) -> Evaluation:
    if options.score is not None:
        return evaluate_file(options.score, collection.judgements)
    with throwaway_index(options.corpus, report=report) as place:
        ranked = rank(Index(place), collection.questions)
    if options.run is not None:
        write_run(options.run, ranked)
    return evaluate(ranked, collection.judgements)


def _print(options: Namespace, collection: Collection, this: Evaluation, other: Evaluation | None) -> None:
    comparisons = compare(this, other) if other else None
    if options.per_query is not None:
        rows = per_query_table(this, collection.questions, other)
        if options.per_query != "-":
            write_table(options.per_query, rows)
        elif not options.json:
            print(text(rows), end="")
    if options.json:
        figures: dict[str, Any] = dict(this.means)
        if comparisons:
            figures["compare"] = {name: one._asdict() for name, one in comparisons.items()}
        if options.per_query == "-":
            figures["per_query"] = this.by_query
        _print_json(figures)
    elif comparisons:
        print(text(comparison_table(comparisons)), end="")
    elif options.per_query != "-":  # the means stand below the queries
        print(text(means_table(this)), end="")


def _tune(options: Namespace, collection: Collection, grid: Grid) -> None:
    with throwaway_index(options.corpus, report=report) as place:

        def ranked(model: Model, queries: Sequence[str], depth: int | None) -> Run:
            questions = {query: collection.questions[query] for query in queries if query in collection.questions}
            return rank(Index(place, model), questions, depth=DEPTH if depth is None else depth)

        tuned = tune(ranked, collection.judgements, grid, Model(), tell=lambda line: show(f"tune: {line}\n"))
    if options.json:
        halves = {"searched": tuned.searched, "held_back": tuned.held_back}
        figures: dict[str, Any] = {
            half: {name: one._asdict() for name, one in comparisons.items()} for half, comparisons in halves.items()
        }
        _print_json({"best": tuned.best, **figures})
    else:
        print(text(tuned_table(tuned)), end="")


def _print_json(figures: dict[str, Any]) -> None:
    import json

    print(json.dumps(figures, indent=1))
