"""The k best documents so far, and how much one must score to be among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s, int64s

if TYPE_CHECKING:
    from array import array

_NONE = -1.0  # less than any score


class Heap:
    """A binary heap with the worst of the best on top, and beside it one of scores alone, to try out a bar."""

    def __init__(self) -> None:
        self.k = 0
        self.size = 0
        self.bar = _NONE  # the least of the scores tried out
        self._docs = int64s(0)
        self._scores = float64s(0)
        self._tried = float64s(0)

    def begin(self, k: int) -> None:
        """Forget everything and collect the k best."""
        self.k = k
        self.size = 0
        if len(self._docs) < k:
            self._docs = int64s(k)
            self._scores = float64s(k)
            self._tried = float64s(k)

    def worst(self) -> float:
        """Return what a document must score more than; -1 if there are not yet k."""
        return self._scores[0] if self.size == self.k else _NONE

    def push(self, score: float, doc: int) -> None:
        """Take in a document; they come in order, so of equals the ones there are better."""
        if self.size < self.k:
            at = self.size
            self.size += 1
            while at > 0 and self._scores[(at - 1) >> 1] >= score:
                self._scores[at] = self._scores[(at - 1) >> 1]
                self._docs[at] = self._docs[(at - 1) >> 1]
                at = (at - 1) >> 1
            self._scores[at] = score
            self._docs[at] = doc
        elif score > self._scores[0]:
            self._sink(score, doc)

    def take(self, docs: array[int], scores: array[float]) -> int:
        """Write the documents, best first, of equals the smallest first, forget them and return their number.

        Args:
            docs: int64[>= k].
            scores: float64[>= k].
        """
        size = self.size
        for place in range(size - 1, -1, -1):
            docs[place] = self._docs[0]
            scores[place] = self._scores[0]
            self.size = place
            self._sink(self._scores[place], self._docs[place])
        self.size = 0
        return size

    def _sink(self, score: float, doc: int) -> None:
        """Put a document in place of the worst and restore the heap."""
        at = 0
        while True:
            child = 2 * at + 1
            if child >= self.size:
                break
            if child + 1 < self.size and self._is_worse(child + 1, child):
                child += 1
            worst = self._scores[child]
            if worst > score or (worst == score and self._docs[child] < doc):
                break
            self._scores[at] = worst
            self._docs[at] = self._docs[child]
            at = child
        self._scores[at] = score
        self._docs[at] = doc

    def _is_worse(self, a: int, b: int) -> bool:
        """Tell whether place a is worse than place b."""
        if self._scores[a] == self._scores[b]:
            return self._docs[a] > self._docs[b]
        return self._scores[a] < self._scores[b]

    def begin_bar(self, least: float) -> None:
        """Set the bar to the k-th best of what is here, and to ``least`` if that is more."""
        for i in range(self.k):
            self._tried[i] = least
        self.bar = least
        for i in range(self.size):
            if self._scores[i] > self.bar:
                self.raise_bar(self._scores[i])

    def raise_bar(self, score: float) -> None:
        """Set the bar to the k-th best of what was tried and this score, which is above the bar."""
        at = 0
        while True:
            child = 2 * at + 1
            if child >= self.k:
                break
            if child + 1 < self.k and self._tried[child + 1] < self._tried[child]:
                child += 1
            if self._tried[child] >= score:
                break
            self._tried[at] = self._tried[child]
            at = child
        self._tried[at] = score
        self.bar = self._tried[0]
