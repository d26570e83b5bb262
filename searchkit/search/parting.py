"""Several words that were typed without the spaces between them: محمدالخضرحسين, قائمةملوكالأردن."""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold
from searchkit.arabic.function_words import is_function_word
from searchkit.records import NamedTuple
from searchkit.search.retype import side_by_side
from searchkit.search.suggest import document_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.statistics import Statistics

_SHORTEST, _LONGEST = 9, 60  # letters of all
_LONGEST_WORD = 16
_SHORTEST_WORD = 3  # but for function words
_MOST_PATHS = 4  # to one place that are followed
_JOINED = 2.0  # how much less probable is a forgotten space where letters join
_MOST_WORDS = 6
_LAST = frozenset((ar.TEH_MARBUTA, ar.ALEF_MAKSURA))  # no word has them elsewhere
_NOT_JOINED = frozenset("ادذرزوء")
_ARTICLE = ar.ALEF + ar.LAM


class _Path(NamedTuple):
    """Words up to a place."""

    chance: float  # the logarithm of how probable they are
    words: tuple[str, ...]
    sure: bool  # whether each ends where letters do not join


def parted(statistics: Statistics, word: str, written: str, fields: Sequence[str]) -> list[str]:
    """Return the three or more words of the index that a word is most probably made of; none if nothing tells.

    Either each ends where its letters do not join, or stands beside the next in some document.

    Args:
        statistics: of a snapshot.
        word: folded.
        written: the same as typed.
        fields: where the words stand.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return []
    for path in _paths(statistics, word, _ends(word, written), fields):
        if 2 < len(path.words) <= _MOST_WORDS and (path.sure or _attested(statistics, path.words, fields)):
            return list(path.words)
    return []


def _paths(statistics: Statistics, word: str, ends: frozenset[int], fields: Sequence[str]) -> list[_Path]:
    """Return the most probable ways to part a word, best first.

    Args:
        statistics: of a snapshot.
        word: folded.
        ends: places in it where a word ends for sure.
        fields: where the words stand.
    """
    num_docs = max(1, statistics.num_docs)
    best: list[list[_Path]] = [[_Path(0.0, (), sure=True)], *[[] for _ in word]]
    for start in range(len(word)):
        if not best[start]:
            continue
        for end in range(start + 1, min(start + _LONGEST_WORD, len(word)) + 1):
            part = word[start:end]
            if not (len(part) >= _SHORTEST_WORD or (len(part) > 1 and is_function_word(part))):
                continue
            if df := document_count(statistics.segments, fields, part):
                clear = end in ends or end == len(word) or part[-1] in _NOT_JOINED or word.startswith(_ARTICLE, end)
                chance = log(df / num_docs) - (0.0 if clear else _JOINED)
                paths = [_Path(one.chance + chance, (*one.words, part), one.sure and clear) for one in best[start]]
                best[end] = sorted(best[end] + paths, key=lambda path: -path.chance)[:_MOST_PATHS]
            if end in ends:
                break
    return best[-1]


def _ends(word: str, written: str) -> frozenset[int]:
    """Return the places in a folded word where one ends for sure."""
    places = [at + 1 for at, letter in enumerate(written) if letter in _LAST]
    return frozenset([place for place in (len(fold(written[:at])) for at in places) if 0 < place < len(word)])


def _attested(statistics: Statistics, words: Sequence[str], fields: Sequence[str]) -> bool:
    return all(side_by_side(statistics, fields, pair) for pair in pairwise(words))
