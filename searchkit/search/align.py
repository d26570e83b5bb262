"""A quotation laid beside the text it may come from, word by word.

Words that are the same in both are chained so that their order agrees and gaps are small (local alignment over matches
alone); what lies between two of them is compared afterwards.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from searchkit.analysis import evidence
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

SAME, FORM, SPELLING, CHANGED, ADDED, LEFT_OUT = "same", "form", "spelling", "changed", "added", "left out"

_CREDIT = {SAME: 1.0, FORM: 0.6, SPELLING: 0.6}
_WORTH = {SAME: 1.1, FORM: 1.0, SPELLING: 1.0, CHANGED: 0.25}  # of two words side by side between matches
_LARGEST = 400  # pairs of words between two matches that are compared
_BACK = 48  # matches that a match is tried to follow
_GAP = 0.04  # what a word between two matches costs; a match is worth up to 1
_SHIFT = 0.12  # what a word costs that only one side has
_ALIKE = 0.6  # share of letters at both ends that two spellings of a word share
_EDGE = 1  # words at either end that count as changed, not as added
_SLACK = 8  # words more than the quotation that a place may have
_COMMON = 400  # matches; where a text has more, the rarer half of the quotation's words shows where to look


class Column(NamedTuple):
    """A word of the quotation, of the text, or of both beside each other."""

    kind: str
    quoted: int  # number of the word, -1 for none
    stands: int  # number of the word in the text, -1 for none


class Alignment(NamedTuple):
    """How a quotation agrees with a place in a text."""

    columns: list[Column]
    share: float  # of all columns, those with the same word
    worth: float  # the same, but words count by their rarity, and other forms of a word a little


def align(
    quote: Sequence[int],
    weights: Sequence[float],
    types: array[int],
    words: Sequence[str],
    spell: Callable[[int], str],
    agree: Callable[[int, int], bool],
) -> Alignment | None:
    """Return how a quotation agrees best with a text; None if they share no word.

    Args:
        quote: the numbers of its words.
        weights: what each of them is worth, up to 1.
        types: the numbers of the text's words.
        words: the quotation's, folded.
        spell: returns the folded word with a number.
        agree: tells of a word of each, different when folded, whether they are the same as written.
    """
    where: dict[int, list[int]] = {}
    for number, word in enumerate(quote):
        where.setdefault(word, []).append(number)
    found = list(compress(range(len(types)), map(where.__contains__, types)))
    if not found:
        return None
    begin, end = _region(found, types, where, weights, len(quote))
    found = [at for at in found if begin <= at < end]
    pairs = [(at, number) for at in found for number in where[types[at]]]
    chain = _chain(pairs, weights)
    near = range(max(0, chain[0][0] - _EDGE), min(len(types), chain[-1][0] + _EDGE + 1))
    texts = {at: spell(types[at]) for at in near}
    columns = _columns(chain, words, texts, agree)
    total = sum(weights[c.quoted] if c.quoted >= 0 else 0.3 for c in columns)
    agreed = sum(weights[c.quoted] * _CREDIT.get(c.kind, 0.0) for c in columns if c.quoted >= 0)
    same = sum(column.kind == SAME for column in columns)
    return Alignment(columns, same / len(columns), agreed / total)


def _region(
    found: Sequence[int], types: array[int], where: dict[int, list[int]], weights: Sequence[float], size: int
) -> tuple[int, int]:
    """Return the part of the text that has most of the quotation."""
    if len(found) > _COMMON:
        half = sorted(weights)[len(weights) // 2]
        rare = [at for at in found if weights[where[types[at]][0]] >= half]
        found = rare or found
    length = size + size // 4 + _SLACK
    counts: dict[int, int] = {}
    worth = best = 0.0
    best_at, end = 0, 0
    for at in found:
        while end < len(found) and found[end] < at + length:
            word = types[found[end]]
            counts[word] = counts.get(word, 0) + 1
            if counts[word] <= len(where[word]):
                worth += weights[where[word][0]]
            end += 1
        if worth > best + 1e-9:
            best, best_at = worth, at
        word = types[at]
        if counts[word] <= len(where[word]):
            worth -= weights[where[word][0]]
        counts[word] -= 1
    return max(0, best_at - length // 2), best_at + length + length // 2


def _chain(pairs: Sequence[tuple[int, int]], weights: Sequence[float]) -> list[tuple[int, int]]:
    """Return the chain of matches, each a word of the text and one of the quotation, that is worth most."""
    worth: list[float] = []
    before: list[int] = []
    for number, (at, quoted) in enumerate(pairs):
        best, best_before = 0.0, -1
        for other in range(number - 1, max(-1, number - 1 - _BACK), -1):
            there, then = pairs[other]
            step, jump = at - there, quoted - then
            if step > 0 and jump > 0 and worth[other] > best:
                value = worth[other] - _GAP * (min(step, jump) - 1) - _SHIFT * abs(step - jump)
                if value > best:
                    best, best_before = value, other
        worth.append(best + weights[quoted])
        before.append(best_before)
    at = max(range(len(pairs)), key=worth.__getitem__)
    chain: list[tuple[int, int]] = []
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _columns(
    chain: Sequence[tuple[int, int]], words: Sequence[str], texts: dict[int, str], agree: Callable[[int, int], bool]
) -> list[Column]:
    first_at, first = chain[0]
    last_at, last = chain[-1]
    edge = min(first, _EDGE) if first <= _EDGE else 0
    columns = _between(range(first), range(first_at - edge, first_at), words, texts, agree)
    for number, (at, quoted) in enumerate(chain):
        columns.append(Column(SAME, quoted, at))
        if number + 1 < len(chain):
            next_at, next_quoted = chain[number + 1]
            texts_between = range(at + 1, next_at)
            columns += _between(range(quoted + 1, next_quoted), texts_between, words, texts, agree)
    rest = len(words) - 1 - last
    edge = rest if rest <= _EDGE else 0
    columns += _between(range(last + 1, len(words)), range(last_at + 1, last_at + 1 + edge), words, texts, agree)
    return columns


def _between(
    quoted: range, stands: range, words: Sequence[str], texts: dict[int, str], agree: Callable[[int, int], bool]
) -> list[Column]:
    """Return the columns between two matches so that most is alike (Needleman and Wunsch, J. Mol. Biol. 48, 1970)."""
    ours, theirs = list(quoted), [at for at in stands if at in texts]
    if not ours or not theirs or len(ours) * len(theirs) > _LARGEST:
        return [Column(ADDED, number, -1) for number in ours] + [Column(LEFT_OUT, -1, at) for at in theirs]
    kinds = [
        [SAME if agree(number, at) else _likeness(words[number], texts[at]) or CHANGED for at in theirs]
        for number in ours
    ]
    worth = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]  # of what follows the first i and j
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            worth[i][j] = max(worth[i + 1][j + 1] + _WORTH[kinds[i][j]], worth[i + 1][j], worth[i][j + 1])
    columns: list[Column] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        if i < len(ours) and j < len(theirs) and worth[i][j] == worth[i + 1][j + 1] + _WORTH[kinds[i][j]]:
            columns.append(Column(kinds[i][j], ours[i], theirs[j]))
            i, j = i + 1, j + 1
        elif i < len(ours) and (j == len(theirs) or worth[i][j] == worth[i + 1][j]):
            columns.append(Column(ADDED, ours[i], -1))
            i += 1
        else:
            columns.append(Column(LEFT_OUT, -1, theirs[j]))
            j += 1
    return columns


def _likeness(one: str, other: str) -> str:
    """Return in what two different words agree: they are forms of one word, or nearly spelt the same; else ""."""
    if not set(evidence(one).lemmas).isdisjoint(evidence(other).lemmas):
        return FORM
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return SPELLING if start + end >= _ALIKE * max(len(one), len(other)) and start + end > 1 else ""
