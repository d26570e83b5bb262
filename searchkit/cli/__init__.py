"""The command: parse, dispatch, one line for what went wrong (and where in a query it did), exit status.

Exit status: 0 hits (or done), 1 no hits, 2 an error, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from errno import ENOSPC
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from searchkit.cli.parsing import parse_options
from searchkit.errors import QuerySyntaxError, SearchkitError
from searchkit.messages import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

_INDENT = 2
_MOST_SHOWN = 1000  # code points of a query that is shown whole


def run() -> NoReturn:
    """Be the command of this process.

    A single query is over before its garbage would matter, and a process that ends need not take down what it has
    built: the two save a sixth of its time.
    """
    single = sys.argv[1:2] == ["query"]
    if single:
        gc.disable()
    status = main()
    if single:
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller, with >&-
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        try:
            options = parse_options(arguments)
            command = import_module(f"searchkit.cli.commands.{options.module}")
            status: int = command.run(options)
        finally:
            sys.stdout.flush()  # of help and errors, too: what cannot be printed is found out here, not at the exit
    except QuerySyntaxError as error:
        part = error.query[error.start : min(error.end, error.start + 40)]
        where = f"{translate('at')} {error.start + 1}"
        return _fail(f"{translate(str(error))} ({where}: {part})", *_underlined(error))
    except SearchkitError as error:
        return _fail(translate(str(error)))
    except BrokenPipeError:
        from searchkit.cli.report import give_up

        give_up(sys.stdout)
        return 0
    except OSError as error:
        remedy = "free some space and try again" if error.errno == ENOSPC else "see to that and try again"
        message = f"{error.filename or 'disk'}: {error.strerror or error}; nothing indexed is lost; {remedy}"
        status = _fail(translate(message))
        try:
            sys.stdout.flush()
        except OSError:
            from searchkit.cli.report import give_up

            give_up(sys.stdout)
        return status
    except MemoryError:
        return _fail(
            translate("memory: not enough; nothing indexed is lost; end other programs, or give it less at once")
        )
    except KeyboardInterrupt as interruption:
        said = translate(str(interruption) or "interrupted; what was indexed before is as it was")
        _fail(said)
        return 130
    return status


def _fail(message: str, *more: str) -> int:
    from searchkit.cli.report import tell

    tell(" ".join(message.split()), *(" " * _INDENT + line for line in more))
    return 2


def _underlined(error: QuerySyntaxError) -> tuple[str, ...]:
    """Return the query with the place of an error, on a terminal marked in the text itself: some show it backwards."""
    from shutil import get_terminal_size

    from searchkit.shell.screen import underline

    if sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        parts = (error.query[: error.start], error.query[error.start : error.end], error.query[error.end :])
        before, part, after = ("".join(char if char.isprintable() else " " for char in text) for text in parts)
        if len(error.query) < _MOST_SHOWN:
            return (f"{before}\x1b[4m{part}\x1b[24m{after}",)
    return tuple(underline(error.query, error.start, error.end, get_terminal_size().columns - _INDENT))
