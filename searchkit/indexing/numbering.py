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
from searchkit._core.lexicon import CHOSEN
from searchkit._core.order import encode_words, order_words
from searchkit.analysis.evidence import LEVELS, choose_entries, number_terms
from searchkit.arabic.folding import new_table
from searchkit.indexing.inversion import Terms
from searchkit.segment.union import unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searchkit._core.buffers import Uint32s
    from searchkit._core.evidence import Level
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
    words, numbers = unite([table for table, _, _ in made], crew)
    return *_join([(types, own) for _, types, own in made], numbers, crew), words


def terms_by_level(words: Scanner, crew: Crew) -> dict[str, Terms]:
    """Return the numbered terms of types at each level."""
    size = words.num_types

    def number(_: int, first: int, last: int) -> list[Level]:
        chosen = room(CHOSEN * (last - first), "q")
        choose_entries(words, first, last, chosen)
        return number_terms(words, first, last, chosen)

    made = crew.parts(number, size)
    each = room(size + 1)
    count_up(each)
    numbered: list[tuple[Uint32s, Uint32s]] = [(each, each)]
    tables = [words]
    for _ in LEVELS[1:]:
        levels = [levels.pop(0) for levels in made]
        table, numbers = unite([level.table for level in levels], crew)
        tables.append(table)
        numbered.append(_join([(level.numbers[: level.size], level.ends) for level in levels], numbers, crew))

    def spell(level: int) -> Terms:
        spellings = tables[level].spellings()
        data, ends = room(3 * tables[level].arena_size, "B"), room(tables[level].num_types)
        data = data[: encode_words(*spellings, data, ends)]
        return Terms(*numbered[level], data, ends, order_words(*spellings, data, ends))

    return dict(zip(LEVELS, crew.all(spell, len(tables)), strict=True))


def _join(parts: Sequence[tuple[Uint32s, Uint32s]], numbers: Sequence[Uint32s], crew: Crew) -> tuple[Uint32s, Uint32s]:
    """Join the lists of several threads.

    Args:
        parts: of each thread numbers, and where the list of each thing ends in them.
        numbers: what each number of a thread has become; see ``unite``.
        crew: does it.

    Returns:
        Where the list of each thing begins, and where the last ends; and the numbers.
    """
    begin, thing = [0], [1]
    for values, ends in parts:
        begin.append(begin[-1] + len(values))
        thing.append(thing[-1] + len(ends))
    starts, joined = room(thing[-1]), room(begin[-1])

    def take(part: int) -> None:
        values, ends = parts[part]
        gather(values, numbers[part], joined, begin[part], ends, starts, thing[part])

    crew.all(take, len(parts))
    return starts, joined
