"""The codec: where Whoosh gets its readers and writers from."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import base, filestore
from searchkit.codecs.perdoc import DocumentReader
from searchkit.codecs.terms import TermReader
from searchkit.errors import StoreError
from searchkit.segment import SegmentReader

if TYPE_CHECKING:
    from searchkit.codecs.segment import SearchkitSegment


class SearchkitCodec(base.Codec):
    """Reads our segments for Whoosh."""

    def __init__(self) -> None:
        self._opened: tuple[str, SegmentReader] | None = None

    def __reduce__(self) -> tuple[type[SearchkitCodec], tuple[()]]:
        return SearchkitCodec, ()

    def terms_reader(self, storage: Any, segment: SearchkitSegment) -> TermReader:
        """Return what finds terms and their postings."""
        return TermReader(self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: SearchkitSegment) -> DocumentReader:
        """Return what finds lengths and stored fields."""
        return DocumentReader(self._open(storage, segment), segment)

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
