"""Tells Whoosh of a commit: its table of contents, beside our manifest."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from searchkit.analysis import LEVELS, ArabicAnalyzer, level_field
from searchkit.analysis.evidence import POSITIONED
from searchkit.codecs.api import fields, filestore, index
from searchkit.codecs.segment import SearchkitSegment
from searchkit.segment import Deletions, SegmentReader
from searchkit.segment.manifest import toc_generations, write_durably

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit.segment.manifest import Manifest

KEY = "id"
"""The field that says which document it is."""

_NAME = "MAIN"
_SEGMENT_FILE = re.compile(r"MAIN_([0-9a-z]+)\.(?!sk$|[0-9]+\.del$)[^/]+")  # of other codecs


def publish_toc(directory: str, manifest: Manifest) -> None:
    """Write Whoosh's table of contents of a commit and remove what no table since the previous commit names."""
    segments: list[SearchkitSegment] = []
    names: dict[str, None] = {}
    for entry in manifest.segments:
        reader = SegmentReader(os.path.join(directory, entry.file))
        names.update(dict.fromkeys(reader.names))
        deletions = None
        if entry.deletions:
            deletions = Deletions.read(os.path.join(directory, entry.deletions_file), entry.num_docs)
        segments.append(SearchkitSegment(entry.id, entry.num_docs, deletions))
    data = encode_toc(make_schema(manifest.fields, names), segments, manifest.generation)
    write_durably(os.path.join(directory, toc_file(manifest.generation)), data)
    _remove_old(directory)


def make_schema(text_fields: Iterable[str], names: Iterable[str]) -> Any:
    """Return Whoosh's schema of an index.

    Args:
        text_fields: the fields that are analysed.
        names: all fields that documents may have; those that are not analysed are only stored.
    """
    schema = fields.Schema()
    _add(schema, KEY, fields.ID(unique=True, stored=True))
    for name in text_fields:
        for level in LEVELS:
            stored, phrase = level == LEVELS[0], level in POSITIONED
            # a word may have two lemmas: alternatives, not two words
            join = "default" if stored else "or"
            field = fields.TEXT(ArabicAnalyzer(level), phrase=phrase, stored=stored, multitoken_query=join)
            _add(schema, level_field(name, level), field)
    for name in names:
        if name not in schema:
            _add(schema, name, fields.STORED())
    return schema


def encode_toc(schema: Any, segments: list[Any], generation: int) -> bytes:
    """Return the bytes of a table of contents, made by Whoosh itself."""
    storage = filestore.RamStorage()
    index.TOC(schema, segments, generation).write(storage, _NAME)
    data: bytes = storage.files[toc_file(generation)]
    return data


def toc_file(generation: int) -> str:
    """Return the name of the table of contents of a generation."""
    return f"_{_NAME}_{generation}.toc"


def _add(schema: Any, name: str, field: Any) -> None:
    """Add a field. ``Schema.add`` refuses names with spaces, but only Whoosh's query language cannot express them."""
    if " " in name:
        schema._fields[name] = field
    else:
        schema.add(name, field)


def _remove_old(directory: str) -> None:
    """Remove all tables but this one and the one before, and the segments of other codecs, none of which is ours."""
    for old in toc_generations(directory)[2:]:
        os.remove(os.path.join(directory, toc_file(old)))
    for name in os.listdir(directory):
        if _SEGMENT_FILE.fullmatch(name):
            os.remove(os.path.join(directory, name))
