"""Boolean, phrase, prefix and fuzzy queries on short passages, engine beside engine; opening, and one more reader.

    python -m benchmarks.versus.operations passages.jsonl [--lucene-jars FOLDER | --fetch-lucene]

``benchmarks.versus.passages`` makes the passages; their words are folded, and every engine is told to cut them at the
spaces. So the documents that match are the same for all, and they are counted in the passages themselves. ``related``
is searchkit's own reading of words, with all their relatives, so it finds more; the others do not have it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from typing import Any, NamedTuple

from benchmarks.versus.documents import read_documents, write_documents, write_queries
from benchmarks.versus.passages import count_matches, draw
from benchmarks.versus.peers import ENGINES, OURS, Bench, Engine, add_options, add_pass_options, report
from benchmarks.versus.processes import Process
from benchmarks.versus.tables import STATISTICS, median_seconds, print_machine, print_table

KINDS = ("any", "any, related", "all", "all, related", "phrase", "prefix", "fuzzy")
_ABLE = [engine for engine in ENGINES if engine == OURS or not (engine.options or engine.file == "bm25s_.py")]
_SLOW = {"Whoosh": 10}  # gets so many queries
_ENOUGH_S = 5.0  # a pass that takes longer is the only one
_NO_SWAPS = ("Whoosh", "fuzzy")  # its distance does not know letters changed about
_HEAD = (
    "kind",
    "engine",
    "queries",
    "mean ms",
    "p50",
    "p99",
    "new reader mean",
    "matches",
    "capped",
    "searchkit is faster by: mean",
    "p50",
    "p99",
    "new reader",
)
_OPEN_HEAD = (
    "engine", "version", "open, first hits ms", "again ms", "with process ms", "one reader MB", "one more MB",
    "of it no file's", "searchkit opens faster by", "again", "with process",
)  # fmt: skip


class Row(NamedTuple):
    """What one engine did with one kind of query."""

    kind: str
    engine: str
    seconds: list[float]
    new: list[float]  # when the reader knows none of the words yet
    matches: int
    capped: int  # queries with more words than the engine looks for, which it says


def main() -> int:
    """Run and print; return 1 when counts are wrong."""
    options = _parse()
    with Bench(options, _ABLE) as bench:
        documents = read_documents(options.passages)
        texts = [text for _, _, text in documents]
        write_documents(bench.path("documents"), documents)
        del documents
        print_machine()
        print(f"{options.passages}: {len(texts)} passages, {sum(map(len, texts)) / 1e6:.1f} M characters", flush=True)
        queries = draw(texts, options.queries)
        counts = count_matches(texts, queries)
        del texts
        queries |= {f"{kind}, related": queries[kind] for kind in ("any", "all")}
        _build(bench)
        rows, wrong = _measure(bench, queries, counts, options)
        _print(rows)
        _print_opening(bench, queries["any"], options.opens)
    return report(wrong)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.versus.operations", description="Ask each engine queries of each kind."
    )
    parser.add_argument("passages", help="JSON lines with id and text")
    parser.add_argument("--queries", type=int, default=200, help="of each kind (default: %(default)s)")
    add_pass_options(parser)
    parser.add_argument("--opens", type=int, default=7, help="fresh processes that open (default: %(default)s)")
    add_options(parser)
    return parser.parse_args()


def _build(bench: Bench) -> None:
    for engine in bench.engines:
        process = bench.start(engine, "plain")
        os.mkdir(bench.path(engine.name))
        built = process.ask("build", bench.path("documents"), bench.path(engine.name))
        process.end()
        print(f"built: {engine.name}: {built['seconds']:.1f} s", file=sys.stderr)


def _measure(
    bench: Bench, queries: dict[str, list[str]], counts: dict[str, list[int]], options: argparse.Namespace
) -> tuple[list[Row], list[str]]:
    """Return the rows of the table, and a line for each wrong count."""
    processes: list[Process] = []
    for engine in bench.engines:
        process = bench.start(engine, "plain")
        process.ask("open", bench.path(engine.name))
        processes.append(process)
    rows: list[Row] = []
    wrong: list[str] = []
    for kind in KINDS:
        able = [process for process in processes if kind in process.kinds]
        asked = {process: queries[kind][: _SLOW.get(process.name)] for process in able}
        paths = {process: write_queries(bench.path(f"{kind} {process.name}"), asked[process]) for process in able}
        passes: dict[Process, list[dict[str, Any]]] = {process: [] for process in able}
        for _ in range(options.warmups + options.passes):
            for process, done in passes.items():
                if not done or sum(done[0]["seconds"]) < _ENOUGH_S:
                    done.append(process.ask("ask", kind, paths[process]))
        for process, done in passes.items():
            found = process.ask("count", kind, paths[process])["counts"]
            process.ask("reopen", bench.path(process.name))
            done.append(process.ask("ask", kind, paths[process]))
            new = done[-1]["seconds"]
            seconds = median_seconds(done[options.warmups : -1] or done[:1])
            rows.append(Row(kind, process.name, seconds, new, sum(filter(None, found)), found.count(None)))
            if (process.name, kind) != _NO_SWAPS and kind in counts:
                wrong.extend(_compare(f"{process.name}, {kind}", asked[process], found, counts[kind]))
            if any(one["ids"] != done[0]["ids"] for one in done):
                wrong.append(f"{process.name}, {kind}: answers differ from pass to pass")
    for process in processes:
        process.end()
    return rows, wrong


def _compare(what: str, asked: list[str], found: list[int | None], counts: list[int]) -> list[str]:
    triples = zip(asked, found, counts, strict=False)
    wrong = [(query, one, other) for query, one, other in triples if one not in (None, other)]
    return [f"{what}: {query}: {one} matches, should be {other}" for query, one, other in wrong]


def _print(rows: list[Row]) -> None:
    ours = {row.kind: row for row in rows if row.engine == OURS.name}
    ours |= {f"{kind}, related": ours[kind] for kind in ("any", "all") if kind in ours}
    table: list[tuple[str, ...]] = [_HEAD]
    for row in rows:
        num = len(row.seconds)
        times = [f"{of(row.seconds) * 1e3:.3f}" for of in STATISTICS] + [f"{statistics.mean(row.new) * 1e3:.3f}"]
        ratios = ["-"] * 4
        if row.kind in ours:
            same, new = ours[row.kind].seconds[:num], ours[row.kind].new[:num]
            ratios = [f"{of(row.seconds) / of(same):.2f} ×" for of in STATISTICS]
            ratios.append(f"{statistics.mean(row.new) / statistics.mean(new):.2f} ×")
        table.append((row.kind, row.engine, str(num), *times, str(row.matches), str(row.capped or ""), *ratios))
    print_table(table, 2)


def _print_opening(bench: Bench, queries: list[str], num_runs: int) -> None:
    """Measure and print how long a fresh process takes to its first hits, and what one more reader needs."""
    paths = write_queries(bench.path("first"), queries[:1]), write_queries(bench.path("some"), queries[:20])
    runs: dict[Engine, list[dict[str, Any]]] = {engine: [] for engine in bench.engines}
    for _ in range(num_runs):
        for engine in bench.engines:
            runs[engine].append(_open(bench, engine, *paths))
    medians = {
        engine: {name: statistics.median([run[name] for run in found]) for name in found[0] if name != "version"}
        for engine, found in runs.items()
    }
    ours = medians.get(OURS) or next(iter(medians.values()))
    table: list[tuple[str, ...]] = [_OPEN_HEAD]
    for engine, run in medians.items():
        table.append((
            engine.name, runs[engine][0]["version"], f"{run['open'] * 1e3:.2f}", f"{run['again'] * 1e3:.2f}",
            f"{run['whole'] * 1e3:.0f}",
            f"{run['one'] / 1e6:.1f}", f"{run['more'] / 1e6:.1f}", f"{run['anonymous'] / 1e6:.1f}",
            *(f"{run[name] / ours[name]:.2f} ×" for name in ("open", "again", "whole")),
        ))  # fmt: skip
    print_table(table, 2)


def _open(bench: Bench, engine: Engine, first: str, some: str) -> dict[str, Any]:
    """Open in a fresh process, search, and open once more."""
    start = time.perf_counter()
    process = bench.start(engine, "plain")
    before = process.memory()
    opened = process.ask("open", bench.path(engine.name))
    found = process.ask("ask", "any", first)
    whole = time.perf_counter() - start
    process.ask("ask", "any", some)
    one = process.memory()
    again = process.ask("open", bench.path(engine.name))
    found_again = process.ask("ask", "any", first)
    process.ask("ask", "any", some)
    two = process.memory()
    process.end()
    return {
        "version": process.hello["version"],
        "open": opened["seconds"] + found["seconds"][0],
        "again": again["seconds"] + found_again["seconds"][0],
        "whole": whole,
        "one": one["resident"] - before["resident"],
        "more": two["resident"] - one["resident"],
        "anonymous": two["anonymous"] - one["anonymous"],
    }


if __name__ == "__main__":
    sys.exit(main())
