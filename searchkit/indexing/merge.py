"""Several segments into one, and which ones: deleted documents are left behind here."""

from __future__ import annotations

import os
from heapq import merge
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.invert import renumber
from searchkit.segment import FieldWriter, SegmentReader, SegmentWriter

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from searchkit._core.terms import TermCursor

_FAN_IN = 8  # as many segments of about one size become one of the next size
_SPILLED = 8 << 20  # bytes of a field's postings and positions that are held in memory
_DROPPED = 0xFFFFFFFF


def choose(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places of the segments to merge now; empty if none.

    Segments are ranked in tiers of a factor of ``_FAN_IN``, so that a document is rewritten once per tier and adding n
    documents costs O(n log n) however they are batched. A segment more than half deleted is rewritten by itself.

    Args:
        sizes: documents and live documents of each segment, in order.
    """
    tiers: dict[int, list[int]] = {}
    for place, (num_docs, num_live) in enumerate(sizes):
        if 2 * num_live < num_docs:
            return [place]
        tier = 0
        while _FAN_IN ** (tier + 1) <= num_live:
            tier += 1
        tiers.setdefault(tier, []).append(place)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= _FAN_IN:
            return tiers[tier]
    return []


def merge_segments(
    segments: Sequence[SegmentReader], writer: SegmentWriter, *, pause: Callable[[], None] = lambda: None
) -> int:
    """Write one segment with the live documents of all, in order; return the file's checksum.

    Args:
        segments: to read.
        writer: to write to.
        pause: called between documents and between terms; an exception of it ends the merge.
    """
    writer.names.update(dict.fromkeys(_union(segment.names for segment in segments)))
    numbers: list[array[int]] = []
    count = 0
    for segment in segments:
        mapping = uint32s(segment.num_docs)
        for doc in range(segment.num_docs):
            if segment.is_deleted(doc):
                mapping[doc] = _DROPPED
            else:
                mapping[doc] = count
                count += 1
        numbers.append(mapping)
        writer.stored.copy(segment.stored, segment.is_deleted, pause)
    writer.stored.write()
    lengths: dict[str, array[int]] = {}
    for name in _union(segment.length_fields() for segment in segments):
        lengths[name] = _merge_lengths(segments, numbers, name, count)
        writer.write_lengths(name, lengths[name])
    for name in _union(segment.fields for segment in segments):
        positions = any(segment.fields[name].positions for segment in segments if name in segment.fields)
        field = FieldWriter(lengths.get(name.partition("__")[0], uint32s(count)), positions=positions)
        _merge_field(segments, numbers, name, field, os.path.dirname(writer.path), pause)
        writer.write_field(name, field, positions=positions)
    return writer.finish()


def _union(names: Iterator[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(name for some in names for name in some))


def _merge_lengths(
    segments: Sequence[SegmentReader], numbers: Sequence[array[int]], name: str, count: int
) -> array[int]:
    merged = uint32s(count)
    for segment, mapping in zip(segments, numbers, strict=True):
        for doc, length in enumerate(segment.lengths(name)):
            if mapping[doc] != _DROPPED:
                merged[mapping[doc]] = length
    return merged


def _merge_field(
    segments: Sequence[SegmentReader],
    numbers: Sequence[array[int]],
    name: str,
    field: FieldWriter,
    folder: str,
    pause: Callable[[], None],
) -> None:
    docs, tfs, positions = uint32s(0), uint32s(0), uint32s(0)
    current = b""
    spilled = 0
    for term, place, cursor in merge(*(_terms(segment, place, name) for place, segment in enumerate(segments))):
        pause()
        if term != current and docs:
            field.add(current, docs, tfs, len(docs), positions, 0)
            docs, tfs, positions = uint32s(0), uint32s(0), uint32s(0)
            if field.size - spilled > _SPILLED:
                spilled = field.size
                field.spill(folder)
                for segment in segments:
                    segment.release()
        current = term
        postings = segments[place].all_postings(name, cursor)
        places = uint32s(0)
        if segments[place].fields[name].positions:
            places = segments[place].positions(name, cursor, postings)
        kept = renumber(postings.docs, postings.tfs, postings.df, places, numbers[place])
        docs.extend(postings.docs[:kept])
        tfs.extend(postings.tfs[:kept])
        if places:
            positions.extend(places[: sum(postings.tfs[:kept])])
    if docs:
        field.add(current, docs, tfs, len(docs), positions, 0)


def _terms(segment: SegmentReader, place: int, name: str) -> Iterator[tuple[bytes, int, TermCursor]]:
    for cursor in segment.terms(name):
        yield cursor.term, place, cursor
