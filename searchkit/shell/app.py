"""The loop: read a line, do it, say what went wrong, go on."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

from searchkit.errors import QuerySyntaxError, SearchkitError
from searchkit.shell.commands import run_command
from searchkit.shell.screen import underline
from searchkit.shell.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

_OK, _ERROR = 0, 2
_INDENT = 2


def run(directory: str, *, limit: int, color: bool) -> int:
    """Search until the person leaves; from a pipe, until there are no more lines.

    Args:
        directory: the index's folder.
        limit: how many hits to show at most.
        color: whether output may be coloured.

    Returns:
        The exit code: 2 if the index cannot be opened or a line that came from a pipe failed, else 0.
    """
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    _tolerate_encodings()
    try:
        session = Session(directory, limit=limit, color=color, interactive=interactive)
    except SearchkitError as error:
        print(f"searchkit: {error}", file=sys.stderr)
        return _ERROR
    if not interactive:
        return _run_lines(session)
    from searchkit.shell.prompt import Prompt  # prompt_toolkit

    session.say(f"{session.greeting()}; :help lists the commands")
    converse(session, Prompt(session).read)
    return _OK


def converse(session: Session, read: Callable[[], str]) -> None:
    """Do what a person types until they leave."""
    while not session.done:
        try:
            do(session, read())
        except KeyboardInterrupt:
            continue
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
        width = shutil.get_terminal_size().columns - _INDENT
        for shown in underline(error.query, error.start, error.end, width):
            session.complain(" " * _INDENT + shown)
        session.complain(str(error))
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
