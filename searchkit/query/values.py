"""Values of fields to look-ups: ranges, whole values, patterns of keywords. Most queries have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.errors import QueryError
from searchkit.query.nodes import Word
from searchkit.query.rewrite import ANY, RangeClause
from searchkit.segment.kinds import ANALYSED, Bounds, bounds_of, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.query.nodes import Phrase, Range


def range_clause(
    field: str, kind: str, low: str | None, high: str | None, *, with_low: bool = True, with_high: bool = True
) -> RangeClause:
    """Return the look-up of a range.

    Raises:
        QueryError: a limit is none of the field's kind.
    """
    if low is not None and low == high:
        text = f"{field}:{low}"
    else:
        signs = "[" if with_low else "{", "]" if with_high else "}"
        limits = ("*" if limit is None else limit for limit in (low, high))
        text = f"{field}:{signs[0]}{' TO '.join(limits)}{signs[1]}"
    try:
        bounds = bounds_of(kind, low, high, with_low=with_low, with_high=with_high)
    except ValueError as error:
        example = "2024-11-30, 30 تشرين الثاني 2024, 2024-11 or 2024" if kind == "date" else "10 or 2.5"
        raise QueryError(f"{text}: {str(error)!r} is no {kind}; write one as {example}") from None
    return RangeClause(field, kind, text, bounds)


def rewrite_range(node: Range, kinds: Mapping[str, str]) -> RangeClause:
    """Return the look-up of a range as a query has it.

    Raises:
        QueryError: the field's values cannot be compared, or a limit is none of its kind.
    """
    kind = kinds.get(node.field)
    if kind is None or node.field in ANALYSED:
        known = ", ".join(name for name in kinds if name not in ANALYSED)
        remedy = f"use one of {known}" if known else "no field of this index can"
        raise QueryError(f"{node.field}: its values cannot be compared; {remedy}")
    return range_clause(
        node.field, kind, node.low, node.high, with_low=node.with_low, with_high=node.with_high
    )  # fmt: skip


def rewrite_value(node: Word | Phrase, field: str, kind: str) -> RangeClause:
    """Return the look-up of a whole value.

    Raises:
        QueryError: it is none of the field's kind.
    """
    if node.text == ANY:
        return RangeClause(field, kind, f"{field}:{ANY}", Bounds(None, None))
    if not isinstance(node, Word) or not node.wildcards:
        return range_clause(field, kind, node.text, node.text)
    text = node.text.replace("؟", "?")
    if kind != "keyword":
        raise QueryError(f"{field}:{node.text}: a {kind} has no wildcards; write a range, as in {field}:>=…")
    parts = (part if part in "*?" else key_of(part).decode("utf-8", "surrogatepass") for part in _split(text))
    return RangeClause(field, kind, f"{field}:{node.text}", Bounds(None, None), "".join(parts))


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"([*?])", text) if part]
