"""Tables of words, one of each thread, to one; ``searchkit._core.tables`` says how."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from searchkit._core.buffers import room, uint32s
from searchkit.arabic.folding import new_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit._core.buffers import Uint32s
    from searchkit._core.scan import Scanner
    from searchkit._core.tables import WordTable
    from searchkit.segment.crew import Crew

_SAMPLED = 64  # one in so many words


def unite(groups: Sequence[Sequence[Scanner]], crew: Crew, fixed: int = 0) -> list[tuple[Scanner, list[Uint32s]]]:
    """Return, for each group of tables, the words of all of them, and for each table the numbers of its words there.

    What is returned does not depend on which thread is faster. Of one table it is the table itself, and no numbers. The
    tables that are returned can number no words; those that were given, if they are others, are empty.

    Args:
        groups: tables of the threads.
        crew: does the work.
        fixed: so many words, up to 2, which all tables begin with, keep their numbers.
    """
    for tables in groups:
        for table in tables:
            table.settle()
    if len(groups[0]) == 1:
        return [(table, [uint32s(0)]) for (table,) in groups]
    count = max(2, crew.threads)
    numbers: list[list[Uint32s]] = [[room(table.num_types) for table in tables] for tables in groups]

    def adopt(job: int) -> WordTable:
        group, number = divmod(job, count)
        shard = new_table()
        if number < fixed:
            shard.number(groups[group][0].word(number))
        for table, own in zip(groups[group], numbers[group], strict=True):
            shard.adopt(table, fixed, number, count, own)
            if number < fixed:
                own[number] = number
        shard.settle()
        return shard

    shards = crew.all(adopt, count * len(groups))
    for tables in groups:
        for table in tables:
            table.clear()
    unions: list[WordTable] = []
    bases: list[int] = []
    for group in range(len(groups)):
        own = shards[count * group : count * (group + 1)]
        *firsts, size = accumulate((shard.arena_size for shard in own), initial=0)
        unions.append(union := new_table())
        union.make_room(count * max(shard.num_types for shard in own), size)
        bases += firsts
    crew.all(lambda job: unions[job // count].take_shard(shards[job], job % count, count, bases[job]), len(shards))
    return list(zip(unions, numbers, strict=True))


class Sample:
    """Tells which share of the words of several tables are distinct, from one in some of them."""

    def __init__(self) -> None:
        self._table = new_table()
        self._known: dict[int, int] = {}  # of each table: how many words were looked at
        self._met = 0

    @property
    def share(self) -> float:
        """The share of distinct words, up to 1."""
        return self._table.num_types / self._met if self._met else 1.0

    def add(self, number: int, table: Scanner) -> None:
        """Look at the new words of a table, which is known by a number."""
        numbers = room(table.num_types, spare=True)
        self._met += self._table.adopt(table, self._known.get(number, 0), 0, _SAMPLED, numbers)
        self._known[number] = table.num_types
