"""Letters that writers confuse, and how improbable an edit is that makes one word of another: after folding.

The costs are set by hand in the order of what writers of Arabic confuse: letters of one sound, letters that are not
pronounced, letters side by side on the keyboard. They are parts of an edit; see ``search.suggest`` for what an edit is
worth.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from searchkit.arabic import letters as ar

CONFUSIONS = (
    ar.THAL + ar.ZAIN + ar.DAL,
    ar.DAD + ar.ZAH,
    ar.TEH + ar.TAH,
    ar.TEH + ar.HEH,  # at the end, teh marbuta and the teh it is pronounced as
    ar.SEEN + ar.SAD + ar.THEH,
    ar.ALEF + ar.YEH + ar.HAMZA,  # alef maksura is folded to yeh
)
"""Groups of letters of which one may stand for another."""

_PAIRS = (
    ("ضظ", 0.3), ("ذد", 0.4), ("ذز", 0.5), ("زظ", 0.6), ("تط", 0.5), ("سص", 0.5), ("ثس", 0.6), ("ثت", 0.5), ("قغ", 0.6),
    ("قك", 0.7), ("هح", 0.7), ("عا", 0.8), ("ءا", 0.4), ("ءي", 0.4), ("ءو", 0.4), ("اي", 0.65),
)  # fmt: skip
_LAST_PAIRS = (("ها", 0.5), ("هت", 0.5), ("اي", 0.5), ("هي", 0.8))
_ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
_NEIGHBOUR = 0.75
_LEFT_OUT = 0.7
_FIRST = 0.35  # what another first letter costs more: it is the one that is seldom wrong
_SWAP = 0.55
_DOUBLED = 0.45
_LONG = 0.6  # a vowel letter more or less
_LAST_HAMZA = 0.25  # الطاريء for الطارئ
_PROCLITIC = 0.55  # another word rather than a wrong one
_VOWELS = frozenset((ar.ALEF, ar.WAW, ar.YEH))
_PROCLITICS = frozenset((ar.WAW, ar.FEH, ar.BEH, ar.LAM, ar.KAF))
_ARTICLE = ar.ALEF + ar.LAM


def edit_cost(word: str, other: str) -> float:
    """Return the cost of the edits that lead from one folded word to another; 0 for the same word."""
    start = 0
    size = min(len(word), len(other))
    while start < size and word[start] == other[start]:
        start += 1
    end = 0
    while end < size - start and word[-1 - end] == other[-1 - end]:
        end += 1
    gone, come = word[start : len(word) - end], other[start : len(other) - end]
    if len(gone) <= 1 and len(come) <= 1:
        return _one(word, other, start, gone, come)
    if len(gone) == 2 and come == gone[::-1]:
        return _SWAP + (_FIRST if not start else 0)
    if not gone or not come:
        return _run(start, gone or come)
    return _aligned(word, other, start, gone, come)


def likely_spellings(word: str) -> list[str]:
    """Return what a folded word becomes by one of the likelier mistakes undone, likeliest first."""
    found: set[str] = set()
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        found.update(before + vowel + after for vowel in _VOWELS)
        found.add(before + before[-1] + after)
        if before[-1] in _VOWELS or before[-2:-1] == before[-1]:
            found.add(before[:-1] + after)
        if after:
            found.add(before[:-1] + after[0] + before[-1] + after[1:])
        for pair, cost in _table(last=not after).items():
            if pair[0] == before[-1] and cost < _LONG:
                found.add(before[:-1] + pair[1] + after)
    found.discard(word)
    return sorted(found, key=lambda other: (edit_cost(word, other), other))


def _one(word: str, other: str, start: int, gone: str, come: str) -> float:
    """Return the cost of one letter in place of another, or of none."""
    if not gone and not come:
        return 0.0
    last = start == max(len(word), len(other)) - 1
    if gone and come:
        cost = _table(last=last).get(gone + come, 1.0)
        return cost + (_FIRST if not start and cost > _DOUBLED else 0)
    letter, longer = (gone or come), (word if gone else other)
    if start and longer[start - 1] == letter:
        return _DOUBLED  # the common end may hide the first of the two
    if last and letter == ar.HAMZA:
        return _LAST_HAMZA
    if not start:
        return _PROCLITIC if letter in _PROCLITICS else 1.0 + _FIRST
    return _LONG if letter in _VOWELS else _LEFT_OUT if come else 1.0


def _run(start: int, letters: str) -> float:
    """Return the cost of several letters more or less."""
    if not start and letters == _ARTICLE:
        return 1.0
    return sum(_LONG if letter in _VOWELS else 1.0 for letter in letters)


def _aligned(word: str, other: str, start: int, gone: str, come: str) -> float:
    """Return the least cost of edits in the part that differs."""
    row = [0.0]
    for letter in come:
        row.append(row[-1] + (_LONG if letter in _VOWELS else 1.0))
    last = start + len(gone) == len(word) and start + len(come) == len(other)
    for i, letter in enumerate(gone):
        ahead = [row[0] + (_LONG if letter in _VOWELS else 1.0)]
        for j, new in enumerate(come):
            final = last and i == len(gone) - 1 and j == len(come) - 1
            change = 0.0 if letter == new else _table(last=final).get(letter + new, 1.0)
            ahead.append(
                min(
                    row[j] + change,
                    row[j + 1] + (_LONG if letter in _VOWELS else 1.0),
                    ahead[j] + (_LONG if new in _VOWELS else 1.0),
                )
            )
        row = ahead
    return row[-1] + (_FIRST if not start and gone[0] != come[0] else 0)


@cache
def _table(*, last: bool) -> dict[str, float]:
    """Return what a letter in place of another costs, by both."""
    costs: dict[str, float] = {}
    for row in _ROWS:
        for one, other in pairwise(row):
            costs[one + other] = costs[other + one] = _NEIGHBOUR
    for pair, cost in _PAIRS + (_LAST_PAIRS if last else ()):
        costs[pair] = costs[pair[::-1]] = cost
    return costs
