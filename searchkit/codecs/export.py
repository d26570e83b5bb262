"""Writes an index that Whoosh opens where searchkit is not installed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from shutil import rmtree
from typing import Any

from searchkit.analysis import LEVELS, level_field
from searchkit.analysis.evidence import POSITIONED
from searchkit.codecs.api import fields, filestore, index, reading, whoosh3
from searchkit.codecs.segment import SearchkitSegment
from searchkit.codecs.stock_analyzer import stock_analyzer
from searchkit.config import KEY
from searchkit.errors import InputError
from searchkit.segment import Deletions, SegmentReader
from searchkit.segment.manifest import read_manifest

_MEMORY_MB = 256
_NESTING = 10_000  # calls that Whoosh may need to pickle a document: several for each list in a list


def export_whoosh(directory: str, target: str) -> int:
    """Write all documents and terms as an index of Whoosh's own codec; return the number of documents.

    Nothing is left of the folder when that fails.

    Args:
        directory: an index of ours.
        target: a folder that is empty or does not exist.

    Raises:
        InputError: the target holds something.
        IndexMissingError: there is no index.
    """
    manifest = read_manifest(directory)
    try:
        os.makedirs(target, exist_ok=True)
        if os.listdir(target):
            raise InputError(f"{target}: not empty; choose a new folder")
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}; choose a folder that can be written") from None
    names: dict[str, None] = {}
    segments: list[SearchkitSegment] = []
    for entry in manifest.segments:
        names.update(dict.fromkeys(SegmentReader(os.path.join(directory, entry.file)).names))
        deletions = None
        if entry.deletions:
            deletions = Deletions.read(os.path.join(directory, entry.deletions_file), entry.num_docs)
        segments.append(SearchkitSegment(entry.id, entry.num_docs, deletions))
    schema = _schema(manifest.fields, names)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _NESTING))
    try:
        return _write(filestore.FileStorage(directory), schema, segments, target)
    except BaseException as error:
        rmtree(target, ignore_errors=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = target
        raise
    finally:
        sys.setrecursionlimit(limit)


def _write(storage: Any, schema: Any, segments: list[SearchkitSegment], target: str) -> int:
    writer = index.create_in(target, schema).writer(codec=whoosh3.W3Codec(), limitmb=_MEMORY_MB)
    try:
        for segment in segments:
            reader = reading.SegmentReader(storage, schema, segment)
            writer.add_reader(reader)
            reader.close()
        count: int = writer.docnum
        writer.commit()
    except BaseException:
        with suppress(Exception):
            writer.cancel()  # lets go of its files and its lock
        raise
    return count


def _schema(text_fields: tuple[str, ...], names: dict[str, None]) -> Any:
    """Return the schema of an index without any class of ours."""
    schema = fields.Schema()
    analyzer = stock_analyzer()
    schema._fields[KEY] = fields.ID(unique=True, stored=True)  # not by ``add``, which refuses names with spaces
    for name in text_fields:
        for level in LEVELS:
            stored = level == LEVELS[0]
            schema._fields[level_field(name, level)] = fields.TEXT(analyzer, phrase=level in POSITIONED, stored=stored)
    for name in names:
        if name not in schema:
            schema._fields[name] = fields.STORED()
    return schema
