"""Words of the index that somebody may have meant who typed a word that is not there, or is rarer."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.expand import MOST_ELEMENTS, Pattern
from searchkit.arabic.confusions import CONFUSIONS
from searchkit.arabic.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader

_CANDIDATES = 100  # per field and segment
_SHORTEST = 3  # letters; the neighbours of shorter words are all other short words
_EDIT = 7.0  # an edit is as improbable as a word that is e ** 7 times rarer


class Suggestion(NamedTuple):
    """A word in place of another."""

    term: str  # folded
    df: int  # documents, deleted ones too, in the field where it is in most
    cost: float  # edits; a letter for one that sounds alike is half of one


def suggest(
    segments: Sequence[SegmentReader],
    word: str,
    limit: int = 5,
    fields: Sequence[str] = ("title", "text"),
    *,
    most_edits: int = 2,
) -> list[Suggestion]:
    """Return more frequent words that may have been meant by a word, most probable first.

    How probable is how frequent, less what the edits cost (Kernighan, Church and Gale, "A spelling correction program
    based on a noisy channel model", COLING 1990, with one cost for all edits but confusions). Two edits are tried
    where one finds nothing.

    Args:
        segments: where to look.
        word: as typed.
        limit: how many at most.
        fields: where the words stand.
        most_edits: 1 or 2.
    """
    start = fold(word)
    if not _SHORTEST <= len(start) < MOST_ELEMENTS or " " in start:
        return []
    for edits in range(1, most_edits + 1):
        costs, dfs = _neighbours(segments, Pattern(start, edits=edits, confusions=CONFUSIONS), fields)
        own = dfs.pop(start, 0)
        found = [Suggestion(term, df, costs[term]) for term, df in dfs.items() if df > own]
        if found:
            found.sort(key=lambda one: (_EDIT * one.cost - log(one.df), one.term))
            return found[:limit]
    return []


def _neighbours(
    segments: Sequence[SegmentReader], pattern: Pattern, fields: Sequence[str]
) -> tuple[dict[str, float], dict[str, int]]:
    """Return the costs and the numbers of documents of the words that match."""
    costs: dict[str, float] = {}
    dfs: dict[str, int] = {}
    for field in fields:
        counts: dict[str, int] = {}
        for segment in segments:
            entries, edits, _ = segment.expand(field, pattern, _CANDIDATES)
            for entry, cost in zip(entries, edits, strict=True):
                term = entry.term.decode(errors="replace")
                counts[term] = counts.get(term, 0) + entry.df
                costs[term] = cost / pattern.unit
        for term, df in counts.items():
            dfs[term] = max(df, dfs.get(term, 0))
    return costs, dfs
