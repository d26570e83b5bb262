"""What the shell knows between two lines, and what it does with a query."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

from searchkit.backends import connect, field_names
from searchkit.errors import InputError, QuerySyntaxError, SearchkitError
from searchkit.messages import language, translate
from searchkit.search.render import Style, text_lines
from searchkit.shell.bidi import IMPLICIT_OFF, IMPLICIT_ON, apart
from searchkit.shell.making import make
from searchkit.shell.panel import unfinished_word
from searchkit.shell.screen import fit, printable, underline
from searchkit.shell.terminals import UNKNOWN, Answer, ask, detect, draws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit.search import Hit, Results
    from searchkit.shell.making import Make
    from searchkit.shell.settings import Settings
    from searchkit.shell.terminals import Terminal

_INDENT = 2  # of a query with a mistake
_FIRST = ("ال", "كتاب الل", "قثضز")  # a beginning, one after a word, and what no document has


class Session:
    """One person's search: the index, the settings and the results that numbers refer to."""

    def __init__(self, directory: str, settings: Settings, *, interactive: bool) -> None:
        """Open an index.

        Raises:
            IndexMissingError: there is none.
            IndexFormatError: it is damaged or of another version.
        """
        self.settings = settings
        self.interactive = interactive
        self.make: Make = make
        self.results: Results | None = None
        self.done = False
        self.query = ""  # the last one
        self.trouble = ""  # why the newest commit cannot be turned to
        self.pages: list[Results] = []  # of the last search, those that were shown
        self.filter = ""
        self.sort = ""
        self.facets: list[str] = []
        self._terminal: Terminal | None = None
        self.has_told = False  # whether the terminal was told to leave the order of letters alone
        self.use(directory)

    @property
    def color(self) -> bool:
        """Whether output is coloured."""
        wanted = self.settings.text("color")
        takes = sys.stdout.isatty() and draws() and not os.environ.get("NO_COLOR")
        return wanted == "always" or (wanted == "auto" and takes)

    @property
    def style(self) -> Style:
        """How things stand out."""
        return Style(color=self.color)

    @property
    def bidi(self) -> str:
        """How the terminal shows Arabic; see ``shell.bidi``."""
        if not self.interactive:
            return "off"
        mode = self.settings.text("bidi")
        return self.terminal.mode if mode == "auto" else mode

    @property
    def terminal(self) -> Terminal:
        """The terminal, as far as its environment tells."""
        self._terminal = self._terminal or detect()
        return self._terminal

    def ask_terminal(self) -> str:
        """Ask the terminal what it is where the environment does not tell; return what was typed meanwhile."""
        if self.settings.text("bidi") not in ("auto", "app"):  # else it makes no difference
            return ""
        answer = Answer(UNKNOWN)

        def name() -> str:
            nonlocal answer
            answer = ask()
            return answer.name

        self._terminal = detect(ask=name)
        return answer.typed

    @property
    def drawing(self) -> str:
        """How lines are drawn: the mode, and what this terminal needs besides; see ``shell.bidi``."""
        return self.terminal.drawing(self.bidi)

    def direction(self) -> str:
        """Return what tells the terminal who turns lines round, nothing where it need not be told."""
        if self.bidi == "app":
            self.has_told = True
            return IMPLICIT_OFF
        return IMPLICIT_ON if self.has_told else ""

    def use(self, directory: str) -> None:
        """Turn to another index; on an error the one in use stays."""
        self.backend = connect(directory)
        self.directory = directory
        self._count()
        self.results = None
        self.query = self.filter = self.sort = self.trouble = ""
        self.facets = []

    def refresh(self) -> None:
        """Turn to the newest commit; where the index has gone or is being replaced, the one in use goes on."""
        try:
            changed = self.backend.refresh()
            self.trouble = ""
        except (SearchkitError, OSError) as error:
            self.trouble = f"{error} (these hits are of the index as it was)"
            return
        if changed:
            self._count()

    def _count(self) -> None:
        self.fields = field_names(self.backend)
        stats = self.backend.stats()
        self.num_docs: int = stats["documents"]
        self.names: list[str] = list(stats["kinds"])

    def find(self, field: str, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Return values of a field, each with the number of documents that have it, most first."""
        return self.backend.complete_value(field, beginning, limit)

    def search(self, query: str) -> None:
        """Search the newest commit and show the hits."""
        self.refresh()
        results = self.backend.search(query, limit=self.settings.number("limit"), facets=self.facets, **self._options())
        self.query = query
        self.pin(results)
        if self.trouble:
            self.complain(self.trouble)

    def more(self) -> None:
        """Show the next hits of the last search.

        Raises:
            InputError: there was none, or all its hits have been shown.
        """
        last = self.results
        if last is None or not self.query or last.query != self.query:
            raise InputError("no hits yet; search for a word first")
        offset = last.offset + len(last)
        results = self.backend.search(self.query, limit=self.settings.number("limit"), offset=offset, **self._options())
        if not len(results):
            raise InputError(f"no more hits: these were all {offset}; search for something else")
        pages = self.pages
        self.pin(results)
        self.pages = [*pages, results]

    def mistake(self, query: str) -> QuerySyntaxError | None:
        """Return why a query cannot be read; None if it can."""
        try:
            self.backend.search(query, limit=1, **self._options())
        except QuerySyntaxError as error:
            return error
        except (SearchkitError, OSError):  # is told when it is searched for
            pass
        return None

    def search_again(self) -> None:
        """Search for the last query with what has been set since; do nothing if there was none."""
        if self.query:
            self.search(self.query)

    def preview(self, text: str) -> Results:
        """Return the hits for a query whose last word may still be growing; nothing is printed."""
        self.refresh()
        word = unfinished_word(text)
        limit = self.settings.number("limit")
        if word and not self.backend.knows(word, fields=self.fields):
            results = self.backend.search(f"{text}*", limit=limit, fallback=False, **self._options())
            if results.total:  # else it may be another form of a word, or the other keyboard layout
                return results
        return self.backend.search(text, limit=limit, **self._options())

    def warm_up(self) -> None:
        """Search for something, so that the first letter does not wait for what has to be imported."""
        try:
            for text in _FIRST:
                for hit in self.preview(text):
                    hit.passage(1)
        except (SearchkitError, OSError):  # is told when something is searched for
            pass

    def pin(self, results: Results) -> None:
        """Show hits for good, and have numbers refer to them."""
        self.take(results)
        for line in text_lines(results, self.style):
            self.say(line)

    def take(self, results: Results) -> None:
        """Have numbers refer to hits."""
        self.results = results
        self.pages = [results]

    def similar(self, hit: Hit) -> Results:
        """Return the documents that are most like a hit."""
        return self.backend.similar(hit.id, limit=self.settings.number("limit"))

    def _options(self) -> dict[str, Any]:
        settings = self.settings
        return {
            "level": settings.text("level"),
            "collapse": settings.on("collapse"),
            "operator": settings.text("operator"),
            "filter": self.filter or None,
            "sort": self.sort or None,
        }

    def hit(self, number: str) -> Hit:
        """Return a hit of the last search by its rank as typed.

        Raises:
            InputError: there is no such hit.
        """
        if not self.results:
            raise InputError(
                "no hits yet; search for a word first"
                if self.results is None
                else "no hits to choose from; search for something else"
            )
        try:
            rank = int(number)
        except ValueError:
            rank = 0
        for page in self.pages:
            if page.offset < rank <= page.offset + len(page):
                return page[rank - 1 - page.offset]
        most = self.results.offset + len(self.results)
        raise InputError(f"{number or 'no number'}: not a hit; give a number from 1 to {most}")

    def greeting(self) -> str:
        """Return which index this is and how many documents it has."""
        one = f"{self.directory}: 1 document"
        return translate(one if self.num_docs == 1 else f"{self.directory}: {self.num_docs} documents")

    def fit(self, line: str, width: int) -> list[str]:
        """Return a line as this terminal can show it: cut between words, and turned round where it does not."""
        return fit(printable(line), width, self.drawing)

    def underline(self, error: QuerySyntaxError, width: int, *, color: bool = False) -> list[str]:
        """Return a query with the place of its mistake underlined."""
        return underline(error.query, error.start, error.end, width, mode=self.drawing, color=color)

    def say(self, line: str = "") -> None:
        """Print a line, made safe for a terminal and fit to its width."""
        width = shutil.get_terminal_size().columns if self.interactive else sys.maxsize
        for part in self.fit(line, width):
            print(part)

    def message(self, line: str) -> str:
        """Return what is said to a person, in their language, with names that stay where they stand."""
        line = translate(line)
        return line if self.bidi == "off" else apart(line, rtl=language() == "ar")

    def complain(self, line: str) -> None:
        """Print a line where errors go."""
        self._complain_of(self.fit(self.message(line), sys.maxsize))

    def point_out(self, error: QuerySyntaxError) -> None:
        """Print a query with its mistake underlined, and what is wrong."""
        width = shutil.get_terminal_size().columns - _INDENT
        self._complain_of(" " * _INDENT + shown for shown in self.underline(error, width))
        self.complain(str(error))

    def _complain_of(self, lines: Iterable[str]) -> None:
        sys.stdout.flush()
        for line in lines:
            print(line, file=sys.stderr, flush=True)
