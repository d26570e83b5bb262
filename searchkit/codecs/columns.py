"""Stored values as a column of Whoosh, so that it can sort and group by them without an index of their own.

In a segment of ours nothing is written twice: the column reads the stored documents. A stock writer that merges our
segments into its own writes the values out, as JSON.

The name of ``StoredColumn`` is pickled in Whoosh's schema and never changes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import columns

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 256
"""How many code points of a string are kept: nobody sorts or groups by longer ones."""


class SortKey:
    """A value in an order of all values: numbers, strings, other values, and, always last, none."""

    __slots__ = ("_rank", "_reverse", "value")

    def __init__(self, value: Any, *, reverse: bool = False) -> None:
        self.value = value
        self._reverse = reverse
        self._rank: tuple[int, Any]
        if value is None:
            self._rank = (-1 if reverse else 3, 0)
        elif isinstance(value, int | float):
            self._rank = (0, value)
        elif isinstance(value, str):
            self._rank = (1, value)
        else:
            self._rank = (2, json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))

    @property
    def name(self) -> Any:
        """What to call the group of all documents that have this value: the value, a list of strings as a tuple."""
        kind = self.value.__class__
        if kind is list:
            return tuple(SortKey(item).name for item in self.value)
        return self._rank[1] if kind is dict else self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SortKey) and self._rank == other._rank

    def __hash__(self) -> int:
        return hash(self._rank)

    def __lt__(self, other: SortKey) -> bool:
        return other._rank < self._rank if self._reverse else self._rank < other._rank

    def __gt__(self, other: SortKey) -> bool:
        return other < self


def encode_value(value: Any) -> bytes:
    """Return a value as a column keeps it: JSON."""
    if isinstance(value, str):
        value = value[:_LONGEST]
    return b"" if value is None else json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def decode_value(data: bytes | SortKey) -> Any:
    """Return the value that a column keeps, or the name of a key."""
    if isinstance(data, SortKey):
        return data.name
    return json.loads(data) if data else None


class StoredColumn(columns.Column):
    """A column of values of any JSON type."""

    reversible = True

    def writer(self, dbfile: Any) -> Any:
        """Return a writer of such a column in a segment of another codec."""
        return columns.VarBytesColumn().writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> StoredColumnReader:
        """Return a reader of such a column in a segment of another codec."""
        return StoredColumnReader(
            columns.VarBytesColumn().reader(dbfile, basepos, length, doccount).__getitem__, doccount
        )

    def default_value(self, reverse: bool = False) -> SortKey:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Return the value of documents that have none."""
        return SortKey(None, reverse=reverse)


class StoredColumnReader(columns.ColumnReader):
    """Reads a column of values of any JSON type."""

    def __init__(self, encoded: Callable[[int], bytes], num_docs: int) -> None:
        self._encoded = encoded
        self._num_docs = num_docs
        self._reverse = False

    def __len__(self) -> int:
        return self._num_docs

    def __getitem__(self, docnum: int) -> bytes:
        return self._encoded(docnum)

    def sort_key(self, docnum: int) -> SortKey:
        """Return what to sort and group a document by."""
        return SortKey(decode_value(self._encoded(docnum)), reverse=self._reverse)

    def set_reverse(self) -> None:
        """Sort the greatest first from now on."""
        self._reverse = True
