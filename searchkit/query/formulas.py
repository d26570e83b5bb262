"""Formulas that texts may write as one sign: ``صلى الله عليه وسلم`` and ﷺ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.folding import fold
from searchkit.arabic.formulas import SIGNS
from searchkit.query.equivalents import Alternative, Found

if TYPE_CHECKING:
    from collections.abc import Sequence


class Formulas:
    """Knows them; any number of threads may share it."""

    def __init__(self) -> None:
        self._signs = {tuple(fold(words).split()): Alternative((fold(sign),), sign, exact=True)
                       for sign, words in SIGNS.items()}  # fmt: skip
        self._longest: dict[str, int] = {}
        for words in self._signs:
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def longest(self, first: str) -> int:
        """Return how many words the longest formula that begins with a folded word has; 0 if none begins so."""
        return self._longest.get(first, 0)

    def find(self, words: Sequence[str]) -> Found:
        """Return the longest formula at the beginning of folded words, as a sign."""
        for size in range(min(len(words), self.longest(words[0])), 0, -1):
            sign = self._signs.get(tuple(words[:size]))
            if sign is not None:
                return Found(size, (sign,))
        return Found(0, ())

    def with_signs(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return folded words with signs for the formulas among them."""
        if self._longest.keys().isdisjoint(words):
            return tuple(words)
        made: list[str] = []
        at = 0
        while at < len(words):
            found = self.find(words[at:]) if words[at] in self._longest else Found(0, ())
            made += [words[at]] if not found.others else found.others[0].words
            at += max(1, found.size)
        return tuple(made)

    def end_before(self, words: Sequence[str]) -> int:
        """Return how many words there are before a formula at their end; all if there is none, or nothing else."""
        for at in range(1, len(words)):
            if words[at] in self._longest and at + self.find(words[at:]).size == len(words):
                return at
        return len(words)


FORMULAS = Formulas()
