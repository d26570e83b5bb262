"""Collects documents as numbers of their words, and writes them with a list of these words.

``searchkit.segment.stored`` says what the bytes mean, and reads them.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import room, uint32s
from searchkit._core.condense import (
    CODE,
    add_up,
    arrange,
    choose_widths,
    count_pieces,
    encode,
    pick_documents,
    rank,
    shift,
    spell,
)
from searchkit._core.cut import BARE, JSON, TEXT, WHOLE
from searchkit._core.dense import CLASSES, JSON_END, TEXT_END
from searchkit.config import KEY
from searchkit.records import NamedTuple
from searchkit.segment.crew import Crew
from searchkit.segment.page import page_bytes
from searchkit.segment.pieces import PieceLog

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes, WritableUint32s
    from searchkit.segment.format import SectionWriter

_CHUNK = 1 << 19  # pieces of documents that are written together
_MAX_SHAPES = 1 << 12
_BYTES_PER_PIECE = 20  # of the list when it is written, besides the scanner's

_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


_STRINGS = {str}
_BARE = bytes((BARE,))


class _Shape(NamedTuple):
    """What documents with the same fields have in common."""

    json: str
    kinds: bytes  # of this and of the fields, if all are texts; TEXT, or JSON for an id that is kept elsewhere
    places: list[tuple[str, int]]  # of the texts among these
    id_at: int  # place of such an id, or 0


class GroupWriter:
    """Takes documents until they are written as a group."""

    def __init__(self, crew: Crew | None = None) -> None:
        """Begin a group, of which a crew does the work."""
        self._crew = crew or Crew()
        self.log = PieceLog(self._crew)
        self._first_texts = uint32s(0)  # of each document: its shape
        self._last_texts = uint32s(0)
        self._shapes: dict[tuple[tuple[str, ...], bool], _Shape] = {}

    @property
    def num_docs(self) -> int:
        """Number of documents."""
        return len(self._last_texts)

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return self.log.size() + 8 * self.num_docs + _BYTES_PER_PIECE * self.log.num_types

    def add(self, document: dict[str, Any], key: bytes) -> dict[str, int]:
        """Append a document and return the numbers of its texts in the log.

        Args:
            document: plain JSON values by name.
            key: its id; if it is not empty the document has it as ``id``.

        Raises:
            TypeError: a value is not of JSON's types.
            ValueError: a number is not finite, or a value holds itself.
            RecursionError: a value is nested too deeply.
        """
        shape = self._shape(tuple(document), keyed=bool(key))
        texts = [shape.json, *document.values()]
        kinds: Bytes = shape.kinds
        places = shape.places
        if {*map(type, document.values())} != _STRINGS:
            others = bytearray(kinds)
            for at, value in enumerate(document.values(), 1):
                if not isinstance(value, str):
                    texts[at] = _to_json(value)
                    others[at] = JSON
            kinds, places = others, [(name, at) for name, at in places if others[at] == TEXT]
        if shape.id_at:
            texts[shape.id_at] = ""
        first = self.log.add_all(texts, kinds)
        self._first_texts.append(first)
        self._last_texts.append(first + len(texts) - 1)
        return {name: first + at for name, at in places}

    def add_text(self, text: str) -> int:
        """Append a text that is no part of a document to the one that was added; return its number."""
        return self.log.add_all([text], _BARE)

    def write(self, out: SectionWriter, start: int) -> list[int]:
        """Append the group to the section that was begun.

        Args:
            out: where to.
            start: how many bytes the section has.

        Returns:
            The group's entry of ``stored.index`` but for the first document, and how many bytes the section has then.
        """
        self.log.finish()
        words = self.log.words
        starts, ends = room(self.num_docs), room(self.num_docs)
        pick_documents(self.log.spans, self._first_texts, self._last_texts, starts, ends)
        counts = self._count(starts, ends)
        ranked, codes, widths = room(len(counts)), room(len(counts)), bytearray(CLASSES)
        order: Uint32s = ranked[: rank(counts, ranked)]
        choose_widths(counts, order, widths)
        order = arrange(*words.spellings(), page_bytes(), order, widths, codes)
        for number in (TEXT_END, JSON_END):
            codes[number] = number << 3  # of the first class
        entry = [self.num_docs, len(order), int.from_bytes(widths, "little"), start]
        spelled = self._crew.begin(lambda: self._spell(order))
        start += self._write_documents(out, starts, ends, codes, widths)
        for part in (ends, *spelled()):
            entry.append(start)
            start += _append(out, part)
        return [*entry, start]

    def _count(self, starts: Uint32s, ends: Uint32s) -> Uint32s:
        """Return how often each piece occurs."""

        def count(_: int, first: int, last: int) -> Uint32s:
            counts = room(self.log.words.num_types)
            count_pieces(self.log.pieces, starts, ends, first, last, counts)
            return counts

        total, *others = self._crew.parts(count, self.num_docs)
        for other in others:
            add_up(total, other)
        total[TEXT_END] = total[JSON_END] = 0
        return total

    def _spell(self, order: Uint32s) -> tuple[array[int], WritableBytes, WritableBytes]:
        """Return the three parts of a group that say how the pieces are spelt."""
        words = self.log.words
        blocks, heads = uint32s((len(order) + 15) // 16), bytearray(len(order))
        texts = room(2 * words.arena_size + 4 * len(order), "B", spare=True)
        size = spell(*words.spellings(), self.log.marks, order, page_bytes(), blocks, heads, texts)
        return blocks, heads, texts[:size]

    def _write_documents(
        self, out: SectionWriter, starts: Uint32s, ends: WritableUint32s, codes: Uint32s, widths: bytearray
    ) -> int:
        """Append the documents, make ``ends`` count their bytes, and return how many they are with the padding."""
        bounds, begin = [0], 0
        for doc, end in enumerate(ends):
            if end - begin > _CHUNK and doc > bounds[-1]:
                bounds.append(doc)
                begin = starts[doc]
        chunks = list(pairwise([*bounds, self.num_docs]))

        def write(chunk: int) -> memoryview:
            first, last = chunks[chunk]
            data = room(CODE * (ends[last - 1] - starts[first]), "B", spare=True)
            return data[: encode(self.log.pieces, starts, ends, first, last, codes, widths, data)]

        size = 0
        for (first, last), data in zip(chunks, self._crew.each(write, len(chunks)), strict=True):
            out.append(data)
            shift(memoryview(ends)[first:last], size)
            size += len(data)
        padding = bytes(-size % 4)
        out.append(padding)
        return size + len(padding)

    def _shape(self, names: tuple[str, ...], *, keyed: bool) -> _Shape:
        shape = self._shapes.get((names, keyed))
        if shape is None:
            id_at = names.index(KEY) + 1 if keyed and KEY in names else 0
            kinds = bytearray(1 + len(names))
            kinds[0] = WHOLE
            if id_at:
                kinds[id_at] = JSON
            places = [(name, at) for at, name in enumerate(names, 1) if at != id_at]
            shape = _Shape(_to_json(names), bytes(kinds), places, id_at)
            if len(self._shapes) >= _MAX_SHAPES:
                self._shapes.clear()
            self._shapes[names, keyed] = shape
        return shape


def _append(out: SectionWriter, data: WritableUint32s | WritableBytes) -> int:
    """Append a part of a group and zeros up to a multiple of 4; return how many bytes they are."""
    size = memoryview(data).nbytes
    padding = bytes(-size % 4)
    out.append(data)
    out.append(padding)
    return size + len(padding)
