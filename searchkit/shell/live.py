"""Searching while a person types: in a thread of its own, for the newest text only."""

from __future__ import annotations

from threading import Condition, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Latest:
    """Runs a function in a thread for the newest of what it was asked; what was overtaken is never run."""

    def __init__(self, work: Callable[[str], None]) -> None:
        """Start the thread.

        Args:
            work: called with one request at a time; it must not raise.
        """
        self._work = work
        self._changed = Condition()
        self._wanted: str | None = None
        self._busy = False
        self._stopped = False
        self._thread = Thread(target=self._run, name="searchkit-live", daemon=True)
        self._thread.start()

    def ask(self, request: str) -> None:
        """Have a request run as soon as the one that is running has ended, unless a newer one comes before."""
        with self._changed:
            self._wanted = request
            self._changed.notify_all()

    def forget(self) -> None:
        """Give up what has not begun."""
        with self._changed:
            self._wanted = None

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; return whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._wanted is None and not self._busy, timeout_s)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._stopped or self._wanted is not None)
                if self._stopped or self._wanted is None:
                    return
                request, self._wanted = self._wanted, None
                self._busy = True
            self._work(request)
