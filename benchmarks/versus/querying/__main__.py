"""Headlines asked for their articles, engine beside engine: time of a query and whether the article is found.

    python -m benchmarks.versus.querying corpus.jsonl.gz queries.tsv qrels.tsv [--lucene-jars FOLDER | --fetch-lucene]

Every engine takes the query as text, analyses it in its own way, searches for any of its words by BM25 and fetches the
ids of the best ten. One process per engine, all at once, take turns with all queries; of each query the median over
the passes after the warm-up counts. Slow engines get the first queries only, compared on the same ones.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from typing import Any, NamedTuple

from benchmarks.versus.documents import read_documents, write_documents, write_queries
from benchmarks.versus.peers import ENGINES, OURS, Bench, add_options, add_pass_options, report
from benchmarks.versus.processes import Process
from benchmarks.versus.tables import STATISTICS, median_seconds, print_machine, print_table

_ABLE = [engine for engine in ENGINES if "threads=4" not in engine.options]
_SLOW = {"Whoosh": 60, "SQLite FTS5": 200}  # get so many queries
_FOUND = 0.7  # of the articles, at least, must be among the best ten ...
_ALIKE = 3.0  # ... and of the ten so many, at least, must be among those of another engine, on the mean
_HEAD = (
    "engine", "version", "queries", "mean ms", "p50", "p99", "new reader mean", "article found", "shared hits",
    "searchkit is faster by: mean", "p50", "p99",
)  # fmt: skip


class Row(NamedTuple):
    """What one engine did."""

    engine: str
    version: str
    seconds: list[float]  # of each query, median over the passes
    new: list[float]  # of each query, when the reader knows none of the words yet
    ids: list[list[str]]  # of each query


def main() -> int:
    """Run and print; return 1 when answers are wrong."""
    options = _parse()
    with Bench(options, _ABLE) as bench:
        documents = read_documents(options.corpus, options.documents)
        path = bench.path("documents")
        write_documents(path, documents)
        print_machine()
        print(f"{options.corpus}: {len(documents)} documents; {options.queries}", flush=True)
        del documents
        keys, queries = _read_queries(options.queries)
        relevant = _read_qrels(options.qrels)
        rows = _measure(bench, path, queries, options)
    wrong = _print(rows, [relevant[key] for key in keys])
    return report(wrong)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.versus.querying", description="Ask each engine for the articles of headlines."
    )
    parser.add_argument("corpus", help="JSON lines with id, title and text, .gz or plain")
    parser.add_argument("queries", help="a line for each: id, tab, text")
    parser.add_argument("qrels", help="a line for each: id of query, 0, id of document, 1; with tabs")
    parser.add_argument("--documents", type=int, help="take so many documents")
    add_pass_options(parser)
    add_options(parser)
    return parser.parse_args()


def _read_queries(path: str) -> tuple[list[str], list[str]]:
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return [line[0] for line in lines], [line[1] for line in lines]


def _read_qrels(path: str) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            query, _, document, _ = line.split("\t")
            relevant.setdefault(query, set()).add(document)
    return relevant


def _measure(bench: Bench, documents: str, queries: list[str], options: argparse.Namespace) -> list[Row]:
    processes: list[Process] = []
    paths: dict[Process, tuple[str, str]] = {}
    for engine in bench.engines:
        process = bench.start(engine, "arabic")
        folder = bench.path(f"index of {engine.name}")
        os.mkdir(folder)
        process.ask("build", documents, folder)
        process.end()
        print(f"built: {engine.name}", file=sys.stderr)
        process = bench.start(engine, "arabic")
        process.ask("open", folder)
        processes.append(process)
        asked = write_queries(bench.path(f"queries of {engine.name}"), queries[: _SLOW.get(engine.name)])
        paths[process] = (folder, asked)
    passes: dict[Process, list[dict[str, Any]]] = {process: [] for process in processes}
    for _ in range(options.warmups + options.passes):
        for process in processes:
            passes[process].append(process.ask("ask", "any", paths[process][1]))
    rows: list[Row] = []
    for process, found in passes.items():
        process.ask("reopen", paths[process][0])
        new = process.ask("ask", "any", paths[process][1])
        process.end()
        assert all(one["ids"] == found[0]["ids"] for one in [*found, new]), f"{process.name}: answers differ by pass"
        seconds = median_seconds(found[options.warmups :])
        rows.append(Row(process.name, process.hello["version"], seconds, new["seconds"], new["ids"]))
    return rows


def _print(rows: list[Row], relevant: list[set[str]]) -> list[str]:
    """Print the table and return a line for each engine whose answers cannot be right."""
    ours = next((row for row in rows if row.engine == OURS.name), rows[0])
    other = next((row for row in rows if row.engine == "Lucene"), rows[-1])
    table: list[tuple[str, ...]] = [_HEAD]
    wrong: list[str] = []
    for row in rows:
        same = ours.seconds[: len(row.seconds)]
        ratios = [f"{of(row.seconds) / of(same):.2f} ×" for of in STATISTICS]
        found = statistics.mean(
            not ids.isdisjoint(hits) for ids, hits in zip(relevant, map(set, row.ids), strict=False)
        )
        reference = ours if row is other else other
        shared = statistics.mean(len(set(a) & set(b)) for a, b in zip(row.ids, reference.ids, strict=False))
        if found < _FOUND or shared < _ALIKE:
            wrong.append(f"{row.engine}: {found:.1%} of the articles found, {shared:.1f} hits as {other.engine}")
        times = [f"{of(row.seconds) * 1e3:.3f}" for of in STATISTICS]
        cold = f"{statistics.mean(row.new) * 1e3:.2f}"
        table.append((
            row.engine, row.version, str(len(row.seconds)), *times, cold, f"{found:.1%}", f"{shared:.1f}", *ratios
        ))  # fmt: skip
    print_table(table, 2)
    print(f"article found: among the ten; shared: hits of the ten with {other.engine}, its own with searchkit")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
