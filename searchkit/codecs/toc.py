"""Tells Whoosh of a commit: its table of contents, beside our manifest."""

from __future__ import annotations

import os
import re
import zlib
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import filestore, index
from searchkit.codecs.schema import make_schema
from searchkit.codecs.segment import SearchkitSegment
from searchkit.segment.manifest import toc_generations, write_durably

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader
    from searchkit.segment.manifest import Manifest

_NAME = "MAIN"
_SEGMENT_FILE = re.compile(r"MAIN_([0-9a-z]+)\.(?!sk$|[0-9]+\.del$)[^/]+")  # of other codecs


def publish_toc(directory: str, manifest: Manifest, readers: Sequence[SegmentReader]) -> int:
    """Write Whoosh's table of contents of a commit and remove what no table since the previous commit names.

    Args:
        directory: the index's folder.
        manifest: the commit.
        readers: its segments.

    Returns:
        the CRC-32 of the table.
    """
    segments: list[SearchkitSegment] = []
    names: dict[str, None] = {}
    for entry, reader in zip(manifest.segments, readers, strict=True):
        names.update(dict.fromkeys(reader.names))
        segments.append(SearchkitSegment(entry.id, entry.num_docs, reader.deletions))
    data = encode_toc(make_schema(manifest.fields, names), segments, manifest.generation)
    write_durably(os.path.join(directory, toc_file(manifest.generation)), data)
    _remove_old(directory)
    return zlib.crc32(data)


def encode_toc(schema: Any, segments: list[Any], generation: int) -> bytes:
    """Return the bytes of a table of contents, made by Whoosh itself."""
    storage = filestore.RamStorage()
    index.TOC(schema, segments, generation).write(storage, _NAME)
    data: bytes = storage.files[toc_file(generation)]
    return data


def toc_file(generation: int) -> str:
    """Return the name of the table of contents of a generation."""
    return f"_{_NAME}_{generation}.toc"


def _remove_old(directory: str) -> None:
    """Remove all tables but this one and the one before, and the segments of other codecs, none of which is ours."""
    for old in toc_generations(directory)[2:]:
        os.remove(os.path.join(directory, toc_file(old)))
    for name in os.listdir(directory):
        if _SEGMENT_FILE.fullmatch(name):
            os.remove(os.path.join(directory, name))
