# pyright: reportPossiblyUnboundVariable=false
"""Words of a query in one segment: their terms in its dictionaries, and their posting lists as kernels want them.

Many terms are looked up in one call, and all posting lists of a word are arranged in one, because a call and the
objects it returns take longer than a look-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s, int64s
from searchkit._core.cursors import Cursors
from searchkit._core.dense import PAGE_BITS
from searchkit._core.terms import Dictionary
from searchkit._core.topk import NEW_SLOT, NEW_WORD, SPARE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes

FIELDS = 6
"""Numbers that say where a term is, those of ``Cursors.open``; its df is 0 if the segment does not have it."""

LOOK = 5
"""Numbers of a look-up: of the field of terms, of what its weight is, of the slot, whether it is spare; then its df."""

_FIELDS = FIELDS
_LOOK = LOOK
_PAGE_BITS = PAGE_BITS
_NEW_SLOT, _NEW_WORD, _SPARE = NEW_SLOT, NEW_WORD, SPARE
_DF = 4  # in a look-up
_ABOVE = 2.0**-20  # no rounding of a score goes over its bound and this


class Field:
    """A field of terms in one segment."""

    def __init__(
        self,
        dictionary: Dictionary,
        starts: tuple[int, int, int],
        pages: tuple[int, int, int],
        *,
        positioned: bool,
    ) -> None:
        """Take where it is.

        Args:
            dictionary: its terms.
            starts: first byte of the file of its postings, of its positions, and of the lengths of documents.
            pages: the first page of each among those that are marked when they are verified.
            positioned: whether it has positions.
        """
        self.dictionary = dictionary
        self.postings, self.positions, self.lengths = starts
        self.page, self.positions_page, self.lengths_page = pages
        self.positioned = 1 if positioned else 0
        self.slope = 0.0  # of scores, see ``TopK.collect``; to be set
        self.factor = 0.0


class Segment:
    """What kernels know of a segment; any number of threads may share it."""

    def __init__(
        self,
        data: Bytes,
        num_docs: int,
        deleted: Bytes,
        seen: Bytes,
        verify: Callable[[int, int], None],
        damage: Callable[[str], Exception],
    ) -> None:
        """Take the file.

        Args:
            data: uint8[size].
            num_docs: documents in the segment.
            deleted: uint8[(num_docs + 7) // 8], a bit per document that is deleted; empty if none is.
            seen: uint8[pages], not 0 for pages of 8 KiB that need not be verified any more.
            verify: called with the first page and the end of those that have to be, before they are read.
            damage: returns the error that says which part of the file is damaged.
        """
        if 0 < 8 * len(deleted) < num_docs:
            raise ValueError("too few deletions")
        self.data = data
        self.num_docs = num_docs
        self.deleted = deleted
        self._seen = seen
        self._verify = verify
        self.damage = damage
        self.fields: list[Field | None] = []  # by number; None where the segment does not have one

    def find_here(self, terms: list[bytes], found: array[int], start: int) -> None:
        """Do for this segment what ``Segments.find`` does; what it writes begins at ``start``."""
        size = len(self.data)
        for i in range(len(terms)):
            field = self._field_or_none(found[_LOOK * i])
            if field is None:
                continue
            entry = field.dictionary.find(terms[i])
            if entry is None:
                continue
            at = start + _FIELDS * i
            found[at] = field.postings + entry.postings_start
            found[at + 1] = field.postings + entry.postings_end
            found[at + 2] = entry.df
            found[_LOOK * i + _DF] += entry.df
            found[at + 3] = field.positioned
            if field.positioned:
                found[at + 4] = field.positions + entry.positions_start
                found[at + 5] = field.positions + entry.positions_end
            if entry.df > self.num_docs or found[at + 1] > size or found[at + 5] > size:
                raise ValueError("damaged dictionary")

    def count_here(self, found: array[int], i: int, start: int, cursors: Cursors) -> int:
        """Return in how many documents of the segment, that are not deleted, a term is."""
        at = start + _FIELDS * i
        if len(self.deleted) == 0 or found[at + 2] == 0:
            return found[at + 2]
        self._check(self._field(found[_LOOK * i]), found, at)
        cursors.open(self.data, self.num_docs, found[at : at + _FIELDS])
        df = 0
        for block in range(cursors.num_blocks(0)):
            cursors.enter(0, block)
            for j in range(cursors.sizes[0]):
                doc = cursors.docs[j]
                if not self.deleted[doc >> 3] >> (doc & 7) & 1:
                    df += 1
        if cursors.damaged:
            raise ValueError("damaged posting list")
        return df

    def arrange_here(
        self,
        found: array[int],
        n: int,
        start: int,
        weights: list[float],
        base: float,
        cursors: Cursors,
        lists: array[int],
        flags: array[int],
        params: array[float],
        count: int,
    ) -> int:
        """Do for this segment what ``Segments.arrange`` does; return how many lists there are then."""
        word = _NEW_WORD
        before = -1  # the slot of the list before
        slots = 0
        for i in range(n):
            slots = max(slots, found[_LOOK * i + 2] + 1)
        for slot in range(2 * slots):  # of each those that are not spare, then those that are
            for i in range(n):
                if 2 * found[_LOOK * i + 2] + found[_LOOK * i + 3] != slot:
                    continue
                at = start + _FIELDS * i
                weight = weights[found[_LOOK * i + 1]]
                if found[at + 2] == 0 or weight < 0:
                    continue
                field = self._field(found[_LOOK * i])
                self._check(field, found, at)
                self._check_pages(field.lengths_page, 0, 4 * self.num_docs)
                here = 6 * count
                for j in range(4):
                    lists[here + j] = found[at + j]
                lists[here + 4] = 0
                lists[here + 5] = 0
                cursors.open(self.data, self.num_docs, lists[here : here + 6])
                most = cursors.most(0, field.lengths, base, field.slope, field.factor)
                flags[2 * count] = word | (_NEW_SLOT if slot >> 1 != before else 0) | (_SPARE if slot & 1 else 0)
                flags[2 * count + 1] = field.lengths
                params[5 * count] = weight
                params[5 * count + 1] = base
                params[5 * count + 2] = field.slope
                params[5 * count + 3] = field.factor
                params[5 * count + 4] = weight * most + _ABOVE
                before = slot >> 1
                word = 0
                count += 1
        return count

    def pick_here(self, found: array[int], n: int, start: int, which: int) -> bytes:
        """Do for this segment what ``Segments.pick`` does."""
        size = 0
        for i in range(n):
            if found[_LOOK * i + 1] == which and found[start + _FIELDS * i + 2] > 0:
                size += 1
        lists = int64s(_FIELDS * size)
        out = lists
        if start < _LOOK * n or start + _FIELDS * n > len(found):
            raise ValueError("too little room")
        size = 0
        for i in range(n):
            at = start + _FIELDS * i
            if found[_LOOK * i + 1] == which and found[at + 2] > 0:
                field = self._field(found[_LOOK * i])
                self._check(field, found, at)
                self._check_positions(field, found, at)
                for j in range(_FIELDS):
                    out[size + j] = found[at + j]
                size += _FIELDS
        return lists.tobytes()

    def _field_or_none(self, number: int) -> Field | None:
        if not 0 <= number < len(self.fields):
            raise ValueError("no such field")
        return self.fields[number]

    def _field(self, number: int) -> Field:
        found = self._field_or_none(number)
        if found is None:
            raise ValueError("no such field")
        return found

    def _check(self, field: Field, found: array[int], at: int) -> None:
        """See to it that the postings of a term are right before they are read."""
        self._check_pages(field.page, found[at] - field.postings, found[at + 1] - field.postings)

    def _check_positions(self, field: Field, found: array[int], at: int) -> None:
        if field.positioned:
            self._check_pages(field.positions_page, found[at + 4] - field.positions, found[at + 5] - field.positions)

    def _check_pages(self, page: int, start: int, end: int) -> None:
        """Verify the pages of a section from one of its bytes to another."""
        if start >= end:
            return
        first = page + (start >> _PAGE_BITS)
        last = page + (end - 1 >> _PAGE_BITS)
        if last >= len(self._seen):
            raise ValueError("damaged dictionary")
        for at in range(first, last + 1):
            if not self._seen[at]:
                self._verify(at, last + 1)
                break


class Segments:
    """All segments of a snapshot, asked in one call; any number of threads may share it.

    Methods raise what ``damage`` of the segment returns where a file is damaged.
    """

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments

    def find(self, terms: list[bytes], found: array[int]) -> int:
        """Look terms up and write where they are, not verified yet; return the largest df.

        Args:
            terms: n of them.
            found: int64[(5 + 6 * segments) * n]; first the look-ups, see ``LOOK``, and then zeros, filled segment by
                segment, see ``FIELDS``.
        """
        n = len(terms)
        self._check(found, n)
        for place in range(len(self.segments)):
            segment = self.segments[place]
            try:
                segment.find_here(terms, found, (_LOOK + _FIELDS * place) * n)
            except ValueError:
                raise segment.damage("terms") from None
        most = 0
        for i in range(n):
            most = max(most, found[_LOOK * i + _DF])
        return most

    def count(self, found: array[int], n: int, num_weights: int, cursors: Cursors) -> list[int]:
        """Return by number of weight in how many documents, that are not deleted, its most frequent term is.

        Args:
            found: as ``find`` filled it.
            n: number of look-ups.
            num_weights: how many weights there are.
            cursors: a thread's own.
        """
        self._check(found, n)
        counts = [0] * num_weights
        deleted = False
        for place in range(len(self.segments)):
            segment = self.segments[place]
            deleted = deleted or len(segment.deleted) > 0
        for i in range(n):
            df = found[_LOOK * i + _DF]
            if deleted:
                df = self._count(found, n, i, cursors)
            which = found[_LOOK * i + 1]
            if not 0 <= which < num_weights:
                raise ValueError("no such weight")
            known: int = counts[which]
            if df > known:
                counts[which] = df
        return counts

    def _count(self, found: array[int], n: int, i: int, cursors: Cursors) -> int:
        df = 0
        for place in range(len(self.segments)):
            segment = self.segments[place]
            try:
                df += segment.count_here(found, i, (_LOOK + _FIELDS * place) * n, cursors)
            except ValueError:
                raise segment.damage("postings") from None
        return df

    def arrange(
        self, found: array[int], n: int, weights: list[float], base: float, cursors: Cursors
    ) -> tuple[tuple[tuple[bytes, bytes, bytes], ...], int, int]:
        """Return the posting lists of a word as ``TopK.collect`` wants them, verified.

        Args:
            found: as ``find`` filled it.
            n: number of look-ups.
            weights: of what the numbers in the look-ups say; what has less than 0 is left out.
            base: of scores, see ``TopK.collect``.
            cursors: a thread's own.

        Returns:
            by segment its lists, int64[6 * n], their flags, int64[2 * n], and parameters, float64[5 * n]; of how many
            fields they are; and how many postings they have in all.
        """
        self._check(found, n)
        room = n * len(self.segments)
        made_lists = int64s(6 * room)
        made_flags = int64s(2 * room)
        made_params = float64s(5 * room)
        lists = made_lists
        flags = made_flags
        params = made_params
        fields = 0
        for i in range(n):
            if not 0 <= found[_LOOK * i + 1] < len(weights) or found[_LOOK * i + 2] < 0:
                raise ValueError("no such weight")
            fields = max(fields, found[_LOOK * i + 2] + 1)
        count = 0
        found_there: list[tuple[bytes, bytes, bytes]] = []
        for place in range(len(self.segments)):
            segment = self.segments[place]
            start = (_LOOK + _FIELDS * place) * n
            first = count
            try:
                count = segment.arrange_here(found, n, start, weights, base, cursors, lists, flags, params, count)
            except ValueError:
                raise segment.damage("postings") from None
            found_there.append(
                (
                    made_lists[6 * first : 6 * count].tobytes(),
                    made_flags[2 * first : 2 * count].tobytes(),
                    made_params[5 * first : 5 * count].tobytes(),
                )
            )
        postings = 0
        for i in range(count):
            postings += lists[6 * i + 2]
        return tuple(found_there), fields, postings

    def pick(self, found: array[int], n: int, which: int) -> tuple[bytes, ...]:
        """Return by segment the lists of the terms whose weight has this number, with their positions, verified.

        Args:
            found: as ``find`` filled it.
            n: number of look-ups.
            which: the number.
        """
        self._check(found, n)
        picked: list[bytes] = []
        for place in range(len(self.segments)):
            segment = self.segments[place]
            try:
                picked.append(segment.pick_here(found, n, (_LOOK + _FIELDS * place) * n, which))
            except ValueError:
                raise segment.damage("postings") from None
        return tuple(picked)

    def _check(self, found: array[int], n: int) -> None:
        if n < 0 or len(found) < (_LOOK + _FIELDS * len(self.segments)) * n:
            raise ValueError("too little room")
