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


def distinct_share(tables: Sequence[Scanner]) -> float:
    """Return which share of the words of all tables are distinct, as a sample of them tells."""
    shard, met = new_table(), 0
    for table in tables:
        met += shard.adopt(table, 0, 0, _SAMPLED, room(table.num_types, spare=True))
    return shard.num_types / met if met else 1.0


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
