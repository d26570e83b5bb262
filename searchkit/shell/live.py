"""Searching while a person types: in a thread of its own, for the newest text only."""

from __future__ import annotations

from threading import Condition, Thread
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE_S = 0.8  # without a new request, the person has stopped typing


class Latest:
    """Runs a function in a thread for the newest of what it was asked; what was overtaken is never run."""

    def __init__(self, work: Callable[[str], None], paused: Callable[[], None] | None = None) -> None:
        """Start the thread.

        Args:
            work: called with one request at a time; it must not raise.
            paused: called when nothing more is asked for a while; nor must it.
        """
        self._work = work
        self._paused = paused
        self._changed = Condition()
        self._wanted: str | None = None
        self._busy = False
        self._stopped = False
        self.took_s = 0.0  # the last of what it ran
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
        worked = False
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                if not self._changed.wait_for(self._is_wanted, _PAUSE_S if worked and self._paused else None):
                    worked = False
                    request = None
                elif self._stopped or self._wanted is None:
                    return
                else:
                    request, self._wanted = self._wanted, None
                    self._busy = True
            if request is not None:
                began = perf_counter()
                self._work(request)
                self.took_s = perf_counter() - began
                worked = True
            elif self._paused is not None:
                self._paused()

    def _is_wanted(self) -> bool:
        return self._stopped or self._wanted is not None
