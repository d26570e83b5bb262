"""Where terms stand in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.cursors import MAX_LISTS, Cursors

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_MAX_LISTS = MAX_LISTS


class Whereabouts:
    """Reads the positions of terms in documents; used by one thread at a time."""

    def __init__(self) -> None:
        self.cursors = Cursors()
        self._size = 0

    def open(self, data: Bytes, num_docs: int, lists: array[int]) -> None:
        """Take the terms.

        Args:
            data: uint8[size], the file.
            num_docs: documents in the segment.
            lists: int64[6 * n], see ``Cursors.open``; all have positions.

        Raises:
            ValueError: the file is damaged, or there are too many lists.
        """
        if len(lists) > 6 * _MAX_LISTS:
            raise ValueError("too many posting lists")
        self.cursors.open(data, num_docs, lists)
        self._size = len(lists) // 6

    def positions(self, number: int, doc: int, out: array[int]) -> int:
        """Write the positions of a term in a document, as many as fit, and return their number.

        Args:
            number: of the term's list, below the number of lists that ``open`` took.
            doc: its number in the segment.
            out: uint32[...], filled.

        Raises:
            ValueError: the file is damaged, or there is no such list or document.
        """
        if not 0 <= number < self._size or not 0 <= doc < self.cursors.num_docs:
            raise ValueError("no such list or document")
        place = self.cursors.find(number, doc)
        size = 0
        if place >= 0:
            size = self.cursors.positions(number, place, out)
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return size
