"""Terms in the order of their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.terms import head

if TYPE_CHECKING:
    from array import array

_DIGIT = 16  # bits sorted by at a time
_MASK = (1 << _DIGIT) - 1
_FEW = 2048  # terms that are sorted by comparing them


def order_terms(terms: list[bytes]) -> array[int]:
    """Return uint32[n], the numbers of the terms in ascending order of their bytes."""
    size = len(terms)
    numbers = uint32s(size)
    order = numbers
    other = uint32s(size)
    heads = uint64s(size)
    places = uint32s((1 << _DIGIT) + 1)
    for i in range(size):
        order[i] = i
        if size > _FEW:
            heads[i] = head(terms[i])
    with cython.nogil:
        # Least digit first (Knuth, The Art of Computer Programming 3, 5.2.5); an even number of passes ends in
        # ``numbers``.
        for digit in range(64 // _DIGIT if size > _FEW else 0):
            shift = digit * _DIGIT
            for i in range(len(places)):
                places[i] = 0
            for i in range(size):
                places[(heads[i] >> shift & _MASK) + 1] += 1
            for i in range(1, len(places)):
                places[i] += places[i - 1]
            for i in range(size):
                bucket = heads[order[i]] >> shift & _MASK
                other[places[bucket]] = order[i]
                places[bucket] += 1
            spare = order
            order = other
            other = spare
    first = 0
    while first < size:
        last = first + 1
        while last < size and heads[order[last]] == heads[order[first]]:
            last += 1
        if last - first > 1:
            run = sorted([order[i] for i in range(first, last)], key=terms.__getitem__)
            for i in range(first, last):
                order[i] = run[i - first]
        first = last
    return numbers
