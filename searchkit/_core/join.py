"""The terms of several dictionaries as one, each with the postings of all: how fields are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.field_encoder import FieldEncoder
from searchkit._core.postings import decode_positions, decode_postings
from searchkit._core.terms import TermCursor

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes, Uint32s

_DROPPED = 0xFFFFFFFF
_AHEAD = 1 << 20  # bytes checked at a time


class Source:
    """A field of one segment."""

    def __init__(
        self,
        cursor: TermCursor,
        postings: Bytes,
        positions: Bytes,
        numbers: array[int],
        verify: Callable[[str, int, int], None],
        *,
        positioned: bool,
    ) -> None:
        """Stand on the first term.

        Args:
            cursor: before the first term.
            postings: uint8[...].
            positions: uint8[...].
            numbers: uint32[num_docs], the number of each document in the whole; 2**32 - 1 for one to drop.
            verify: checks the bytes of ``postings`` or ``positions`` between two places.
            positioned: whether there are positions; they are dropped if the whole is to have none.
        """
        self.cursor = cursor
        self.postings = postings
        self.positions = positions
        self.numbers = numbers
        self.positioned = positioned
        self.left = cursor.next()
        self._verify = verify
        self._checked = 0  # bytes of the postings
        self._checked_positions = 0

    def check(self) -> None:
        """See to it that what the term has is there and right before it is read."""
        end = self.cursor.postings_end
        if end > self._checked:
            if end > len(self.postings):
                raise ValueError("damaged term dictionary")
            stop = min(end + _AHEAD, len(self.postings))
            self._verify("postings", self._checked, stop)
            self._checked = stop
        end = self.cursor.positions_end
        if end > self._checked_positions:
            if end > len(self.positions):
                raise ValueError("damaged term dictionary")
            stop = min(end + _AHEAD, len(self.positions))
            self._verify("positions", self._checked_positions, stop)
            self._checked_positions = stop
        if self.cursor.df > len(self.numbers):
            raise ValueError("damaged term dictionary")


class Joiner:
    """Writes the terms of all sources, in order, to one field."""

    def __init__(self, sources: list[Source], encoder: FieldEncoder, lengths: Uint32s) -> None:
        """Begin.

        Args:
            sources: with numbers that increase from each to the next.
            encoder: what to write to; with positions only if all sources have them.
            lengths: uint32[number of documents in the whole], field lengths in tokens.
        """
        self._sources = sources
        self._encoder = encoder
        self._lengths = lengths
        self._positioned = encoder.positioned
        self._docs = uint32s(256)  # of the term, in the whole
        self._tfs = uint32s(256)
        self._positions = uint32s(256)
        self._read_docs = uint32s(256)  # of the term, in one source
        self._read_tfs = uint32s(256)
        self._read_firsts = uint32s(256)
        self._read_positions = uint32s(256)
        self._none = uint32s(0)

    def run(self, most: int) -> bool:
        """Write terms until they have so many occurrences; return whether there are more.

        Raises:
            ValueError: a source is damaged.
        """
        written = 0
        while written < most:
            term = None
            for source in self._sources:
                if source.left and (term is None or source.cursor.term < term):
                    term = source.cursor.term
            if term is None:
                return False
            df = 0
            size = 0
            for source in self._sources:
                if source.left and source.cursor.term == term:
                    written += source.cursor.occurrences
                    kept = self._append(source, df, size)
                    if self._positioned:
                        for i in range(df, kept):
                            size += self._tfs[i]
                    df = kept
                    source.left = source.cursor.next()
            if df:
                self._encoder.add(term, self._docs, self._tfs, df, self._lengths, self._positions, 0)
        return True

    def _reserve(self, df: int, size: int, more_df: int, more_size: int) -> None:
        """Make room for a source's part besides what is there."""
        if more_df > len(self._read_docs):
            self._read_docs = uint32s(2 * more_df)
            self._read_tfs = uint32s(2 * more_df)
            self._read_firsts = uint32s(2 * more_df)
        if more_size > len(self._read_positions):
            self._read_positions = uint32s(more_size + more_size // 4)
        if df + more_df > len(self._docs):
            self._docs = _grown(self._docs, df, 2 * (df + more_df))
            self._tfs = _grown(self._tfs, df, 2 * (df + more_df))
        if size + more_size > len(self._positions):
            self._positions = _grown(self._positions, size, size + more_size + (size + more_size) // 4)

    def _append(self, source: Source, df: int, size: int) -> int:
        """Append what a source has for its term, but for dropped documents, and return the number of documents."""
        cursor = source.cursor
        source.check()
        self._reserve(df, size, cursor.df, cursor.occurrences if source.positioned else 0)
        firsts = self._read_firsts if source.positioned else self._none
        total = decode_postings(
            source.postings,
            cursor.postings_start,
            cursor.postings_end,
            cursor.df,
            len(source.numbers),
            self._read_docs,
            self._read_tfs,
            firsts,
        )
        if total != cursor.occurrences:
            raise ValueError("damaged posting list")
        positioned = source.positioned and self._positioned
        if positioned:
            decode_positions(
                source.positions,
                cursor.positions_start,
                cursor.positions_end,
                self._read_tfs,
                firsts,
                cursor.df,
                self._read_positions,
            )
        kept = df
        at = 0
        for i in range(cursor.df):
            number = source.numbers[self._read_docs[i]]
            tf = self._read_tfs[i]
            if number != _DROPPED:
                self._docs[kept] = number
                self._tfs[kept] = tf
                kept += 1
                if positioned:
                    for j in range(at, at + tf):
                        self._positions[size] = self._read_positions[j]
                        size += 1
            at += tf
        return kept


def _grown(old: array[int], size: int, room: int) -> array[int]:
    """Return a larger array that begins as the old one does."""
    new = uint32s(room)
    for i in range(size):
        new[i] = old[i]
    return new
