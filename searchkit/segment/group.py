"""Collects documents as numbers of their words, and writes them with a list of these words.

``searchkit.segment.stored`` says what the bytes mean, and reads them.
"""

from __future__ import annotations

import json
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.cut import BARE, JSON, TEXT, WHOLE
from searchkit._core.dense import JSON_END, PIECES, TEXT_END, count_pieces, encode, rank, spell
from searchkit.config import KEY
from searchkit.segment.page import page_bytes
from searchkit.segment.pieces import PieceLog

if TYPE_CHECKING:
    from searchkit.segment.crew import Crew
    from searchkit.segment.format import SectionWriter

_BUFFER = 1 << 22
_MAX_SHAPES = 1 << 12
_BYTES_PER_PIECE = 20  # of the list when it is written, besides the scanner's

_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class GroupWriter:
    """Takes documents until they are written as a group.

    Their texts are cut some at a time, so that another thread may do it.
    """

    def __init__(self, crew: Crew | None = None) -> None:
        """Begin a group, of which a crew does the work."""
        self.log = PieceLog(crew)
        self._first_texts = uint32s(0)  # of each document: its shape
        self._last_texts = uint32s(0)
        self._shapes: dict[tuple[str, ...], str] = {}

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
        others = {name: _to_json(value) for name, value in document.items() if not isinstance(value, str)}
        texts: dict[str, int] = {}
        self._first_texts.append(self.log.num_texts)
        self.log.add(self._shape(tuple(document)), WHOLE)
        for name, value in document.items():
            if name in others:
                self.log.add(others[name], JSON)
            elif name == KEY and key:
                self.log.add("", JSON)
            else:
                texts[name] = self.log.add(value, TEXT)
        self._last_texts.append(self.log.num_texts - 1)
        return texts

    def add_text(self, text: str) -> int:
        """Append a text that is no part of a document to the one that was added; return its number."""
        return self.log.add(text, BARE)

    def write(self, out: SectionWriter, start: int) -> list[int]:
        """Append the group to the section that was begun.

        Args:
            out: where to.
            start: how many bytes the section has.

        Returns:
            The group's entry of ``stored.index`` but for the first document, and how many bytes the section has then.
        """
        self.log.finish()
        log, scanner, spans = self.log.pieces, self.log.words, self.log.spans
        starts = array("I", [spans[2 * text] for text in self._first_texts])
        ends = array("I", [spans[2 * text + 1] + 1 for text in self._last_texts])
        counts = uint32s(scanner.num_types)
        count_pieces(log, starts, ends, counts)
        counts[TEXT_END] = counts[JSON_END] = 0
        order, codes = uint32s(len(counts)), uint32s(len(counts))
        order = order[: rank(counts, order, codes)]
        codes[TEXT_END], codes[JSON_END] = TEXT_END, JSON_END
        short, middle = _widths([counts[number] for number in order])
        entry = [self.num_docs, len(order), short, middle, start]
        start += self._write_documents(out, starts, ends, codes, short, middle)
        blocks, heads = uint32s((len(order) + 15) // 16), bytearray(len(order))
        spellings, marks = scanner.spellings(), self.log.marks
        texts = bytearray(2 * len(spellings[0]) + 4 * len(order))
        size = spell(*spellings, marks, order, page_bytes(), blocks, heads, texts)
        for part in (ends, blocks, heads, memoryview(texts)[:size]):
            entry.append(start)
            start += _append(out, part)
        return [*entry, start]

    def _write_documents(
        self, out: SectionWriter, starts: array[int], ends: array[int], codes: array[int], short: int, middle: int
    ) -> int:
        """Append the documents, make ``ends`` count their bytes, and return how many they are with the padding."""
        most = max((end - start for start, end in zip(starts, ends, strict=True)), default=0)
        buffer = bytearray(max(_BUFFER, 3 * most))
        size = doc = 0
        while doc < len(ends):
            first = doc
            doc = encode(self.log.pieces, starts, ends, first, codes, short, middle, buffer)
            written = ends[doc - 1]
            for at in range(first, doc):
                ends[at] += size
            out.append(memoryview(buffer)[:written])
            size += written
        padding = bytes(-size % 4)
        out.append(padding)
        return size + len(padding)

    def _shape(self, names: tuple[str, ...]) -> str:
        shape = self._shapes.get(names)
        if shape is None:
            shape = _to_json(names)
            if len(self._shapes) >= _MAX_SHAPES:
                self._shapes.clear()
            self._shapes[names] = shape
        return shape


def _append(out: SectionWriter, data: array[int] | bytearray | memoryview) -> int:
    """Append a part of a group and zeros up to a multiple of 4; return how many bytes they are."""
    size = memoryview(data).nbytes
    padding = bytes(-size % 4)
    out.append(data)
    out.append(padding)
    return size + len(padding)


def _widths(counts: list[int]) -> tuple[int, int]:
    """Return how many numbers to write in one byte, and how many first bytes begin two, so that all take least.

    Args:
        counts: how often each piece occurs, the frequent first.
    """
    before = list(accumulate(counts, initial=0))
    size = len(counts) + PIECES

    def cost(short: int, middle: int) -> int:
        two = min(short + (middle << 8), size)
        one = min(short, size)
        return 3 * before[-1] - before[one - PIECES] - before[two - PIECES]

    widths: list[tuple[int, int]] = []
    for short in range(32, 256, 8):
        rest = next((rest for rest in range(256) if _capacity(short, 256 - short - rest, rest) >= size), None)
        if rest is not None:  # else so many numbers leave too few
            widths.append((short, 256 - short - rest))
    return min(widths, key=lambda width: cost(*width))


def _capacity(short: int, middle: int, rest: int) -> int:
    return short + (middle << 8) + (rest << 16) if middle >= 0 else 0
