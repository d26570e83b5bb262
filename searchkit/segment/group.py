"""Collects documents as numbers of their words, and writes them with a list of these words.

``searchkit.segment.stored`` says what the bytes mean, and reads them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.cut import BARE, JSON, TEXT, WHOLE
from searchkit._core.dense import JSON_END, PIECES, TEXT_END, count_pieces, encode, rank, spell
from searchkit.arabic.folding import new_cutter
from searchkit.config import KEY
from searchkit.segment.page import page_bytes

if TYPE_CHECKING:
    from searchkit.segment.format import SectionWriter

_BUFFER = 1 << 22
_BATCH = 1 << 20  # code points that are cut at a time
_BATCH_TEXTS = 1 << 15
_BYTES_PER_WAITING = 4
_MAX_SHAPES = 1 << 12
_BYTES_PER_PIECE = 20  # of the list when it is written, besides the scanner's

Begin = Callable[[Callable[[], None]], Callable[[], None]]
"""Begins work, and returns what waits for its end."""


def _nothing() -> None:
    pass


def at_once(work: Callable[[], None]) -> Callable[[], None]:
    """Do the work."""
    work()
    return _nothing


_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class _Batch:
    """Texts of documents that are still to be cut."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.kinds = bytearray()
        self.size = 0  # code points

    def add(self, text: str, kind: int) -> None:
        """Append a text of one of the kinds that ``searchkit._core.cut`` names."""
        self.texts.append(text)
        self.kinds.append(kind)
        self.size += len(text)


class GroupWriter:
    """Takes documents until they are written as a group.

    Their texts are cut some at a time, so that another thread may do it.
    """

    def __init__(self, begin: Begin = at_once) -> None:
        """Begin a group.

        Args:
            begin: begins work, and returns what waits for its end.
        """
        self.scanner = new_cutter()  # of words as they are written
        self.log: array[int] = uint32s(0)  # the numbers of all pieces, document after document
        self.starts = uint32s(0)  # where each part begins in the log: the texts in the order they were added
        self.ends = uint32s(0)  # where it ends
        self._first_parts = uint32s(0)  # of each document: its shape
        self._last_parts = uint32s(0)
        self._shapes: dict[tuple[str, ...], str] = {}
        self._words = uint32s(0)
        self._num_parts = 0
        self._waiting = _Batch()
        self._begin = begin
        self._finish: Callable[[], None] = _nothing  # waits for the batch that is being cut
        for number, name in ((TEXT_END, "\0text"), (JSON_END, "\0json")):  # no piece: a cut would part the two
            assert self.scanner.number(name) == number  # noqa: S101

    @property
    def num_docs(self) -> int:
        """Number of documents."""
        return len(self._last_parts)

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return (
            4 * len(self.log)
            + _BYTES_PER_WAITING * self._waiting.size
            + 8 * self._num_parts
            + 8 * self.num_docs
            + self.scanner.size()
            + _BYTES_PER_PIECE * self.scanner.num_types
        )

    def add(self, document: dict[str, Any], key: bytes) -> dict[str, int]:
        """Append a document and return the numbers of the parts that are its texts.

        Args:
            document: plain JSON values by name.
            key: its id; if it is not empty the document has it as ``id``.

        Raises:
            TypeError: a value is not of JSON's types.
            ValueError: a number is not finite, or a value holds itself.
            RecursionError: a value is nested too deeply.
        """
        others = {name: _to_json(value) for name, value in document.items() if not isinstance(value, str)}
        parts: dict[str, int] = {}
        self._first_parts.append(self._num_parts)
        self._add(self._shape(tuple(document)), WHOLE)
        for name, value in document.items():
            if name in others:
                self._add(others[name], JSON)
            elif name == KEY and key:
                self._add("", JSON)
            else:
                parts[name] = self._add(value, TEXT)
        self._last_parts.append(self._num_parts - 1)
        return parts

    def add_text(self, text: str) -> int:
        """Append a text that is no part of a document to the one that was added; return the number of the part."""
        return self._add(text, BARE)

    def cut_waiting(self) -> None:
        """Begin to cut what is waiting, when there is enough of it."""
        if self._waiting.size >= _BATCH or len(self._waiting.texts) >= _BATCH_TEXTS:
            self._cut_next()

    def finish(self) -> None:
        """Cut everything, and wait for the end."""
        self._cut_next()
        self._finish()
        self._finish = _nothing

    def _add(self, text: str, kind: int) -> int:
        self._waiting.add(text, kind)
        self._num_parts += 1
        return self._num_parts - 1

    def _cut_next(self) -> None:
        batch, self._waiting = self._waiting, _Batch()
        self._finish()  # pieces are numbered in order
        self._finish = self._begin(lambda: self._cut(batch)) if batch.texts else _nothing

    def _cut(self, batch: _Batch) -> None:
        ends, encoded, size = uint32s(0), [], 0
        for text in batch.texts:
            units = text.encode("utf-16-le", "surrogatepass")
            encoded.append(units)
            size += len(units) >> 1
            ends.append(size)
        units = b"".join(encoded)
        del encoded
        if len(self._words) < size + 2 * len(ends):
            self._words = uint32s(size + 2 * len(ends))
        word_ends = uint32s(len(ends))
        count = self.scanner.cut(memoryview(units).cast("H"), ends, batch.kinds, self._words, word_ends)
        start = len(self.log)
        at = start
        for kind, end in zip(batch.kinds, word_ends, strict=True):
            self.starts.append(at)
            self.ends.append(start + end)
            at = start + end + (kind != BARE)
        self.log.frombytes(memoryview(self._words).cast("B")[: 4 * count])

    def write(self, out: SectionWriter, start: int) -> list[int]:
        """Append the group to the section that was begun.

        Args:
            out: where to.
            start: how many bytes the section has.

        Returns:
            The group's entry of ``stored.index`` but for the first document, and how many bytes the section has then.
        """
        self.finish()
        starts = array("I", [self.starts[part] for part in self._first_parts])
        ends = array("I", [self.ends[part] + 1 for part in self._last_parts])
        counts = uint32s(self.scanner.num_types)
        count_pieces(self.log, starts, ends, counts)
        counts[TEXT_END] = counts[JSON_END] = 0
        order, codes = uint32s(len(counts)), uint32s(len(counts))
        order = order[: rank(counts, order, codes)]
        codes[TEXT_END], codes[JSON_END] = TEXT_END, JSON_END
        short, middle = _widths([counts[number] for number in order])
        entry = [self.num_docs, len(order), short, middle, start]
        start += self._write_documents(out, starts, ends, codes, short, middle)
        blocks, heads = uint32s((len(order) + 15) // 16), bytearray(len(order))
        spellings, marks = self.scanner.spellings(), bytearray(self.scanner.num_types)
        self.scanner.mark_words(marks)
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
            doc = encode(self.log, starts, ends, first, codes, short, middle, buffer)
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
