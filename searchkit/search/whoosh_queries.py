"""Queries to those of Whoosh and back; imported by those who ask for it, as Whoosh is slow to import.

What a query is looked up as becomes a query of Whoosh on the same fields, so the stock searcher finds the same
documents in an index of ours; what Whoosh asks becomes a node of our language. Two things Whoosh can only say more
loosely: a phrase of three and more words with others among them (it counts between each two), and words within edits
(its own distance). What only adds to the scores of what others find is left out. Exclusions are Not inside And: AndNot
of Whoosh 2.7 let through a document that was excluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.analysis import level_field
from searchkit.codecs.api import query as wq
from searchkit.codecs.api import spans
from searchkit.codecs.own_queries import NearQuery, ValuesQuery
from searchkit.errors import QueryError
from searchkit.query import (
    UP_TO,
    AllClause,
    Alternative,
    Clause,
    Group,
    GroupClause,
    Near,
    NearClause,
    Node,
    Phrase,
    PhraseClause,
    Range,
    RangeClause,
    Term,
    Word,
    WordClause,
    restricts,
    rewrite,
)
from searchkit.search.ranges import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Holds:
    """Tells whether a value in a column of ours is in a range."""

    def __init__(self, clause: RangeClause) -> None:
        self.clause = clause

    def __call__(self, value: Any) -> bool:
        """Tell it of one."""
        return holds(self.clause, {self.clause.field: value})


def to_whoosh(node: Node, level: str = "surface", kinds: Mapping[str, str] | None = None) -> Any:
    """Return the query of Whoosh that finds the same documents.

    Args:
        node: what ``parse`` returned.
        level: the weakest evidence, as for ``search``.
        kinds: of the fields that have one, by name: ``text keyword number date``.

    Raises:
        ValueError: there is no such level.
    """
    if level not in UP_TO:
        raise ValueError(f"level must be one of {', '.join(UP_TO)}, got {level!r}")
    return _clause(rewrite(node, UP_TO[level], kinds))


def _clause(clause: Clause) -> Any:
    if isinstance(clause, AllClause):
        return wq.Every()
    if isinstance(clause, RangeClause):
        return ValuesQuery(clause.field, Holds(clause))
    if isinstance(clause, WordClause):
        return _any([_term(term) for term in clause.terms], clause.boost)
    if isinstance(clause, PhraseClause):
        return _any([_phrase(field, clause.words, clause.slop) for field in clause.fields], clause.boost)
    if isinstance(clause, NearClause):
        return _any([_near(field, clause) for field in clause.fields], clause.boost)
    return _group(clause)


def _group(group: GroupClause) -> Any:
    helpers = [child for child in group.should if isinstance(child, WordClause) and child.function]
    finders = [child for child in group.should if child not in helpers]
    may = _any([_clause(child) for child in finders or helpers])
    must = [_clause(child) for child in group.must]
    if not must or (group.should and all(map(restricts, group.must))):  # ranges make no word optional
        must.append(may)
    must += [wq.Not(_clause(child)) for child in group.must_not]
    return must[0] if len(must) == 1 else wq.And(must)


def _any(queries: list[Any], boost: float = 1.0) -> Any:
    if not queries:
        return wq.NullQuery
    return queries[0] if len(queries) == 1 and boost == 1.0 else wq.Or(queries, boost=boost)


def _term(term: Term) -> Any:
    field = level_field(term.field, term.level)
    if term.pattern is None:
        return _any([wq.Term(field, text) for text in term.texts])
    text = term.pattern.text
    if term.pattern.edits:
        return wq.FuzzyTerm(field, text, maxdist=term.pattern.edits, prefixlength=0)
    if text.endswith("*") and not set("*?[]") & set(text[:-1]):
        return wq.Prefix(field, text[:-1])
    return wq.Wildcard(field, text)


def _phrase(field: str, words: tuple[str, ...], slop: int = 0) -> Any:
    if len(words) == 1:
        return wq.Term(field, words[0])
    return wq.Phrase(field, list(words), slop=1 + slop)


def _near(field: str, clause: NearClause) -> Any:
    """Return a query in which the sides stand in either order, each beside the next."""
    found = _row(field, clause.rows[0])
    for row, gap in zip(clause.rows[1:], clause.gaps, strict=True):
        found = NearQuery(found, _row(field, row), slop=gap + 1, ordered=False)
    return found


def _row(field: str, row: tuple[Alternative, ...]) -> Any:
    sides = [_phrase(level_field(field, side.level), side.terms) for side in row]
    return sides[0] if len(sides) == 1 else spans.SpanOr(sides)


def from_whoosh(query: Any) -> Node:
    """Return the node that asks the same: terms are words taken exactly, as they stand in the index.

    Raises:
        QueryError: the language has nothing like it.
    """
    if query == wq.NullQuery:
        return Group()
    for kind in type(query).__mro__:
        if kind in _NODES:
            return _NODES[kind](query)
    raise QueryError(f"whoosh query {type(query).__name__}: nothing like it in the query language; take it apart")


def _of_term(query: Any) -> Node:
    return Word(query.text, field=query.fieldname, exact=True, boost=query.boost)


def _of_prefix(query: Any) -> Node:
    return Word(query.text + "*", field=query.fieldname, wildcards=True, boost=query.boost)


def _of_wildcard(query: Any) -> Node:
    if set("[]") & set(query.text):
        raise QueryError(f"whoosh query {query.text}: brackets are no wildcards of the query language; use * and ?")
    return Word(query.text, field=query.fieldname, wildcards=True, boost=query.boost)


def _of_fuzzy(query: Any) -> Node:
    return Word(query.text, field=query.fieldname, edits=min(max(query.maxdist, 1), 2), boost=query.boost)


def _of_phrase(query: Any) -> Node:
    return Phrase(" ".join(query.words), field=query.fieldname, boost=query.boost, slop=max(query.slop - 1, 0))


def _of_range(query: Any) -> Node:
    dates = isinstance(query, wq.DateRange)
    limits = (query.startdate, query.enddate) if dates else (query.start, query.end)
    low, high = (None if limit in (None, "") else limit.isoformat() if dates else str(limit) for limit in limits)
    return Range(low, high, query.fieldname, with_low=not query.startexcl, with_high=not query.endexcl)


def _of_every(query: Any) -> Node:
    if query.fieldname not in (None, "", "*"):
        return Range(None, None, query.fieldname)
    return Group(must_not=(Word("0", exact=True, field=""),))  # everything but nothing


def _of_and(query: Any) -> Node:
    must = [from_whoosh(child) for child in query.subqueries if not isinstance(child, wq.Not)]
    must_not = [from_whoosh(child.query) for child in query.subqueries if isinstance(child, wq.Not)]
    return Group(must=tuple(must), must_not=tuple(must_not))


def _of_or(query: Any) -> Node:
    return Group(should=tuple(from_whoosh(child) for child in query.subqueries))


def _of_near(query: Any) -> Node:
    if query.ordered or query.mindist != 1:
        raise QueryError("whoosh query SpanNear: NEAR is in any order; use a phrase for words in order")
    rows = tuple(_side(side) for side in (query.a, query.b))
    fields = {leaf.field for row in rows for leaf in row}
    if len(fields) > 1:
        raise QueryError("whoosh query SpanNear: different fields, but NEAR works in one; take it apart")
    return Near(rows, (query.slop - 1,), "NEAR", field=fields.pop())


def _side(query: Any) -> tuple[Word | Phrase, ...]:
    if isinstance(query, spans.SpanOr | wq.Or):
        return tuple(
            leaf for child in (query.subqs if hasattr(query, "subqs") else query.subqueries) for leaf in _side(child)
        )
    node = from_whoosh(query)
    if isinstance(node, Word) and not node.wildcards and node.edits is None:
        return (node,)
    if isinstance(node, Phrase) and not node.slop:
        return (node,)
    raise QueryError("whoosh query SpanNear: NEAR stands between words and phrases; take it apart")


_NODES: dict[Any, Callable[[Any], Node]] = {
    wq.Term: _of_term,
    wq.Prefix: _of_prefix,
    wq.Wildcard: _of_wildcard,
    wq.FuzzyTerm: _of_fuzzy,
    wq.Phrase: _of_phrase,
    wq.TermRange: _of_range,
    wq.NumericRange: _of_range,
    wq.DateRange: _of_range,
    wq.Every: _of_every,
    wq.And: _of_and,
    wq.Or: _of_or,
    wq.DisjunctionMax: _of_or,
    wq.Not: lambda query: Group(must_not=(from_whoosh(query.query),)),
    wq.AndNot: lambda query: Group(must=(from_whoosh(query.a),), must_not=(from_whoosh(query.b),)),
    wq.AndMaybe: lambda query: Group(must=(from_whoosh(query.a),), should=(from_whoosh(query.b),)),
    wq.Require: lambda query: Group(must=(from_whoosh(query.a), from_whoosh(query.b))),
    wq.ConstantScoreQuery: lambda query: from_whoosh(query.child),
    spans.SpanNear: _of_near,
}
