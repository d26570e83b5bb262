"""Okapi BM25.

Robertson, Walker, Jones, Hancock-Beaulieu, Gatford: Okapi at TREC-3, 1994; the idf that is never negative is Lucene's.
"""

from __future__ import annotations

from math import log

from searchkit.records import NamedTuple

_USUAL = 250.0  # tokens of a text
_GROWTH = 0.2
_LEAST, _MOST = 0.6, 1.3


class BM25(NamedTuple):
    """Parameters for texts of some 250 tokens that are neither all as long nor very different."""

    k1: float = 0.8  # how soon more occurrences stop to matter
    b: float = 0.7  # how much a long document is held against it, 0 to 1


def idf(df: int, num_docs: int) -> float:
    """Return the weight of a term, in nats: ``ln(1 + (N - df + 0.5) / (df + 0.5))``."""
    return log(1 + (num_docs - df + 0.5) / (df + 0.5))


def fitted(bm25: BM25, average: float, evenness: float, fit: float) -> BM25:
    """Return the parameters for other texts; the law is found by trial, see ARCHITECTURE.md.

    Where texts are long, more occurrences matter for longer. Where a few are very much longer than the rest, the mean
    says little of what is usual, so it is held less against them.

    Args:
        bm25: the parameters.
        average: the mean length of texts, in tokens.
        evenness: their geometric mean to that, above 0 and at most 1.
        fit: how far to go, from 0, not at all, to 1.
    """
    share = _LEAST + (_MOST - _LEAST) * evenness
    return BM25(bm25.k1 * (average / _USUAL) ** (_GROWTH * fit), min(bm25.b * (1 + fit * (share - 1)), 1.0))
