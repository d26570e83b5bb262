"""Collects documents as numbers of their words, and writes them with a list of these words.

``searchkit.segment.stored`` says what the bytes mean, and reads them.
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.dense import JSON_END, PIECES, TEXT_END, count_pieces, encode, rank, spell
from searchkit.arabic.folding import new_scanner
from searchkit.config import KEY
from searchkit.segment.page import page_bytes

if TYPE_CHECKING:
    from array import array

    from searchkit.segment.format import SectionWriter

_BUFFER = 1 << 18
_MAX_SHAPES = 1 << 12
_BYTES_PER_PIECE = 20  # of the list when it is written, besides the scanner's

_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class GroupWriter:
    """Takes documents until they are written as a group."""

    def __init__(self) -> None:
        self.scanner = new_scanner()  # of words as they are written
        self.log: array[int] = uint32s(0)  # the numbers of all pieces, document after document
        self._starts = uint32s(0)  # of each document in the log
        self._ends = uint32s(0)
        self._shapes: dict[tuple[str, ...], int] = {}
        self._pieces = uint32s(0)
        for number, name in ((TEXT_END, "\0text"), (JSON_END, "\0json")):  # no piece: a cut would part the two
            assert self.scanner.number(name) == number  # noqa: S101

    @property
    def num_docs(self) -> int:
        """Number of documents."""
        return len(self._ends)

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return 4 * len(self.log) + 8 * len(self._ends) + self.scanner.size() + _BYTES_PER_PIECE * self.scanner.num_types

    def add(self, document: dict[str, Any], key: bytes) -> dict[str, tuple[int, int]]:
        """Append a document and return where in the log its texts are.

        Args:
            document: plain JSON values by name.
            key: its id; if it is not empty the document has it as ``id``.

        Raises:
            TypeError: a value is not of JSON's types.
            ValueError: a number is not finite, or a value holds itself.
            RecursionError: a value is nested too deeply.
        """
        others = {name: _to_json(value) for name, value in document.items() if not isinstance(value, str)}
        log = self.log
        spans: dict[str, tuple[int, int]] = {}
        self._starts.append(len(log))
        log.extend((self._shape(tuple(document)), JSON_END))
        for name, value in document.items():
            if name in others:
                self.cut(others[name])
                log.append(JSON_END)
            elif name == KEY and key:
                log.append(JSON_END)
            else:
                spans[name] = self.cut(value)
                log.append(TEXT_END)
        self._ends.append(len(log))
        return spans

    def cut(self, text: str) -> tuple[int, int]:
        """Append the pieces of a text to the log, after the document that was added; return where they are."""
        if len(self._pieces) < len(text):
            self._pieces = uint32s(2 * len(text))
        start = len(self.log)
        self.log.extend(self._pieces[: self.scanner.cut(text, self._pieces)])
        return start, len(self.log)

    def write(self, out: SectionWriter, start: int) -> list[int]:
        """Append the group to the section that was begun.

        Args:
            out: where to.
            start: how many bytes the section has.

        Returns:
            The group's entry of ``stored.index`` but for the first document, and how many bytes the section has then.
        """
        counts = uint32s(self.scanner.num_types)
        count_pieces(self.log, self._starts, self._ends, counts)
        counts[TEXT_END] = counts[JSON_END] = 0
        order, codes = uint32s(len(counts)), uint32s(len(counts))
        order = order[: rank(counts, order, codes)]
        codes[TEXT_END], codes[JSON_END] = TEXT_END, JSON_END
        short, middle = _widths([counts[number] for number in order])
        entry = [self.num_docs, len(order), short, middle, start]
        start += self._write_documents(out, codes, short, middle)
        blocks, heads = uint32s((len(order) + 15) // 16), bytearray(len(order))
        spellings, marks = self.scanner.spellings(), bytearray(self.scanner.num_types)
        self.scanner.mark_words(marks)
        texts = bytearray(2 * len(spellings[0]) + 4 * len(order))
        size = spell(*spellings, marks, order, page_bytes(), blocks, heads, texts)
        for part in (self._ends, blocks, heads, memoryview(texts)[:size]):
            entry.append(start)
            start += _append(out, part)
        return [*entry, start]

    def _write_documents(self, out: SectionWriter, codes: array[int], short: int, middle: int) -> int:
        """Append the documents, make ``_ends`` count their bytes, and return how many they are with the padding."""
        buffer = bytearray(0)
        size = at = 0
        for doc in range(self.num_docs):
            start, end = self._starts[doc], self._ends[doc]
            if at + 3 * (end - start) > len(buffer):
                out.append(memoryview(buffer)[:at])
                size, at = size + at, 0
                if 3 * (end - start) > len(buffer):
                    buffer = bytearray(max(_BUFFER, 6 * (end - start)))
            at = encode(self.log, start, end, codes, short, middle, buffer, at)
            self._ends[doc] = size + at
        buffer[at:] = bytes(-(size + at) % 4)
        out.append(buffer)
        return size + len(buffer)

    def _shape(self, names: tuple[str, ...]) -> int:
        number = self._shapes.get(names)
        if number is None:
            number = self.scanner.number(_to_json(names))
            if len(self._shapes) >= _MAX_SHAPES:
                self._shapes.clear()
            self._shapes[names] = number
        return number


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
