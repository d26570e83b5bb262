"""Words in the order of their bytes, and numbers in theirs."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import room, uint32s

if TYPE_CHECKING:
    from searchkit._core.buffers import Bytes, Uint32s, Uint64s, WritableBytes, WritableUint32s

_DIGIT = 16  # bits sorted by at a time
_MASK = (1 << _DIGIT) - 1
_FEW = 2048  # terms that are sorted by comparing them


def encode_words(
    units: memoryview, firsts: Uint32s, lengths: Uint32s, data: WritableBytes, ends: WritableUint32s
) -> int:
    """Write words as UTF-8, halves of pairs as if they were letters, and return how many bytes they are.

    Args:
        units: as ``Scanner.spellings`` gives it.
        firsts: the same.
        lengths: the same.
        data: uint8[>= 3 * all lengths], filled.
        ends: uint32[n], receives where each of the first n words ends.
    """
    at = 0
    with cython.nogil:
        for word in range(len(ends)):
            i = firsts[word]
            end = i + lengths[word]
            while i < end:
                code = units[i]
                i += 1
                if code < 0x80:
                    data[at] = code
                    at += 1
                    continue
                if code < 0x800:
                    data[at] = 0xC0 | code >> 6
                else:
                    if code >> 10 == 0x36 and i < end and units[i] >> 10 == 0x37:
                        code = 0x10000 + ((code & 0x3FF) << 10) + (units[i] & 0x3FF)
                        i += 1
                        data[at] = 0xF0 | code >> 18
                        at += 1
                        data[at] = 0x80 | code >> 12 & 63
                    else:
                        data[at] = 0xE0 | code >> 12
                    at += 1
                    data[at] = 0x80 | code >> 6 & 63
                data[at + 1] = 0x80 | code & 63
                at += 2
            ends[word] = at
    return at


def order_words(units: memoryview, firsts: Uint32s, lengths: Uint32s, data: Bytes, ends: Uint32s) -> Uint32s:
    """Return uint32[n], the numbers of words in ascending order of their bytes; see ``encode_words``."""
    size = len(ends)
    heads = room(size, "Q")
    if size > _FEW:
        with cython.nogil:
            for i in range(size):
                heads[i] = _head(units, firsts[i], lengths[i])
    numbers = order_keys(heads)
    order = numbers
    other = room(size)
    with cython.nogil:
        first = 0
        while first < size:
            last = first + 1
            while last < size and heads[order[last]] == heads[order[first]]:
                last += 1
            if last - first > 1:
                _sort_run(order, other, first, last, data, ends)
            first = last
    return numbers


def _head(units: memoryview, first: int, size: int) -> int:
    """Return what ``searchkit._core.terms.head`` makes of the bytes of a word."""
    value = 0
    room = 8
    i = first
    end = first + size
    while room and i < end:
        room -= 1
        unit = units[i]
        i += 1
        code = 0  # of a letter of its own
        other = 0  # of one of many
        if unit < 0x30:
            other = 1
        elif unit < 0x3A:
            code = unit - 0x30 + 2
        elif unit < 0x61:
            other = 12
        elif unit < 0x7B:
            code = unit - 0x61 + 13
        elif unit < 0x600:
            other = 39
        elif unit < 0x6C0:
            code = 41 + 66 * ((unit >> 6) - 0x18) + (unit & 63)
        else:
            other = 238
        value = value << 8 | code | other
        if other:
            break
    return value << 8 * room if room < 8 else 0  # C has no shift by 64


def _sort_run(order: WritableUint32s, other: WritableUint32s, first: int, last: int, data: Bytes, ends: Uint32s) -> int:
    """Merge longer and longer runs of words, until all between two places are in the order of their bytes."""
    width = 1
    while width < last - first:
        start = first
        while start < last:
            middle = min(start + width, last)
            stop = min(middle + width, last)
            i = start
            j = middle
            for k in range(start, stop):
                if i < middle and (j == stop or not _is_less(data, ends, order[j], order[i])):
                    other[k] = order[i]
                    i += 1
                else:
                    other[k] = order[j]
                    j += 1
            start = stop
        for k in range(first, last):
            order[k] = other[k]
        width *= 2
    return 0


def _is_less(data: Bytes, ends: Uint32s, one: int, other: int) -> bool:
    """Tell whether a word comes before another."""
    i = ends[one - 1] if one else 0
    j = ends[other - 1] if other else 0
    while i < ends[one] and j < ends[other]:
        if data[i] != data[j]:
            return data[i] < data[j]
        i += 1
        j += 1
    return i == ends[one] and j < ends[other]


def order_keys(keys: Uint64s) -> Uint32s:
    """Return uint32[n], the numbers of uint64[n] keys in ascending order; equals stay in order."""
    size = len(keys)
    if size <= _FEW:
        return array("I", sorted(range(size), key=keys.__getitem__))
    found = room(size)
    order = found
    other = room(size)
    places = uint32s((1 << _DIGIT) + 1)
    with cython.nogil:
        for i in range(size):
            order[i] = i
        # Least digit first (Knuth, The Art of Computer Programming 3, 5.2.5); an even number of passes ends in the
        # ``order`` that it began with.
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
