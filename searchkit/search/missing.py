"""Which words of a query are in no document at any level of evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.analysis import level_field
from searchkit.query import GroupClause, WordClause

if TYPE_CHECKING:
    from searchkit.query import Clause
    from searchkit.search.statistics import Statistics

FEW = 2
"""Documents of a word that are so few that another may have been meant."""

FAR_MORE = 50
"""Times as many documents as a rare word's has a word that was probably meant."""

_FOREIGN = 100  # a Latin word in more than this part of all documents is at home there
_MAX_WORDS = 8192  # remembered at a time
_LETTERS = re.compile("[\u0621-\u064a]+|[0-9]*[a-z][a-z0-9]*")  # no number is meant to be another


class Missing:
    """Knows the words of one snapshot; any number of threads may share it."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._known: dict[int, tuple[WordClause, int]] = {}  # by identity: to compare clauses takes longer

    def any(self, clause: Clause) -> bool:
        """Tell whether a query has such a word, or one that may have been meant to be another."""
        if isinstance(clause, WordClause):
            return self.word(clause) or self.rare(clause) or self.foreign(clause)
        if isinstance(clause, GroupClause):
            for part in (clause.should, clause.must):
                for child in part:
                    if self.any(child):
                        return True
        return False

    def word(self, clause: WordClause) -> bool:
        """Tell whether nothing is evidence of a word that may be replaced: not one that is to be taken exactly."""
        return not self._count(clause) and self.replaceable(clause)

    def nowhere(self, clause: WordClause) -> bool:
        """Tell whether no document has a word, or another in its place."""
        return not clause.also and not any(term.pattern for term in clause.terms) and not self.count(clause)

    def foreign(self, clause: WordClause) -> bool:
        """Tell whether a word is in Latin letters, and in so few documents that they may write it in Arabic."""
        return (
            "a" <= surface(clause)[:1] <= "z"
            and self.replaceable(clause)
            and self._count(clause) <= max(FEW, self._statistics.num_docs // _FOREIGN)
        )

    def rare(self, clause: WordClause) -> bool:
        """Tell whether a word is in so few documents that another may have been meant."""
        return (
            self._statistics.num_docs > FAR_MORE
            and self._count(clause) <= FEW
            and self.replaceable(clause)
            and self._count(clause) > 0
        )

    def replaceable(self, clause: WordClause) -> bool:
        """Tell whether something else may be searched for a word."""
        return (
            not clause.function
            and not clause.also  # the index has another way to write it
            and not clause.expanded
            and _LETTERS.fullmatch(surface(clause)) is not None
            and any(term.level != "surface" for term in clause.terms)
        )

    def _count(self, clause: WordClause) -> int:
        """Return ``count``, remembered."""
        known = self._known.get(id(clause))
        if known is not None and known[0] is clause:
            return known[1]
        count = self.count(clause)
        if len(self._known) >= _MAX_WORDS:
            self._known.clear()
        self._known[id(clause)] = clause, count
        return count

    def count(self, clause: WordClause) -> int:
        """Return in how many documents the most frequent evidence of a word is, deleted ones too."""
        most = 0
        for term in clause.terms:
            field = level_field(term.field, term.level)
            for text in term.texts:
                most = max(most, sum([entry.df for entry in self._statistics.find(field, text) if entry]))
        return most


def surface(clause: WordClause) -> str:
    """Return a word as it is folded."""
    return clause.terms[0].texts[0]
