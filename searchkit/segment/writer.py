"""Writes a segment: stored documents, field lengths, and the terms of each field in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from searchkit._core.field_encoder import FieldEncoder, Stream
from searchkit.segment.columns import ColumnInfo, ColumnWriter
from searchkit.segment.format import SectionWriter
from searchkit.segment.lengths import measure
from searchkit.segment.stored import StoredWriter

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s
    from searchkit._core.join import Joiner, Source
    from searchkit.segment.crew import Crew
    from searchkit.segment.lengths import Lengths

_CHUNK = 1 << 20  # bytes copied at a time


class FieldWriter:
    """Takes the terms of one field in ascending order of their bytes."""

    def __init__(self, lengths: Uint32s, *, positions: bool, measured: Lengths | None = None) -> None:
        """Begin a field.

        Args:
            lengths: uint32[num_docs], tokens of each document in this field; must reach as far as what is added.
            positions: whether they are kept.
            measured: the sums over the lengths, if they are known.
        """
        self.lengths = lengths
        self.positions = positions
        self.average = (measured or measure(lengths)).average
        self._encoder = FieldEncoder(self.average, positions=positions)
        self._spilled: dict[str, BinaryIO] = {}

    @property
    def num_terms(self) -> int:
        """Number of terms so far."""
        return self._encoder.num_terms

    @property
    def occurrences(self) -> int:
        """Number of occurrences of all terms so far."""
        return self._encoder.occurrences

    @property
    def postings_size(self) -> int:
        """Where the next term's postings will begin."""
        return self._encoder.postings.size

    @property
    def size(self) -> int:
        """Bytes of postings and positions so far."""
        return self._encoder.postings.size + self._encoder.positions.size

    def add(self, term: bytes, docs: array[int], tfs: array[int], df: int, positions: array[int], first: int) -> None:
        """Append a term; see ``FieldEncoder.add``."""
        self._encoder.add(term, docs, tfs, df, self.lengths, positions, first)

    def add_lists(
        self,
        terms: Bytes,
        ends: Uint32s,
        order: Uint32s,
        start: int,
        end: int,
        sizes: Uint32s,
        postings: Bytes,
        positions: Bytes,
    ) -> None:
        """Append terms with their posting lists; see ``FieldEncoder.add_lists``."""
        self._encoder.add_lists(terms, ends, order, start, end, sizes, postings, positions)

    def joiner(self, sources: list[Source]) -> Joiner:
        """Return what appends the terms of other segments."""
        from searchkit._core.join import Joiner  # most writers do without

        return Joiner(sources, self._encoder, self.lengths)

    def spill(self, folder: str) -> None:
        """Keep what was added so far in temporary files in a folder rather than in memory."""
        for name, stream in self._streams():
            if name not in self._spilled:
                from tempfile import TemporaryFile

                self._spilled[name] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by write, or with this
            self._spilled[name].writelines(stream.take())

    def write(self, out: SectionWriter, number: int) -> None:
        """Write the sections of field ``number``."""
        out.write(f"{number}.heads", self._encoder.heads)
        out.write(f"{number}.tops", self._encoder.tops)
        out.write(f"{number}.offsets", self._encoder.offsets)
        for name, stream in self._streams():
            if name not in self._spilled:
                out.write(f"{number}.{name}", *stream.chunks())
                continue
            out.begin(f"{number}.{name}")
            with self._spilled.pop(name) as file:
                file.seek(0)
                while copied := file.read(_CHUNK):
                    out.append(copied)
            for chunk in stream.chunks():
                out.append(chunk)
            out.end()

    def _streams(self) -> list[tuple[str, Stream]]:
        encoder = self._encoder
        return [
            ("terms", encoder.terms),
            ("counts", encoder.counts),
            ("postings", encoder.postings),
            ("positions", encoder.positions),
        ]


class SegmentWriter:
    """Writes one segment file; nothing is seen at its path's index until a manifest names it."""

    def __init__(self, path: str, file: Any = None, crew: Crew | None = None) -> None:
        """Begin a file.

        Args:
            path: where to.
            file: in memory, to write to instead; then ``path`` is only its name.
            crew: does the work; without it, who calls.
        """
        self.path = path
        self.extra: dict[str, Any] | None = None  # what a writer other than ours says of its further sections
        self._out = SectionWriter(path, file)
        self.stored = StoredWriter(self._out, crew)
        self.names: dict[str, None] = {}  # of all fields of all documents, in order of first appearance
        self._fields: list[dict[str, Any]] = []
        self._lengths: list[dict[str, Any]] = []
        self._columns: list[ColumnInfo] = []

    def write_lengths(self, name: str, lengths: Uint32s) -> Lengths:
        """Write how many tokens each document has in this field, uint32[num_docs], and return the sums over them."""
        self._out.write(f"lengths.{len(self._lengths)}", lengths)
        measured = measure(lengths)
        self._lengths.append({"name": name, **measured._asdict()})
        return measured

    def write_field(self, name: str, field: FieldWriter, *, positions: bool) -> None:
        """Write the terms of a field."""
        field.write(self._out, len(self._fields))
        entry = {
            "name": name,
            "positions": positions,
            "terms": field.num_terms,
            "occurrences": field.occurrences,
            "average": field.average,
        }
        self._fields.append(entry)

    def column(self, name: str, code: str) -> ColumnWriter:
        """Begin the column of a field; see ``ColumnInfo``."""
        return ColumnWriter(self._out, len(self._columns), name, code)

    def end_column(self, info: ColumnInfo) -> None:
        """End the column that was begun."""
        self._columns.append(info)

    def write_section(self, name: str, *chunks: Any) -> None:
        """Write a further section made of buffers."""
        self._out.write(name, *chunks)

    def finish(self) -> int:
        """Write what is left and return the file's checksum; the file is on the disk then."""
        self.stored.write()
        meta = {
            "num_docs": self.stored.num_docs,
            "names": list(self.names),
            "lengths": self._lengths,
            "fields": self._fields,
            "columns": self._columns,
            "extra": self.extra,
        }
        self._out.write("meta", json.dumps(meta, ensure_ascii=False).encode())
        return self._out.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        self._out.abandon()
