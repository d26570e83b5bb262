"""Tables of words, one of each thread, to one; ``searchkit._core.tables`` says how."""

from __future__ import annotations

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


def unite(tables: Sequence[Scanner], crew: Crew, fixed: int = 0) -> tuple[Scanner, list[Uint32s]]:
    """Return the words of all tables, and for each table the numbers of its words there.

    What is returned does not depend on which thread is faster. Of one table it is the table itself, and no numbers.

    Args:
        tables: of the threads.
        crew: does the work.
        fixed: so many words, up to 2, which all tables begin with, keep their numbers.
    """
    if len(tables) == 1:
        return tables[0], [uint32s(0)]
    shards, numbers = _shards(tables, crew, fixed)
    union, count = new_table(), len(shards)
    bases = [0]
    for shard in shards:
        bases.append(bases[-1] + shard.arena_size)
    union.make_room(count * max(shard.num_types for shard in shards), bases[-1])
    crew.all(lambda shard: union.take_shard(shards[shard], shard, count, bases[shard]), count)
    return union, numbers


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


def _shards(tables: Sequence[Scanner], crew: Crew, fixed: int) -> tuple[list[WordTable], list[Uint32s]]:
    numbers: list[Uint32s] = [room(table.num_types) for table in tables]
    count = max(2, crew.threads)

    def adopt(number: int) -> WordTable:
        shard = new_table()
        if number < fixed:
            shard.number(tables[0].word(number))
        for table, own in zip(tables, numbers, strict=True):
            shard.adopt(table, fixed, number, count, own)
            if number < fixed:
                own[number] = number
        return shard

    return crew.all(adopt, count), numbers
