"""What each part of the ranking is worth: the model beside the model without it, on every judged set, with its cost.

python benchmarks/quality/ablation.py [--sets wiki,news,arcd] [--measure nDCG@10] [--set root=0.2 ...]
python benchmarks/quality/ablation.py --worst 10 --sets wiki

Needs SEARCHKIT_DATA: a folder per set with corpus.jsonl.gz, queries.tsv and qrels.tsv. In each column stand the
figure and, in brackets, the 95 % interval (paired bootstrap) of what the model is better by; in the column of means
each set weighs the same. Milliseconds are means per query to rank ten documents, one query after the other in this
process, set by set; they fall only where the search passes over what weighs nothing. Each ``--set`` adds a row with
other weights.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from contextlib import ExitStack
from math import fsum
from time import perf_counter
from typing import NamedTuple

from searchkit import _core
from searchkit.errors import SearchkitError
from searchkit.evaluation.compare import differences
from searchkit.evaluation.experiment import DEPTH, Collection, rank, read_collection, throwaway_index
from searchkit.evaluation.measures import MEASURES, Evaluation, evaluate
from searchkit.evaluation.significance import bootstrap_interval
from searchkit.evaluation.tuning import NOT_IN_QUESTIONS, parameters, with_parameters
from searchkit.ranking import Model
from searchkit.search import Hit, Index

SETS = "wiki,news,arcd"

# Where "without" is not 0: a title is a text like another, a function word a word like another.
NEUTRAL = {"title": 1.0, "function_word": 1.0}
# What has no meaning without another parameter.
NOT_A_PART = (*NOT_IN_QUESTIONS, "other_field", "half", "reach")


class JudgedSet(NamedTuple):
    name: str
    collection: Collection
    place: str  # of the index


class Measured(NamedTuple):
    evaluation: Evaluation
    ms: float  # per query


def main() -> int:
    options = parse_options()
    data = os.environ.get("SEARCHKIT_DATA")
    if not data:
        print("ablation: needs SEARCHKIT_DATA, the folder of the judged sets", file=sys.stderr)
        return 2
    try:
        variants = [("the model", Model()), *ablations(Model()), *wanted(options.set)]
        with ExitStack() as stack:
            judged = [open_set(stack, data, name) for name in options.sets.split(",")]
            if options.worst:
                for one in judged:
                    show_worst(one, options.worst, options.measure)
            else:
                show_table(judged, variants, options.measure)
    except SearchkitError as error:
        print(f"ablation: {error}", file=sys.stderr)
        return 2
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", default=SETS, help="folders of SEARCHKIT_DATA (default: %(default)s)")
    parser.add_argument("--measure", choices=MEASURES, default=MEASURES[0], help="default: %(default)s")
    parser.add_argument(
        "--set", metavar="NAME=X", nargs="+", action="append", default=[], help="a row with these weights"
    )
    parser.add_argument(
        "--worst", metavar="N", type=int, default=0, help="list the N worst queries of each set instead"
    )
    return parser.parse_args()


def open_set(stack: ExitStack, data: str, name: str) -> JudgedSet:
    def path(file: str) -> str:
        return os.path.join(data, name, file)

    collection = read_collection(path("queries.tsv"), path("qrels.tsv"))
    corpus = path("corpus.jsonl.gz") if os.path.exists(path("corpus.jsonl.gz")) else path("corpus.jsonl")
    place = stack.enter_context(throwaway_index(corpus, report=lambda problem: print(problem, file=sys.stderr)))
    return JudgedSet(name, collection, place)


def ablations(model: Model) -> list[tuple[str, Model]]:
    """The model without each of its parts; a parameter that is new to this script counts as one."""
    found: list[tuple[str, Model]] = []
    for name, value in parameters(model).items():
        neutral = NEUTRAL.get(name, 0.0)
        if name not in NOT_A_PART and value != neutral:
            label = f"... {name} = {neutral:g}" if neutral else f"... without {name}"
            found.append((label, with_parameters(model, {name: neutral})))
    return found


def wanted(rows: list[list[str]]) -> list[tuple[str, Model]]:
    return [
        (" ".join(row), with_parameters(Model(), {name: float(value) for name, _, value in map(parted, row)}))
        for row in rows
    ]


def parted(text: str) -> tuple[str, str, str]:
    name, equals, value = text.partition("=")
    try:
        float(value)
    except ValueError:
        raise SearchkitError(f"{text}: is not of the form name=number; write root=0.2") from None
    return name, equals, value


def measure(judged: JudgedSet, model: Model, name: str) -> Measured:
    index = Index(judged.place, model)
    started = perf_counter()
    run = rank(index, judged.collection.questions, depth=10 if name.endswith("@10") else DEPTH)
    ms = 1000 * (perf_counter() - started) / len(judged.collection.questions)
    return Measured(evaluate(run, judged.collection.judgements), ms)


def show_table(judged: list[JudgedSet], variants: list[tuple[str, Model]], name: str) -> None:
    core = "compiled" if _core.COMPILED else "pure Python"
    sizes = ", ".join(f"{one.name} {len(one.collection.judgements)} queries" for one in judged)
    print(f"Python {platform.python_version()}, {platform.machine()}, core: {core}; {name}; {sizes}\n")
    print("| |", " | ".join(one.name for one in judged), "| mean | ms per query |")
    print("|---" * (len(judged) + 3) + "|")
    base: list[Measured] = []
    for label, model in variants:
        measured = [measure(one, model, name) for one in judged]
        base = base or measured
        print("|", " | ".join([label, *cells(measured, base, name)]), "|", flush=True)


def cells(measured: list[Measured], base: list[Measured], name: str) -> list[str]:
    means = [one.evaluation.means[name] for one in measured]
    figures = [f"{mean:.4f}" for mean in (*means, fsum(means) / len(means))]
    if measured is not base:
        told = [differences(name, one.evaluation, other.evaluation) for one, other in zip(base, measured, strict=True)]
        intervals = [bootstrap_interval(values) for values in told] + [bootstrap_interval(*told)]
        figures = [
            f"{figure} [{low:+.4f}, {high:+.4f}]" for figure, (low, high) in zip(figures, intervals, strict=True)
        ]
    return [*figures, " / ".join(f"{one.ms:.2f}" for one in measured)]


def show_worst(judged: JudgedSet, count: int, name: str) -> None:
    index = Index(judged.place)
    texts, judgements = judged.collection
    ranks: dict[str, int] = {}
    run = rank(index, texts)
    for query, values in judgements.items():
        found = [document for document, _ in run.get(query, ())]
        ranks[query] = min((found.index(d) for d, grade in values.items() if grade > 0 and d in found), default=DEPTH)
    means = evaluate(run, judgements).by_query
    worst = sorted(judgements, key=lambda query: (means[query][name], -ranks[query]))
    for query in worst[:count]:
        show_query(index, query, texts.get(query, ""), judgements[query], means[query][name])


def show_query(index: Index, query: str, text: str, judged: dict[str, int], value: float) -> None:
    print(f"\n{'=' * 100}\n{query}  {value:.4f}  {text}")
    hits = list(index.search(text, limit=DEPTH, plain=True)) if text else []
    right = [hit for hit in hits if judged.get(hit.id, 0) > 0]
    if right:
        show_hit("judged", right[0])
    else:
        for document in (document for document, grade in judged.items() if grade > 0):
            fields = index.document(document) or {}
            print(f"judged, not in the first {DEPTH}: {document} [{fields.get('title', '')}]")
            print("   ", " ".join(str(fields.get("text", "is not in the corpus")).split())[:300])
    if hits and hits[0] not in right:
        show_hit("first", hits[0])


def show_hit(what: str, hit: Hit) -> None:
    text = str(hit.fields.get("text", ""))
    print(f"{what}: rank {hit.rank}, {hit.id} [{hit.title}], {len(text.split())} words")
    print("   ", " ".join(hit.snippet.split()))
    print("\n".join(hit.explain().lines("    ")))


if __name__ == "__main__":
    sys.exit(main())
