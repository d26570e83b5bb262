"""Long text, a screen at a time where there is a screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from searchkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.shell.session import Session

_DEFAULT = "less"
_SETTINGS = {"LESS": "-FRX", "LESSCHARSET": "utf-8"}
"""For less, where the person has not chosen: leave at once what fits the screen, and leave it on the screen."""


def show(session: Session, lines: Sequence[str], first: int = 0) -> None:
    """Print lines, on a terminal through the pager if there is one.

    Args:
        session: whose terminal and settings count.
        lines: to show.
        first: the place of the line to begin with, where the pager can do that.

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
    if first and os.path.basename(words[0]) == _DEFAULT:
        words.append(f"+{1 + sum(map(len, blocks[:first]))}")
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env={**_SETTINGS, **os.environ})  # noqa: S603
    except OSError as error:
        raise InputError(f"{words[0]}: {error.strerror}; set PAGER to a program that shows text") from None
    try:
        process.communicate(text.encode())
    except KeyboardInterrupt:  # belongs to the pager, which goes on
        _wait(process)


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
