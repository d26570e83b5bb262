"""What did another Whoosh program do to our index?

A stock writer adds segments of Whoosh's own codec beside ours, deletes in ours, and when it merges or optimizes it
rewrites ours as its own. All documents keep their stored fields through this, so a writer of ours can take everything
over: it deletes what was deleted, and indexes again whatever is no longer in segments of ours.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from searchkit.config import KEY
from searchkit.errors import StoreError
from searchkit.segment import Deletions, SegmentReader
from searchkit.segment.changes import Changes
from searchkit.segment.manifest import is_unfinished, toc_generations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.segment.manifest import Manifest, SegmentEntry


def foreign_generation(directory: str, manifest: Manifest) -> int | None:
    """Return the generation that another program made of this commit; None if there is none.

    If there is none, this lists the folder and no more, so it can be asked at every opening.
    """
    newest = next(iter(toc_generations(directory)), None)
    if newest is None or newest <= manifest.generation or is_unfinished(directory, newest):
        return None
    return newest


def adopt(directory: str, manifest: Manifest) -> Changes | None:
    """Return what other programs did since a commit; None if nothing. The write lock must be held.

    What is read was written by others and is not trusted: no pickle is loaded that names anything but plain values.

    Raises:
        IndexFormatError: Whoosh's files are damaged, of an unknown version, or would run code.
        StoreError: the index was never ours.
    """
    generation = foreign_generation(directory, manifest)
    if generation is None:
        return None
    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.codecs.untrusted import read_toc

    segments = read_toc(directory, generation)
    if not manifest.generation and not all(isinstance(segment, SearchkitSegment) for segment in segments):
        raise StoreError(f"{directory}: an index of another Whoosh program; choose another folder")
    listed = {segment.segid: segment for segment in segments if isinstance(segment, SearchkitSegment)}
    entries = [entry for entry in manifest.segments if entry.id in listed]
    known = {entry.id for entry in entries}
    deletions = {entry.id: found for entry in entries if (found := _changed(directory, entry, listed[entry.id]))}
    others = [segment for segment in segments if segment.segid not in known]
    return Changes(tuple(entries), deletions, _documents(directory, others))


def _changed(directory: str, entry: SegmentEntry, listed: SearchkitSegment) -> Deletions | None:
    """Return all deletions of a segment of ours if there are more than we know."""
    if listed.deletions is None or listed.doc_count_all() != entry.num_docs:
        return None
    known = Deletions(entry.num_docs)
    if entry.deletions:
        known = Deletions.read(os.path.join(directory, entry.deletions_file), entry.num_docs)
    return None if known.bits == listed.deletions.bits else listed.deletions


def _documents(directory: str, segments: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the live documents of segments, oldest first."""
    from searchkit.codecs.segment import SearchkitSegment
    from searchkit.codecs.untrusted import read_stored

    for segment in segments:
        if isinstance(segment, SearchkitSegment):
            found = _stored(SegmentReader(os.path.join(directory, segment.file), segment.deletions))
        else:
            found = read_stored(directory, segment)
        for doc, stored in found:
            yield _document(stored, f"{segment.segid}-{doc}")


def _stored(reader: SegmentReader) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and stored fields of the live documents of a segment in our layout."""
    from searchkit.codecs.values import decode_document

    for doc in reader.live_docs():
        document = reader.stored.document(doc)
        yield doc, document if reader.extra is None else decode_document(document)


def _document(stored: dict[str, Any], key: str) -> dict[str, Any]:
    """Return stored fields as a document of ours; one without an id gets ``key``."""
    document: dict[str, Any] = {KEY: key}
    for name, value in stored.items():
        plain = _plain(value)
        if name == KEY:
            document[KEY] = str(plain) if plain not in (None, "") else key
        elif name:
            document[_allowed(name)] = plain
    return document


def _allowed(name: str) -> str:
    """Return a field name that ours may have."""
    while "__" in name:
        name = name.replace("__", "_")
    return name.lstrip("_") or "field"


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: dates as ISO 8601, bytes as text, anything else unknown as its text."""
    kind = value.__class__
    if value is None or kind in (str, bool, int, float):
        return value
    if kind is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if kind in (list, tuple):
        return [_plain(item) for item in value]
    if kind in (set, frozenset):
        return [_plain(item) for item in sorted(value, key=str)]
    if kind in (bytes, bytearray):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
