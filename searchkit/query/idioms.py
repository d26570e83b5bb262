"""Words of a query that mean something else by the words beside them: "son of" in a name, honorifics after one.

The alef of ابن goes between two names, but few keep the rule, so either spelling finds the other there. Who writes
صلى الله عليه وسلم after a name asks for the name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query.rewrite import Clause, WordClause

SONS = ("بن", "ابن")
HONORIFIC_CUES = frozenset(
    ("صلي", "رضي", "عليه", "عليهم", "عليهما", "عليها", "رحمه", "رحمهم", "قدس", "تبارك", "جل", "سبحانه", "عز")
)
"""What honorifics begin with, folded."""
_CUES = HONORIFIC_CUES.union(SONS)


def plain_word(clause: Clause) -> str:
    """Return the folded word of a clause that stands for a word in any form; "" if it is none."""
    terms = getattr(clause, "terms", ())
    if not terms or terms[0].kind != LEVELS[0] or terms[-1].level == LEVELS[0]:
        return ""
    word: str = terms[0].texts[0]
    return word


def understood(row: Sequence[Clause]) -> Sequence[Clause]:
    """Return the parts of a query that stand side by side, as those beside them make them be understood."""
    if len(row) < 2:
        return row
    words = [plain_word(clause) for clause in row]
    if _CUES.isdisjoint(words):
        return row
    found = list(row)
    for at in range(1, len(row) - 1):
        if words[at] in SONS:
            found[at] = _either_son(found[at])
    if not HONORIFIC_CUES.isdisjoint(words):
        _weaken_honorifics(found, words)
    return found


def _weaken_honorifics(row: list[Clause], words: Sequence[str]) -> None:
    from searchkit.query.formulas import FORMULAS

    weak: set[int] = set()
    for at, word in enumerate(words):
        if word in HONORIFIC_CUES:
            weak.update(range(at, at + FORMULAS.find(words[at:]).size))
    if any(at not in weak and not getattr(clause, "function", False) for at, clause in enumerate(row)):
        for at in weak:
            row[at] = _weakened(row[at])


@lru_cache(maxsize=64)  # for the same word the same clause, as what is known of it is kept by that
def _either_son(clause: WordClause) -> WordClause:
    first = clause.terms[0].texts
    texts = first + tuple([word for word in SONS if word not in first])
    terms = [term._replace(texts=texts) if term.kind == LEVELS[0] else term for term in clause.terms]
    return clause._replace(terms=tuple(terms))


@lru_cache(maxsize=256)
def _weakened(clause: WordClause) -> WordClause:
    return clause._replace(function=True)
