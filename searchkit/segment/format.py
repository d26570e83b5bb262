"""A file of named sections: what every segment file looks like from outside.

::

    header     magic (8 bytes), zeros up to byte 64
    sections   each begins at a multiple of 64, so that a map of it can be read as uint32 in place
    directory  JSON: name -> [first byte, size in bytes, CRC-32]
    trailer    <Q I I 8s: first byte, size and CRC-32 of the directory, magic again

All numbers are little-endian. The magic carries the version of everything inside: there is one, and a reader takes no
other. The checksum of the directory vouches for those of the sections, so the manifest needs to keep only that one.
"""

import json
import mmap
import os
import struct
import sys
import zlib
from typing import Any

from searchkit.errors import IndexFormatError, StoreError

MAGIC = b"SKSEG\x00\x00\x03"
_TRAILER = struct.Struct("<QII8s")
_ALIGNMENT = 64

if sys.byteorder != "little":  # maps are read in place
    raise ImportError("searchkit: segments can only be read on little-endian machines")


class SectionWriter:
    """Writes a file of sections."""

    def __init__(self, path: str, file: Any = None) -> None:
        """Begin a file.

        Args:
            path: where to.
            file: in memory, to write to instead; then ``path`` is only its name.
        """
        self._path = path
        self._directory: dict[str, list[int]] = {}
        self._on_disk = file is None
        self._file: Any = open(path, "wb") if file is None else file  # noqa: SIM115 - closed by finish or abandon
        try:
            self._file.write(MAGIC.ljust(_ALIGNMENT, b"\0"))
        except OSError:
            self.abandon()
            raise

    def write(self, name: str, *chunks: Any) -> None:
        """Append a section made of buffers."""
        start = self._file.tell()
        size = crc = 0
        for chunk in chunks:
            view = memoryview(chunk).cast("B")
            self._file.write(view)
            crc = zlib.crc32(view, crc)
            size += view.nbytes
        self._directory[name] = [start, size, crc]
        self._file.write(bytes(-size % _ALIGNMENT))

    def finish(self) -> int:
        """Write the directory, bring everything to the disk and return the checksum that vouches for the file."""
        directory = json.dumps(self._directory).encode()
        start = self._file.tell()
        crc = zlib.crc32(directory)
        self._file.write(directory + _TRAILER.pack(start, len(directory), crc, MAGIC))
        self._file.flush()
        if self._on_disk:
            os.fsync(self._file.fileno())
        self._file.close()
        return crc

    def abandon(self) -> None:
        """Remove what was written."""
        try:
            self._file.close()  # writes what is left, and fails where there is no room
        finally:
            if os.path.exists(self._path):
                os.remove(self._path)


class SectionFile:
    """Maps a file of sections; nothing is copied into memory."""

    def __init__(self, path: str, data: memoryview | None = None) -> None:
        """Open the file, or take its bytes if they are in memory, and check its directory.

        Raises:
            IndexFormatError: it is damaged or of another version.
            StoreError: it cannot be opened.
        """
        self.path = path
        self._map = _map(path) if data is None else data
        self._directory, self.checksum = self._read_directory()

    def _read_directory(self) -> tuple[dict[str, list[int]], int]:
        data = self._map
        if bytes(data[: len(MAGIC)]) != MAGIC:
            raise IndexFormatError(f"{self.path}: not a segment of this version; rebuild the index")
        if len(data) < _ALIGNMENT + _TRAILER.size:
            raise self.damage("trailer")
        start, size, crc, magic = _TRAILER.unpack(data[-_TRAILER.size :])
        if magic != MAGIC or start + size + _TRAILER.size != len(data):
            raise self.damage("trailer")
        directory = data[start : start + size]
        if zlib.crc32(directory) != crc:
            raise self.damage("directory")
        return json.loads(bytes(directory)), crc

    def section(self, name: str) -> memoryview:
        """Return uint8[size]; empty if there is no such section."""
        if name not in self._directory:
            return self._map[:0]
        start, size, _ = self._directory[name]
        return self._map[start : start + size]

    def sizes(self) -> dict[str, int]:
        """Return the size of each section in bytes."""
        return {name: size for name, (_, size, _) in self._directory.items()}

    def uint32s(self, name: str) -> memoryview:
        """Return a section as uint32[size / 4]."""
        return self.section(name).cast("I")

    def damaged_sections(self, *names: str) -> list[str]:
        """Read sections, all if none is named, and return the names of those whose checksum does not fit."""
        wanted = names or tuple(self._directory)
        crcs = {name: crc for name, (_, _, crc) in self._directory.items()}
        return [name for name in wanted if zlib.crc32(self.section(name)) != crcs.get(name)]

    def damage(self, part: str) -> IndexFormatError:
        """Return the error that says which part of the file is damaged."""
        return IndexFormatError(f"{self.path}: damaged in {part}; rebuild the index or restore a copy")


def _map(path: str) -> memoryview:
    try:
        with open(path, "rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except ValueError:
        raise IndexFormatError(f"{path}: empty file; rebuild the index") from None
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror or error}; check permissions, or rebuild the index if the file is gone"
        ) from None
