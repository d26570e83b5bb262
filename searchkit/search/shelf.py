"""Words that were searched before, with ready-made scores in memory; a query of such words is a sum.

A word's posting lists are read and pruned until it pays to make a ready list of them (``searchkit._core.ready``), which
lies on the shelf from then on: when the same query comes again, or when its words have come so often in others that
what could have been saved is as much as making their lists costs. Phrases, and words that stand for others, are kept in
the same way. When the shelf is full, it is cleared.
"""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from array import array
from functools import partial
from typing import TYPE_CHECKING

from searchkit._core.adder import MAX_LISTS, Adder
from searchkit._core.buffers import room as new_room
from searchkit._core.buffers import uint32s
from searchkit._core.match import top
from searchkit._core.ready import Keeper, Room, space
from searchkit._core.topk import MAY, MUST
from searchkit.config import READY_MB
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.plan import WordPlan
from searchkit.search.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.search.best import Snapshot

    Item = WordPlan | Clause

_SAVED = 1024  # postings whose ready entries are made in the time that a ready list saves a query, ...
_CALL = 2048  # ... or in the time that is needed whatever the number of postings
_LARGEST = 1 / 8  # of the shelf, that one word may take
_MAX_WORDS = 8192  # kept at a time, as plans are: the words of a plan that was forgotten are not found again
_MOST = 2048.0  # sums of scores are below this

_NO_ROOM = Room(memoryview(bytearray()))
_making = allocate_lock()
_keeper = Keeper()


class _Kept(NamedTuple):
    item: Item
    spans: tuple[tuple[int, int], ...]  # by segment: where its list begins, its entries; none if it cannot be kept
    most: float  # no score is more
    notes: list[str]


class Ready(NamedTuple):
    """The words of a query on the shelf."""

    adders: Pool[Adder]  # of the room where they are
    segments: tuple[tuple[int, int, array[int], int, int], ...]  # of each, for ``Adder.collect``
    notes: list[str]


class Shelf:
    """The ready lists of a snapshot; any number of threads may share it."""

    def __init__(self, snapshot: Snapshot, limit_mb: int = READY_MB) -> None:
        self._segments = snapshot.segments
        self._statistics = snapshot.statistics
        self._model = snapshot.model
        self._limit = limit_mb * 2**20 // 4  # uint32
        self._room = _make_room(self._limit)  # another one each time the shelf is cleared, ...
        self._adders = Pool(partial(Adder, self._room))  # ... as are these
        self.times_cleared = 0
        self._used = 0
        self._kept: dict[object, _Kept] = {}
        self._came: dict[int, int] = {}  # how often words came, by identity of their plans

    def holds(self, ready: Ready) -> bool:
        """Tell whether the words of a query are still on this shelf; where they are, they can be read in any case."""
        return ready.adders is self._adders

    def find(self, items: Sequence[Item], roles: Sequence[int], *, again: bool = False) -> Ready | None:
        """Return the words of a query if all are on the shelf, where they are put if that pays.

        Args:
            items: plans of words, clauses of anything else; more than the kernel takes are not looked for.
            roles: what each is to the query.
            again: whether the query came before, so that it pays.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        if len(items) > MAX_LISTS:
            return None
        adders = self._adders
        found = [self._get(item) for item in items]
        if None in found:
            wanted = [item for item, kept in zip(items, found, strict=True) if kept is None]
            if not again and not self._pays(wanted):
                return None
            for item in wanted:
                if self._keep(item) is None:
                    return None
            found = [self._get(item) for item in items]
        there = [kept for kept in found if kept is not None and kept.spans]
        if len(there) < len(items) or adders is not self._adders or sum(kept.most for kept in there) >= _MOST:
            return None
        segments: list[tuple[int, int, array[int], int, int]] = []
        first_doc = 0
        for place, segment in enumerate(self._segments):
            segments.append((first_doc, segment.num_docs, *_arrange(there, roles, place)))
            first_doc += segment.num_docs
        return Ready(adders, tuple(segments), list(dict.fromkeys(note for kept in there for note in kept.notes)))

    def _get(self, item: Item) -> _Kept | None:
        """Return a word that is on the shelf."""
        kept = self._kept.get(_key(item))
        return kept if kept is not None and (kept.item is item or kept.item == item) else None

    def _pays(self, wanted: Sequence[Item]) -> bool:
        """Note that words came, and tell whether ready lists of all would have saved what making them costs."""
        cost = saved = 0
        if len(self._came) >= _MAX_WORDS:
            self._came.clear()
        for item in wanted:
            if not isinstance(item, WordPlan):
                return False
            came = self._came[id(item)] = self._came.get(id(item), 0) + 1
            cost += item.num_postings + _CALL
            saved += came * _SAVED
        return cost <= saved

    def _keep(self, item: Item) -> _Kept | None:
        """Put a word on the shelf; return None if there was no room."""
        key = _key(item)
        with _making:
            kept = self._get(item)
            if kept is not None:
                return kept
            made = self._read(item) if isinstance(item, WordPlan) else self._match(item)
            if made is None:
                self._clear()
                return None
            self._kept[key] = made
            return made

    def _clear(self) -> None:
        self._kept = {}
        self._came = {}
        self._used = 0
        self.times_cleared += 1
        self._room = _make_room(self._limit)  # searches may still read the other one
        self._adders = Pool(partial(Adder, self._room))

    def _read(self, plan: WordPlan) -> _Kept | None:
        """Make the ready list of a word; return None if there is no room."""
        found = [plan.arrays(place) for place in range(len(self._segments))]
        most = max((sum(params[4::5]) for _, _, params in found), default=0.0)
        size = sum(
            space(sum(lists[2::6]), segment.num_docs)
            for (lists, _, _), segment in zip(found, self._segments, strict=True)
        )
        room = self._room_for(size) if most < _MOST else None
        if room is None or not room.size:
            return None if room is None and most < _MOST else _Kept(plan, (), most, [])
        used = self._used
        spans: list[tuple[int, int]] = []
        for arrays, segment in zip(found, self._segments, strict=True):
            try:
                end = _keeper.keep(segment.data, segment.num_docs, segment.deleted_bits, *arrays, room, used)
            except ValueError:
                raise segment.damage("postings") from None
            if end < 0:
                return _Kept(plan, (), most, [])
            spans.append((used, _keeper.count))
            used = end
        self._used = used
        return _Kept(plan, tuple(spans), most, [])

    def _match(self, clause: Clause) -> _Kept | None:
        """Make the ready list of anything else; return None if there is no room."""
        lookup = Lookup(self._segments, self._statistics)
        found = [
            Matcher(segment, place, lookup, self._model).match(clause) for place, segment in enumerate(self._segments)
        ]
        highest = max((_largest(matches.scores, matches.size) for matches in found), default=0.0)
        num_docs = [segment.num_docs for segment in self._segments]
        size = sum(space(matches.size, docs) for matches, docs in zip(found, num_docs, strict=True))
        room = self._room_for(size) if highest < _MOST else None
        if room is None or not room.size:
            return None if room is None and highest < _MOST else _Kept(clause, (), highest, [])
        spans: list[tuple[int, int]] = []
        used = self._used
        for matches, number in zip(found, num_docs, strict=True):
            end = _keeper.pack(*matches, number, room, used)
            if end < 0:
                return _Kept(clause, (), highest, [])
            spans.append((used, matches.size))
            used = end
        self._used = used
        return _Kept(clause, tuple(spans), highest, lookup.notes)

    def _room_for(self, size: int) -> Room | None:
        """Return the room if it has so many more uint32; an empty one if that is too much, None if it is full."""
        if size > self._limit * _LARGEST:
            return _NO_ROOM
        if self._used + size > self._limit or len(self._kept) >= _MAX_WORDS:
            return None
        return self._room


def _make_room(size: int) -> Room:
    """Return uint32[size]; memory is taken only where it is written."""
    return Room(new_room(4 * max(size, 1), "B"))


def _largest(scores: array[float], size: int) -> float:
    """Return the largest of some scores; 0 if there are none."""
    best = uint32s(1)
    return scores[best[0]] if top(scores, size, 1, best) else 0.0


def _key(item: Item) -> object:
    return id(item) if isinstance(item, WordPlan) else item  # to compare plans takes longer than to search


def _arrange(found: Sequence[_Kept], roles: Sequence[int], place: int) -> tuple[array[int], int, int]:
    """Bring the words of a segment in order: what must be there, the rarest first; what finds; what helps."""
    rows = [(role != MUST, role == MAY, kept.spans[place]) for kept, role in zip(found, roles, strict=True)]
    rows.sort(key=lambda row: (row[0], row[1], row[2][1]))
    num_must = roles.count(MUST)
    lists = array("q", [row[2][0] for row in rows])
    return lists, num_must, len(roles) - roles.count(MAY)
