"""The engines beside each other: how each is started and what each is called."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import TYPE_CHECKING, NamedTuple, Self

from benchmarks.versus.processes import HERE, Process, add_lucene_options, lucene_command, lucene_jars, module_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence


class Engine(NamedTuple):
    """One row of a table."""

    name: str
    file: str
    remedy: str = ""  # when it is not installed
    options: tuple[str, ...] = ()


OURS = Engine("searchkit", "searchkit_.py")
ENGINES = (
    OURS,
    Engine("searchkit, 4 threads", "searchkit_.py", "this version has no threads", ("threads=4",)),
    Engine("searchkit, one level", "searchkit_.py", "", ("one-level",)),
    Engine("Lucene", "Lucene.java", "give --lucene-jars FOLDER or --fetch-lucene"),
    Engine("tantivy", "tantivy_.py", "pip install tantivy"),
    Engine("bm25s, numba", "bm25s_.py", "pip install bm25s numba PyStemmer"),
    Engine("Xapian", "xapian_.py", "apt install python3-xapian, where --python finds it"),
    Engine("SQLite FTS5", "fts5.py", "a Python whose sqlite3 has FTS5"),
    Engine("Whoosh", "whoosh_.py", "pip install whoosh"),
)


class Bench:
    """Starts the engines that are installed and keeps the files they share."""

    def __init__(self, options: argparse.Namespace, able: Sequence[Engine] = ENGINES) -> None:
        """Find engines.

        Args:
            options: those of ``add_options``.
            able: the engines that can do what is measured.
        """
        self._temporary = tempfile.TemporaryDirectory(dir=options.folder)
        self.folder = self._temporary.name
        self._python: str = options.python
        self._jars = lucene_jars(options, self.folder)
        wanted = options.engines.split(";") if options.engines else [engine.name for engine in able]
        self.engines = [engine for engine in able if engine.name in wanted and self._installed(engine)]

    def start(self, engine: Engine, analysis: str) -> Process:
        """Start an engine in a process of its own."""
        return Process(engine.name, [*self._command(engine), analysis, *engine.options])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove all files."""
        self._temporary.cleanup()

    def path(self, *names: str) -> str:
        """Return the path of a shared file."""
        return os.path.join(self.folder, *names)

    def _installed(self, engine: Engine) -> bool:
        command = self._command(engine)
        process = Process(engine.name, [*command, "plain", *engine.options]) if command else None
        if process is None or not process.hello:
            print(f"{engine.name}: not installed: {engine.remedy}")
            return False
        process.end()
        return True

    def _command(self, engine: Engine) -> list[str]:
        if not engine.file.endswith(".java"):
            return module_command(self._python, f"engines.{engine.file.removesuffix('.py')}")
        source = os.path.join(HERE, "engines", engine.file)
        return lucene_command(source, self._jars, self.folder)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options by which engines are found."""
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers installed")
    parser.add_argument("--engines", help=f"some of: {';'.join(engine.name for engine in ENGINES)}")
    parser.add_argument("--folder", help="where the indexes are made (default: the system's place for temporary files)")
    add_lucene_options(parser)


def add_pass_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how often queries are asked."""
    parser.add_argument("--warmups", type=int, default=2, help="passes that are not counted (default: %(default)s)")
    parser.add_argument("--passes", type=int, default=5, help="passes whose median is taken (default: %(default)s)")


def report(wrong: Iterable[str]) -> int:
    """Print what is wrong and return the exit status."""
    status = 0
    for line in wrong:
        print(line, file=sys.stderr)
        status = 1
    return status
