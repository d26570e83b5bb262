"""Documents as they were given: their words as numbers (``_core/dense.py``), and a list of words beside them.

Documents come in *groups*, each with a list of its own, so that a merge can copy a group as it is. In
``stored.groups`` a group is, each part at a multiple of 4: the documents, where each ends (uint32, counted from the
first), ``blocks``, ``heads`` and ``texts`` of its pieces. ``stored.index`` holds eleven uint64 per group: first
document, number of documents, number of pieces, how many numbers take one byte, how many first bytes begin one of two,
where each of the five parts begins, and where the last ends.

A document is its *shape*, a JSON list of the names of its fields as one piece, and then a part per field: a text, or
JSON of any other value. An empty one is the id, which stands in ``keys``; there each ends at its entry of
``keys.ends``.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit._core.buffers import uint32s
from searchkit._core.dense import Pieces
from searchkit.segment.page import PAGE

if TYPE_CHECKING:
    from searchkit.segment.format import SectionFile, SectionWriter
    from searchkit.segment.group import GroupWriter

_ENTRY = 11  # items of a group's entry
_MAX_UNITS = 1 << 31  # of one document; more is damage


class StoredWriter:
    """Writes the documents of a segment, group by group."""

    def __init__(self, out: SectionWriter) -> None:
        self._out = out
        self._index = array("Q")
        self._size = 0
        self._keys = bytearray()
        self._key_ends = uint32s(0)
        self._group: GroupWriter | None = None
        self._written = 0  # documents in the groups written
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

            self._group = GroupWriter()
        return self._group

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return self.group.size() + len(self._keys)

    def add(self, document: dict[str, Any], key: bytes = b"") -> dict[str, tuple[int, int]]:
        """Append a document; see ``GroupWriter.add``."""
        spans = self.group.add(document, key)
        self._keys += key
        self._key_ends.append(len(self._keys))
        return spans

    def write(self) -> None:
        """Write what is left, and the sections that say where everything is; nothing if that was done."""
        if self._done:
            return
        self._done = True
        if self.num_docs > self._written or not self._index:
            self._flush()
        self._out.end()
        self._out.write("stored.index", self._index)
        self._out.write("keys", self._keys)
        self._out.write("keys.ends", self._key_ends)

    def _flush(self) -> None:
        """Write the group."""
        if not self._index:
            self._out.begin("stored.groups")
        entry = self.group.write(self._out, self._size)
        self._index.extend((self._written, *entry))
        self._size = entry[-1]
        self._written += entry[0]
        self._group = None


class _Group(NamedTuple):
    """What is needed to read a document of a group; places are counted from the beginning of all groups."""

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
        except (ValueError, RecursionError):
            raise self._file.damage("stored.groups") from None

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
        first_doc, num_docs, num_pieces, short, middle, documents, ends_at, *places, end = entry
        first_page = self._file.first_page("stored.groups")
        seen = memoryview(self._file.seen)[first_page:]
        try:
            blocks = self._data[places[0] : places[1]].cast("I")
            ends = self._data[ends_at : places[0]].cast("I")
            pieces = Pieces(
                short, middle, self._data, tuple(places), blocks, num_pieces, end, PAGE, seen, self._verify
            )  # fmt: skip
        except (TypeError, ValueError, OverflowError):
            raise self._file.damage("stored.index") from None
        if len(ends) < num_docs:
            raise self._file.damage("stored.index")
        return _Group(first_doc, num_docs, documents, ends_at, ends, pieces)

    def _verify(self, start: int, end: int) -> None:
        if end > len(self._data):
            raise self._file.damage("stored.groups")
        self._file.verify("stored.groups", start, end)


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
    text = units.tobytes()
    found: list[tuple[str, int]] = []
    at = 0
    for mark in marks[:count]:
        found.append((text[at : mark & -2].decode("utf-16-le", "surrogatepass"), mark & 1))
        at = mark & -2
    return found
