"""What the engine processes of Python share: they answer a line of JSON to each line of words parted by tabs.

``build DOCUMENTS FOLDER`` reads the documents, then indexes and commits them; only the second is timed.
``open FOLDER`` opens an index for searching, a second ``open`` one more reader beside the first, and ``reopen FOLDER``
one instead of the last; ``ask KIND QUERIES`` searches for each query of a file, one at a time, and gives seconds and
ids of the best ten; ``count KIND QUERIES`` gives how many documents match each query.

Kinds are ``any`` and ``all`` of the words, ``phrase``, ``prefix`` of one word, and ``fuzzy``: one letter more, less or
other than in the word, or two changed about. An engine names those that it has.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Protocol

from benchmarks.versus.child import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.versus.documents import Document

LIMIT = 10
MEMORY_MB = 256


class Engine(Protocol):
    """A search engine."""

    @property
    def version(self) -> str:
        """The versions of all that takes part."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of queries it has."""
        ...

    def build(self, folder: str, documents: list[Document]) -> None:
        """Index the documents with positions and text; return when they are committed."""
        ...

    def open(self, folder: str) -> None:
        """Open an index for searching."""
        ...

    def num_docs(self) -> int:
        """Return the number of documents of the index that is open."""
        ...

    def search(self, kind: str, query: str) -> list[str]:
        """Return the ids of the best ten."""
        ...

    def count(self, kind: str, query: str) -> int | None:
        """Return how many documents match; None if the engine tells its user that it did not look for all."""
        ...


def serve(make: Callable[[bool], Engine]) -> None:
    """Answer until the input ends. ``sys.argv[1]`` says how to analyse: ``arabic`` or ``plain``: cut at spaces."""
    engine = make(sys.argv[1] == "plain")
    say(version=engine.version, kinds=engine.kinds)
    opened: list[Engine] = []
    for line in sys.stdin:
        request, *words = line.rstrip("\n").split("\t")
        if request == "open":
            if opened:
                engine = make(sys.argv[1] == "plain")
            opened.append(engine)
        say(**_REQUESTS[request](engine, *words))


def _build(engine: Engine, path: str, folder: str) -> dict[str, Any]:
    documents = list(read_documents(path))
    resident = _resident()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")  # what was resident at most begins anew
    wall, processor = time.perf_counter(), time.process_time()
    engine.build(folder, documents)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {"seconds": wall, "processor": processor, "documents": len(documents), "resident": resident}


def _open(engine: Engine, folder: str) -> dict[str, Any]:
    start = time.perf_counter()
    engine.open(folder)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "documents": engine.num_docs()}


def _ask(engine: Engine, kind: str, path: str) -> dict[str, Any]:
    seconds: list[float] = []
    ids: list[list[str]] = []
    clock, search = time.perf_counter, engine.search
    for query in _read_lines(path):
        start = clock()
        found = search(kind, query)
        seconds.append(clock() - start)
        ids.append(found)
    return {"seconds": seconds, "ids": ids}


def _count(engine: Engine, kind: str, path: str) -> dict[str, Any]:
    return {"counts": [engine.count(kind, query) for query in _read_lines(path)]}


_REQUESTS: dict[str, Callable[..., dict[str, Any]]] = {
    "build": _build,
    "open": _open,
    "reopen": _open,
    "ask": _ask,
    "count": _count,
}


def read_documents(path: str) -> Iterator[Document]:
    """Yield the documents of a file of the runner's: fields are parted by U+001F, documents end with U+0000."""
    rest = ""
    with open(path, encoding="utf-8", newline="") as file:
        while chunk := file.read(1 << 20):
            *whole, rest = (rest + chunk).split("\0")
            for document in whole:
                key, title, text = document.split("\x1f")
                yield key, title, text


def whole_text(title: str, text: str) -> str:
    """Return title and text as one field."""
    return f"{title}\n{text}" if title else text


def make_durable(folder: str) -> None:
    """Write through what an engine left to the operating system."""
    for entry in os.scandir(folder):
        descriptor = os.open(entry.path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _read_lines(path: str) -> list[str]:
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
