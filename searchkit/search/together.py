"""Where words of a phrase, or of NEAR, stand together, from where each of them stands in one text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Span = tuple[int, int]
    """Numbers of a first and a last word in the text."""


def follow(rows: Sequence[Sequence[int]], slop: int = 0) -> list[list[int]]:
    """Return the places of a phrase, each the numbers of its words in the text.

    Args:
        rows: for each word of the phrase, where it stands, ascending.
        slop: how many other words may stand among them in all.
    """
    found: list[list[int]] = []
    for start in rows[0] if rows else ():
        places = [start]
        for row in rows[1:]:
            at = bisect_right(row, places[-1])
            if at == len(row) or row[at] - start > len(places) + slop:
                break
            places.append(row[at])
        else:
            found.append(places)
    return found


def stand_near(rows: Sequence[Sequence[Span]], gaps: Sequence[int]) -> list[list[Span]]:
    """Return of each row what stands near one of the next, and so on from the first to the last.

    Args:
        rows: for each side of NEAR, where something of it stands.
        gaps: words at most between a row and the next.
    """
    kept = [list(rows[0])]
    for row, gap in zip(rows[1:], gaps, strict=True):
        kept.append(_near(row, kept[-1], gap))
    for i in range(len(gaps) - 1, -1, -1):
        kept[i] = _near(kept[i], kept[i + 1], gaps[i])
    return kept


def first_near(rows: Sequence[Sequence[Span]], gaps: Sequence[int]) -> Span | None:
    """Return the first and the last word of a place where all rows stand near each other; None if there is none."""
    kept = stand_near(rows, gaps)
    if not kept[0]:
        return None
    chain = [min(kept[0])]
    for row, gap in zip(kept[1:], gaps, strict=True):
        chain.append(min(_near(row, chain[-1:], gap)))
    return min(first for first, _ in chain), max(last for _, last in chain)


def _near(row: Sequence[Span], others: Sequence[Span], gap: int) -> list[Span]:
    """Return what ends shortly before one of the others begins, or begins shortly after one ends."""
    begins = sorted(first for first, _ in others)
    ends = sorted(last for _, last in others)
    kept: list[Span] = []
    for first, last in row:
        before = bisect_left(ends, first)
        behind = bisect_right(begins, last)
        if (before and first - ends[before - 1] - 1 <= gap) or (
            behind < len(begins) and begins[behind] - last - 1 <= gap
        ):
            kept.append((first, last))
    return kept
