"""Python values as JSON and back, for documents that come through Whoosh.

Whoosh pickles what it stores. We do not: what JSON lacks is written as an object of one entry, whose name begins with
a zero character, and anything else is refused.
"""

from __future__ import annotations

import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = "\0"


def encode_document(stored: dict[str, Any]) -> dict[str, Any]:
    """Return stored fields as plain JSON values for ``StoredWriter.add``.

    Raises:
        TypeError: a value is of a type that is not stored.
    """
    return {name: _encode(value) for name, value in stored.items()}


def decode_document(document: dict[str, Any]) -> dict[str, Any]:
    """Return stored fields as they were given."""
    return {name: _decode(value) for name, value in document.items()}


def _encode(value: Any) -> Any:
    kind = value.__class__
    if value is None or kind in (str, bool, int, float):
        return value
    if kind is list:
        return [_encode(item) for item in value]
    if kind is dict and all(isinstance(key, str) and not key.startswith(_TAG) for key in value):
        return {key: _encode(item) for key, item in value.items()}
    if kind in _ENCODERS:
        return {_TAG + kind.__name__: _ENCODERS[kind](value)}
    raise TypeError(f"{kind.__name__}: values of this type are not stored; give plain values, dates or bytes")


def _decode(value: Any) -> Any:
    kind = value.__class__
    if kind is list:
        return [_decode(item) for item in value]
    if kind is not dict:
        return value
    for name, content in value.items():
        if name.startswith(_TAG):
            return _DECODERS[name[1:]](content)
    return {name: _decode(item) for name, item in value.items()}


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    tuple: lambda value: [_encode(item) for item in value],
    set: lambda value: [_encode(item) for item in value],
    frozenset: lambda value: [_encode(item) for item in value],
    dict: lambda value: [[_encode(key), _encode(item)] for key, item in value.items()],
    bytes: lambda value: value.decode("latin1"),
    dt.datetime: lambda value: value.isoformat(),
    dt.date: lambda value: value.isoformat(),
    dt.time: lambda value: value.isoformat(),
    dt.timedelta: lambda value: [value.days, value.seconds, value.microseconds],
    decimal.Decimal: str,
}
_DECODERS: dict[str, Callable[[Any], Any]] = {
    "tuple": lambda content: tuple(_decode(item) for item in content),
    "set": lambda content: {_decode(item) for item in content},
    "frozenset": lambda content: frozenset(_decode(item) for item in content),
    "dict": lambda content: {_decode(key): _decode(item) for key, item in content},
    "bytes": lambda content: content.encode("latin1"),
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda content: dt.timedelta(*content),
    "Decimal": decimal.Decimal,
}
