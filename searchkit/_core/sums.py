# pyright: reportPossiblyUnboundVariable=false
"""Sums of a window of documents, uint16 of 15 bits each, many of which are looked at together.

What is added is described in ``searchkit._core.ready``, and why in ``searchkit._core.adder``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint16s

if TYPE_CHECKING:
    from array import array

CHUNK = 64  # documents that are looked at together
_CHUNK = CHUNK
_HIGHEST = 1 << 14


def kth(sums: array[int], size: int, k: int) -> int:
    """Return a number that k sums are not below, and hardly more are above it; 0 if there are fewer sums."""
    least = 0
    if size < k:
        return least
    bit = _HIGHEST + 0
    while bit > 0:
        if count_least(sums, size, least + bit) >= k:
            least += bit
        bit >>= 1
    return least


if not cython.compiled:  # else they are in the .pxd, as loops over many numbers at a time

    def fetch(words: memoryview, begin: int) -> None:
        """Have the processor read the beginning of a list from its memory meanwhile."""

    def add_dense(sums: array[int], scores: memoryview, start: int, size: int, scale: int) -> None:
        """Add dense scores to sums, ``scale`` for each."""
        for at, score in enumerate(scores[start : start + size]):
            if score:
                sums[at] += score * scale

    def add_entries(sums: array[int], words: memoryview, begin: int, end: int, shift: int) -> None:
        """Add entries to sums, without their last bits, and one."""
        for entry in words[begin:end]:
            sums[entry >> 16] += ((entry & 0xFFFF) >> shift) + 1

    def help_dense(sums: array[int], scores: memoryview, start: int, size: int, scale: int) -> None:
        """Add dense scores where there is a sum."""
        for at, score in enumerate(scores[start : start + size]):
            if score and sums[at]:
                sums[at] += score * scale

    def survey(sums: array[int], most: array[int], chunks: int) -> int:
        """Note the largest sum of each chunk, and return how many sums are above 0."""
        for chunk in range(chunks):
            most[chunk] = max(sums[chunk * _CHUNK : chunk * _CHUNK + _CHUNK])
        return chunks * _CHUNK - sums[: chunks * _CHUNK].count(0)

    def count_least(sums: array[int], size: int, least: int) -> int:
        """Return how many sums are not below ``least``."""
        return sum(one >= least for one in sums[:size])

    def clear(sums: array[int], size: int) -> None:
        """Set sums to 0."""
        sums[:size] = uint16s(size)
