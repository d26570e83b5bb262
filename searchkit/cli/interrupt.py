"""Ctrl-C while indexing, or the end of the session: the first ends it in good order, the second at once."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from searchkit.indexing.refresh import Refresh

_ENDS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, ``kill`` and a service that is stopped, a terminal that is closed."""


@contextmanager
def interruptible(refresh: Refresh) -> Generator[None]:
    """Have the first such signal set ``refresh.stopping``, unless it waits for input; the next interrupts."""
    before = {number: signal.getsignal(number) for number in _ENDS}
    before = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(*_: object) -> None:
        restore()
        refresh.stopping = True
        if refresh.waiting:
            raise KeyboardInterrupt

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
