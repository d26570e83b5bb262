"""Reads Whoosh's files without trusting them.

Whoosh unpickles them, and a pickle can run any program. Here a pickle may name only what stands in a list.
"""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import io
import os
import pickle
import re
import zlib
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import columns, filestore, structfile, whoosh3
from searchkit.codecs.segment import SearchkitSegment
from searchkit.codecs.toc import toc_file
from searchkit.errors import IndexFormatError, SearchkitError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TOC_VERSION = -111
_ORDER = -12345
_SEGMENT_ID = re.compile(r"[0-9a-z]+")


def _encode(text: str, encoding: str) -> bytes:
    """Do what a pickle of bytes in protocol 2 asks of ``_codecs.encode``, and nothing else."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes in {encoding!r}")
    return text.encode("latin1")


_SEGMENTS: dict[tuple[str, str], Any] = {
    ("searchkit.codecs.segment", "SearchkitSegment"): SearchkitSegment,
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): whoosh3.W3Codec,
    ("collections", "defaultdict"): collections.defaultdict,
    ("builtins", "int"): int,
    ("__builtin__", "int"): int,
    ("builtins", "set"): set,
    ("__builtin__", "set"): set,
}
_VALUES: dict[tuple[str, str], Any] = {
    ("_codecs", "encode"): _encode,
    ("builtins", "set"): set,
    ("__builtin__", "set"): set,
    ("builtins", "frozenset"): frozenset,
    ("__builtin__", "frozenset"): frozenset,
    ("__builtin__", "bytes"): bytes,
    ("builtins", "bytearray"): bytearray,
    ("__builtin__", "bytearray"): bytearray,
    ("datetime", "date"): dt.date,
    ("datetime", "datetime"): dt.datetime,
    ("datetime", "time"): dt.time,
    ("datetime", "timedelta"): dt.timedelta,
    ("datetime", "timezone"): dt.timezone,
    ("decimal", "Decimal"): decimal.Decimal,
}


class _Unpickler(pickle.Unpickler):
    """Loads a pickle that names nothing but what is allowed."""

    def __init__(self, file: Any, allowed: Mapping[tuple[str, str], Any]) -> None:
        super().__init__(file)
        self._allowed = allowed

    def find_class(self, module: str, name: str, /) -> Any:
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"it names {module}.{name}")
        return self._allowed[module, name]


def read_toc(directory: str, generation: int) -> list[Any]:
    """Return the segments that Whoosh's table of contents lists; its schema is skipped.

    Raises:
        IndexFormatError: it is damaged, of another version, or names anything but segments that we know.
    """
    path = os.path.join(directory, toc_file(generation))
    try:
        with open(path, "rb") as file:
            stream = structfile.StructFile(io.BytesIO(file.read()))
        sizes = [stream.read_varint() for _ in range(3)]
        if len(sizes) != 3 or stream.read_int() != _ORDER or stream.read_int() != _TOC_VERSION:
            raise IndexFormatError(f"{path}: not a table of contents of this version; rebuild the index")
        for _ in range(3):  # Whoosh's version
            stream.read_varint()
        stream.skip_string()  # the schema
        if stream.read_int() != generation:
            raise IndexFormatError(f"{path}: of another generation; rebuild the index")
        stream.read_int()
        return _checked(_Unpickler(stream.file, _SEGMENTS).load())
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; try again") from None
    except SearchkitError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged pickle can raise anything
        raise _refused(path, error) from None


def read_stored(directory: str, segment: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and stored fields of the live documents of a segment of Whoosh's own codec.

    Raises:
        IndexFormatError: its files are damaged, or their pickles name anything but plain values.
    """
    storage = _Storage(directory)
    name = f"{segment.segment_id()}._stored.col"
    try:
        files: Any = segment.open_compound_file(storage) if segment.compound else storage
        try:
            column = columns.CompressedBytesColumn()
            with files.open_file(name) as file:
                values = column.reader(file, 0, files.file_length(name), segment.doc_count_all())
                for doc in range(segment.doc_count_all()):
                    if not segment.is_deleted(doc):
                        data = values[doc]
                        yield doc, _Unpickler(io.BytesIO(data), _VALUES).load() if data else {}
        finally:
            files.close()
    except OSError as error:
        raise StoreError(f"{directory}: {error.strerror or error}; try again") from None
    except (SearchkitError, GeneratorExit):
        raise
    except Exception as error:  # noqa: BLE001 - a damaged pickle can raise anything
        raise _refused(os.path.join(directory, name), error) from None


class _File(structfile.StructFile):
    """A file whose pickles name nothing at all."""

    def read_pickle(self) -> Any:
        """Load a pickle of plain containers and numbers."""
        return _Unpickler(self.file, {}).load()


class _Storage(filestore.FileStorage):
    """A folder of such files."""

    def open_file(self, name: str, **_: Any) -> _File:
        """Open a file."""
        return _File(open(os.path.join(self.folder, name), "rb"), name=name)


def _checked(segments: Any) -> list[Any]:
    """Return a list of segments whose state is one that Whoosh writes."""
    for segment in segments:
        if isinstance(segment, SearchkitSegment):
            continue
        state: Any = segment.__dict__
        plain = isinstance(state["_doccount"], int) and isinstance(state["_deleted"], set | None)
        if not (plain and isinstance(segment, whoosh3.W3Segment) and state["indexname"] == "MAIN"):
            raise pickle.UnpicklingError("it lists what is no segment")
        if not _SEGMENT_ID.fullmatch(state["segid"]):  # it becomes a file name
            raise pickle.UnpicklingError(f"it lists a segment {state['segid']!r}")
    return list(segments)


def _refused(path: str, error: Exception) -> IndexFormatError:
    reason = "damaged" if isinstance(error, zlib.error | EOFError) else f"not opened, for {error}"
    return IndexFormatError(f"{path}: {reason}; rebuild the index or restore a copy")
