"""Hits in the order of their fields instead of their scores."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.columns import MISSING, add_key, first_by_key, members
from searchkit.errors import QueryError
from searchkit.records import NamedTuple
from searchkit.search.best import Best, find_best
from searchkit.search.filters import Only, to_bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from searchkit.query import Clause
    from searchkit.search.best import Snapshot
    from searchkit.search.filters import DocSets, Restriction
    from searchkit.segment import SegmentReader
    from searchkit.segment.columns import Column
    from searchkit.segment.kinds import Key

_PACKED = 2  # fields whose ordinals make one key of 64 bits

Sort = str | list[str] | tuple[str, ...]
"""A field, or several; - before one turns its order round."""


class Order(NamedTuple):
    """One of the fields that hits are ordered by."""

    field: str
    descending: bool


def parse_sort(sort: Sort, kinds: Mapping[str, str]) -> list[Order]:
    """Return the fields to sort by; none for the order of scores.

    Raises:
        QueryError: one of them cannot be sorted by.
    """
    names = sort.split(",") if isinstance(sort, str) else sort
    require_strings("sort", names)
    orders = [Order(name.strip().removeprefix("-"), name.strip().startswith("-")) for name in names]
    for order in orders:
        if order.field not in kinds and [order] != [("score", False)]:
            raise QueryError(f"{order.field or sort}: cannot be sorted by; {sortable(kinds)}")
    return [] if orders == [("score", False)] else orders


def require_strings(what: str, names: Iterable[object]) -> None:
    """Refuse what is no name of a field.

    Raises:
        TypeError: something is no string.
    """
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{what}: the name of a field is a string, not {type(name).__name__}")


def sortable(kinds: Mapping[str, str]) -> str:
    """Return the end of a message: what can be sorted and counted by."""
    return f"use one of {', '.join(sorted(kinds))}" if kinds else "no field of this index can"


def find_sorted(
    snapshot: Snapshot, clause: Clause, sets: DocSets, among: Restriction, orders: Sequence[Order], limit: int
) -> Best:
    """Return the first documents in the order of fields, with their scores; places of words do not count in these.

    Documents without a value come last, those that are alike as they were added.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    total = first_doc = 0
    found: list[tuple[list[Key | None], int]] = []
    for place, segment in enumerate(snapshot.segments):
        matching = sets.of(clause, place) & among.allowed(place)
        if matching:
            total += matching.bit_count()
            columns = [segment.column(order.field) for order in orders]
            for doc in _first(segment, columns, orders, to_bits(matching, segment.num_docs), limit):
                values = [_value(column, doc, order) for column, order in zip(columns, orders, strict=True)]
                found.append((values, first_doc + doc))
        first_doc += segment.num_docs
    for at in range(len(orders) - 1, -1, -1):  # sorting keeps the order of what is alike
        found.sort(key=lambda row: _place(row[0][at], orders[at]), reverse=orders[at].descending)
    docs = [doc for _, doc in found[:limit]]
    return Best(array("q", docs), _scores(snapshot, clause, docs), len(docs), total, exact=True, notes=sets.notes)


def _first(
    segment: SegmentReader, columns: Sequence[Column | None], orders: Sequence[Order], bits: bytes, limit: int
) -> list[int]:
    """Return so many of the first documents of a set in order, more if there are many fields."""
    keys = uint64s(segment.num_docs)
    for column, order in zip(columns[:_PACKED], orders, strict=False):
        if column is None:  # nobody has a value
            if len(columns) > 1:
                starts, none = uint32s(0), array("I", (MISSING,)) * segment.num_docs
                add_key(starts, none, segment.num_docs, 0, order.descending, keys)
            continue
        try:
            add_key(column.starts, column.ordinals, segment.num_docs, column.size, order.descending, keys)
        except ValueError:
            raise column.damage() from None
    best = uint32s(limit)
    size = first_by_key(keys, segment.num_docs, bits, limit, best)
    if len(columns) <= _PACKED or size < limit or not size:
        return best[:size].tolist()
    last = keys[best[size - 1]]  # of those that are like it so far, further fields tell
    docs = uint32s(int.from_bytes(bits, "little").bit_count())
    return [doc for doc in docs[: members(bits, segment.num_docs, docs)] if keys[doc] <= last]


def _value(column: Column | None, doc: int, order: Order) -> Key | None:
    """Return the value of a document that counts in an order."""
    if column is None:
        return None
    at, end = doc, doc + 1
    if column.info.multiple:
        at, end = column.starts[doc], column.starts[doc + 1]
        if at == end:
            return None
        at = end - 1 if order.descending else at
    ordinal = column.ordinals[at]
    return None if ordinal == MISSING else column.key(ordinal)


def _place(value: Key | None, order: Order) -> tuple[bool, Key]:
    if value is None:
        return not order.descending, 0
    return order.descending, value


def _scores(snapshot: Snapshot, clause: Clause, docs: Sequence[int]) -> array[float]:
    """Return the scores of some documents."""
    places: list[list[int]] = [[] for _ in snapshot.segments]
    for doc in docs:
        place, number = snapshot.locate(doc)
        places[place].append(number)
    best = find_best(snapshot, clause, len(docs), Only(snapshot.segments, places), placed=False)
    scores = dict(zip(best.docs[: best.size], best.scores[: best.size], strict=True))
    return array("d", [scores.get(doc, 0.0) for doc in docs])
