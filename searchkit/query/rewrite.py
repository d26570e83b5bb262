"""Nodes to clauses: what to look up in the index, level by level.

A clause knows nothing of weights; those are the ranking's.
"""

from __future__ import annotations

from typing import NamedTuple

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.arabic.function_words import is_function_word
from searchkit.query.nodes import Group, Node, Phrase, Word

DEFAULT_FIELDS = ("title", "text")


class Term(NamedTuple):
    """One look-up: the alternatives count as one word."""

    field: str
    level: str
    texts: tuple[str, ...]


class WordClause(NamedTuple):
    """A word with all its evidence in all its fields."""

    text: str  # as written
    terms: tuple[Term, ...]
    boost: float = 1.0
    function: bool = False  # weakens: it must not find a document by itself
    prefix: bool = False  # the terms are beginnings


class PhraseClause(NamedTuple):
    """Surface words at given distances, in any one of the fields."""

    text: str
    fields: tuple[str, ...]
    words: tuple[str, ...]
    boost: float = 1.0


class GroupClause(NamedTuple):
    """As ``Group``."""

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()


class AllClause(NamedTuple):
    """Every document, all alike: what is left of "everything but"."""


Clause = WordClause | PhraseClause | GroupClause | AllClause


def rewrite(node: Node) -> Clause:
    """Return the look-ups that answer a query; a group without parts if nothing in it is a word."""
    if isinstance(node, Group):
        return _rewrite_group(node)
    fields = DEFAULT_FIELDS if node.field is None else (node.field,)
    if isinstance(node, Phrase):
        words = tuple(token.surface for token in tokenize(node.text))
        return PhraseClause(node.text, fields, words, node.boost) if words else GroupClause()
    tokens = tokenize(node.text)
    clauses = [
        _word(
            node, token.surface, node.text[token.start : token.end], fields, prefix=node.prefix and token is tokens[-1]
        )
        for token in tokens
    ]
    return clauses[0] if len(clauses) == 1 else GroupClause(should=tuple(clauses))


def _rewrite_group(group: Group) -> Clause:
    must, should, must_not = (
        [clause for node in part if (clause := rewrite(node)) != GroupClause()]
        for part in (group.must, group.should, group.must_not)
    )
    if must_not and not must and not should:
        should = [AllClause()]
    flat: list[Clause] = []  # so that function words know of all other words
    for clause in should:
        plain = isinstance(clause, GroupClause) and not clause.must and not clause.must_not
        flat.extend(clause.should if plain and isinstance(clause, GroupClause) else [clause])
    return GroupClause(tuple(must), tuple(flat), tuple(must_not))


def _word(node: Word, surface: str, written: str, fields: tuple[str, ...], *, prefix: bool) -> WordClause:
    terms: list[Term] = []
    levels = LEVELS[:1] if node.exact or prefix else LEVELS
    found = evidence(surface)
    for level in levels:
        texts = found.terms(surface, level)
        if texts:
            terms.extend(Term(field, level, texts) for field in fields)
    function = not node.exact and not prefix and is_function_word(surface)
    return WordClause(written, tuple(terms), node.boost, function, prefix)
