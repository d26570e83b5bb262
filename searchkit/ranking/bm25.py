"""Okapi BM25.

Robertson, Walker, Jones, Hancock-Beaulieu, Gatford: Okapi at TREC-3, 1994; the idf that is never negative is Lucene's.
"""

from __future__ import annotations

from math import log

from searchkit.records import NamedTuple


class BM25(NamedTuple):
    """Parameters of one field."""

    k1: float = 0.8  # how soon more occurrences stop to matter
    b: float = 0.7  # how much a long document is held against it, 0 to 1


def idf(df: int, num_docs: int) -> float:
    """Return the weight of a term, in nats: ``ln(1 + (N - df + 0.5) / (df + 0.5))``."""
    return log(1 + (num_docs - df + 0.5) / (df + 0.5))
