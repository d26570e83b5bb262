"""Text to tokens, engine beside engine: speed of ``searchkit.analysis`` and of what else analyses Arabic.

    python benchmarks/versus/analysis [--corpus corpus.jsonl.gz] [--lucene-jars FOLDER | --fetch-lucene]

Every engine has its own process and file under ``engines``; the runner asks them for one pass each in turn, so that
other load on the machine meets all of them. Engines of this table that are not installed are named, no more. Slow
ones get only the first texts, which flatters them a little: a small sample stays in the processor's caches.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import accumulate
from typing import Any, NamedTuple

from corpus import GENERATED_TOKENS, generate_texts, read_texts

_HERE = os.path.dirname(os.path.abspath(__file__))
_NOT_INSTALLED = 3
_LUCENE = "9.12.3"  # the last line that runs on Java 17
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

    engine: Engine
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


class Process:
    """An engine at work."""

    def __init__(self, engine: Engine, command: list[str]) -> None:
        self.engine = engine
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hello = self._answer()

    def ask(self, what: str) -> dict[str, Any]:
        """Send a line and return the answer."""
        assert self._process.stdin
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        if self._process.wait() == _NOT_INSTALLED:
            return {}
        raise SystemExit(f"{self.engine.name}: failed with status {self._process.returncode}")


def main() -> int:
    """Run and print; return 1 when a count is wrong."""
    options = _parse()
    generated = options.corpus is None
    texts = generate_texts(options.tokens) if generated else read_texts(options.corpus, options.texts)
    source = f"{options.tokens} generated tokens" if generated else options.corpus
    _print_machine(source, texts)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "texts")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\0".join(texts))
        jars = _lucene_jars(options, folder)
        ends = list(accumulate(map(len, texts)))
        processes = []
        for engine in ENGINES:
            command = _command(engine, options.python, jars, folder)
            sample = sum(end <= engine.max_chars for end in ends) or 1
            process = Process(engine, [*command, path, str(sample)]) if command else None
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
    lucene = parser.add_mutually_exclusive_group()
    lucene.add_argument("--lucene-jars", metavar="FOLDER", help="where lucene-core and lucene-analysis-common lie")
    lucene.add_argument("--fetch-lucene", action="store_true", help=f"get Lucene {_LUCENE} with mvn")
    return parser.parse_args()


def _lucene_jars(options: argparse.Namespace, folder: str) -> str | None:
    if not options.fetch_lucene:
        jars: str | None = options.lucene_jars
        return jars
    for artifact in ("lucene-core", "lucene-analysis-common"):
        coordinates = f"-Dartifact=org.apache.lucene:{artifact}:{_LUCENE}"
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", coordinates, f"-DoutputDirectory={folder}"], check=True)
    return folder


def _command(engine: Engine, python: str, jars: str | None, folder: str) -> list[str]:
    """Return the command that starts an engine, to which the file of texts and their number are added."""
    source = os.path.join(_HERE, "engines", engine.file)
    if not source.endswith(".java"):
        return [python, source]
    if jars is None or shutil.which("javac") is None:
        return []
    subprocess.run(["javac", "-cp", os.path.join(jars, "*"), "-d", folder, source], check=True)
    return ["java", "-Xmx2g", "-cp", os.pathsep.join((os.path.join(jars, "*"), folder)), "Lucene"]


def _measure(processes: list[Process], options: argparse.Namespace, *, stored: bool) -> tuple[list[Row], list[str]]:
    """Return the rows of the table, and a line for each wrong count."""
    answers: dict[Process, list[dict[str, Any]]] = {process: [] for process in processes}
    for _ in range(1 + options.warmups + options.passes):
        for process in processes:
            answers[process].append(process.ask("pass"))
    rows: list[Row] = []
    wrong: list[str] = []
    for process, passes in answers.items():
        engine = process.engine
        counts = {found["tokens"] for found in passes}
        expected = {process.ask("expect")["tokens"]}
        if stored:
            expected.add(EXPECTED[engine.name])
        if counts != expected:
            wrong.append(f"{engine.name}: {sorted(counts)} tokens, expected {sorted(expected)}")
        process.end()
        seconds = [found["seconds"] for found in passes]
        hello = process.hello
        warm = statistics.median(seconds[1 + options.warmups :])
        rows.append(Row(engine, hello["version"], hello["chars"], hello["bytes"], max(counts), seconds[0], warm))
    return rows, wrong


def _print_machine(source: str, texts: list[str]) -> None:
    load = ", ".join(f"{load:.2f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}, load {load}")
    print(f"text: {source}: {len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} M characters")


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _print_table(rows: list[Row]) -> None:
    """Print the rates of the median pass, and how many times faster searchkit is by the text and by the token."""
    by_name = {row.engine.name: row for row in rows}
    ours, limit = by_name["searchkit"], by_name["str.encode()"]
    table: list[tuple[str, ...]] = [_HEAD]
    for row in rows:
        rate = row.bytes / row.warm
        by_text = ours.bytes / ours.warm / rate
        cells = [row.engine.name, row.version, f"{row.chars / 1e6:.1f}", "-", f"{rate / 1e6:.1f}"]
        cells += [f"{row.chars / row.warm / 1e6:.1f}", "-", f"{row.bytes / row.cold / 1e6:.1f}", f"{by_text:.2f}", "-"]
        cells.append(f"{rate / (limit.bytes / limit.warm):.4f}")
        if row.tokens:
            per_token = row.warm / row.tokens
            cells[_TOKENS], cells[_PER_TOKEN] = str(row.tokens), f"{per_token * 1e9:.1f}"
            cells[_BY_TOKEN] = f"{per_token / (ours.warm / ours.tokens):.2f}"
        table.append(tuple(cells))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        sized = [cell.ljust(width) for cell, width in zip(line[:_NUMBERS], widths, strict=False)]
        sized += [cell.rjust(width) for cell, width in zip(line[_NUMBERS:], widths[_NUMBERS:], strict=True)]
        print("  ".join(sized))
    print(
        "MB: 10^6 bytes of UTF-8; cold: the first pass; the rest: medians of warm passes; A/B: speed of A in that of B"
    )


if __name__ == "__main__":
    sys.exit(main())
