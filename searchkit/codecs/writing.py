"""Takes documents and terms from Whoosh's writers."""

from __future__ import annotations

from array import array
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit.codecs.api import base, formats
from searchkit.codecs.odd import OddWriter
from searchkit.segment import FieldWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit.codecs.draft import Draft

_UINT32 = Struct("!I")  # as Whoosh packs a frequency


class DocumentWriter(base.PerDocumentWriter):
    """Takes what belongs to documents: stored fields, lengths, values of columns, term vectors."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._doc: int | None = None
        self._next = 0
        self._stored: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document; they come in order."""
        if self._doc is not None or docnum != self._next:
            raise ValueError(f"document {docnum} begins, expected {self._next} after the one before has ended")
        self._doc = docnum
        self._next += 1
        self._stored = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:  # noqa: ARG002
        """Take the stored value of a field, if not None, and its number of tokens."""
        if value is not None:
            self._stored[fieldname] = value
        if length:
            self._draft.set_length(fieldname, self._current(), length)

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Take the value of a field for its column."""
        self._draft.add_value(fieldname, columnobj, self._current(), value)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[tuple[str, float, bytes]]) -> None:  # noqa: ARG002
        """Take the terms of a field."""
        vector = list(items)
        if vector:
            self._draft.add_vector(fieldname, self._current(), vector)

    def finish_doc(self) -> None:
        """End the document."""
        if self._doc is not None:
            self._draft.add_document(self._stored)
        self._doc = None

    def close(self) -> None:
        """End the document and let go of the file."""
        if not self.is_closed:
            self.finish_doc()
            self.is_closed = True
            self._draft.release()

    def _current(self) -> int:
        if self._doc is None:
            raise ValueError("no document has begun")
        return self._doc


class TermWriter(base.FieldWriter):
    """Takes terms and their postings, field by field in order of the terms."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._field: FieldWriter | None = None
        self._term: bytes | None = None
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._name = fieldname
        self._format = fieldobj.format
        self._positions = type(self._format) is formats.Positions
        self._lengths = uint32s(0)
        self._keep_lengths = fieldname not in self._draft.lengths
        self._field = FieldWriter(self._lengths, positions=self._positions)
        self._odd = OddWriter()

    def start_term(self, text: bytes) -> None:
        """Begin a term, greater than the one before."""
        if self._field is None:
            raise ValueError(f"term {text!r} begins outside a field")
        self._term = text
        self._docs = uint32s(0)
        self._weights: list[float] = []
        self._term_lengths = array("Q")
        self._payloads: list[bytes] = []

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """Take a posting; documents come in order, and one that comes again adds to its weight."""
        if self._docs and self._docs[-1] == docnum:
            self._weights[-1] += weight
            return
        self._docs.append(docnum)
        self._weights.append(weight)
        self._term_lengths.append(length or 0)
        self._payloads.append(vbytes)
        if len(self._lengths) <= docnum:
            self._lengths.extend(uint32s(docnum + 1 - len(self._lengths)))
        self._lengths[docnum] = length or 0
        self._draft.num_docs = max(self._draft.num_docs, docnum + 1)

    def finish_term(self) -> None:
        """End the term."""
        field, term = self._field, self._term
        if field is None or term is None:
            raise ValueError("a term ends that has not begun")
        tfs, positions = uint32s(0), uint32s(0)
        for weight, payload in zip(self._weights, self._payloads, strict=True):
            found = self._plain(weight, payload)
            if found is None:  # the whole term is kept as it is
                self._odd.add(field.postings_size, self._weights, self._term_lengths, self._payloads)
                tfs, positions = uint32s(0), uint32s(len(self._docs))
                tfs.extend([1] * len(self._docs))
                break
            tfs.append(found[0])
            positions.extend(found[1])
        field.add(term, self._docs, tfs, len(self._docs), positions, 0)
        self._term = None

    def finish_field(self) -> None:
        """End the field."""
        if self._field is None:
            raise ValueError("a field ends that has not begun")
        if self._keep_lengths and any(self._lengths):
            self._draft.lengths[self._name] = self._lengths
        self._draft.write_field(self._name, self._field, self._odd, positions=self._positions)
        self._field = None

    def close(self) -> None:
        """Let go of the file."""
        if not self.is_closed:
            self.is_closed = True
            self._draft.release()

    def _plain(self, weight: float, payload: bytes) -> tuple[int, list[int]] | None:
        """Return the count and the positions that say all of a posting, None if they would not."""
        if self._positions:
            positions = _decode_positions(self._format, payload)
            rising = all(a < b for a, b in pairwise(positions))
            return (len(positions), positions) if rising and len(positions) == weight > 0 else None
        if type(self._format) is formats.Existence:
            return (1, []) if weight == 1 and not payload else None
        if type(self._format) is formats.Frequency and len(payload) == _UINT32.size:
            (count,) = _UINT32.unpack(payload)
            return (count, []) if count == weight > 0 else None
        return None


def _decode_positions(format_: Any, payload: bytes) -> list[int]:
    """Return the positions that Whoosh has just encoded; none if the bytes are something else."""
    try:
        positions = list(format_.decode_positions(payload))
        return positions if format_.encode(positions) == payload else []
    except Exception:  # noqa: BLE001 - a payload can be anything, and Whoosh's decoder raise anything
        return []
