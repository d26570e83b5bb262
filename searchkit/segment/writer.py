"""Writes a segment: stored documents, field lengths, and the terms of each field in order."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.postings import encode_positions, encode_postings, postings_room, put_varint
from searchkit._core.terms import BLOCK_TERMS
from searchkit.segment.format import SectionWriter
from searchkit.segment.stored import StoredWriter

if TYPE_CHECKING:
    from searchkit._core.buffers import Uint32s


class FieldWriter:
    """Takes the terms of one field in ascending order of their bytes."""

    def __init__(self, lengths: Uint32s, *, positions: bool) -> None:
        self._lengths = lengths
        self._with_positions = positions
        self._blocks = bytearray()
        self._offsets = uint32s(0)
        self._postings = bytearray()
        self._positions = bytearray()
        self._last = b""
        self._ends = uint32s(0)
        self._out = bytearray()
        self._varint = bytearray(10)
        self.num_terms = 0
        self.occurrences = 0

    @property
    def postings_size(self) -> int:
        """Where the next term's postings will begin."""
        return len(self._postings)

    def add(self, term: bytes, docs: array[int], tfs: array[int], df: int, positions: array[int], first: int) -> None:
        """Append a term.

        Args:
            term: greater than the term before.
            docs: uint32[>= df], strictly increasing.
            tfs: uint32[>= df].
            df: number of documents.
            positions: uint32[>= first + sum(tfs)]; not looked at in a field without positions.
            first: where the term's positions begin.
        """
        occurrences = sum(tfs[:df])
        if len(self._ends) < df:
            self._ends = uint32s(2 * df)
        if self._with_positions:
            self._reserve(5 * occurrences)
            positions_size = encode_positions(positions, first, tfs, df, self._ends, self._out)
            self._positions += memoryview(self._out)[:positions_size]
        else:
            positions_size = 0
        self._reserve(postings_room(df))
        size = encode_postings(docs, tfs, df, self._lengths, self._ends, self._out)
        self._add_entry(term, (df, occurrences - df, size, positions_size))
        self._postings += memoryview(self._out)[:size]
        self.occurrences += occurrences

    def _add_entry(self, term: bytes, numbers: tuple[int, ...]) -> None:
        if self.num_terms % BLOCK_TERMS == 0:
            self._offsets.append(len(self._blocks))
            self._put(len(self._postings))
            self._put(len(self._positions) - numbers[3])
            shared = 0
        else:
            shared = _shared_prefix(self._last, term)
        self._put(shared)
        self._put(len(term) - shared)
        self._blocks += term[shared:]
        for number in numbers:
            self._put(number)
        self._last = term
        self.num_terms += 1

    def _put(self, number: int) -> None:
        if number < 128:
            self._blocks.append(number)
        else:
            self._blocks += self._varint[: put_varint(self._varint, 0, number)]

    def _reserve(self, size: int) -> None:
        if len(self._out) < size:
            self._out = bytearray(2 * size)

    def write(self, out: SectionWriter, number: int) -> None:
        """Write the sections of field ``number``."""
        out.write(f"{number}.offsets", self._offsets)
        out.write(f"{number}.terms", self._blocks)
        out.write(f"{number}.postings", self._postings)
        out.write(f"{number}.positions", self._positions)


class SegmentWriter:
    """Writes one segment file; nothing is seen at its path's index until a manifest names it."""

    def __init__(self, path: str, file: Any = None) -> None:
        """Begin a file.

        Args:
            path: where to.
            file: in memory, to write to instead; then ``path`` is only its name.
        """
        self.path = path
        self.stored = StoredWriter()
        self.extra: dict[str, Any] | None = None  # what a writer other than ours says of its further sections
        self._out = SectionWriter(path, file)
        self.names: dict[str, None] = {}  # of all fields of all documents, in order of first appearance
        self._fields: list[dict[str, Any]] = []
        self._lengths: list[dict[str, Any]] = []

    def write_lengths(self, name: str, lengths: Uint32s) -> None:
        """Write how many tokens each document has in this field: uint32[num_docs]."""
        self._out.write(f"lengths.{len(self._lengths)}", lengths)
        with_field = sum(1 for length in lengths if length)
        self._lengths.append({"name": name, "total": sum(lengths), "docs": with_field})

    def write_field(self, name: str, field: FieldWriter, *, positions: bool) -> None:
        """Write the terms of a field."""
        field.write(self._out, len(self._fields))
        entry = {
            "name": name,
            "positions": positions,
            "terms": field.num_terms,
            "occurrences": field.occurrences,
        }
        self._fields.append(entry)

    def write_section(self, name: str, *chunks: Any) -> None:
        """Write a further section made of buffers."""
        self._out.write(name, *chunks)

    def finish(self) -> int:
        """Write what is left and return the file's checksum; the file is on the disk then."""
        self.stored.write(self._out)
        meta = {
            "num_docs": self.stored.num_docs,
            "names": list(self.names),
            "lengths": self._lengths,
            "fields": self._fields,
            "extra": self.extra,
        }
        self._out.write("meta", json.dumps(meta, ensure_ascii=False).encode())
        return self._out.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        self._out.abandon()


def _shared_prefix(a: bytes, b: bytes) -> int:
    n = min(len(a), len(b))
    if a[:n] == b[:n]:
        return n
    i = 0
    while a[i] == b[i]:
        i += 1
    return i
