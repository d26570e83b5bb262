"""Words of the index behind what was typed: on the other keyboard layout, in Latin letters, as another name."""

from __future__ import annotations

from itertools import product
from math import log
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, level_field
from searchkit.arabic.folding import fold
from searchkit.arabic.keyboards import other_layouts
from searchkit.arabic.latin import PARTICLES, readings
from searchkit.arabic.names import name_key
from searchkit.query import Term
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
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
_MOST_TOGETHER = 8  # readings of a word that are tried with those of its neighbour
TOGETHER = 3.0
"""How much more probable are words that stand side by side in the index, besides how often they do."""
_SURE = 1.0  # a reading that costs less is not cut in two
_NAME = 1.5  # how much more probable a name is, which is what people mostly write in Latin letters


class LatinReading(NamedTuple):
    """What a Latin word may write."""

    text: str  # folded; of two words with a space
    chance: float  # the logarithm of how probable it is, besides a constant
    cost: float  # see ``arabic.latin``


def retyped(statistics: Statistics, chunk: str, fields: Sequence[str]) -> str | None:
    """Return the folded words that the keys give with the other layout, if the index has all of them; else None."""
    for text in other_layouts(chunk) if len(chunk) >= _SHORTEST else ():  # an acronym may be any two keys
        words = fold(text).split()
        counts = [document_count(statistics.segments, fields, word) for word in words]
        if sum(map(len, words)) < _SHORTEST or not all(counts):
            continue
        if chunk.isascii() and chunk.isalnum():
            rivals = latin_words(statistics, chunk, fields)
            if rivals and words_count(statistics, fields, rivals[0]) >= _RATHER_LATIN * min(counts):
                continue
        return " ".join(words)
    return None


def latin_words(statistics: Statistics, word: str, fields: Sequence[str]) -> list[str]:
    """Return the words of the index that a Latin word most probably writes, folded, best first."""
    return [one.text for one in close(latin_readings(statistics, word, fields))]


def close(found: Sequence[LatinReading]) -> Sequence[LatinReading]:
    """Return the first readings, those that are hardly less probable than the best."""
    return [one for one in found[:_MOST_READINGS] if one.chance >= found[0].chance - _AS_GOOD]


def latin_readings(statistics: Statistics, word: str, fields: Sequence[str]) -> list[LatinReading]:
    """Return what a Latin word may write that the index has: words, or two side by side; most probable first."""
    word = word.casefold()
    if word in PARTICLES:
        count = document_count(statistics.segments, fields, PARTICLES[word])
        return [LatinReading(PARTICLES[word], log(count), 0.0)] if count else []
    found = _read(statistics, word, fields)
    if found and min(one.cost for one in found) < _SURE:
        return found
    return sorted(found + _read(statistics, word, fields, two=True), key=_improbable)


def together(statistics: Statistics, rows: Sequence[Sequence[LatinReading]], fields: Sequence[str]) -> list[str]:
    """Return for each of several Latin words the reading that stands beside that of a neighbour; "" where none does.

    Args:
        statistics: of a snapshot.
        rows: the readings of each word; none for a word that is no Latin one.
        fields: where they stand.
    """
    best: list[tuple[float, str]] = [(0.0, "")] * len(rows)
    for at in range(len(rows) - 1):
        for one, other in product(rows[at][:_MOST_TOGETHER], rows[at + 1][:_MOST_TOGETHER]):
            count = side_by_side(statistics, fields, (*one.text.split(), *other.text.split()))
            if count:
                chance = TOGETHER + log(count) + (one.chance + other.chance) / 2
                best[at] = max(best[at], (chance, one.text))
                best[at + 1] = max(best[at + 1], (chance, other.text))
    return [text for _, text in best]


def side_by_side(statistics: Statistics, fields: Sequence[str], words: tuple[str, ...]) -> int:
    """Return in how many documents folded words follow each other, in the field where they do in most."""
    lookup = Lookup(statistics.segments, statistics)
    terms = [Term(field, "surface", words, phrase=True) for field in fields]
    return max(sum(found.df for found in lookup.term(term).postings) for term in terms)


def words_count(statistics: Statistics, fields: Sequence[str], text: str) -> int:
    """Return in how many documents a folded word is, or two side by side."""
    words = tuple(text.split())
    if len(words) > 1:
        return side_by_side(statistics, fields, words)
    return document_count(statistics.segments, fields, text)


def _improbable(one: LatinReading) -> tuple[float, str]:
    return -one.chance, one.text


def _read(statistics: Statistics, word: str, fields: Sequence[str], *, two: bool = False) -> list[LatinReading]:
    segments = statistics.segments
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
        counts[text] = words_count(statistics, fields, text)
        return counts[text] > 0

    found = [
        LatinReading(text, log(counts[text]) + (_NAME if _is_name(text) else 0.0) - _COST * cost, cost)
        for text, cost in readings(word, begins, is_word, two=two)
    ]
    return sorted(found, key=_improbable)


def _is_name(text: str) -> bool:
    return " " in text or bool(evidence(text).names)


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
