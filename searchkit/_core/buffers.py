"""Typed buffers that kernels read and write, the same compiled and interpreted."""

from __future__ import annotations

import mmap
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    Uint32s = array[int] | memoryview
    """uint32[n] to read."""
    WritableUint32s = array[int] | memoryview
    """uint32[n] to write."""
    Uint64s = array[int] | memoryview
    """uint64[n]."""
    Int64s = array[int] | memoryview
    """int64[n]."""

Bytes = bytes | bytearray | memoryview
"""uint8[n] to read."""
WritableBytes = bytearray | memoryview
"""uint8[n] to write."""

# To repeat an array of one is up to fifty times faster than to make one from bytes.
_UINT16 = array("H", (0,))
_UINT32 = array("I", (0,))
_INT32 = array("i", (0,))
_INT64 = array("q", (0,))
_UINT64 = array("Q", (0,))
_FLOAT64 = array("d", (0.0,))
_SIZES = {"B": 1, "I": 4, "q": 8, "Q": 8}
_LARGE = 1 << 17  # bytes; less is in memory that was touched before
_LARGE_TABLE = 1 << 19  # numbers; smaller tables are often made and dropped


def uint16s(size: int) -> array[int]:
    """Return uint16[size], all zero."""
    return _UINT16 * size


def uint32s(size: int) -> array[int]:
    """Return uint32[size], all zero."""
    return _UINT32 * size


def table(size: int) -> WritableUint32s:
    """Return uint32[size], all zero, in memory that was used before or, if large, is the system's again afterwards."""
    return uint32s(size) if size < _LARGE_TABLE else room(size)


def int32s(size: int) -> array[int]:
    """Return int32[size], all zero."""
    return _INT32 * size


def int64s(size: int) -> array[int]:
    """Return int64[size], all zero."""
    return _INT64 * size


def uint64s(size: int) -> array[int]:
    """Return uint64[size], all zero."""
    return _UINT64 * size


def float64s(size: int) -> array[float]:
    """Return float64[size], all zero."""
    return _FLOAT64 * size


def room(size: int, code: Literal["B", "I", "q", "Q"] = "I", *, spare: bool = False) -> memoryview:
    """Return so many numbers, all zero; what is not touched takes no memory.

    Large ones are made of large pages where the system has them: to have 40 MB cleared in pages of 4 KiB takes 20 ms,
    in such of 2 MiB four.

    Args:
        size: how many.
        code: what they are, as for ``array``.
        spare: most will not be used, or not at once, so pages are to be small.
    """
    return _room(size * _SIZES[code], spare=spare).cast(code)


def floats(size: int) -> memoryview[float]:
    """Return float64[size], all zero; what is not touched takes no memory."""
    return _room(8 * size, spare=True).cast("d")


def _room(size: int, *, spare: bool) -> memoryview:
    """Return uint8[size]; see ``room``."""
    if size < _LARGE:
        return memoryview(bytearray(size))
    if not hasattr(mmap, "MAP_ANONYMOUS"):
        return memoryview(mmap.mmap(-1, size))
    memory = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if not spare and hasattr(mmap, "MADV_HUGEPAGE"):
        try:
            memory.madvise(mmap.MADV_HUGEPAGE)
        except OSError:
            pass  # a system without them
    return memoryview(memory)
