"""The loop: read a line, do it, say what went wrong, go on."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from typing import TYPE_CHECKING

from searchkit.errors import IndexMissingError, QuerySyntaxError, SearchkitError
from searchkit.messages import choose, translate
from searchkit.shell.bidi import IMPLICIT_ON
from searchkit.shell.commands import run_command
from searchkit.shell.console import NO_LETTERS, lacks_arabic
from searchkit.shell.making import make, offer
from searchkit.shell.session import Session
from searchkit.shell.terminals import NO_UTF8, draws, reads_arabic

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.shell.making import Make
    from searchkit.shell.settings import Settings

_OK, _ERROR = 0, 2
_COLLECT = (50_000, 20, 100)  # for gc: a letter makes some thousand objects, all gone with the next
_TURN_S = 0.0005  # how long the search may keep the keyboard waiting for its turn


def run(directory: str, settings: Settings, make: Make = make) -> int:
    """Search until the person leaves; from a pipe, until there are no more lines.

    Args:
        directory: the index's folder.
        settings: what the person has chosen.
        make: makes an index of files, and says how far it is.

    Returns:
        The exit code: 2 if the index cannot be opened or a line that came from a pipe failed, else 0.
    """
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    _tolerate_encodings()
    if settings.text("language") != "auto":
        choose(settings.text("language"))
    try:
        session = _open(directory, settings, make, interactive=interactive)
        session.make = make
    except SearchkitError as error:
        print(f"searchkit: {translate(str(error))}", file=sys.stderr)
        return _ERROR
    except (EOFError, KeyboardInterrupt):
        return _OK
    if not interactive:
        return _run_lines(session)
    return _converse_at_terminal(session)


def _converse_at_terminal(session: Session) -> int:
    typed = session.ask_terminal() if draws() else ""
    if draws() and not reads_arabic(session.terminal):  # it may take what it cannot read for commands
        print(f"searchkit: {NO_UTF8}", file=sys.stderr)
        return _ERROR
    if lacks_arabic(session.terminal):
        session.say(translate(NO_LETTERS))
    session.say(f"{session.greeting()}; {translate(':help lists the commands and keys')}")
    if not draws():
        converse(session, _read_line)
        return _OK
    from searchkit.shell.prompt import Prompt  # prompt_toolkit

    sys.setswitchinterval(_TURN_S)
    gc.freeze()  # what is there now stays: it need not be looked through while a person types
    gc.set_threshold(*_COLLECT)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _leave)
    _give_back_when_stopped(session)
    prompt = Prompt(session, typed=typed)
    try:
        print(session.direction(), end="", flush=True)
        converse(session, prompt.read)
    finally:
        prompt.close()
        if session.has_told:
            print(IMPLICIT_ON, end="", flush=True)
    return _OK


def _leave(number: int, _frame: object) -> None:
    """End on a signal as on any exception, so that the terminal gets back what was changed."""
    sys.exit(128 + number)


def _give_back_when_stopped(session: Session) -> None:
    """Have a stop (Ctrl-Z) give the terminal back as it was, and what follows take it again."""

    def stop(number: int, _frame: object) -> None:
        if session.has_told:
            print(IMPLICIT_ON, end="", flush=True)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # goes on from here
        signal.signal(number, stop)
        print(session.direction(), end="", flush=True)

    signal.signal(signal.SIGTSTP, stop)


def _read_line() -> str:
    """Read a line where nothing can be drawn below it."""
    return input("search> ")


def _open(directory: str, settings: Settings, make: Make, *, interactive: bool) -> Session:
    """Open an index; where there is none, offer to make it."""
    while True:
        try:
            return Session(directory, settings, interactive=interactive)
        except IndexMissingError as error:
            if not interactive:
                raise
            print(f"searchkit: {translate(str(error))}")
            if not offer(directory, make):
                raise EOFError from None


def converse(session: Session, read: Callable[[], str]) -> None:
    """Do what a person types until they leave."""
    while not session.done:
        try:
            do(session, read())
        except KeyboardInterrupt as interruption:
            if str(interruption):
                session.complain(str(interruption))
        except EOFError:
            return


def do(session: Session, line: str) -> bool:
    """Run a command or search for a line; print what was wrong with it and return whether it was done."""
    line = line.strip()
    if not line:
        return True
    try:
        if line.startswith(":"):
            run_command(session, line)
        else:
            session.search(line)
    except QuerySyntaxError as error:
        session.point_out(error)
        return False
    except SearchkitError as error:
        session.complain(str(error))
        return False
    return True


def _run_lines(session: Session) -> int:
    code = _OK
    for line in sys.stdin:
        if not do(session, line):
            code = _ERROR
        if session.done:
            break
    return code


def _tolerate_encodings() -> None:
    """Let no byte or letter of another encoding end the session."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
