"""Query text to nodes: words alone are read here, everything else by the lexer and the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.arabic.folding import fold
from searchkit.arabic.formulas import SIGNS
from searchkit.arabic.function_words import is_function_word
from searchkit.config import MAX_QUERY
from searchkit.errors import QueryError
from searchkit.query.nodes import Group, Node, Word
from searchkit.query.signs import BIDI_CONTROLS, OPERATORS, QUOTES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_SPECIAL = frozenset(f"-+=()^:~*?؟&|/{''.join(QUOTES)}{BIDI_CONTROLS}")
_PLAIN = re.compile(r"\S+")
_ENTITY = r"&(?:quot|amp|lt|gt|nbsp|apos|raquo|laquo|#0?3[49]|#x2[27]);"  # in what is copied from a page


def parse(
    query: str, fields: Collection[str] = ("title", "text"), notes: list[str] | None = None, *, every: bool = False
) -> Node:
    """Return what a query asks for.

    Args:
        query: as typed.
        fields: the names that may stand before a colon.
        notes: gets what the person should know about how the query is taken.
        every: whether words side by side must all match, rather than any of them; function words need not.

    Raises:
        QuerySyntaxError: it does not parse; the error carries the place.
        QueryError: it is empty or too long.
    """
    query = _check(query)
    if _SPECIAL.isdisjoint(query) and OPERATORS.keys().isdisjoint(query.split()):
        words = tuple([Word(match[0], *match.span()) for match in _PLAIN.finditer(query)])
        if every:
            return require(words)
        return words[0] if len(words) == 1 else Group(should=words)
    from searchkit.query.parser import parse_query  # most queries are words

    return parse_query(query, fields, notes, every=every)


def parse_plain(text: str, *, every: bool = False) -> Node:
    """Return a query for the words of a text, in which nothing is an operator.

    Args:
        text: any.
        every: whether all words must match, but function words.

    Raises:
        QueryError: it is empty or too long.
    """
    text = _check(text)
    if not every:
        return Word(text, 0, len(text))
    words = [Word(found[0], *found.span()) for found in _PLAIN.finditer(text) if any(map(str.isalnum, found[0]))]
    return require(words) if len(words) > 1 else Word(text, 0, len(text))


def _check(query: str) -> str:
    """Return a query with blanks for what HTML writes for quotes and the like, and words for formulas in one character.

    Raises:
        QueryError: it is empty or too long.
    """
    if not isinstance(query, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not be typed
        raise TypeError(f"a query is a string, not {type(query).__name__}")
    if not query.strip():
        raise QueryError("query: empty; type a word to search for")
    if len(query) > MAX_QUERY:
        raise QueryError(f"query: {len(query)} characters are too many; search for at most {MAX_QUERY} of them")
    if "&" in query and ";" in query:
        query = re.sub(_ENTITY, lambda match: " " * len(match[0]), query)
    if not SIGNS.keys().isdisjoint(query):
        query = "".join(f" {SIGNS[char]} " if char in SIGNS else char for char in query)
    return query


def require(should: Sequence[Node], must: Sequence[Node] = (), must_not: Sequence[Node] = ()) -> Node:
    """Return a group in which all words must match, but function words, which are in most documents."""
    optional = tuple(node for node in should if isinstance(node, Word) and is_function_word(fold(node.text)))
    required = (*must, *(node for node in should if node not in optional))
    return Group(required, optional, tuple(must_not))
