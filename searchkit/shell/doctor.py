"""What could keep Arabic from being searched and read here, and the one question that only a person can answer."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from searchkit.messages import language, translate
from searchkit.shell.bidi import MODES, apart
from searchkit.shell.console import NO_LETTERS, lacks_arabic
from searchkit.shell.screen import fit
from searchkit.shell.settings import save, settings_file
from searchkit.shell.terminals import NO_UTF8, UNKNOWN, ask_name, detect, reads_arabic

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.shell.settings import Settings
    from searchkit.shell.terminals import Terminal

_SAMPLE = "مرحباً بكم في أستانا 2024"
_CHOICES = ("terminal", "app", "words")
_WIDTH = 60  # of the sample


def report(directory: str) -> list[str]:
    """Return what is found out without asking: versions, the index, the terminal; a line each."""
    from searchkit import __version__, _core

    at_terminal = _at_terminal()
    encoding = sys.stdout.encoding or translate("none")
    core = translate("compiled" if _core.COMPILED else "pure Python: slow; a C compiler at installation makes it fast")
    terminal = _terminal()
    name, mode = os.environ.get("TERM", ""), terminal.mode
    program = translate("unknown") if terminal.name == UNKNOWN else terminal.name
    readable = reads_arabic(terminal) if at_terminal else "utf" in encoding.lower()
    lines = [
        _line("searchkit", translate(f"{__version__} on Python {sys.version.split()[0]}")),
        _line(translate("core"), core),
        _line(translate("index"), _index(directory)),
        _line(translate("settings"), settings_file() or translate("no home folder: not kept")),
        _line(translate("terminal"), translate(f"{program} (TERM={name}); bidi = auto is {mode} here")),
        _line(translate("encoding"), encoding if readable else f"{encoding}; {translate(NO_UTF8)}"),
    ]
    if lacks_arabic(terminal):
        lines.append(_line(translate("font"), translate(NO_LETTERS)))
    try:
        import prompt_toolkit

        lines.append(_line(translate("prompt"), f"prompt_toolkit {prompt_toolkit.__version__}"))
    except ImportError:
        missing = translate("prompt_toolkit is missing; install it for 'searchkit shell'")
        lines.append(_line(translate("prompt"), missing))
    return lines


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


@lru_cache(maxsize=1)
def _terminal() -> Terminal:
    return detect(ask=ask_name if _at_terminal() else None)


def fitted(line: str) -> str:
    """Return what is said as this terminal can show it."""
    if not _at_terminal():
        return line
    mode = _terminal().drawing(_terminal().mode)
    return "\n".join(fit(apart(line, rtl=language() == "ar"), shutil.get_terminal_size().columns, mode))


def _line(label: str, value: str) -> str:
    return f"{label:10} {value}"


def _index(directory: str) -> str:
    from searchkit.errors import SearchkitError
    from searchkit.search import Index

    try:
        index = Index(directory)
        damaged = index.damage()
    except SearchkitError as error:
        return translate(str(error))
    right = f"{directory}: {len(index)} documents, all checksums right"
    return translate(right if not damaged else f"{directory}: {len(index)} documents, damaged: {damaged[0]}")


def ask(settings: Settings, read: Callable[[str], str] = input) -> str:
    """Show one line in all ways and remember which one a person can read; return what was kept, in one line.

    Args:
        settings: what is changed and saved.
        read: asks a question and returns the answer.
    """
    question = translate("Which of these lines reads right, from right to left, with joined letters?")
    print(f"\n{fitted(question)}\n")
    for number, mode in enumerate(_CHOICES, 1):
        print(f"  {number}.  {fit(_SAMPLE, _WIDTH, _terminal().drawing(mode))[0].lstrip()}")
    print(f"\n  0.  {fitted(translate('none of them')).lstrip()}\n")
    try:
        answer = read(fitted(translate("number:")) + " ").strip()
    except (EOFError, KeyboardInterrupt):
        answer = ""
    if not answer.isdecimal() or int(answer) > len(_CHOICES):
        return translate(f"nothing changed: bidi is {settings.text('bidi')}; the modes are {', '.join(MODES)}")
    mode = _CHOICES[int(answer) - 1] if int(answer) else "off"
    settings.set("bidi", mode)
    path = save(settings)
    return translate(f"bidi = {mode}, kept in {path}" if path else f"bidi = {mode}; there is no place to keep it")
