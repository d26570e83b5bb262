"""Posting lists looked up in a few documents instead of being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.cursors import MAX_LISTS, Cursors
from searchkit._core.topk import NEW_SLOT, NEW_WORD, SPARE

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes

_MAX_LISTS = MAX_LISTS
_NEW, _SPARE = NEW_SLOT | NEW_WORD, SPARE
_NONE = -1.0
_ROUNDER = 1.5 * 2**32  # what is added to it is rounded to a multiple of 2**-20


class Within:
    """Looks posting lists up; used by one thread at a time, again and again."""

    def __init__(self) -> None:
        self.cursors = Cursors()

    def postings(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        wanted: array[int],
        n: int,
        docs: array[int],
        tfs: array[int],
    ) -> int:
        """Write those of some documents that a list has, and how often; return how many there are.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            lists: int64[6], see ``Cursors.open``.
            wanted: uint32[>= n], ascending.
            n: number of documents.
            docs: uint32[>= n], filled.
            tfs: uint32[>= n], filled.

        Raises:
            ValueError: the file is damaged, or a buffer is too short.
        """
        if len(lists) != 6 or n > len(wanted) or n > len(docs) or n > len(tfs):
            raise ValueError("not one list, or too little room")
        self.cursors.open(data, num_docs, lists)
        size = 0
        for i in range(n):
            place = self.cursors.find(0, wanted[i])
            if place >= 0:
                docs[size] = wanted[i]
                tfs[size] = self.cursors.tf(0, place)
                size += 1
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return size

    def score(
        self,
        data: Bytes,
        num_docs: int,
        lists: array[int],
        flags: array[int],
        params: array[float],
        wanted: array[int],
        n: int,
        docs: array[int],
        scores: array[float],
    ) -> int:
        """Write those of some documents that have a word, and what it scores in them; return how many there are.

        Args:
            data: uint8[size], the segment file.
            num_docs: documents in the segment.
            lists: int64[6 * l], of one word; see ``TopK.collect``.
            flags: int64[2 * l], see there.
            params: float64[5 * l], see there.
            wanted: uint32[>= n], ascending.
            n: number of documents.
            docs: uint32[>= n], filled.
            scores: float64[>= n], filled.

        Raises:
            ValueError: the file is damaged, or a buffer is too short.
        """
        size = len(lists) // 6
        if size > _MAX_LISTS or len(flags) < 2 * size or len(params) < 5 * size:
            raise ValueError("too many posting lists")
        if n > len(wanted) or n > len(docs) or n > len(scores):
            raise ValueError("too little room")
        for number in range(size):
            if flags[2 * number + 1] < 0 or flags[2 * number + 1] + 4 * num_docs > len(data):
                raise ValueError("lengths outside the file")
        self.cursors.open(data, num_docs, lists)
        count = 0
        for i in range(n):
            if wanted[i] >= num_docs:
                raise ValueError("no such document")
            score = self._score(size, flags, params, wanted[i])
            if score >= 0:
                docs[count] = wanted[i]
                scores[count] = score
                count += 1
        if self.cursors.damaged:
            raise ValueError("damaged posting list")
        return count

    def _score(self, size: int, flags: array[int], params: array[float], doc: int) -> float:
        """Return what a word scores in a document, less than 0 if it is not there: of each slot the best."""
        total = 0.0
        there = False
        best = _NONE  # of the slot
        own = False  # whether it is of a list that is not spare
        for number in range(size):
            if flags[2 * number] & _NEW:
                total += max(best, 0.0)
                best = _NONE
                own = False
            if flags[2 * number] & _SPARE and own:
                continue
            place = self.cursors.find(number, doc)
            if place >= 0:
                tf = self.cursors.tf(number, place) + 0.0
                norm = params[5 * number + 1] + params[5 * number + 2] * self.cursors.length(flags[2 * number + 1], doc)
                best = max(best, (params[5 * number] * tf / (tf + norm) + _ROUNDER) - _ROUNDER)
                own = own or not flags[2 * number] & _SPARE
                there = True
        return total + max(best, 0.0) if there else _NONE
