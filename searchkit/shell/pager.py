"""Long text, a screen at a time where there is a screen."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING

from searchkit.errors import InputError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence

    from searchkit.shell.session import Session

Place = tuple[int, int]
"""Somewhere in lines: the number of the line, and of its letter."""

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_BEFORE = 1  # rows shown above the place
_DEFAULT = "less"
_SETTINGS = {"LESS": "-FRX", "LESSCHARSET": "utf-8"}
"""For less, where the person has not chosen: leave at once what fits the screen, and leave it on the screen."""


def show(session: Session, lines: Sequence[str], at: Place = (0, 0)) -> None:
    """Print lines, on a terminal through the pager if there is one.

    Args:
        session: whose terminal and settings count.
        lines: to show.
        at: where to begin, where the pager can do that.

    Raises:
        InputError: the pager cannot be started.
    """
    width = shutil.get_terminal_size().columns if session.interactive else sys.maxsize
    blocks = [session.fit(line, width) for line in lines]
    text = "".join(part + "\n" for block in blocks for part in block)
    words = _pager(session.settings.text("pager")) if session.interactive else []
    if not words:
        print(text, end="")
        return
    first = _first_row(blocks, at)
    if first and os.path.basename(words[0]) == _DEFAULT:
        words.append(f"+{max(first + 1 - _BEFORE, 1)}")
    import subprocess

    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env={**_SETTINGS, **os.environ})  # noqa: S603
    except OSError as error:
        raise InputError(f"{words[0]}: {error.strerror}; set PAGER to a program that shows text") from None
    try:
        process.communicate(text.encode())
    except KeyboardInterrupt:  # belongs to the pager, which goes on
        _wait(process)


def _first_row(blocks: Sequence[Sequence[str]], at: Place) -> int:
    """Return how many rows stand before a place; lines were cut between words only."""
    place, letters = at
    rows = sum(map(len, blocks[:place]))
    for part in blocks[place] if letters else ():
        letters -= len(_COLOR.sub("", part).strip()) + 1
        if letters < 0:
            break
        rows += 1
    return rows


def _pager(chosen: str) -> list[str]:
    """Return the command of the pager; empty if there is none to use."""
    if os.environ.get("TERM") == "dumb":
        return []
    if chosen:
        return shlex.split(chosen)
    if os.environ.get("PAGER"):
        return shlex.split(os.environ["PAGER"])
    return [_DEFAULT] if shutil.which(_DEFAULT) else []


def _wait(process: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            process.wait()
        except KeyboardInterrupt:
            continue
        return
