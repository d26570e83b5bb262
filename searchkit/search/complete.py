"""Words of the index that begin as somebody began to type."""

from __future__ import annotations

from bisect import bisect_left
from heapq import nlargest
from typing import TYPE_CHECKING, cast

from searchkit._core.buffers import uint32s
from searchkit._core.columns import count
from searchkit._core.match import unite_postings
from searchkit._core.pattern import MOST_ELEMENTS, Pattern
from searchkit.arabic.folding import fold
from searchkit.segment.columns import STRINGS
from searchkit.segment.kinds import Bounds, key_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader
    from searchkit.segment.columns import Column
    from searchkit.segment.kinds import Key

_SPARE = 10
"""Candidates counted beyond the limit, since all documents of some may have been deleted."""

_EXACT = 1000
"""Up to so many postings of a word in a segment documents are counted one by one."""


def complete(
    segments: Sequence[SegmentReader], beginning: str, limit: int, fields: Sequence[str]
) -> list[tuple[str, int]]:
    """Return folded words with a beginning and the number of documents with each, most documents first.

    The number of a word in more than a thousand documents is that of the field in which it is in most, and takes as
    many of them for deleted as of all documents: it may be a little off.

    Args:
        segments: where to look.
        beginning: one word as typed; nothing completes text that is no word or several.
        limit: how many words at most.
        fields: where the words stand.
    """
    start = fold(beginning)
    if not start or " " in start or len(start) >= MOST_ELEMENTS or limit < 1:
        return []
    spare = _SPARE if any(segment.deletions for segment in segments) else 0
    likely = _likely(segments, Pattern(start + "*", wildcards=True), limit + spare, fields)
    counted = [
        (term.decode(errors="replace"), sum(_count(segment, fields, term) for segment in segments)) for term in likely
    ]
    found = [(word, number) for word, number in counted if number]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def knows(segments: Sequence[SegmentReader], word: str, fields: Sequence[str]) -> bool:
    """Tell whether any document has a word, as far as folding goes.

    Args:
        segments: where to look.
        word: one word as typed.
        fields: where it may stand.
    """
    term = fold(word).encode(errors="surrogatepass")
    for segment in segments:
        for field in fields:
            entry = segment.find(field, term)
            if entry is not None and (segment.deletions is None or segment.postings(field, entry).df):
                return True
    return False


def complete_value(segments: Sequence[SegmentReader], field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
    """Return the values of a field that begin so and the number of documents with each, most documents first.

    Args:
        segments: where to look.
        field: of texts that are compared as a whole.
        beginning: letters folded do not matter.
        limit: how many values at most.
    """
    start = key_of(beginning) if beginning else b""
    counted: list[tuple[Column, array[int]]] = []
    written: dict[bytes, str] = {}
    for segment in segments:
        column = segment.column(field)
        if column is None or column.info.code != STRINGS:
            continue
        numbers = uint32s(column.size)
        try:
            count(column.starts, column.ordinals, column.num_docs, segment.live_bits, numbers)
        except ValueError:
            raise column.damage() from None
        counted.append((column, numbers))
        for ordinal in nlargest(limit, range(*_beginning(column, start)), key=numbers.__getitem__):
            written.setdefault(cast("bytes", column.key(ordinal)), str(column.value(ordinal)))
    counts = dict.fromkeys(written, 0)
    for key in written:
        for column, numbers in counted:
            counts[key] += sum(numbers[slice(*column.span(Bounds(key, key)))])
    best = sorted((key for key in counts if counts[key]), key=lambda key: (-counts[key], key))[:limit]
    return [(written[key], counts[key]) for key in best]


def _beginning(column: Column, start: bytes) -> tuple[int, int]:
    """Return the first ordinal of a value that begins so, and the one after the last."""
    first = column.span(Bounds(start, None))[0]
    ordinals = range(column.size)
    return first, bisect_left(ordinals, 1, lo=first, key=lambda at: 0 if _begins(column.key(at), start) else 1)


def _begins(key: Key, start: bytes) -> bool:
    return isinstance(key, bytes) and key.startswith(start)


def _likely(segments: Sequence[SegmentReader], pattern: Pattern, number: int, fields: Sequence[str]) -> list[bytes]:
    """Return the terms in most documents, deleted ones too, of the field in which that is most.

    A term may be among the first over all segments, but in none of them: then more of each are looked at.
    """
    kept = number
    while True:
        upper: dict[bytes, int] = {}
        unseen = 0  # documents that a term not met at all may be in
        for field in fields:
            others = 0
            met: list[dict[bytes, int]] = []
            whole: list[bool] = []
            for segment in segments:
                expansion = segment.expand(field, pattern, kept)
                met.append({entry.term: entry.df for entry in expansion.entries})
                whole.append(expansion.total <= kept)
                others += 0 if whole[-1] else min(met[-1].values())
            for term in {term for counts in met for term in counts}:
                df = 0
                for segment, counts, is_whole in zip(segments, met, whole, strict=True):
                    df += counts.get(term, 0) if is_whole or term in counts else _df(segment, field, term)
                upper[term] = max(upper.get(term, 0), df)
            unseen = max(unseen, others)
        best = sorted(upper, key=lambda term: (-upper[term], term))[:number]
        if len(segments) == 1 or not unseen or (len(best) == number and upper[best[-1]] >= unseen):
            return best
        kept *= 4


def _df(segment: SegmentReader, field: str, term: bytes) -> int:
    entry = segment.find(field, term)
    return 0 if entry is None else entry.df


def _count(segment: SegmentReader, fields: Sequence[str], term: bytes) -> int:
    """Return the number of live documents with a term in any of the fields."""
    entries = [(field, entry) for field in fields if (entry := segment.find(field, term)) is not None]
    most = max((entry.df for _, entry in entries), default=0)
    if len(entries) == 1 and segment.deletions is None:
        return most
    if sum(entry.df for _, entry in entries) > _EXACT:
        return most * segment.num_live // segment.num_docs
    docs, tfs, df = uint32s(0), uint32s(0), 0
    for field, entry in entries:
        other = segment.postings(field, entry)
        both, both_tfs = uint32s(df + other.df), uint32s(df + other.df)
        df = unite_postings(docs, tfs, df, other.docs, other.tfs, other.df, both, both_tfs)
        docs, tfs = both, both_tfs
    return df
