"""Documents as numbers of words, written: ``searchkit._core.dense`` says what the bytes mean, and reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import room, uint32s
from searchkit._core.dense import ALONE, BLOCK, CLASSES, LARGEST, MARKS, MAX_SHARED, MIN_LAST, ODD, WIDE, WORD
from searchkit._core.order import order_keys

if TYPE_CHECKING:
    from searchkit._core.buffers import Bytes, Uint32s, Uint64s, WritableBytes, WritableUint32s

_BLOCK = BLOCK
_CLASSES = CLASSES
_CLASS_BITS = 3
_LARGEST = LARGEST
_LAST = CLASSES - 1
_MARKS = MARKS
_MAX_SHARED = MAX_SHARED
_MIN_LAST = MIN_LAST
_ODD = ODD
_AHEAD = 8  # pieces
_ALONE = ALONE
_WIDE = WIDE
_WORD = WORD
_BUCKETS = 1 << 16
CODE = 5  # bytes that a number takes at most
_FIRST_WIDTHS = b"\3\6\10\12\13\14\16"  # near the best for articles
_NEVER = 1 << 62
_LETTERS = 8  # that words of a class are put in order by

if not cython.compiled:  # else it is in the .pxd

    def fetch(values: memoryview, at: int) -> None:
        """Have the memory send what will be needed soon."""


def count_pieces(log: Uint32s, starts: Uint32s, ends: Uint32s, first: int, last: int, counts: WritableUint32s) -> None:
    """Count how often each number occurs in documents.

    Args:
        log: uint32[>= ends[last - 1]].
        starts: uint32[>= last], where each document begins.
        ends: uint32[>= last].
        first: the document to begin with.
        last: where to stop.
        counts: uint32[> largest number], added to.
    """
    with cython.nogil:
        for doc in range(first, last):
            for i in range(starts[doc], ends[doc]):
                counts[log[i]] += 1


def add_up(counts: WritableUint32s, more: Uint32s) -> None:
    """Add numbers to numbers."""
    with cython.nogil:
        for i in range(len(counts)):
            counts[i] += more[i]


def shift(places: WritableUint32s, amount: int) -> None:
    """Add to all."""
    with cython.nogil:
        for i in range(len(places)):
            places[i] += amount


def pick_documents(
    spans: Uint32s, firsts: Uint32s, lasts: Uint32s, starts: WritableUint32s, ends: WritableUint32s
) -> None:
    """Find where documents begin and end.

    Args:
        spans: uint32[2 * texts], where each text begins, and where it ends but for what says so.
        firsts: uint32[n], the first text of each document.
        lasts: uint32[n], the last one.
        starts: uint32[n], filled.
        ends: uint32[n], filled.
    """
    with cython.nogil:
        for i in range(len(firsts)):
            starts[i] = spans[2 * firsts[i]]
            ends[i] = spans[2 * lasts[i] + 1] + 1


def rank(counts: Uint32s, order: WritableUint32s) -> int:
    """Write the numbers that occur, the frequent first, and return how many there are.

    Args:
        counts: uint32[n].
        order: uint32[>= n], filled; equals stay in order, as do all that occur 65,535 times or more.
    """
    places = uint32s(_BUCKETS)
    with cython.nogil:
        for i in range(len(counts)):
            places[min(counts[i], _BUCKETS - 1)] += 1
        total = 0
        for i in range(_BUCKETS - 1, 0, -1):
            size = places[i]
            places[i] = total
            total += size
        for i in range(len(counts)):
            if counts[i]:
                size = min(counts[i], _BUCKETS - 1)
                order[places[size]] = i
                places[size] += 1
    return total


def choose_widths(counts: Uint32s, order: Uint32s, widths: bytearray) -> None:
    """Choose how many bits numbers of each class take, so that all take about the least.

    One width or two at a time are made larger or smaller by one for as long as that helps.

    Args:
        counts: uint32[...], how often each piece occurs.
        order: uint32[n], the pieces, the frequent first.
        widths: uint8[CLASSES], filled.
    """
    size = len(order) + _MARKS
    sums = room(size + 1, "Q")  # how often all numbers below occur
    total = 0
    with cython.nogil:
        for i in range(len(order)):
            total += counts[order[i]]
            sums[i + _MARKS + 1] = total
    for i in range(_LAST):
        widths[i] = _FIRST_WIDTHS[i]
    least = fit(widths, sums)
    better = True
    while better:
        better = False
        for i in range(_LAST):
            for other in range(_LAST):
                for step in range(2):
                    _move(widths, i, other, 2 * step - 1)
                    cost = fit(widths, sums)
                    if cost < least:
                        least = cost
                        better = True
                    else:
                        _move(widths, i, other, 1 - 2 * step)
    fit(widths, sums)


def fit(widths: bytearray, sums: Uint64s) -> int:
    """Make the last class hold all that is left; return how many bits all numbers take, very many if it cannot be."""
    size = len(sums) - 1
    start = 0
    cost = 0
    widths[_LAST] = _MIN_LAST
    for i in range(_CLASSES):
        if widths[i] > _LARGEST or (i == 0 and widths[i] == 0):  # smaller than 0 is 255
            return _NEVER
        if i == _LAST:
            while start + (_wide(1) << widths[i]) < size:
                widths[i] += 1
        end = min(size, start + (_wide(1) << widths[i]))
        cost += (_CLASS_BITS + widths[i]) * (sums[end] - sums[start])
        start = end
    return cost


def _move(widths: bytearray, i: int, other: int, step: int) -> None:
    """Make one class wider by a step, and another narrower if it is another."""
    widths[i] = widths[i] + step & 255
    if other != i:
        widths[other] = widths[other] - step & 255


def arrange(
    arena: memoryview,
    firsts: Uint32s,
    lengths: Uint32s,
    page: Bytes,
    order: Uint32s,
    widths: bytearray,
    codes: WritableUint32s,
) -> Uint32s:
    """Return the pieces, those of classes of rare ones in the order of their letters, and say how each is written.

    Args:
        arena: as ``Scanner.spellings`` gives it.
        firsts: the same.
        lengths: the same.
        page: uint8[65536], the byte of each UTF-16 unit in the code page, 0 if it has none.
        order: uint32[n], the pieces, the frequent first.
        widths: uint8[CLASSES], of the classes.
        codes: uint32[> largest in ``order``], receives for each piece the bits of its number.
    """
    size = len(order)
    keys = room(size, "Q")
    with cython.nogil:
        place = 0
        begin = 0
        for i in range(_CLASSES):
            end = begin + (_wide(1) << widths[i])
            while place < size and place + _MARKS < end:
                keys[place] = _wide(i) << 61
                if begin >= _ALONE:
                    keys[place] |= _key(arena, firsts[order[place]], lengths[order[place]], page) >> 3
                place += 1
            begin = end
    found = order_keys(keys)
    arranged = found
    with cython.nogil:
        place = 0
        begin = 0
        for i in range(_CLASSES):
            end = begin + (_wide(1) << widths[i])
            while place < size and place + _MARKS < end:
                arranged[place] = order[arranged[place]]
                codes[arranged[place]] = i | (place + _MARKS - begin) << _CLASS_BITS
                place += 1
            begin = end
    return found


def _key(arena: memoryview, first: int, size: int, page: Bytes) -> int:
    """Return the first letters of a piece as a number."""
    key = _wide(0)
    for i in range(_LETTERS):
        key <<= 8
        if i < size:
            key |= page[arena[first + i]]
    return key


def encode(
    log: Uint32s,
    starts: Uint32s,
    ends: WritableUint32s,
    first: int,
    last: int,
    codes: Uint32s,
    widths: Bytes,
    out: WritableBytes,
) -> int:
    """Write documents and return how many bytes they take.

    Args:
        log: uint32[...], of all documents.
        starts: uint32[n], where in the log each document begins.
        ends: uint32[n], where it ends; receives for each that was written where in ``out`` it ends.
        first: the document to begin with.
        last: where to stop.
        codes: uint32[> largest number in the log], the bits to write for each.
        widths: uint8[CLASSES], of the classes.
        out: uint8[>= CODE * the pieces of these documents].
    """
    at = 0
    with cython.nogil:
        for doc in range(first, last):
            accumulator = _wide(0)
            filled = 0
            for i in range(starts[doc], ends[doc]):
                code = codes[log[i]]
                accumulator |= _wide(code) << filled
                filled += _CLASS_BITS + widths[code & _LAST]
                if filled >= 32:
                    for k in range(4):
                        out[at + k] = accumulator >> 8 * k & 255
                    at += 4
                    accumulator >>= 32
                    filled -= 32
            while filled >= 8:
                out[at] = accumulator & 255
                at += 1
                accumulator >>= 8
                filled -= 8
            if filled:  # ones up to the end of the byte: no number is so short
                out[at] = (accumulator | _wide(255) << filled) & 255
                at += 1
            ends[doc] = at
    return at


def spell(
    arena: memoryview,
    firsts: Uint32s,
    lengths: Uint32s,
    marks: Bytes,
    order: Uint32s,
    page: Bytes,
    blocks: WritableUint32s,
    heads: WritableBytes,
    texts: WritableBytes,
) -> int:
    """Write words as pieces and return the size of ``texts``.

    Args:
        arena: as ``Scanner.spellings`` gives it.
        firsts: the same.
        lengths: the same.
        marks: as ``Scanner.mark_words`` sets it.
        order: uint32[n], the numbers of the words.
        page: uint8[65536], the byte of each UTF-16 unit in the code page, 0 if it has none.
        blocks: uint32[(n + 15) // 16], filled.
        heads: uint8[n], filled.
        texts: uint8[>= 4 * n + 2 * all lengths], filled.
    """
    with cython.nogil:
        at = 0
        before = 0  # the piece before
        plain = 0  # how many of its letters may be shared
        for i in range(len(order)):
            if i + _AHEAD < len(order):  # each piece lies somewhere else
                fetch(arena, firsts[order[i + _AHEAD]])
            first = firsts[order[i]]
            size = lengths[order[i]]
            if i % _BLOCK == 0:
                blocks[i // _BLOCK] = at
            if i % _BLOCK == 0 or i < _ALONE:
                plain = 0
            wide = 0
            shared = 0
            most = min(plain, size)
            for j in range(first, first + size):
                if page[arena[j]] == 0:
                    wide = _WIDE
                if shared < most and j - first == shared and arena[j] == arena[before + shared]:
                    shared += 1
            if wide or not marks[order[i]] or size - shared >= _ODD:
                heads[i] = _ODD | marks[order[i]] | wide
                for j in range(4):
                    texts[at + j] = size >> 8 * j & 255
                at += 4
                shared = 0
                plain = 0
            else:
                heads[i] = shared << 4 | size - shared
                before = first
                plain = min(_MAX_SHARED, size)
            for j in range(first + shared, first + size):
                unit = arena[j]
                if wide:
                    texts[at] = unit & 255
                    texts[at + 1] = unit >> 8
                    at += 2
                else:
                    texts[at] = page[unit]
                    at += 1
    return at


def _wide(value: int) -> int:
    """Return a number as the 64-bit integer it is shifted in."""
    return value
