"""Words of the index behind what was typed: on the other keyboard layout, in Latin letters, as another name."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, level_field
from searchkit.arabic.folding import fold
from searchkit.arabic.keyboards import other_layouts
from searchkit.arabic.latin import readings
from searchkit.arabic.names import name_key
from searchkit.search.reading import Reading
from searchkit.search.suggest import document_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_COST = 4.0  # a reading of cost 1 is as improbable as a word that is e ** 4 times rarer
_AS_GOOD = 1.5  # how much less probable than the best a further reading may be
_MOST_READINGS = 3
_SHORTEST = 3  # keys
_RATHER_LATIN = 10  # times as many documents, for a Latin word whose keys also give a word on the other layout


def retyped(segments: Sequence[SegmentReader], statistics: Statistics, chunk: str, fields: Sequence[str]) -> str | None:
    """Return the folded words that the keys give with the other layout, if the index has all of them; else None."""
    for text in other_layouts(chunk) if len(chunk) >= _SHORTEST else ():  # an acronym may be any two keys
        words = fold(text).split()
        counts = [_evidence_count(statistics, fields, word) for word in words]
        if not words or not all(counts):
            continue
        if chunk.isascii() and chunk.isalnum():
            rivals = latin_words(segments, chunk, fields)
            if rivals and document_count(segments, fields, rivals[0]) >= _RATHER_LATIN * min(counts):
                continue
        return " ".join(words)
    return None


def latin_words(segments: Sequence[SegmentReader], word: str, fields: Sequence[str]) -> list[str]:
    """Return the words of the index that a Latin word most probably writes, folded, best first."""
    cursors = [cursor for segment in segments for field in fields if (cursor := segment.cursor(field)) is not None]
    beginnings: dict[str, bool] = {}
    counts: dict[str, int] = {}

    def begins(text: str) -> bool:
        known = beginnings.get(text)
        if known is None:
            start = text.encode()
            known = beginnings[text] = any(one.seek(start) and one.term.startswith(start) for one in cursors)
        return known

    def is_word(text: str) -> bool:
        counts[text] = document_count(segments, fields, text)
        return counts[text] > 0

    found = sorted(
        (_COST * cost - log(counts[text]), text) for text, cost in readings(word.casefold(), begins, is_word)
    )
    return [text for improbable, text in found[:_MOST_READINGS] if improbable <= found[0][0] + _AS_GOOD]


def name_words(segments: Sequence[SegmentReader], word: str, fields: Sequence[str]) -> list[str]:
    """Return a word of the index, folded, with the name key of a word; none if there is no such word."""
    key = name_key(word)
    for field in fields if key else ():
        for segment in segments:
            entry = segment.find(level_field(field, "name"), key.encode())
            if entry is None:
                continue
            postings = segment.postings(level_field(field, "name"), entry)
            if postings.df:
                for token in Reading(segment.stored.document(postings.docs[0])).tokens(field):
                    if key in evidence(token.surface).names:
                        return [token.surface]
    return []


def _evidence_count(statistics: Statistics, fields: Sequence[str], word: str) -> int:
    """Return in how many documents a word is, in any form of it."""
    found = evidence(word)
    return max(
        (
            sum(entry.df for entry in statistics.find(level_field(field, level), text) if entry)
            for field in fields
            for level in ("surface", "lemma")
            for text in found.terms(word, level)
        ),
        default=0,
    )
