"""Ctrl-C while indexing: the first ends it in good order, the second at once."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from searchkit.indexing.refresh import Refresh


@contextmanager
def interruptible(refresh: Refresh) -> Generator[None]:
    """Have the first Ctrl-C set ``refresh.stopping``, unless it waits for input; the next interrupts."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        refresh.stopping = True
        if refresh.waiting:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
