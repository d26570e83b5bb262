"""Columns of a segment: the distinct values of a field in order, and which of them each document has.

Column ``N`` has the sections ``column.N.values`` (int64 or float64 each; of texts, for each its key and then how it was
first written, nothing if that is the same), ``column.N.ends`` (of texts: two uint32 each, where these end),
``column.N.ordinals`` and ``column.N.starts`` as ``_core/columns.py`` says.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit._core.columns import count
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.segment.format import SectionFile, SectionWriter
    from searchkit.segment.kinds import Bounds, Key, Value

_CHUNK = 1 << 16  # bytes of values that are written at a time
STRINGS = "s"
INTS = "q"
FLOATS = "d"


class ColumnInfo(NamedTuple):
    """What a segment says of a column."""

    name: str
    code: str  # STRINGS, or the type of its numbers
    size: int  # distinct values
    docs: int  # documents that have any, deleted ones too
    multiple: bool  # whether some have several


class ColumnWriter:
    """Writes a column: first its values in order, then the ordinals."""

    def __init__(self, out: SectionWriter, number: int, name: str, code: str) -> None:
        self._out = out
        self._number = number
        self._name = name
        self._code = code
        self._ends = uint32s(0)
        self._chunk: bytearray | array[int] | array[float] = bytearray() if code == STRINGS else array(code)
        self._written = 0
        self.size = 0
        out.begin(f"column.{number}.values")

    def add(self, key: Key, value: Value) -> int:
        """Append a value, larger than all before; return its ordinal."""
        if isinstance(key, bytes):
            assert isinstance(self._chunk, bytearray) and isinstance(value, str)  # noqa: S101, PT018
            self._chunk += key
            self._ends.append(self._written + len(self._chunk))
            written = value.encode("utf-8", "surrogatepass")
            self._chunk += b"" if written == key else written
            self._ends.append(self._written + len(self._chunk))
        else:
            assert isinstance(self._chunk, array)  # noqa: S101
            self._chunk.append(key)  # type: ignore[arg-type]
        self.size += 1
        if len(self._chunk) > _CHUNK:
            self._flush()
        return self.size - 1

    def finish(self, starts: array[int], ordinals: array[int], docs: int) -> ColumnInfo:
        """Write the ordinals, and return what the segment is to say."""
        self._flush()
        self._out.end()
        prefix = f"column.{self._number}."
        if self._code == STRINGS:
            self._out.write(prefix + "ends", self._ends)
        if starts:
            self._out.write(prefix + "starts", starts)
        self._out.write(prefix + "ordinals", ordinals)
        return ColumnInfo(self._name, self._code, self.size, docs, bool(starts))

    def _flush(self) -> None:
        self._out.append(self._chunk)
        self._written += memoryview(self._chunk).nbytes
        self._chunk = bytearray() if self._code == STRINGS else array(self._code)


class Column:
    """Reads a column."""

    def __init__(self, file: SectionFile, number: int, info: ColumnInfo, num_docs: int) -> None:
        """Bind a column.

        Raises:
            IndexFormatError: it is damaged.
        """
        self.info = info
        self.size = info.size
        self.num_docs = num_docs
        self._file = file
        self._values_name = f"column.{number}.values"
        self._name = f"column.{number}"
        try:
            self.ordinals = file.uint32s(f"{self._name}.ordinals")
            self.starts = file.uint32s(f"{self._name}.starts") if info.multiple else memoryview(uint32s(0))
            if info.code == STRINGS:
                self._values: memoryview[Any] = file.view(self._values_name)
                self._ends = file.uint32s(f"{self._name}.ends")
            else:
                section = file.section(self._values_name)
                self._values = section.cast("d") if info.code == FLOATS else section.cast("q")
                self._ends = memoryview(uint32s(0))
        except (ValueError, TypeError):  # a size that is no whole number of items
            raise self.damage() from None
        room = len(self._ends) // 2 if info.code == STRINGS else len(self._values)
        docs = len(self.starts) - 1 if info.multiple else len(self.ordinals)
        if room != self.size or docs != num_docs:
            raise self.damage()

    def key(self, ordinal: int) -> Key:
        """Return what a value is compared by."""
        if self.info.code != STRINGS:
            number: int | float = self._values[ordinal]
            return number
        return self._text(self._ends[2 * ordinal - 1] if ordinal else 0, self._ends[2 * ordinal])

    def value(self, ordinal: int) -> Value:
        """Return a value as it was first written."""
        if self.info.code != STRINGS:
            return plain_number(self._values[ordinal])
        start, end = self._ends[2 * ordinal], self._ends[2 * ordinal + 1]
        text = self._text(start, end) if start < end else self.key(ordinal)
        try:
            return text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text
        except UnicodeDecodeError:
            raise self.damage() from None

    def pairs(self) -> Iterator[tuple[Key, Value]]:
        """Yield each value's key with the value."""
        return ((self.key(ordinal), self.value(ordinal)) for ordinal in range(self.size))

    def span(self, bounds: Bounds) -> tuple[int, int]:
        """Return the first ordinal in some bounds, and the one after the last."""
        ordinals = range(self.size)
        first, last = 0, self.size
        try:
            if bounds.low is not None:
                bisect = bisect_left if bounds.with_low else bisect_right
                first = bisect(ordinals, bounds.low, key=self.key)
            if bounds.high is not None:
                bisect = bisect_right if bounds.with_high else bisect_left
                last = bisect(ordinals, bounds.high, key=self.key)
        except TypeError:
            raise self.damage() from None
        return first, max(first, last)

    def count_docs(self, bits: bytes) -> int:
        """Return how many documents of a set have a value.

        Raises:
            IndexFormatError: it is damaged.
        """
        try:
            return count(self.starts, self.ordinals, self.num_docs, bits, uint32s(self.size))
        except ValueError:
            raise self.damage() from None

    def damage(self) -> Exception:
        """Return the error that says that it is damaged."""
        return self._file.damage(f"column of {self.info.name}")

    def _text(self, start: int, end: int) -> bytes:
        if start > end or end > len(self._values):
            raise self.damage()
        self._file.verify(self._values_name, start, end)
        return bytes(self._values[start:end])


def plain_number(value: float) -> int | float:
    """Return a number without a point if it is whole: segments may keep the same one in either way."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53 else value
