"""Lexemes to nodes, by recursive descent.

::

    query     = sequence { ( and | or ) sequence }             AND binds tighter
    and       = "AND" | "&&" | "و"                              و where its sides are parts of a query: see sentence.py
    or        = "OR" | "||" | "أو" | "او"
    not       = "NOT" | "ليس"
    sequence  = clause { clause }                              any of them may match, more is better
    clause    = [ "+" | "-" | not ] near
    near      = part { ( "NEAR" | "NEAR/" n | "قرب/" n ) part }   in any order, at most n words between two; else 10
    part      = [ field ":" ] ( [ "=" ] word | [ "=" ] phrase | range | "(" query ")" ) [ "^" number ]
    phrase    = quote text quote [ "~" n ]                      in this order, at most n other words among them
    quote     = one of " « » “ ” „
    word      = letters, in which * ? ؟ are wildcards | letters "~" [ "1" | "2" ]
    range     = ( "[" | "{" ) value to value ( "]" | "}" ) | ( "<" | "<=" | "≤" | ">" | ">=" | "≥" ) value
    to        = "TO" | "إلى" | "الى"
    value     = anything | quote anything quote | "*"           * between brackets: no limit
    n, number = digits of any script; a number may have a . or ٫ in it

A range stands after a field only; ``{`` and ``}`` leave out the value beside them. Parts of NEAR are words, phrases
without ~, and alternatives of these in parentheses, all in one field. What looks like an operator but has nothing to
work on is an error where it is Latin and a word where it is Arabic; what looks like a field but is none is a word, with
a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.errors import QueryError, QuerySyntaxError
from searchkit.query.lexer import Lexeme, lex
from searchkit.query.nodes import Group, Near, Node, Phrase, Range, Word
from searchkit.query.parse import require
from searchkit.query.patterns import MOST_LETTERS, has_wildcards, split_fuzzy
from searchkit.query.sentence import demote

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_DEPTH = 50
_MAX_PATTERNS = 32  # each may look at all words of the index
_MAX_BOOST = 1_000_000  # so that no product of boosts leaves the range of a score
_MAX_GAP = 10_000  # words
_MAX_NEAR = 32  # words and phrases of one NEAR, alternatives included
_GAP = 10  # of a NEAR without a number
_MARKS = frozenset("~*?؟")
_END = ""  # the kind of what is behind the last lexeme
_ENDS = frozenset(("and", "or", "close", _END))
_LEAVES = frozenset(("word", "phrase"))
_BEHIND = frozenset(("near", "boost", "slop"))  # what belongs to a leaf before it
_NEAR_TAKES = "NEAR stands between words, phrases without ~ and alternatives of these in parentheses"


def parse_query(query: str, fields: Collection[str], notes: list[str] | None = None, *, every: bool = False) -> Node:
    """Return what a query asks for, operators and all; see ``parse``.

    Raises:
        QuerySyntaxError: it does not parse; the error carries the place.
        QueryError: there is no word in it.
    """
    lexemes = list(lex(query, fields))
    if not lexemes:
        raise QueryError("query: no word in it; type a word to search for")
    found = demote(lexemes)
    if ":" in query:
        from searchkit.query.names import unknown_fields

        found += unknown_fields(lexemes, fields)
    if notes is not None:
        notes += found
    return _Parser(query, lexemes, every=every).parse()


class _Parser:
    def __init__(self, query: str, lexemes: list[Lexeme], *, every: bool) -> None:
        self._query = query
        self._every = every
        self._lexemes = lexemes
        self._kinds = [lexeme.kind for lexeme in lexemes]
        self._kinds.append(_END)
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
        if self._kinds[self._at] not in kinds:
            return None
        self._at += 1
        return self._lexemes[self._at - 1]

    def _disjunction(self, field: str | None) -> Node:
        nodes = [self._conjunction(field)]
        while self._kinds[self._at] == "or":
            self._at += 1
            nodes.append(self._conjunction(field))
        return nodes[0] if len(nodes) == 1 else Group(should=tuple(nodes))

    def _conjunction(self, field: str | None) -> Node:
        nodes = [self._sequence(field)]
        while self._kinds[self._at] == "and":
            self._at += 1
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
        while (kind := self._kinds[self._at]) not in _ENDS:
            exact = kind == "exact"
            if exact:
                kind = self._kinds[self._at + 1]
            if kind in _LEAVES and self._kinds[self._at + exact + 1] not in _BEHIND:  # the most common by far
                self._at += exact
                lexeme = self._lexemes[self._at]
                self._at += 1
                should.append(
                    self._word(lexeme, field, exact=exact)
                    if kind == "word"
                    else Phrase(lexeme.text, lexeme.start, lexeme.end, field, exact=exact)
                )
                continue
            sign = self._take("plus", "minus", "not")
            into = should if sign is None else must if sign.kind == "plus" else must_not
            into.append(self._clause(field, sign))
        if first is None or not (must or should or must_not):
            place = first or self._lexemes[-1]
            raise self._error("a word is missing here; add one or remove the operator", place)
        if len(should) == 1 and not must and not must_not:
            return should[0]
        return require(should, must, must_not) if self._every else Group(tuple(must), tuple(should), tuple(must_not))

    def _clause(self, field: str | None, sign: Lexeme | None) -> Node:
        first = self._peek()
        node = self._part(field, sign)
        joining = self._peek()
        if joining is None or joining.kind != "near" or first is None:
            return node
        operands, gaps = [node], [0]
        while (near := self._take("near")) is not None:
            gaps.append(self._gap("a NEAR", near, default=_GAP))
            operands.append(self._part(field, near))
        rows = [self._alternatives(operand, joining) for operand in operands]
        leaves = [leaf for row in rows for leaf in row]
        if len(leaves) > _MAX_NEAR:
            raise self._error(f"more than {_MAX_NEAR} words and phrases beside NEAR; use fewer", joining)
        named = {leaf.field for leaf in leaves} - {field} or {field}
        if len(named) > 1:
            raise self._error("different fields beside NEAR; it works in one field, name one", joining)
        boost = 1.0
        for row in rows:
            boost *= max(leaf.boost for leaf in row)
        end = self._lexemes[self._at - 1].end
        if boost > _MAX_BOOST:
            raise self._error(f"a boost of more than {_MAX_BOOST}; use smaller numbers", joining)
        text = self._query[first.start : end]
        return Near(tuple(rows), tuple(gaps[1:]), text, first.start, end, named.pop(), boost)

    def _alternatives(self, node: Node, near: Lexeme) -> tuple[Word | Phrase, ...]:
        if isinstance(node, Group) and node.should and not node.must and not node.must_not:
            return tuple(leaf for child in node.should for leaf in self._alternatives(child, near))
        if isinstance(node, Word) and not node.wildcards and node.edits is None:
            return (node,)
        if isinstance(node, Phrase) and not node.slop:
            return (node,)
        raise self._error(f"{_NEAR_TAKES}; change what is beside it", near)

    def _part(self, field: str | None, sign: Lexeme | None) -> Node:
        named = self._take("field")
        if named is not None:
            field = named.text
        exact = self._take("exact") is not None
        lexeme = self._take("word", "phrase", "open", *(("range",) if named is not None and not exact else ()))
        if lexeme is None:
            place = self._peek() or named or sign or self._lexemes[-1]
            if place.kind == "slop":
                raise self._error("~ belongs to a word or a phrase; remove it", place)
            raise self._error("a word is missing here; add one or remove the operator", place)
        if lexeme.kind == "open":
            return self._boosted(self._parenthesis(field, lexeme))
        if lexeme.kind == "phrase":
            return self._boosted(self._phrase(lexeme, field, exact=exact))
        if lexeme.kind == "range" and field is not None:
            return self._boosted(self._range(lexeme, field))
        return self._boosted(self._word(lexeme, field, exact=exact))

    def _phrase(self, lexeme: Lexeme, field: str | None, *, exact: bool) -> Phrase:
        slop = self._take("slop")
        if slop is None:
            return Phrase(lexeme.text, lexeme.start, lexeme.end, field, exact=exact)
        gap = self._gap("a phrase with ~", slop)
        return Phrase(lexeme.text, lexeme.start, slop.end, field, slop=gap, exact=exact)

    def _gap(self, what: str, lexeme: Lexeme, default: int | None = None) -> int:
        """Return how many words may stand between others."""
        if default is not None and not lexeme.text.isdecimal():
            return default
        if not lexeme.text.isdecimal():
            raise self._error('a phrase with ~ needs a number of words; write it as in "…"~3', lexeme)
        digits = lexeme.text.lstrip("0")
        if len(digits) > len(str(_MAX_GAP)) or int(lexeme.text) > _MAX_GAP:
            raise self._error(f"{what} spans at most {_MAX_GAP} words; use a smaller number", lexeme)
        return int(lexeme.text)

    def _range(self, lexeme: Lexeme, field: str) -> Range:
        from searchkit.query.ranges import BadRangeError, read_range

        try:
            limits = read_range(lexeme)
        except BadRangeError as error:
            raise self._error(str(error), lexeme) from None
        return Range(
            limits.low, limits.high, field, lexeme.start, lexeme.end, limits.with_low, limits.with_high
        )  # fmt: skip

    def _word(self, lexeme: Lexeme, field: str | None, *, exact: bool) -> Word:
        text = lexeme.text
        if _MARKS.isdisjoint(text):
            return Word(text, lexeme.start, lexeme.end, field, exact)
        edits: int | None = None
        fuzzy = split_fuzzy(text)
        if fuzzy is not None:
            text, number = fuzzy
            sign = Lexeme("fuzzy", lexeme.text[len(text) :], lexeme.start + len(text), lexeme.end)
            edits = int(number) if number.isdecimal() and len(number) == 1 else 0
            if number and edits not in (1, 2):
                raise self._error("a word may differ in 1 or 2 letters; write ~1 or ~2", sign)
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
        factor = float(lexeme.text.replace("٫", "."))
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
