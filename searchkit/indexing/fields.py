"""Values that files give of themselves, in one form: dates, lists, one line."""

import re
from typing import Any

from searchkit.arabic.field_names import FIELD_NAMES

_USUAL = ("id", "title", "text", "date")
_YEAR_FIRST = re.compile(r"\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_PDF = re.compile(r"\s*D:(\d{4})(\d\d)?(\d\d)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIGITS = {ord(digit): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)}


def usual_names(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields with the usual names of those that every document may have, where they are named in Arabic."""
    if all(map(str.isascii, fields)):
        return fields
    found: dict[str, Any] = {}
    for name, value in fields.items():
        usual = FIELD_NAMES.get(name.strip().removeprefix("ال"), "")
        found[usual if usual in _USUAL and usual not in fields and usual not in found else name] = value
    return found


def one_line(text: str) -> str:
    """Return text with all white space as single blanks."""
    return " ".join(text.split())


def iso_date(text: str) -> str:
    """Return a date as YYYY-MM-DD, or YYYY-MM where no day is given; empty for what is no such date.

    Takes ISO 8601 (a time after it is dropped), the same with slashes or dots, the day first, and PDF's ``D:``.
    """
    text = text.translate(_DIGITS)
    if found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    elif found := _PDF.match(text) or _YEAR_FIRST.match(text):
        year, month, day = found.groups()
    else:
        return ""
    month = month or "01"
    if not 1 <= int(month) <= 12 or int(year) < 1000 or (day and not 1 <= int(day) <= _DAYS[int(month) - 1]):
        return ""
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def cleaned(fields: dict[str, str]) -> dict[str, str]:
    """Return what tells something: title and author in one line, the date in ISO 8601."""
    found = {"title": one_line(fields.get("title", "")), "author": one_line(fields.get("author", ""))}
    found["date"] = iso_date(fields.get("date", ""))
    return {name: value for name, value in found.items() if value}
