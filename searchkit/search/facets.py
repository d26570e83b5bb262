"""How many of the documents that match have which value of a field."""

from __future__ import annotations

from bisect import bisect_left
from heapq import nlargest
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.buffers import uint32s
from searchkit._core.columns import count, in_range
from searchkit.errors import QueryError
from searchkit.records import NamedTuple
from searchkit.search.filters import to_bits
from searchkit.search.sorting import require_strings, sortable
from searchkit.segment.columns import STRINGS, plain_number

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from searchkit.segment import SegmentReader
    from searchkit.segment.columns import Column
    from searchkit.segment.kinds import Key

FACET_LIMIT = 10
"""Values of a field that are shown."""

UNITS = ("year", "month", "day")
_MANY = {"year": 1 << 60, "month": 60 * 31, "day": 62}  # days up to which dates are counted by this unit
_DAY = 86_400_000_000  # microseconds
_EPOCH = 719_163  # the day 1970-01-01 counted from 0001-01-01, which is 1

FacetValue = str | int | float
"""What is counted: a text as it was first written, a number, or what can stand after the field's name and a colon."""

Facets = dict[str, list[tuple[FacetValue, int]]]
"""By field, as it was asked for: values with how many documents have them, most documents first."""


class Facet(NamedTuple):
    """What is counted."""

    name: str  # as asked for
    field: str
    unit: str = ""  # of dates; "" for what suits them
    limits: tuple[int | float, ...] = ()  # of numbers: where one range ends and the next begins


def parse_facets(wanted: Sequence[str], kinds: Mapping[str, str]) -> list[Facet]:
    """Return what is to be counted.

    Raises:
        QueryError: something cannot be.
    """
    found: list[Facet] = []
    require_strings("facets", wanted)
    for name in wanted:
        field, _, how = name.partition(":")
        kind = kinds.get(field)
        if kind is None:
            raise QueryError(f"{field}: cannot be counted by; {sortable(kinds)}")
        if not how:
            found.append(Facet(name, field))
        elif kind == "date" and how in UNITS:
            found.append(Facet(name, field, how))
        elif kind == "number" and (limits := _limits(how)):
            found.append(Facet(name, field, "", limits))
        else:
            ways = {"date": "year, month or day", "number": "rising limits, as in 10/20.5/30"}
            raise QueryError(f"{name}: a {kind} is counted by {ways.get(kind, 'its values: leave the colon out')}")
    return found


def count_facet(
    facet: Facet, kind: str, segments: Sequence[SegmentReader], sets: Sequence[int], limit: int
) -> list[tuple[FacetValue, int]]:
    """Return the values that most documents have.

    Args:
        facet: what to count.
        kind: of the field.
        segments: all.
        sets: of each, the documents among which to count.
        limit: how many values at most.

    Raises:
        IndexFormatError: a column is damaged.
    """
    counted = [
        _Counted(column, found, _count(column, to_bits(found, segment.num_docs)))
        for segment, found in zip(segments, sets, strict=True)
        if (column := segment.column(facet.field)) is not None and found
    ]
    counted = [one for one in counted if (one.column.info.code == STRINGS) == (kind in ("text", "keyword"))]
    if kind == "date":
        return _first(_by_date(counted, facet.unit or _unit(counted)), limit)
    if facet.limits:
        return _first(_by_range(counted, facet.limits), limit)
    return _by_value(counted, limit)


class _Counted(NamedTuple):
    column: Column
    among: int  # the documents that count, a bit each
    counts: array[int]  # uint32[column.size], documents with each value


def _count(column: Column, bits: bytes) -> array[int]:
    counts = uint32s(column.size)
    try:
        count(column.starts, column.ordinals, column.num_docs, bits, counts)
    except ValueError:
        raise column.damage() from None
    return counts


def _by_value(counted: Sequence[_Counted], limit: int) -> list[tuple[FacetValue, int]]:
    if len(counted) == 1:
        ((column, _, counts),) = counted
        best = nlargest(limit, ((number, -at) for at, number in enumerate(counts) if number))
        return [(column.value(-at), number) for number, at in best]
    sums: dict[Key, int] = {}
    shown: dict[Key, FacetValue] = {}
    for column, _, counts in counted:
        for at, number in enumerate(counts):
            if number:
                key = column.key(at)
                if key not in sums:
                    shown[key] = column.value(at)
                sums[key] = sums.get(key, 0) + number
    best_keys = sorted(sums, key=lambda key: cast("Any", (-sums[key], key)))[:limit]
    return [(shown[key], sums[key]) for key in best_keys]


def _by_date(counted: Sequence[_Counted], unit: str) -> dict[FacetValue, int]:
    """Count by year, month or day: the values of each are side by side."""
    sums: dict[FacetValue, int] = {}
    for one in counted:
        column = one.column
        at = 0
        while at < column.size:
            name, end = _period(int(column.key(at)), unit)
            after = bisect_left(range(column.size), end, at + 1, key=column.key)  # type: ignore[arg-type]
            if number := _documents(one, at, after):
                sums[name] = sums.get(name, 0) + number
            at = after
    return dict(sorted(sums.items()))


def _documents(counted: _Counted, first: int, last: int) -> int:
    """Return how many documents have a value from one ordinal up to another."""
    column = counted.column
    if not column.info.multiple or last - first == 1:
        return sum(counted.counts[first:last])
    bits = bytearray((column.num_docs + 7) // 8)
    in_range(column.starts, column.ordinals, column.num_docs, first, last, bits)
    return (int.from_bytes(bits, "little") & counted.among).bit_count()


def _period(instant: int, unit: str) -> tuple[str, int]:
    """Return the name of the year, month or day of an instant, and the instant after it."""
    from datetime import date

    day = date.fromordinal(min(max(instant // _DAY + _EPOCH, 1), date.max.toordinal()))
    if unit == "day":
        return day.isoformat(), (day.toordinal() + 1 - _EPOCH) * _DAY
    if unit == "month":
        last = date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) != (9999, 12) else None
        end = date.max.toordinal() + 1 if last is None else last.toordinal()
        return day.isoformat()[:7], (end - _EPOCH) * _DAY
    end = date.max.toordinal() + 1 if day.year == 9999 else date(day.year + 1, 1, 1).toordinal()
    return day.isoformat()[:4], (end - _EPOCH) * _DAY


def _unit(counted: Sequence[_Counted]) -> str:
    """Return the unit by which dates so far apart are best counted."""
    keys = [
        int(column.key(at))
        for column, _, counts in counted
        for order in (range(column.size), range(column.size - 1, -1, -1))
        if (at := next((at for at in order if counts[at]), None)) is not None
    ]
    days = (max(keys) - min(keys)) // _DAY if keys else 0
    return min((unit for unit in UNITS if days <= _MANY[unit]), key=lambda unit: _MANY[unit])


def _by_range(counted: Sequence[_Counted], limits: Sequence[int | float]) -> dict[FacetValue, int]:
    """Count numbers below the first limit, between two, the lower included, and from the last on."""
    ends = [None, *limits, None]
    names = [_range_name(low, high) for low, high in pairwise(ends)]
    sums = dict.fromkeys(names, 0)
    for one in counted:
        column = one.column
        numbers = range(column.size)
        places = [bisect_left(numbers, limit, key=column.key) for limit in limits]  # type: ignore[arg-type]
        for name, first, last in zip(names, [0, *places], [*places, column.size], strict=True):
            sums[name] += _documents(one, first, last)
    return {name: number for name, number in sums.items() if number}


def _range_name(low: float | None, high: float | None) -> str:
    return f"[{'*' if low is None else plain_number(low)} TO {'*' if high is None else plain_number(high)}}}"


def _first(sums: Mapping[FacetValue, int], limit: int) -> list[tuple[FacetValue, int]]:
    """Return the largest, of equal ones the first."""
    return sorted(sums.items(), key=lambda item: -item[1])[:limit]


def _limits(text: str) -> tuple[int | float, ...]:
    try:
        found = tuple(plain_number(float(item)) for item in text.split("/"))
    except ValueError:
        return ()
    rising = all(low < high for low, high in pairwise(found))
    return found if rising and all(map(isfinite, found)) else ()
