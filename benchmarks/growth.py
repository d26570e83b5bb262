"""How time, size and memory grow with the number of passages.

    python -m benchmarks.growth news/corpus.jsonl.gz wiki/corpus.jsonl.gz [--sizes 10000,100000,300000,1000000]

``benchmarks.versus.passages`` cuts the passages and says what happens when the texts are used up. All sizes are asked
the same queries, drawn from the smallest. A fresh process builds, and fresh ones open. At last documents are added one
by one, in 200 commits.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import searchkit
from benchmarks.versus.documents import folder_bytes, text_bytes, write_documents, write_queries
from benchmarks.versus.passages import as_documents, count_matches, draw, passages
from benchmarks.versus.peers import OURS, report
from benchmarks.versus.processes import Process, module_command
from benchmarks.versus.tables import STATISTICS, median_seconds, print_machine, print_table

_COUNTED = ("all", "phrase", "prefix")  # the kinds whose matches are also counted in the passages
_KINDS = {"any, related": "4 words", "all, related": "2 AND", "all": "2 exact", "phrase": "phrase", "prefix": "prefix"}
_OPENS = 5
_COMMITS = 200
_NEWS = 918273645546372  # a number that no passage has
Counts = Mapping[str, Sequence[int | None]]  # of each kind, for each query; None where not all was looked for
_HEAD = (
    "passages", "text MB", "build s", "MB/s", "index MB", "index/text", "peak above documents MB",
    "open, first hits ms", "add one and find it ms",
    *(f"{kind} ms {of}" for kind in _KINDS.values() for of in ("p50", "p99")),
)  # fmt: skip


def main() -> int:
    """Run and print a row for each size; return 1 when counts are wrong."""
    options = _parse()
    sizes = sorted(map(int, options.sizes.split(",")))
    print_machine()
    source = passages(options.corpora)
    texts = list(islice(source, sizes[0]))
    queries = draw(texts, options.queries)
    expected: Counts = count_matches(texts, {kind: queries[kind] for kind in _COUNTED})
    table: list[tuple[str, ...]] = [_HEAD]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        paths = {kind: os.path.join(folder, kind) for kind in _KINDS}
        for kind, path in paths.items():
            write_queries(path, queries[kind.split(",")[0]])
        size = size_bytes = 0
        before = expected
        for goal in sizes:
            documents = list(as_documents(texts or islice(source, goal - size), first=size))
            write_documents(os.path.join(folder, "documents"), documents, more=True)
            size, size_bytes, texts = goal, size_bytes + text_bytes(documents), []
            del documents
            found, counts = _measure(folder, paths, options.passes)
            wrong.extend(_compare(goal, before, counts, exact=goal == sizes[0]))
            before = counts
            table.append(_row(goal, size_bytes, found))
            print(f"{goal} passages: built in {found['seconds']:.1f} s", file=sys.stderr)
    print_table(table)
    return report(wrong)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description="How time, size and memory grow.")
    parser.add_argument("corpora", nargs="+", help="JSON lines with title and text, .gz or plain")
    parser.add_argument("--sizes", default="10000,100000,300000,1000000", help="in passages (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=200, help="of each kind (default: %(default)s)")
    parser.add_argument("--passes", type=int, default=3, help="after a warm-up pass (default: %(default)s)")
    parser.add_argument("--folder", help="where the indexes are made (default: the system's place for temporary files)")
    return parser.parse_args()


def _start() -> Process:
    return Process(OURS.name, [*module_command(sys.executable, "engines.searchkit_"), "plain"])


def _measure(folder: str, paths: dict[str, str], num_passes: int) -> tuple[dict[str, Any], Counts]:
    """Build, open and search; return what was measured, and the number of matches of each query of each kind."""
    index = os.path.join(folder, "index")
    shutil.rmtree(index, ignore_errors=True)
    os.mkdir(index)
    process = _start()
    found = process.ask("build", os.path.join(folder, "documents"), index)
    found["above"] = process.memory()["peak"] - found["resident"]
    process.end()
    found["index"] = folder_bytes(index)
    opens: list[float] = []
    for _ in range(_OPENS):
        process = _start()
        opened = process.ask("open", index)
        assert opened["documents"] == found["documents"], f"{opened['documents']} documents in the index"
        opens.append(opened["seconds"] + process.ask("ask", "any, related", paths["any, related"])["seconds"][0])
        process.end()
    found["open"] = statistics.median(opens)
    process = _start()
    process.ask("open", index)
    counts: dict[str, list[int | None]] = {}
    for kind, path in paths.items():
        passes = [process.ask("ask", kind, path) for _ in range(1 + num_passes)]
        found[kind] = median_seconds(passes[1:])
        counts[kind] = process.ask("count", kind, path)["counts"]
    process.end()
    found["add"] = _add_one_by_one(index)
    return found, counts


def _add_one_by_one(folder: str) -> list[float]:
    """Return how long it takes to add one more document, commit and find it, in seconds."""
    index = searchkit.open(folder)
    times: list[float] = []
    with searchkit.create(folder) as writer:
        for number in range(_COMMITS):
            begin = time.perf_counter()
            writer.add(id=f"new-{number}", text=f"خبر عاجل {_NEWS + number}")
            writer.commit()
            index.refresh()
            ids = index.search(f"={_NEWS + number}").ids
            times.append(time.perf_counter() - begin)
            assert ids == [f"new-{number}"], ids
    return times


def _compare(size: int, before: Counts, counts: Counts, *, exact: bool) -> list[str]:
    """Return a line for each kind whose counts differ, or became fewer with more passages."""
    wrong: list[str] = []
    for kind, expected in before.items():
        pairs = zip(expected, counts[kind], strict=True)
        known = [(one, other) for one, other in pairs if one is not None and other is not None]
        num_wrong = sum(one != other if exact else one > other for one, other in known)
        if num_wrong:
            wrong.append(f"{size} passages, {kind}: {num_wrong} of {len(known)} counts are wrong")
    return wrong


def _row(size: int, size_bytes: int, found: dict[str, Any]) -> tuple[str, ...]:
    times = [f"{of(found[kind]) * 1e3:.2f}" for kind in _KINDS for of in STATISTICS[1:]]
    return (
        str(size), f"{size_bytes / 1e6:.1f}", f"{found['seconds']:.2f}", f"{size_bytes / found['seconds'] / 1e6:.1f}",
        f"{found['index'] / 1e6:.1f}", f"{found['index'] / size_bytes:.2f}", f"{found['above'] / 1e6:.0f}",
        f"{found['open'] * 1e3:.1f}", f"{statistics.median(found['add']) * 1e3:.1f}", *times,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
