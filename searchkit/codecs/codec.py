"""The codec: where Whoosh gets its readers and writers from."""

from __future__ import annotations

import errno
import os
from typing import Any

from searchkit.codecs.api import base, filestore
from searchkit.codecs.draft import Draft, DraftReader
from searchkit.codecs.perdoc import DocumentReader
from searchkit.codecs.segment import SearchkitSegment
from searchkit.codecs.terms import TermReader
from searchkit.codecs.writing import DocumentWriter, TermWriter
from searchkit.codecs.written import column_file
from searchkit.errors import StoreError
from searchkit.segment import SegmentReader


class SearchkitCodec(base.Codec):
    """Reads and writes our segments for Whoosh."""

    COLUMN_EXT = ".col"

    def __init__(self) -> None:
        self._opened: tuple[str, SegmentReader] | None = None

    def __reduce__(self) -> tuple[type[SearchkitCodec], tuple[()]]:
        return SearchkitCodec, ()

    def terms_reader(self, storage: Any, segment: SearchkitSegment) -> TermReader:
        """Return what finds terms and their postings."""
        return TermReader(self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: SearchkitSegment) -> DocumentReader | DraftReader:
        """Return what finds lengths and stored fields."""
        if segment.draft is not None:
            return DraftReader(segment.draft)
        return DocumentReader(self._open(storage, segment), segment, storage)

    def new_segment(self, storage: Any, indexname: str) -> SearchkitSegment:  # noqa: ARG002
        """Return a segment to write."""
        return SearchkitSegment(os.urandom(8).hex(), 0, None, indexname)

    def per_document_writer(self, storage: Any, segment: SearchkitSegment) -> DocumentWriter:
        """Return what takes stored fields, lengths, columns and vectors."""
        return DocumentWriter(Draft.of(storage, segment))

    def field_writer(self, storage: Any, segment: SearchkitSegment) -> TermWriter:
        """Return what takes terms and postings."""
        return TermWriter(Draft.of(storage, segment))

    def supports_columns(self) -> bool:
        """Tell whether there are columns."""
        return True

    @staticmethod
    def column_filename(segment: SearchkitSegment, fieldname: str) -> str:
        """Return the file of a column that is added after the segment was written."""
        return column_file(segment, fieldname)

    def _open(self, storage: Any, segment: SearchkitSegment) -> SegmentReader:
        """Open a segment's file, once for both readers."""
        if self._opened is None or self._opened[0] != segment.file:
            self._opened = (segment.file, open_segment(storage, segment.file))
        return self._opened[1]


def open_segment(storage: Any, name: str) -> SegmentReader:
    """Open a segment's file in one of Whoosh's storages.

    Raises:
        FileNotFoundError: there is no such file. Whoosh reads the table of contents again then.
    """
    if not isinstance(storage, filestore.FileStorage):
        with storage.open_file(name) as file:
            return SegmentReader(name, data=memoryview(file.get(0, storage.file_length(name))))
    path = os.path.join(str(storage.folder), name)
    try:
        return SegmentReader(path)
    except StoreError:
        if not os.path.exists(path):  # a writer may have collected it since the table of contents was read
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None
        raise
