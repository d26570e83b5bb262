"""Files to documents in the index: only what changed is read, and nothing is lost on the way.

Beside each commit lies a list of the files that were indexed. A file is unchanged when its size and its time are those
of the list, or its size and its digest.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from searchkit.config import COMMIT_EVERY_S
from searchkit.errors import DocumentError
from searchkit.indexing.documents import Document, Problem, Source, find_sources, read_documents
from searchkit.indexing.known_files import UNREAD, Known, as_bytes, digest_of, is_gone, known_files, settled_time
from searchkit.indexing.sources import Meter, name_of
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from searchkit.indexing.writer import IndexWriter

_Read = tuple[Source, str, "Iterable[Document | Problem]"]
"""A file, its digest from before it was read, and what is in it."""

_MOST_TOLD = 20  # problems of a file that are kept; with more it is read again to tell them

STDIN = "stdin"
"""The name of the source that documents from standard input have."""


class Survey(NamedTuple):
    """What there is to do: files to read, files that stay, and names of files whose documents are to go.

    ``others`` are how many files of other kinds lie there, by suffix.
    """

    changed: list[Source]
    unchanged: list[Source]
    gone: list[str]
    others: dict[str, int]


def survey(
    known: dict[str, Known], paths: Sequence[str], *, base: str, prune: bool,
    report: Callable[[Problem], None], stopping: Callable[[], bool] = bool,
) -> Survey:  # fmt: skip
    """Compare files with the list of those that were indexed.

    Raises:
        InputError: a .searchkitignore cannot be followed.
    """
    seen: set[str] = set()
    left_out: set[str] = set()
    found = Survey([], [], [], {})
    for source in find_sources(paths, base=base, left_out=left_out, others=found.others):
        if stopping():
            return found
        if isinstance(source, Problem):
            report(source)
            continue
        seen.add(source.name)
        (found.unchanged if _is_unchanged(known.get(source.name), source) else found.changed).append(source)
    if prune:
        absent = {name_of(path, base) for path in paths if not os.path.lexists(path)}  # a disk that is not there, maybe
        found.gone.extend(
            name
            for name in known
            if name not in seen
            and (is_gone(base, name) or _is_below(name, left_out))
            and not _is_below(name.rpartition("/")[0], absent)
        )
    return found


def _is_unchanged(known: Known | None, source: Source) -> bool:
    if known is None or known.size != source.size or known.mtime_ns == UNREAD:
        return False
    return known.mtime_ns == source.mtime_ns or (known.digest != "" and known.digest == digest_of(source.path))


def _is_below(name: str, places: set[str]) -> bool:
    """Tell whether a name is one of these places or below one."""
    while name and name not in places:
        name = name.rpartition("/")[0]
    return name != ""


class Refresh:
    """Brings an index up to date with files; the caller makes the last commit."""

    def __init__(
        self,
        writer: IndexWriter,
        report: Callable[[Problem], None],
        *,
        tick: Callable[[Refresh], None] | None = None,
        commit_every_s: float = COMMIT_EVERY_S,
    ) -> None:
        """Take up the list of the last commit.

        Args:
            writer: of the index.
            report: told of every file or line that cannot be indexed.
            tick: called after every document, to show how far it is.
            commit_every_s: how often to commit meanwhile, in seconds, so that an interruption loses little.
        """
        self._writer = writer
        self._report = report
        self._tick = tick
        self._commit_every_s = commit_every_s
        self._committed = time.monotonic()
        self._listed = writer.read_sources()
        self._known = known_files(self._listed, writer.sources_path)
        self._owner = {key: name for name, known in self._known.items() for key in known.ids}
        self.added = 0
        self.updated = 0
        self.unchanged = 0
        self.deleted = 0
        self.problems = 0
        self.others: dict[str, int] = {}  # files of other kinds, by suffix
        self.stopping = False  # may be set by others: what was read is kept, and the rest left for another time
        self.waiting = False  # for input that may never come
        self.current: Source | None = None
        self.total_bytes = 0
        self.done_bytes = 0  # of the files that were read
        self.read_bytes = 0  # of text, unpacked
        self._read_again = False
        self._told: list[tuple[str, str]] = []  # what was wrong with the file in work: where, and the reason
        self._kinds: dict[str, list[Problem]] = {}

    @property
    def documents(self) -> int:
        """How many documents were indexed."""
        return self.added + self.updated

    def run(self, paths: Sequence[str], *, base: str, threads: int = 1, prune: bool = False) -> None:
        """Add, replace and delete documents.

        Args:
            paths: files and folders.
            base: the folder that names of files are relative to.
            threads: how many files are read at once.
            prune: delete the documents of files that are gone, or left out now.

        Raises:
            InputError: a .searchkitignore cannot be followed.
        """
        found = survey(self._known, paths, base=base, prune=prune, report=self._problem, stopping=lambda: self.stopping)
        self.others = found.others
        for source in found.unchanged:
            known = self._known[source.name]
            self.unchanged += len(known.ids)
            for where, reason in known.problems:
                self._problem(Problem(where, reason))
            if known.mtime_ns != source.mtime_ns:
                self._known[source.name] = known._replace(mtime_ns=settled_time(source))
        if not self.stopping:  # first: the ids of a file that was renamed must be free
            for name in found.gone:
                self._forget(self._known.pop(name).ids)
        self.total_bytes = sum(source.size for source in found.changed)
        metered = (source._replace(meter=Meter()) for source in found.changed)
        for source, digest, documents in _read_ahead(metered, threads):
            if self.stopping:
                break
            self.current = source
            self._replace(source, digest, documents)
            self._count(source)
        self._tell_kinds()
        self._keep_list()

    def run_stream(self, stream: io.BufferedReader) -> None:
        """Add documents from JSON lines, in place of those that have their ids and are of no file."""
        from searchkit.indexing.json_files import read_json_stream

        source = self.current = Source(STDIN, STDIN, 0, 0)
        documents = read_json_stream(stream, STDIN)
        ids: dict[str, None] = {}
        try:
            while not self.stopping:
                self.waiting = True
                document = next(documents, None)
                self.waiting = False
                if document is None:
                    break
                if isinstance(document, Problem):
                    self._problem(document)
                elif self._add(source, document, ids):
                    ids[document["id"]] = None
                    self._pause(lambda: None)
        except KeyboardInterrupt:
            if not self.waiting:
                raise
            self.stopping = True
        self.waiting = False
        self._keep_list()

    def _count(self, source: Source) -> None:
        self.done_bytes += source.size
        if source.meter is not None:
            self.read_bytes += source.meter.text or source.size
        self.current = None
        if self._tick is not None:
            self._tick(self)

    def _replace(self, source: Source, digest: str, documents: Iterable[Document | Problem]) -> None:
        """Index the documents of a file in place of those it had."""
        before = self._known.get(source.name)
        skipped = before.done if before is not None and digest and before.digest == digest else 0
        ids: dict[str, None] = {}
        old = [] if before is None else before.ids
        done = 0
        complete = True
        self._read_again = False
        self._told = []

        def keep(*, interrupted: bool = True) -> None:
            """Note what is indexed of the file now; what cannot be read now, or not yet, was indexed once: it stays."""
            kept = ids if complete and not interrupted else ids | dict.fromkeys(old)
            whole = not ids or any(where == source.name for where, _ in self._told)
            told = self._told if whole else []
            again = self._read_again or interrupted or len(told) > _MOST_TOLD
            mtime_ns = UNREAD if again else settled_time(source)
            self._known.pop(source.name, None)
            if kept or not again:
                position = done if interrupted else 0
                self._known[source.name] = Known(
                    source.size, mtime_ns, list(kept), digest, position, [] if again else told
                )

        for document in documents:
            if isinstance(document, Problem):
                if not document.harmless:
                    complete = False
                    self._read_again |= document.transient or document.kind != "" or not digest
                self._problem(document)
                continue
            done += 1
            if done <= skipped and self._owner.get(document["id"]) == source.name:
                ids[document["id"]] = None
                self.unchanged += 1
            elif self._add(source, document, ids):
                ids[document["id"]] = None
            self._pause(keep)
            if self.stopping:
                keep()
                return
        if complete:
            self._forget([key for key in old if key not in ids])
        keep(interrupted=False)

    def _pause(self, keep: Callable[[], None]) -> None:
        """Do what is due between two documents: show how far it is, commit."""
        if self._tick is not None:
            self._tick(self)
        if time.monotonic() - self._committed >= self._commit_every_s:
            keep()
            self._keep_list()
            self._writer.commit()
            self._committed = time.monotonic()

    def _keep_list(self) -> None:
        listed = as_bytes(self._known)
        if listed != self._listed:
            self._listed = listed
            self._writer.set_sources(listed)

    def _add(self, source: Source, document: Document, ids: dict[str, None]) -> bool:
        """Index a document; return whether the source has one with this id now."""
        key = document["id"]
        owner = self._owner.get(key)
        there = key in self._writer
        is_own = owner == source.name or (owner is None and source.name == STDIN)
        if key in ids or (there and not is_own):
            place = "this file" if key in ids else owner or "another program"
            self._read_again |= key not in ids  # the other file may let go of it
            self._problem(Problem(source.name, f"id {key} is used by {place} already; give the document another id"))
            return False
        try:
            self._writer.update(**document)
        except DocumentError as error:
            own = key.startswith(source.name)  # then it says where, down to the line
            reason = str(error).removeprefix(f"{key}: ") if own else str(error)
            self._problem(Problem(key if own else source.name, reason))
            return owner == source.name  # what was indexed before stays
        if source.name != STDIN:
            self._owner[key] = source.name
        if there:
            self.updated += 1
        else:
            self.added += 1
        return True

    def _forget(self, ids: Iterable[str]) -> None:
        for key in ids:
            self._owner.pop(key, None)
            self.deleted += self._writer.delete(key)

    def _problem(self, problem: Problem) -> None:
        self.problems += not problem.harmless
        if not problem.harmless:
            self._told.append((problem.where, problem.reason))
        if problem.kind:
            self._kinds.setdefault(problem.kind, []).append(problem)
        else:
            self._report(problem)

    def _tell_kinds(self) -> None:
        """Report the first problem of each kind, for all of them."""
        for kind, (first, *others) in self._kinds.items():
            where, more = first.where, len(others)
            if more:
                where = f"{where} and {more} more {kind} files" if more > 1 else f"{where} and 1 more {kind} file"
            self._report(first._replace(where=where))


def _read_all(source: Source) -> _Read:
    return source, digest_of(source.path), list(read_documents(source))


def _read_ahead(sources: Iterable[Source], threads: int) -> Iterator[_Read]:
    """Yield files in order with their documents, small files being read by other threads meanwhile."""
    if threads == 1:
        for source in sources:
            yield source, digest_of(source.path), read_documents(source)
        return
    from collections import deque
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Source | Future[_Read]] = deque()
        for source in sources:
            # A large file is streamed: its documents need not fit in memory.
            waiting.append(pool.submit(_read_all, source) if source.size < 1 << 20 else source)
            if len(waiting) > 2 * threads:
                yield _read(waiting.popleft())
        while waiting:
            yield _read(waiting.popleft())


def _read(item: Source | Future[_Read]) -> _Read:
    return (item, digest_of(item.path), read_documents(item)) if isinstance(item, Source) else item.result()
