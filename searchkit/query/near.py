"""NEAR to look-ups: for each of its sides, the words and phrases that may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.errors import QueryError
from searchkit.query.nodes import Near, Phrase, Word
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 256
"""Words of one phrase or one NEAR, every form of a word counted."""


class Alternative(NamedTuple):
    """What may stand on one side: terms of one level, one after the other."""

    level: str
    terms: tuple[str, ...]
    text: str  # as written


class NearClause(NamedTuple):
    """One alternative of each row in any order, each near the next, in any one of the fields."""

    text: str
    fields: tuple[str, ...]
    rows: tuple[tuple[Alternative, ...], ...]
    gaps: tuple[int, ...]  # words at most between one row and the next; one fewer than rows
    boost: float = 1.0


def rewrite_near(node: Near, fields: tuple[str, ...], levels: Sequence[str]) -> NearClause:
    """Return what to look up; a side without a word in it is left out, and there may be less than two.

    Raises:
        QueryError: there are more words than can be looked up at once.
    """
    rows: list[tuple[Alternative, ...]] = []
    gaps: list[int] = []
    gap = 0  # before the next row
    for row, after in zip(node.operands, (*node.gaps, 0), strict=True):
        found = dict.fromkeys(alternative for leaf in row for alternative in _alternatives(leaf, levels))
        if found:
            if rows:
                gaps.append(gap)
            rows.append(tuple(found))
            gap = 0
        gap = max(gap, after)
    check_length(sum(len(alternative.terms) for row in rows for alternative in row), "NEAR")
    return NearClause(node.text, fields, tuple(rows), tuple(gaps), node.boost)


def check_length(size: int, what: str) -> None:
    """Refuse a phrase that is longer than the kernels have room for.

    Raises:
        QueryError: it is.
    """
    if size > MOST_WORDS:
        raise QueryError(f"query: {what} of {size} words; use at most {MOST_WORDS} of them")


def _alternatives(leaf: Word | Phrase, levels: Sequence[str]) -> list[Alternative]:
    words = tuple(token.surface for token in tokenize(leaf.text))
    if not words:
        return []
    found = [Alternative(LEVELS[0], words, leaf.text)]
    if len(words) == 1 and isinstance(leaf, Word) and not leaf.exact and "lemma" in levels:
        forms = evidence(words[0]).terms(words[0], "lemma")
        found += [Alternative("lemma", (form,), leaf.text) for form in forms]
    return found
