"""The best documents for a query: pruned where it is made of words, else from everything that matches.

In two steps. First every document is scored by the words it has. Then, in the best of these, the places of words count,
too; whatever is found beyond them follows as it was scored.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from searchkit._core.buffers import float64s, int64s, uint32s
from searchkit._core.columns import drop, mark
from searchkit._core.cursors import MAX_LISTS
from searchkit._core.match import top
from searchkit._core.places import Places, sort_best
from searchkit._core.topk import MAX_SLOTS, MAY, MUST, SHOULD, TopK
from searchkit.query import GroupClause, PhraseClause, WordClause
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.placing import add_places, placing_of
from searchkit.search.plan import WordPlan
from searchkit.search.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.ranking import Model
    from searchkit.search.plan import Planner
    from searchkit.search.prepared import Memory
    from searchkit.search.shelf import Ready
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

    Leaf = WordClause | PhraseClause

_free: list[tuple[TopK, Places]] = []  # kernels that no search is using, for all indexes and threads


class Best(NamedTuple):
    """The best documents, best first."""

    docs: array[int]  # int64[>= size], numbered through all segments
    scores: array[float]  # float64[>= size]
    size: int
    total: int  # documents that match, or at least so many do
    exact: bool  # whether that is all
    notes: list[str]


class Snapshot(NamedTuple):
    """What searches share."""

    segments: Sequence[SegmentReader]
    statistics: Statistics
    planner: Planner
    model: Model
    memory: Memory

    def locate(self, doc: int) -> tuple[int, int]:
        """Return the place of the segment of a document numbered through all, and its number there."""
        place = 0
        while doc >= self.segments[place].num_docs:
            doc -= self.segments[place].num_docs
            place += 1
        return place, doc

    def document(self, doc: int) -> dict[str, Any]:
        """Return a document numbered through all segments as it was given."""
        place, number = self.locate(doc)
        return self.segments[place].stored.document(number)


class Among(Protocol):
    """What hits must be among."""

    def excluded(self, place: int) -> bytes | bytearray:
        """Return a bit for each document of a segment that is deleted or is not to be found."""
        ...


def find_best(
    snapshot: Snapshot, clause: Clause, limit: int, among: Among | None = None, *, placed: bool = True
) -> Best:
    """Return the best documents for a query.

    Args:
        snapshot: what is searched.
        clause: the query.
        limit: how many at most.
        among: what they must be among.
        placed: whether the places of words count.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    kernels = _free.pop() if _free else (TopK(), Places())
    try:
        best = _find(snapshot, clause, limit, among, *kernels, placed=placed)
    finally:
        _free.append(kernels)
    return best


def _find(
    snapshot: Snapshot, clause: Clause, limit: int, among: Among | None, topk: TopK, places: Places, *, placed: bool
) -> Best:
    model = snapshot.model
    asked = snapshot.memory.get(clause) or _prepare(snapshot, clause, topk)
    placing = asked.placing
    most = model.placed if placed and placing.terms else 0
    k = max(limit, most, 1)
    if (ready := snapshot.memory.ready(snapshot, asked)) is not None:
        best = _add_up(snapshot, clause, *ready, k, among)
    elif asked.plans:
        best = _prune(snapshot, clause, asked.roles, asked.plans, k, topk, among)
    else:
        best = _match_all(snapshot, clause, k, among)
    count = min(best.size, most)
    if count:
        add_places(placing, places, snapshot.segments, model, best.docs, best.scores, count)
        sort_best(best.docs, best.scores, count)
    return best._replace(size=min(best.size, limit))


def _prepare(snapshot: Snapshot, clause: Clause, topk: TopK) -> Prepared:
    planner = snapshot.planner
    leaves = _leaves(clause)
    items = [
        leaf if isinstance(leaf, PhraseClause) or leaf.expanded else planner.word(leaf, topk.cursors)
        for leaf, _ in leaves
    ]
    plans = [item for item in items if isinstance(item, WordPlan)]
    placing = placing_of(clause, planner, topk.cursors, snapshot.model)
    able = len(plans) == len(items) and _fit(plans)
    asked = Prepared(clause, placing, plans if able else (), items, [role for _, role in leaves])
    snapshot.memory.put(asked)
    return asked


def _leaves(clause: Clause) -> list[tuple[Leaf, int]]:
    """Return the words and phrases of a query with what each is to it; none if it is made of other things, too."""
    if isinstance(clause, WordClause | PhraseClause):
        return [(clause, SHOULD)]
    if not isinstance(clause, GroupClause):
        return []
    found: list[tuple[Leaf, int]] = []
    helpers_find = not clause.must and all(isinstance(word, WordClause) and word.function for word in clause.should)
    for row, role in ((clause.must, MUST), (clause.should, MAY if clause.must else SHOULD)):
        for child in row:
            if not isinstance(child, WordClause | PhraseClause):
                return []
            helps = role == SHOULD and isinstance(child, WordClause) and child.function and not helpers_find
            found.append((child, MAY if helps else role))
    return found


def _fit(plans: Sequence[WordPlan]) -> bool:
    """Tell whether the kernel has room for so many words."""
    if sum(plan.num_fields for plan in plans) > MAX_SLOTS:
        return False
    return max(map(sum, zip(*(plan.num_lists for plan in plans), strict=True)), default=0) <= MAX_LISTS


def _prune(
    snapshot: Snapshot,
    clause: Clause,
    roles: Sequence[int],
    plans: Sequence[WordPlan],
    k: int,
    topk: TopK,
    among: Among | None = None,
) -> Best:
    topk.begin(k)
    first_doc = 0
    without = clause.must_not if isinstance(clause, GroupClause) else ()
    for place, segment in enumerate(snapshot.segments):
        lists, flags, params, present = array("q"), array("q"), array("d"), array("q")
        for plan, role in zip(plans, roles, strict=True):
            found = plan.segments[place]
            if found.lists:
                lists.extend(found.lists)
                flags.extend(found.flags)
                params.extend(found.params)
                present.append(role)
            elif role == MUST:
                present = array("q")
                break
        if present:
            deleted = _excluded(snapshot, place, without, among)
            try:
                topk.collect(segment.data, first_doc, segment.num_docs, deleted, lists, present, flags, params)
            except ValueError:
                raise segment.damage("postings") from None
        first_doc += segment.num_docs
    docs, scores = int64s(topk.heap.size), float64s(topk.heap.size)
    size = topk.heap.take(docs, scores)
    total = topk.matched
    if topk.pruned and not without and among is None and MUST not in roles:
        most = max(plan.most for plan, role in zip(plans, roles, strict=True) if role == SHOULD)
        total = max(total, most - sum(segment.num_docs - segment.num_live for segment in snapshot.segments))
    return Best(docs, scores, size, total, not topk.pruned, [])


def _add_up(
    snapshot: Snapshot, clause: Clause, ready: Ready, room: memoryview, k: int, among: Among | None = None
) -> Best:
    from searchkit.search.shelf import borrow, give_back

    adder = borrow()
    adder.begin(k)
    first_doc = 0
    without = clause.must_not if isinstance(clause, GroupClause) else ()
    for place, (segment, lists) in enumerate(zip(snapshot.segments, ready.segments, strict=True)):
        excluded = _excluded(snapshot, place, without, among) if without or among is not None else b""
        adder.collect(room, first_doc, segment.num_docs, excluded, *lists)
        first_doc += segment.num_docs
    docs, scores = int64s(adder.size), float64s(adder.size)
    size, total = adder.take(docs, scores), adder.matched
    give_back(adder)
    return Best(docs, scores, size, total, exact=True, notes=ready.notes)


def _excluded(snapshot: Snapshot, place: int, without: Sequence[Clause], among: Among | None) -> bytes | bytearray:
    """Return a bit for each document of a segment that is deleted or matches what must not be there."""
    segment = snapshot.segments[place]
    bits = segment.deleted_bits if among is None else among.excluded(place)
    if not without:
        return bits
    excluded = bytearray(bits or bytes((segment.num_docs + 7) // 8))
    matcher = Matcher(segment, place, Lookup(snapshot.segments, snapshot.statistics), snapshot.model)
    for clause in without:
        docs, _, size = matcher.match(clause)
        mark(docs, size, segment.num_docs, excluded)
    return excluded


def _match_all(snapshot: Snapshot, clause: Clause, k: int, among: Among | None = None) -> Best:
    lookup = Lookup(snapshot.segments, snapshot.statistics)
    found: list[tuple[float, int]] = []
    first_doc = total = 0
    for place, segment in enumerate(snapshot.segments):
        docs, scores, size = Matcher(segment, place, lookup, snapshot.model).match(clause)
        if among is not None:
            size = drop(docs, scores, size, among.excluded(place))
        total += size
        best = uint32s(min(k, size))
        count = top(scores, size, len(best), best)
        found.extend((-scores[at], first_doc + docs[at]) for at in best[:count])
        first_doc += segment.num_docs
    found.sort()
    del found[k:]
    docs, scores = array("q", [doc for _, doc in found]), array("d", [-score for score, _ in found])
    return Best(docs, scores, len(found), total, exact=True, notes=lookup.notes)
