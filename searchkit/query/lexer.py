"""Query text to lexemes; the shell uses them too, for colours and completion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.query.signs import BIDI_CONTROLS, OPERATORS, QUOTES, pattern
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_CONTROLS = frozenset(BIDI_CONTROLS)
_PLAIN = r"[^\s():^" + "".join(QUOTES) + "]+"
_FAR = frozenset(quote for quote in QUOTES if quote > "\xff")  # in a pattern they take long to compile
_NEAR_QUOTES = "".join(quote for quote in QUOTES if quote not in _FAR)
_SIMPLE = re.compile(rf"\s*([=+-]?)([^\s()+\-=:^/{_NEAR_QUOTES}][^\s():^/{_NEAR_QUOTES}]*)(?=\s|\Z)")
_NEAR = r"(?:NEAR|near|قرب)/(\d+)"
_SLOP = r"~([^\s()^]*)"
_SLOP_APART = r"~\d"
_BOOST = r"\^(\d+(?:[.٫]\d+)?)(?=[\s)]|$)"
_RANGE = (
    r'\s*(?:[\[{](?:"[^"]*"|«[^»]*»|[^\]}"«])*[\]}]|[\[{][^\]}]*(?:[\]}]|\Z)'  # between two values
    r'|(?:[<>]=?|=[<>]|[≤≥])\s*(?:"[^"]*"|«[^»]*»|[^\s()^"«“]*))'  # from one on, or up to it
)
_SIGNS = {"+": "plus", "-": "minus", "=": "exact"}
_FRESH_AFTER = frozenset(("open", "close", "field", *_SIGNS.values()))


class Lexeme(NamedTuple):
    """A piece of a query."""

    kind: str  # word phrase and or not near plus minus open close field range exact boost slop
    text: str
    start: int  # code points in the query
    end: int


def lex(query: str, fields: Collection[str]) -> Iterator[Lexeme]:
    """Return the lexemes of a query.

    Args:
        query: as typed; controls of direction in it are passed over.
        fields: what may stand before a colon; another word there is just text, as in a time of day.
    """
    return _lex(query, fields) if _CONTROLS.isdisjoint(query) else _lex_visible(query, fields)


def _lex_visible(query: str, fields: Collection[str]) -> Iterator[Lexeme]:
    places = [at for at, char in enumerate(query) if char not in _CONTROLS]
    for lexeme in _lex("".join(query[at] for at in places), fields):
        yield lexeme._replace(start=places[lexeme.start], end=places[lexeme.end - 1] + 1)


def _lex(query: str, fields: Collection[str]) -> Iterator[Lexeme]:
    at = 0
    fresh = True  # where a sign is an operator, not part of the text: after a space or another operator
    before = ""  # the kind of what ends here, if something does
    simple = _FAR.isdisjoint(query)
    while at < len(query):
        if simple and not before and fresh and (match := _SIMPLE.match(query, at)):  # so are most words
            sign, text = match.groups()
            at = match.end()
            start = at - len(text)
            if sign:
                yield Lexeme(_SIGNS[sign], sign, start - 1, start)
            yield Lexeme(OPERATORS.get(text, "word"), text, start, at)
            continue
        char = query[at]
        if before == "field" and (match := pattern(_RANGE).match(query, at)):
            yield Lexeme("range", match[0].lstrip(), match.end() - len(match[0].lstrip()), match.end())
            before = "range"
            at = match.end()
            continue
        if char.isspace():
            at = len(query) - len(query[at:].lstrip())
            fresh = True
            before = before if before == "phrase" and pattern(_SLOP_APART).match(query, at) else ""
            continue
        if char in "()":
            lexeme = Lexeme("open" if char == "(" else "close", char, at, at + 1)
        elif char in QUOTES:
            phrase = _phrase(query, at)
            if phrase is None:  # not closed yet, or pasted: the words after it are just words
                at += 1
                continue
            lexeme = phrase
        elif char == "~" and before in ("phrase", "close") and (match := pattern(_SLOP).match(query, at)):
            lexeme = Lexeme("slop", match[1], at, match.end())
        elif char == "^" and (match := pattern(_BOOST).match(query, at)):
            lexeme = Lexeme("boost", match[1], at, match.end())
        elif fresh and char in _SIGNS and at + 1 < len(query) and not query[at + 1].isspace():
            lexeme = Lexeme(_SIGNS[char], char, at, at + 1)
        else:
            lexeme = _word(query, at, fields)
        yield lexeme
        before = lexeme.kind
        fresh = before in _FRESH_AFTER
        at = lexeme.end


def _phrase(query: str, start: int) -> Lexeme | None:
    """Return the phrase whose first quote is here; None if it has no last one."""
    ends = [end for closing in QUOTES[query[start]] if (end := query.find(closing, start + 1)) > 0]
    return Lexeme("phrase", query[start + 1 : min(ends)], start, min(ends) + 1) if ends else None


def _word(query: str, start: int, fields: Collection[str]) -> Lexeme:
    plain = pattern(_PLAIN).match(query, start)
    end = plain.end() if plain else start  # nothing to decide before this
    if plain and (end == len(query) or query[end] not in ":^"):
        return _word_or_operator(query, start, end)
    while end < len(query) and not query[end].isspace() and query[end] not in QUOTES and query[end] not in "()":
        if query[end] == ":" and _goes_on(query, end + 1):
            from searchkit.query.names import find_field  # most queries name no field

            name = find_field(query[start:end], fields)
            if name is not None:
                return Lexeme("field", name, start, end + 1)
        if end > start and query[end] == "^" and pattern(_BOOST).match(query, end):
            break
        end += 1
    return _word_or_operator(query, start, max(end, start + 1))


def _goes_on(query: str, at: int) -> bool:
    """Tell whether something follows a colon: a space does not count, unless a range comes after it."""
    return at < len(query) and (not query[at].isspace() or pattern(_RANGE).match(query, at) is not None)


def _word_or_operator(query: str, start: int, end: int) -> Lexeme:
    text = query[start:end]
    if kind := OPERATORS.get(text):
        return Lexeme(kind, text, start, end)
    if "/" in text and (match := pattern(_NEAR).fullmatch(text)):
        return Lexeme("near", match[1], start, end)
    return Lexeme("word", text, start, end)
