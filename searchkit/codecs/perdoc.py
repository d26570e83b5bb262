"""Finds what belongs to a document for Whoosh: lengths, stored fields, deletions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import base
from searchkit.codecs.columns import StoredColumn, StoredColumnReader, encode_value
from searchkit.codecs.postings import base_field, length_field
from searchkit.codecs.values import decode_document
from searchkit.codecs.written import Vectors, WrittenColumns

if TYPE_CHECKING:
    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.segment import SegmentReader


class DocumentReader(base.PerDocumentReader):
    """The documents of a segment."""

    def __init__(self, reader: SegmentReader, segment: SearchkitSegment, storage: Any) -> None:
        self._reader = reader
        self._segment = segment
        self._storage = storage
        self._columns = WrittenColumns(reader, segment, storage)
        self._vectors = Vectors(reader)
        self._known_lengths: dict[str, memoryview] = {}

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        return self._reader.num_docs - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones too."""
        return self._reader.num_docs

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> list[int]:
        """Return the deleted documents."""
        return list(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        """Tell whether values can be found by document and field."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether values can be found in this field: in all that documents of ours have, for they are stored."""
        if self._reader.extra is None and fieldname == base_field(fieldname):
            return True
        return fieldname in self._columns

    def list_columns(self) -> list[str]:
        """Return the fields whose values can be found."""
        return list(self._reader.names if self._reader.extra is None else self._columns.names)

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """Return what finds the values of a field."""
        if self._reader.extra is not None or not isinstance(column, StoredColumn):
            return self._columns.reader(fieldname, column)

        def encoded(docnum: int) -> bytes:
            return encode_value(self._reader.stored.document(docnum).get(fieldname))

        return StoredColumnReader(encoded, self._reader.num_docs)

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Tell whether the terms of a document are kept."""
        return self._vectors.has(docnum, fieldname)

    def vector(self, docnum: int, fieldname: str, format_: Any) -> Any:
        """Return a matcher over the terms of a document.

        Raises:
            KeyError: they are not kept.
        """
        return self._vectors.matcher(docnum, fieldname, format_)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of tokens in a field of a document, exactly."""
        lengths = self._known_lengths.get(fieldname)  # asked for every posting that Whoosh scores
        if lengths is None:
            lengths = self._lengths(fieldname)
        return lengths[docnum] if lengths else default

    def field_length(self, fieldname: str) -> int:
        """Return the tokens of all documents in a field, deleted ones too: Whoosh divides by their number."""
        return self._reader.with_deletions(None).length_totals(length_field(self._reader, fieldname)).total

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest field."""
        return min(self._lengths(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest field."""
        return max(self._lengths(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the document as it was given."""
        document = self._reader.stored.document(docnum)
        return document if self._reader.extra is None else decode_document(document)

    def _lengths(self, field: str) -> memoryview:
        lengths = self._reader.lengths(length_field(self._reader, field))
        self._known_lengths[field] = lengths
        return lengths
