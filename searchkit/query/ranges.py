"""The two values of a range, from ``[a TO b]`` or ``>=a``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.query.signs import pattern
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit.query.lexer import Lexeme

_TO = r"(?<=\s)(?:TO|to|إلى|الى)(?=\s)"
_COMPARED = {"<": "<", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">="}
_COMPARISON = r"[<>]=?|=[<>]|[≤≥]"
_QUOTED = r'"([^"]*)"|«([^»]*)»|“([^”]*)”'


class Limits(NamedTuple):
    """Where a range begins and ends."""

    low: str | None  # as written; None for no limit
    high: str | None
    with_low: bool
    with_high: bool


class BadRangeError(ValueError):
    """What is wrong with a range, and the remedy."""


def read_range(lexeme: Lexeme) -> Limits:
    """Return the limits that are written in a lexeme.

    Raises:
        BadRangeError: it is not closed, or a value is missing.
    """
    text = lexeme.text.strip()
    if match := pattern(_COMPARISON).match(text):
        value = _value(text[match.end() :])
        if not value:
            raise BadRangeError(f"a value is missing after {match[0]}; add one, as in {match[0]}10")
        sign = _COMPARED[match[0]]
        if sign[0] == ">":
            return Limits(value, None, sign == ">=", with_high=True)
        return Limits(None, value, with_low=True, with_high=sign == "<=")
    if text[-1] not in "]}" or len(text) < 2:
        raise BadRangeError("a range is not closed; add ] at its end")
    values = _between(text[1:-1].strip())
    if values is None:
        raise BadRangeError("a range has two values with TO between them; write [a TO b], and * for no limit")
    low, high = (None if value == "*" else value for value in values)
    return Limits(low, high, text[0] == "[", text[-1] == "]")


def _between(text: str) -> tuple[str, str] | None:
    """Return the values on both sides of TO; None if there are not two."""
    quoted = pattern(_QUOTED).match(text)
    to = pattern(_TO).search(text, quoted.end() if quoted else 0)
    if to is None:
        return None
    low, high = text[: to.start()], text[to.end() :]
    if pattern(_TO).search(high) and not pattern(_QUOTED).fullmatch(high.strip()):
        return None
    values = _value(low), _value(high)
    return values if all(values) else None


def _value(text: str) -> str:
    text = text.strip()
    match = pattern(_QUOTED).fullmatch(text)
    return next((part for part in match.groups() if part is not None), "").strip() if match else text
