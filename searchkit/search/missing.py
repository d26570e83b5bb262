"""Which words of a query are in no document at any level of evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.query import GroupClause, WordClause

if TYPE_CHECKING:
    from searchkit.query import Clause
    from searchkit.search.plan import Planner

FEW = 2
"""Documents of a word that are so few that another may have been meant."""

FAR_MORE = 50
"""Times as many documents as a rare word's has a word that was probably meant."""

_FOREIGN = 100  # a Latin word in more than this part of all documents is at home there
_LETTERS = re.compile("[\u0621-\u064a]+|[0-9]*[a-z][a-z0-9]*")  # no number is meant to be another


class Missing:
    """Knows the words of one snapshot; any number of threads may share it."""

    def __init__(self, planner: Planner, num_docs: int) -> None:
        self._planner = planner
        self._num_docs = num_docs

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
        if clause.expanded:
            return False
        looked = self._planner.look(clause)
        if looked.missing is None:
            looked.missing = looked.most == 0 and self.replaceable(clause)
        return looked.missing

    def nowhere(self, clause: WordClause) -> bool:
        """Tell whether no document has a word, or another in its place."""
        return not clause.also and not any(term.pattern for term in clause.terms) and not self.count(clause)

    def foreign(self, clause: WordClause) -> bool:
        """Tell whether a word is in Latin letters, and in so few documents that they may write it in Arabic."""
        return (
            "a" <= surface(clause)[:1] <= "z"
            and self.replaceable(clause)
            and self.count(clause) <= max(FEW, self._num_docs // _FOREIGN)
        )

    def rare(self, clause: WordClause) -> bool:
        """Tell whether a word is in so few documents that another may have been meant."""
        if self._num_docs <= FAR_MORE or clause.expanded:
            return False
        return 0 < self.count(clause) <= FEW and self.replaceable(clause)

    def replaceable(self, clause: WordClause) -> bool:
        """Tell whether something else may be searched for a word."""
        return (
            not clause.function
            and not clause.also  # the index has another way to write it
            and not clause.expanded
            and _LETTERS.fullmatch(surface(clause)) is not None
            and any(term.level != "surface" for term in clause.terms)
        )

    def count(self, clause: WordClause) -> int:
        """Return in how many documents the most frequent evidence of a word is, deleted ones too."""
        return self._planner.look(clause).most


def surface(clause: WordClause) -> str:
    """Return a word as it is folded."""
    return clause.terms[0].texts[0]
