"""Finds what belongs to a document for Whoosh: lengths, stored fields, deletions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import base
from searchkit.codecs.columns import StoredColumnReader, encode_value
from searchkit.codecs.postings import base_field

if TYPE_CHECKING:
    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.segment import SegmentReader


class DocumentReader(base.PerDocumentReader):
    """The documents of a segment."""

    def __init__(self, reader: SegmentReader, segment: SearchkitSegment) -> None:
        self._reader = reader
        self._segment = segment

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
        """Tell whether values can be found in this field: in all that documents have, for they are all stored."""
        return fieldname == base_field(fieldname)

    def list_columns(self) -> list[str]:
        """Return the fields whose values can be found."""
        return list(self._reader.names)

    def column_reader(self, fieldname: str, column: Any) -> Any:  # noqa: ARG002
        """Return what finds the values of a field."""

        def encoded(docnum: int) -> bytes:
            return encode_value(self._reader.stored.document(docnum).get(fieldname))

        return StoredColumnReader(encoded, self._reader.num_docs)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of tokens in a field of a document, exactly."""
        lengths = self._reader.lengths(base_field(fieldname))
        return lengths[docnum] if lengths else default

    def field_length(self, fieldname: str) -> int:
        """Return the tokens of all documents in a field, deleted ones too: Whoosh divides by their number."""
        return self._reader.with_deletions(None).length_totals(base_field(fieldname))[0]

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest field."""
        return min(self._reader.lengths(base_field(fieldname)), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest field."""
        return max(self._reader.lengths(base_field(fieldname)), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the document as it was given."""
        return self._reader.stored.document(docnum)
