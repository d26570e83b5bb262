"""Columns: which values each document has in a field, as numbers of values (*ordinals*) in the order of the values.

A column of one value per document is ``ordinals``, uint32[num_docs], with ``MISSING`` where there is none. One with
several has ``starts``, uint32[num_docs + 1], too: those of a document are ``ordinals[starts[doc]:starts[doc + 1]]``,
ascending. ``starts`` is empty for the first. A set of documents is a bit each, bit doc % 8 of byte doc // 8.

What a file says is not trusted: whatever would be read outside of a buffer is a ``ValueError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s, WritableBytes

MISSING = 0xFFFFFFFF
"""The ordinal of a document without a value; as a key of the order, after all others."""

_MISSING = 0xFFFFFFFF


def in_range(starts: Uint32s, ordinals: Uint32s, num_docs: int, first: int, last: int, bits: WritableBytes) -> None:
    """Add the documents with a value from ``first`` up to, not with, ``last``.

    Args:
        starts: of the column.
        ordinals: of the column.
        num_docs: number of documents.
        first: ordinal.
        last: ordinal, at most how many values there are.
        bits: uint8[>= (num_docs + 7) // 8], added to.

    Raises:
        ValueError: the column is damaged.
    """
    _check(starts, ordinals, num_docs, bits)
    if len(starts) == 0:
        whole = num_docs >> 3
        for place in range(whole):  # a byte at a time and without branches: nobody can guess them
            byte = 0
            for at in range(8):
                number = ordinals[8 * place + at]
                byte |= ((number >= first) & (number < last)) << at
            bits[place] |= byte
        for doc in range(8 * whole, num_docs):
            number = ordinals[doc]
            if number >= first and number < last:
                bits[doc >> 3] |= 1 << (doc & 7)
        return
    for doc in range(num_docs):
        for at in range(_begin(starts, ordinals, doc), starts[doc + 1]):
            number = ordinals[at]
            if number >= first and number < last:
                bits[doc >> 3] |= 1 << (doc & 7)
                break


def in_set(starts: Uint32s, ordinals: Uint32s, num_docs: int, wanted: Bytes, bits: WritableBytes) -> None:
    """Add the documents with a value whose byte in ``wanted`` (uint8[number of values]) is not 0; see ``in_range``.

    Raises:
        ValueError: the column is damaged.
    """
    _check(starts, ordinals, num_docs, bits)
    size = len(wanted)
    for doc in range(num_docs):
        begin = doc
        end = doc + 1
        if len(starts) > 0:
            begin = _begin(starts, ordinals, doc)
            end = starts[doc + 1]
        for at in range(begin, end):
            number = ordinals[at]
            if number < size:
                if wanted[number]:
                    bits[doc >> 3] |= 1 << (doc & 7)
                    break
            elif number != _MISSING or len(starts) > 0:
                raise ValueError


def count(starts: Uint32s, ordinals: Uint32s, num_docs: int, bits: Bytes, counts: array[int]) -> int:
    """Count, for each value, the documents of a set that have it; return how many have any.

    Args:
        starts: of the column.
        ordinals: of the column.
        num_docs: number of documents.
        bits: uint8[>= (num_docs + 7) // 8], the set.
        counts: uint32[number of values], added to.

    Raises:
        ValueError: the column is damaged.
    """
    _check(starts, ordinals, num_docs, bits)
    size = len(counts)
    found = 0
    for doc in range(num_docs):
        if bits[doc >> 3] >> (doc & 7) & 1:
            begin = doc
            end = doc + 1
            if len(starts) > 0:
                begin = _begin(starts, ordinals, doc)
                end = starts[doc + 1]
            has = 0
            for at in range(begin, end):
                number = ordinals[at]
                if number < size:
                    counts[number] += 1
                    has = 1
                elif number != _MISSING or len(starts) > 0:
                    raise ValueError
            found += has
    return found


def add_key(starts: Uint32s, ordinals: Uint32s, num_docs: int, size: int, descending: int, keys: array[int]) -> None:
    """Append what a field says to the keys that documents are ordered by: the smallest key comes first.

    Args:
        starts: of the column; of several values the one that comes first in the order counts.
        ordinals: of the column.
        num_docs: number of documents.
        size: number of values.
        descending: 1 for the largest value first; documents without one come last in both.
        keys: uint64[num_docs], of which the lower half moves up and makes room.

    Raises:
        ValueError: the column is damaged.
    """
    if len(keys) < num_docs or (len(starts) == 0 and len(ordinals) < num_docs):
        raise ValueError
    if len(starts) > 0 and len(starts) <= num_docs:
        raise ValueError
    for doc in range(num_docs):
        number = _MISSING
        if len(starts) == 0:
            number = ordinals[doc]
        else:
            begin = _begin(starts, ordinals, doc)
            end = starts[doc + 1]
            if begin < end:
                number = ordinals[end - 1] if descending else ordinals[begin]
        if number < size:
            if descending:
                number = size - 1 - number
        elif number != _MISSING:
            raise ValueError
        key = keys[doc] & _MISSING
        keys[doc] = key << 32 | number


def first_by_key(keys: array[int], num_docs: int, bits: Bytes, k: int, best: array[int]) -> int:
    """Write the documents of a set with the smallest keys into ``best``, in order, and return how many.

    Ties go to the smaller document. A binary heap with the last of the first on top.

    Args:
        keys: uint64[num_docs].
        num_docs: number of documents.
        bits: uint8[>= (num_docs + 7) // 8], the set.
        k: number wanted.
        best: uint32[>= k], filled.
    """
    size = 0
    for doc in range(num_docs):
        if bits[doc >> 3] >> (doc & 7) & 1:
            if size < k:
                at = size
                size += 1
                while at > 0 and _after(keys, doc, best[(at - 1) >> 1]):
                    best[at] = best[(at - 1) >> 1]
                    at = (at - 1) >> 1
                best[at] = doc
            elif size > 0 and _after(keys, best[0], doc):
                _sift(keys, best, size, doc)
    for end in range(size - 1, 0, -1):
        last = best[0]
        _sift(keys, best, end, best[end])
        best[end] = last
    return size


def mark(docs: array[int], n: int, num_docs: int, bits: WritableBytes) -> None:
    """Add the first n of ``docs`` (uint32[>= n]) to a set.

    Raises:
        ValueError: there is no such document.
    """
    for i in range(n):
        doc = docs[i]
        if doc >= num_docs:
            raise ValueError
        bits[doc >> 3] |= 1 << (doc & 7)


def members(bits: Bytes, num_docs: int, docs: array[int]) -> int:
    """Write the documents of a set into ``docs`` (uint32[>= their number]) and return how many they are."""
    n = 0
    for doc in range(num_docs):
        if bits[doc >> 3] >> (doc & 7) & 1:
            docs[n] = doc
            n += 1
    return n


def drop(docs: array[int], scores: array[float], n: int, excluded: Bytes) -> int:
    """Keep, in place, the documents of a match list that are not in a set; return how many."""
    kept = 0
    for i in range(n):
        doc = docs[i]
        if not excluded[doc >> 3] >> (doc & 7) & 1:
            docs[kept] = doc
            scores[kept] = scores[i]
            kept += 1
    return kept


def renumber(
    starts: Uint32s, ordinals: Uint32s, num_docs: int, bits: Bytes, numbers: array[int],
    out_starts: array[int], out: array[int], n: int,
) -> int:  # fmt: skip
    """Append the ordinals of the documents of a set, under other numbers, to a column; return how many it has then.

    Args:
        starts: of the column.
        ordinals: of the column.
        num_docs: number of documents.
        bits: uint8[>= (num_docs + 7) // 8], the set.
        numbers: uint32[number of values], the new ordinal of each, in the same order.
        out_starts: uint32[>= documents of the set], filled with where each one's ordinals end in ``out``; empty for a
            column of one value per document.
        out: uint32[>= n and what is appended], filled from ``n`` on.
        n: how many ordinals ``out`` has already.

    Raises:
        ValueError: the column is damaged.
    """
    _check(starts, ordinals, num_docs, bits)
    size = len(numbers)
    place = 0
    for doc in range(num_docs):
        if bits[doc >> 3] >> (doc & 7) & 1:
            begin = doc
            end = doc + 1
            if len(starts) > 0:
                begin = _begin(starts, ordinals, doc)
                end = starts[doc + 1]
            for at in range(begin, end):
                number = ordinals[at]
                if number < size:
                    out[n] = numbers[number]
                    n += 1
                elif number != _MISSING or len(starts) > 0:
                    raise ValueError
                elif len(out_starts) == 0:
                    out[n] = _MISSING
                    n += 1
            if len(out_starts) > 0:
                out_starts[place] = n
                place += 1
    return n


def _check(starts: Uint32s, ordinals: Uint32s, num_docs: int, bits: Bytes) -> None:
    """Raise a ``ValueError`` if a column or a set has less than so many documents."""
    if len(bits) * 8 < num_docs:
        raise ValueError
    if len(starts) == 0:
        if len(ordinals) < num_docs:
            raise ValueError
    elif len(starts) <= num_docs:
        raise ValueError


def _begin(starts: Uint32s, ordinals: Uint32s, doc: int) -> int:
    """Return where the ordinals of a document begin."""
    if starts[doc] > starts[doc + 1] or starts[doc + 1] > len(ordinals):
        raise ValueError
    return starts[doc]


def _after(keys: array[int], a: int, b: int) -> bool:
    """Tell whether document a comes after document b; of equal keys the larger does."""
    return keys[a] > keys[b] or (keys[a] == keys[b] and a > b)


def _sift(keys: array[int], best: array[int], size: int, item: int) -> None:
    """Put an item in place of the heap's top and restore the heap of this size."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _after(keys, best[child + 1], best[child]):
            child += 1
        if not _after(keys, best[child], item):
            break
        best[at] = best[child]
        at = child
    best[at] = item
