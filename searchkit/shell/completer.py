"""What could come next: from the text before the cursor to words, fields and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from searchkit.arabic.folding import fold
from searchkit.query.names import FIELD_NAMES, find_field
from searchkit.shell.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Complete(Protocol):
        """Looks words up in the index, as ``Backend.complete`` does."""

        def __call__(self, beginning: str, limit: int, *, fields: Sequence[str]) -> list[tuple[str, int]]:
            """Return words with the number of documents that have each."""
            ...


_LIMIT = 20
_LAST_WORD = re.compile(r'[^\s()"«»“”„]*$')
_SIGNS = "+-="


class Suggestion(NamedTuple):
    """One way to go on."""

    text: str  # stands in place of what was typed
    length: int  # of what was typed, in code points before the cursor
    note: str


def suggest(before: str, complete: Complete, fields: Sequence[str]) -> list[Suggestion]:
    """Return the ways to complete a line.

    Args:
        before: the line up to the cursor.
        complete: looks words up in the index.
        fields: what may stand before a colon.
    """
    line = before.lstrip()
    if line.startswith(":"):
        name, space, _ = line[1:].partition(" ")
        if not space:
            return _commands(name)
        if fold(name) not in _WITH_WORDS:
            return []
    match = _LAST_WORD.search(before)
    word = match[0].lstrip(_SIGNS) if match else ""
    name, colon, rest = word.partition(":")
    field = find_field(name, fields) if colon else None
    if field is not None:
        return _words(rest.lstrip(_SIGNS), complete, [field])
    suggestions = [] if line.startswith(":") else _fields(word, fields)
    return suggestions + _words(word, complete, [name for name in ("title", "text") if name in fields])


_WITH_WORDS = frozenset(fold(name) for entry in COMMANDS if entry.arguments.startswith("WORD") for name in entry.names)


def _commands(beginning: str) -> list[Suggestion]:
    """Return each command that has a name with this beginning, by the first such name."""
    suggestions: list[Suggestion] = []
    for entry in COMMANDS:
        names = [name for name in entry.names if (fold(name) or name).startswith(fold(beginning) or beginning)]
        if names:
            text = f":{names[0]}" + (" " if entry.arguments else "")
            suggestions.append(Suggestion(text, len(beginning) + 1, entry.summary))
    return suggestions


def _fields(beginning: str, fields: Sequence[str]) -> list[Suggestion]:
    if not beginning:
        return []
    arabic = [name for name, field in FIELD_NAMES.items() if field in fields]
    names = [name for name in (*fields, *arabic) if name.startswith(beginning)]
    return [Suggestion(f"{name}:", len(beginning), "field") for name in names]


def _words(typed: str, complete: Complete, fields: Sequence[str]) -> list[Suggestion]:
    """Return words of the index; what was typed stays as it was spelled."""
    if not typed:
        return []
    start = len(fold(typed))
    found = complete(typed, _LIMIT, fields=fields)
    return [Suggestion(typed + word[start:], len(typed), str(count)) for word, count in found]
