"""What a word that is in no document was meant to be, if it is misspelt."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, level_field
from searchkit.arabic import letters as ar
from searchkit.arabic.confusions import edit_cost, likely_spellings
from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.morphology import read_word
from searchkit.records import NamedTuple
from searchkit.search.parting import parted
from searchkit.search.retype import TOGETHER, name_words, side_by_side
from searchkit.search.suggest import Cut, Suggestion, cuts, document_count, improbable, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.search.statistics import Statistics

_SHORTEST_REST = 3  # of a word without what is joined to it
_SHORTEST_HALF = 2  # of two words that stand side by side elsewhere
_LONG_WORD = 7  # letters of a word of which two may be wrong
_LIKELY = 1.3  # what these two may cost, and letters in which two spellings of a name differ
_JOINED = 0.3  # edits that a proclitic of a word that no dictionary has is as improbable as
_MOST_CUTS = 4
_MOST_SUGGESTED = 5
SHORTEST_WORD = 5
"""Letters of a word whose neighbours are not all other words."""

_ARTICLE = ar.ALEF + ar.LAM
_PROCLITICS = tuple(
    first + second
    for first in ("", ar.WAW, ar.FEH)
    for second in (_ARTICLE, ar.BEH + _ARTICLE, ar.KAF + _ARTICLE, ar.LAM + ar.LAM, ar.BEH, ar.LAM, ar.KAF, "")
    if first + second
)
_BEFORE_VERBS = ("", ar.WAW, ar.FEH, ar.LAM, ar.ALEF)  # the last asks
_PRONOUNS = ("كموها", "كموه", "هما", "كما", "هم", "هن", "كم", "كن", "ها", "نا", "ني", "ه", "ك")
_TWO = "two words"
_SEVERAL = "several words"
_WITHOUT = "without what is written together with it"
_NAME = "another spelling of the name"
_SPELLING = "spelling"
_POOR = -5.0  # what is less probable is no reason not to look further
_UNLIKELY = 4.0  # how improbable it is that a space is forgotten where letters join, or that a form is that rare


class Respelt(NamedTuple):
    """What a word may have been meant to be."""

    words: list[str]  # folded; none if nothing is like it
    sure: bool  # whether the letters are those that were typed
    reason: str
    chance: float = 0.0  # the logarithm of how probable it is, besides a constant


_NOTHING = Respelt([], sure=True, reason="")


def respell(
    statistics: Statistics, word: str, written: str, fields: Sequence[str], beside: tuple[str, str] = ("", "")
) -> Respelt:
    """Return what to search instead of a word.

    Args:
        statistics: of a snapshot.
        word: folded; no document has it.
        written: the same as typed.
        fields: where the words stand.
        beside: the folded words before and after it in the query, "" where there is none.
    """
    segments = statistics.segments
    sure_cuts = [cut for cut in cuts(segments, written, word, fields) if cut.sure and cut.one != _ARTICLE]
    if any(is_function_word(cut.one) and is_function_word(cut.other) for cut in sure_cuts):
        return _NOTHING
    found = [_of_cut(statistics, fields, cut) for cut in sorted(sure_cuts, key=_promising)[:_MOST_CUTS]]
    for rest in _without_proclitics(word):
        if df := document_count(segments, fields, rest):
            found.append(_respelt(Suggestion(rest, df, _JOINED), _WITHOUT, sure=True))
            break
    for name in name_words(segments, word, fields)[:1]:
        cost = edit_cost(word, name)
        one = Suggestion(name, document_count(segments, fields, name), cost / 2)
        found += [_respelt(one, _NAME, sure=True)] if cost < _LIKELY else []
    if len(word) >= SHORTEST_WORD:
        near = suggest(segments, word, _MOST_SUGGESTED, fields, most_edits=1)
        found += [_respelt(one, _TWO if " " in one.term else _SPELLING) for one in near]
    found += _side_by_side(statistics, word, fields)
    if not found and len(word) >= SHORTEST_WORD:
        found += _of_dictionary(statistics, word, fields)
    if all(one.chance < _POOR for one in found) and (words := parted(statistics, word, written, fields)):
        return Respelt(words, sure=True, reason=_SEVERAL)
    if all(one.chance < _POOR for one in found):
        found += _last_resort(statistics, word, fields)
    return max(found, key=lambda one: one.chance + _likely(statistics, fields, one.words, beside), default=_NOTHING)


def attested(statistics: Statistics, word: str, written: str, fields: Sequence[str]) -> Respelt:
    """Return the two words that a word is surely made of that stand side by side most often; see ``respell``."""
    found = [cut for cut in cuts(statistics.segments, written, word, fields) if cut.sure and cut.one != _ARTICLE]
    ways = [(side_by_side(statistics, fields, (cut.one, cut.other)), cut) for cut in found]
    df, best = max(ways, key=lambda way: way[0], default=(0, None))
    return Respelt([best.one, best.other], sure=True, reason=_TWO, chance=log(df)) if df and best else _NOTHING


def _promising(cut: Cut) -> tuple[bool, int]:
    return cut.cost > 0, -cut.df


def _respelt(one: Suggestion, reason: str, *, sure: bool = False) -> Respelt:
    return Respelt(one.term.split(), sure, reason, -improbable(one)[0])


def _of_cut(statistics: Statistics, fields: Sequence[str], cut: Cut) -> Respelt:
    """Return two words for one: as probable as that they stand side by side, or would by chance."""
    one = _respelt(Suggestion(f"{cut.one} {cut.other}", 1, cut.cost), _TWO, sure=True)
    if df := side_by_side(statistics, fields, (cut.one, cut.other)) or cut.df * (not cut.cost):
        return one._replace(chance=one.chance + log(df))
    dfs = [document_count(statistics.segments, fields, half) for half in (cut.one, cut.other)]
    return one._replace(chance=one.chance + log(dfs[0] * dfs[1] / max(1, statistics.num_docs)))


def _likely(statistics: Statistics, fields: Sequence[str], words: Sequence[str], beside: tuple[str, str]) -> float:
    """Return how much more probable words are because they stand beside those of the query elsewhere, too."""
    likely = 0.0
    for pair in ((beside[0], words[0]), (words[-1], beside[1])):
        if all(pair) and (count := side_by_side(statistics, fields, pair)):
            likely += TOGETHER + log(count)
    return likely


def _last_resort(statistics: Statistics, word: str, fields: Sequence[str]) -> list[Respelt]:
    """Return a form of the word without pronouns, and words with two wrong letters."""
    found: list[Respelt] = []
    for rest in _without_pronouns(word):
        if _has_lemma(statistics, fields, rest):
            found.append(Respelt([rest], sure=True, reason=_WITHOUT, chance=-_UNLIKELY))
            break
    if len(word) >= _LONG_WORD:
        near = suggest(statistics.segments, word, _MOST_SUGGESTED, fields, least_edits=2)
        found += [_respelt(one, _SPELLING) for one in near if one.cost <= _LIKELY and " " not in one.term]
    return found


def _side_by_side(statistics: Statistics, word: str, fields: Sequence[str]) -> list[Respelt]:
    """Return the ways to cut a word in two that stand side by side, though their letters join."""
    found: list[Respelt] = []
    ways = [(word[:at], word[at:]) for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)]
    for way in ways:
        known = all(document_count(statistics.segments, fields, half) for half in way)
        if known and (df := side_by_side(statistics, fields, way)):
            found.append(Respelt([*way], sure=True, reason=_TWO, chance=log(df) - _UNLIKELY))
    return found


def _of_dictionary(statistics: Statistics, word: str, fields: Sequence[str]) -> list[Respelt]:
    """Return a word of the dictionary that is spelt like another, if other forms of it are in the index."""
    for other in likely_spellings(word):
        if not read_word(other)[3] and _has_lemma(statistics, fields, other):
            return [_respelt(Suggestion(other, 1, edit_cost(word, other)), _SPELLING)]
    return []


def _without_proclitics(word: str) -> Iterator[str]:
    for proclitic in _PROCLITICS:
        rest = word.removeprefix(proclitic)
        if _SHORTEST_REST <= len(rest) < len(word):
            yield rest


def _without_pronouns(word: str) -> Iterator[str]:
    """Yield dictionary words that are left of a word without a second pronoun, longest first."""
    for before in _BEFORE_VERBS:
        if not word.startswith(before):
            continue
        for pronoun in _PRONOUNS:
            rest = word[len(before) :].removesuffix(pronoun)
            if _SHORTEST_REST < len(rest) < len(word) and not read_word(rest)[3]:
                yield rest


def _has_lemma(statistics: Statistics, fields: Sequence[str], word: str) -> bool:
    lemmas = evidence(word).lemmas
    return any(any(statistics.find(level_field(field, "lemma"), lemma)) for field in fields for lemma in lemmas)
