"""From the tokens of a field to its posting lists, shared out among threads.

A counting sort makes the occurrences of each term; each thread takes a part of the tokens. Then each takes some terms
at a time and makes their posting lists. What comes out does not depend on the number of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.invert import (
    begin_terms,
    count_occurrences,
    count_tokens,
    expand,
    hint_documents,
    place,
)
from searchkit._core.lists import SIZES, Lists, share_terms
from searchkit._core.order import order_terms
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from searchkit.indexing.crew import Crew
    from searchkit.segment import FieldWriter

_CHUNK = 1 << 19  # occurrences whose posting lists are made at a time


class Log(NamedTuple):
    """The tokens of a field, document after document."""

    types: array[int]  # one per token
    bounds: array[int]  # document d is types[bounds[d]:bounds[d + 1]]
    hints: array[int]  # the document of every 64th token
    cuts: list[int]  # between the parts
    counts: list[array[int]]  # how often each type occurs in each part

    def lengths(self) -> array[int]:
        """Return uint32[num_docs], tokens per document."""
        lengths = uint32s(len(self.bounds) - 1)
        for doc in range(len(lengths)):
            lengths[doc] = self.bounds[doc + 1] - self.bounds[doc]
        return lengths


class Terms(NamedTuple):
    """The terms of types at one level."""

    starts: array[int]  # those of type t are numbers[starts[t]:starts[t + 1]]
    numbers: array[int]
    terms: list[bytes]
    order: array[int]  # the numbers of the terms, in ascending order of their bytes


def cut_log(
    pieces: array[int],
    spans: tuple[array[int], array[int]],
    firsts: array[int],
    types: array[int],
    num_types: int,
    crew: Crew,
) -> Log:
    """Turn the pieces of a field into its tokens; see ``expand``."""
    starts, ends = spans
    bounds = uint32s(len(starts) + 1)
    tokens = uint32s(expand(pieces, starts, ends, firsts, types, uint32s(0), bounds))
    expand(pieces, starts, ends, firsts, types, tokens, bounds)
    cuts = [len(tokens) * part // crew.threads for part in range(crew.threads + 1)]
    counts = [uint32s(num_types) for _ in range(crew.threads)]
    crew.all(lambda part: count_tokens(tokens, cuts[part], cuts[part + 1], counts[part]), crew.threads)
    return Log(tokens, bounds, hints_of(bounds), cuts, counts)


def hints_of(bounds: array[int]) -> array[int]:
    """Return the document of every 64th token."""
    hints = uint32s((bounds[-1] >> 6) + 1)
    hint_documents(bounds, hints)
    return hints


def sort_terms(terms: Iterable[str]) -> tuple[list[bytes], array[int]]:
    """Return the bytes of terms, and their numbers in ascending order of these."""
    encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
    return encoded, order_terms(encoded)


class Inverter:
    """Makes posting lists; its buffers are used again."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._occurrences = uint32s(0)
        self._idle: list[Lists] = []

    def invert(self, log: Log, terms: Terms, field: FieldWriter) -> None:
        """Append all terms that occur to a field."""
        size = len(terms.terms)
        parts = len(log.counts)
        places, firsts = uint32s(parts * size), uint32s(size + 1)
        starts, numbers = terms.starts, terms.numbers
        self._crew.all(lambda part: count_occurrences(log.counts[part], starts, numbers, places, part * size), parts)
        total = begin_terms(places, parts, firsts)
        if total > len(self._occurrences):
            self._occurrences = uint32s(0)
            self._occurrences = uint32s(total)
        occurrences = self._occurrences
        self._crew.all(
            lambda part: place(
                log.types, log.cuts[part], log.cuts[part + 1], starts, numbers, places, part * size, occurrences
            ),
            parts,
        )
        self.add(terms.terms, terms.order, firsts, occurrences, log.bounds, log.hints, field)

    def add(
        self,
        terms: list[bytes],
        order: array[int],
        firsts: array[int],
        occurrences: array[int],
        bounds: array[int],
        hints: array[int],
        field: FieldWriter,
    ) -> None:
        """Append the terms that occur to a field; see ``Lists.encode``."""
        present, ends = uint32s(len(order)), uint32s(2 * (firsts[-1] // _CHUNK) + 2)
        chunks = share_terms(order, firsts, _CHUNK, present, ends)
        starts = [0, *ends[:chunks]]

        def encode(chunk: int) -> tuple[array[int], bytes, bytes]:
            lists = self._idle.pop() if self._idle else Lists()
            first, last = starts[chunk], starts[chunk + 1]
            lists.encode(
                present, first, last, firsts, occurrences, bounds, hints, field.lengths, field.average, field.positions
            )
            made = (
                lists.sizes[: SIZES * (last - first)],
                bytes(memoryview(lists.postings)[: lists.postings_size]),
                bytes(memoryview(lists.positions)[: lists.positions_size]),
            )
            self._idle.append(lists)
            return made

        for chunk, made in enumerate(self._crew.each(encode, chunks)):
            field.add_lists(terms, present, starts[chunk], starts[chunk + 1], *made)
