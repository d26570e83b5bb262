"""Tells Whoosh of a commit: its table of contents, beside our manifest.

What Whoosh unpickles is put together here without Whoosh, which takes longer to import than a commit takes. The schema
is a call of ``make_schema``, the segments are instances of ``SearchkitSegment``; both modules say what may not change.
"""

from __future__ import annotations

import pickle
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader
    from searchkit.segment.manifest import Manifest

STATE = 1
"""Version of the state of a segment; a reader takes this one and no other."""

_NAME = "MAIN"
_PROTOCOL = 3  # the first that has bytes, and the last without frames
_SIZES = bytes((4, 8, 4))  # of the numbers of C in a table of contents
_ORDER, _VERSION, _RELEASE = -12345, -111, bytes((2, 7, 4))


def make_toc(manifest: Manifest, readers: Sequence[SegmentReader]) -> bytes:
    """Return Whoosh's table of contents of a commit, given its segments."""
    states: list[dict[str, object]] = []
    names: dict[str, None] = {}
    for entry, reader in zip(manifest.segments, readers, strict=True):
        names.update(dict.fromkeys(reader.names))
        deleted = bytes(reader.deletions.bits) if reader.deletions else b""
        states.append(segment_state(_NAME, entry.id, entry.num_docs, deleted))
    fields = (list(manifest.fields), list(names))
    schema = _pickle(b"csearchkit.codecs.schema\nmake_schema\n" + _items(fields) + b"R")
    segments = (b"csearchkit.codecs.segment\nSearchkitSegment\n)\x81" + _items(state) + b"b" for state in states)
    return b"".join(
        (
            _SIZES,
            pack(">ii", _ORDER, _VERSION),
            _RELEASE,
            _varint(len(schema)),
            schema,
            pack(">ii", manifest.generation, 0),
            _pickle(b"](" + b"".join(segments) + b"e"),
        )
    )


def segment_state(name: str, segment_id: str, num_docs: int, deleted: bytes) -> dict[str, object]:
    """Return the state that a segment is pickled with.

    Args:
        name: the index's name, with which the names of its files begin.
        segment_id: what its file is called by.
        num_docs: documents, deleted ones too.
        deleted: a bit for each that is; empty if none is.
    """
    return {"state": STATE, "name": name, "id": segment_id, "docs": num_docs, "deleted": deleted}


def toc_file(generation: int) -> str:
    """Return the name of the table of contents of a generation."""
    return f"_{_NAME}_{generation}.toc"


def _pickle(operations: bytes) -> bytes:
    return pickle.PROTO + bytes((_PROTOCOL,)) + operations + pickle.STOP


def _items(value: object) -> bytes:
    """Return the operations of a pickle that make plain values."""
    return pickle.dumps(value, _PROTOCOL)[2:-1]


def _varint(value: int) -> bytes:
    data = bytearray()
    while value > 127:
        data.append(value & 127 | 128)
        value >>= 7
    data.append(value)
    return bytes(data)
