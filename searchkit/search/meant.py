"""All that somebody may have meant by one word: the other keyboard layout, Latin letters, another spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.folding import fold
from searchkit.search.retype import latin_words, retyped, words_count
from searchkit.search.suggest import Suggestion, document_count, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.statistics import Statistics
    from searchkit.search.written import Spellings
    from searchkit.segment import SegmentReader

_FIELDS = ("title", "text")


def meant(
    segments: Sequence[SegmentReader], statistics: Statistics, spellings: Spellings, word: str, limit: int
) -> list[Suggestion]:
    """Return words of the index in place of a word, most probable first.

    Args:
        segments: of a snapshot.
        statistics: of the same.
        spellings: of the same.
        word: as typed.
        limit: how many at most.
    """
    if not fold(word).strip() or len(word.split()) > 1 or limit < 1:
        return []
    own = document_count(segments, _FIELDS, fold(word))
    terms: list[str] = []
    other = retyped(statistics, word, _FIELDS)
    if other is not None:
        terms.append(other)
    if any(char.isascii() and char.isalpha() for char in word):
        terms.extend(latin_words(statistics, fold(word) if word.isalnum() else word, _FIELDS))
    found = [
        Suggestion(term, df, 0.0)
        for term in dict.fromkeys(terms)
        if (df := words_count(statistics, _FIELDS, term)) > own
    ]
    known = {one.term for one in found}
    found.extend(one for one in suggest(segments, word, limit, _FIELDS) if one.term not in known)
    return [
        one._replace(written=" ".join(spellings.written(part) for part in one.term.split())) for one in found[:limit]
    ]
