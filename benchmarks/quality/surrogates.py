"""The ranking beside plainer ones on tasks it was not tuned on, made of the judged sets; see tasks.py.

    python -m benchmarks.quality.surrogates FOLDER [--lucene-jars DIR] [--tasks NAME ...] [--set NAME=X ...]

Needs SEARCHKIT_DATA. Tasks and their indexes are kept in FOLDER. Figures are nDCG@10; * where the paired bootstrap
interval (95 %) of what the model is better by is above 0, † where it is below. Each ``--set`` adds a column with other
weights, instead of the plainer rankings.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from math import fsum
from typing import TYPE_CHECKING

from benchmarks.quality.tasks import make_tasks, write_task
from benchmarks.versus.documents import read_documents, write_documents, write_queries
from benchmarks.versus.engines.searchkit_ import PLAIN_BM25
from benchmarks.versus.processes import HERE, Process, add_lucene_options, lucene_command, lucene_jars
from searchkit import create
from searchkit.evaluation.compare import differences
from searchkit.evaluation.experiment import rank, read_collection
from searchkit.evaluation.measures import Evaluation, evaluate
from searchkit.evaluation.significance import bootstrap_interval
from searchkit.evaluation.tuning import with_parameters
from searchkit.ranking import Model
from searchkit.search import Index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.evaluation.trec import Run

MEASURE = "nDCG@10"
LETTERS = PLAIN_BM25._replace(surface=1.0, lemma=0.0)


def main() -> int:
    options = _parse()
    data = os.environ.get("SEARCHKIT_DATA")
    if not data:
        print("surrogates: needs SEARCHKIT_DATA, the folder of the judged sets", file=sys.stderr)
        return 2
    if not os.path.exists(options.folder):
        for name, task in make_tasks(data):
            write_task(task, os.path.join(options.folder, name))
    names = [name for name in sorted(os.listdir(options.folder)) if os.path.isdir(os.path.join(options.folder, name))]
    models = {"the model": Model()}
    if not options.set:
        models.update(lemmas=PLAIN_BM25, letters=LETTERS)
    for row in options.set:
        values = {name: float(value) for name, _, value in (text.partition("=") for text in row)}
        models[" ".join(row)] = with_parameters(Model(), values)
    command = _lucene(options)
    columns = [*models, *(["Lucene"] if command else [])]
    print("| task | queries |", " | ".join(columns), "|\n|---" + "|---" * (len(columns) + 1) + "|")
    means: dict[str, list[float]] = {column: [] for column in columns}
    for name in names:
        if options.tasks and not any(re.search(wanted, name) for wanted in options.tasks):
            continue
        folder = os.path.join(options.folder, name)
        found = _measure(folder, models, command)
        for column, evaluation in found.items():
            means[column].append(evaluation.means[MEASURE])
        cells = [_cell(evaluation, found["the model"]) for evaluation in found.values()]
        print("|", " | ".join([name, str(len(found["the model"].by_query)), *cells]), "|", flush=True)
    print("| mean | |", " | ".join(f"{fsum(values) / len(values):.4f}" for values in means.values()), "|")
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", help="where the tasks are, or will be")
    parser.add_argument("--tasks", nargs="+", help="regular expressions of names; all when none is given")
    parser.add_argument("--set", metavar="NAME=X", nargs="+", action="append", default=[], help="a column")
    add_lucene_options(parser)
    return parser.parse_args()


def _measure(folder: str, models: Mapping[str, Model], command: list[str]) -> dict[str, Evaluation]:
    collection = read_collection(os.path.join(folder, "queries.tsv"), os.path.join(folder, "qrels.tsv"))
    corpus, place = os.path.join(folder, "corpus.jsonl"), os.path.join(folder, "index")
    if not os.path.exists(place):
        with create(place) as writer:
            for key, title, text in read_documents(corpus):
                writer.add(id=key, title=title, text=text)
    found: dict[str, Evaluation] = {}
    for column, model in models.items():
        found[column] = evaluate(rank(Index(place, model), collection.questions, depth=10), collection.judgements)
    if command:
        found["Lucene"] = evaluate(_ask_lucene(command, folder, collection.questions), collection.judgements)
    return found


def _lucene(options: argparse.Namespace) -> list[str]:
    jars = lucene_jars(options, options.folder)
    command = lucene_command(os.path.join(HERE, "engines", "Lucene.java"), jars, options.folder)
    return [*command, "arabic"] if command else []


def _ask_lucene(command: list[str], folder: str, questions: Mapping[str, str]) -> Run:
    place = os.path.join(folder, "lucene")
    process = Process("Lucene", command)
    if not os.path.exists(place):
        documents = os.path.join(folder, "documents")
        write_documents(documents, read_documents(os.path.join(folder, "corpus.jsonl")))
        process.ask("build", documents, place)
        os.remove(documents)
    process.ask("open", place)
    asked = write_queries(os.path.join(folder, "asked"), questions.values())
    ids = process.ask("ask", "any", asked)["ids"]
    process.end()
    return {query: [(found, 0.0) for found in row] for query, row in zip(questions, ids, strict=True)}


def _cell(evaluation: Evaluation, model: Evaluation) -> str:
    mean = f"{evaluation.means[MEASURE]:.4f}"
    if evaluation is model:
        return mean
    interval = bootstrap_interval(differences(MEASURE, model, evaluation))
    return mean + (" *" if interval.low > 0 else " †" if interval.high < 0 else "")


if __name__ == "__main__":
    sys.exit(main())
