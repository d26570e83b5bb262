"""What is said to a person, in their language.

Code says everything in English. Where a message leaves the program, ``translate`` looks it up in the catalogue of the
language, ``<language>.txt``: pairs of lines, English and translated, with ``{}`` for what differs from one time to the
next; ``{0}``, ``{1}`` in the translation where the order changes. English costs nothing; what the catalogue does not
have stays as it is. Nothing that programs read (JSON, TSV, exit status) is ever translated.
"""

from __future__ import annotations

import os

LANGUAGES = ("en", "ar")

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order that gettext(3) asks them

_chosen = ""
_catalogues: dict[str, list[tuple[list[str], str]]] = {}


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


def translate(message: str) -> str:
    """Return a message in the language of the person; as it is where the catalogue has nothing."""
    return message if language() == "en" else _translate(message, _catalogue(language()), 0)


def _translate(message: str, catalogue: list[tuple[list[str], str]], depth: int) -> str:
    for pieces, translated in catalogue:
        values = _match(message, pieces)
        if values is not None:
            if depth < 3:
                values = [_translate(value, catalogue, depth + 1) if value != message else value for value in values]
            return translated.format(*values)
    return message


def _match(message: str, pieces: list[str]) -> list[str] | None:
    """Return what stands for the gaps between pieces of text; None if the message is not made of these."""
    first, *others = pieces
    if not others:
        return [] if message == first else None
    if not message.startswith(first) or not message.endswith(pieces[-1]):
        return None
    values: list[str] = []
    at = len(first)
    last = len(message) - len(pieces[-1])
    for piece in others[:-1]:
        end = message.find(piece, at, last)
        if end < 0:
            return None
        values.append(message[at:end])
        at = end + len(piece)
    return [*values, message[at:last]] if at <= last else None


def _catalogue(name: str) -> list[tuple[list[str], str]]:
    """Return the pairs of a language, those with most text of their own first."""
    if name not in _catalogues:
        path = os.path.join(os.path.dirname(__file__), f"{name}.txt")
        with open(path, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
        pairs = [
            (english.split("{}"), _numbered(translated))
            for english, translated in zip(lines[::2], lines[1::2], strict=True)
        ]
        pairs.sort(key=lambda pair: -sum(map(len, pair[0])))
        _catalogues[name] = pairs
    return _catalogues[name]


def _numbered(translated: str) -> str:
    """Return a translation whose gaps have numbers; other braces stay what they are."""
    number = 0
    while "{}" in translated:
        translated = translated.replace("{}", f"{{{number}}}", 1)
        number += 1
    return translated
