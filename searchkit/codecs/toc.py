"""Tells Whoosh of a commit: its table of contents, beside our manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import filestore, index
from searchkit.codecs.schema import make_schema
from searchkit.codecs.segment import SearchkitSegment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader
    from searchkit.segment.manifest import Manifest

_NAME = "MAIN"


def make_toc(manifest: Manifest, readers: Sequence[SegmentReader]) -> bytes:
    """Return Whoosh's table of contents of a commit, given its segments."""
    segments: list[SearchkitSegment] = []
    names: dict[str, None] = {}
    for entry, reader in zip(manifest.segments, readers, strict=True):
        names.update(dict.fromkeys(reader.names))
        segments.append(SearchkitSegment(entry.id, entry.num_docs, reader.deletions))
    return encode_toc(make_schema(manifest.fields, names), segments, manifest.generation)


def encode_toc(schema: Any, segments: list[Any], generation: int) -> bytes:
    """Return the bytes of a table of contents, made by Whoosh itself."""
    storage = filestore.RamStorage()
    index.TOC(schema, segments, generation).write(storage, _NAME)
    data: bytes = storage.files[toc_file(generation)]
    return data


def toc_file(generation: int) -> str:
    """Return the name of the table of contents of a generation."""
    return f"_{_NAME}_{generation}.toc"
