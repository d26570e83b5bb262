"""A snapshot of an index that answers queries; any number of threads may share it."""

from __future__ import annotations

import os
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from searchkit.analysis import ANALYZER
from searchkit.arabic.letters import has_tashkeel
from searchkit.config import KEY, LIMIT
from searchkit.errors import IndexFormatError
from searchkit.query import UP_TO, GroupClause, parse, parse_plain, rewrite
from searchkit.search.best import Snapshot, find_best
from searchkit.search.mend import Mender
from searchkit.search.plan import Planner
from searchkit.search.prepared import Memory
from searchkit.search.results import Results
from searchkit.search.statistics import Statistics
from searchkit.segment import Deletions, SegmentReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from searchkit.query import Clause
    from searchkit.ranking import Model
    from searchkit.search.best import Best
    from searchkit.search.typed import Typed
    from searchkit.segment.manifest import Manifest

_MAX_QUERIES = 2048  # remembered at a time


class Asked(NamedTuple):
    """A query as this snapshot understands it."""

    clause: Clause
    typed: Typed | None  # what documents must hold besides
    ranked: Callable[[int], Best]  # returns so many of the best documents
    notes: list[str]  # what the person should know about the words that are searched instead


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
            segment = by_path[path].with_deletions(deletions) if path in by_path else SegmentReader(path, deletions)
            if segment.checksum != entry.checksum:
                raise IndexFormatError(f"{path}: not the file that was committed; rebuild the index or restore a copy")
            self.segments.append(segment)
        self.num_docs = sum(segment.num_live for segment in self.segments)
        statistics = Statistics(self.segments)
        planner = Planner(self.segments, statistics, model)
        self.snapshot = Snapshot(self.segments, statistics, planner, model, Memory(self.segments))
        self._asked: dict[tuple[str, bool, str | None], Asked] = {}
        self._mender = Mender(self.segments, statistics, model.fuzzy)

    def search(
        self,
        query: str,
        *,
        limit: int = LIMIT,
        plain: bool = False,
        level: str | None = None,
        fold: Mapping[str, bool] | None = None,
        collapse: bool = False,
    ) -> Results:
        """Return the best documents for a query; see ``Index.search``."""
        if limit < 0:
            raise ValueError(f"limit must be >= 0, got {limit}")
        started = perf_counter()
        asked = self.understand(query, plain=plain, level=level, fold=fold)
        ranks: Sequence[int] | None = None
        copies: Sequence[Sequence[int]] | None = None
        if asked.typed is None and not collapse:
            best = asked.ranked(limit)
        else:
            from searchkit.search.choice import choose

            best, ranks, copies = choose(self.snapshot, asked.ranked, limit, asked.typed, collapse=collapse)
        notes = [*asked.notes, *best.notes]
        if asked.clause == GroupClause():
            notes.append("no word in the query; type letters or digits")
        return Results(self, query, asked.clause, best, perf_counter() - started, notes, ranks, copies)

    def understand(
        self, query: str, *, plain: bool = False, level: str | None = None, fold: Mapping[str, bool] | None = None
    ) -> Asked:
        """Return what a query asks of this snapshot; see ``Index.search``."""
        if fold or not isinstance(query, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers need not be typed
            return self._understand(query, plain=plain, level=level, fold=fold)
        asked = self._asked.get((query, plain, level))
        if asked is None:
            asked = self._understand(query, plain=plain, level=level)
            if len(self._asked) >= _MAX_QUERIES:
                self._asked.clear()
            self._asked[query, plain, level] = asked
        return asked

    def _understand(
        self, query: str, *, plain: bool = False, level: str | None = None, fold: Mapping[str, bool] | None = None
    ) -> Asked:
        kept = _kept(fold) if fold else []
        if level is None:
            level = "surface" if kept else "root"
        if level not in UP_TO:
            raise ValueError(f"level must be one of {', '.join(UP_TO)}, got {level!r}")
        clause = rewrite(parse_plain(query) if plain else parse(query, self.fields()), UP_TO[level])
        notes: list[str] = []
        if level == "root" and not kept:  # else the words are meant as they are
            clause, notes = self._mender.mend(clause)
        typed = None
        if kept:
            from searchkit.search.typed import Typed, without_exclusions

            typed = Typed(clause, kept)
            clause = without_exclusions(clause)
        find = find_best
        if has_tashkeel(query):
            from searchkit.search.vowels import find_voweled

            find = find_voweled
        return Asked(clause, typed, partial(find, self.snapshot, clause), notes)

    def find(self, key: str) -> tuple[int, int] | None:
        """Return the segment of the document with this id, and its number there; None if there is none."""
        for place, segment in enumerate(self.segments):
            entry = segment.find(KEY, key.encode("utf-8", "surrogatepass"))
            if entry is not None and (postings := segment.postings(KEY, entry)).df:
                return place, postings.docs[0]
        return None

    def ids(self, docs: Sequence[int], n: int) -> list[str]:
        """Return the ids of the first n documents of a list, numbered through all segments."""
        if len(self.segments) == 1:
            return self.segments[0].stored.ids(docs[:n])
        located = [self.snapshot.locate(docs[i]) for i in range(n)]
        return [self.segments[place].stored.id(doc) for place, doc in located]

    def fields(self) -> list[str]:
        """Return the names that may stand before a colon."""
        return list(dict.fromkeys(["title", "text", *self.manifest.fields]))


def _kept(fold: Mapping[str, bool]) -> list[str]:
    """Return the distinctions that folding is not to take away."""
    from searchkit.arabic.spelling import DISTINCTIONS

    for name in fold:
        if name not in DISTINCTIONS:
            raise ValueError(f"fold must name some of {', '.join(DISTINCTIONS)}, got {name!r}")
    return [name for name, folds in fold.items() if not folds]
