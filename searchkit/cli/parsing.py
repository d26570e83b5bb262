"""The command line as options: one parser per command, messages in the language of the person."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from searchkit.cli.options import COMMANDS
from searchkit.messages import LANGUAGES, choose, listed, translate

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)  # its own way to ask imports archives and takes milliseconds

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin the usage in the language of the person."""
        super().add_usage(usage, actions, groups, prefix or translate("usage:") + " ")

    def start_section(self, heading: str | None) -> None:
        """Begin a list of options in the language of the person."""
        super().start_section(translate(heading) if heading else heading)


def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size(1).columns or 80
    except OSError:
        return 80


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)
        self.add_argument("--lang", choices=LANGUAGES, help="of messages (default: the locale's)")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line."""
        where, colon, what = message.partition(": ") if message.startswith("argument ") else ("", "", message)
        what = f"{translate(where)}{colon}{translate(what)}"
        remedy = f"{translate('see')} '{self.prog} --help'"
        self.exit(2, f"{self.prog}: {listed((what, remedy), ';')}\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print, and let the caller know when that fails: argparse would keep it to itself."""
        (file or sys.stderr).write(message)

    def format_help(self) -> str:
        """Return the help in the language of the person."""
        self.description = translate(self.description or "")
        for action in self._actions:
            action.help = translate(action.help) if action.help else action.help
            for choice in getattr(action, "_choices_actions", ()):  # of commands; argparse has no other way to ask
                choice.help = translate(choice.help or "")
        return super().format_help()

    def _parse_optional(self, arg_string: str) -> Any:
        """Take a word that is not wanted, minus and Arabic letters, for text: no option is called so."""
        if arg_string[:1] == "-" and not arg_string[:2].isascii():
            return None
        return super()._parse_optional(arg_string)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        """Print the version and the core in use."""
        from searchkit import __version__, _core

        core = translate("compiled" if _core.COMPILED else "pure Python")
        print(translate(f"searchkit {__version__}, core: {core}"))
        parser.exit(0)


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options with ``module``, the name of the command's module."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    _choose_language(given)
    if given and given[0] in COMMANDS:  # a parser for each of the others costs milliseconds
        name = given.pop(0)
        _, add_options, description = COMMANDS[name]
        parser = _Parser(prog=f"searchkit {name}", description=description)
        add_options(parser)
        return _with_module(name, parser.parse_args(given))
    options = make_parser().parse_args(given)
    return _with_module(options.command, options)


def _choose_language(given: list[str]) -> None:
    """Take note of the language before anything is said, and keep ``--lang`` in front of no command."""
    for place, word in enumerate(given):
        if word == "--":
            return
        if word == "--lang" and place + 1 < len(given) and given[place + 1] in LANGUAGES:
            choose(given[place + 1])
            del given[place : place + 2]
            return
        if word[:7] == "--lang=" and word[7:] in LANGUAGES:
            choose(word[7:])
            del given[place]
            return


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(prog="searchkit", description="Full-text search for Arabic.")
    parser.add_argument("--version", action=_Version, nargs=0, help="version, and whether the core is compiled")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", required=True)
    for name, (_, add_options, description) in COMMANDS.items():
        add_options(commands.add_parser(name, help=description, description=description))
    return parser


def _with_module(name: str, options: argparse.Namespace) -> argparse.Namespace:
    options.module = COMMANDS[name][0]
    return options
