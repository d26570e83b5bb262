"""Postings that our layout cannot express: weights that are no counts, payloads that are no positions.

Whoosh lets an analyzer boost a word and a format attach any bytes to it. Such a term is written twice: once as if it
stood once in each document, and once, in sections of its own, as it is. ``<field>.odd.terms`` holds two uint64 for each
such term, in order: where its postings begin, and where it ends in ``<field>.odd``. There stand, one after another,
float64[df] weights, uint64[df] field lengths, uint64[df] ends of the payloads, and the payloads.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit.segment import SegmentReader, SegmentWriter


class OddPostings(NamedTuple):
    """What Whoosh said of each posting of a term."""

    weights: array[float]
    lengths: array[int]
    payloads: list[bytes]


class OddWriter:
    """Collects the odd terms of one field."""

    def __init__(self) -> None:
        self._terms = array("Q")
        self._data = bytearray()

    def add(self, postings_start: int, weights: list[float], lengths: array[int], payloads: list[bytes]) -> None:
        """Append a term whose postings begin here."""
        ends = array("Q")
        end = 0
        for payload in payloads:
            end += len(payload)
            ends.append(end)
        self._data += array("d", weights).tobytes() + lengths.tobytes() + ends.tobytes() + b"".join(payloads)
        self._terms.extend((postings_start, len(self._data)))

    def write(self, out: SegmentWriter, field: int) -> None:
        """Write the sections of a field if it has odd terms."""
        if self._terms:
            out.write_section(f"{field}.odd.terms", self._terms)
            out.write_section(f"{field}.odd", self._data)


class OddReader:
    """Finds the odd terms of one field."""

    def __init__(self, segment: SegmentReader, field: int) -> None:
        terms = segment.section(f"{field}.odd.terms").cast("Q")
        self._starts = terms[::2].tolist()
        self._ends = [0, *terms[1::2]]
        self._data = segment.section(f"{field}.odd")

    def find(self, postings_start: int, df: int) -> OddPostings | None:
        """Return what was said of a term's postings; None if it is as others are."""
        place = bisect_left(self._starts, postings_start)
        if place == len(self._starts) or self._starts[place] != postings_start:
            return None
        data = self._data[self._ends[place] : self._ends[place + 1]]
        weights, lengths, ends = array("d"), array("Q"), array("Q")
        weights.frombytes(data[: 8 * df])
        lengths.frombytes(data[8 * df : 16 * df])
        ends.frombytes(data[16 * df : 24 * df])
        rest = data[24 * df :]
        payloads = [bytes(rest[first:last]) for first, last in pairwise([0, *ends])]
        return OddPostings(weights, lengths, payloads)
