"""The best of many numbers, by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint64s

if TYPE_CHECKING:
    from array import array


def largest(ranks: array[int], size: int, k: int) -> int:
    """Return the k-th largest rank (Hoare, "Algorithm 65: find", CACM 4, 1961).

    Args:
        ranks: uint64[>= size].
        size: how many there are.
        k: from 1 to ``size``.
    """
    left = uint64s(size)
    for i in range(size):
        left[i] = ranks[i]
    low = 0
    high = size - 1
    wanted = k - 1
    while low < high:
        middle = left[(low + high) >> 1]
        i = low
        j = high
        while i <= j:
            while left[i] > middle:
                i += 1
            while left[j] < middle:
                j -= 1
            if i <= j:
                other = left[i]
                left[i] = left[j]
                left[j] = other
                i += 1
                j -= 1
        if wanted <= j:
            high = j
        elif wanted >= i:
            low = i
        else:
            break
    return left[wanted]


def keep_best(ranks: array[int], numbers: array[int], size: int, k: int, floor: int) -> None:
    """Drop all but the k best, of equals the first; these stay in their order.

    Args:
        ranks: uint64[>= size].
        numbers: uint64[>= size], one for each rank.
        size: how many there are, more than k.
        k: how many are wanted.
        floor: the k-th largest rank.
    """
    equal = k  # of those that are as good as the last: how many stay
    for i in range(size):
        equal -= ranks[i] > floor
    kept = 0
    for i in range(size):
        rank = ranks[i]
        if rank == floor:
            equal -= 1
        if rank > floor or (rank == floor and equal >= 0):
            ranks[kept] = rank
            numbers[kept] = numbers[i]
            kept += 1
