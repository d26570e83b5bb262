"""Long text, a screen at a time where there is a screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from searchkit.errors import InputError
from searchkit.shell.screen import printable, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFAULT = "less"
_SETTINGS = {"LESS": "-FRX", "LESSCHARSET": "utf-8"}
"""For less, where the person has not chosen: leave at once what fits the screen, and leave it on the screen."""


def show(lines: Sequence[str], *, paged: bool) -> None:
    """Print lines, through ``$PAGER`` if wanted and there is one.

    Raises:
        InputError: the pager cannot be started.
    """
    width = shutil.get_terminal_size().columns if paged else sys.maxsize
    text = "".join(part + "\n" for line in lines for part in wrap(printable(line), width))
    words = _pager() if paged else []
    if not words:
        print(text, end="")
        return
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env={**_SETTINGS, **os.environ})  # noqa: S603
    except OSError as error:
        raise InputError(f"{words[0]}: {error.strerror}; set PAGER to a program that shows text") from None
    try:
        process.communicate(text.encode())
    except KeyboardInterrupt:  # belongs to the pager, which goes on
        _wait(process)


def _pager() -> list[str]:
    """Return the command of the pager; empty if there is none to use."""
    if os.environ.get("TERM") == "dumb":
        return []
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
