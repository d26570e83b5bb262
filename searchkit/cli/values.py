"""What the text after an option says; argparse makes a line of what is wrong with it."""

from __future__ import annotations

from argparse import ArgumentTypeError

from searchkit.config import MOST_THREADS

_MOST_DIGITS = 100  # Python reads no number of thousands of them


def read_count(text: str) -> int:
    """Return a number from 1 up."""
    number = _read_digits(text)
    if number < 1:
        raise ArgumentTypeError(f"{text[:_MOST_DIGITS]!r} is not a number from 1 up")
    return number


def read_threads(text: str) -> int:
    """Return a number of threads."""
    number = _read_digits(text)
    if not 1 <= number <= MOST_THREADS:
        raise ArgumentTypeError(f"{text[:_MOST_DIGITS]!r} is not a number from 1 to {MOST_THREADS}")
    return number


def read_names(text: str) -> list[str]:
    """Return names between commas."""
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise ArgumentTypeError(f"{text!r} is not a list of names; write them as a,b")
    return names


def read_number(text: str) -> int:
    """Return a number from 0 up."""
    number = _read_digits(text)
    if number < 0:
        raise ArgumentTypeError(f"{text[:_MOST_DIGITS]!r} is not a number from 0 up")
    return number


def _read_digits(text: str) -> int:
    """Return the number, -1 if it is none."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else -1


def read_kind(text: str) -> tuple[str, str]:
    """Return a field and what it holds."""
    name, _, kind = text.rpartition(":")
    if not name or not kind:
        raise ArgumentTypeError(f"{text!r} is not a field and what it holds; write them as source:keyword")
    return name, kind


def read_fold(text: str) -> dict[str, bool]:
    """Return which distinctions are folded."""
    from searchkit.arabic.spelling import DISTINCTIONS

    fold: dict[str, bool] = {}
    for item in text.split(","):
        name, _, value = item.partition("=")
        if name not in DISTINCTIONS or value not in ("on", "off"):
            raise ArgumentTypeError(f"{item!r} is not one of {' '.join(DISTINCTIONS)} with =off or =on")
        fold[name] = value == "on"
    return fold
