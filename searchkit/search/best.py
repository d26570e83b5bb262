"""The best documents for a query: pruned where it is made of words, else from everything that matches.

In two steps. First every document is scored by the words it has. Then, in the best of these, the places of words count,
too; whatever is found beyond them follows as it was scored.
"""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from searchkit._core.buffers import float64s, int64s, uint32s
from searchkit._core.columns import drop, mark
from searchkit._core.cursors import MAX_LISTS
from searchkit._core.match import top
from searchkit._core.places import Places, sort_best
from searchkit._core.topk import MAX_SLOTS, MAY, MUST, SHOULD, TopK
from searchkit.query import GroupClause, Instead, PhraseClause, WordClause
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher, is_helper
from searchkit.search.placing import add_places, placing_of
from searchkit.search.pool import Pool
from searchkit.search.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.ranking import Model
    from searchkit.search.apart import Apart
    from searchkit.search.plan import Planner, WordPlan
    from searchkit.search.prepared import Memory
    from searchkit.search.shelf import Item, Ready
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_kernels = Pool(lambda: (TopK(), Places()))


class Best(NamedTuple):
    """The best documents, best first."""

    docs: array[int]  # int64[>= size], numbered through all segments
    scores: array[float]  # float64[>= size]
    size: int
    total: int  # documents that match, or at least so many do
    exact: bool  # whether that is all
    notes: list[str]
    worths: array[float] | None = None  # of places, see ``add_places``; None if they do not count


class Snapshot(NamedTuple):
    """What searches share."""

    segments: Sequence[SegmentReader]
    statistics: Statistics
    planner: Planner
    model: Model
    apart: Apart
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
    model, memory = snapshot.model, snapshot.memory
    asked = memory.get(clause)
    if asked is None or (ready := asked.ready) is None or not memory.holds(ready):
        return _find_new(snapshot, clause, limit, among, asked, placed=placed)
    most = model.placed if placed and asked.placing.terms else 0
    best = _add_up(snapshot, clause, ready, max(limit, most, 1), among)
    if not most:
        return best if best.size <= limit else best._replace(size=limit)
    kernels = _kernels.borrow()
    best = _place(snapshot, asked, best, limit, most, kernels[1])
    _kernels.give_back(kernels)
    return best


def _find_new(
    snapshot: Snapshot, clause: Clause, limit: int, among: Among | None, asked: Prepared | None, *, placed: bool
) -> Best:
    """Find the best for a query that is not known to be the sum of what is in memory."""
    kernels = _kernels.borrow()
    topk, places = kernels
    try:
        if asked is None:
            asked = _prepare(snapshot, clause, topk)
        most = snapshot.model.placed if placed and asked.placing.terms else 0
        best = _find(snapshot, asked, max(limit, most, 1), topk, among)
        best = _place(snapshot, asked, best, limit, most, places)
    finally:
        _kernels.give_back(kernels)
    return best


def _find(snapshot: Snapshot, asked: Prepared, k: int, topk: TopK, among: Among | None) -> Best:
    """Score documents by the words that they have."""
    clause = asked.clause
    asked.came += 1
    if asked.items is None:
        _itemize(snapshot, asked, topk)
    if (ready := snapshot.memory.ready(snapshot, asked)) is not None:
        return _add_up(snapshot, clause, ready, k, among)
    if asked.plans and asked.divided is None:
        return _prune(snapshot, clause, asked.roles, asked.plans, k, topk, among)
    if asked.plans and asked.divided is not None:
        within, without = (snapshot._replace(segments=segments) for segments in asked.divided)
        best = _prune(without, clause, asked.roles, asked.plans, k, topk, among)
        return _join(best, _match_all(within, clause, k, among, perhaps_few=True), k)
    return _match_all(snapshot, clause, k, among)


def _place(snapshot: Snapshot, asked: Prepared, best: Best, limit: int, most: int, places: Places) -> Best:
    """Add what the places of words are worth in the best."""
    count = min(best.size, most)
    worths: array[float] | None = None
    if count:
        worths = add_places(asked.placing, places, snapshot.segments, snapshot.model, best.docs, best.scores, count)
        sort_best(best.docs, best.scores, count)
    docs, scores, size, total, exact, notes, _ = best
    return Best(docs, scores, min(size, limit), total, exact, notes, worths)


def _prepare(snapshot: Snapshot, clause: Clause, topk: TopK) -> Prepared:
    words = _words(clause)
    plans = [snapshot.planner.word(word, topk.cursors) for word, _ in words]
    able = bool(words) and _fit(plans)
    asked = Prepared(
        clause,
        placing_of(clause, snapshot.planner, topk.cursors, snapshot.model),
        plans if able else (),
        tuple([role for _, role in words]),
        snapshot.apart.divide(clause) if able else None,
    )
    snapshot.memory.put(asked)
    return asked


def _words(clause: Clause) -> list[tuple[WordClause, int]]:
    """Return the words of a query with what each is to it; none if it is made of other things, too."""
    if isinstance(clause, WordClause):
        return [] if clause.expanded else [(clause, SHOULD)]
    if not isinstance(clause, GroupClause):
        return []
    words: list[tuple[WordClause, int]] = []
    helpers_find = not clause.must and all(isinstance(word, WordClause) and word.function for word in clause.should)
    for row, role in ((clause.must, MUST), (clause.should, MAY if clause.must else SHOULD)):
        for child in row:
            if not isinstance(child, WordClause) or child.expanded:
                return []
            helps = role == SHOULD and child.function and not helpers_find
            words.append((child, MAY if helps else role))
    return words


def _itemize(snapshot: Snapshot, asked: Prepared, topk: TopK) -> None:
    """Find of what a query is the sum; where it is not made of plain words, only when it comes again."""
    if asked.plans and asked.divided is None:
        asked.items, asked.shares = asked.plans, asked.roles
    elif asked.came > 1:
        items = _items(snapshot, asked.clause, topk)
        asked.items, asked.shares = [item for item, _ in items], [role for _, role in items]


def _items(snapshot: Snapshot, clause: Clause, topk: TopK) -> list[tuple[Item, int]]:
    """Return of what a query is the sum, with what each is to it; nothing if it is no such sum."""
    items: list[tuple[Item, int]] = []
    for part, role in _summands(clause):
        if isinstance(part, WordClause) and not part.expanded and not any(term.phrase for term in part.terms):
            items.append((snapshot.planner.word(part, topk.cursors), role))
        elif isinstance(part, WordClause | PhraseClause) or (isinstance(part, GroupClause) and part.instead):
            items.append((part, role))
        else:
            return []
    return items


def _summands(clause: Clause) -> list[tuple[Clause, int]]:
    """Return the parts of a query, neighbours that are written in another way as one, with what each is to it."""
    if not isinstance(clause, GroupClause):
        return [(clause, SHOULD)]
    helpers = [is_helper(child) for child in clause.should]
    helpers_find = all(helpers)
    role = MAY if clause.must else SHOULD
    found: list[tuple[Clause, int]] = [(child, MUST) for child in clause.must]
    joined: set[int] = set()
    for start, end, other in clause.instead:
        words = tuple(child for child in clause.should[start:end] if not is_helper(child))
        if not words:
            return []
        found.append((GroupClause(should=words, instead=(Instead(0, len(words), other),)), role))
        joined.update(at for at in range(start, end) if not helpers[at])
    for at, child in enumerate(clause.should):
        if at not in joined:
            found.append((child, MAY if helpers[at] and not helpers_find else role))
    return found


def _fit(plans: Sequence[WordPlan]) -> bool:
    """Tell whether the kernel has room for so many words."""
    if sum([plan.num_fields for plan in plans]) > MAX_SLOTS:
        return False
    counts = [sum([plan.num_lists(place) for plan in plans]) for place in range(len(plans[0].segments))]
    return max(counts, default=0) <= MAX_LISTS


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
    num_must = roles.count(MUST)
    without = clause.must_not if isinstance(clause, GroupClause) else ()
    for place, segment in enumerate(snapshot.segments):
        words = [plan.segments[place] for plan in plans]
        present = array("q", [role for (lists, _, _), role in zip(words, roles, strict=True) if lists])
        if present and present.count(MUST) == num_must:
            joined = [b"".join(parts) for parts in zip(*words, strict=True)]
            lists, flags, params = array("q", joined[0]), array("q", joined[1]), array("d", joined[2])
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


def _add_up(snapshot: Snapshot, clause: Clause, ready: Ready, k: int, among: Among | None = None) -> Best:
    adder = ready.adders.borrow()
    adder.begin(k)
    without = clause.must_not if isinstance(clause, GroupClause) else ()
    restricted = without or among is not None
    for place, lists in enumerate(ready.segments):
        adder.collect(_excluded(snapshot, place, without, among) if restricted else b"", *lists)
    size, total = adder.size, adder.matched
    docs, scores = int64s(size), float64s(size)
    adder.take(docs, scores)
    ready.adders.give_back(adder)
    return Best(docs, scores, size, total, True, ready.notes)  # noqa: FBT003


def _excluded(snapshot: Snapshot, place: int, without: Sequence[Clause], among: Among | None) -> bytes | bytearray:
    """Return a bit for each document of a segment that is deleted or matches what must not be there."""
    segment = snapshot.segments[place]
    bits = segment.deleted_bits
    if among is not None:
        others = among.excluded(place)
        bits = _either(bits, others) if bits is not snapshot.statistics.segments[place].deleted_bits else others
    if not without:
        return bits
    excluded = bytearray(bits or bytes((segment.num_docs + 7) // 8))
    matcher = Matcher(segment, place, Lookup(snapshot.segments, snapshot.statistics), snapshot.model)
    for clause in without:
        docs, _, size = matcher.match(clause)
        mark(docs, size, segment.num_docs, excluded)
    return excluded


def _either(one: bytes | bytearray, other: bytes | bytearray) -> bytes:
    """Return the union of two sets of documents."""
    union = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return union.to_bytes(max(len(one), len(other)), "little")


def _join(one: Best, other: Best, k: int) -> Best:
    """Return the best of both; none is in both."""
    found = sorted(
        (-score, doc)
        for best in (one, other)
        for doc, score in zip(best.docs[: best.size], best.scores[: best.size], strict=True)
    )[:k]
    docs, scores = array("q", [doc for _, doc in found]), array("d", [-score for score, _ in found])
    total, exact = one.total + other.total, one.exact and other.exact
    return Best(docs, scores, len(found), total, exact, [*one.notes, *other.notes])


def _match_all(
    snapshot: Snapshot, clause: Clause, k: int, among: Among | None = None, *, perhaps_few: bool = False
) -> Best:
    """Score everything that matches, or, where only few documents are live, look these up."""
    few = None
    if perhaps_few:
        from searchkit.search.few import Few, are_few

        few = Few(snapshot.segments, snapshot.planner) if are_few(snapshot.segments) else None
    lookup = Lookup(snapshot.segments, snapshot.statistics, few.postings if few is not None else None)
    found: list[tuple[float, int]] = []
    first_doc = total = 0
    for place, segment in enumerate(snapshot.segments):
        known = partial(few.word, place) if few is not None else None
        docs, scores, size = Matcher(segment, place, lookup, snapshot.model, known).match(clause)
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
