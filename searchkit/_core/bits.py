"""Sets of numbers below 64, as the bits of a uint64."""

from __future__ import annotations

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

if not cython.compiled:  # else they are in the .pxd: in C a shift has 32 bits if it is not told otherwise

    def bit(number: int) -> int:
        """Return 2**number."""
        return 1 << number

    def lowest(bits: int) -> int:
        """Return the place of the lowest bit that is set; there is one."""
        return (bits & -bits).bit_length() - 1
