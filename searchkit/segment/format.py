"""A file of named sections: what every segment file looks like from outside.

::

    header     magic (8 bytes), zeros up to byte 64
    sections   each begins at a multiple of 64, so that a map of it can be read as uint32 in place; zeros in between
    checksums  <I per page: the CRC-32 of each 8 KiB of a section, its last page reaching up to the next section
    directory  JSON: name -> [first byte, size in bytes], in the order of the file
    trailer    <Q I I I 8s: first byte and number of the checksums, size of the directory, CRC-32 of both, magic again

All numbers are little-endian. The magic carries the version of everything inside: there is one, and a reader takes no
other. The checksum in the trailer vouches for those of the pages, so the manifest needs to keep only that one.

A page is checked when it is first read and not again: to open a file costs the same however large it is, and no answer
is made from damaged bytes.
"""

import json
import mmap
import os
import struct
import sys
import zlib
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from searchkit._core.buffers import uint32s
from searchkit._core.dense import PAGE_BITS
from searchkit._core.pages import STEP, Pages
from searchkit.errors import IndexFormatError, StoreError

MAGIC = b"SKSEG\x00\x00\x07"
_PAGE = 1 << PAGE_BITS
_TRAILER = struct.Struct("<QIII8s")
_ALIGNMENT = 64
_MANY = 8  # pages
_POPULATE = 22  # MADV_POPULATE_READ, from Linux 5.14 on
_HEADER = MAGIC.ljust(_ALIGNMENT, b"\0")

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
        self._checksums = uint32s(0)
        self._name = ""  # of the section that was begun
        self._page_crc = 0  # of the page that is being written
        self._on_disk = file is None
        self._file: Any = open(path, "wb") if file is None else file  # noqa: SIM115 - closed by finish or abandon
        try:
            self._file.write(_HEADER)
        except OSError:
            self.abandon()
            raise

    def write(self, name: str, *chunks: Any) -> None:
        """Append a section made of buffers."""
        self.begin(name)
        for chunk in chunks:
            self.append(chunk)
        self.end()

    def begin(self, name: str) -> None:
        """Begin a section; what is appended until its end is in it."""
        self._name = name
        self._page_crc = 0
        self._directory[name] = [self._file.tell(), 0]

    def append(self, chunk: Any) -> None:
        """Append a buffer to the section that was begun."""
        view = memoryview(chunk).cast("B")
        self._file.write(view)
        entry = self._directory[self._name]
        begin = 0
        while begin < view.nbytes:
            end = min(begin + STEP - entry[1] % STEP, view.nbytes)
            self._page_crc = zlib.crc32(view[begin:end], self._page_crc)
            entry[1] += end - begin
            begin = end
            if entry[1] % _PAGE == 0:
                self._checksums.append(self._page_crc)
                self._page_crc = 0

    def end(self) -> None:
        """End the section that was begun."""
        size = self._directory[self._name][1]
        padding = bytes(-size % _ALIGNMENT)
        self._file.write(padding)
        if size % _PAGE:
            self._checksums.append(zlib.crc32(padding, self._page_crc))
        self._name = ""

    def finish(self) -> int:
        """Write the directory, bring everything to the disk and return the checksum that vouches for the file."""
        tail = self._checksums.tobytes() + (directory := json.dumps(self._directory).encode())
        crc = zlib.crc32(tail)
        start = self._file.tell()
        self._file.write(tail + _TRAILER.pack(start, len(self._checksums), len(directory), crc, MAGIC))
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
        self.checksum, self._checksums, self._directory = self._read_tail()
        counts = (_pages(size) for _, size in self._directory.values())
        *firsts, num_pages = accumulate(counts, initial=0)
        if num_pages != len(self._checksums):
            raise self.damage("directory")
        self._first_page = dict(zip(self._directory, firsts, strict=True))
        self._names = list(self._directory)
        self._firsts = firsts
        self.seen = bytearray(num_pages)  # 1 for each page that was checked
        spans = array("q")
        for first, (start, size) in zip(firsts, self._directory.values(), strict=True):
            try:
                spans.extend((start, start + size + -size % _ALIGNMENT, first + _pages(size)))
            except OverflowError:
                raise self.damage("directory") from None
        self._pages = Pages(self._map, self._checksums, spans, self.seen)

    def _read_tail(self) -> tuple[int, memoryview, dict[str, list[int]]]:
        data = self._map
        header = bytes(data[:_ALIGNMENT])
        if header.startswith(MAGIC[:-1]) and not header.startswith(MAGIC):
            raise IndexFormatError(
                f"{self.path}: in format {header[7]}, this version reads {MAGIC[7]}; rebuild the index: "
                "index the documents again into a new folder"
            )
        if not header.startswith(MAGIC):
            raise IndexFormatError(f"{self.path}: not a segment of this version; rebuild the index")
        if header != _HEADER:
            raise self.damage("header")
        if len(data) < _ALIGNMENT + _TRAILER.size:
            raise self.damage("trailer")
        start, pages, size, crc, magic = _TRAILER.unpack(data[-_TRAILER.size :])
        if magic != MAGIC or start + 4 * pages + size + _TRAILER.size != len(data) or start % _ALIGNMENT:
            raise self.damage("trailer")
        if zlib.crc32(data[start : -_TRAILER.size]) != crc:
            raise self.damage("directory")
        middle = start + 4 * pages
        return crc, data[start:middle].cast("I"), json.loads(bytes(data[middle : middle + size]))

    def section(self, name: str) -> memoryview:
        """Return uint8[size], all of it checked; empty if there is no such section.

        Raises:
            IndexFormatError: it is damaged.
        """
        view = self.view(name)
        self.verify(name, 0, len(view))
        return view

    def uint32s(self, name: str) -> memoryview:
        """Return a section as uint32[size / 4], all of it checked."""
        return self.section(name).cast("I")

    @property
    def data(self) -> memoryview:
        """The whole file, uint8[size], of which no byte may be read before ``verify``."""
        return self._map

    def start(self, name: str) -> int:
        """Return the byte of the file at which a section begins; 0 if there is no such section."""
        return self._directory[name][0] if name in self._directory else 0

    def view(self, name: str) -> memoryview:
        """Return uint8[size] of which no byte may be read before ``verify``; empty if there is no such section."""
        if name not in self._directory:
            return self._map[:0]
        start, size = self._directory[name]
        return self._map[start : start + size]

    def verify(self, name: str, start: int, end: int) -> None:
        """Check the bytes of a section from ``start`` up to ``end`` that nobody has read before.

        Raises:
            IndexFormatError: they are damaged.
        """
        if start < end:
            page = self._first_page[name]
            first, last = page + (start >> PAGE_BITS), page + ((end - 1) >> PAGE_BITS) + 1
            if self.seen.find(0, first, last) >= 0:
                self.verify_pages(first, last)

    def first_page(self, name: str) -> int:
        """Return the place in ``seen`` of the first page of a section; 0 if there is no such section."""
        return self._first_page.get(name, 0)

    def verify_pages(self, first: int, last: int) -> None:
        """Check the pages from ``first`` up to ``last``, of any section, that are not marked in ``seen``.

        Raises:
            IndexFormatError: they are damaged.
        """
        if last - first >= _MANY:
            self._fetch(first, last)
        section = self._pages.verify(first, last)
        if section >= 0:
            raise self.damage(self._names[section])

    def _fetch(self, first: int, last: int) -> None:
        """Have the system map many pages at once: to map each when it is read takes longer than to check it."""
        section = bisect_right(self._firsts, first) - 1
        start = self._directory[self._names[section]][0] + (first - self._firsts[section] << PAGE_BITS)
        end = min(start + (last - first << PAGE_BITS), len(self._map))
        start -= start % mmap.PAGESIZE
        mapped = self._map.obj
        if sys.platform == "linux" and isinstance(mapped, mmap.mmap) and 0 <= start < end:
            try:
                mapped.madvise(_POPULATE, start, end - start)
            except OSError:
                pass  # a system without it

    def release(self) -> None:
        """Let go of the memory that holds what was read of the map; what is read again comes from the disk's cache."""
        if isinstance(self._map.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._map.obj.madvise(mmap.MADV_DONTNEED)

    def check_size(self) -> None:
        """Check that the file is still as long as its map: to read what is mapped but no longer there ends the process.

        Raises:
            IndexFormatError: it was cut short after it was opened.
        """
        mapped = self._map.obj
        if isinstance(mapped, mmap.mmap) and mapped.size() < len(self._map):
            raise IndexFormatError(
                f"{self.path}: cut short by another program while it was open; rebuild the index or restore a copy"
            )

    def sizes(self) -> dict[str, int]:
        """Return the size of each section in bytes."""
        return {name: size for name, (_, size) in self._directory.items()}

    def damaged_sections(self) -> list[str]:
        """Read all sections, also those that were read before, and return the names of the damaged ones."""
        self.seen[:] = bytes(len(self.seen))
        damaged: list[str] = []
        for name, first in self._first_page.items():
            try:
                self.verify_pages(first, first + _pages(self._directory[name][1]))
            except IndexFormatError:
                damaged.append(name)
        return damaged

    def damage(self, part: str) -> IndexFormatError:
        """Return the error that says which part of the file is damaged."""
        return IndexFormatError(f"{self.path}: damaged in {part}; rebuild the index or restore a copy")


def _pages(size: int) -> int:
    """Return how many pages a section has."""
    return (size + _PAGE - 1) >> PAGE_BITS


def _map(path: str) -> memoryview:
    try:
        with open(path, "rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except ValueError:
        raise IndexFormatError(f"{path}: empty file; rebuild the index") from None
    except OSError as error:
        raise StoreError.unreadable(path, error) from None
