"""Where the words of a query stand in the documents found: near the beginning, near each other and side by side.

A *place term* is one word in one field: the posting lists of its alternatives, of which the best counts. First it is
noted where all documents have them, then what that is worth, since a place that all have tells none of them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import float64s, int64s, room
from searchkit._core.cursors import MAX_LISTS, Cursors

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_MAX_POSITIONS = 1 << 14  # of one word in one document; those after them are not looked at
_MAX_DOCS = 256
_MAX_LISTS = MAX_LISTS
_NEAR = 1
_BESIDE = 2
_BOTH = 3
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20


class Places:
    """Scores places; used by one thread at a time, again and again: ``begin``, ``look``, ``weigh``, ``add``."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._where = int64s(_MAX_LISTS)  # of each list, the place of the document in its block, or -1
        self._ordered = int64s(_MAX_DOCS)
        self._decoded = int64s(_MAX_LISTS)  # of each list, where its positions in the document are, or -1
        self._numbers = int64s(_MAX_LISTS)  # ... and how many there are
        # As long as there is room; the last two parts are for the rest.
        self._positions = room(4 * _MAX_POSITIONS, spare=True)
        self._used = 0
        self._size = 0  # documents
        self._num_terms = 0
        self._num_pairs = 0
        self._early = float64s(0)  # of each term and document, how near the beginning it is, 1 at the very beginning
        self._together = bytearray()  # of each pair and document, whether it is _NEAR, and _BESIDE

    def begin(self, num_terms: int, num_pairs: int, n: int) -> None:
        """Forget what was seen.

        Args:
            num_terms: of the query.
            num_pairs: of the query.
            n: number of documents, at most 256.

        Raises:
            ValueError: there are too many documents.
        """
        if n > _MAX_DOCS:
            raise ValueError("too many documents")
        self._size = n
        self._num_terms = num_terms
        self._num_pairs = num_pairs
        if len(self._early) < num_terms * n:
            self._early = float64s(num_terms * n)
        if len(self._together) < num_pairs * n:
            self._together = bytearray(num_pairs * n)
        for at in range(num_terms * n):
            self._early[at] = 0.0
        for at in range(num_pairs * n):
            self._together[at] = 0

    def look(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        terms: array[int],
        half: float,
        pairs: array[int],
        reach: int,
        first_doc: int,
        docs: array[int],
    ) -> None:
        """Note where words stand in those documents that are of a segment.

        Args:
            data: uint8[size], the file.
            num_docs: documents in the segment.
            lists: int64[6 * n], see ``Cursors.open``; all have positions.
            terms: int64[t + 1], the lists of term i are terms[i]:terms[i + 1].
            half: the position at which a term is half as near the beginning as the very first, in tokens, > 0.
            pairs: int64[2 * p], terms of which the second follows the first in the query.
            reach: how far apart they may be, in tokens, to be near each other, >= 1.
            first_doc: what is added to the segment's document numbers.
            docs: int64[>= n], in any order.

        Raises:
            ValueError: the file is damaged, or there are too many lists.
        """
        if len(terms) != self._num_terms + 1 or len(pairs) != 2 * self._num_pairs or len(docs) < self._size:
            raise ValueError("other terms, pairs or documents than were announced")
        if len(lists) > 6 * _MAX_LISTS:
            raise ValueError("too many posting lists")
        self.cursors.open(data, num_docs, lists)
        with cython.nogil:
            size = self._order(first_doc, num_docs, docs, self._size)
            for i in range(size):
                at = self._ordered[i]
                self._look(docs[at] - first_doc, at, terms, half, pairs, reach)
        if self.cursors.damaged:
            raise ValueError("damaged posting list")

    def weigh(self, weights: array[float], surprises: array[float], worths: array[float]) -> None:
        """Find out what places are worth: what all documents have in common tells none of them apart.

        Args:
            weights: float64[t + 2 * p], of terms, and of each pair for being near and for being side by side.
            surprises: float64[n + 1], what it is worth of a pair that so many documents have it.
            worths: float64[t + 2 * p], filled.

        Raises:
            ValueError: an array is too short.
        """
        if min(len(weights), len(worths)) < self._num_terms + 2 * self._num_pairs or len(surprises) <= self._size:
            raise ValueError("too few weights")
        for term in range(self._num_terms):
            total = 0.0
            for at in range(term * self._size, (term + 1) * self._size):
                total += self._early[at]
            worths[term] = weights[term] * (1 - total / self._size) if self._size else 0.0
        for pair in range(self._num_pairs):
            near = 0
            beside = 0
            for at in range(pair * self._size, (pair + 1) * self._size):
                near += self._together[at] & _NEAR
                beside += self._together[at] >> 1
            at = self._num_terms + 2 * pair
            worths[at] = (weights[at] * surprises[near] + _ROUNDER) - _ROUNDER
            worths[at + 1] = (weights[at + 1] * surprises[beside] + _ROUNDER) - _ROUNDER

    def add(self, worths: array[float], scores: array[float]) -> None:
        """Add to the scores of the documents what places are worth.

        Args:
            worths: float64[t + 2 * p], see ``weigh``.
            scores: float64[>= n], added to.

        Raises:
            ValueError: an array is too short.
        """
        if len(worths) < self._num_terms + 2 * self._num_pairs or len(scores) < self._size:
            raise ValueError("too few weights or scores")
        for i in range(self._size):
            score = 0.0
            for term in range(self._num_terms):
                early = self._early[term * self._size + i]
                if early > 0:
                    score += (worths[term] * early + _ROUNDER) - _ROUNDER
            for pair in range(self._num_pairs):
                found = self._together[pair * self._size + i]
                at = self._num_terms + 2 * pair
                if found & _NEAR:
                    score += worths[at]
                if found & _BESIDE:
                    score += worths[at + 1]
            scores[i] += score

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

    def _look(self, doc: int, at: int, terms: array[int], half: float, pairs: array[int], reach: int) -> None:
        self._used = 0
        for term in range(self._num_terms):
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
                self._early[term * self._size + at] = (half / (half + best) + _ROUNDER) - _ROUNDER
        for pair in range(self._num_pairs):
            self._together[pair * self._size + at] = self._meet(terms, pairs[2 * pair], pairs[2 * pair + 1], reach)

    def _meet(self, terms: array[int], one: int, other: int, reach: int) -> int:
        """Tell whether two terms are near each other in the document, and whether the second follows the first."""
        found = 0
        for a in range(terms[one], terms[one + 1]):
            if self._where[a] >= 0:
                for b in range(terms[other], terms[other + 1]):
                    if self._where[b] >= 0:
                        found |= self._apart(a, b, reach)
        return found

    def _apart(self, a: int, b: int, reach: int) -> int:
        """Tell how near occurrences of two lists come to each other; the same place is no two words."""
        n = self.cursors.tf(a, self._where[a])
        m = self.cursors.tf(b, self._where[b])
        if n == 1 and m == 1:
            gap = self.cursors.first(b, self._where[b])
            gap -= self.cursors.first(a, self._where[a])
            return _BOTH if gap == 1 else _NEAR if -reach <= gap <= reach and gap != 0 else 0
        one = self._decode(a, 2 * _MAX_POSITIONS)
        other = self._decode(b, 3 * _MAX_POSITIONS)
        end = one + self._numbers[a]
        last = other + self._numbers[b]
        found = 0
        while one < end and other < last and found != _BOTH:
            gap = self._positions[other]
            gap -= self._positions[one]
            if gap > 0:
                one += 1
                if gap <= reach:
                    found |= _BOTH if gap == 1 else _NEAR
            elif gap < 0:
                other += 1
                if gap >= -reach:
                    found |= _NEAR
            else:
                one += 1
                other += 1
                if one < end and self._positions[one] - self._positions[other - 1] <= reach:
                    found |= _NEAR
                if other < last:
                    gap = self._positions[other]
                    gap -= self._positions[one - 1]
                    if gap <= reach:
                        found |= _BOTH if gap == 1 else _NEAR
        return found

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
