"""A segment that Whoosh is writing.

Whoosh has one writer for what belongs to documents and one for terms, and reads the lengths that the first has written
before the second begins. Both write into one file of ours, which is finished when both are closed.
"""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit.codecs.api import base, filestore, structfile
from searchkit.codecs.values import encode_document
from searchkit.segment import FieldWriter, SegmentWriter

if TYPE_CHECKING:
    from array import array

    from searchkit.codecs.odd import OddWriter
    from searchkit.codecs.segment import SearchkitSegment

    Vector = list[tuple[str, float, bytes]]


class Draft:
    """What both writers write to."""

    def __init__(self, storage: Any, segment: SearchkitSegment) -> None:
        self._segment = segment
        if isinstance(storage, filestore.FileStorage):
            self._writer = SegmentWriter(os.path.join(str(storage.folder), segment.file))
        else:
            self._writer = SegmentWriter(segment.file, storage.create_file(segment.file))
        self._open = 0
        self._num_fields = 0
        self._columns: dict[str, tuple[io.BytesIO, Any]] = {}
        self._vectors: dict[str, dict[int, Vector]] = {}
        self.lengths: dict[str, array[int]] = {}
        self.num_docs = 0

    @classmethod
    def of(cls, storage: Any, segment: SearchkitSegment) -> Draft:
        """Return the draft of a segment, for one more writer."""
        if segment.draft is None:
            segment.draft = cls(storage, segment)
        draft: Draft = segment.draft
        draft._open += 1
        return draft

    def add_document(self, stored: dict[str, Any]) -> None:
        """Append a document.

        Raises:
            TypeError: a value is of a type that is not stored.
        """
        document = encode_document(stored)
        self._writer.names.update(dict.fromkeys(stored))
        key = stored.get("id")
        self._writer.stored.add(document, key.encode("utf-8", "surrogatepass") if isinstance(key, str) else b"")
        self.num_docs = max(self.num_docs, self._writer.stored.num_docs)

    def set_length(self, field: str, doc: int, length: int) -> None:
        """Set the number of tokens in a field of a document."""
        lengths = self.lengths.setdefault(field, uint32s(0))
        if len(lengths) <= doc:
            lengths.extend(uint32s(doc + 1 - len(lengths)))
        lengths[doc] = length
        self.num_docs = max(self.num_docs, doc + 1)

    def add_value(self, field: str, column: Any, doc: int, value: Any) -> None:
        """Set the value of a document in a column."""
        if field not in self._columns:
            buffer = io.BytesIO()
            self._columns[field] = (buffer, column.writer(structfile.StructFile(buffer)))
        self._columns[field][1].add(doc, value)

    def add_vector(self, field: str, doc: int, items: Vector) -> None:
        """Set the terms of a document."""
        self._vectors.setdefault(field, {})[doc] = items

    def write_field(self, name: str, field: FieldWriter, odd: OddWriter, *, positions: bool) -> None:
        """Write the terms of a field."""
        odd.write(self._writer, self._num_fields)
        self._writer.write_field(name, field, positions=positions)
        self._num_fields += 1

    def release(self) -> None:
        """Let go of the draft; the last writer to do so finishes the file."""
        self._open -= 1
        if self._open:
            return
        while self._writer.stored.num_docs < self.num_docs:
            self._writer.stored.add({})
        for name, lengths in self.lengths.items():
            lengths.extend(uint32s(self.num_docs - len(lengths)))
            self._writer.write_lengths(name, lengths)
        for number, (buffer, writer) in enumerate(self._columns.values()):
            writer.finish(self.num_docs)
            self._writer.write_section(f"column.{number}", buffer.getvalue())
        for number, vectors in enumerate(self._vectors.values()):
            items = {doc: [(t, w, v.decode("latin1")) for t, w, v in vector] for doc, vector in vectors.items()}
            self._writer.write_section(f"vectors.{number}", json.dumps(items).encode())
        self._writer.extra = {"columns": list(self._columns), "vectors": list(self._vectors)}
        self._writer.finish()
        self._segment.draft = None


class DraftReader(base.PerDocumentReader):
    """The lengths in a draft; Whoosh wants no more of it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def doc_count(self) -> int:
        """Return the number of documents."""
        return self._draft.num_docs

    def doc_count_all(self) -> int:
        """Return the number of documents."""
        return self._draft.num_docs

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return False

    def is_deleted(self, docnum: int) -> bool:  # noqa: ARG002
        """Tell whether a document is deleted."""
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        """Return the deleted documents."""
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of tokens in a field of a document."""
        lengths = self._draft.lengths.get(fieldname)
        return lengths[docnum] if lengths is not None and docnum < len(lengths) else default
