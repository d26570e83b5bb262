"""Words of the index that begin as somebody began to type."""

from __future__ import annotations

from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.match import unite_postings
from searchkit.arabic.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader

_MAX_TERMS = 100_000
"""How many terms of one field of one segment are looked at: a first letter may begin half a dictionary."""

_SPARE = 10
"""Candidates counted beyond the limit, since all documents of some may have been deleted."""


def complete(
    segments: Sequence[SegmentReader], beginning: str, limit: int, fields: Sequence[str]
) -> list[tuple[str, int]]:
    """Return folded words with a beginning and the number of documents with each, most documents first.

    Args:
        segments: where to look.
        beginning: one word as typed; nothing completes text that is no word or several.
        limit: how many words at most.
        fields: where the words stand.
    """
    start = fold(beginning)
    if not start or " " in start:
        return []
    upper: dict[bytes, int] = {}
    for field in fields:
        for term, df in _terms(segments, field, start.encode()).items():
            upper[term] = max(upper.get(term, 0), df)
    likely = nlargest(limit + _SPARE, upper, key=lambda term: (upper[term], term))
    counted = [(term.decode(), _count(segments, fields, term)) for term in likely]
    found = [(word, count) for word, count in counted if count]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _terms(segments: Sequence[SegmentReader], field: str, start: bytes) -> dict[bytes, int]:
    """Return terms of a field with a beginning and their documents, deleted ones too."""
    counts: dict[bytes, int] = {}
    for segment in segments:
        for cursor in islice(segment.terms(field, start), _MAX_TERMS):
            term = cursor.term
            if not term.startswith(start):
                break
            counts[term] = counts.get(term, 0) + cursor.df
    return counts


def _count(segments: Sequence[SegmentReader], fields: Sequence[str], term: bytes) -> int:
    """Return the number of live documents with a term in any of the fields."""
    total = 0
    for segment in segments:
        docs, tfs = uint32s(0), uint32s(0)
        df = 0
        for field in fields:
            cursor = segment.find(field, term)
            if cursor is None:
                continue
            other = segment.postings(field, cursor)
            both, both_tfs = uint32s(df + other.df), uint32s(df + other.df)
            df = unite_postings(docs, tfs, df, other.docs, other.tfs, other.df, both, both_tfs)
            docs, tfs = both, both_tfs
        total += df
    return total
