"""Which words of a query are in no document at any level of evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.analysis import level_field
from searchkit.analysis.evidence import POSITIONED
from searchkit.arabic.morphology import analyze, read_word
from searchkit.arabic.names import name_key
from searchkit.query import GroupClause, WordClause, has_forms

if TYPE_CHECKING:
    from searchkit.query import Clause
    from searchkit.search.plan import Planner
    from searchkit.search.statistics import Statistics

FEW = 2
"""Documents of a word that are so few that another may have been meant."""

FAR_MORE = 20
"""Times as many documents as a rare word's has a word that was probably meant."""

_FOREIGN = 100  # a Latin word in more than this part of all documents is at home there
_UNKNOWN = 1000  # a word that no dictionary has is rare in less than this part of all documents
_RATHER = 20  # times as many documents, for a name
_SEVERAL = 5  # documents of a name, where none has the word as it is typed

_MAX_WORDS = 8192  # remembered at a time
_LETTERS = re.compile("[\u0621-\u064a]+|[0-9]*[a-z][a-z0-9]*")  # no number is meant to be another


class Missing:
    """Knows the words of one snapshot; any number of threads may share it."""

    def __init__(self, planner: Planner, statistics: Statistics) -> None:
        self._planner = planner
        self._statistics = statistics
        self._num_docs = statistics.num_docs
        self._misread: dict[tuple[str, str, int], bool] = {}
        self._own: dict[tuple[str, str, int], int] = {}

    def any(self, clause: Clause) -> bool:
        """Tell whether a query has such a word, or one that may have been meant to be another."""
        if isinstance(clause, WordClause):
            if not self.replaceable(clause):
                return False
            count = self.count(clause)
            return not count or self._rare(clause, count) or self._foreign(clause, count) or self._misreads(clause)
        if isinstance(clause, GroupClause):
            for part in (clause.should, clause.must):
                for child in part:
                    if self.any(child):
                        return True
        return False

    def lacks(self, clause: Clause) -> bool:
        """Tell whether a query has a word that no document has."""
        if isinstance(clause, GroupClause):
            return any(map(self.lacks, (*clause.should, *clause.must)))
        return isinstance(clause, WordClause) and self.word(clause)

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
        return self.replaceable(clause) and self._foreign(clause, self.count(clause))

    def _foreign(self, clause: WordClause, count: int) -> bool:
        return "a" <= surface(clause)[:1] <= "z" and count <= max(FEW, self._num_docs // _FOREIGN)

    def rare(self, clause: WordClause) -> bool:
        """Tell whether a word is in so few documents that another may have been meant, names like it aside."""
        return self.replaceable(clause) and self._rare(clause, self.count(clause))

    def _rare(self, clause: WordClause, count: int) -> bool:
        if self._num_docs <= FAR_MORE:
            return False
        if count > FEW and (clause.terms[-1].level != "name" or self.own(clause) > self._few(clause)):
            return False
        return count > 0

    def _few(self, clause: WordClause) -> int:
        """Return in how many documents a word may be that is rare: more if no dictionary has it."""
        unknown = read_word(surface(clause))[3]
        return max(FEW, self._num_docs // _UNKNOWN) if unknown else FEW

    def own(self, clause: WordClause) -> int:
        """Return in how many documents a word is in any form of its own, deleted ones too."""
        word = _asked(clause)
        known = self._own.get(word)
        if known is None:
            kinds = ((term, level_field(term.field, term.level)) for term in clause.terms if term.kind in POSITIONED)
            known = max([self._count(field, text) for term, field in kinds for text in term.texts], default=0)
            if len(self._own) >= _MAX_WORDS:
                self._own.clear()
            self._own[word] = known
        return known

    def misread(self, clause: WordClause) -> bool:
        """Tell whether a dictionary reads a word that is rare, and far more documents have a name that sounds like it.

        ``بوتن`` is two words to a dictionary, and no name.
        """
        return self.replaceable(clause) and self._misreads(clause)

    def _misreads(self, clause: WordClause) -> bool:
        if self._num_docs <= FAR_MORE:
            return False
        word = _asked(clause)
        known = self._misread.get(word)
        if known is None:
            known = self._is_misread(surface(clause), clause)
            if len(self._misread) >= _MAX_WORDS:
                self._misread.clear()
            self._misread[word] = known
        return known

    def _is_misread(self, word: str, clause: WordClause) -> bool:
        if any(term.level == "name" for term in clause.terms) or not (key := name_key(word)):
            return False
        fields = dict.fromkeys([term.field for term in clause.terms])
        of_name = max([self._count(level_field(field, "name"), key) for field in fields])
        count = max([self._count(field, word) for field in fields])
        if of_name < (_RATHER * count or _SEVERAL):
            return False
        return analyze(word).stem != word  # asked last, as it takes longest

    def _count(self, field: str, term: str) -> int:
        return sum(entry.df for entry in self._statistics.find(field, term) if entry)

    def replaceable(self, clause: WordClause) -> bool:
        """Tell whether something else may be searched for a word."""
        return (
            not clause.function
            and not clause.also  # the index has another way to write it
            and not clause.expanded
            and has_forms(clause)
            and _LETTERS.fullmatch(surface(clause)) is not None
        )

    def count(self, clause: WordClause) -> int:
        """Return in how many documents the most frequent evidence of a word is, deleted ones too."""
        return self._planner.look(clause).most


def surface(clause: WordClause) -> str:
    """Return a word as it is folded."""
    return clause.terms[0].texts[0]


def _asked(clause: WordClause) -> tuple[str, str, int]:
    """Return what tells a word from the same one in other fields or at fewer levels."""
    return surface(clause), clause.terms[0].field, len(clause.terms)
