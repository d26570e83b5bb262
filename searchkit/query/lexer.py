"""Query text to lexemes; the shell uses them too, for colours and completion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FIELD_NAMES = {"عنوان": "title", "نص": "text"}
"""Arabic names of fields."""

_OPERATORS = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "أو": "or", "او": "or", "NOT": "not", "ليس": "not"}
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
_PLAIN = re.compile(r"[^\s():^" + "".join(_QUOTES) + "]+")
_BOOST = re.compile(r"\^(\d+(?:\.\d+)?)(?=[\s)]|$)")


class Lexeme(NamedTuple):
    """A piece of a query."""

    kind: str  # word phrase and or not plus minus open close field exact boost
    text: str
    start: int  # code points in the query
    end: int


def lex(query: str, fields: Collection[str]) -> Iterator[Lexeme]:
    """Yield the lexemes of a query.

    Args:
        query: as typed.
        fields: what may stand before a colon; another word there is just text, as in a time of day.
    """
    at = 0
    fresh = True  # where a sign is an operator, not part of the text: after a space or another operator
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
            fresh = True
            continue
        if char in "()":
            yield Lexeme("open" if char == "(" else "close", char, at, at + 1)
            at += 1
            fresh = True
            continue
        if char in _QUOTES:
            phrase = _phrase(query, at)
            if phrase is None:  # not closed yet, or pasted: the words after it are just words
                at += 1
                continue
            lexeme = phrase
        elif match := _BOOST.match(query, at):
            lexeme = Lexeme("boost", match[1], at, match.end())
        elif fresh and char in "+-=" and at + 1 < len(query) and not query[at + 1].isspace():
            yield Lexeme({"+": "plus", "-": "minus", "=": "exact"}[char], char, at, at + 1)
            at += 1
            continue
        else:
            lexeme = _word(query, at, fields)
        yield lexeme
        fresh = lexeme.kind == "field"
        at = lexeme.end


def _phrase(query: str, start: int) -> Lexeme | None:
    """Return the phrase whose first quote is here; None if it has no last one."""
    ends = [end for closing in (_QUOTES[query[start]], '"') if (end := query.find(closing, start + 1)) > 0]
    return Lexeme("phrase", query[start + 1 : min(ends)], start, min(ends) + 1) if ends else None


def _word(query: str, start: int, fields: Collection[str]) -> Lexeme:
    plain = _PLAIN.match(query, start)
    end = plain.end() if plain else start  # nothing to decide before this
    if plain and (end == len(query) or query[end] not in ":^"):
        text = query[start:end]
        return Lexeme(_OPERATORS.get(text, "word"), text, start, end)
    while end < len(query) and not query[end].isspace() and query[end] not in _QUOTES and query[end] not in "()":
        if query[end] == ":" and end + 1 < len(query) and not query[end + 1].isspace():
            name = query[start:end]
            if name not in fields:
                name = FIELD_NAMES.get(name, name)
            if name in fields:
                return Lexeme("field", name, start, end + 1)
        if end > start and _BOOST.match(query, end):
            break
        end += 1
    end = max(end, start + 1)
    text = query[start:end]
    return Lexeme(_OPERATORS.get(text, "word"), text, start, end)
