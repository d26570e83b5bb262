"""Terms in the order of their bytes, and numbers in theirs."""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.terms import head

_DIGIT = 16  # bits sorted by at a time
_MASK = (1 << _DIGIT) - 1
_FEW = 2048  # terms that are sorted by comparing them


def order_terms(terms: list[bytes]) -> array[int]:
    """Return uint32[n], the numbers of the terms in ascending order of their bytes."""
    size = len(terms)
    heads = uint64s(size)
    if size > _FEW:
        for i in range(size):
            heads[i] = head(terms[i])
    found = order_keys(heads) if size > _FEW else uint32s(size)
    order = found
    for i in range(size if size <= _FEW else 0):
        order[i] = i
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
    return found


def order_keys(keys: array[int]) -> array[int]:
    """Return uint32[n], the numbers of uint64[n] keys in ascending order; equals stay in order."""
    size = len(keys)
    if size <= _FEW:
        return array("I", sorted(range(size), key=keys.__getitem__))
    found = uint32s(size)
    order = found
    other = uint32s(size)
    places = uint32s((1 << _DIGIT) + 1)
    for i in range(size):
        order[i] = i
    with cython.nogil:
        # Least digit first (Knuth, The Art of Computer Programming 3, 5.2.5); an even number of passes ends in
        # ``found``.
        for digit in range(64 // _DIGIT):
            shift = digit * _DIGIT
            for i in range(len(places)):
                places[i] = 0
            for i in range(size):
                places[(keys[i] >> shift & _MASK) + 1] += 1
            for i in range(1, len(places)):
                places[i] += places[i - 1]
            for i in range(size):
                bucket = keys[order[i]] >> shift & _MASK
                other[places[bucket]] = order[i]
                places[bucket] += 1
            spare = order
            order = other
            other = spare
    return found
