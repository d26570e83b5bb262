"""From pieces to types (distinct folded words), and from types to their terms, shared out among threads.

Each thread takes a part of the pieces or of the types, and numbers what it finds in a table of its own; then the tables
become one (``searchkit.segment.union``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from searchkit._core.buffers import room
from searchkit._core.cut import gather
from searchkit._core.invert import count_up, mark_pieces
from searchkit._core.order import encode_words, order_words
from searchkit.analysis.evidence import LEVELS, number_terms
from searchkit.arabic.folding import new_table
from searchkit.indexing.inversion import Terms
from searchkit.segment.union import unite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from searchkit._core.buffers import Bytes, Uint32s
    from searchkit._core.scan import Scanner
    from searchkit._core.tables import WordTable
    from searchkit.indexing.inversion import Spans
    from searchkit.segment.crew import Crew
    from searchkit.segment.pieces import PieceLog


def fold_pieces(log: PieceLog, fields: Iterable[Spans], crew: Crew) -> tuple[Uint32s, Uint32s, Scanner]:
    """Fold the pieces that occur in fields.

    Returns:
        Where the types of each piece begin, and where the last end; the types; and what knows them.
    """
    pieces, size = log.pieces, log.words.num_types
    wanted, ends = bytearray(size), room(size)

    def mark(starts: Uint32s, ends: Uint32s, _: int, first: int, last: int) -> None:
        mark_pieces(pieces, starts, ends, first, last, wanted)

    def fold(_: int, first: int, last: int) -> tuple[WordTable, Uint32s, Uint32s]:
        table, types = new_table(), room(log.words.arena_size)
        count = table.scan_words(log.words, wanted, first, last, types, ends)
        return table, types[:count], ends[first:last]

    for spans in fields:
        crew.parts(partial(mark, spans.starts, spans.ends), len(spans.starts))
    made = crew.parts(fold, size)
    ((words, numbers),) = unite([[table for table, _, _ in made]], crew)
    ((starts, types),) = _join([([(types, own) for _, types, own in made], numbers)], crew)
    return starts, types, words


def terms_by_level(words: Scanner, crew: Crew) -> dict[str, Terms]:
    """Return the numbered terms of types at each level."""
    size = words.num_types

    surfaces = crew.begin(lambda: _spell(words))
    levels = list(zip(*crew.parts(lambda _, first, last: number_terms(words, first, last), size), strict=True))
    united = unite([[part.table for part in level] for level in levels], crew)
    numbered = _join(
        [
            ([(part.numbers[: part.size], part.ends) for part in level], numbers)
            for level, (_, numbers) in zip(levels, united, strict=True)
        ],
        crew,
    )
    spelled = crew.all(lambda level: _spell(united[level][0]), len(united))
    each = room(size + 1)
    count_up(each)
    return {
        level: Terms(starts, numbers, *spelling)
        for level, (starts, numbers), spelling in zip(
            LEVELS, [(each, each), *numbered], [surfaces(), *spelled], strict=True
        )
    }


def _spell(table: Scanner) -> tuple[Bytes, Uint32s, Uint32s]:
    """Return the words of a table as UTF-8, where each ends, and their order."""
    spellings = table.spellings()
    data, ends = room(3 * table.arena_size, "B"), room(table.num_types)
    data = data[: encode_words(*spellings, data, ends)]
    return data, ends, order_words(*spellings, data, ends)


def _join(
    lists: Sequence[tuple[Sequence[tuple[Uint32s, Uint32s]], Sequence[Uint32s]]], crew: Crew
) -> list[tuple[Uint32s, Uint32s]]:
    """Join the lists of several threads.

    Args:
        lists: to join, each on its own: of each thread numbers, and where the list of each thing ends in them; and what
            each number of a thread has become, see ``unite``.
        crew: does it.

    Returns:
        Of each where the list of each thing begins, and where the last ends; and the numbers.
    """
    joined: list[tuple[Uint32s, Uint32s]] = []
    jobs: list[Callable[[], None]] = []
    for parts, numbers in lists:
        starts = room(1 + sum(len(ends) for _, ends in parts))
        values = room(sum(len(own) for own, _ in parts))
        joined.append((starts, values))
        begin, thing = 0, 1
        for (own, ends), become in zip(parts, numbers, strict=True):
            jobs.append(partial(gather, own, become, values, begin, ends, starts, thing))
            begin += len(own)
            thing += len(ends)
    crew.all(lambda job: jobs[job](), len(jobs))
    return joined
