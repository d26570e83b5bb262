"""Typed buffers that kernels read and write, the same compiled and interpreted."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Uint32s = array[int] | memoryview
    """uint32[n] to read."""
    Uint64s = array[int] | memoryview
    """uint64[n]."""

Bytes = bytes | bytearray | memoryview
"""uint8[n] to read."""
WritableBytes = bytearray | memoryview
"""uint8[n] to write."""

# To repeat an array of one is up to fifty times faster than to make one from bytes.
_UINT32 = array("I", (0,))
_INT32 = array("i", (0,))
_INT64 = array("q", (0,))
_UINT64 = array("Q", (0,))
_FLOAT64 = array("d", (0.0,))


def uint32s(size: int) -> array[int]:
    """Return uint32[size], all zero."""
    return _UINT32 * size


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
