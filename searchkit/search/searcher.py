"""A snapshot of an index that answers queries; any number of threads may share it."""

from __future__ import annotations

import os
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.match import top
from searchkit.analysis import ANALYZER
from searchkit.config import LIMIT
from searchkit.errors import IndexFormatError
from searchkit.query import GroupClause, parse, parse_plain, rewrite
from searchkit.ranking import Model
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.results import Hit, Results
from searchkit.segment import Deletions, SegmentReader

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        lookup = Lookup(self.segments)
        hits: list[Hit] = []
        total = 0
        for place, segment in enumerate(self.segments):
            matches = Matcher(segment, place, lookup, self.model).match(clause)
            total += matches.size
            best = uint32s(min(limit, matches.size))
            count = top(matches.scores, matches.size, len(best), best)
            hits.extend(Hit(self, clause, place, matches.docs[at], matches.scores[at]) for at in best[:count])
        hits.sort(key=_order)
        del hits[limit:]
        for rank, hit in enumerate(hits, 1):
            hit.rank = rank
        notes = [] if clause != GroupClause() else ["no word in the query; type letters or digits"]
        notes += lookup.notes
        return Results(query, hits, total, perf_counter() - started, notes)

    def matcher(self, place: int) -> Matcher:
        """Return a matcher for one segment, to look into a hit."""
        return Matcher(self.segments[place], place, Lookup(self.segments), self.model)

    def fields(self) -> list[str]:
        """Return the names that may stand before a colon."""
        return list(dict.fromkeys(["title", "text", *self.manifest.fields]))


def _order(hit: Hit) -> tuple[float, int, int]:
    """Sort by score; ties by place in the index."""
    return (-hit.score, hit.place, hit.doc)
