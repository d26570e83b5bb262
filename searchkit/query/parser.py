"""Lexemes to nodes, by recursive descent.

::

    query     = sequence { ("AND" | "OR" | ...) sequence }     AND binds tighter
    sequence  = clause { clause }                              any of them may match, more is better
    clause    = [ "+" | "-" | "NOT" ] [ field ":" ] ( [ "=" ] word | phrase | "(" query ")" ) [ "^" number ]
    word      = letters, in which * and ? are wildcards | letters "~" [ "1" | "2" ]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.config import MAX_QUERY
from searchkit.errors import QueryError, QuerySyntaxError
from searchkit.query.lexer import Lexeme, lex
from searchkit.query.nodes import Group, Node, Phrase, Range, Word
from searchkit.query.patterns import MOST_LETTERS, has_wildcards, split_fuzzy

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_DEPTH = 50
_MAX_PATTERNS = 32  # each may look at all words of the index
_MAX_BOOST = 1_000_000  # so that no product of boosts leaves the range of a score


def parse(query: str, fields: Collection[str] = ("title", "text")) -> Node:
    """Return what a query asks for.

    Args:
        query: as typed.
        fields: the names that may stand before a colon.

    Raises:
        QuerySyntaxError: it does not parse; the error carries the place.
        QueryError: it is empty or too long.
    """
    _check(query)
    lexemes = _demote(list(lex(query, fields)))
    if not lexemes:
        raise QueryError("query: no word in it; type a word to search for")
    return _Parser(query, lexemes).parse()


def parse_plain(text: str) -> Node:
    """Return a query for the words of a text, in which nothing is an operator.

    Raises:
        QueryError: it is empty or too long.
    """
    _check(text)
    return Word(text, 0, len(text))


def _check(query: str) -> None:
    if not isinstance(query, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not be typed
        raise TypeError(f"a query is a string, not {type(query).__name__}")
    if not query.strip():
        raise QueryError("query: empty; type a word to search for")
    if len(query) > MAX_QUERY:
        raise QueryError(f"query: {len(query)} characters are too many; search for at most {MAX_QUERY} of them")


def _demote(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Take Arabic operators without something to join for the words they are in a sentence."""
    kinds = ["open", *(lexeme.kind for lexeme in lexemes), "close"]
    for i, lexeme in enumerate(lexemes):
        if lexeme.kind in ("or", "not") and not lexeme.text.isascii():
            alone = kinds[i + 2] in ("close", "and", "or")
            if alone or (lexeme.kind == "or" and kinds[i] in ("open", "and", "or", "not")):
                lexemes[i] = lexeme._replace(kind="word")
    return lexemes


class _Parser:
    def __init__(self, query: str, lexemes: list[Lexeme]) -> None:
        self._query = query
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0
        self._patterns: set[tuple[str, str | None]] = set()

    def parse(self) -> Node:
        node = self._disjunction(None)
        if (lexeme := self._peek()) is not None:
            raise self._error("no ( for this ); remove it or open it", lexeme)
        return node

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, *kinds: str) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self._at += 1
        return lexeme

    def _disjunction(self, field: str | None) -> Node:
        nodes = [self._conjunction(field)]
        while self._take("or"):
            nodes.append(self._conjunction(field))
        return nodes[0] if len(nodes) == 1 else Group(should=tuple(nodes))

    def _conjunction(self, field: str | None) -> Node:
        nodes = [self._sequence(field)]
        while self._take("and"):
            nodes.append(self._sequence(field))
        if len(nodes) == 1:
            return nodes[0]
        must: list[Node] = []
        must_not: list[Node] = []
        for node in nodes:
            if isinstance(node, Group) and not node.must and not node.should:
                must_not.extend(node.must_not)  # "a AND NOT b"
            else:
                must.append(node)
        return Group(must=tuple(must), must_not=tuple(must_not))

    def _sequence(self, field: str | None) -> Node:
        must: list[Node] = []
        should: list[Node] = []
        must_not: list[Node] = []
        first = self._peek()
        while (lexeme := self._peek()) is not None and lexeme.kind not in ("and", "or", "close"):
            sign = self._take("plus", "minus", "not")
            into = should if sign is None else must if sign.kind == "plus" else must_not
            into.append(self._clause(field, sign))
        if first is None or not (must or should or must_not):
            place = first or self._lexemes[-1]
            raise self._error("a word is missing here; add one or remove the operator", place)
        if len(should) == 1 and not must and not must_not:
            return should[0]
        return Group(tuple(must), tuple(should), tuple(must_not))

    def _clause(self, field: str | None, sign: Lexeme | None) -> Node:
        named = self._take("field")
        if named is not None:
            field = named.text
        exact = self._take("exact") is not None
        lexeme = self._take("word", "phrase", "open")
        if lexeme is None:
            place = self._peek() or named or sign or self._lexemes[-1]
            raise self._error("a word is missing here; add one or remove the operator", place)
        if lexeme.kind == "open":
            return self._boosted(self._parenthesis(field, lexeme))
        if lexeme.kind == "phrase":
            return self._boosted(Phrase(lexeme.text, lexeme.start, lexeme.end, field))
        return self._boosted(self._word(lexeme, field, exact=exact))

    def _word(self, lexeme: Lexeme, field: str | None, *, exact: bool) -> Word:
        text = lexeme.text
        edits: int | None = None
        fuzzy = split_fuzzy(text)
        if fuzzy is not None:
            text, number = fuzzy
            sign = Lexeme("fuzzy", lexeme.text[len(text) :], lexeme.start + len(text), lexeme.end)
            if number not in ("", "1", "2"):
                raise self._error("a word may differ in 1 or 2 letters; write ~1 or ~2", sign)
            edits = int(number or 0)
        wildcards = has_wildcards(text)
        if wildcards and fuzzy is not None:
            raise self._error("wildcards and ~ in one word; use one of them", lexeme)
        if wildcards or fuzzy is not None:
            self._patterns.add((lexeme.text, field))
            if len(self._patterns) > _MAX_PATTERNS:
                raise self._error(f"more than {_MAX_PATTERNS} different words with wildcards or ~; use fewer", lexeme)
            if len(text) > MOST_LETTERS:
                raise self._error(f"more than {MOST_LETTERS} letters with a wildcard or ~; shorten the word", lexeme)
        return Word(text, lexeme.start, lexeme.end, field, exact=exact, wildcards=wildcards, edits=edits)

    def _parenthesis(self, field: str | None, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._error(f"more than {_MAX_DEPTH} parentheses inside each other; use fewer", opening)
        node = self._disjunction(field)
        if self._take("close") is None:
            raise self._error("parenthesis not closed; add ) at its end", opening)
        self._depth -= 1
        return node

    def _boosted(self, node: Node) -> Node:
        lexeme = self._take("boost")
        if lexeme is None:
            return node
        factor = float(lexeme.text)
        if factor > _MAX_BOOST:
            raise self._error(f"a boost of more than {_MAX_BOOST}; use a smaller number", lexeme)
        return _boost(node, factor)

    def _error(self, message: str, place: Lexeme) -> QuerySyntaxError:
        return QuerySyntaxError(f"query: {message}", self._query, place.start, place.end)


def _boost(node: Node, factor: float) -> Node:
    if isinstance(node, Group):
        parts = [tuple(_boost(child, factor) for child in part) for part in (node.must, node.should)]
        return Group(parts[0], parts[1], node.must_not)
    if isinstance(node, Range):  # its documents are all alike
        return node
    return node._replace(boost=node.boost * factor)
