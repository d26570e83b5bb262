"""What a reader types and what each engine finds: how many documents match, and the first of them.

    python -m benchmarks.versus.showcase [CORPUS] [--queries FILE] [--lucene-jars FOLDER]

Without a corpus the articles of ``seeds/``, which are called by the digit their name begins with. Every engine takes a
query as text, analyses it in its own way and searches for any of its words.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from benchmarks.versus.documents import read_documents, write_documents, write_queries
from benchmarks.versus.peers import ENGINES, Bench, add_options
from benchmarks.versus.tables import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.versus.documents import Document
    from benchmarks.versus.peers import Engine

_SEEDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, "seeds")
_ABLE = [engine for engine in ENGINES if not engine.options and not engine.name.startswith("bm25s")]
_QUERIES = (
    "s,vdh", "Lavrov", "أكتوبر", "آستانا", "لاڤروف", "سورية", "سوريـا", "ﺳﻮﺭﻳﺎ", "السوري", "٢٢٥٤", "سفينة", "عنصر",
    "سوريا", "لافروف", "روسيا", "حلب", "أستانا", "مجلس الأمن",
)  # fmt: skip


def main() -> int:
    """Ask and print."""
    options = _parse()
    documents = read_documents(options.corpus) if options.corpus else list(_seeds())
    queries = _read(options.queries) if options.queries else list(_QUERIES)
    with Bench(options, _ABLE) as bench:
        path = bench.path("documents")
        write_documents(path, documents)
        asked = write_queries(bench.path("queries"), queries)
        answers = {engine.name: _answers(bench, engine, path, asked) for engine in bench.engines}
    rows: list[Sequence[str]] = [("query", *answers)]
    for number, query in enumerate(queries):
        rows.append((query, *(_cell(*found, number) for found in answers.values())))
    print_table(rows)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.versus.showcase", description="Show what each engine finds for what is typed."
    )
    parser.add_argument("corpus", nargs="?", help="JSON lines with id, title and text, .gz or plain (default: seeds/)")
    parser.add_argument("--queries", help="a line for each (default: some for the seeds)")
    add_options(parser)
    return parser.parse_args()


def _seeds() -> Iterator[Document]:
    for name in sorted(os.listdir(_SEEDS)):
        with open(os.path.join(_SEEDS, name), encoding="utf-8") as file:
            yield name[2], file.readline().strip(), file.read()


def _read(path: str) -> list[str]:
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if line.strip()]


def _answers(bench: Bench, engine: Engine, documents: str, queries: str) -> tuple[list[int | None], list[list[str]]]:
    process = bench.start(engine, "arabic")
    folder = bench.path(f"index of {engine.name}")
    os.mkdir(folder)
    process.ask("build", documents, folder)
    process.ask("open", folder)
    print(f"built: {engine.name}", file=sys.stderr)
    counts, ids = process.ask("count", "any", queries)["counts"], process.ask("ask", "any", queries)["ids"]
    process.end()
    return counts, ids


def _cell(counts: Sequence[int | None], ids: Sequence[Sequence[str]], number: int) -> str:
    """Return how many were found, and which came first."""
    count, first = counts[number], ids[number][:1]
    return f"{'many' if count is None else count}: {first[0]}" if first else "0"


if __name__ == "__main__":
    sys.exit(main())
