"""Where the words of a query stand in the documents found: near the beginning, and side by side.

A *place term* is one word in one field: the posting lists of its alternatives, of which the best counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import int64s, uint32s
from searchkit._core.cursors import MAX_LISTS, Cursors

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_MAX_POSITIONS = 1 << 14  # of one word in one document; those after them are not looked at
_MAX_DOCS = 256
_MAX_LISTS = MAX_LISTS
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20


class Places:
    """Scores places; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._where = int64s(_MAX_LISTS)  # of each list, the place of the document in its block, or -1
        self._ordered = int64s(_MAX_DOCS)
        self._decoded = int64s(_MAX_LISTS)  # of each list, where its positions in the document are, or -1
        self._numbers = int64s(_MAX_LISTS)  # ... and how many there are
        self._positions = uint32s(4 * _MAX_POSITIONS)  # as long as there is room; the last two parts are for the rest
        self._used = 0

    def add(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        terms: array[int],
        weights: array[float],
        half: float,
        pairs: array[int],
        pair_weights: array[float],
        first_doc: int,
        docs: array[int],
        scores: array[float],
        n: int,
    ) -> None:
        """Add to the scores of those documents that are of a segment what their words' places are worth.

        Args:
            data: uint8[size], the file.
            num_docs: documents in the segment.
            lists: int64[6 * n], see ``Cursors.open``; all have positions.
            terms: int64[t + 1], the lists of term i are terms[i]:terms[i + 1].
            weights: float64[t], what the term is worth at the very beginning of a field.
            half: the position at which it is worth half of that, in tokens, > 0.
            pairs: int64[2 * p], terms of which the second follows the first in the query.
            pair_weights: float64[p], what it is worth that they stand so in a document, once or more.
            first_doc: what is added to the segment's document numbers.
            docs: int64[>= n], in any order.
            scores: float64[>= n], added to.
            n: number of documents, at most 256.

        Raises:
            ValueError: the file is damaged, or there are too many lists.
        """
        if len(lists) > 6 * _MAX_LISTS or n > _MAX_DOCS:
            raise ValueError("too many posting lists or documents")
        self.cursors.open(data, num_docs, lists)
        with cython.nogil:
            size = self._order(first_doc, num_docs, docs, n)
            for i in range(size):
                at = self._ordered[i]
                scores[at] += self._score(docs[at] - first_doc, terms, weights, half, pairs, pair_weights)
        if self.cursors.damaged:
            raise ValueError("damaged posting list")

    def _order(self, first_doc: int, num_docs: int, docs: array[int], n: int) -> int:
        """Find where the documents of the segment are, in ascending order of these; return how many there are."""
        size = 0
        for i in range(n):
            if first_doc <= docs[i] < first_doc + num_docs:
                at = size
                size += 1
                while at > 0 and docs[self._ordered[at - 1]] > docs[i]:
                    self._ordered[at] = self._ordered[at - 1]
                    at -= 1
                self._ordered[at] = i
        return size

    def _score(
        self,
        doc: int,
        terms: array[int],
        weights: array[float],
        half: float,
        pairs: array[int],
        pair_weights: array[float],
    ) -> float:
        score = 0.0
        self._used = 0
        for term in range(len(weights)):
            best = -1
            for number in range(terms[term], terms[term + 1]):
                place = self.cursors.find(number, doc)
                self._where[number] = place
                self._decoded[number] = -1
                if place >= 0:
                    first = self.cursors.first(number, place)
                    if best < 0 or first < best:
                        best = first
            if best >= 0:
                score += (weights[term] * half / (half + best) + _ROUNDER) - _ROUNDER
        for pair in range(len(pair_weights)):
            if self._meet(terms, pairs[2 * pair], pairs[2 * pair + 1]):
                score += (pair_weights[pair] + _ROUNDER) - _ROUNDER
        return score

    def _meet(self, terms: array[int], one: int, other: int) -> bool:
        """Tell whether the second term follows the first at once in the document."""
        for a in range(terms[one], terms[one + 1]):
            if self._where[a] >= 0:
                for b in range(terms[other], terms[other + 1]):
                    if self._where[b] >= 0 and self._follows(a, b):
                        return True
        return False

    def _follows(self, a: int, b: int) -> bool:
        """Tell whether an occurrence of list b comes right after one of list a."""
        n = self.cursors.tf(a, self._where[a])
        m = self.cursors.tf(b, self._where[b])
        if n == 1 and m == 1:
            wanted = self.cursors.first(a, self._where[a])
            wanted += 1  # in its own type: a position has 32 bits
            return self.cursors.first(b, self._where[b]) == wanted
        one = self._decode(a, 2 * _MAX_POSITIONS)
        other = self._decode(b, 3 * _MAX_POSITIONS)
        end = one + self._numbers[a]
        last = other + self._numbers[b]
        while one < end:
            wanted = self._positions[one]
            wanted += 1
            while other < last and self._positions[other] < wanted:
                other += 1
            if other == last:
                return False
            if self._positions[other] == wanted:
                return True
            one += 1
        return False

    def _decode(self, number: int, place: int) -> int:
        """Return where the positions of a list in the document are: at this place if there is no room to keep them."""
        if self._decoded[number] >= 0:
            return self._decoded[number]
        tf = min(self.cursors.tf(number, self._where[number]) + 0, _MAX_POSITIONS)
        if self._used + tf <= 2 * _MAX_POSITIONS:
            place = self._used
            self._used += tf
            self._decoded[number] = place
        self._numbers[number] = self.cursors.positions_at(number, self._where[number], self._positions, place, tf)
        return place


def sort_best(docs: array[int], scores: array[float], n: int) -> None:
    """Bring n documents in order, best first, of equals the smallest first; they are nearly so."""
    for i in range(1, n):
        doc = docs[i]
        score = scores[i]
        at = i
        while at > 0 and (scores[at - 1] < score or (scores[at - 1] == score and docs[at - 1] > doc)):
            docs[at] = docs[at - 1]
            scores[at] = scores[at - 1]
            at -= 1
        docs[at] = doc
        scores[at] = score
