"""Where words stand in a document: near its beginning, and next to each other.

Occurrences of a term are uint32[n] of documents beside uint32[n] of frequencies, and the positions of all of them,
document after document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array


def score_beginnings(
    tfs: array[int], n: int, positions: array[int], weight: float, half: float, scores: array[float]
) -> None:
    """Write ``weight * half / (half + p)`` for each document, p being the first position in it.

    Args:
        tfs: uint32[>= n], each >= 1.
        n: number of documents.
        positions: uint32[>= sum(tfs)].
        weight: what a word at the very beginning scores.
        half: the position that scores half of that, > 0.
        scores: float64[>= n], filled.
    """
    at = 0
    for i in range(n):
        scores[i] = weight * half / (half + positions[at])
        at += tfs[i]


def neighbours(
    docs: array[int],
    tfs: array[int],
    n: int,
    positions: array[int],
    next_docs: array[int],
    next_tfs: array[int],
    m: int,
    next_positions: array[int],
    found: array[int],
) -> int:
    """Write the documents in which one term is followed at once by the other at least once, and return their number.

    Args:
        docs: uint32[>= n], strictly increasing.
        tfs: uint32[>= n].
        n: number of documents.
        positions: uint32[>= sum(tfs)].
        next_docs: uint32[>= m], of the other term, strictly increasing.
        next_tfs: uint32[>= m].
        m: number of its documents.
        next_positions: uint32[>= sum(next_tfs)].
        found: uint32[>= min(n, m)], filled.
    """
    size = 0
    j = 0
    first = 0
    next_first = 0
    for i in range(n):
        doc = docs[i]
        last = first + tfs[i]
        while j < m and next_docs[j] < doc:
            next_first += next_tfs[j]
            j += 1
        if j == m:
            break
        if next_docs[j] == doc:
            at = next_first
            next_last = next_first + next_tfs[j]
            while first < last and at < next_last:
                wanted = positions[first]
                wanted += 1  # in its own type: a position has 32 bits
                if next_positions[at] < wanted:
                    at += 1
                elif next_positions[at] > wanted:
                    first += 1
                else:
                    found[size] = doc
                    size += 1
                    break
        first = last
    return size
