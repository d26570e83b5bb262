"""Text to tokens, engine beside engine: speed of ``searchkit.analysis`` and of what else analyses Arabic.

    python benchmarks/versus/analysis [--corpus corpus.jsonl.gz] [--lucene-jars FOLDER | --fetch-lucene]

Every engine has its own process and file under ``engines``; the runner asks them for one pass each in turn, so that
other load on the machine meets all of them. Engines of this table that are not installed are named, no more. Slow
ones get only the first texts, which flatters them a little: a small sample stays in the processor's caches.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from itertools import accumulate
from typing import Any, NamedTuple

from benchmarks.versus.analysis.corpus import GENERATED_TOKENS, generate_texts, read_texts
from benchmarks.versus.processes import Process, add_lucene_options, lucene_command, lucene_jars, module_command
from benchmarks.versus.tables import print_machine, print_table

_HERE = os.path.dirname(os.path.abspath(__file__))
_WHOLE = 1 << 40
_HEAD = (
    "engine", "version", "M chars", "tokens", "MB/s", "Mchar/s", "ns/token", "cold MB/s", "searchkit/it by text",
    "by token", "it/encode",
)  # fmt: skip
_NUMBERS = 2  # cells from here on are numbers
_TOKENS, _PER_TOKEN, _BY_TOKEN = 3, 6, 9

# Tokens in the generated text of default size, or in the sample of it.
EXPECTED = {
    "str.encode()": 0,
    "searchkit": 1_021_693,
    "Lucene ArabicAnalyzer": 1_007_153,
    "PyStemmer": 1_076_485,
    "tantivy, stemmer": 942_789,
    "Whoosh, no stemmer": 530_006,
    "PyArabic + Tashaphyne": 46_909,
}


class Engine(NamedTuple):
    """One row of the table."""

    name: str
    file: str
    max_chars: int  # of the sample
    remedy: str  # when it is not installed


class Row(NamedTuple):
    """What one engine did."""

    engine: str
    version: str
    chars: int
    bytes: int
    tokens: int
    cold: float  # seconds
    warm: float


ENGINES = (
    Engine("str.encode()", "encode.py", _WHOLE, ""),
    Engine("searchkit", "searchkit_.py", _WHOLE, "pip install ."),
    Engine("Lucene ArabicAnalyzer", "Lucene.java", _WHOLE, "give --lucene-jars FOLDER or --fetch-lucene"),
    Engine("PyStemmer", "pystemmer.py", 8_000_000, "pip install PyStemmer"),
    Engine("tantivy, stemmer", "tantivy_.py", 8_000_000, "pip install tantivy"),
    Engine("Whoosh, no stemmer", "whoosh_.py", 4_000_000, "pip install whoosh"),
    Engine("PyArabic + Tashaphyne", "tashaphyne_.py", 400_000, "pip install pyarabic tashaphyne"),
)


def main() -> int:
    """Run and print; return 1 when a count is wrong."""
    options = _parse()
    generated = options.corpus is None
    texts = generate_texts(options.tokens) if generated else read_texts(options.corpus, options.texts)
    source = f"{options.tokens} generated tokens" if generated else options.corpus
    print_machine()
    print(f"text: {source}: {len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} M characters")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "texts")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\0".join(texts))
        jars = lucene_jars(options, folder)
        ends = list(accumulate(map(len, texts)))
        processes: list[Process] = []
        for engine in ENGINES:
            command = _command(engine, options.python, jars, folder)
            sample = sum(end <= engine.max_chars for end in ends) or 1
            process = Process(engine.name, [*command, path, str(sample)]) if command else None
            if process is None or not process.hello:
                print(f"{engine.name}: not installed: {engine.remedy}")
            else:
                processes.append(process)
        rows, wrong = _measure(processes, options, stored=generated and options.tokens == GENERATED_TOKENS)
    _print_table(rows)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _parse() -> argparse.Namespace:
    data = os.environ.get("SEARCHKIT_DATA")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versus.analysis", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--corpus",
        default=os.path.join(data, "news", "corpus.jsonl.gz") if data else None,
        help="JSON lines with title and text, .gz or plain (default: news of SEARCHKIT_DATA, else generated text)",
    )
    parser.add_argument("--generated", dest="corpus", action="store_const", const=None, help="take generated text")
    parser.add_argument("--texts", type=int, help="take so many documents of the corpus")
    parser.add_argument("--tokens", type=int, default=GENERATED_TOKENS, help="of generated text (default: %(default)s)")
    parser.add_argument("--warmups", type=int, default=2, help="passes after the first that are not counted")
    parser.add_argument("--passes", type=int, default=7, help="passes whose median is taken")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers installed")
    add_lucene_options(parser)
    return parser.parse_args()


def _command(engine: Engine, python: str, jars: str | None, folder: str) -> list[str]:
    """Return the command that starts an engine, to which the file of texts and their number are added."""
    if not engine.file.endswith(".java"):
        return module_command(python, f"analysis.engines.{engine.file.removesuffix('.py')}")
    return lucene_command(os.path.join(_HERE, "engines", engine.file), jars, folder)


def _measure(processes: list[Process], options: argparse.Namespace, *, stored: bool) -> tuple[list[Row], list[str]]:
    """Return the rows of the table, and a line for each wrong count."""
    answers: dict[Process, list[dict[str, Any]]] = {process: [] for process in processes}
    for _ in range(1 + options.warmups + options.passes):
        for process in processes:
            answers[process].append(process.ask("pass"))
    rows: list[Row] = []
    wrong: list[str] = []
    for process, passes in answers.items():
        counts = {found["tokens"] for found in passes}
        expected = {process.ask("expect")["tokens"]}
        if stored:
            expected.add(EXPECTED[process.name])
        if counts != expected:
            wrong.append(f"{process.name}: {sorted(counts)} tokens, expected {sorted(expected)}")
        process.end()
        seconds = [found["seconds"] for found in passes]
        hello = process.hello
        warm = statistics.median(seconds[1 + options.warmups :])
        rows.append(Row(process.name, hello["version"], hello["chars"], hello["bytes"], max(counts), seconds[0], warm))
    return rows, wrong


def _print_table(rows: list[Row]) -> None:
    """Print the rates of the median pass, and how many times faster searchkit is by the text and by the token."""
    by_name = {row.engine: row for row in rows}
    ours, limit = by_name["searchkit"], by_name["str.encode()"]
    table: list[tuple[str, ...]] = [_HEAD]
    for row in rows:
        rate = row.bytes / row.warm
        by_text = ours.bytes / ours.warm / rate
        cells = [row.engine, row.version, f"{row.chars / 1e6:.1f}", "-", f"{rate / 1e6:.1f}"]
        cells += [f"{row.chars / row.warm / 1e6:.1f}", "-", f"{row.bytes / row.cold / 1e6:.1f}", f"{by_text:.2f}", "-"]
        cells.append(f"{rate / (limit.bytes / limit.warm):.4f}")
        if row.tokens:
            per_token = row.warm / row.tokens
            cells[_TOKENS], cells[_PER_TOKEN] = str(row.tokens), f"{per_token * 1e9:.1f}"
            cells[_BY_TOKEN] = f"{per_token / (ours.warm / ours.tokens):.2f}"
        table.append(tuple(cells))
    print_table(table, _NUMBERS)
    print(
        "MB: 10^6 bytes of UTF-8; cold: the first pass; the rest: medians of warm passes; A/B: speed of A in that of B"
    )


if __name__ == "__main__":
    sys.exit(main())
