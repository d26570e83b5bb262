"""Words that were typed with vowels: of the best documents, those that have them so come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit._core.places import sort_best
from searchkit.analysis import LEVELS
from searchkit.analysis.find import WordFinder
from searchkit.arabic.spelling import agreement, tells_vowels
from searchkit.query import WordClause, leaves
from searchkit.records import NamedTuple
from searchkit.search.best import find_best
from searchkit.search.texts import field_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.query import Clause
    from searchkit.search.best import Among, Best, Snapshot

LOOKED_AT = 24
"""Documents, the best without vowels, that are read to compare them: to read one takes as long as to find it."""

_CLITICS = ("", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ك", "كال", "ل", "لل")
_PREFERENCE = {1: 1.0, 0: 0.5, -1: 0.0}  # by ``agreement``; a document without the word gets nothing


class Seen(NamedTuple):
    """The spelling in a document that agrees best with a word as it was typed."""

    word: WordClause
    agreement: int
    written: str
    field: str
    position: int  # from 0
    worth: float  # what is added to the score


class Vowels:
    """The words of a query that have vowels."""

    def __init__(self, snapshot: Snapshot, clause: Clause) -> None:
        leaving = [leaf for leaf in leaves(clause) if isinstance(leaf, WordClause) and not leaf.expanded]
        words = [leaf for leaf in leaving if leaf.terms[0].kind == LEVELS[0]]  # not what is typed in several words
        self._words: list[tuple[WordClause, frozenset[str], float]] = []
        for word in words:
            if snapshot.model.vowels and tells_vowels(word.text):
                surface = word.terms[0].texts[0]
                forms = frozenset(clitic + surface for clitic in _CLITICS)
                self._words.append((word, forms, _weight(snapshot, word)))
        if self._words:
            self._finder = WordFinder(form for _, forms, _ in self._words for form in sorted(forms))

    def __bool__(self) -> bool:
        return bool(self._words)

    def look(self, document: Mapping[str, Any]) -> list[Seen]:
        """Return how a document writes the words; those it does not have are left out."""
        fields = dict.fromkeys(term.field for word, _, _ in self._words for term in word.terms)
        texts = {field: field_text(document, field) for field in fields}
        tokens = {field: self._finder.find(text) for field, text in texts.items()}
        found: list[Seen] = []
        for word, forms, weight in self._words:
            best: Seen | None = None
            for field in dict.fromkeys(term.field for term in word.terms):
                for token in tokens[field]:
                    if token.surface in forms:
                        written = texts[field][token.start : token.end]
                        agrees = agreement(word.text, written)
                        if best is None or agrees > best.agreement:
                            worth = weight * _PREFERENCE[agrees]
                            best = Seen(word, agrees, written, field, token.position, worth)
            if best is not None:
                found.append(best)
        return found


def find_voweled(snapshot: Snapshot, clause: Clause, limit: int, among: Among | None = None) -> Best:
    """Return the best documents; among the first of them, vowels as typed count.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    best = find_best(snapshot, clause, max(limit, snapshot.model.placed), among)
    placed = min(best.size, LOOKED_AT)
    known = snapshot.memory.get(clause)
    worths = {} if known is None else known.worths
    new = [doc for doc in best.docs[:placed] if doc not in worths]
    vowels = Vowels(snapshot, clause) if new else None
    if vowels:
        for doc in new:
            worths[doc] = sum(seen.worth for seen in vowels.look(snapshot.document(doc)))
    if worths:
        for at in range(placed):
            best.scores[at] += worths[best.docs[at]]
        sort_best(best.docs, best.scores, placed)
    return best._replace(size=min(best.size, limit))


def _weight(snapshot: Snapshot, word: WordClause) -> float:
    """Return what it is worth that a word is written as typed."""
    terms = [term for term in word.terms if term.kind == LEVELS[0]]
    rarity = min(
        snapshot.statistics.idf(term.field, [snapshot.statistics.find(term.field, text) for text in term.texts])
        for term in terms
    )
    boost = word.boost * (snapshot.model.function_word if word.function else 1.0)
    return snapshot.model.vowels * boost * rarity
