"""The man page, made from the options: ``python -m searchkit.cli.manual > searchkit/cli/searchkit.1``.

Its form is that of man(7), with the sections that Unix manuals have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.cli.parsing import make_parser

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_STATUS = (
    ("0", "there are hits, or it is done"),
    ("1", "there are no hits"),
    ("2", "an error"),
    ("130", "interrupted"),
)
_VARIABLES = (
    ("NO_COLOR", "if set, nothing is coloured"),
    ("PAGER", "shows whole documents in the shell"),
    ("LANG, LC_ALL, LC_MESSAGES", "the language of messages"),
    ("XDG_CONFIG_HOME", "where searchkit/settings.toml is; ~/.config without it"),
    ("XDG_STATE_HOME", "where searchkit/history is; ~/.local/state without it"),
    ("SEARCHKIT_NO_EXTENSIONS", "if set, the compiled core is not used"),
)
_EXAMPLES = (
    ("searchkit index articles/", "add what is new or has changed in a folder"),
    ('searchkit query "أستانا"', "search once"),
    ("searchkit query 'عنوان:سوريا \"وزير الخارجية\" -إيران' --json", "for programs"),
    ("searchkit shell", "search while you type"),
)


def manual() -> str:
    """Return the man page in roff."""
    return "".join(f"{line}\n" for line in _page(make_parser()))


def _page(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield '.TH SEARCHKIT 1 "" "searchkit" "User Commands"'
    yield from (".SH NAME", "searchkit \\- full-text search for Arabic")
    yield from (".SH SYNOPSIS", ".B searchkit", ".I COMMAND", "[options]")
    yield from (".SH COMMANDS",)
    for name, command in _commands(parser):
        yield f".SS searchkit {name}"
        yield _escape(command.description or "")
        for action in command._actions:  # noqa: SLF001 - argparse has no other way to ask
            if action.dest != "help":
                yield ".TP"
                yield _signature(action)
                yield _escape((action.help or "") % {**vars(action), "prog": "searchkit"})
    for title, rows in (("EXIT STATUS", _STATUS), ("ENVIRONMENT", _VARIABLES), ("EXAMPLES", _EXAMPLES)):
        yield f".SH {title}"
        for term, meaning in rows:
            yield from (".TP", f".B {_escape(term)}", _escape(meaning))


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001
        if action.dest == "command":
            choices: Any = action.choices
            yield from choices.items()


def _signature(action: argparse.Action) -> str:
    choices = "|".join(str(choice) for choice in action.choices) if action.choices else ""
    value = "" if action.nargs == 0 else str(action.metavar or choices or action.dest.upper())
    if not action.option_strings:
        return f".I {_escape(value)}"
    names = ", ".join(f"\\fB{_escape(name)}\\fR" for name in action.option_strings)
    return f"{names} \\fI{_escape(value)}\\fR" if value else names


def _escape(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


if __name__ == "__main__":
    print(manual(), end="")
