"""How far indexing is: a line that moves on a terminal, or plain lines, on standard error."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING

from searchkit.cli.report import report, show, tell
from searchkit.messages import listed, translate

if TYPE_CHECKING:
    from searchkit.indexing.documents import Problem
    from searchkit.indexing.refresh import Refresh

MAX_ALIKE = 10
"""So many problems for the same reason are named one by one."""

_MOVING_S = 0.1
_PLAIN_S = 5.0
_PATIENCE_S = 0.3  # what takes no longer shows no progress
_DETAIL = re.compile(r"[(\d\"«].*")


class Progress:
    """Tells a person what happens; ``mode`` is ``auto``, ``plain`` or ``none``."""

    def __init__(self, mode: str) -> None:
        if mode == "auto":
            mode = "moving" if sys.stderr.isatty() else "none"
        self.mode = mode
        self._every_s = _MOVING_S if mode == "moving" else _PLAIN_S
        self._started = time.monotonic()
        self._next = self._started + (self._every_s if mode == "plain" else _PATIENCE_S)
        self._shown = False
        self._told: set[Problem] = set()  # a folder that is watched is gone through again and again
        self._alike: dict[str, tuple[int, str]] = {}  # how many, and the first reason

    def tick(self, refresh: Refresh) -> None:
        """Show how far it is, if it is time to."""
        if self.mode == "none" or (now := time.monotonic()) < self._next:
            return
        self._next = now + self._every_s
        line = progress_line(refresh, now - self._started)
        if self.mode == "plain":
            show(f"{translate('indexing:')} {line}\n")
            return
        show("\r\x1b[K" + _fitting(line))
        self._shown = True

    def report(self, problem: Problem) -> None:
        """Name a problem once; of many alike the first ones."""
        if problem in self._told:
            return
        self._told.add(problem)
        kind = _DETAIL.sub("", problem.reason).strip()
        before, first = self._alike.get(kind, (0, problem.reason))
        count = before + 1
        self._alike[kind] = (count, first)
        if count <= MAX_ALIKE:
            self.clear()
            report(problem)

    def end(self) -> None:
        """Remove the line and say how many problems were not named."""
        self.clear()
        for count, reason in self._alike.values():
            if count > MAX_ALIKE:
                tell(translate(f"{count - MAX_ALIKE} more like the one that {reason}"))
        self._alike.clear()

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            show("\r\x1b[K")
            self._shown = False


def progress_line(refresh: Refresh, seconds: float) -> str:
    """Return the share done, documents, speed, remaining time and the file in work."""
    meter = refresh.current.meter if refresh.current is not None else None
    done = refresh.done_bytes + (min(meter.position, refresh.current.size) if meter and refresh.current else 0)
    text = refresh.read_bytes + (meter.text if meter else 0)
    parts = [f"{100 * done // refresh.total_bytes} %"] if refresh.total_bytes else []
    parts.append(translate(f"{refresh.documents:,} documents"))
    if seconds > 0 and text:
        parts.append(f"{text / seconds / 1e6:.1f} MB/s")
    if done and seconds >= 1:
        left = int(seconds * (refresh.total_bytes - done) / done)
        parts.append(translate(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"))
    if refresh.current is not None:
        parts.append(refresh.current.name)
    return listed(parts)


def _fitting(line: str) -> str:
    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        width = 80
    return line[: max(width - 1, 20)]
