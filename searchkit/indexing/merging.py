"""A merge that runs beside the writer: commits do not wait for it, and it makes room for whoever is waiting."""

from __future__ import annotations

import os
from threading import Lock, Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from searchkit.indexing.merge import merge_segments
from searchkit.segment import Deletions, SegmentWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.segment import SegmentReader

_WORK_S = 0.001  # after so much work ...
_REST_S = 0.0001  # ... others get the interpreter, which would let them wait for five milliseconds


class _AbandonedError(Exception):
    pass


class BackgroundMerge:
    """Writes one segment with the documents that were live in others when it began."""

    def __init__(self, path: str, segment_id: str, sources: dict[str, SegmentReader], turn: Lock) -> None:
        """Begin.

        Args:
            path: of the file to write.
            segment_id: of the segment it becomes.
            sources: by segment; their deletions must not change while this runs.
            turn: held by whoever must not be kept waiting.
        """
        self.path = path
        self.segment_id = segment_id
        self.sources = sources
        self.num_docs = 0
        self._turn = turn
        self._checksum = 0
        self._error: BaseException | None = None
        self._stop = False
        self._hurry = False
        self._resumed = perf_counter()
        self._thread = Thread(target=self._run, name="searchkit-merge", daemon=True)  # what it leaves is collected
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it has not come to its end."""
        return self._thread.is_alive()

    def finish(self) -> int:
        """Wait for the end and return the checksum of the file, which is on the disk then.

        Raises:
            IndexFormatError: one of the sources is damaged.
            OSError: the file cannot be written.
        """
        self._hurry = True
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._checksum

    def stop(self) -> None:
        """Have it end soon."""
        self._stop = True

    def remove(self) -> None:
        """Wait for the end and remove the file."""
        self._thread.join()
        if self._error is None:
            os.remove(self.path)

    def deleted_since(self, current: Mapping[str, SegmentReader]) -> Deletions | None:
        """Return which documents of the new segment were deleted in the sources since this began; None if none.

        Args:
            current: the sources as they are now, by segment.
        """
        deletions = Deletions(self.num_docs)
        first = 0
        for segment_id, source in self.sources.items():
            now = current[segment_id].deletions
            if now is not None and now is not source.deletions:
                before = source.deletions or Deletions(source.num_docs)
                for doc in now.added_to(before):
                    deletions.add(first + doc - before.count_below(doc))
            first += source.num_live
        return deletions if deletions.count else None

    def _run(self) -> None:
        try:
            writer = SegmentWriter(self.path)
            try:
                self._checksum = merge_segments(list(self.sources.values()), writer, pause=self._pause)
                self.num_docs = writer.stored.num_docs
            except BaseException:
                writer.abandon()
                raise
        except BaseException as error:  # noqa: BLE001 - raised where somebody waits for it
            self._error = error

    def _pause(self) -> None:
        if self._stop:
            raise _AbandonedError
        if self._hurry:
            return
        if perf_counter() - self._resumed > _WORK_S:
            sleep(_REST_S)
            self._resumed = perf_counter()
        if self._turn.locked():
            with self._turn:
                self._resumed = perf_counter()
