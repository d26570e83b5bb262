"""From the tokens of a field to its posting lists, shared out among threads.

A counting sort makes the occurrences of each term; each thread takes a part of the tokens. Then each takes some terms
at a time and makes their posting lists. What comes out does not depend on the number of threads.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from searchkit._core.buffers import room, uint32s
from searchkit._core.invert import begin_terms, count_expanded, count_occurrences, expand, measure, place
from searchkit._core.lists import SIZES, Lists, share_terms
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s
    from searchkit.segment import FieldWriter
    from searchkit.segment.crew import Crew

_CHUNK = 1 << 19  # occurrences whose posting lists are made at a time
_PART = 1 << 16  # pieces for which it pays to wake a thread


class Spans(NamedTuple):
    """Where a field of each document is in the log of pieces; a document without it has 0 and 0."""

    docs: array[int]  # those that have it
    starts: Uint32s
    ends: Uint32s


class Log(NamedTuple):
    """The tokens of a field, document after document."""

    types: Uint32s  # one per token
    bounds: Uint32s  # document d is types[bounds[d]:bounds[d + 1]]
    lengths: Uint32s  # of each document
    hints: Uint32s  # the document of every 64th token
    cuts: list[int]  # between the parts
    counts: list[Uint32s]  # how often each type occurs in each part


class Terms(NamedTuple):
    """The terms of types at one level."""

    starts: Uint32s  # those of type t are numbers[starts[t]:starts[t + 1]]
    numbers: Uint32s
    words: Bytes  # of the terms, as UTF-8
    ends: Uint32s  # of each term in ``words``
    order: Uint32s  # the numbers of the terms, in ascending order of their bytes


def cut_log(pieces: Uint32s, spans: Spans, firsts: Uint32s, types: Uint32s, num_types: int, crew: Crew) -> Log:
    """Turn the pieces of a field into its tokens; see ``expand``."""
    docs, starts, ends = spans
    num_docs = len(starts)
    # Documents are not equally long, so each thread takes as many pieces.
    first, last = (starts[docs[0]], ends[docs[-1]]) if docs else (0, 0)
    parts = max(1, min(crew.threads, (last - first) // _PART))
    places = [first + (last - first) * part // parts for part in range(1, parts)]
    cuts = [
        0,
        *((docs[at] if (at := _past(docs, ends, place)) < len(docs) else num_docs) for place in places),
        num_docs,
    ]
    bounds = room(num_docs + 1)
    totals = crew.all(
        lambda part: count_expanded(pieces, starts, ends, firsts, cuts[part], cuts[part + 1], bounds), parts
    )
    before = list(accumulate(totals, initial=0))
    tokens = room(before[-1])
    counts: list[Uint32s] = [room(num_types) for _ in range(parts)]
    crew.all(
        lambda part: expand(
            pieces, starts, ends, firsts, types, cuts[part], cuts[part + 1], tokens, bounds, before[part], counts[part]
        ),
        parts,
    )
    return Log(tokens, bounds, *measured(bounds), before, counts)


def _past(docs: array[int], ends: Uint32s, place: int) -> int:
    """Return the first of the documents whose field ends there or later."""
    return bisect_left(docs, place, key=ends.__getitem__)


def measured(bounds: Uint32s) -> tuple[Uint32s, Uint32s]:
    """Return how many tokens each document has, and the document of every 64th token."""
    lengths, hints = uint32s(len(bounds) - 1), uint32s((bounds[-1] >> 6) + 1)
    measure(bounds, lengths, hints)
    return lengths, hints


class Inverter:
    """Makes posting lists; its buffers are used again."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._occurrences = room(0)
        self._idle: list[Lists] = []

    def invert(self, log: Log, terms: Terms, field: FieldWriter) -> None:
        """Append all terms that occur to a field."""
        if not len(log.types):
            return
        size = len(terms.ends)
        parts = len(log.counts)
        places, firsts = room(parts * size), room(size + 1)
        starts, numbers = terms.starts, terms.numbers
        self._crew.all(lambda part: count_occurrences(log.counts[part], starts, numbers, places, part * size), parts)
        total = begin_terms(places, parts, firsts)
        if total > len(self._occurrences):
            self._occurrences = room(0)
            self._occurrences = room(total)
        occurrences = self._occurrences
        self._crew.all(
            lambda part: place(
                log.types, log.cuts[part], log.cuts[part + 1], starts, numbers, places, part * size, occurrences
            ),
            parts,
        )
        self.add(terms.words, terms.ends, terms.order, firsts, occurrences, log.bounds, log.hints, field)

    def add(
        self,
        words: Bytes,
        word_ends: Uint32s,
        order: Uint32s,
        firsts: Uint32s,
        occurrences: Uint32s,
        bounds: Uint32s,
        hints: Uint32s,
        field: FieldWriter,
    ) -> None:
        """Append the terms that occur to a field; see ``Lists.encode``."""
        present, ends = room(len(order)), uint32s(2 * (firsts[-1] // _CHUNK) + 2)
        chunks = share_terms(order, firsts, _CHUNK, present, ends)
        starts = [0, *ends[:chunks]]

        def encode(chunk: int) -> tuple[memoryview, memoryview, memoryview]:
            lists = self._idle.pop() if self._idle else Lists()
            first, last = starts[chunk], starts[chunk + 1]
            lists.encode(
                present, first, last, firsts, occurrences, bounds, hints, field.lengths, field.average, field.positions
            )
            made = (
                lists.sizes[: SIZES * (last - first)],
                lists.postings[: lists.postings_size],
                lists.positions[: lists.positions_size],
            )
            self._idle.append(lists)
            return made

        for chunk, made in enumerate(self._crew.each(encode, chunks)):
            field.add_lists(words, word_ends, present, starts[chunk], starts[chunk + 1], *made)
