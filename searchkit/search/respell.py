"""What a word that is in no document was meant to be, if it is misspelt."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, level_field
from searchkit.arabic import letters as ar
from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.morphology import read_word
from searchkit.search.retype import TOGETHER, side_by_side
from searchkit.search.suggest import Cut, Suggestion, cuts, document_count, improbable, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.search.statistics import Statistics

_SHORTEST_REST = 3  # of a word without what is joined to it
_SHORTEST_HALF = 2  # of two words that stand side by side elsewhere
_LONG_WORD = 7  # letters of a word of which two may be wrong
_LIKELY = 1.3  # what these two may cost
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
_BEFORE_VERBS = ("", ar.WAW, ar.FEH, ar.LAM, ar.ALEF)
_PRONOUNS = ("كموها", "كموه", "هما", "كما", "هم", "هن", "كم", "كن", "ها", "نا", "ني", "ه", "ك")
_TWO = "two words"
_WITHOUT = "without what is written together with it"


def respell(
    statistics: Statistics, word: str, written: str, fields: Sequence[str], beside: tuple[str, str] = ("", "")
) -> tuple[list[str], bool, str]:
    """Return the folded words to search instead, whether they are surely what was meant, and what was done.

    Args:
        statistics: of a snapshot.
        word: folded; no document has it.
        written: the same as typed.
        fields: where the words stand.
        beside: the folded words before and after it in the query, "" where there is none.
    """
    segments = statistics.segments
    every = cuts(segments, written, word, fields)
    if any(is_function_word(cut.one) and is_function_word(cut.other) for cut in every if cut.sure):
        return [], True, ""
    total = sum(segment.num_docs for segment in segments)
    found: list[tuple[Suggestion, bool, str]] = []
    for cut in sorted([cut for cut in every if cut.sure], key=_promising)[:_MOST_CUTS]:
        df = side_by_side(statistics, fields, (cut.one, cut.other)) or cut.chance(total)
        found.append((Suggestion(f"{cut.one} {cut.other}", df, cut.cost), True, _TWO))
    for rest in _without_proclitics(word):
        if df := document_count(segments, fields, rest):
            found.append((Suggestion(rest, df, _JOINED), True, _WITHOUT))
            break
    if len(word) >= SHORTEST_WORD:
        near = suggest(segments, word, _MOST_SUGGESTED, fields, most_edits=1)
        found += [(one, False, _TWO if " " in one.term else "spelling") for one in near]
    if not found:
        return _last_resort(statistics, word, fields)
    best, sure, reason = min(found, key=lambda one: _improbable(statistics, fields, one[0], beside))
    return best.term.split(), sure, reason


def _promising(cut: Cut) -> tuple[bool, int]:
    return cut.cost > 0, -cut.df


def _improbable(
    statistics: Statistics, fields: Sequence[str], one: Suggestion, beside: tuple[str, str]
) -> tuple[float, str]:
    """Return what is least for what most probably was meant beside these words."""
    words = one.term.split()
    likely = 0.0
    for pair in ((beside[0], words[0]), (words[-1], beside[1])):
        if all(pair) and (count := side_by_side(statistics, fields, pair)):
            likely += TOGETHER + log(count)
    return improbable(one)[0] - likely, one.term


def _last_resort(statistics: Statistics, word: str, fields: Sequence[str]) -> tuple[list[str], bool, str]:
    """Return words that stand side by side, a form of the word without pronouns, or one with two wrong letters."""
    ways = [(word[:at], word[at:]) for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)]
    known = [way for way in ways if all(document_count(statistics.segments, fields, half) for half in way)]
    together = max(((side_by_side(statistics, fields, way), way) for way in known), default=(0, ("", "")))
    if together[0]:
        return [*together[1]], True, _TWO
    for rest in _without_pronouns(word):
        if _has_lemma(statistics, fields, rest):
            return [rest], True, _WITHOUT
    if len(word) >= _LONG_WORD:
        for one in suggest(statistics.segments, word, 1, fields):
            if one.cost <= _LIKELY and " " not in one.term:
                return [one.term], False, "spelling"
    return [], False, ""


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
        for pronoun in ("", *_PRONOUNS):
            rest = word[len(before) :].removesuffix(pronoun)
            if _SHORTEST_REST < len(rest) < len(word) and not read_word(rest)[3]:
                yield rest


def _has_lemma(statistics: Statistics, fields: Sequence[str], word: str) -> bool:
    lemmas = evidence(word).lemmas
    return any(any(statistics.find(level_field(field, "lemma"), lemma)) for field in fields for lemma in lemmas)
