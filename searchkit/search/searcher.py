"""A snapshot of an index that answers queries; any number of threads may share it."""

from __future__ import annotations

import os
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from searchkit.analysis import ANALYZER, LEVELS
from searchkit.arabic.letters import has_tashkeel
from searchkit.config import KEY, LIMIT
from searchkit.errors import IndexFormatError
from searchkit.query import UP_TO, GroupClause, is_exact, parse, parse_plain, rewrite
from searchkit.records import NamedTuple
from searchkit.search.apart import Apart
from searchkit.search.best import Snapshot, find_best
from searchkit.search.missing import Missing
from searchkit.search.plan import Planner
from searchkit.search.prepared import Memory
from searchkit.search.results import Results
from searchkit.search.statistics import Statistics
from searchkit.segment import Deletions, open_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from searchkit.query import Clause, Node
    from searchkit.query.equivalents import Equivalents
    from searchkit.ranking import Model
    from searchkit.search.best import Best
    from searchkit.search.facets import Facets
    from searchkit.search.fallback import Fallback
    from searchkit.search.filters import DocSets, Filter, Restriction
    from searchkit.search.sorting import Sort
    from searchkit.search.typed import Typed
    from searchkit.search.widen import Widener
    from searchkit.search.written import Spellings
    from searchkit.segment import SegmentReader
    from searchkit.segment.manifest import Manifest

_MAX_QUERIES = 2048  # remembered at a time
_OPTIONS = ("plain", "level", "fold", "filter", "sort", "sets", "fallback", "operator")  # of ``understand``


class Asked(NamedTuple):
    """A query as this snapshot understands it."""

    clause: Clause
    typed: Typed | None  # what documents must hold besides
    ranked: Callable[[int], Best]  # returns so many of the best documents
    notes: list[str]  # what the person should know about the words that are searched instead
    sets: DocSets | None = None  # where there is something to restrict, to sort or to count
    among: Restriction | None = None  # what hits must be among
    instead: Callable[[Clause], Asked] | None = None  # asks another clause alike; None if nothing else may be searched
    levels: tuple[str, ...] = LEVELS  # that are searched


class Searcher:
    """Searches the segments of one commit."""

    def __init__(self, directory: str, manifest: Manifest, model: Model, known: Sequence[SegmentReader] = ()) -> None:
        """Open the segments that a manifest names.

        Args:
            directory: the index's folder.
            manifest: the commit.
            model: how to rank.
            known: readers of an earlier commit; those of segments that are still there are used again.

        Raises:
            IndexFormatError: a file is damaged or of another version.
        """
        if manifest.analyzer != ANALYZER:
            raise IndexFormatError(
                f"{directory}: made with analysis {manifest.analyzer!r}, this is {ANALYZER!r}; "
                f"remove the folder and run 'searchkit index'"
            )
        self.directory = directory
        self.manifest = manifest
        self.model = model
        by_path = {segment.path: segment for segment in known}
        self.segments: list[SegmentReader] = []
        for entry in manifest.segments:
            path = os.path.join(directory, entry.file)
            deletions = None
            if entry.deletions:
                deletions = Deletions.read(os.path.join(directory, entry.deletions_file), entry.num_docs)
            segment = by_path[path].with_deletions(deletions) if path in by_path else open_segment(path, deletions)
            if segment.checksum != entry.checksum or segment.num_docs != entry.num_docs:
                raise IndexFormatError(f"{path}: not the file that was committed; rebuild the index or restore a copy")
            self.segments.append(segment)
        self.kinds = {field.name: field.kind for field in manifest.kinds}
        self.num_docs = sum(segment.num_live for segment in self.segments)
        statistics = Statistics(self.segments)
        planner = Planner(self.segments, statistics, model)
        apart = Apart(self.segments, statistics)
        self.snapshot = Snapshot(self.segments, statistics, planner, model, apart, Memory())
        self._asked: dict[tuple[object, ...], Asked] = {}
        self.synonyms: Equivalents | None = None  # of the index; to be set before the first search
        self._widener: Widener | None = None  # made when there is something to widen
        self._missing = Missing(planner, statistics)
        self._spellings: Spellings | None = None
        self._ask_plainly = partial(self._plainly, find_best)

    def check_sizes(self) -> None:
        """Check that nobody has cut a file short; takes less than a microsecond a segment.

        Raises:
            IndexFormatError: a file is shorter than when it was opened.
        """
        for segment in self.segments:
            segment.check_size()

    def search(
        self,
        query: str,
        *,
        limit: int = LIMIT,
        plain: bool = False,
        level: str | None = None,
        fold: Mapping[str, bool] | None = None,
        collapse: bool = False,
        fallback: bool = True,
        offset: int = 0,
        filter: Filter | None = None,  # noqa: A002 - what it is called elsewhere
        sort: Sort | None = None,
        facets: Sequence[str] = (),
        facet_limit: int | None = None,
        operator: str = "any",
    ) -> Results:
        """Return the best documents for a query; see ``Index.search``."""
        for name, given in (("limit", limit), ("offset", offset)):
            if given < 0:
                raise ValueError(f"{name} must be >= 0, got {given}")
        started = perf_counter()
        asked = self._remember((query, plain, level, fold, filter, sort, bool(facets), fallback, operator))
        number = min(offset + limit, self.num_docs + 1)  # kernels take room for as many
        best, ranks, copies = self._best(asked, number, collapse=collapse)
        if not best.total and asked.instead is not None:
            for other in self._others(asked):
                found = self._best(other, number, collapse=collapse)
                if found[0].total:
                    asked, (best, ranks, copies) = other, found
                    break
        if not best.total and fallback and number:
            from searchkit.search.relax import absent

            asked = asked._replace(notes=[*asked.notes, *absent(asked.clause, self._missing)])
        counted, total = self._count(asked, facets, facet_limit) if facets else ({}, None)
        notes = [*asked.notes, *best.notes]
        if asked.typed is not None and facets:
            notes.append("counts are of documents before words as typed are looked at")
        elif total is not None:
            best = best._replace(total=total, exact=True)
        return Results(
            self, query, asked.clause, best, perf_counter() - started, notes, ranks, copies, offset=offset,
            by_score=not sort or sort == "score", facets=counted,
        )  # fmt: skip

    def _remember(self, key: tuple[Any, ...]) -> Asked:
        """Return what ``understand`` does; where no document has to be looked at for that, it is remembered.

        Args:
            key: the query, and the other arguments of ``understand``.
        """
        try:
            known = self._asked.get(key)
        except TypeError:  # a filter or the like that may change
            return self.understand(key[0], **dict(zip(_OPTIONS, key[1:], strict=True)))
        if known is not None:
            return known
        query, plain = key[:2]
        asked = self.understand(query, **dict(zip(_OPTIONS, key[1:], strict=True)))
        if asked.among is None and (plain or ":" not in query):  # a date may be one of today
            if len(self._asked) >= _MAX_QUERIES:
                self._asked.clear()
            self._asked[key] = asked
        return asked

    def _count(self, asked: Asked, facets: Sequence[str], limit: int | None) -> tuple[Facets, int]:
        """Return what was to be counted, and how many documents match."""
        from searchkit.search.facets import FACET_LIMIT, count_facet, parse_facets

        parsed = parse_facets([facets] if isinstance(facets, str) else facets, self.kinds)
        sets, among = asked.sets, asked.among
        assert sets is not None and among is not None  # noqa: S101, PT018
        found = [sets.of(asked.clause, place) & among.allowed(place) for place in range(len(self.segments))]
        most = FACET_LIMIT if limit is None else limit
        counted = {
            facet.name: count_facet(facet, self.kinds[facet.field], self.segments, found, most) for facet in parsed
        }
        return counted, sum(matching.bit_count() for matching in found)

    def _best(
        self, asked: Asked, number: int, *, collapse: bool
    ) -> tuple[Best, Sequence[int] | None, Sequence[Sequence[int]] | None]:
        """Return the best documents; where some are left out, their ranks and copies as well."""
        if asked.typed is None and not collapse:
            return asked.ranked(number), None, None
        from searchkit.search.choice import choose

        return choose(self.snapshot, asked.ranked, number, asked.typed, collapse=collapse)

    def _others(self, asked: Asked) -> Iterator[Asked]:
        """Yield what to ask instead of a query without hits."""
        if asked.instead is None:
            return
        from searchkit.search.relax import relax

        read = partial(rewrite, levels=asked.levels, kinds=self.kinds)
        for clause, notes in relax(asked.clause, self._missing, read):
            yield asked.instead(clause)._replace(notes=[*asked.notes, *notes])

    def ask(self, query: str, **options: Any) -> Asked:
        """Return what ``search`` asks of this snapshot in the end: something else where a query has no hits.

        Args:
            query: as typed.
            options: of ``understand``.
        """
        asked = self.understand(query, **options)
        best = asked.ranked(1)
        if not best.total:
            return next((other for other in self._others(asked) if other.ranked(1).total), asked)
        return asked

    def understand(
        self,
        query: str,
        *,
        plain: bool = False,
        level: str | None = None,
        fold: Mapping[str, bool] | None = None,
        filter: Filter | None = None,  # noqa: A002 - what it is called elsewhere
        sort: Sort | None = None,
        sets: bool = False,
        fallback: bool = True,
        operator: str = "any",
    ) -> Asked:
        """Return what a query asks of this snapshot; see ``Index.search``."""
        kept = _kept(fold) if fold else []
        if level is None:
            level = "surface" if kept else "root"
        if level not in UP_TO:
            raise ValueError(f"level must be one of {', '.join(UP_TO)}, got {level!r}")
        notes: list[str] = []
        if operator not in ("any", "all"):
            raise ValueError(f"operator must be any or all, got {operator!r}")
        every = operator == "all"
        node = parse_plain(query, every=every) if plain else parse(query, self.fields(), notes, every=every)
        as_meant = level == "surface" or bool(kept)
        fallback = fallback and not as_meant
        restricted = query if (filter is not None or ":" in query) and not plain else None
        clause, required, excluded = self._meant(
            node, restricted, UP_TO[level], notes, as_meant=as_meant, fallback=fallback
        )
        if clause == GroupClause():
            notes.append("no word in the query; type letters or digits")
        typed = None
        if kept:
            from searchkit.search.typed import Typed, without_exclusions

            typed = Typed(clause, kept)
            clause = without_exclusions(clause)
        find: Callable[..., Best] = find_best
        if has_tashkeel(query):
            from searchkit.search.vowels import find_voweled

            find = find_voweled
        if filter is None and not required and not excluded and not sort and not sets:
            asked = self._ask_plainly if find is find_best else partial(self._plainly, find)
        else:
            from searchkit.search.filters import parse_filter

            if filter is not None:
                required = (*required, parse_filter(filter, self.fields(), self.kinds))
            asked = partial(self._among, find, required, excluded, sort)
        instead = asked if fallback else None
        _, _, ranked, _, docs, among, *_ = asked(clause)
        return Asked(clause, typed, ranked, notes, docs, among, instead, UP_TO[level])

    def _meant(
        self,
        node: Node,
        query: str | None,
        levels: tuple[str, ...],
        notes: list[str],
        *,
        as_meant: bool,
        fallback: bool,
    ) -> tuple[Clause, tuple[Clause, ...], tuple[Clause, ...]]:
        """Return what to look up, what else all hits must satisfy, and what none may.

        Args:
            node: the query.
            query: the text, if there may be ranges in it.
            levels: to search.
            notes: what the person should know of it is appended.
            as_meant: whether words are searched as they are typed and no others.
            fallback: whether words that no document has may be replaced.
        """
        clause, required, excluded = self._read(levels, query, node)
        as_meant = as_meant or is_exact(clause)
        clause, ways = self._widen(clause, levels, as_meant=as_meant)
        mender = self._fallback(levels) if fallback and not as_meant and self._missing.any(clause) else None
        if mender is not None and (retyped := mender.retype(node)) is not node:
            clause, required, excluded = self._read(levels, query, retyped)
            clause, ways = self._widen(clause, levels, as_meant=as_meant)
        notes += ways
        if mender is not None:
            clause = mender.mend(clause)
            notes += mender.notes
        if not as_meant and self.model.run:
            from searchkit.search.runs import with_run

            clause = with_run(self.segments, self.snapshot.statistics, clause)
        return clause, required, excluded

    def _plainly(self, find: Callable[..., Best], clause: Clause) -> Asked:
        return Asked(clause, None, partial(find, self.snapshot, clause), [])

    def _among(
        self,
        find: Callable[..., Best],
        required: tuple[Clause, ...],
        excluded: tuple[Clause, ...],
        sort: Sort | None,
        clause: Clause,
    ) -> Asked:
        """Return what is asked where something restricts, sorts or counts."""
        from searchkit.search.filters import DocSets, Parts, Restriction

        docs = DocSets(self.segments, self.snapshot.statistics, self.model)
        among = Restriction(self.segments, Parts(clause, required, excluded), docs)
        if sort:
            from searchkit.search.sorting import find_sorted, parse_sort

            if orders := parse_sort(sort, self.kinds):
                ranked = partial(find_sorted, self.snapshot, clause, docs, among, orders)
                return Asked(clause, None, ranked, [], docs, among)
        if not required and not excluded:
            return Asked(clause, None, partial(find, self.snapshot, clause), [], docs, among)
        return Asked(clause, None, partial(_among, find, self.snapshot, clause, among), [], docs, among)

    def _read(
        self, levels: tuple[str, ...], query: str | None, node: Node
    ) -> tuple[Clause, tuple[Clause, ...], tuple[Clause, ...]]:
        """Return what to look up, what else all hits must satisfy, and what none may.

        Args:
            levels: to search.
            query: the text, if there may be ranges in it.
            node: the query.
        """
        clause = rewrite(node, levels, self.kinds)
        if query is None:
            return clause, (), ()
        from searchkit.search.filters import restrict, split

        return split(restrict(clause, query, self.fields()))

    def _fallback(self, levels: tuple[str, ...]) -> Fallback:
        from searchkit.search.fallback import Fallback

        return Fallback(
            self.segments,
            self.snapshot.statistics,
            self._missing,
            self.spellings(),
            partial(rewrite, levels=levels, kinds=self.kinds),
            self.model.fuzzy,
        )

    def spellings(self) -> Spellings:
        """Return what knows how the words of this snapshot are written."""
        if self._spellings is None:
            from searchkit.search.written import Spellings

            self._spellings = Spellings(self.segments)
        return self._spellings

    def _widen(self, clause: Clause, levels: tuple[str, ...], *, as_meant: bool) -> tuple[Clause, list[str]]:
        """Return a query with other ways to write it, if these are wanted, and a line about them."""
        if as_meant or not self.model.synonym:
            return clause, []
        if self._widener is None:
            from searchkit.query.calendar import CALENDAR
            from searchkit.query.compounds import COMPOUNDS
            from searchkit.query.equivalents import built_in
            from searchkit.query.formulas import FORMULAS
            from searchkit.search.widen import Widener

            own = [self.synonyms] if self.synonyms is not None else []
            self._widener = Widener(
                self.segments, self.snapshot.statistics, [*own, built_in(), CALENDAR, COMPOUNDS, FORMULAS]
            )
        return self._widener.widen(clause, levels)

    def find(self, key: str) -> tuple[int, int] | None:
        """Return the segment of the document with this id, and its number there; None if there is none."""
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"an id is a string, not {type(key).__name__}")
        for place, segment in enumerate(self.segments):
            entry = segment.find(KEY, key.encode("utf-8", "surrogatepass"))
            if entry is not None and (postings := segment.postings(KEY, entry)).df:
                return place, postings.docs[0]
        return None

    def ids(self, docs: Sequence[int], n: int) -> list[str]:
        """Return the ids of the first n documents of a list, numbered through all segments."""
        if len(self.segments) == 1:
            return self.segments[0].stored.ids(docs if len(docs) == n else docs[:n])
        located = [self.snapshot.locate(docs[i]) for i in range(n)]
        return [self.segments[place].stored.ids((doc,))[0] for place, doc in located]

    def is_there(self) -> bool:
        """Tell whether its files are; another index in their folder has others."""
        return not self.segments or os.path.exists(self.segments[-1].path)

    def fields(self) -> list[str]:
        """Return the names that may stand before a colon."""
        return list(dict.fromkeys(["title", "text", *self.manifest.fields, *self.kinds]))


def _among(find: Callable[..., Best], snapshot: Snapshot, clause: Clause, among: Restriction, limit: int) -> Best:
    return find(snapshot, clause, limit, among)


def _kept(fold: Mapping[str, bool]) -> list[str]:
    """Return the distinctions that folding is not to take away."""
    from searchkit.arabic.spelling import DISTINCTIONS

    for name in fold:
        if name not in DISTINCTIONS:
            raise ValueError(f"fold must name some of {', '.join(DISTINCTIONS)}, got {name!r}")
    return [name for name, folds in fold.items() if not folds]
