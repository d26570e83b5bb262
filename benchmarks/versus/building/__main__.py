"""Building an index, engine beside engine: speed, size and memory, from documents in memory to a durable commit.

    python -m benchmarks.versus.building corpus.jsonl.gz [--lucene-jars FOLDER | --fetch-lucene]

Every engine indexes words with positions and stores the text, on one thread, with 256 MB to work in, in a fresh process
for each run; runs of all engines take turns, so that other load on the machine meets all of them. Slow engines get
the first documents only and are compared by MB/s. Peers get title and text as one field. bm25s has no positions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from typing import Any, NamedTuple

from benchmarks.versus.documents import Document, folder_bytes, read_documents, text_bytes, write_documents
from benchmarks.versus.peers import ENGINES, OURS, Bench, Engine, add_options
from benchmarks.versus.tables import print_machine, print_table

_ABLE = [engine for engine in ENGINES if "one-level" not in engine.options]
_SLOW = {"Whoosh": 10}  # gets one document of so many
_HEAD = (
    "engine", "version", "MB", "seconds", "MB/s", "CPU s", "index MB", "index/text", "peak MB", "above documents",
    "searchkit is faster by", "smaller by",
)  # fmt: skip


class Row(NamedTuple):
    """What one engine did, medians over the runs."""

    engine: Engine
    version: str
    text: int  # bytes, as are all sizes
    seconds: float
    processor: float
    size: int
    peak: int
    above: int  # of the peak, what came on top of the documents in memory


def main() -> int:
    """Run and print."""
    options = _parse()
    with Bench(options, _ABLE) as bench:
        documents = read_documents(options.corpus, options.documents)
        print_machine()
        print(f"{options.corpus}: {len(documents)} documents, {text_bytes(documents) / 1e6:.1f} MB", flush=True)
        rows = [_summary(engine, runs) for engine, runs in _measure(bench, documents, options).items()]
    _print(rows)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.versus.building", description="Build an index with each engine."
    )
    parser.add_argument("corpus", help="JSON lines with id, title and text, .gz or plain")
    parser.add_argument("--documents", type=int, help="take so many documents")
    parser.add_argument("--runs", type=int, default=5, help="of each engine (default: %(default)s)")
    parser.add_argument("--warm", action="store_true", help="build once before in the same process; spoils the memory")
    add_options(parser)
    return parser.parse_args()


def _measure(
    bench: Bench, documents: list[Document], options: argparse.Namespace
) -> dict[Engine, list[dict[str, Any]]]:
    """Return what was measured in each run of each engine."""
    paths: dict[Engine, str] = {}
    sizes: dict[Engine, int] = {}
    for engine in bench.engines:
        sample = documents[: -(-len(documents) // _SLOW.get(engine.name, 1))]
        paths[engine], sizes[engine] = bench.path(f"documents-{len(sample)}"), text_bytes(sample)
        write_documents(paths[engine], sample)
    runs: dict[Engine, list[dict[str, Any]]] = {engine: [] for engine in bench.engines}
    for number in range(options.runs):
        for engine in bench.engines:
            run = {**_run(bench, engine, paths[engine], options.warm), "text": sizes[engine]}
            runs[engine].append(run)
            print(f"run {number + 1}: {engine.name}: {run['seconds']:.2f} s", file=sys.stderr)
    return runs


def _run(bench: Bench, engine: Engine, path: str, warm: bool) -> dict[str, Any]:
    """Build in a fresh process and look whether all documents are there."""
    folder, before = bench.path("index"), bench.path("before")
    process = bench.start(engine, "arabic")
    if warm:
        os.mkdir(before)
        process.ask("build", path, before)
        shutil.rmtree(before)
    os.mkdir(folder)
    found = process.ask("build", path, folder)
    memory = process.memory()
    opened = process.ask("open", folder)
    assert opened["documents"] == found["documents"], f"{engine.name}: {opened['documents']} documents in the index"
    process.end()
    found |= {"version": process.hello["version"], "index": folder_bytes(folder), "peak": memory["peak"]}
    shutil.rmtree(folder)
    return found


def _summary(engine: Engine, runs: list[dict[str, Any]]) -> Row:
    def median(name: str) -> float:
        found: float = statistics.median([run[name] for run in runs])
        return found

    peak, resident = int(median("peak")), int(median("resident"))
    last = runs[-1]
    return Row(
        engine, last["version"], last["text"], median("seconds"), median("processor"), int(median("index")), peak,
        peak - resident,
    )  # fmt: skip


def _print(rows: list[Row]) -> None:
    ours = next((row for row in rows if row.engine == OURS), rows[0])
    table: list[tuple[str, ...]] = [_HEAD]
    for row in rows:
        rate, ratio = row.text / row.seconds, row.size / row.text
        table.append((
            row.engine.name, row.version, f"{row.text / 1e6:.1f}", f"{row.seconds:.2f}", f"{rate / 1e6:.2f}",
            f"{row.processor:.2f}", f"{row.size / 1e6:.1f}", f"{ratio:.2f}", f"{row.peak / 1e6:.0f}",
            f"{row.above / 1e6:.0f}", f"{ours.text / ours.seconds / rate:.2f} ×",
            f"{ratio / (ours.size / ours.text):.2f} ×",
        ))  # fmt: skip
    print_table(table, 2)


if __name__ == "__main__":
    sys.exit(main())
