"""The posting lists of the terms of a dictionary as ``searchkit._core.cursors`` wants them described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import int64s
from searchkit._core.terms import BLOCK_TERMS

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes
    from searchkit._core.terms import Dictionary

_BLOCK_TERMS = BLOCK_TERMS
_NEAR = 4096  # bytes that are verified with what lies around them
_PAGE_BITS = 13  # of the pages that are verified


def posting_lists(
    dictionary: Dictionary,
    numbers: list[int],
    base: int,
    positioned: int,
    verify: Callable[[int, int], None],
    seen: Bytes = b"",
    page: int = 0,
) -> array[int]:
    """Return what ``Cursors.open`` wants to know of the posting lists of terms, without their positions.

    Args:
        dictionary: knows the terms.
        numbers: of the terms, increasing.
        base: the byte of the file where the postings of the field begin.
        positioned: 1 if the field has positions, else 0.
        verify: called with the first byte and the end of postings, before they are read; those between them may
            be among them where they are few.
        seen: uint8[>= page + pages of the postings], not 0 for pages of 8 KiB that need not be verified; or empty.
        page: the first of the postings in ``seen``.

    Raises:
        ValueError: the dictionary is damaged.
        IndexError: there is no term with such a number, or they do not increase.
    """
    lists = int64s(6 * len(numbers))
    out = lists
    counts = dictionary.counts
    end = len(counts)
    now = -1
    at = 0
    postings = 0
    first = 0  # postings that have to be verified
    last = -1
    for i in range(len(numbers)):
        number = numbers[i]
        if number <= now or number >= dictionary.num_terms:
            raise IndexError(f"no term {number} after {now}: there are {dictionary.num_terms}")
        block = number // _BLOCK_TERMS
        if now < block * _BLOCK_TERMS:
            now = block * _BLOCK_TERMS - 1
            dictionary.check(block)
            at = dictionary.offsets[2 * block + 1]
            postings = dictionary.count_number(at)
            at = dictionary.past_count_number(at)
            dictionary.count_number(at)
            at = dictionary.past_count_number(at)
        df = 0
        start = 0
        while now < number:
            now += 1
            start = postings
            if at + 3 < end and (counts[at] | counts[at + 1] | counts[at + 2] | counts[at + 3]) < 128:
                df = counts[at]
                postings += counts[at + 1 + (df & 1)]
                at += 2 + 2 * (df & 1)
            else:
                df = dictionary.count_number(at)
                at = dictionary.past_count_number(at)
                if df & 1:
                    dictionary.count_number(at)
                    at = dictionary.past_count_number(at)
                postings += dictionary.count_number(at)
                at = dictionary.past_count_number(at)
                if df & 1:
                    dictionary.count_number(at)
                    at = dictionary.past_count_number(at)
        if start == postings or _all_seen(seen, page + (start >> _PAGE_BITS), page + (postings - 1 >> _PAGE_BITS)):
            pass
        elif last < 0:
            first = start
            last = postings
        else:
            if start - last > _NEAR:
                verify(first, last)
                first = start
            last = postings
        out[6 * i] = base + start
        out[6 * i + 1] = base + postings
        out[6 * i + 2] = df >> 1
        out[6 * i + 3] = positioned
    if last >= 0:
        verify(first, last)
    return lists


def _all_seen(seen: Bytes, first: int, last: int) -> bool:
    """Tell whether all pages from one to another need not be verified any more."""
    if last >= len(seen):
        return False
    while first <= last and seen[first]:
        first += 1
    return first > last
