"""What could come next: from the text before the cursor to words, fields and commands."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from searchkit.arabic.field_names import FIELD_NAMES
from searchkit.arabic.folding import fold
from searchkit.messages import translate
from searchkit.query.names import find_field
from searchkit.records import NamedTuple
from searchkit.shell.commands import COMMANDS
from searchkit.shell.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Complete(Protocol):
        """Looks words up in the index, as ``Backend.complete`` does."""

        def __call__(self, beginning: str, limit: int, *, fields: Sequence[str]) -> list[tuple[str, int]]:
            """Return words with the number of documents that have each."""
            ...

    class Values(Protocol):
        """The values of fields that can be compared as a whole."""

        @property
        def names(self) -> Sequence[str]:
            """The fields."""
            ...

        def find(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
            """Return values with the number of documents that have each."""
            ...


_LIMIT = 20
_MOST_PATHS = 100
_LAST_WORD = re.compile(r'[^\s()"«»“”„]*$')
_SIGNS = "+-="


class Suggestion(NamedTuple):
    """One way to go on."""

    text: str  # stands in place of what was typed
    length: int  # of what was typed, in code points before the cursor
    note: str


def suggest(before: str, complete: Complete, fields: Sequence[str], values: Values | None = None) -> list[Suggestion]:
    """Return the ways to complete a line.

    Args:
        before: the line up to the cursor.
        complete: looks words up in the index.
        fields: what may stand before a colon.
        values: of the fields that can be compared as a whole.
    """
    line = before.lstrip()
    if line.startswith(":"):
        name, space, arguments = line[1:].partition(" ")
        if not space:
            return _commands(name)
        kind = _ARGUMENTS.get(fold(name) or name, "")
        if kind in _OF_COMMANDS:
            return _arguments(kind, arguments.lstrip(), values)
        if kind not in _QUERIES:
            return []
        before = arguments
    else:
        kind = "QUERY"
    match = _LAST_WORD.search(before)
    word = match[0].lstrip(_SIGNS) if match else ""
    if kind == "QUERY":
        name, colon, rest = word.partition(":")
        compared = list(values.names) if values is not None else []
        field = find_field(name, [*fields, *compared]) if colon else None
        if field is not None and values is not None and field in compared and field not in fields:
            return _values(rest, values.find(field, rest, _LIMIT))
        if field is not None:
            return _words(rest.lstrip(_SIGNS), complete, [field])
    suggestions = [*_fields(word, fields, values), *_operators(word)] if kind == "QUERY" else []
    return suggestions + _words(word, complete, [name for name in ("title", "text") if name in fields])


_ARGUMENTS = {fold(name) or name: entry.arguments for entry in COMMANDS for name in entry.names}
_QUERIES = ("QUERY", "TEXT", "WORD…", "WORD")
_OF_COMMANDS = ("NAME VALUE", "FIELD", "PATH", "FILE", "DIR")
_OPERATORS = (
    ("AND", "both"), ("OR", "either"), ("NOT", "without what follows"), ("NEAR/5", "with at most 5 words between"),
)  # fmt: skip


def _arguments(kind: str, typed: str, values: Values | None) -> list[Suggestion]:
    """Return what may stand behind a command."""
    if kind == "NAME VALUE":
        name, space, value = typed.replace("=", " ", 1).partition(" ")
        if not space:
            found = [setting for setting in SETTINGS if setting.name.startswith(name)]
            return [Suggestion(f"{setting.name} ", len(name), translate(setting.comment)) for setting in found]
        choices = next((setting.values() for setting in SETTINGS if setting.name == name), ())
        return [Suggestion(choice, len(value), "") for choice in choices if choice.startswith(value)]
    if kind == "FIELD":
        last = re.split(r"[\s,]", typed)[-1]
        sign, beginning = ("-", last[1:]) if last.startswith("-") else ("", last)
        names = () if values is None else values.names
        return [Suggestion(sign + name, len(last), "field") for name in names if name.startswith(beginning)]
    return [Suggestion(path, len(typed), "") for path in _paths(typed, folders=kind == "DIR")]


def _paths(typed: str, *, folders: bool) -> list[str]:
    """Return files and folders that begin as typed; folders with the sign that leads into them."""
    folder, beginning = os.path.split(typed)
    found: list[str] = []
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            for entry in entries:
                if entry.name.startswith(beginning) and (beginning or not entry.name.startswith(".")):
                    if entry.is_dir():
                        found.append(os.path.join(folder, entry.name) + os.sep)
                    elif not folders:
                        found.append(os.path.join(folder, entry.name))
    except OSError:
        return []
    return sorted(found)[:_MOST_PATHS]


def _operators(beginning: str) -> list[Suggestion]:
    found = [pair for pair in _OPERATORS if beginning and beginning.isupper() and pair[0].startswith(beginning)]
    return [Suggestion(f"{name} ", len(beginning), translate(meaning)) for name, meaning in found]


def _values(typed: str, found: list[tuple[str, int]]) -> list[Suggestion]:
    """Return whole values, in quotation marks where they are more than a word."""
    plain = re.compile(r"[\w.-]+")
    shown = [(value if plain.fullmatch(value) else f'"{value}"', count) for value, count in found if '"' not in value]
    return [Suggestion(value, len(typed), str(count)) for value, count in shown]


def _commands(beginning: str) -> list[Suggestion]:
    """Return each command that has a name with this beginning, by the first such name."""
    suggestions: list[Suggestion] = []
    for entry in COMMANDS:
        names = [name for name in entry.names if (fold(name) or name).startswith(fold(beginning) or beginning)]
        if names:
            text = f":{names[0]}" + (" " if entry.arguments else "")
            suggestions.append(Suggestion(text, len(beginning) + 1, translate(entry.summary)))
    return suggestions


def _fields(beginning: str, fields: Sequence[str], values: Values | None) -> list[Suggestion]:
    if not beginning:
        return []
    fields = list(dict.fromkeys([*fields, *(values.names if values is not None else ())]))
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
