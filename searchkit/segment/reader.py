"""Reads a segment: a snapshot that never changes and that any number of threads may share."""

from __future__ import annotations

import json
import os
from _weakref import ref  # weakref costs its import
from array import array
from collections.abc import Iterator
from time import time_ns
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.match import drop_deleted
from searchkit._core.postings import decode_positions, decode_postings
from searchkit._core.terms import Dictionary, Entry, TermCursor
from searchkit._core.words import Field, Segment
from searchkit.errors import IndexFormatError
from searchkit.records import NamedTuple
from searchkit.segment.deletions import Deletions
from searchkit.segment.format import SectionFile
from searchkit.segment.lengths import Lengths, measure, read_lengths
from searchkit.segment.stored import StoredReader

if TYPE_CHECKING:
    from searchkit._core.join import Source
    from searchkit._core.pattern import Pattern
    from searchkit.segment.columns import Column, ColumnInfo

TermAt = Entry | TermCursor
"""What says where the postings of a term are."""

_MOST_OPEN = 4096  # files that are remembered
_SETTLED_NS = 2_000_000_000  # a file may be written twice within one tick of its clock


class FieldInfo(NamedTuple):
    """A field of terms."""

    number: int
    name: str
    positions: bool
    num_terms: int
    occurrences: int
    average: float  # the length that the bounds of its posting lists refer to, in tokens


class Expansion(NamedTuple):
    """Terms that match a pattern, in their order."""

    entries: list[Entry]
    costs: list[int]  # of each, in the pattern's units
    total: int  # how many match, kept or not


class PostingList(NamedTuple):
    """The documents that hold a term."""

    docs: array[int]  # uint32[>= df], strictly increasing
    tfs: array[int]  # uint32[>= df], occurrences in each
    firsts: array[int]  # uint32[>= df], the first position in each; empty in a field without positions
    df: int


def open_segment(path: str, deletions: Deletions | None = None) -> SegmentReader:
    """Return a reader of a segment: of a file that this process has open, with its map and the pages it has checked.

    A file is the same if nothing was written to it since, and nothing had been for a while when it was opened.

    Raises:
        IndexFormatError: the file is damaged or of another version.
        StoreError: it cannot be opened.
    """
    known = _open.get(path)
    reader = known[1]() if known is not None else None
    if known is None or reader is None or known[0] != _identity(path):
        before = _identity(path)
        reader = SegmentReader(path)
        if before is not None and before == _identity(path) and time_ns() - max(before[3:]) > _SETTLED_NS:
            if len(_open) >= _MOST_OPEN:
                _open.clear()
            _open[path] = before, ref(reader)
    return reader if deletions is None else reader.with_deletions(deletions)


def _identity(path: str) -> tuple[int, ...] | None:
    """Return what tells a file from another, and from itself before it was written to; None if it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class SegmentReader:
    """One segment with the deletions of one commit."""

    def __init__(self, path: str, deletions: Deletions | None = None, data: memoryview | None = None) -> None:
        """Open a segment.

        Args:
            path: of the file.
            deletions: documents to leave out.
            data: the file's bytes if they are in memory; then ``path`` is only for messages.

        Raises:
            IndexFormatError: the file is damaged or of another version.
        """
        self._file = SectionFile(path, data)
        self._first: SegmentReader | None = None  # of the same file, if this has only other deletions
        self.path = path
        self.checksum = self._file.checksum
        self.deletions = deletions
        try:
            self._read_meta(json.loads(bytes(self._file.section("meta"))))
        except (ValueError, KeyError, TypeError):
            raise self._file.damage("meta") from None
        self._dictionaries: dict[str, Dictionary] = {}  # of the fields that were asked for
        self._columns: dict[str, Column] = {}  # the same
        self.stored = StoredReader(self._file)
        sizes = self._file.sizes()
        if any(sizes.get(f"lengths.{i}") != 4 * self.num_docs for i in self._lengths.values()):  # kernels rely on it
            raise self._file.damage("lengths")

    def _read_meta(self, meta: dict[str, Any]) -> None:
        self.num_docs: int = meta["num_docs"]
        self.names: list[str] = meta["names"]  # of the fields of its documents
        self.extra: dict[str, Any] | None = meta["extra"]  # if it was not written by ours: of its further sections
        self.fields = {
            entry["name"]: FieldInfo(
                i, entry["name"], entry["positions"], entry["terms"], entry["occurrences"], entry["average"]
            )
            for i, entry in enumerate(meta["fields"])
        }
        self._columns_meta: list[list[Any]] = meta["columns"]
        self._lengths = {entry["name"]: i for i, entry in enumerate(meta["lengths"])}
        self._length_totals = {entry["name"]: read_lengths(entry) for entry in meta["lengths"]}

    @property
    def num_live(self) -> int:
        """Number of documents that are not deleted."""
        return self.num_docs - (self.deletions.count if self.deletions else 0)

    def is_deleted(self, doc: int) -> bool:
        """Tell whether a document is deleted."""
        return self.deletions is not None and doc in self.deletions

    @property
    def deleted_bits(self) -> bytes | bytearray:
        """A bit for each document that is deleted, bit doc % 8 of byte doc // 8; empty if none is."""
        return self.deletions.bits if self.deletions else b""

    @property
    def live_bits(self) -> bytes:
        """A bit for each document that is not deleted; those after the last are not set."""
        everything = (1 << self.num_docs) - 1
        return (everything & ~int.from_bytes(self.deleted_bits, "little")).to_bytes((self.num_docs + 7) // 8, "little")

    def live_docs(self) -> Iterator[int]:
        """Yield the documents that are not deleted."""
        return (doc for doc in range(self.num_docs) if not self.is_deleted(doc))

    def with_deletions(self, deletions: Deletions | None) -> SegmentReader:
        """Return a reader of the same file with other deletions."""
        other = object.__new__(SegmentReader)
        other.__dict__.update(self.__dict__)
        other.deletions = deletions
        other._first = self._first or self
        return other

    def check_size(self) -> None:
        """Check that nobody has cut the file short; see ``SectionFile.check_size``."""
        self._file.check_size()

    def section(self, name: str) -> memoryview:
        """Return a further section; empty if there is none of this name."""
        return self._file.section(name)

    def column(self, name: str) -> Column | None:
        """Return the column of a field; None if no document of the segment has a value.

        Raises:
            IndexFormatError: it is damaged.
        """
        found = self._columns.get(name)
        if found is None:
            from searchkit.segment.columns import Column

            place = self.columns.get(name)
            if place is not None:
                found = self._columns[name] = Column(self._file, *place, self.num_docs)
        return found

    @property
    def columns(self) -> dict[str, tuple[int, ColumnInfo]]:
        """The number of the column of each field that has one, and what is known of it."""
        from searchkit.segment.columns import ColumnInfo

        return {entry[0]: (i, ColumnInfo(*entry)) for i, entry in enumerate(self._columns_meta)}

    def length_fields(self) -> list[str]:
        """Return the names of the fields whose lengths are kept."""
        return list(self._lengths)

    def lengths(self, name: str) -> memoryview:
        """Return uint32[num_docs], tokens per document in this field; empty if the segment has none."""
        return self._file.uint32s(f"lengths.{self._lengths[name]}") if name in self._lengths else memoryview(b"")

    def length_totals(self, name: str) -> Lengths:
        """Return what is known of the lengths of live documents in this field."""
        totals = self._length_totals.get(name, Lengths())
        if totals is None:  # an older segment
            totals = self._length_totals[name] = measure(self.lengths(name))
        if self.deletions and totals.docs:
            lengths = self.lengths(name)
            gone = measure(lengths[doc] for doc in range(self.num_docs) if doc in self.deletions)
            return totals.plus(gone, times=-1)
        return totals

    def dictionary(self, field: str) -> Dictionary | None:
        """Return the terms of a field; None if the segment has no such field."""
        found = self._dictionaries.get(field)
        if found is None and (info := self.fields.get(field)) is not None:
            number, file = info.number, self._file
            try:
                found = Dictionary(
                    file.view(f"{number}.terms"),
                    file.view(f"{number}.counts"),
                    file.uint32s(f"{number}.offsets"),
                    file.section(f"{number}.heads").cast("Q"),
                    info.num_terms,
                    lambda which, start, end: file.verify(f"{number}.{which}", start, end),
                    file.uint32s(f"{number}.tops"),
                    file.seen,
                    (file.first_page(f"{number}.terms"), file.first_page(f"{number}.counts")),
                )
            except (ValueError, TypeError):  # a size that is no whole number of items
                raise file.damage(f"terms of {field}") from None
            self._dictionaries[field] = found
        return found

    def cursor(self, field: str) -> TermCursor | None:
        """Return a cursor over the terms of a field; None if the segment has no such field."""
        found = self.dictionary(field)
        return None if found is None else TermCursor(found)

    def terms(self, field: str, first: bytes = b"") -> Iterator[TermCursor]:
        """Yield a cursor that stands on each term from ``first`` on, the same one each time."""
        cursor = self.cursor(field)
        try:
            if cursor is not None and cursor.seek(first):
                yield cursor
                while cursor.next():
                    yield cursor
        except ValueError:
            raise self._file.damage(f"terms of {field}") from None

    def find(self, field: str, term: bytes) -> Entry | None:
        """Return what the dictionary knows of a term; None if the segment does not have it."""
        found = self._dictionaries.get(field) or self.dictionary(field)
        try:
            return None if found is None else found.find(term)
        except ValueError:
            raise self._file.damage(f"terms of {field}") from None

    def expand(self, field: str, pattern: Pattern, limit: int) -> Expansion:
        """Return the terms that match a pattern; if there are more than the limit the cheapest and most frequent."""
        from searchkit._core.expand import Walk  # most queries have no pattern

        found = self.dictionary(field)
        if found is None:
            return Expansion([], [], 0)
        try:
            walk = Walk(found, pattern, limit)
            matches = walk.run()
            return Expansion(found.entries([number for number, _, _ in matches]), [m[2] for m in matches], walk.total)
        except ValueError:
            raise self._file.damage(f"terms of {field}") from None

    def expand_lists(self, field: str, pattern: Pattern, limit: int) -> tuple[array[int], int]:
        """Return the posting lists of the terms that ``expand`` returns, as ``describe`` does, and how many match."""
        from searchkit._core.described import posting_lists
        from searchkit._core.expand import Walk

        found = self.dictionary(field)
        if found is None:
            return array("q"), 0
        number, _, positions, *_ = self.fields[field]
        name = f"{number}.postings"
        try:
            walk = Walk(found, pattern, limit)
            lists = posting_lists(
                found,
                walk.numbers(),
                self._file.start(name),
                int(positions),
                lambda first, end: self._file.verify(name, first, end),
                self._file.seen,
                self._file.first_page(name),
            )
        except ValueError:
            raise self._file.damage(f"terms of {field}") from None
        return lists, walk.total

    def postings(self, field: str, at: TermAt) -> PostingList:
        """Return the live documents of a term."""
        return self.live(self.all_postings(field, at))

    def live(self, postings: PostingList) -> PostingList:
        """Return a posting list without its deleted documents; the buffers are used again."""
        if self.deletions is None:
            return postings
        docs, tfs, firsts, df = postings
        return PostingList(docs, tfs, firsts, drop_deleted(docs, tfs, firsts, df, self.deletions.bits))

    def all_postings(self, field: str, at: TermAt) -> PostingList:
        """Return the documents of a term, deleted ones too."""
        data = self._bytes(f"{self.fields[field].number}.postings", at.postings_start, at.postings_end)
        if at.df > self.num_docs:
            raise self._file.damage(f"terms of {field}")
        docs, tfs, firsts = uint32s(at.df), uint32s(at.df), uint32s(at.df if self.fields[field].positions else 0)
        try:
            total = decode_postings(data, at.postings_start, at.postings_end, at.df, self.num_docs, docs, tfs, firsts)
        except ValueError:
            raise self._file.damage(f"postings of {field}") from None
        if total != at.occurrences:
            raise self._file.damage(f"postings of {field}")
        return PostingList(docs, tfs, firsts, at.df)

    def positions(self, field: str, at: TermAt, postings: PostingList) -> array[int]:
        """Return uint32[sum of tfs], the positions in each document of ``all_postings``, one after the other."""
        data = self._bytes(f"{self.fields[field].number}.positions", at.positions_start, at.positions_end)
        positions = uint32s(at.occurrences)
        try:
            _, tfs, firsts, df = postings
            decode_positions(data, at.positions_start, at.positions_end, tfs, firsts, df, positions)
        except ValueError:
            raise self._file.damage(f"positions of {field}") from None
        return positions

    @property
    def data(self) -> memoryview:
        """The whole file, uint8[size]; no byte of it may be read before it was checked."""
        return self._file.data

    def describe(self, field: str, at: TermAt, *, positions: bool = False) -> array[int]:
        """Return what ``Cursors.open`` wants to know of a term's posting list, which is then checked.

        Args:
            field: of the term.
            at: where its postings are.
            positions: whether its positions will be read, too.
        """
        info = self.fields[field]
        name = f"{info.number}.postings"
        self._file.verify(name, at.postings_start, at.postings_end)
        start = self._file.start(name)
        lists = array("q", (start + at.postings_start, start + at.postings_end, at.df, info.positions, 0, 0))
        if positions and info.positions:
            name = f"{info.number}.positions"
            self._file.verify(name, at.positions_start, at.positions_end)
            start = self._file.start(name)
            lists[4] = start + at.positions_start
            lists[5] = start + at.positions_end
        if at.df > self.num_docs or lists[1] > len(self.data) or lists[5] > len(self.data):
            raise self._file.damage(f"terms of {field}")
        return lists

    def words(self) -> Segment:
        """Return what looks words up in the segment, in fields that it is to be given."""
        file = self._file
        return Segment(file.data, self.num_docs, self.deleted_bits, file.seen, file.verify_pages, file.damage)

    def field_of_terms(self, terms: str, field: str) -> Field | None:
        """Return a field of terms as ``Segment`` wants it; None if the segment has no such field.

        Args:
            terms: its name.
            field: of the documents, whose lengths count.

        Raises:
            IndexFormatError: it is damaged.
        """
        dictionary = self.dictionary(terms)
        if dictionary is None:
            return None
        info, file = self.fields[terms], self._file
        postings, positions = f"{info.number}.postings", f"{info.number}.positions"
        lengths = f"lengths.{self._lengths[field]}"
        return Field(
            dictionary,
            (file.start(postings), file.start(positions), file.start(lengths)),
            (file.first_page(postings), file.first_page(positions), file.first_page(lengths)),
            positioned=info.positions,
        )

    def damage(self, part: str) -> IndexFormatError:
        """Return the error that says which part of the file is damaged."""
        return self._file.damage(part)

    def _bytes(self, name: str, start: int, end: int) -> memoryview:
        """Return a section of which the bytes from ``start`` up to ``end`` may be read."""
        self._file.verify(name, start, end)
        return self._file.view(name)

    def source(self, field: str, numbers: array[int]) -> Source | None:
        """Return a field for a merge; None if the segment has no such field.

        Args:
            field: its name.
            numbers: uint32[num_docs], see ``Source``.
        """
        from searchkit._core.join import Source

        cursor = self.cursor(field)
        if cursor is None:
            return None
        number, _, positioned, *_ = self.fields[field]
        postings, positions = (self._file.view(f"{number}.{part}") for part in ("postings", "positions"))

        def verify(part: str, start: int, end: int) -> None:
            self._file.verify(f"{number}.{part}", start, end)

        return Source(cursor, postings, positions, numbers, verify, positioned=positioned)

    def release(self) -> None:
        """Let go of the memory that holds what was read of the file; what is read again comes from the disk's cache."""
        self._file.release()

    def section_sizes(self) -> dict[str, int]:
        """Return the size of each section of the file in bytes."""
        return self._file.sizes()

    def damaged_sections(self) -> list[str]:
        """Read the whole file and return the names of the damaged sections."""
        return self._file.damaged_sections()


_open: dict[str, tuple[tuple[int, ...], ref[SegmentReader]]] = {}  # by path
