"""What a snapshot remembers of queries, so that one that comes again, or is asked for more, is only computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.search.apart import Segments
    from searchkit.search.best import Snapshot
    from searchkit.search.placing import Placing
    from searchkit.search.plan import WordPlan
    from searchkit.search.shelf import Item, Ready, Shelf

_MAX_QUERIES = 2048  # remembered at a time


class Prepared:
    """A query as kernels want it."""

    __slots__ = ("came", "clause", "divided", "items", "placing", "plans", "ready", "roles", "shares", "worths")

    def __init__(
        self,
        clause: Clause,
        placing: Placing,
        plans: Sequence[WordPlan],
        roles: Sequence[int],
        divided: tuple[Segments, Segments] | None,
    ) -> None:
        self.clause = clause
        self.placing = placing
        self.plans = plans  # of its words; none if it is made of other things, or of too many
        self.roles = roles  # of these
        self.divided = divided  # see ``Apart.divide``
        self.came = 0  # how often it was searched
        self.items: Sequence[Item] | None = None  # of what it is the sum; none if it is no sum; None if not known yet
        self.shares: Sequence[int] = ()  # the role of each
        self.ready: Ready | None = None
        self.worths: dict[int, float] = {}  # what vowels as typed are worth in documents that were read for them


class Memory:
    """The queries of a snapshot, and the words on its shelf; any number of threads may share it."""

    def __init__(self) -> None:
        self._queries: dict[int, Prepared] = {}  # by identity: to compare clauses takes longer
        self.shelf: Shelf | None = None

    def get(self, clause: Clause) -> Prepared | None:
        """Return a query that was there before."""
        known = self._queries.get(id(clause))
        return known if known is not None and known.clause is clause else None

    def put(self, prepared: Prepared) -> None:
        """Remember a query."""
        if len(self._queries) >= _MAX_QUERIES:
            self._queries.clear()
        self._queries[id(prepared.clause)] = prepared

    def holds(self, ready: Ready) -> bool:
        """Tell whether the words of a query are still on the shelf."""
        return self.shelf is not None and self.shelf.holds(ready)

    def ready(self, snapshot: Snapshot, prepared: Prepared) -> Ready | None:
        """Return what a query is the sum of if that is in memory; the first search finds nothing.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        if not prepared.items:
            return None
        if self.shelf is None:
            if len(self._queries) > 1:  # the one-shot command needs none
                from searchkit.search.shelf import Shelf

                self.shelf = Shelf(snapshot)  # another thread may do the same; then one of the two is forgotten
            return None
        shelf, ready = self.shelf, prepared.ready
        if ready is None or not shelf.holds(ready):
            again = prepared.came > 1
            prepared.ready = ready = shelf.find(prepared.items, prepared.shares, again=again)
        return ready
