"""Several segments into one, and which ones: deleted documents are left behind here."""

from __future__ import annotations

import os
from itertools import accumulate
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit.errors import IndexFormatError
from searchkit.indexing.columns import merge_columns
from searchkit.segment import FieldWriter, SegmentReader, SegmentWriter
from searchkit.segment.lengths import Lengths

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Sequence

_LARGEST = 2 << 30
_FAN_IN = 8  # as many segments of about one size become one of the next size
_OCCURRENCES = 1 << 15  # written without a pause
_SPILLED = 8 << 20  # bytes of a field's postings and positions that are held in memory
_DROPPED = 0xFFFFFFFF


def choose(sizes: Sequence[tuple[int, int]], file_sizes: Sequence[int] = ()) -> list[int]:
    """Return the places of the segments to merge now; empty if none.

    Segments are ranked in tiers of a factor of ``_FAN_IN``, so that a document is rewritten once per tier and adding n
    documents costs O(n log n) however they are batched. A segment more than half deleted is rewritten by itself. None
    becomes larger than ``_LARGEST``: to merge takes memory for the longest posting list and some for each document.

    Args:
        sizes: documents and live documents of each segment, in order.
        file_sizes: bytes of each segment, if they are known.
    """
    tiers: dict[int, list[int]] = {}
    for place, (num_docs, num_live) in enumerate(sizes):
        if 2 * num_live < num_docs:
            return [place]
        tier = 0
        while _FAN_IN ** (tier + 1) <= num_live:
            tier += 1
        if not file_sizes or 2 * file_sizes[place] <= _LARGEST:
            tiers.setdefault(tier, []).append(place)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= _FAN_IN:
            return _that_fit(tiers[tier], file_sizes)
    return []


def _that_fit(places: list[int], file_sizes: Sequence[int]) -> list[int]:
    """Return as many of the first segments as make one that is not too large."""
    if not file_sizes:
        return places
    together = accumulate(file_sizes[place] for place in places)
    return [place for place, size in zip(places, together, strict=True) if size <= _LARGEST]


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
    lengths: dict[str, tuple[array[int], Lengths]] = {}
    for name in _union(segment.length_fields() for segment in segments):
        merged = _merge_lengths(segments, numbers, name, count)
        lengths[name] = merged, writer.write_lengths(name, merged)
    none = uint32s(count), Lengths()
    for name in _union(segment.fields for segment in segments):
        positions = all(segment.fields[name].positions for segment in segments if name in segment.fields)
        own, sums = lengths.get(name.partition("__")[0], none)
        field = FieldWriter(own, positions=positions, measured=sums)
        _merge_field(segments, numbers, name, field, os.path.dirname(writer.path), pause)
        writer.write_field(name, field, positions=positions)
    merge_columns(segments, writer, pause)
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
    """Write the terms of a field; what does not fit in memory goes through temporary files in the folder."""
    sources = [source for segment, own in zip(segments, numbers, strict=True) if (source := segment.source(name, own))]
    spilled = 0
    try:
        joiner = field.joiner(sources)
        while joiner.run(_OCCURRENCES):
            pause()
            if field.size - spilled > _SPILLED:
                spilled = field.size
                field.spill(folder)
                for segment in segments:
                    segment.release()
    except ValueError:
        paths = ", ".join(segment.path for segment in segments)
        raise IndexFormatError(f"{paths}: one is damaged in {name}; rebuild the index or restore a copy") from None
