"""What could keep Arabic from being searched and read here, and the one question that only a person can answer."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from searchkit.shell.bidi import MODES, detect, visual
from searchkit.shell.settings import save, settings_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.shell.settings import Settings

_SAMPLE = "مرحباً بكم في أستانا 2024"
_CHOICES = ("terminal", "app", "words")


def report(directory: str) -> list[str]:
    """Return what is found out without asking: versions, the index, the terminal; a line each."""
    from searchkit import __version__, _core

    encoding = sys.stdout.encoding or "none"
    core = "compiled" if _core.COMPILED else "pure Python: slow; a C compiler at installation makes it fast"
    lines = [
        f"searchkit  {__version__} on Python {sys.version.split()[0]}",
        f"core       {core}",
        f"index      {_index(directory)}",
        f"settings   {settings_file() or 'no home folder: not kept'}",
        f"terminal   TERM={os.environ.get('TERM', '')}, {detect()} by what it says of itself",
        f"encoding   {encoding}" + ("" if "utf" in encoding.lower() else ": Arabic needs UTF-8; set LANG to C.UTF-8"),
    ]
    try:
        import prompt_toolkit

        lines.append(f"prompt     prompt_toolkit {prompt_toolkit.__version__}")
    except ImportError:
        lines.append("prompt     prompt_toolkit is missing; install it for 'searchkit shell'")
    return lines


def _index(directory: str) -> str:
    from searchkit.errors import SearchkitError
    from searchkit.search import Index

    try:
        index = Index(directory)
        damaged = index.damage()
    except SearchkitError as error:
        return str(error)
    state = "all checksums right" if not damaged else f"damaged: {damaged[0]}"
    return f"{directory}: {len(index)} documents, {state}"


def ask(settings: Settings, read: Callable[[str], str] = input) -> str:
    """Show one line in all ways and remember which one a person can read; return what was kept, in one line.

    Args:
        settings: what is changed and saved.
        read: asks a question and returns the answer.
    """
    print("\nWhich of these lines reads right, from right to left, with joined letters?\n")
    for number, mode in enumerate(_CHOICES, 1):
        print(f"  {number}   {visual(_SAMPLE, mode).text}")
    print("\n  0   none of them\n")
    try:
        answer = read("number: ").strip()
    except (EOFError, KeyboardInterrupt):
        answer = ""
    if not answer.isdecimal() or int(answer) > len(_CHOICES):
        return f"nothing changed: bidi is {settings.text('bidi')}; the modes are {', '.join(MODES)}"
    mode = _CHOICES[int(answer) - 1] if int(answer) else "off"
    settings.set("bidi", mode)
    path = save(settings)
    return f"bidi = {mode}" + (f", kept in {path}" if path else "; there is no place to keep it")
