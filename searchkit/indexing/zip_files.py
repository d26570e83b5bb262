"""Zip files of documents: each is unpacked to a temporary file, read as any other and removed."""

from __future__ import annotations

import os
import posixpath
import tempfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO

from searchkit.indexing.containers import is_damage
from searchkit.indexing.encodings import code_page
from searchkit.indexing.sources import MAX_DEPTH, SUFFIXES, TOO_DEEP, Document, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBER_BYTES = 1_000_000_000
MAX_BYTES = 8_000_000_000
"""What is unpacked of one zip file at most, what is in its zip files included."""

_PIECE_BYTES = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
_BOMB = f"unpacks to more than {MAX_BYTES // 1_000_000_000} GB, the rest was skipped; unpack it yourself"


class _Budget:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self.bytes = MAX_BYTES


def read_zip(source: Source) -> Iterator[Document | Problem]:
    """Read the documents in a zip file one after the other.

    Raises:
        OSError: the file cannot be read, or there is no space for temporary files.
    """
    yield from _read(source, _Budget())


def _read(source: Source, budget: _Budget) -> Iterator[Document | Problem]:
    found = False
    if source.depth > MAX_DEPTH:
        yield Problem(source.name, TOO_DEEP)
        return
    with open(source.path, "rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_DAMAGE, OSError) as error:
            if isinstance(error, OSError) and not is_damage(error):
                raise
            yield Problem(source.name, "is no whole zip file; copy it again")
            return
        with archive:
            for info in archive.infolist():
                name = _name(info)
                if info.is_dir() or not _wanted(name):
                    continue
                found = True
                if budget.bytes <= 0:
                    yield Problem(source.name, _BOMB)
                    return
                yield from _member(archive, info, f"{source.name}/{name}", source.depth + 1, budget)
    if not found:
        yield Problem(source.name, "holds no file to index; see README for what is read")


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, budget: _Budget
) -> Iterator[Document | Problem]:
    if info.flag_bits & 1:
        yield Problem(name, "is protected by a password; unpack it yourself")
        return
    suffix = next(suffix for suffix in SUFFIXES if name.lower().endswith(suffix))
    with tempfile.TemporaryDirectory(prefix="searchkit-") as folder:
        path = os.path.join(folder, "member" + suffix)
        try:
            with archive.open(info) as packed, open(path, "wb") as plain:
                size = _unpack(packed, plain, min(MAX_MEMBER_BYTES, budget.bytes))
        except (*_DAMAGE, RuntimeError, OSError) as error:
            if isinstance(error, OSError) and not is_damage(error):
                raise
            yield Problem(name, "is damaged in the zip file; pack it again")
            return
        if size < 0:
            budget.bytes -= MAX_MEMBER_BYTES
            yield Problem(name, "unpacks to more than 1 GB or than the zip file may; unpack and split it")
            return
        budget.bytes -= size
        source = Source(path, name, size, 0, depth=depth)
        if suffix == ".zip":
            yield from _read(source, budget)
            return
        from searchkit.indexing.documents import read_documents

        yield from read_documents(source)


def _unpack(packed: IO[bytes], plain: BinaryIO, most: int) -> int:
    """Copy and return the size; -1 when it is more than it may be, whatever the zip file said of it."""
    size = 0
    while piece := packed.read(_PIECE_BYTES):
        size += len(piece)
        if size > most:
            return -1
        plain.write(piece)
    return size


def _wanted(name: str) -> bool:
    parts = name.split("/")
    return name.lower().endswith(SUFFIXES) and not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member. Without the mark of UTF-8 it is in whatever the writer's system used."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            data = name.encode("cp437")
        except UnicodeEncodeError:
            data = b""
        if not data.isascii():
            name = _decoded_name(data)
    name = posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")
    return name.encode("utf-8", "backslashreplace").decode()


def _decoded_name(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(code_page(data) or "cp437", "replace")
