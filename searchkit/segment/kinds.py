"""What a field holds: text, keyword, number or date; which values of a document fit, and what a query compares with."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.buffers import uint32s
from searchkit.config import KEY
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

KINDS = ("text", "keyword", "number", "date")

ANALYSED = ("title", "text")
"""Fields that are always text, and never compared as a whole."""

LONGEST_TEXT = 256
"""Code points of a text that can still be compared as a whole."""

LONGEST_KEYWORD = 4096
"""Code points of a keyword."""

Value = str | int | float
"""What a column keeps: a text as it was written, a number, or microseconds since 1970."""

Key = bytes | int | float
"""What values are compared by."""

_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?"
    r"\s*(?:(Z)|([+-])(\d{2}):?(\d{2})?)?)?)?)?"
)
_HIJRI = re.compile(r"\s*1[34]\d\d")  # not an ISO date then
_NUMBER = re.compile(r"[-+]?\d+(?:[.\u066b]\d+)?(?:[eE][-+]?\d{1,3})?")
_NO_SPACE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]+")
_DAY = 86_400_000_000  # microseconds
_EPOCH = 719_163  # the day 1970-01-01 counted from 0001-01-01, which is 1


class Bounds(NamedTuple):
    """What values a query asks for."""

    low: Key | None
    high: Key | None
    with_low: bool = True
    with_high: bool = True


def instants(written: str) -> tuple[int, int] | None:
    """Return the first and the last microsecond since 1970 of what a date says: a year, a month, a day or a time.

    Times without a zone are those of UTC. None if it is no date.
    """
    match = _ISO.fullmatch(written.strip())
    if match is None:
        return None
    from datetime import date  # what has no dates does without

    year, month, day, hour, minute, second, fraction, _, sign, zone_hours, zone_minutes = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1)).toordinal()
        if month is None:
            last = date(int(year), 12, 31).toordinal()
        elif day is None:
            end = date(int(year), 12, 31) if int(month) == 12 else date(int(year), int(month) + 1, 1)
            last = end.toordinal() - (int(month) != 12)
        else:
            last = first
    except ValueError:
        return None
    if hour is None:
        return (first - _EPOCH) * _DAY, (last + 1 - _EPOCH) * _DAY - 1
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60:
        return None
    time = 3600 * int(hour) + 60 * int(minute) + int(second or 0)
    if sign:
        zone = 3600 * int(zone_hours) + 60 * int(zone_minutes or 0)
        time -= zone if sign == "+" else -zone
    start = (first - _EPOCH) * _DAY + 1_000_000 * time + int((fraction or "").ljust(6, "0"))
    size = 60_000_000 if second is None else 1_000_000 if fraction is None else 10 ** (6 - len(fraction))
    return start, start + size - 1


def instant_of(day: date) -> int:
    """Return the first microsecond of a day since 1970."""
    return (day.toordinal() - _EPOCH) * _DAY


def days_as_instants(written: str, *, relative: bool) -> tuple[int, int] | None:
    """Return the first and the last microsecond of the days that a date says as people write it; None if it is none.

    ``relative``: whether ``أمس``, ``السبت`` and months without a year count, from today.
    """
    from searchkit.arabic.dates import parse_date

    days = parse_date(written, relative=relative)
    if days is None:
        return None
    return instant_of(days[0]), instant_of(days[1]) + _DAY - 1


def infer(name: str, value: object) -> str | None:
    """Return the kind of a field whose first value this is; None if nothing can be told from it."""
    if name in ANALYSED:
        return "text"
    if name == "file":
        return "keyword"
    if value is None or value in ("", [], {}):
        return None
    if name == "date":
        return "date"
    if isinstance(value, list):
        items = cast("list[object]", value)
        if all(isinstance(item, str) for item in items):
            return "keyword"
        return "number" if all(_is_number(item) for item in items) else None
    if isinstance(value, bool):
        return "keyword"
    if isinstance(value, str):
        match = _ISO.fullmatch(value)
        return "date" if match and match[3] and instants(value) else "text"
    return "number" if _is_number(value) else None


def fit(kind: str, value: object) -> list[Value] | None:
    """Return what of a document's value belongs in a column; None if it is not of this kind."""
    if value is None or value == "":
        return []
    found: list[Value] = []
    for item in cast("list[object]", value) if isinstance(value, list) else [value]:
        one = _FITTING[kind](item)
        if one is None:
            return None
        if one != "":
            found.append(one)
    return found


def bounds_of(kind: str, low: str | None, high: str | None, *, with_low: bool = True, with_high: bool = True) -> Bounds:
    """Return what a range asks for.

    Args:
        kind: of the field.
        low: as written, None for no limit.
        high: the same.
        with_low: whether the limit itself is meant.
        with_high: the same.

    Raises:
        ValueError: a limit is not of this kind; the message is the limit.
    """
    if kind == "date":
        first, last = (None if limit is None else _date_limit(limit) for limit in (low, high))
        if low and high and first and last and first[0] > last[1]:  # "October" to "December 2024" is of one year
            first = days_as_instants(f"{low} – {high}", relative=True) or first
        return Bounds(
            None if first is None else first[0 if with_low else 1],
            None if last is None else last[1 if with_high else 0],
            with_low,
            with_high,
        )
    convert: Callable[[str], Key] = _number_limit if kind == "number" else key_of
    return Bounds(
        None if low is None else convert(low), None if high is None else convert(high), with_low, with_high
    )  # fmt: skip


def key_of(text: str) -> bytes:
    """Return what a text is compared by as a whole: its words folded, and one space for each gap."""
    return Folder()(text)


class Folder:
    """Makes keys of texts."""

    def __init__(self) -> None:
        from searchkit.arabic.folding import new_scanner

        self._scanner = new_scanner()
        self._room = 0

    def __call__(self, text: str) -> bytes:
        """Return the key of a text."""
        if len(text) > self._room:
            self._room = 2 * len(text)
            self._types, self._starts, self._ends = (uint32s(self._room) for _ in range(3))
        count = self._scanner.scan(text, self._types, self._starts, self._ends)
        pieces: list[str] = []
        at = 0
        for i in range(count):
            pieces += (text[at : self._starts[i]], self._scanner.word(self._types[i]))
            at = self._ends[i]
        pieces.append(text[at:])
        return " ".join(_NO_SPACE.sub("", "".join(pieces)).split()).encode("utf-8", "surrogatepass")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_keyword(value: object, longest: int = LONGEST_KEYWORD) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if _is_number(value):
        return str(value)
    if not isinstance(value, str) or len(value) > longest:
        return None
    return value if not value.isspace() else ""


def _as_text(value: object) -> str | None:
    return "" if isinstance(value, dict) else _as_keyword(value, LONGEST_TEXT) or ""


def _as_number(value: Any) -> Value | None:
    if isinstance(value, str):
        return _to_number(value.strip())
    if not _is_number(value):
        return None
    try:
        return value if isinstance(value, int) and -(1 << 63) <= value < 1 << 63 else _finite(float(value))
    except OverflowError:
        return None


def _to_number(text: str) -> int | float | None:
    if not _NUMBER.fullmatch(text):
        return None
    text = text.replace("\u066b", ".")
    if text.lstrip("+-").isdecimal() and len(text) < 19:
        return int(text)
    return _finite(float(text))


def _finite(value: float) -> float | None:
    return value + 0.0 if value - value == 0 else None  # -0.0 is 0.0


def _as_date(value: object) -> Value | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    found = _written_days(value) if _HIJRI.match(value) else instants(value) or _written_days(value)
    return None if found is None else found[0]


@functools.lru_cache(maxsize=1024)
def _written_days(value: str) -> tuple[int, int] | None:
    return days_as_instants(value, relative=False)


_FITTING: dict[str, Callable[[object], Value | None]] = {
    "text": _as_text,
    "keyword": _as_keyword,
    "number": _as_number,
    "date": _as_date,
}


def _number_limit(limit: str) -> int | float:
    found = _to_number(limit.strip())
    if found is None:
        raise ValueError(limit)
    return found


def _date_limit(limit: str) -> tuple[int, int]:
    found = (not _HIJRI.match(limit) and instants(limit)) or days_as_instants(limit, relative=True)
    if found is None:
        raise ValueError(limit)
    return found


def check_name(name: str) -> str | None:
    """Return what is wrong with the name of a field; None if nothing is."""
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"the name of a field is a string, not {type(name).__name__}")
    if "__" in name or name.startswith("_") or not name or not _is_encodable(name):
        return f"field {name!r}: names must not be empty, begin with _, or hold __ or half a surrogate pair; rename it"
    return None


def _is_encodable(name: str) -> bool:
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def check_kind(name: str, kind: str) -> str | None:
    """Return what is wrong with declaring a field to be of a kind; None if nothing is."""
    if problem := check_name(name):
        return problem
    if kind not in KINDS:
        return f"field {name}: {kind!r} is no kind; use one of {', '.join(KINDS)}"
    if kind != "text" and name in (*ANALYSED, KEY):
        return f"field {name}: cannot be declared {kind}; give that value under another name"
    return None
