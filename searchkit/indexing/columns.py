"""Columns while documents are indexed: what kind each field is, its values, and columns of several segments as one."""

from __future__ import annotations

from array import array
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.buffers import uint32s
from searchkit._core.columns import MISSING, count, renumber
from searchkit.arabic.datelines import dateline
from searchkit.config import KEY
from searchkit.errors import DocumentError, InputError
from searchkit.segment.columns import FLOATS, INTS, STRINGS
from searchkit.segment.kinds import ANALYSED, Folder, check_kind, fit, infer, instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from searchkit.segment import SegmentReader, SegmentWriter
    from searchkit.segment.columns import Column
    from searchkit.segment.kinds import Key, Value
    from searchkit.segment.manifest import FieldKind

DATE = "date"
"""The field that the head of a text may fill, and the name of its kind."""

_WITHOUT = (KEY, *ANALYSED)
_BYTES_PER_VALUE = 200  # of a distinct one while the segment is written
_SHOWN = 40  # code points of a value in a message
_PAUSED = 1 << 12  # values between pauses


class FieldKinds:
    """What kind each field of an index is: declared, or told by the first value that was seen."""

    def __init__(self, kinds: Iterable[FieldKind] = ()) -> None:
        self._kinds = {kind.name: kind.kind for kind in kinds}
        self._declared = {kind.name for kind in kinds if kind.declared}
        self._misfits: dict[str, list[str]] = {}  # of each field how many, as so many items: the first says which

    def declare(self, fields: Mapping[str, str], where: str) -> bool:
        """Fix the kinds of some fields; return whether that says anything new.

        Raises:
            InputError: a kind is unknown, or the index has the field with another.
        """
        for name, kind in fields.items():
            if problem := check_kind(name, kind):
                raise InputError(problem)
            known = self._kinds.get(name, kind)
            if known != kind:
                raise InputError(f"field {name}: is {known} in {where}, not {kind}; make a new index to change that")
        new = any(name not in self._declared for name in fields)
        self._kinds.update(fields)
        self._declared.update(fields)
        return new

    def entries(self) -> tuple[FieldKind, ...]:
        """Return them as a manifest keeps them."""
        from searchkit.segment.manifest import FieldKind

        return tuple(FieldKind(name, kind, name in self._declared) for name, kind in self._kinds.items())

    def of(self, name: str) -> str | None:
        """Return the kind of a field; None if nothing is known of it."""
        return self._kinds.get(name)

    def has_words(self, name: str, kind: str) -> bool:
        """Tell whether a field of a kind is searched by its words, too: texts, and lists that nobody declared."""
        return kind == "text" or (kind == "keyword" and name not in self._declared)

    def values(self, document: Mapping[str, Any]) -> dict[str, tuple[str, list[Value] | None]]:
        """Return the kind of each field that can be told, with the values for its column; None if they do not fit.

        Raises:
            DocumentError: a value does not fit what the field was declared to be.
        """
        found: dict[str, tuple[str, list[Value] | None]] = {}
        for name, value in document.items():
            if name in _WITHOUT:
                continue
            kind = self._kinds.get(name) or infer(name, value)
            if kind is not None:
                values = fit(kind, value)
                if values is None and name in self._declared:
                    raise DocumentError(
                        f"{document[KEY]}: {name} is declared {kind}, and {_shown(value)} is none; correct the value, "
                        f"or leave the field out"
                    )
                found[name] = (kind, values)
        return found

    def dateline(self, document: Mapping[str, Any]) -> list[Value]:
        """Return what belongs in the column ``date`` of a document that has no such field: the day its head says."""
        title, text = document.get("title"), document.get("text")
        days = dateline(title if isinstance(title, str) else "", text) if isinstance(text, str) else None
        if days is None or self._kinds.setdefault(DATE, DATE) != DATE:
            return []
        return [instant_of(days[0])]

    def learn(self, key: str, name: str, kind: str, value: object, values: list[Value] | None) -> None:
        """Keep what was told of a field by a document that was taken."""
        self._kinds.setdefault(name, kind)
        if values is None:
            misfits = self._misfits.setdefault(name, [])
            misfits.append(f"{_shown(value)} in {key}" if not misfits else "")

    def notes(self) -> list[str]:
        """Return a line for each field that had values of another kind than its own."""
        lines: list[str] = []
        for name, found in self._misfits.items():
            kind, first = self._kinds[name], found[0]
            one = f"{name}: 1 value is no {kind} ({first}); kept and shown, but not filtered or sorted by"
            many = (
                f"{name}: {len(found)} values are no {kind} ({first}, …); kept and shown, but not filtered or sorted by"
            )
            lines.append(one if len(found) == 1 else many)
        return lines


class ColumnBuilder:
    """Collects the values of a field."""

    def __init__(self) -> None:
        self._numbers: dict[Value, int] = {}  # by value, in order of first sight
        self._docs = uint32s(0)
        self._values = uint32s(0)  # numbers of the values of the documents in ``_docs``
        self._text_size = 0

    def size(self) -> int:
        """Estimate the memory in use, and what will be when the column is written, in bytes."""
        return 12 * len(self._docs) + _BYTES_PER_VALUE * len(self._numbers) + 4 * self._text_size

    def add(self, doc: int, values: Sequence[Value]) -> None:
        """Append the values of a document."""
        for value in values:
            number = self._numbers.setdefault(value, len(self._numbers))
            if number == len(self._numbers) - 1 and isinstance(value, str):
                self._text_size += len(value)
            self._docs.append(doc)
            self._values.append(number)

    def write(self, name: str, writer: SegmentWriter, num_docs: int) -> None:
        """Write the column if any document has a value."""
        if not self._docs:
            return
        values = list(self._numbers)
        self._numbers.clear()
        code, keys = _keys(values)
        column = writer.column(name, code)
        ordinals = uint32s(len(values))
        order = sorted(range(len(values)), key=keys.__getitem__)  # of one key the first that was written leads
        for key, group in groupby(order, key=keys.__getitem__):
            same = list(group)
            ordinal = column.add(key, values[same[0]])
            for number in same:
                ordinals[number] = ordinal
        del values, keys, order
        starts, numbers, docs = _lay_out(self._docs, self._values, ordinals, num_docs)
        writer.end_column(column.finish(starts, numbers, docs))


def _keys(values: list[Value]) -> tuple[str, list[Any]]:
    if isinstance(values[0], str):
        folder = Folder()
        return STRINGS, [folder(value) for value in cast("list[str]", values)]
    if all(isinstance(value, int) for value in values):
        return INTS, values
    return FLOATS, [float(value) for value in values]


def _lay_out(
    docs: array[int], values: array[int], ordinals: array[int], num_docs: int
) -> tuple[array[int], array[int], int]:
    """Return starts, ordinals and how many documents have any."""
    if all(docs[i] < docs[i + 1] for i in range(len(docs) - 1)):
        single = array("I", (MISSING,)) * num_docs
        for doc, value in zip(docs, values, strict=True):
            single[doc] = ordinals[value]
        return uint32s(0), single, len(docs)
    starts, several = uint32s(1), uint32s(0)
    found = 0
    for doc, group in groupby(zip(docs, values, strict=True), key=itemgetter(0)):
        starts.extend([len(several)] * (doc + 1 - len(starts)))
        several.extend(sorted({ordinals[value] for _, value in group}))
        starts.append(len(several))
        found += 1
    starts.extend([len(several)] * (num_docs + 1 - len(starts)))
    return starts, several, found


def merge_columns(segments: Sequence[SegmentReader], writer: SegmentWriter, pause: Callable[[], None]) -> None:
    """Write the columns of several segments as those of one, without what only deleted documents have."""
    for name in dict.fromkeys(name for segment in segments for name in segment.columns):
        columns = [segment.column(name) for segment in segments]
        _merge_column(name, segments, columns, writer, pause)
        for segment in segments:
            segment.release()


def _merge_column(
    name: str,
    segments: Sequence[SegmentReader],
    columns: Sequence[Column | None],
    writer: SegmentWriter,
    pause: Callable[[], None],
) -> None:
    live = [segment.live_bits for segment in segments]
    docs = 0
    numbers: list[array[int]] = []  # first how many documents have each value, then its new ordinal
    for column, bits in zip(columns, live, strict=True):
        counts = uint32s(0 if column is None else column.size)
        if column is not None:
            docs += _guarded(column, count, bits, counts)
        numbers.append(counts)
    if not docs:
        return
    code = _common([column.info.code for column in columns if column is not None])
    out = writer.column(name, code)
    rows = [_used(column, place, numbers[place], code) for place, column in enumerate(columns) if column is not None]
    for at, (_, group) in enumerate(groupby(merge(*rows, key=itemgetter(0)), key=itemgetter(0))):
        key, value, place, ordinal = next(group)
        number = numbers[place][ordinal] = out.add(key, value)
        for _, _, other, ordinal in group:
            numbers[other][ordinal] = number
        if at % _PAUSED == 0:
            pause()
    starts, ordinals = _joined(segments, columns, live, numbers)
    writer.end_column(out.finish(starts, ordinals, docs))


def _used(column: Column, place: int, counts: array[int], code: str) -> Iterator[tuple[Key, Value, int, int]]:
    """Yield the values that live documents have."""
    for ordinal in range(column.size):
        if counts[ordinal]:
            key = column.key(ordinal)
            yield float(key) if code == FLOATS else key, column.value(ordinal), place, ordinal


def _joined(
    segments: Sequence[SegmentReader],
    columns: Sequence[Column | None],
    live: Sequence[bytes],
    numbers: Sequence[array[int]],
) -> tuple[array[int], array[int]]:
    """Return starts and ordinals of the live documents of all segments."""
    multiple = any(column is not None and column.info.multiple for column in columns)
    starts, ordinals = uint32s(1 if multiple else 0), uint32s(0)
    for segment, column, bits, own in zip(segments, columns, live, numbers, strict=True):
        if column is None:
            if multiple:
                starts.extend([len(ordinals)] * segment.num_live)
            else:
                ordinals.extend(array("I", (MISSING,)) * segment.num_live)
            continue
        ends = uint32s(segment.num_live if multiple else 0)
        room = uint32s(len(column.ordinals))
        size = _guarded(column, renumber, bits, own, ends, room, 0)
        starts.extend([len(ordinals) + end for end in ends])
        ordinals.extend(room[:size])
    return starts, ordinals


def _guarded(column: Column, kernel: Callable[..., int], *arguments: Any) -> int:
    try:
        return kernel(column.starts, column.ordinals, column.num_docs, *arguments)
    except ValueError:
        raise column.damage() from None


def _common(codes: Sequence[str]) -> str:
    return codes[0] if len(set(codes)) == 1 else FLOATS


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return f"«{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}»"
