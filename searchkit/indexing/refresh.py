"""Files to documents in the index: only what changed is read, and nothing is lost on the way.

Beside each commit lies a list of the files that were indexed: size, time, and the ids of their documents.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.errors import DocumentError, IndexFormatError
from searchkit.indexing.documents import Document, Problem, Source, find_sources, read_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from searchkit.indexing.writer import IndexWriter


_UNREAD = -1


class _Known(NamedTuple):
    """What was indexed from a file."""

    size: int
    mtime_ns: int  # _UNREAD if something may be got from the file although it does not change
    ids: list[str]


class Refresh:
    """Brings an index up to date with files; the caller commits."""

    def __init__(self, writer: IndexWriter, report: Callable[[Problem], None]) -> None:
        """Take up the list of the last commit.

        Args:
            writer: of the index.
            report: told of every file or line that cannot be indexed.
        """
        self._writer = writer
        self._report = report
        self._known = _known_files(writer)
        self._owner = {key: name for name, known in self._known.items() for key in known.ids}
        self.added = 0
        self.unchanged = 0
        self.deleted = 0
        self.problems = 0
        self._read_again = False

    def run(
        self, paths: Sequence[str], *, base: str, threads: int = 1, prune: bool = False,
        watch: Callable[[Iterable[Source]], Iterable[Source]] = iter,
    ) -> None:  # fmt: skip
        """Add, replace and delete documents.

        Args:
            paths: files and folders.
            base: the folder that names of files are relative to.
            threads: how many files are read at once.
            prune: delete the documents of files that are gone.
            watch: wraps the files, to show progress.
        """
        seen: set[str] = set()
        changed: list[Source] = []
        for source in find_sources(paths, base=base):
            if isinstance(source, Problem):
                self._problem(source)
                continue
            seen.add(source.name)
            known = self._known.get(source.name)
            if known is not None and (known.size, known.mtime_ns) == (source.size, source.mtime_ns):
                self.unchanged += len(known.ids)
            else:
                changed.append(source)
        if prune:  # first: the ids of a file that was renamed must be free
            for name in [name for name in self._known if name not in seen and _is_gone(base, name)]:
                self._forget(self._known.pop(name).ids)
        for source, documents in _read_ahead(watch(changed), threads):
            self._replace(source, documents)
        self._writer.set_sources(json.dumps(self._known, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _replace(self, source: Source, documents: Iterable[Document | Problem]) -> None:
        """Index the documents of a file in place of those it had."""
        ids: dict[str, None] = {}
        complete = True
        self._read_again = False
        for document in documents:
            if isinstance(document, Problem):
                complete = False
                self._read_again |= document.where == source.name
                self._problem(document)
            elif self._add(source, document, ids):
                ids[document["id"]] = None
        before = self._known[source.name].ids if source.name in self._known else []
        gone = [key for key in before if key not in ids]
        if complete:
            self._forget(gone)
        else:  # what cannot be read now was indexed once: it stays
            ids.update(dict.fromkeys(gone))
        self._known.pop(source.name, None)
        if ids:
            mtime_ns = _UNREAD if self._read_again else source.mtime_ns
            self._known[source.name] = _Known(source.size, mtime_ns, list(ids))

    def _add(self, source: Source, document: Document, ids: dict[str, None]) -> bool:
        """Index a document; return whether the file has one with this id now."""
        key = document["id"]
        owner = self._owner.get(key)
        if key in ids or (owner != source.name and key in self._writer):
            place = "this file" if key in ids else owner or "another program"
            self._read_again |= key not in ids  # the other file may let go of it
            self._problem(Problem(source.name, f"id {key} is used by {place} already; give the document another id"))
            return False
        try:
            self._writer.update(**document)
        except DocumentError as error:
            self._problem(Problem(source.name, str(error)))
            return owner == source.name  # what was indexed before stays
        self._owner[key] = source.name
        self.added += 1
        return True

    def _forget(self, ids: Iterable[str]) -> None:
        for key in ids:
            self._owner.pop(key, None)
            self.deleted += self._writer.delete(key)

    def _problem(self, problem: Problem) -> None:
        self.problems += 1
        self._report(problem)


def _known_files(writer: IndexWriter) -> dict[str, _Known]:
    """Return the list of the last commit."""
    data = writer.read_sources()
    try:
        listed: dict[str, Any] = json.loads(data) if data else {}
        known = {name: _Known(*values) for name, values in listed.items()}
        "".join([key for file in known.values() for key in file.ids])  # they are strings, or this fails
    except (ValueError, TypeError, AttributeError):
        raise IndexFormatError(f"{writer.sources_path}: damaged; remove the index and index the files again") from None
    return known


def _read_all(source: Source) -> list[Document | Problem]:
    return list(read_documents(source))


def _is_gone(base: str, name: str) -> bool:
    try:
        os.stat(os.path.join(base, name))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False  # it cannot be reached now, that is all
    return False


def _read_ahead(sources: Iterable[Source], threads: int) -> Iterator[tuple[Source, Iterable[Document | Problem]]]:
    """Yield files in order with their documents, small files being read by other threads meanwhile."""
    if threads == 1:
        for source in sources:
            yield source, read_documents(source)
        return
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[tuple[Source, Future[list[Document | Problem]] | None]] = deque()
        for source in sources:
            small = source.size < 1 << 20  # a large file is streamed: its documents need not fit in memory
            waiting.append((source, pool.submit(_read_all, source) if small else None))
            if len(waiting) > 2 * threads:
                first, future = waiting.popleft()
                yield first, future.result() if future else read_documents(first)
        for source, future in waiting:
            yield source, future.result() if future else read_documents(source)
