"""The commands that begin with a colon: one table for running, listing and completing them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.arabic.field_names import FIELD_NAMES
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze as analyze_word
from searchkit.errors import InputError, SearchkitError
from searchkit.messages import language, translate
from searchkit.records import NamedTuple
from searchkit.search.render import json_text, tsv_lines
from searchkit.shell.history import read_history
from searchkit.shell.pager import show
from searchkit.shell.settings import SETTINGS, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.shell.session import Session

    Action = Callable[[Session, str], None]


class Command(NamedTuple):
    """A command and how to call it."""

    names: tuple[str, ...]  # the first is the one to show
    arguments: str
    summary: str
    action: Action


KEYS = (
    ("Enter", "pin the hits, or open the chosen one"),
    ("Down Up", "choose a hit; without hits, earlier lines"),
    ("Tab", "complete a word, a field or a command"),
    ("F7 Ctrl-E", "why the chosen hit is where it is"),
    ("Ctrl-S", "articles like the chosen one"),
    ("Ctrl-Y", "copy the chosen hit"),
    ("Ctrl-R", "look for an earlier line"),
    ("F2", "level: relatives of a word, its forms, or its spelling"),
    ("F3", "any word or all words"),
    ("F4", "show copies of a hit, or leave them out"),
    ("F8", "who turns Arabic round"),
    ("Esc", "back to the line"),
    ("Ctrl-C", "clear the line"),
    ("Ctrl-D", "leave"),
)
"""What keys do, for ``:help``."""

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
        session.say(f"    {translate(entry.summary)}")
    session.say(translate("Anything else is searched for, while you type it"))
    for key, meaning in KEYS:
        session.say(f"    {key:9} {translate(meaning)}")


@command("open", "افتح", arguments="N")
def _open(session: Session, arguments: str) -> None:
    """Show the whole document of hit N, from its best passage on, with the words that match."""
    from searchkit.shell.document import document_lines

    show(session, *document_lines(session.hit(arguments), session.style))


@command("more", "المزيد")
def _more(session: Session, arguments: str) -> None:  # noqa: ARG001
    """Show the next hits."""
    session.more()


@command("explain", "شرح", arguments="N")
def _explain(session: Session, arguments: str) -> None:
    """Show what the score of hit N is made of."""
    hit = session.hit(arguments)
    session.say(f"{hit.rank}. {hit.title}")
    for line in hit.explain().lines("", translate):
        session.say(session.message(line))
    if above := hit.why_above(language()):
        session.say(session.message(above))


@command("quote", "اقتباس", arguments="TEXT")
def _quote(session: Session, arguments: str) -> None:
    """Show where a sentence stands, also with words changed, left out or added."""
    from searchkit.search.render_quote import text_lines

    session.refresh()
    for line in text_lines(session.backend.find_quote(arguments, session.settings.number("limit")), session.style):
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
            session.say(f"    {translate(level):8} {' '.join(found.terms(token.surface, level)) or '-'}")
        parts = analyze_word(token.surface)
        shown = " + ".join(part for part in (parts.prefix, parts.stem, parts.suffix) if part)
        session.say(f"    {translate('parts'):8} {shown}")


@command("limit", "عدد", arguments="N")
def _limit(session: Session, arguments: str) -> None:
    """Show N hits from now on."""
    if arguments:
        session.settings.set("limit", arguments)
    session.say(f"{translate('limit')} {session.settings.text('limit')}")


@command("set", "ضبط", arguments="NAME VALUE")
def _set(session: Session, arguments: str) -> None:
    """Show or change the settings, and keep them."""
    name, _, value = arguments.replace("=", " ", 1).partition(" ")
    if value.strip():
        session.settings.set(name, value.strip())
        path = save(session.settings)
        shown = f"{name} = {session.settings.text(name)}"
        session.say(translate(f"{shown}, kept in {path}") if path else shown)
        return
    for setting in SETTINGS:
        if name in ("", setting.name):
            session.say(f"{setting.name:10} {session.settings.text(setting.name):8} {translate(setting.comment)}")


@command("similar", "مشابه", arguments="N")
def _similar(session: Session, arguments: str) -> None:
    """Show the documents that are most like hit N."""
    session.pin(session.similar(session.hit(arguments)))


@command("filter", "صف", arguments="QUERY")
def _filter(session: Session, arguments: str) -> None:
    """Search only what also matches this, such as source:رويترز date:2024-11; without it, everything again."""
    _try(session, "filter", arguments)


@command("sort", "رتب", arguments="FIELD")
def _sort(session: Session, arguments: str) -> None:
    """Order hits by a field, by -FIELD the other way round; without it, by score again."""
    _try(session, "sort", arguments)


@command("facets", "توزيع", arguments="FIELD")
def _facets(session: Session, arguments: str) -> None:
    """Count the values of fields in all documents that match; without a field, no more."""
    _try(session, "facets", [name for name in arguments.replace(",", " ").split() if name])


def _try(session: Session, name: str, value: str | list[str]) -> None:
    """Set what the session searches with and search again; if that fails, it stays as it was."""
    before = getattr(session, name)
    setattr(session, name, value)
    try:
        session.search_again()
    except SearchkitError:
        setattr(session, name, before)
        raise


@command("fields", "حقول")
def _fields(session: Session, arguments: str) -> None:  # noqa: ARG001
    """List the fields that may stand before a colon."""
    arabic = {field: name for name, field in FIELD_NAMES.items()}
    for name in session.fields:
        session.say(f"{name:12} {arabic.get(name, '')}".rstrip())


@command("index", "فهرس", arguments="PATH")
def _index(session: Session, arguments: str) -> None:
    """Index files or a folder."""
    if not arguments:
        raise InputError(":index: no path; give a file or a folder")
    session.say(session.make(session.directory, [os.path.expanduser(arguments)]))
    session.refresh()


@command("save", "احفظ", arguments="FILE")
def _save(session: Session, arguments: str) -> None:
    """Write the hits to a file: JSON, or tab-separated if it ends in .tsv."""
    if not arguments or not session.results:
        wanted = ":save: no hits yet; search for a word first"
        raise InputError(wanted if arguments else ":save: no file; give its name")
    path = os.path.expanduser(arguments)
    rows = tsv_lines(session.results) if path.endswith(".tsv") else [json_text(session.results)]
    try:
        with open(path, "x", encoding="utf-8", errors="replace") as file:
            file.writelines(f"{row}\n" for row in rows)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give another name") from None
    session.say(translate(f"{path}: {len(session.results)} hits"))


@command("history", "سجل", arguments="WORD")
def _history(session: Session, arguments: str) -> None:
    """List earlier queries, those with a word if one is given."""
    for line in read_history(session.directory):
        if arguments in line:
            session.say(line)


@command("use", "استعمل", arguments="DIR")
def _use(session: Session, arguments: str) -> None:
    """Search another index."""
    if not arguments:
        raise InputError(":use: no folder; give the folder of an index")
    session.use(os.path.expanduser(arguments))
    _stats(session, "")


@command("stats", "إحصاء")
def _stats(session: Session, arguments: str) -> None:  # noqa: ARG001
    """Show what is in the index."""
    session.refresh()
    stats = session.backend.stats()
    session.say(session.greeting())
    for name in session.fields:
        counts = stats["fields"][name]
        shown = translate(f"{counts['terms']} terms, {counts['occurrences']} occurrences")
        session.say(f"    {name:8} {shown}")


@command("quit", "خروج", "q")
def _quit(session: Session, arguments: str) -> None:  # noqa: ARG001
    """Leave."""
    session.done = True
