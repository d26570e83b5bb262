"""The pages of a file with their checksums: each is checked before it is first read, and marked then."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

try:
    import cython
except ImportError:
    from searchkit._core import interpreted as cython

from searchkit._core.dense import PAGE_BITS

if TYPE_CHECKING:
    from array import array

    from searchkit._core.buffers import Bytes, Uint32s

_PAGE = 1 << PAGE_BITS
STEP = _PAGE // 2  # zlib lets other threads run when it gets more, and then waits for them to finish their turns
_STEP = STEP


class Pages:
    """The pages of all sections of a file; any number of threads may share them."""

    def __init__(self, data: memoryview, checksums: Uint32s, spans: array[int], seen: bytearray) -> None:
        """Take the file.

        Args:
            data: uint8[size].
            checksums: uint32[pages], the CRC-32 of each.
            spans: int64[3 * sections], of each the first byte, the byte after its last page, and how many pages there
                are up to its end.
            seen: uint8[pages], 1 for each that was checked; filled.

        Raises:
            ValueError: these are not so many.
        """
        pages = spans[len(spans) - 1] if len(spans) else 0
        if len(checksums) != pages or len(seen) != pages:
            raise ValueError("as many checksums and marks as pages are needed")
        self._view = data
        self._data = data
        self._checksums = checksums
        self._spans = spans
        self._seen = seen

    def verify(self, first: int, last: int) -> int:
        """Check the pages from ``first`` up to ``last`` that were not; return the section of a damaged one, or -1."""
        if not 0 <= first <= last <= len(self._seen):
            raise IndexError("no such page")
        section = -1
        start = 0
        begun = 0
        stop = 0
        end = 0
        for page in range(first, last):
            if self._seen[page]:
                continue
            while page >= stop:
                begun = stop
                section += 1
                start = self._spans[3 * section]
                end = self._spans[3 * section + 1]
                stop = self._spans[3 * section + 2]
            at = start + (page - begun) * _PAGE
            if self._sum(at, min(at + _PAGE, end)) != self._checksums[page]:
                return section
            self._seen[page] = 1
        return -1

    def _sum(self, start: int, end: int) -> int:
        """Return the CRC-32 of a page."""
        if _multiplies() and start >= 0 and start + 64 <= end <= len(self._data) and (end - start) % 64 == 0:
            return _checksum(self._data, start, end)
        middle = min(start + _STEP, end)
        checksum: int = crc32(self._view[start:middle])
        return crc32(self._view[middle:end], checksum) if middle < end else checksum


if not cython.compiled:

    def _multiplies() -> bool:
        """Tell whether the processor multiplies polynomials, and there is code for it."""
        return False

    def _checksum(data: Bytes, start: int, end: int) -> int:
        """Return the CRC-32 of a multiple of 64 bytes."""
        return crc32(data[start:end])
