"""Which documents have a value that a range asks for: of a segment, or one by its own fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from searchkit._core.columns import in_range, in_set
from searchkit.segment.columns import STRINGS
from searchkit.segment.kinds import fit, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.query import RangeClause
    from searchkit.segment import SegmentReader
    from searchkit.segment.columns import Column


def range_bits(segment: SegmentReader, clause: RangeClause) -> bytearray:
    """Return the documents of a segment, deleted ones too, that a range asks for.

    Raises:
        IndexFormatError: the column is damaged.
    """
    bits = bytearray((segment.num_docs + 7) // 8)
    column = segment.column(clause.field)
    if column is None or (column.info.code == STRINGS) != (clause.kind in ("text", "keyword")):
        return bits
    try:
        if clause.pattern:
            in_set(column.starts, column.ordinals, segment.num_docs, _that_match(column, clause.pattern), bits)
        else:
            first, last = column.span(clause.bounds)
            if first < last:
                in_range(column.starts, column.ordinals, segment.num_docs, first, last, bits)
    except ValueError:
        raise column.damage() from None
    return bits


def _that_match(column: Column, pattern: str) -> bytes:
    """Return a byte for each value, 1 if it looks like a pattern."""
    fits = _compiled(pattern).fullmatch
    return bytes([fits(column.key(ordinal)) is not None for ordinal in range(column.size)])  # type: ignore[arg-type]


def _compiled(pattern: str) -> re.Pattern[bytes]:
    first, *others = [_fixed(piece) for piece in re.sub(r"\*+", "*", pattern).split("*")]
    if not others:
        return re.compile(first, re.DOTALL)
    # What stands between two stars is taken where it is found first: to try further places takes exponential time.
    middle = b"".join(b"(?>.*?%b)" % piece for piece in others[:-1])
    return re.compile(b"%b%b.*%b" % (first, middle, others[-1]), re.DOTALL)


def _fixed(piece: str) -> bytes:
    """Return what a piece of a pattern without stars looks like in UTF-8, in which a letter takes several bytes."""
    letter = b"(?:[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*)"
    return b"".join(letter if char == "?" else re.escape(char.encode("utf-8", "surrogatepass")) for char in piece)


def holds(clause: RangeClause, document: Mapping[str, Any]) -> bool:
    """Tell whether a document has a value that a range asks for."""
    values = fit(clause.kind, document.get(clause.field)) or []
    low, high, with_low, with_high = clause.bounds
    for value in values:
        key: Any = key_of(value) if isinstance(value, str) else value
        if clause.pattern:
            if _compiled(clause.pattern).fullmatch(key):
                return True
        elif (low is None or low < key or (with_low and low == key)) and (
            high is None or key < high or (with_high and high == key)
        ):
            return True
    return False
