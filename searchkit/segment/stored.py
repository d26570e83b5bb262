"""Documents as they were given: their words as numbers (``_core/dense.py``), and a list of words beside them.

Documents come in *groups*, each with a list of its own, so that a merge can copy a group as it is. In
``stored.groups`` a group is, each part at a multiple of 4: the documents, where each ends (uint32, counted from the
first), ``blocks``, ``heads`` and ``texts`` of its pieces. ``stored.index`` holds ten uint64 per group: first document,
number of documents, number of pieces, the widths of the eight classes of numbers (a byte each, the first class in the
lowest), where each of the five parts begins, and where the last ends.

A document is its *shape*, a JSON list of the names of its fields as one piece, and then a part per field: a text, or
JSON of any other value. An empty one is the id, which stands in ``keys``; there each ends at its entry of
``keys.ends``.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.dense import CLASSES, Keys, Pieces
from searchkit.records import NamedTuple
from searchkit.segment.page import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searchkit.segment.crew import Crew
    from searchkit.segment.format import SectionFile, SectionWriter
    from searchkit.segment.group import GroupWriter

_ENTRY = 10  # items of a group's entry
_COPIED = 1 << 20  # bytes of documents; smaller groups become part of one with the next when they are merged
_LARGEST = 48 << 20  # bytes in memory of a group that is made while segments are merged
_CHUNK = 1 << 20
_MAX_UNITS = 1 << 31  # of one document; more is damage


class StoredWriter:
    """Writes the documents of a segment, group by group."""

    def __init__(self, out: SectionWriter, crew: Crew | None = None) -> None:
        self._out = out
        self._crew = crew
        self._index = array("Q")
        self._size = 0
        self._keys = bytearray()
        self._key_ends = uint32s(0)
        self._group: GroupWriter | None = None
        self._written = 0  # documents in the groups written
        self._begun = False
        self._done = False

    @property
    def num_docs(self) -> int:
        """Number of documents."""
        return len(self._key_ends)

    @property
    def group(self) -> GroupWriter:
        """The group that documents are added to."""
        if self._group is None:
            from searchkit.segment.group import GroupWriter  # a reader does without

            self._group = GroupWriter(self._crew)
        return self._group

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return self.group.size() + len(self._keys)

    def add(self, document: dict[str, Any], key: bytes = b"") -> dict[str, int]:
        """Append a document; see ``GroupWriter.add``."""
        parts = self.group.add(document, key)
        self._add_key(key)
        return parts

    def copy(self, reader: StoredReader, is_deleted: Callable[[int], bool], pause: Callable[[], None]) -> None:
        """Append the documents of a segment that are not deleted; large groups keep their list of words.

        Args:
            reader: of the segment.
            is_deleted: tells of each document.
            pause: called between documents.
        """
        for group in reader.groups():
            docs = range(group.first_doc, group.first_doc + group.num_docs)
            live = [doc for doc in docs if not is_deleted(doc)]
            if group.ends_at - group.documents >= _COPIED and 2 * len(live) >= len(docs):
                self._flush_if_any()
                self._begin()
                self._extend_index(reader.copy_group(group, live, self._out.append, self._size))
                for doc in live:
                    self._add_key(reader.key(doc))
                    pause()
                reader.release()
                continue
            for doc in live:
                self.add(reader.document(doc), reader.key(doc))
                self.group.log.cut_waiting()
                pause()
                if self.group.size() > _LARGEST:
                    self._flush_if_any()
                    reader.release()

    def write(self) -> None:
        """Write what is left, and the sections that say where everything is; nothing if that was done."""
        if self._done:
            return
        self._done = True
        self._flush_if_any()
        self._begin()
        self._out.end()
        self._out.write("stored.index", self._index)
        self._out.write("keys", self._keys)
        self._out.write("keys.ends", self._key_ends)

    def _add_key(self, key: bytes) -> None:
        self._keys += key
        self._key_ends.append(len(self._keys))

    def _begin(self) -> None:
        """Begin the section if that was not done."""
        if not self._begun:
            self._out.begin("stored.groups")
            self._begun = True

    def _flush_if_any(self) -> None:
        """Write the group if it has documents."""
        if self._group is not None and self._group.num_docs:
            self._begin()
            self._extend_index(self._group.write(self._out, self._size))
        self._group = None

    def _extend_index(self, entry: list[int]) -> None:
        self._index.extend((self._written, *entry))
        self._size = entry[-1]
        self._written += entry[0]


class _Group(NamedTuple):
    """What is needed to read a document of a group; places are counted from the beginning of all groups."""

    entry: list[int]  # of ``stored.index``
    first_doc: int
    num_docs: int
    documents: int  # where they begin
    ends_at: int
    ends: memoryview
    pieces: Pieces


class StoredReader:
    """Gives documents back."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._index = file.view("stored.index").cast("Q")
        self._data = file.view("stored.groups")
        self._keys = file.view("keys")
        self._key_ends = file.view("keys.ends").cast("I")
        self._ids = Keys(self._keys, self._key_ends, file.seen, file.first_page("keys"), file.first_page("keys.ends"))
        self._groups: dict[int, _Group] = {}

    def key(self, doc: int) -> bytes:
        """Return the id of a document."""
        self._file.verify("keys.ends", 4 * (doc - 1) if doc else 0, 4 * doc + 4)
        start, end = self._key_ends[doc - 1] if doc else 0, self._key_ends[doc]
        self._file.verify("keys", start, end)
        return bytes(self._keys[start:end])

    def id(self, doc: int) -> str:
        """Return the id of a document as text."""
        try:
            return self.key(doc).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise self._file.damage("keys") from None

    def ids(self, docs: Sequence[int]) -> list[str]:
        """Return the ids of documents as text."""
        try:
            return self._ids.ids(docs, self.id)
        except UnicodeDecodeError:
            raise self._file.damage("keys") from None

    def document(self, doc: int) -> dict[str, Any]:
        """Return a document."""
        group = self._find(doc)
        place = doc - group.first_doc
        self._verify(group.ends_at + (4 * (place - 1) if place else 0), group.ends_at + 4 * place + 4)
        start, end = group.ends[place - 1] if place else 0, group.ends[place]
        start, end = group.documents + start, group.documents + end
        self._verify(start, end)
        try:
            (shape, _), *parts = _parts(group.pieces, start, end)
            names: list[str] = json.loads(shape)
            values = [self._value(doc, text, is_json) for text, is_json in parts]
            return dict(zip(names, values, strict=True))
        except (ValueError, OverflowError, RecursionError):
            raise self._file.damage("stored.groups") from None

    def groups(self) -> Iterator[_Group]:
        """Yield the groups."""
        for place in range(len(self._index) // _ENTRY):
            yield self._find(self._index[_ENTRY * place])

    def copy_group(self, group: _Group, docs: list[int], append: Callable[[memoryview], None], start: int) -> list[int]:
        """Write some documents of a group with its list of words.

        Args:
            group: which.
            docs: the documents to write, in order.
            append: writes.
            start: where the group begins among those written.

        Returns:
            The new group's entry of ``stored.index`` but for the first document.
        """
        _, _, num_pieces, widths, documents, _, blocks_at, *places, end = group.entry
        self._verify(documents, end)
        ends, size, run = uint32s(0), 0, documents
        last = documents
        for doc in docs:
            place = doc - group.first_doc
            begin = documents + (group.ends[place - 1] if place else 0)
            if begin != last:
                _append(append, self._data[run:last])
                run = begin
            last = documents + group.ends[place]
            size += last - begin
            ends.append(size)
        _append(append, self._data[run:last])
        padding = bytes(-size % 4)
        append(memoryview(padding))
        append(memoryview(ends))
        _append(append, self._data[blocks_at:end])
        new_ends = start + size + len(padding)
        shift = new_ends + 4 * len(ends) - blocks_at
        moved = [place + shift for place in (blocks_at, *places, end)]
        return [len(docs), num_pieces, widths, start, new_ends, *moved]

    def release(self) -> None:
        """Let go of the memory that holds what was read of the file."""
        self._file.release()

    def _value(self, doc: int, text: str, is_json: int) -> Any:
        if not is_json:
            return text
        return json.loads(text) if text else self.id(doc)

    def _find(self, doc: int) -> _Group:
        self._file.verify("stored.index", 0, self._index.nbytes)
        place = bisect_right(self._index[::_ENTRY], doc) - 1
        group = self._groups.get(place)
        if group is None:
            group = self._groups[place] = self._read(place)
        if not 0 <= doc - group.first_doc < group.num_docs:
            raise self._file.damage("stored.index")
        return group

    def _read(self, place: int) -> _Group:
        if place < 0:
            raise self._file.damage("stored.index")
        entry = self._index[_ENTRY * place : _ENTRY * (place + 1)].tolist()
        first_doc, num_docs, num_pieces, widths, documents, ends_at, *places, end = entry
        first_page = self._file.first_page("stored.groups")
        seen = memoryview(self._file.seen)[first_page:]
        try:
            blocks = self._data[places[0] : places[1]].cast("I")
            ends = self._data[ends_at : places[0]].cast("I")
            pieces = Pieces(
                widths.to_bytes(CLASSES, "little"), self._data, tuple(places), blocks, num_pieces, end, PAGE, seen,
                self._verify,
            )  # fmt: skip
        except (TypeError, ValueError, OverflowError):
            raise self._file.damage("stored.index") from None
        if len(ends) < num_docs:
            raise self._file.damage("stored.index")
        return _Group(entry, first_doc, num_docs, documents, ends_at, ends, pieces)

    def _verify(self, start: int, end: int) -> None:
        if end > len(self._data):
            raise self._file.damage("stored.groups")
        self._file.verify("stored.groups", start, end)


def _append(append: Callable[[memoryview], None], data: memoryview) -> None:
    for at in range(0, len(data), _CHUNK):
        append(data[at : at + _CHUNK])


def _parts(pieces: Pieces, start: int, end: int) -> list[tuple[str, int]]:
    """Return the parts of a document, and for each 1 if it is JSON."""
    room = 16 * (end - start) + 64
    marks = uint32s(64)
    while True:
        units = array("H", bytes(2)) * room
        count = pieces.decode(start, end, units, marks)
        if count >= 0:
            break
        room *= 4
        if room > _MAX_UNITS:
            raise ValueError
        marks = uint32s(4 * len(marks))
    text = memoryview(units).cast("B")
    found: list[tuple[str, int]] = []
    at = 0
    for mark in marks[:count]:
        found.append((str(text[at : mark & -2], "utf-16-le", "surrogatepass"), mark & 1))
        at = mark & -2
    return found
