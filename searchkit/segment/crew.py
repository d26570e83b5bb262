"""Threads that share the work of one: kernels run side by side, whatever else is Python takes turns."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
_START_S = 0.0001  # the interpreter is left to the other thread, which else would wait for five milliseconds


class Crew:
    """So many threads, which start when there is work; a crew of one does it in the thread that asks."""

    def __init__(self, threads: int = 1) -> None:
        self.threads = threads
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin work and return what waits for its end, and returns or raises what came of it."""
        if self.threads == 1:
            value = work()
            return lambda: value
        task = self._threads().submit(work)
        sleep(_START_S)
        return task.result

    def each(self, work: Callable[[int], T], count: int) -> Iterator[T]:
        """Do work for the numbers from 0 to ``count``, and yield what comes of each, in order."""
        if self.threads == 1 or count < 2:
            return map(work, range(count))
        return self._threads().map(work, range(count))

    def all(self, work: Callable[[int], T], count: int) -> list[T]:
        """Do work for the numbers from 0 to ``count``, and return what came of each when all is done."""
        return list(self.each(work, count))

    def parts(self, work: Callable[[int, int, int], T], size: int) -> list[T]:
        """Do work for a part of so many things with each thread, and return what came of each.

        Args:
            work: is given the number of the part, and where in the things it begins and ends.
            size: how many things there are.
        """
        parts = self.threads
        return self.all(lambda part: work(part, size * part // parts, size * (part + 1) // parts), parts)

    def dismiss(self) -> None:
        """Give up what was not begun, and wait for the rest."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # most writers do without

            self._pool = ThreadPoolExecutor(self.threads + 1, "searchkit-index")  # one may wait for the others
        return self._pool
