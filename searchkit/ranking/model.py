"""How the pieces of evidence add up: one weighted sum of BM25 scores.

For each query word and each field, the score of a document is the sum over the levels of
``field weight * level weight * BM25``. A document with the very word has its lemma and root as well, so it comes before
one with another form of the word, and that before a cognate.
"""

from __future__ import annotations

from typing import NamedTuple

from searchkit.ranking.bm25 import BM25


class Model(NamedTuple):
    """Weights and parameters; the defaults are measured, see ARCHITECTURE.md."""

    surface: float = 0.5
    lemma: float = 1.0
    root: float = 0.25
    name: float = 0.8
    title: float = 1.0
    other_field: float = 1.0
    function_word: float = 0.5
    phrase: float = 2.0
    bm25: BM25 = BM25()

    def level_weight(self, level: str) -> float:
        """Return the weight of a level of evidence."""
        return {"surface": self.surface, "lemma": self.lemma, "root": self.root, "name": self.name}[level]

    def field_weight(self, field: str) -> float:
        """Return the weight of a field."""
        return self.title if field == "title" else self.other_field
