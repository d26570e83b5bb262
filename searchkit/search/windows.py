"""The windows of a text that show most of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.marking import Place

_REPEATED = 0.03  # what it is worth at most that words come again
_NOTHING = 1e-9  # what sums of what was added and taken away may be


def choose(places: Sequence[Place], weights: Sequence[float], length: int, count: int) -> list[tuple[int, int]]:
    """Return the first and last words of the windows that show most; of equal ones the narrowest, then the first."""
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while len(chosen) < count:
        best, best_worth = -1, 0.0
        for most, number in sorted(_bounds(places, weights, length, shown), key=_largest_first):
            if most + _REPEATED <= best_worth:
                break
            worth = _window(places, weights, length, shown, number)[0]
            if worth > best_worth or (worth == best_worth and number < best):
                best, best_worth = number, worth
        if best < 0:
            break
        _, last, here = _window(places, weights, length, shown, best)
        chosen.append((places[best].first, last))
        shown.update(here)
    return chosen


def _bounds(places: Sequence[Place], weights: Sequence[float], length: int, shown: set[int]) -> list[tuple[float, int]]:
    """Return for each window that begins with a match how much it can show at most, and the number of the match."""
    counts: dict[tuple[int, float], int] = {}
    bounds: list[tuple[float, int]] = []
    most, end = 0.0, 0
    for number, place in enumerate(places):
        limit = place.first + length
        while end < len(places) and places[end].first < limit:
            _, _, leaf, strength = places[end]
            end += 1
            if leaf not in shown:
                count = counts.get((leaf, strength), 0)
                counts[leaf, strength] = count + 1
                if not count:
                    most += weights[leaf] * strength
        if most > _NOTHING:
            bounds.append((most, number))
        _, _, leaf, strength = place
        if leaf not in shown:
            counts[leaf, strength] -= 1
            if not counts[leaf, strength]:
                most -= weights[leaf] * strength
    return bounds


def _largest_first(bound: tuple[float, int]) -> tuple[float, int]:
    return -bound[0], bound[1]


def _window(
    places: Sequence[Place], weights: Sequence[float], length: int, shown: set[int], number: int
) -> tuple[float, int, dict[int, float]]:
    """Return what the window of a match adds to what is shown, its last word, and the strength of each part."""
    here: dict[int, float] = {}
    first = places[number].first
    last = places[number].last
    again = 0
    for at in range(number, len(places)):
        start, end, leaf, strength = places[at]
        if start >= first + length:
            break
        if end < first + length:
            if leaf in here:
                again += 1
            if strength > here.get(leaf, 0.0):
                here[leaf] = strength
                last = max(last, end)
    worth = sum(weights[leaf] * strength for leaf, strength in here.items() if leaf not in shown)
    return worth + (_REPEATED / 3 * min(again, 3) - 0.001 * min(last - first, length) if worth else 0.0), last, here


def worth_of(places: Sequence[Place], weights: Sequence[float], windows: Sequence[tuple[int, int]]) -> float:
    """Return what windows show, each part of the query by its strongest evidence in them."""
    best: dict[int, float] = {}
    for place in places:
        if place.strength > best.get(place.leaf, 0.0) and any(a <= place.first and place.last <= b for a, b in windows):
            best[place.leaf] = place.strength
    return sum(weights[leaf] * strength for leaf, strength in best.items())
