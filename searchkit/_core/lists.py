"""Posting lists of many terms, made without the interpreter, so that several threads make those of one field."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import room, table, uint32s
from searchkit._core.encode import encode_positions, encode_postings

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Uint32s, WritableUint32s

SIZES = 4  # numbers per term
_SIZES = SIZES
_AHEAD = 8  # terms
_ROOM = 16  # bytes that a posting takes at most, its first position included
_POSITION = 5

if not cython.compiled:  # else it is in the .pxd

    def fetch(values: Uint32s, at: int) -> None:
        """Have the memory send what will be needed soon."""


class Lists:
    """The posting lists of terms that follow one another."""

    def __init__(self) -> None:
        self._docs = self._tfs = self._places = self._ends = self._firsts = uint32s(0)
        self._sizes = table(0)
        self.sizes = memoryview(self._sizes)
        self.postings = self._postings = room(0, "B")
        self.positions = self._positions = room(0, "B")

    def encode(
        self,
        order: Uint32s,
        start: int,
        end: int,
        firsts: Uint32s,
        occurrences: Uint32s,
        bounds: Uint32s,
        hints: Uint32s,
        lengths: Uint32s,
        average: float,
        positioned: int,
    ) -> None:
        """Make the lists of the terms ``order[start:end]``, in buffers of their own.

        ``sizes`` is then uint32[SIZES] for each: documents, occurrences, bytes of postings and bytes of positions.

        Args:
            order: uint32[n], numbers of terms.
            start: of the terms.
            end: of the terms.
            firsts: uint32[> largest number + 1]; the occurrences of term t are firsts[t]:firsts[t + 1].
            occurrences: uint32[>= last of firsts], tokens, those of a term increasing.
            bounds: uint32[num_docs + 1], the first token of each document.
            hints: as ``measure`` makes them.
            lengths: uint32[num_docs], field lengths in tokens.
            average: that the bounds refer to.
            positioned: 1 if there are positions, else 0.
        """
        total = 0
        most = 0
        for i in range(start, end):
            count = firsts[order[i] + 1] - firsts[order[i]]
            total += count
            most = max(most, count)
        self._reserve(end - start, total, most)
        with cython.nogil:
            at = 0
            positions_at = 0
            for i in range(start, end):
                if i + _AHEAD < end:  # each term's occurrences lie somewhere else
                    fetch(occurrences, firsts[order[i + _AHEAD]])
                first = firsts[order[i]]
                last = firsts[order[i] + 1]
                entry = _SIZES * (i - start)
                df = group(occurrences, first, last, bounds, hints, self._docs, self._tfs, self._places)
                self._sizes[entry] = df
                self._sizes[entry + 1] = last - first
                before = positions_at
                if positioned:
                    positions_at = encode_positions(
                        self._places, 0, self._tfs, df, self._firsts, self._ends, self._positions, positions_at
                    )
                self._sizes[entry + 3] = positions_at - before
                before = at
                at = encode_postings(
                    self._docs, self._tfs, df, lengths, average, positioned, self._firsts, self._ends, self._postings,
                    at,
                )  # fmt: skip
                self._sizes[entry + 2] = at - before
        self.postings_size = at
        self.positions_size = positions_at

    def _reserve(self, terms: int, occurrences: int, most: int) -> None:
        """Make room for so many terms and occurrences of all and of one term."""
        self._sizes = table(_SIZES * terms)
        self.sizes = memoryview(self._sizes)
        if len(self._docs) < most:
            self._docs = uint32s(most)
            self._tfs = uint32s(most)
            self._places = uint32s(most)
            self._ends = uint32s(most)
            self._firsts = uint32s(most)
        self.postings = self._postings = room(_ROOM * occurrences, "B", spare=True)
        self.positions = self._positions = room(_POSITION * occurrences, "B", spare=True)


def share_terms(order: Uint32s, firsts: Uint32s, size: int, out: WritableUint32s, ends: array[int]) -> int:
    """Share the terms that occur out into chunks with about as many occurrences each, and return the number of chunks.

    Args:
        order: uint32[n], numbers of terms.
        firsts: as for ``Lists.encode``.
        size: occurrences in a chunk, unless one term has more.
        out: uint32[n], receives those of ``order`` that occur.
        ends: uint32[>= 2 + all occurrences // size * 2], receives where each chunk ends.
    """
    chunks = 0
    count = 0
    total = 0
    with cython.nogil:
        for i in range(len(order)):
            term = order[i]
            own = firsts[term + 1] - firsts[term]
            if own:
                if total and total + own > size:
                    ends[chunks] = count
                    chunks += 1
                    total = 0
                out[count] = term
                count += 1
                total += own
        if total:
            ends[chunks] = count
            chunks += 1
    return chunks


def group(
    occurrences: Uint32s,
    first: int,
    last: int,
    bounds: Uint32s,
    hints: Uint32s,
    docs: array[int],
    tfs: array[int],
    positions: array[int],
) -> int:
    """Find the documents and positions of one term's occurrences and return the number of documents.

    Args:
        occurrences: uint32[>= last], tokens, increasing.
        first: where the term's occurrences begin.
        last: where they end.
        bounds: uint32[num_docs + 1], the first token of each document.
        hints: uint32[number of tokens // 64 + 1], the document of every 64th token.
        docs: uint32[>= last - first], receives the distinct documents.
        tfs: uint32[>= last - first], receives how often each occurs.
        positions: uint32[>= last - first], receives all positions.
    """
    df = -1
    tf = 0
    before = -1  # the document before
    for i in range(first, last):
        # Whether the document is another one cannot be guessed, so nothing is jumped over.
        token = occurrences[i]
        doc = hints[token >> 6]
        while bounds[doc + 1] <= token:
            doc += 1
        new = doc != before
        before = doc
        df += new
        tf = (tf & new - 1) + 1
        docs[df] = doc
        tfs[df] = tf
        positions[i - first] = token - bounds[doc]
    return df + 1
