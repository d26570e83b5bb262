"""The engines beside each other: how each is started, what it is asked, and the documents they are given."""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
LUCENE = "9.12.3"  # the last line that runs on Java 17
_NOT_INSTALLED = 3

Document = tuple[str, str, str]  # id, title, text


class Engine(NamedTuple):
    """One row of a table."""

    name: str
    file: str
    remedy: str = ""  # when it is not installed


OURS = Engine("searchkit", "searchkit_.py")
ENGINES = (
    OURS,
    Engine("Lucene", "Lucene.java", "give --lucene-jars FOLDER or --fetch-lucene"),
    Engine("tantivy", "tantivy_.py", "pip install tantivy"),
    Engine("bm25s, numba", "bm25s_.py", "pip install bm25s numba PyStemmer"),
    Engine("SQLite FTS5", "fts5.py", "a Python whose sqlite3 has FTS5"),
    Engine("Whoosh", "whoosh_.py", "pip install whoosh"),
)


class Process:
    """An engine at work."""

    def __init__(self, engine: Engine, command: Sequence[str]) -> None:
        self.engine = engine
        root = os.path.dirname(os.path.dirname(HERE))
        paths = filter(None, (root, os.environ.get("PYTHONPATH")))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
        )
        self.hello = self._answer()
        self.kinds: list[str] = self.hello.get("kinds", [])

    def ask(self, *words: str) -> dict[str, Any]:
        """Send a line of words parted by tabs and return the answer."""
        assert self._process.stdin
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def memory(self) -> dict[str, int]:
        """Return bytes that are resident, were so at most, and belong to no file (Linux only)."""
        sizes: dict[str, int] = {}
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name in ("VmRSS", "VmHWM", "RssAnon"):
                    sizes[name] = int(value.split()[0]) << 10
        return {"resident": sizes["VmRSS"], "peak": sizes["VmHWM"], "anonymous": sizes["RssAnon"]}

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


class Bench:
    """Starts the engines that are installed and keeps the files they share."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._temporary = tempfile.TemporaryDirectory(dir=options.folder)
        self.folder = self._temporary.name
        self._python: str = options.python
        self._jars = lucene_jars(options, self.folder)
        wanted = options.engines.split(",") if options.engines else [engine.name for engine in ENGINES]
        self.engines = [engine for engine in ENGINES if engine.name in wanted and self._installed(engine)]

    def start(self, engine: Engine, analysis: str) -> Process:
        """Start an engine in a process of its own."""
        return Process(engine, [*self._command(engine), analysis])

    def path(self, *names: str) -> str:
        """Return the path of a shared file."""
        return os.path.join(self.folder, *names)

    def close(self) -> None:
        """Remove all files."""
        self._temporary.cleanup()

    def _installed(self, engine: Engine) -> bool:
        command = self._command(engine)
        process = Process(engine, [*command, "plain"]) if command else None
        if process is None or not process.hello:
            print(f"{engine.name}: not installed: {engine.remedy}")
            return False
        process.end()
        return True

    def _command(self, engine: Engine) -> list[str]:
        if not engine.file.endswith(".java"):
            return [self._python, "-m", f"benchmarks.versus.engines.{engine.file.removesuffix('.py')}"]
        source = os.path.join(HERE, "engines", engine.file)
        return lucene_command(source, self._jars, self.folder)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options by which engines are found."""
    import sys

    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers installed")
    parser.add_argument("--engines", help=f"some of: {','.join(engine.name for engine in ENGINES)}")
    parser.add_argument("--folder", help="where the indexes are made (default: the system's place for temporary files)")
    add_lucene_options(parser)


def add_lucene_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where Lucene is."""
    lucene = parser.add_mutually_exclusive_group()
    lucene.add_argument("--lucene-jars", metavar="FOLDER", help="where lucene-core and lucene-analysis-common lie")
    lucene.add_argument("--fetch-lucene", action="store_true", help=f"get Lucene {LUCENE} with mvn")


def lucene_jars(options: argparse.Namespace, folder: str) -> str | None:
    """Return the folder of Lucene's jars, if they were given or fetched."""
    if not options.fetch_lucene:
        jars: str | None = options.lucene_jars
        return jars
    for artifact in ("lucene-core", "lucene-analysis-common"):
        coordinates = f"-Dartifact=org.apache.lucene:{artifact}:{LUCENE}"
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", coordinates, f"-DoutputDirectory={folder}"], check=True)
    return folder


def lucene_command(source: str, jars: str | None, folder: str) -> list[str]:
    """Compile a program for Lucene, unless that was done, and return the command that starts it; empty without Java."""
    if jars is None or shutil.which("javac") is None:
        return []
    if not os.path.exists(os.path.join(folder, "Lucene.class")):
        subprocess.run(["javac", "-cp", os.path.join(jars, "*"), "-d", folder, source], check=True)
    return ["java", "-Xmx2g", "-cp", os.pathsep.join((os.path.join(jars, "*"), folder)), "Lucene"]


def read_documents(path: str, limit: int | None = None) -> list[Document]:
    """Return the documents of a file of JSON lines, ``.gz`` or plain."""
    documents: list[Document] = []
    open_text = gzip.open if path.endswith(".gz") else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if len(documents) == limit:
                break
            found = json.loads(line)
            title, text = (_clean(found.get(name) or "") for name in ("title", "text"))
            documents.append((found["id"], title, text))
    return documents


def write_documents(path: str, documents: Iterable[Document], *, more: bool = False) -> None:
    """Write documents as the engines read them, or add more."""
    with open(path, "a" if more else "w", encoding="utf-8", newline="") as file:
        file.writelines("\x1f".join(document) + "\0" for document in documents)


def text_bytes(documents: Iterable[Document]) -> int:
    """Return the bytes of titles and texts in UTF-8."""
    return sum(len(title.encode()) + len(text.encode()) for _, title, text in documents)


def folder_bytes(folder: str) -> int:
    """Return the bytes of all files in a folder and below."""
    return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names)


def print_machine() -> None:
    """Print what the figures were measured on."""
    load = ", ".join(f"{load:.2f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}, load {load}", flush=True)


def print_table(rows: Sequence[Sequence[str]], first_number: int = 1) -> None:
    """Print rows with columns of equal width; cells from ``first_number`` on are numbers."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        sized = [cell.ljust(width) for cell, width in zip(row[:first_number], widths, strict=False)]
        sized += [cell.rjust(width) for cell, width in zip(row[first_number:], widths[first_number:], strict=True)]
        print("  ".join(sized))


def write_queries(path: str, queries: Iterable[str]) -> str:
    """Write queries as the engines read them and return the path."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{query}\n" for query in queries)
    return path


def median_seconds(passes: Sequence[dict[str, Any]]) -> list[float]:
    """Return for each query the median over the passes."""
    return list(map(statistics.median, zip(*(one["seconds"] for one in passes), strict=True)))


def _p50(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]


STATISTICS: tuple[Callable[[Sequence[float]], float], ...] = (statistics.mean, _p50, _p99)


def _clean(text: str) -> str:
    return text.replace("\0", " ").replace("\x1f", " ").encode("utf-8", "replace").decode()


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
