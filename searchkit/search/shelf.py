"""Words that were searched before, with ready-made scores in memory; a query of such words is a sum.

The first time, a word's posting lists are read and pruned; the second time, they become a ready list
(``searchkit._core.ready``) on the shelf. When the shelf is full, it is cleared: words that come again are there again
after two searches.
"""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from array import array
from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.buffers import uint64s
from searchkit._core.ready import Adder, Keeper
from searchkit._core.topk import MAY, MUST
from searchkit.config import READY_MB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search.plan import WordPlan
    from searchkit.segment import SegmentReader

_SHORT = 1024  # postings that are not worth waiting for
_LARGEST = 1 / 8  # of the shelf, that one word may take
_MAX_WORDS = 32768
_MOST = 2048.0  # sums of scores are below this

_making = allocate_lock()
_keeper = Keeper()
_free: list[Adder] = []  # kernels that no search is using, for all indexes and threads


class _Kept(NamedTuple):
    plan: WordPlan
    spans: tuple[tuple[int, int, int], ...]  # by segment: start, end and the most of it; none if it cannot be kept
    most: float  # no score is more


class Ready(NamedTuple):
    """The words of a query on the shelf."""

    generation: int
    segments: tuple[tuple[array[int], int, int], ...]  # for each: arguments of ``Adder.collect``


class Shelf:
    """The ready lists of a snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], limit_mb: int = READY_MB) -> None:
        self._segments = segments
        self._limit = limit_mb * 2**20 // 8  # entries
        self._now = (0, uint64s(1 << 12))  # how often it was cleared, and the room; changed at once for all threads
        self._used = 0
        self._kept: dict[int, _Kept] = {}  # by identity of the plan
        self._seen: dict[int, WordPlan] = {}

    def room(self, ready: Ready) -> array[int] | None:
        """Return where the words of a query are, None if they are there no more."""
        generation, room = self._now
        return room if generation == ready.generation else None

    def find(self, plans: Sequence[WordPlan], roles: Sequence[int]) -> Ready | None:
        """Return the words of a query if all are on the shelf; those that come for the second time are put there.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        generation = self._now[0]
        found: list[_Kept] = []
        for plan in plans:
            kept = self._kept.get(id(plan))
            if kept is None or kept.plan is not plan:
                kept = self._keep(plan)
            if kept is not None:
                found.append(kept)
        if len(found) < len(plans) or not all(kept.spans for kept in found) or generation != self._now[0]:
            return None
        if sum(kept.most for kept in found) >= _MOST:
            return None
        return Ready(generation, tuple(_arrange(found, roles, place) for place in range(len(self._segments))))

    def _keep(self, plan: WordPlan) -> _Kept | None:
        """Put a word on the shelf; return None if it is new or there was no room."""
        postings = sum(sum(lists.lists[2::6]) for lists in plan.segments)
        if postings > _SHORT and self._seen.get(id(plan)) is not plan:
            if len(self._seen) >= _MAX_WORDS:
                self._seen.clear()
            self._seen[id(plan)] = plan
            return None
        with _making:
            kept = self._kept.get(id(plan))
            if kept is not None and kept.plan is plan:
                return kept
            room = sum(
                min(sum(lists.lists[2::6]), segment.num_docs)
                for lists, segment in zip(plan.segments, self._segments, strict=True)
            )
            full = self._used + room > self._limit and room <= self._limit * _LARGEST
            if full or len(self._kept) >= _MAX_WORDS:
                self._clear()
                return None
            self._kept[id(plan)] = kept = self._make(plan, room)
            return kept

    def _clear(self) -> None:
        self._kept = {}
        self._seen = {}
        self._used = 0
        self._now = self._now[0] + 1, uint64s(1 << 12)  # searches may still read the other one

    def _make(self, plan: WordPlan, room: int) -> _Kept:
        most = max((sum(lists.params[4::5]) for lists in plan.segments), default=0.0)
        spans: list[tuple[int, int, int]] = []
        if room > self._limit * _LARGEST or most >= _MOST:
            return _Kept(plan, (), most)
        roomy = self._grow(self._used + room)
        used = self._used
        for lists, segment in zip(plan.segments, self._segments, strict=True):
            size = 0
            if lists.lists:
                try:
                    size = _keeper.keep(segment.data, segment.num_docs, segment.deleted_bits, *lists, roomy, used)
                except ValueError:
                    raise segment.damage("postings") from None
            if size < 0:
                return _Kept(plan, (), most)
            spans.append((used, used + size, _keeper.most if size else 0))
            used += size
        self._used = used
        return _Kept(plan, tuple(spans), most)

    def _grow(self, size: int) -> array[int]:
        """Return the room, which has at least this size then."""
        generation, room = self._now
        if size > len(room):
            larger = uint64s(max(size, min(2 * size, self._limit)))
            larger[: self._used] = room[: self._used]
            self._now = generation, larger
            return larger
        return room


def _arrange(found: Sequence[_Kept], roles: Sequence[int], place: int) -> tuple[array[int], int, int]:
    """Bring the words of a segment in order: what must be there, the rarest first; what finds; what helps."""
    rows = [(role != MUST, role == MAY, kept.spans[place]) for kept, role in zip(found, roles, strict=True)]
    rows.sort(key=lambda row: (row[0], row[1], row[2][1] - row[2][0]))
    num_must = roles.count(MUST)
    lists = array("q", [number for row in rows for number in row[2]])
    return lists, num_must, len(roles) - roles.count(MAY)


def borrow() -> Adder:
    """Return a kernel that no other thread uses until it is given back to ``give_back``."""
    return _free.pop() if _free else Adder()


def give_back(adder: Adder) -> None:
    """Take a kernel for the next search."""
    _free.append(adder)
