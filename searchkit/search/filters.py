"""Which documents: what all hits must satisfy and what does not count, as a bit for each document.

A query's ranges that every hit must satisfy, or must not, are taken out of it and restrict the search, so that words
are found by pruning as without them. Ranges never make words optional: beside words, they restrict.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any, cast

from searchkit._core.columns import mark
from searchkit.errors import QueryError
from searchkit.query import (
    AllClause,
    GroupClause,
    RangeClause,
    WordClause,
    parse,
    restricts,
    rewrite,
)  # fmt: skip
from searchkit.query.lexer import lex
from searchkit.query.values import range_clause
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.ranges import range_bits
from searchkit.segment.kinds import Bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from searchkit.query import Clause
    from searchkit.ranking import Model
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

Filter = str | dict[str, Any]
"""Text in the query language, or values by field: one, a list of which any, ``(low, high)``, None for no value."""


class Parts(NamedTuple):
    """A query, and what restricts it."""

    clause: Clause
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()


def split(clause: Clause) -> Parts:
    """Take out of a query the ranges that every hit must satisfy, and those that none may."""
    if restricts(clause):
        return Parts(AllClause(), (clause,))
    if not isinstance(clause, GroupClause) or not _has_ranges(clause):
        return Parts(clause)
    required: list[Clause] = []
    must: list[Clause] = []
    excluded = [child for child in clause.must_not if restricts(child)]
    must_not = [child for child in clause.must_not if not restricts(child)]
    for child in clause.must:
        inner = split(child)
        required += inner.required
        excluded += inner.excluded
        if inner.clause != AllClause():
            must.append(inner.clause)
    rest = _without_ranges(clause) if required else clause
    should = rest.should
    if not must and len(should) == 1:
        inner = split(should[0])
        required += inner.required
        excluded += inner.excluded
        should = (inner.clause,)
    if not must and not should:
        should = (AllClause(),)
    rest = rest._replace(must=tuple(must), should=should, must_not=tuple(must_not))
    simple = not must and len(should) == 1 and not must_not and not rest.instead
    return Parts(should[0] if simple else rest, tuple(required), tuple(excluded))


def _without_ranges(group: GroupClause) -> GroupClause:
    """Return a group without the ranges among what it may match."""
    before = [0]  # of each place how many that stay are before it
    for child in group.should:
        before.append(before[-1] + (not restricts(child)))
    instead = tuple(
        other._replace(start=before[other.start], end=before[other.end])
        for other in group.instead
        if before[other.end] - before[other.start] == other.end - other.start
    )
    return group._replace(should=tuple(child for child in group.should if not restricts(child)), instead=instead)


def restrict(clause: Clause, query: str, fields: Collection[str]) -> Clause:
    """Have the ranges that stand beside words restrict them, unless OR stands between the parts of the query."""
    if not isinstance(clause, GroupClause):
        return clause
    ranges = tuple(child for child in clause.should if restricts(child))
    if not ranges or _has_or(query, fields):
        return clause
    return _without_ranges(clause)._replace(must=(*clause.must, *ranges))


def parse_filter(wanted: Filter, fields: Collection[str], kinds: Mapping[str, str]) -> Clause:
    """Return what a filter asks for: all of its parts, unless OR stands between them.

    Raises:
        QueryError: it does not parse, or names an unknown field.
    """
    if isinstance(wanted, str):
        notes: list[str] = []
        clause = rewrite(parse(wanted, fields, notes), kinds=kinds)
        unknown = re.match("no field '(.*?)', so ", next((note for note in notes if note.startswith("no field ")), ""))
        if unknown:  # as words it would leave out nearly everything without a word about it
            raise QueryError(f"{unknown[1]}: no field to filter by; use one of {', '.join(fields)}")
        if isinstance(clause, GroupClause) and not _has_or(wanted, fields):
            clause = GroupClause((*clause.must, *clause.should), (), clause.must_not)
        return clause
    if not isinstance(wanted, dict):  # pyright: ignore[reportUnnecessaryIsInstance] - whatever a program gives
        raise TypeError(f"a filter is a text or values by field, not {type(wanted).__name__}")
    return GroupClause(must=tuple(_asked(name, value, kinds) for name, value in wanted.items()))


def _asked(name: str, value: Any, kinds: Mapping[str, str]) -> Clause:
    kind = kinds.get(name)
    if kind is None:
        known = f"use one of {', '.join(kinds)}" if kinds else "no field of this index can"
        raise QueryError(f"{name}: no field to filter by; {known}")
    if value is None:
        return GroupClause(should=(AllClause(),), must_not=(RangeClause(name, kind, f"{name}:*", Bounds(None, None)),))
    if isinstance(value, tuple):
        limits = [None if limit is None else _written(limit) for limit in cast("tuple[object, ...]", value)]
        if len(limits) != 2:
            raise ValueError(f"a range is (low, high), got {value!r}")
        return range_clause(name, kind, *limits)
    if isinstance(value, list | set | frozenset):
        values = cast("Iterable[object]", value)
        return GroupClause(should=tuple(_asked(name, one, kinds) for one in values))
    return range_clause(name, kind, _written(value), _written(value))


def _written(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


class DocSets:
    """Finds the documents of clauses, without scores; one per search. A set of one segment is an int of a bit each."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, model: Model) -> None:
        self._segments = segments
        self._lookup = Lookup(segments, statistics)
        self._model = model
        self._matchers = [Matcher(segment, place, self._lookup, model) for place, segment in enumerate(segments)]

    @property
    def notes(self) -> list[str]:
        """What the person should know about the words that were found."""
        return self._lookup.notes

    def of(self, clause: Clause, place: int) -> int:
        """Return the live documents of a segment that match."""
        segment = self._segments[place]
        if isinstance(clause, AllClause):
            return int.from_bytes(segment.live_bits, "little")
        if isinstance(clause, RangeClause):
            return int.from_bytes(range_bits(segment, clause), "little") & self.of(AllClause(), place)
        if isinstance(clause, GroupClause):
            return self._group(clause, place)
        bits = bytearray((segment.num_docs + 7) // 8)
        if isinstance(clause, WordClause):
            for term in clause.terms:
                if not self._model.level_weight(term.kind):
                    continue  # as in ``parts_by_field``
                postings = self._lookup.term(term).postings[place]
                mark(postings.docs, postings.df, segment.num_docs, bits)
        else:
            docs, _, size = self._matchers[place].match(clause)
            mark(docs, size, segment.num_docs, bits)
        return int.from_bytes(bits, "little")

    def _group(self, group: GroupClause, place: int) -> int:
        finders = [child for child in group.should if not (isinstance(child, WordClause) and child.function)]
        found = -1
        for child in group.must:
            found &= self.of(child, place)
        if group.should and all(map(restricts, group.must)):
            any_of = 0
            for child in finders or group.should:
                any_of |= self.of(child, place)
            for other in group.instead:
                any_of |= self.of(other.clause, place)
            found &= any_of
        if found == -1:
            found = 0
        for child in group.must_not:
            found &= ~self.of(child, place)
        return found


class Restriction:
    """What hits must be among."""

    def __init__(self, segments: Sequence[SegmentReader], parts: Parts, sets: DocSets) -> None:
        self._segments = segments
        self._parts = parts
        self._sets = sets
        self._allowed: dict[int, int] = {}

    @property
    def texts(self) -> list[str]:
        """What is asked, part by part."""
        return [_text(clause) for clause in self._parts.required] + [f"-{_text(c)}" for c in self._parts.excluded]

    def allowed(self, place: int) -> int:
        """Return the live documents of a segment that hits may be among, as an int of a bit each."""
        if place not in self._allowed:
            found = self._sets.of(AllClause(), place)
            for clause in self._parts.required:
                found &= self._sets.of(clause, place)
            for clause in self._parts.excluded:
                found &= ~self._sets.of(clause, place)
            self._allowed[place] = found
        return self._allowed[place]

    def excluded(self, place: int) -> bytes:
        """Return a bit for each document of a segment that is deleted or is not to be found."""
        return complement(self.allowed(place), self._segments[place].num_docs)


class Only:
    """A restriction to some documents."""

    def __init__(self, segments: Sequence[SegmentReader], docs: Sequence[Sequence[int]]) -> None:
        """Make one.

        Args:
            segments: all.
            docs: of each segment, those that may be found.
        """
        self._segments = segments
        self._docs = docs

    def excluded(self, place: int) -> bytes:
        """Return a bit for each document of a segment that is not to be found."""
        size = self._segments[place].num_docs
        bits = bytearray((size + 7) // 8)
        mark(array("I", self._docs[place]), len(self._docs[place]), size, bits)
        return complement(int.from_bytes(bits, "little"), size)


def complement(found: int, num_docs: int) -> bytes:
    """Return the documents that are not in a set."""
    return (((1 << num_docs) - 1) & ~found).to_bytes((num_docs + 7) // 8, "little")


def to_bits(found: int, num_docs: int) -> bytes:
    """Return a set as kernels want it."""
    return found.to_bytes((num_docs + 7) // 8, "little")


def _has_ranges(clause: Clause) -> bool:
    if isinstance(clause, GroupClause):
        return any(_has_ranges(child) for row in clause[:3] for child in row)
    return isinstance(clause, RangeClause)


def _has_or(query: str, fields: Collection[str]) -> bool:
    """Tell whether OR stands between the parts of a query, not only in parentheses."""
    depth = 0
    for lexeme in lex(query, fields):
        depth += {"open": 1, "close": -1}.get(lexeme.kind, 0)
        if lexeme.kind == "or" and depth == 0:
            return True
    return False


def _text(clause: Clause) -> str:
    if isinstance(clause, GroupClause):
        signed = (("+", clause.must), ("", clause.should), ("-", clause.must_not))
        return " ".join(sign + _text(child) for sign, row in signed for child in row)
    return "*" if isinstance(clause, AllClause) else clause.text
