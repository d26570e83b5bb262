"""Which terminal this is: by its environment, by what tmux knows of it, or by asking it.

A variable tells only of the terminal that set it, and programs hand it down: in an xterm that was started from Konsole
both are named, and over ssh neither is. Where variables name none or several, the terminal is asked (DA2, "secondary
device attributes" in xterm's control sequences), which takes as long as a key's way there and back.
"""

from __future__ import annotations

import os
import re
import select
import sys
from itertools import takewhile
from typing import TYPE_CHECKING

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNKNOWN = "unknown"

_MODES = {
    "VTE": "terminal", "Konsole": "terminal", "mlterm": "terminal", "mintty": "terminal", "Terminal.app": "terminal",
    "PuTTY": "terminal", "kitty": "words", "QTerminal": "words", "JediTerm": "off", "dumb": "off",
}  # fmt: skip
"""What they do with Arabic, see ``shell.bidi``; ``app`` for all others.

Those that could not be tried are here by what is said of them. Terminal.app and mintty turn lines round (iTerm2's issue
2686; mintty's wiki, "CtrlSeqs"), as users say the terminals of JetBrains do; iTerm2 and WezTerm do
if they are told to, which they are not at first (iTerm2's pull request 716, WezTerm's issue 784). Windows Terminal does
not since 1.19 (its issue 18873), and Ghostty, Zed and Warp never did (issues 1442, 24949 and 10355 of theirs).
"""
_WAYS = {
    "Alacritty": "/before", "st": "/none", "Linux console": "/none", "QTerminal": "/apart",
    "VS Code": "/held", "Hyper": "/held", "Tabby": "/held", "xterm.js": "/held", "hterm": "/held",
}  # fmt: skip
"""What the mode needs besides. Vowel signs: Alacritty draws them a column further right, st not at all, the console in
a column of their own. QTerminal turns round what is of one colour, with its spaces. xterm.js, the terminal of VS Code
and of most programs in a browser, may turn lines round, and so may hterm."""

_TERMS = {
    "alacritty": "Alacritty", "contour": "Contour", "dumb": "dumb", "foot": "foot", "konsole": "Konsole",
    "linux": "Linux console", "mintty": "mintty", "mlterm": "mlterm", "putty": "PuTTY", "rxvt": "rxvt", "st": "st",
    "vte": "VTE", "wezterm": "WezTerm", "xterm-ghostty": "Ghostty", "xterm-kitty": "kitty",
}  # fmt: skip
"""Values of TERM that belong to one terminal; what follows a hyphen does not matter."""

_PROGRAMS = {
    "Apple_Terminal": "Terminal.app", "ghostty": "Ghostty", "Hyper": "Hyper", "iTerm.app": "iTerm2", "mintty": "mintty",
    "rio": "Rio", "Tabby": "Tabby", "vscode": "VS Code", "WarpTerminal": "Warp", "WezTerm": "WezTerm", "zed": "Zed",
}  # fmt: skip
"""Values of TERM_PROGRAM."""

_VARIABLES = {
    "KITTY_WINDOW_ID": "kitty", "KONSOLE_VERSION": "Konsole", "MLTERM": "mlterm", "WT_SESSION": "Windows Terminal",
    "XTERM_VERSION": "xterm", "ALACRITTY_WINDOW_ID": "Alacritty", "ALACRITTY_LOG": "Alacritty",
    "WEZTERM_PANE": "WezTerm", "GHOSTTY_RESOURCES_DIR": "Ghostty", "ZUTTY_VERSION": "Zutty",
}  # fmt: skip

_OLD_VTE = "old VTE"  # does not turn lines round
_VTE_TURNS = 5800  # the first version of VTE that does, 0.58

_QUESTION = b"\033[>c\033[c"  # DA2, then DA1, which every terminal answers: nothing more will come
_DA2 = re.compile(rb"\x1b\[>(\d+)(?:;(\d+))?[\d;]*c")
_DA1 = re.compile(rb"\x1b\[\?[\d;]*c")
_LETTER = "\u0628".encode()
_PLACE = re.compile(rb"\x1b\[\d+;(\d+)R")
_PATIENCE_S = 1.0
_BY_NUMBER = {24: "mlterm", 41: "xterm", 65: "VTE", 77: "mintty", 82: "rxvt", 85: "rxvt"}
_BY_VERSION = {
    (0, 10): "Windows Terminal", (0, 115): "QTerminal", (0, 136): "PuTTY", (0, 256): "hterm", (0, 276): "xterm.js",
    (1, 95): "Terminal.app", (1, 115): "Konsole", (1, 4000): "kitty",
}  # fmt: skip

_COERCED = "C.UTF-8"  # what Python makes of C and hands down (PEP 538): says nothing of the terminal
NO_UTF8 = (
    "terminal: it does not read UTF-8, so Arabic cannot be shown; "
    "set LANG to C.UTF-8 before you start it (tmux -u, screen -U)"
)

_TMUX = ("tmux", "display-message", "-p", "#{client_utf8} #{client_pid} #{client_termname} #{client_termtype}")


class Terminal(NamedTuple):
    """A terminal and what has to be known of it."""

    name: str  # UNKNOWN if nothing tells
    takes_utf8: bool = True

    @property
    def mode(self) -> str:
        """How it shows Arabic; see ``shell.bidi``."""
        return _MODES.get(self.name, "app")

    def drawing(self, mode: str) -> str:
        """Return how it is drawn on in a mode: that, and what this terminal needs besides; see ``shell.bidi``."""
        return mode + _WAYS.get(self.name, "") if mode == self.mode else mode


class Answer(NamedTuple):
    """What came back from a terminal."""

    name: str
    typed: str = ""  # what a person had typed before it answered


def detect(
    environment: Mapping[str, str] = os.environ,
    ask: Callable[[], str] | None = None,
    ask_tmux: Callable[[], str] | None = None,
) -> Terminal:
    """Return which terminal this is.

    Args:
        environment: the variables.
        ask: returns the name of the terminal by its own answer, or ``UNKNOWN``; None if it cannot be asked now.
        ask_tmux: returns what tmux says of its terminal; None for the tmux that runs here.
    """
    if "TMUX" in environment:
        utf8, _, told = (ask_tmux or _ask_tmux)().partition(" ")
        return Terminal(_behind_tmux(environment, told), utf8 != "0")
    name = _by_term(environment.get("TERM", ""))
    if name != UNKNOWN:
        return Terminal(name)
    names = _by_variables(environment)
    if len(names) == 1:
        return Terminal(names[0])
    answer = ask() if ask is not None else UNKNOWN
    return Terminal(names[0] if answer == UNKNOWN and names else answer)


def _by_term(term: str) -> str:
    if term.startswith("screen."):  # GNU screen: the name of the terminal that it runs in follows
        term = term.removeprefix("screen.")
    for known in (term, term.partition("-")[0]):
        if known in _TERMS:
            return _TERMS[known]
    return UNKNOWN


def _by_variables(environment: Mapping[str, str]) -> list[str]:
    """Return the terminals that variables name, each once."""
    names = [name for variable, name in _VARIABLES.items() if variable in environment]
    vte = environment.get("VTE_VERSION", "")
    if vte.isdecimal():
        names.append("VTE" if int(vte) >= _VTE_TURNS else _OLD_VTE)
    program = environment.get("TERM_PROGRAM", "")
    if program in _PROGRAMS:
        names.append(_PROGRAMS[program])
    if environment.get("LC_TERMINAL") == "iTerm2":  # goes over ssh, where TERM_PROGRAM does not
        names.append("iTerm2")
    if "QMLTermWidget" in environment.get("COLORSCHEMES_DIR", ""):  # answers as QTerminal, but turns nothing round
        names.append("cool-retro-term")
    if environment.get("TERMINAL_EMULATOR") == "JetBrains-JediTerm":
        names.append("JediTerm")
    return list(dict.fromkeys(names))


def _behind_tmux(environment: Mapping[str, str], told: str) -> str:
    """Return the terminal that tmux runs in now, which may be another than where it was started."""
    client, term, kind = [*told.split(maxsplit=2), "", "", ""][:3]
    name = _by_term(term)
    if name == UNKNOWN and kind:
        name = _by_own_name(kind)
    if name == UNKNOWN:
        names = _by_variables(_environment_of(client) or environment)
        # Of those that do not give tmux their name most turn lines round: VTE, Terminal.app, PuTTY.
        name = names[0] if len(names) == 1 else "VTE"
    return name


def _by_own_name(kind: str) -> str:
    """Return a terminal by its answer to XTVERSION, such as ``XTerm(379)``."""
    own = kind.casefold()
    names = {*_MODES, *_WAYS, *_TERMS.values(), *_PROGRAMS.values(), *_VARIABLES.values()}
    return max((name for name in names if own.startswith(name.casefold())), key=len, default=UNKNOWN)


def _environment_of(process: str) -> dict[str, str]:
    """Return the variables of a process of this person; none where they cannot be read."""
    try:
        with open(f"/proc/{int(process)}/environ", encoding="utf-8", errors="replace") as file:
            pairs = (entry.partition("=") for entry in file.read().split("\0"))
            return {name: value for name, _, value in pairs if name}
    except (OSError, ValueError):
        return {}


def _ask_tmux() -> str:
    import subprocess

    try:
        done = subprocess.run(_TMUX, capture_output=True, timeout=_PATIENCE_S, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")


def draws(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the terminal follows commands that move the cursor or change colours."""
    return environment.get("TERM", "dumb") not in ("dumb", "unknown")


def ask() -> Answer:
    """Ask the terminal on standard input and output what it is."""
    return read_answer(_exchange(_QUESTION, _DA1))


def reads_arabic(terminal: Terminal, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether Arabic can come out of the terminal on standard input and output: whether all speak UTF-8.

    By the locale; where that is another, by how far the cursor goes for a letter of two bytes.
    """
    if not terminal.takes_utf8 or "utf" not in (sys.stdout.encoding or "").lower():
        return False
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
    if "utf" in locale.lower() and locale != _COERCED:
        return True
    place = _PLACE.search(_exchange(b"\r" + _LETTER + b"\033[6n\r\033[K", _PLACE))
    return place is None or int(place[1]) != 1 + len(_LETTER)


def ask_name() -> str:
    """Return what the terminal says that it is."""
    return ask().name


def _exchange(question: bytes, end: re.Pattern[bytes]) -> bytes:
    """Return what comes from the terminal after a question, up to the end of its answer; nothing if nothing comes."""
    import termios
    import tty

    source, screen = 0, 1
    data = b""
    try:
        before = termios.tcgetattr(source)
        tty.setcbreak(source, termios.TCSANOW)  # what was typed already stays
    except termios.error:
        return data
    try:
        os.write(screen, question)
        while not end.search(data) and select.select([source], [], [], _PATIENCE_S)[0]:
            piece = os.read(source, 1024)
            if not piece:
                break
            data += piece
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
    return data


def read_answer(data: bytes) -> Answer:
    """Return what a terminal answered, and what was typed meanwhile up to the first key that is no letter."""
    found = _DA2.search(data)
    name = UNKNOWN
    if found:
        number, version = int(found[1]), int(found[2] or 0)
        name = _BY_NUMBER.get(number) or _BY_VERSION.get((number, version), UNKNOWN)
        if name == "VTE" and version < _VTE_TURNS:
            name = _OLD_VTE
    rest = _DA1.sub(b"", _DA2.sub(b"", data)).decode("utf-8", "replace")
    return Answer(name, "".join(takewhile(str.isprintable, rest)))
