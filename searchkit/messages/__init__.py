"""What is said to a person, in their language.

Code says everything in English. Where a message leaves the program, ``translate`` looks it up in the catalogue of the
language, ``<language>.txt``: pairs of lines, English and translated, with ``{}`` for what differs from one time to the
next; ``{0}``, ``{1}`` in the translation where the order changes, ``{*}`` or ``{1*}`` where that is itself something
that is said, and not a name or what a person typed. English costs nothing; what the catalogue does not have stays as it
is. Nothing that programs read (JSON, TSV, exit status) is ever translated.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("en", "ar")

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order that gettext(3) asks them

_GAP = r"\{(\d*)(\*?)\}"
_MARKS = {",": "،", ";": "؛"}
_WORDS = 5  # letters at the beginning of a message that are no accident
_DEEPEST = 4  # messages inside messages

_chosen = ""
_catalogues: dict[str, _Catalogue] = {}


def choose(language: str) -> None:
    """Have messages in a language from now on; ``auto`` for that of the locale."""
    global _chosen  # noqa: PLW0603 - one program speaks to one person
    _chosen = "" if language == "auto" else language


def language() -> str:
    """Return the language of messages."""
    if _chosen:
        return _chosen
    for variable in _VARIABLES:
        for locale in os.environ.get(variable, "").split(":"):
            if locale:
                return "ar" if locale[:2] == "ar" else "en"
    return "en"


def translate(message: str, into: str = "") -> str:
    """Return a message in a language, that of the person by default; as it is where the catalogue has nothing."""
    into = into or language()
    return message if into == "en" else _catalogue(into).translate(message)


def listed(parts: Iterable[str], mark: str = ",") -> str:
    """Return what was said of several things as one list, with commas or semicolons."""
    return f"{mark if language() == 'en' else _MARKS[mark]} ".join(parts)


class _Catalogue:
    """The messages of a language: whole ones, and those with gaps, which are taken apart when they are first needed."""

    def __init__(self, lines: list[str]) -> None:
        pairs = dict(zip(lines[::2], lines[1::2], strict=True))
        self._whole = {english: translated for english, translated in pairs.items() if "{}" not in english}
        self._pairs = [pair for pair in pairs.items() if "{}" in pair[0]]
        self._patterns: list[tuple[list[str], str]] = []

    def translate(self, message: str, depth: int = 0) -> str:
        """Return a translation, also of the messages in it."""
        if (whole := self._whole.get(message)) is not None:
            return whole
        for pieces, translated in self._with_gaps():
            values = _match(message, pieces)
            if values is not None:
                return self._filled(translated, values, depth)
        return message

    def _with_gaps(self) -> list[tuple[list[str], str]]:
        """Return the messages with gaps: those that begin with words first, then those with most text of their own."""
        if self._pairs:
            self._pairs.sort(key=lambda pair: (pair[0].find("{}") < _WORDS, 2 * pair[0].count("{}") - len(pair[0])))
            self._patterns = [(english.split("{}"), translated) for english, translated in self._pairs]
            self._pairs = []
        return self._patterns

    def _filled(self, translated: str, values: list[str], depth: int) -> str:
        number = iter(range(len(values)))

        def value(gap: re.Match[str]) -> str:
            found = values[int(gap[1] or next(number))]
            return self.translate(found, depth + 1) if gap[2] and depth < _DEEPEST else found

        return re.sub(_GAP, value, translated)


def _match(message: str, pieces: list[str]) -> list[str] | None:
    """Return what stands for the gaps between pieces of text; None if the message is not made of these."""
    last = len(message) - len(pieces[-1])
    at = len(pieces[0])
    if at > last or not message.startswith(pieces[0]) or not message.endswith(pieces[-1]):
        return None
    values: list[str] = []
    for piece in pieces[1:-1]:
        end = message.find(piece, at, last)
        if end < 0:
            return None
        values.append(message[at:end])
        at = end + len(piece)
    return [*values, message[at:last]]


def _catalogue(name: str) -> _Catalogue:
    if name not in _catalogues:
        path = os.path.join(os.path.dirname(__file__), f"{name}.txt")
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file.read().split("\n") if line.strip() and line[0] != "#"]
        _catalogues[name] = _Catalogue(lines)
    return _catalogues[name]
