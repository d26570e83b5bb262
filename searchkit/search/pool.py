"""Kernels that are used again: each is lent to one search at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel")


class Pool(Generic[Kernel]):
    """Lends kernels, for all indexes and threads; after an error one need not come back."""

    __slots__ = ("_free", "_make")

    def __init__(self, make: Callable[[], Kernel]) -> None:
        """Take what makes a kernel; none is made before it is needed."""
        self._make = make
        self._free: list[Kernel] = []

    def borrow(self) -> Kernel:
        """Return a kernel that nobody uses until it is given back."""
        try:
            return self._free.pop()
        except IndexError:  # to look first whether there is one would leave time for another thread to take it
            return self._make()

    def give_back(self, kernel: Kernel) -> None:
        """Take a kernel for the next search."""
        self._free.append(kernel)
