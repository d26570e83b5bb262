"""Adds, replaces and deletes documents, and makes it all visible at once."""

from __future__ import annotations

import os
import zlib
from functools import wraps
from operator import index
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from searchkit.analysis.evidence import ANALYZER
from searchkit.config import KEY, LOCK_TIMEOUT_S, MEMORY_MB, MOST_THREADS
from searchkit.errors import DocumentError, IndexFormatError, IndexMissingError, StoreError
from searchkit.indexing.buffer import DocumentBuffer
from searchkit.indexing.columns import FieldKinds
from searchkit.indexing.lock import WriteLock
from searchkit.indexing.merge import choose
from searchkit.indexing.merging import BackgroundMerge
from searchkit.segment import Deletions, SegmentReader, SegmentWriter
from searchkit.segment.crew import Crew
from searchkit.segment.manifest import (
    Manifest,
    SegmentEntry,
    generations,
    read_manifest,
    read_sources,
    remove_unfinished,
    remove_unused,
    toc_generations,
    write_durably,
    write_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from searchkit.segment.changes import Changes

    MakeToc = Callable[[Manifest, Sequence[SegmentReader]], bytes]
    Adopt = Callable[[str, Manifest], Changes | None]


_TO_WRITE = 64 << 20  # bytes beyond the limit, while a segment is written

P = ParamSpec("P")
T = TypeVar("T")


def _alone(method: Callable[Concatenate[IndexWriter, P], T]) -> Callable[Concatenate[IndexWriter, P], T]:
    """Have threads that share a writer wait for each other."""

    @wraps(method)
    def alone(writer: IndexWriter, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with writer._own:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            return method(writer, *args, **kwargs)

    return alone


class IndexWriter:
    """The one writer of an index. What it was given is seen by nobody before ``commit``.

    As a context manager it commits and closes at the end, or gives everything up if there was an exception. Segments
    are merged beside it: a commit does not wait for that, and a later one publishes what has been merged. Threads may
    share it; what one commits is what all have added.
    """

    def __init__(
        self,
        directory: str,
        *,
        memory_mb: int = MEMORY_MB,
        threads: int = 1,
        fields: Mapping[str, str] | None = None,
        lock_timeout_s: float = LOCK_TIMEOUT_S,
        make_toc: MakeToc | None = None,
        adopt: Adopt | None = None,
    ) -> None:
        """Take the write lock of an index, which is made if there is none.

        Args:
            directory: the index's folder.
            memory_mb: documents are written to a segment when they, and writing them, take up so much and a quarter.
            threads: how many work on the documents; answers, and the order of documents, are the same with any number.
            fields: what some fields hold: ``text``, ``keyword``, ``number`` or ``date``; the first value of any other
                field tells.
            lock_timeout_s: how long to wait for another writer.
            make_toc: given the manifest of a commit and its segments, returns the table of contents that tells Whoosh.
            adopt: called with the folder and the last manifest, to ask what others changed since.

        Raises:
            IndexLockedError: another writer did not finish in time.
            IndexFormatError: the index there is damaged or of another version.
            InputError: a field is already of another kind.
        """
        if index(memory_mb) < 0:
            raise ValueError(f"memory_mb must be >= 0, got {memory_mb}")
        if not 1 <= index(threads) <= MOST_THREADS:
            raise ValueError(f"threads must be from 1 to {MOST_THREADS}, got {threads}")
        self.directory = directory
        self._limit = (memory_mb << 20) + min(memory_mb << 18, _TO_WRITE)
        self._crew = Crew(threads)
        self._make_toc = make_toc
        try:
            os.makedirs(directory, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{directory}: {error.strerror}; choose a folder that can be written") from None
        self._buffer: DocumentBuffer | None = None
        self._merges: list[BackgroundMerge] = []
        self._own = RLock()  # one thread at a time
        self._turn = Lock()  # merges wait while it is held
        self._changed = False
        self._lock: WriteLock | None = WriteLock(directory, lock_timeout_s)
        try:
            remove_unfinished(directory)
            self._manifest = self._open()
            changes = adopt(directory, self._manifest) if adopt is not None else None
            self._entries = list(self._manifest.segments if changes is None else changes.segments)
            self._segments = [self._read(entry) for entry in self._entries]
            self._fields = dict.fromkeys(self._manifest.fields)
            self._kinds = FieldKinds(self._manifest.kinds)
            self._changed = self._kinds.declare(dict(fields or {}), directory)
            self._dirty: set[str] = set()  # segments whose deletions are not written yet
            self._sources: bytes | None = None
            if changes is not None:
                self._take_over(changes)
        except BaseException:
            self._abandon()
            raise

    def _open(self) -> Manifest:
        try:
            manifest = read_manifest(self.directory)
        except IndexMissingError:
            return Manifest(analyzer=ANALYZER)
        if manifest.analyzer != ANALYZER:
            raise IndexFormatError(f"{self.directory}: made with analysis {manifest.analyzer!r}; rebuild the index")
        return manifest

    def _read(self, entry: SegmentEntry) -> SegmentReader:
        deletions = None
        if entry.deletions:
            deletions = Deletions.read(os.path.join(self.directory, entry.deletions_file), entry.num_docs)
        return SegmentReader(os.path.join(self.directory, entry.file), deletions)

    def _take_over(self, changes: Changes) -> None:
        for place, entry in enumerate(self._entries):
            if entry.id in changes.deletions:
                self._segments[place] = self._segments[place].with_deletions(changes.deletions[entry.id])
                self._dirty.add(entry.id)
        for document in changes.documents:
            self.update(**document)
        self._changed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
            self.close()
        else:
            self._abandon()

    @_alone
    def __contains__(self, key: str) -> bool:
        """Tell whether there is a document with this id, committed or not."""
        return self._has(key)

    @_alone
    def add(self, /, **document: Any) -> None:
        """Add a document.

        Args:
            document: its fields. ``id`` is required and says which document it is; ``title`` and ``text`` are what a
                query searches; any other field can be searched by its name, and filtered, sorted and counted by.

        Raises:
            DocumentError: the document cannot be indexed, or there is one with this id.
        """
        key = _key(document)
        if self._has(key):
            raise DocumentError(f"{key}: there is a document with this id; use update() to replace it")
        self._add(document)

    @_alone
    def update(self, /, **document: Any) -> None:
        """Add a document in place of the one with the same id, if there is one.

        Raises:
            DocumentError: the document cannot be indexed; the old one stays.
        """
        key = _key(document)
        found = self._find(key)  # before there is a newer one: adding may write a segment
        self._add(document)
        self._delete_at(found)

    @_alone
    def delete(self, key: str) -> bool:
        """Delete a document by id; return whether there was one."""
        self._check_open()
        if self._buffer is not None and self._buffer.delete(key):
            self._changed = True
            return True
        return self._delete_at(self._find(key))

    @property
    def notes(self) -> list[str]:
        """A line for each field that was given values it cannot be filtered and sorted by."""
        return self._kinds.notes()

    @_alone
    def set_sources(self, data: bytes) -> None:
        """Keep a list of what was indexed from where beside the next commit."""
        self._check_open()
        self._sources = data
        self._changed = True

    @property
    def sources_path(self) -> str:
        """Where the list that the last commit keeps is."""
        return os.path.join(self.directory, self._manifest.sources_file)

    def read_sources(self) -> bytes:
        """Return the list that the last commit keeps; empty if there is none.

        Raises:
            IndexFormatError: it is damaged.
        """
        return read_sources(self.directory, self._manifest)

    @_alone
    def commit(self) -> None:
        """Make all changes visible and safe on the disk.

        On an exception the index is as it was, and the writer is closed: what it was given may be half written.
        """
        self._check_open()
        try:
            with self._turn:
                self._flush()
                self._take_merged()
                if self._changed or not self._manifest.generation:
                    self._publish_commit()
            self._begin_merges()
        except BaseException as error:
            self._fail(error)
            raise

    @_alone
    def close(self) -> None:
        """Give up what is not committed, or else wait until all is merged, and let go of the lock.

        An exception is about the merging: what was committed is there.
        """
        try:
            if self._lock is not None and not self._changed:
                self._finish_merges()
        except BaseException as error:
            self._fail(error)
            raise
        self._abandon()

    def _fail(self, error: BaseException) -> None:
        """Give everything up after an exception, and have it tell where it happened."""
        if isinstance(error, OSError) and error.filename is None:
            error.filename = self.directory
        try:
            remove_unfinished(self.directory)
        except (OSError, StoreError):
            pass  # the next writer does it
        finally:
            self._abandon()

    def _abandon(self) -> None:
        """Give up what is not committed and let go of the lock."""
        buffer, self._buffer = self._buffer, None
        lock, self._lock = self._lock, None
        merges, self._merges = self._merges, []
        self._crew.dismiss()
        try:
            for merge in merges:
                merge.stop()
            for merge in merges:
                merge.remove()
            if buffer is not None:
                buffer.abandon()
        except OSError:
            pass  # a full disk; what is left of the file goes with the next commit
        finally:
            if lock is not None:
                lock.release()

    def _publish_commit(self) -> None:
        taken = [*generations(self.directory), *toc_generations(self.directory)]
        generation = max([self._manifest.generation, *taken]) + 1
        self._write_deletions(generation)
        manifest = self._manifest._replace(
            generation=generation,
            fields=tuple(self._fields),
            segments=tuple(self._entries),
            kinds=self._kinds.entries(),
        )
        if self._sources is not None:
            manifest = manifest._replace(sources=generation, sources_checksum=zlib.crc32(self._sources))
            write_durably(os.path.join(self.directory, manifest.sources_file), self._sources)
        toc = None if self._make_toc is None else self._make_toc(manifest, self._segments)
        previous, self._manifest = self._manifest, write_manifest(self.directory, manifest, toc)
        self._changed = False
        self._sources = None
        growing = {os.path.basename(merge.path) for merge in self._merges}
        remove_unused(self.directory, self._manifest.files() | previous.files() | growing)

    def _add(self, document: dict[str, Any]) -> None:
        self._check_open()
        if self._buffer is None:
            self._buffer_id = os.urandom(8).hex()
            path = self._path(self._buffer_id)
            try:
                self._buffer = DocumentBuffer(SegmentWriter(path, crew=self._crew), self._crew, self._kinds)
            except OSError as error:
                self._fail(error)
                raise
        try:
            grown = self._buffer.add(document)
            self._changed = True
            if grown and self._buffer.size() > self._limit:
                self._flush()
        except DocumentError:
            raise
        except BaseException as error:
            self._fail(error)
            raise

    def _check_open(self) -> None:
        if self._lock is None:
            raise StoreError(f"{self.directory}: the writer is closed; open another one")

    def _path(self, segment_id: str) -> str:
        return os.path.join(self.directory, SegmentEntry(segment_id, 0, 0, 0, 0).file)

    def _flush(self) -> None:
        """Write what is in memory as a segment; nobody sees it before the commit."""
        if self._buffer is None:
            return
        if not self._buffer.num_docs:  # the only document could not be indexed
            self._buffer.abandon()
            self._buffer = None
            return
        checksum, deletions = self._buffer.write()
        self._fields.update(dict.fromkeys(self._buffer.fields))
        self._append(self._buffer_id, self._buffer.num_docs, checksum, deletions)
        self._buffer = None

    def _append(self, segment_id: str, num_docs: int, checksum: int, deletions: Deletions | None) -> None:
        self._segments.append(SegmentReader(self._path(segment_id), deletions))
        self._entries.append(SegmentEntry(segment_id, num_docs, 0, 0, checksum))
        if deletions is not None:
            self._dirty.add(segment_id)

    def _begin_merges(self) -> None:
        """Begin the merges that are due; all deletions must be committed."""
        while True:
            busy = {segment_id for merge in self._merges for segment_id in merge.sources}
            free = [place for place, entry in enumerate(self._entries) if entry.id not in busy]
            sizes = [(self._segments[place].num_docs, self._segments[place].num_live) for place in free]
            bytes_ = [os.path.getsize(self._segments[place].path) for place in free]
            sources = {self._entries[free[at]].id: self._segments[free[at]] for at in choose(sizes, bytes_)}
            if not sources:
                return
            segment_id = os.urandom(8).hex()
            self._merges.append(BackgroundMerge(self._path(segment_id), segment_id, sources, self._turn))

    def _take_merged(self) -> None:
        """Put what has been merged in the place of its sources."""
        for merge in [merge for merge in self._merges if not merge.running]:
            checksum = merge.finish()
            self._merges.remove(merge)
            current = {entry.id: at for entry, at in zip(self._entries, self._segments, strict=True)}
            deletions = merge.deleted_since(current)
            for place in range(len(self._entries) - 1, -1, -1):
                if self._entries[place].id in merge.sources:
                    del self._entries[place], self._segments[place]
            self._dirty.difference_update(merge.sources)
            if merge.num_docs:
                self._append(merge.segment_id, merge.num_docs, checksum, deletions)
            self._changed = True

    def _finish_merges(self) -> None:
        """Wait for what is being merged, merge on while there is something due, and publish it all."""
        while self._merges:
            self._merges[0].finish()
            self._take_merged()
            self._begin_merges()
        if self._changed:
            self._publish_commit()

    def _has(self, key: str) -> bool:
        return (self._buffer is not None and key in self._buffer.keys) or self._find(key) is not None

    def _find(self, key: str) -> tuple[int, int] | None:
        """Return the segment and the document with this id among those that were written."""
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"an id is a string, not {type(key).__name__}")
        term = key.encode("utf-8", "surrogatepass")
        for place in range(len(self._segments) - 1, -1, -1):
            segment = self._segments[place]
            cursor = segment.find(KEY, term)
            if cursor is not None and (postings := segment.postings(KEY, cursor)).df:
                return place, postings.docs[0]
        return None

    def _delete_at(self, found: tuple[int, int] | None) -> bool:
        if found is None:
            return False
        place, doc = found
        segment, entry = self._segments[place], self._entries[place]
        if entry.id not in self._dirty:  # readers share the deletions that were committed
            deletions = segment.deletions.copy() if segment.deletions else Deletions(segment.num_docs)
            self._segments[place] = segment = segment.with_deletions(deletions)
            self._dirty.add(entry.id)
        assert segment.deletions is not None  # noqa: S101
        segment.deletions.add(doc)
        self._changed = True
        return True

    def _write_deletions(self, generation: int) -> None:
        for place, segment in enumerate(self._segments):
            entry = self._entries[place]
            if entry.id in self._dirty and segment.deletions is not None:
                entry = entry._replace(num_deleted=segment.deletions.count, deletions=generation)
                segment.deletions.write(os.path.join(self.directory, entry.deletions_file))
                self._entries[place] = entry
        self._dirty.clear()


def _key(document: dict[str, Any]) -> str:
    key = document.get(KEY)
    if not isinstance(key, str) or not key:
        raise DocumentError(f"{key!r}: a document needs an id, a string that is not empty; give it one")
    return key
