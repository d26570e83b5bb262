"""The commands that begin with a colon: one table for running, listing and completing them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze as analyze_word
from searchkit.errors import InputError
from searchkit.shell.pager import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searchkit.search import Hit
    from searchkit.shell.session import Session

    Action = Callable[[Session, str], None]


class Command(NamedTuple):
    """A command and how to call it."""

    names: tuple[str, ...]  # the first is the one to show
    arguments: str
    summary: str
    action: Action


COMMANDS: list[Command] = []
"""All commands, in the order in which ``:help`` lists them."""


def command(*names: str, arguments: str = "") -> Callable[[Action], Action]:
    """Enter a function in the table; the first line of its docstring says what it does."""

    def enter(action: Action) -> Action:
        summary = (action.__doc__ or "").partition("\n")[0].rstrip(".")
        COMMANDS.append(Command(names, arguments, summary, action))
        return action

    return enter


def run_command(session: Session, line: str) -> None:
    """Run a line that begins with a colon.

    Raises:
        InputError: there is no such command, or it cannot use its arguments.
    """
    name, arguments = [*line[1:].split(maxsplit=1), "", ""][:2]
    wanted = fold(name) or name
    for entry in COMMANDS:
        if wanted in [fold(known) or known for known in entry.names]:
            entry.action(session, arguments)
            return
    raise InputError(f":{name}: no such command; :help lists them")


@command("help", "مساعدة", "?")
def _help(session: Session, arguments: str) -> None:  # noqa: ARG001
    """List the commands."""
    for entry in COMMANDS:
        others = "  ".join(f":{name}" for name in entry.names[1:])
        session.say(f":{entry.names[0]} {entry.arguments}".rstrip() + (f"  {others}" if others else ""))
        session.say(f"    {entry.summary}")
    session.say("Anything else is searched for. Tab completes, Ctrl-C clears the line, Ctrl-D leaves.")


@command("open", "افتح", arguments="N")
def _open(session: Session, arguments: str) -> None:
    """Show the whole document of hit N."""
    show(list(_document_lines(session.hit(arguments))), paged=session.interactive)


@command("explain", "شرح", arguments="N")
def _explain(session: Session, arguments: str) -> None:
    """Show what the score of hit N is made of."""
    hit = session.hit(arguments)
    session.say(f"{hit.rank}. {hit.title}")
    for line in hit.explain().lines():
        session.say(line)
    if above := hit.why_above():
        session.say(above)


@command("similar", "مشابه", arguments="N")
def _similar(session: Session, arguments: str) -> None:
    """Show the documents most like hit N; their numbers are the hits from now on."""
    session.show(session.hit(arguments).similar(session.limit))


@command("quote", "اقتباس", arguments="TEXT")
def _quote(session: Session, arguments: str) -> None:
    """Show where a sentence stands, also with words changed, left out or added."""
    from searchkit.search.render_quote import text_lines

    session.backend.refresh()
    for line in text_lines(session.backend.find_quote(arguments, session.limit), session.style):
        session.say(line)


@command("analyze", "تحليل", arguments="WORD…")
def _analyze(session: Session, arguments: str) -> None:
    """Show what the engine sees in each word."""
    tokens = tokenize(arguments)
    if not tokens:
        raise InputError(":analyze: no word; give at least one")
    for token in tokens:
        found = evidence(token.surface)
        session.say(arguments[token.start : token.end])
        for level in LEVELS:
            session.say(f"    {level:8} {' '.join(found.terms(token.surface, level)) or '-'}")
        parts = analyze_word(token.surface)
        session.say(f"    {'parts':8} {' + '.join(part for part in (parts.prefix, parts.stem, parts.suffix) if part)}")


@command("limit", arguments="N")
def _limit(session: Session, arguments: str) -> None:
    """Show N hits from now on."""
    if arguments:
        if not arguments.isdecimal() or int(arguments) < 1:
            raise InputError(f"{arguments}: not a limit; give a number from 1 on")
        session.limit = int(arguments)
    session.say(f"limit {session.limit}")


@command("use", arguments="DIR")
def _use(session: Session, arguments: str) -> None:
    """Search another index."""
    if not arguments:
        raise InputError(":use: no folder; give the folder of an index")
    session.use(os.path.expanduser(arguments))
    _stats(session, "")


@command("stats")
def _stats(session: Session, arguments: str) -> None:  # noqa: ARG001
    """Show what is in the index."""
    session.backend.refresh()
    stats = session.backend.stats()
    session.say(session.greeting())
    for name in session.fields:
        counts = stats["fields"][name]
        session.say(f"    {name:8} {counts['terms']} terms, {counts['occurrences']} occurrences")


@command("quit", "خروج", "q")
def _quit(session: Session, arguments: str) -> None:  # noqa: ARG001
    """Leave."""
    session.done = True


def _document_lines(hit: Hit) -> Iterator[str]:
    """Yield a document for reading: title, the other fields, text."""
    yield hit.title
    for name, value in hit.fields.items():
        if name not in ("title", "text"):
            yield f"{name}: {value}"
    yield ""
    text = hit.fields.get("text", "")
    yield from (text if isinstance(text, str) else "\n".join(text)).splitlines()
