"""Sets of matching documents with their scores: scored, united, intersected, ranked.

A *match list* is uint32[n] of strictly increasing documents beside float64[n] of scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes


def score_bm25(
    docs: array[int],
    tfs: array[int],
    n: int,
    lengths: Uint32s,
    weight: float,
    base: float,
    slope: float,
    scores: array[float],
) -> None:
    """Write ``weight * tf / (tf + base + slope * length)`` for each posting, rounded to a multiple of 2**-20.

    Args:
        docs: uint32[>= n], each < len(lengths).
        tfs: uint32[>= n].
        n: number of postings.
        lengths: uint32[num_docs], field lengths in tokens.
        weight: boost times idf.
        base: k1 * (1 - b).
        slope: k1 * b / average length.
        scores: float64[>= n], filled.
    """
    for i in range(n):
        tf = tfs[i]
        scores[i] = (weight * tf / (tf + (base + slope * lengths[docs[i]])) + _ROUNDER) - _ROUNDER


def add(docs: array[int], scores: array[float], n: int, sums: array[float], marks: WritableBytes) -> None:
    """Add a match list to ``sums`` (float64[num_docs]) and mark its documents in ``marks`` (uint8[num_docs])."""
    for i in range(n):
        doc = docs[i]
        sums[doc] += scores[i]
        marks[doc] = 1


def add_marked(docs: array[int], scores: array[float], n: int, sums: array[float], marks: WritableBytes) -> None:
    """Add to ``sums`` the scores of those documents of a match list that are marked already."""
    for i in range(n):
        doc = docs[i]
        if marks[doc]:
            sums[doc] += scores[i]


def unite_best(
    docs: array[int],
    scores: array[float],
    n: int,
    other: array[int],
    other_scores: array[float],
    m: int,
    out_docs: array[int],
    out_scores: array[float],
) -> int:
    """Write the union of two match lists, with the better score where both have a document; return its length.

    Args:
        docs: uint32[>= n].
        scores: float64[>= n].
        n: length of the first list.
        other: uint32[>= m].
        other_scores: float64[>= m].
        m: length of the second list.
        out_docs: uint32[>= n + m], filled.
        out_scores: float64[>= n + m], filled.
    """
    i = 0
    j = 0
    size = 0
    while i < n and j < m:
        if docs[i] < other[j]:
            out_docs[size] = docs[i]
            out_scores[size] = scores[i]
            i += 1
        elif other[j] < docs[i]:
            out_docs[size] = other[j]
            out_scores[size] = other_scores[j]
            j += 1
        else:
            out_docs[size] = docs[i]
            out_scores[size] = max(other_scores[j], scores[i])
            i += 1
            j += 1
        size += 1
    while i < n:
        out_docs[size] = docs[i]
        out_scores[size] = scores[i]
        i += 1
        size += 1
    while j < m:
        out_docs[size] = other[j]
        out_scores[size] = other_scores[j]
        j += 1
        size += 1
    return size


def unite_spare(
    docs: array[int],
    scores: array[float],
    n: int,
    other: array[int],
    other_scores: array[float],
    m: int,
    out_docs: array[int],
    out_scores: array[float],
) -> int:
    """Write the union of two match lists, with the first's score where it has the document; see ``unite_best``."""
    i = 0
    j = 0
    size = 0
    while i < n or j < m:
        if j == m or (i < n and docs[i] <= other[j]):
            if j < m and docs[i] == other[j]:
                j += 1
            out_docs[size] = docs[i]
            out_scores[size] = scores[i]
            i += 1
        else:
            out_docs[size] = other[j]
            out_scores[size] = other_scores[j]
            j += 1
        size += 1
    return size


def collect(sums: array[float], marks: WritableBytes, docs: array[int], scores: array[float]) -> int:
    """Write the marked documents and their sums as a match list, clear both and return the list's length."""
    n = 0
    for doc in range(len(marks)):
        if marks[doc]:
            docs[n] = doc
            scores[n] = sums[doc]
            n += 1
            marks[doc] = 0
            sums[doc] = 0.0
    return n


def intersect(
    docs: array[int], scores: array[float], n: int, other: array[int], other_scores: array[float], m: int
) -> int:
    """Keep, in place, the documents that are also in the other list, adding its scores; return how many."""
    kept = 0
    j = 0
    for i in range(n):
        doc = docs[i]
        while j < m and other[j] < doc:
            j += 1
        if j == m:
            break
        if other[j] == doc:
            docs[kept] = doc
            scores[kept] = scores[i] + other_scores[j]
            kept += 1
    return kept


def exclude(docs: array[int], scores: array[float], n: int, other: array[int], m: int) -> int:
    """Keep, in place, the documents that are not in the other list; return how many."""
    kept = 0
    j = 0
    for i in range(n):
        doc = docs[i]
        while j < m and other[j] < doc:
            j += 1
        if j == m or other[j] != doc:
            docs[kept] = doc
            scores[kept] = scores[i]
            kept += 1
    return kept


def drop_deleted(docs: array[int], tfs: array[int], firsts: array[int], n: int, deleted: Bytes) -> int:
    """Keep, in place, the postings whose bit in ``deleted`` is not set; return how many.

    Args:
        docs: uint32[>= n].
        tfs: uint32[>= n].
        firsts: uint32[>= n], or empty.
        n: number of postings.
        deleted: uint8[(num_docs + 7) // 8], bit doc % 8 of byte doc // 8.
    """
    kept = 0
    positioned = len(firsts) > 0
    for i in range(n):
        doc = docs[i]
        if not deleted[doc >> 3] >> (doc & 7) & 1:
            docs[kept] = doc
            tfs[kept] = tfs[i]
            if positioned:
                firsts[kept] = firsts[i]
            kept += 1
    return kept


def pick(numbers: array[int], n: int, limit: int, places: array[int]) -> int:
    """Write the places of numbers below a limit, in order, and return how many there are.

    Args:
        numbers: uint32[>= n].
        n: how many are looked at.
        limit: see above.
        places: uint32[>= n], filled.
    """
    count = 0
    for i in range(n):
        if numbers[i] < limit:
            places[count] = i
            count += 1
    return count


def top(scores: array[float], n: int, k: int, best: array[int]) -> int:
    """Write the places of the k best of a match list into ``best``, best first, and return how many.

    Ties go to the smaller document. A binary heap with the worst of the best on top.

    Args:
        scores: float64[>= n], in order of documents.
        n: length of the list.
        k: number wanted.
        best: uint32[>= k], filled.
    """
    size = 0
    for i in range(n):
        if size < k:
            at = size
            size += 1
            while at > 0 and _worse(scores, i, best[(at - 1) >> 1]):
                best[at] = best[(at - 1) >> 1]
                at = (at - 1) >> 1
            best[at] = i
        elif size > 0 and _worse(scores, best[0], i):
            _sift(scores, best, size, i)
    for end in range(size - 1, 0, -1):
        worst = best[0]
        _sift(scores, best, end, best[end])
        best[end] = worst
    return size


def _sift(scores: array[float], best: array[int], size: int, item: int) -> None:
    """Put an item in place of the heap's top and restore the heap of this size."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _worse(scores, best[child + 1], best[child]):
            child += 1
        if not _worse(scores, best[child], item):
            break
        best[at] = best[child]
        at = child
    best[at] = item


def _worse(scores: array[float], a: int, b: int) -> bool:
    """Tell whether place a ranks below place b; of equal scores the later place does."""
    return scores[a] < scores[b] or (scores[a] == scores[b] and a > b)


def unite_postings(
    docs: array[int],
    tfs: array[int],
    n: int,
    other: array[int],
    other_tfs: array[int],
    m: int,
    out_docs: array[int],
    out_tfs: array[int],
) -> int:
    """Write the union of two posting lists, with the larger frequency where both have a document; return its length.

    Args:
        docs: uint32[>= n].
        tfs: uint32[>= n].
        n: documents of the first list.
        other: uint32[>= m].
        other_tfs: uint32[>= m].
        m: documents of the second list.
        out_docs: uint32[>= n + m], filled.
        out_tfs: uint32[>= n + m], filled.
    """
    i = 0
    j = 0
    size = 0
    while i < n or j < m:
        if j == m or (i < n and docs[i] < other[j]):
            out_docs[size] = docs[i]
            out_tfs[size] = tfs[i]
            i += 1
        elif i == n or other[j] < docs[i]:
            out_docs[size] = other[j]
            out_tfs[size] = other_tfs[j]
            j += 1
        else:
            out_docs[size] = docs[i]
            out_tfs[size] = max(other_tfs[j], tfs[i])
            i += 1
            j += 1
        size += 1
    return size
