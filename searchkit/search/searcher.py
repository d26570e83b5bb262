"""A snapshot of an index that answers queries; any number of threads may share it."""

from __future__ import annotations

import os
from bisect import bisect_right
from itertools import accumulate
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit.analysis import ANALYZER
from searchkit.config import LIMIT
from searchkit.errors import IndexFormatError
from searchkit.query import GroupClause, parse, parse_plain, rewrite
from searchkit.search.best import Snapshot, find_best
from searchkit.search.mend import Mender
from searchkit.search.plan import Planner
from searchkit.search.results import Results
from searchkit.search.statistics import Statistics
from searchkit.segment import Deletions, SegmentReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.ranking import Model
    from searchkit.segment.manifest import Manifest


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
        self._first_docs = list(accumulate((segment.num_docs for segment in self.segments), initial=0))[:-1]
        statistics = Statistics(self.segments)
        self.snapshot = Snapshot(self.segments, statistics, Planner(self.segments, statistics, model), model)
        self._mender = Mender(self.segments, statistics, model.fuzzy)

    def search(self, query: str, *, limit: int = LIMIT, plain: bool = False) -> Results:
        """Return the best documents for a query.

        Args:
            query: in the query language.
            limit: how many hits at most.
            plain: take the query as text in which nothing is an operator.

        Raises:
            QueryError: the query is empty, too long, or does not parse.
        """
        if limit < 0:
            raise ValueError(f"limit must be >= 0, got {limit}")
        started = perf_counter()
        clause = rewrite(parse_plain(query) if plain else parse(query, self.fields()))
        clause, notes = self._mender.mend(clause)
        best = find_best(self.snapshot, clause, limit)
        notes += best.notes
        if clause == GroupClause():
            notes.append("no word in the query; type letters or digits")
        return Results(self, query, clause, best, perf_counter() - started, notes)

    def locate(self, doc: int) -> tuple[int, int]:
        """Return the segment of a document numbered through all, and its number there."""
        place = bisect_right(self._first_docs, doc) - 1
        return place, doc - self._first_docs[place]

    def ids(self, docs: Sequence[int], n: int) -> list[str]:
        """Return the ids of the first n documents of a list, numbered through all segments."""
        if len(self.segments) == 1:
            stored = self.segments[0].stored
            return [stored.id(docs[i]) for i in range(n)]
        located = [self.locate(docs[i]) for i in range(n)]
        return [self.segments[place].stored.id(doc) for place, doc in located]

    def fields(self) -> list[str]:
        """Return the names that may stand before a colon."""
        return list(dict.fromkeys(["title", "text", *self.manifest.fields]))
