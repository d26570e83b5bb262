"""Columns and term vectors of segments that Whoosh wrote through our codec."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import matching, structfile

if TYPE_CHECKING:
    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.segment import SegmentReader


def column_file(segment: SearchkitSegment, field: str) -> str:
    """Return the file of a column that was added after the segment: the field's name in hexadecimal, for any name."""
    return f"{segment.segment_id()}.{field.encode().hex()}.col"


class WrittenColumns:
    """The columns of a segment, in its file or beside it."""

    def __init__(self, reader: SegmentReader, segment: SearchkitSegment, storage: Any) -> None:
        self._reader = reader
        self._segment = segment
        self._storage = storage
        self.names: list[str] = (reader.extra or {}).get("columns", [])

    def __contains__(self, field: str) -> bool:
        return field in self.names or self._storage.file_exists(column_file(self._segment, field))

    def reader(self, field: str, column: Any) -> Any:
        """Return a reader of a column."""
        if field in self.names:
            data = self._reader.section(f"column.{self.names.index(field)}")
        else:
            name = column_file(self._segment, field)
            with self._storage.open_file(name) as file:
                data = memoryview(file.get(0, self._storage.file_length(name)))
        return column.reader(structfile.BufferFile(data, name=field), 0, len(data), self._reader.num_docs)


class Vectors:
    """The term vectors of a segment."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._names: list[str] = (reader.extra or {}).get("vectors", [])
        self._read: dict[str, dict[str, list[tuple[str, float, str]]]] = {}

    def has(self, doc: int, field: str) -> bool:
        """Tell whether a document has a vector."""
        return field in self._names and str(doc) in self._of(field)

    def matcher(self, doc: int, field: str, format_: Any) -> Any:
        """Return a matcher over the terms of a document.

        Raises:
            KeyError: it has none.
        """
        if not self.has(doc, field):
            raise KeyError(f"document {doc} has no vector in {field}")
        items = self._of(field)[str(doc)]
        values = [value.encode("latin1") for _, _, value in items]
        return VectorMatcher([item[0] for item in items], [item[1] for item in items], values, format_)

    def _of(self, field: str) -> dict[str, list[tuple[str, float, str]]]:
        if field not in self._read:
            self._read[field] = json.loads(bytes(self._reader.section(f"vectors.{self._names.index(field)}")))
        return self._read[field]


class VectorMatcher(matching.ListMatcher):
    """Walks the terms of one document."""

    def items_as(self, astype: str) -> Any:
        """Yield the terms with their values as a type that the format supports."""
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()
