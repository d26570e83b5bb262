"""How the pieces of evidence add up.

A query word scores in each field with its best piece of evidence, ``field weight * level weight * BM25``: the very
word is rarer than its lemma, and that than its root, so their idf ranks them. Then, among the best documents, the
places of words tell: what stands near the beginning of a text is what the text is about, two words near each other
belong together, and side by side, as in the query, they are a name or a term. What all of these documents have counts
least.
"""

from __future__ import annotations

from searchkit.ranking.bm25 import BM25
from searchkit.records import NamedTuple


class Model(NamedTuple):
    """Weights and parameters; see ARCHITECTURE.md for what they were measured on."""

    surface: float = 1.0
    lemma: float = 1.0
    related: float = 0.8  # lemmas of words that say the same in another part of speech
    synonym: float = 0.7  # of other ways to write a word, times the weight of each
    root: float = 0.4
    name: float = 1.0
    wildcard: float = 1.0  # of words that fit a pattern
    fuzzy: float = 0.5  # of words spelt nearly so
    title: float = 1.6  # a title is evidence of its own, and passages of one article share it
    other_field: float = 1.0
    function_word: float = 0.5
    phrase: float = 2.0
    run: float = 3.0  # of the query's words as they were typed, side by side, function words included
    placed: int = 64  # documents, the best by their words alone, in which the places of words count
    beginning: float = 0.7  # of a word at the very beginning of a text; titles have no places
    half: float = 16.0  # the position at which that is down to one half, in words
    near: float = 0.3  # of two words near each other, to the rarity of that among the best; once is enough
    reach: int = 8  # how far apart these may be, in words
    neighbours: float = 0.4  # of two words side by side, as in the query, beside that
    vowels: float = 1.0  # of a word with the vowels that were typed, to its idf; half of it where it has none
    bm25: BM25 = BM25()
    fit: float = 1.0  # how far the parameters of BM25 follow the lengths of texts; at 0 they are taken as they are

    @property
    def has_places(self) -> bool:
        """Whether the places of words count."""
        return bool(self.beginning or self.near or self.neighbours)

    def level_weight(self, level: str) -> float:
        """Return the weight of a level of evidence, of a phrase, or of words that a pattern stands for."""
        weight: float = getattr(self, level)
        return weight

    def field_weight(self, field: str) -> float:
        """Return the weight of a field."""
        return self.title if field == "title" else self.other_field
