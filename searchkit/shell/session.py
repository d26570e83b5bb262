"""What the shell knows between two lines, and what it does with a query."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from searchkit.backends import connect, field_names
from searchkit.errors import InputError
from searchkit.search.render import Style, text_lines
from searchkit.shell.screen import printable, wrap

if TYPE_CHECKING:
    from searchkit.search import Hit, Results


class Session:
    """One person's search: the index, the limit and the results that numbers refer to."""

    def __init__(self, directory: str, *, limit: int, color: bool, interactive: bool) -> None:
        """Open an index.

        Raises:
            IndexMissingError: there is none.
            IndexFormatError: it is damaged or of another version.
        """
        self.limit = limit
        self.style = Style(color=color)
        self.color = color
        self.interactive = interactive
        self.results: Results | None = None
        self.done = False
        self.use(directory)

    def use(self, directory: str) -> None:
        """Turn to another index; on an error the one in use stays."""
        self.backend = connect(directory)
        self.directory = directory
        self.fields = field_names(self.backend)
        self.results = None

    def search(self, query: str) -> None:
        """Search the newest commit and show the hits."""
        if self.backend.refresh():
            self.fields = field_names(self.backend)
        self.show(self.backend.search(query, limit=self.limit))

    def show(self, results: Results) -> None:
        """Show hits; numbers refer to them from now on."""
        self.results = results
        for line in text_lines(results, self.style):
            self.say(line)

    def hit(self, number: str) -> Hit:
        """Return a hit of the last search by its rank as typed.

        Raises:
            InputError: there is no such hit.
        """
        if not self.results:
            raise InputError(
                "no hits yet; search for a word first" if self.results is None else "no hits to choose from"
            )
        try:
            rank = int(number)
        except ValueError:
            rank = 0
        if not 1 <= rank <= len(self.results):
            raise InputError(f"{number or 'no number'}: not a hit; give a number from 1 to {len(self.results)}")
        return self.results[rank - 1]

    def greeting(self) -> str:
        """Return which index this is and how many documents it has."""
        count = self.backend.stats()["documents"]
        return f"{self.directory}: {count} {'document' if count == 1 else 'documents'}"

    def say(self, line: str = "") -> None:
        """Print a line, made safe for a terminal and fit to its width."""
        width = shutil.get_terminal_size().columns if self.interactive else sys.maxsize
        for part in wrap(printable(line), width):
            print(part)

    def complain(self, line: str) -> None:
        """Print a line where errors go."""
        sys.stdout.flush()
        print(printable(line), file=sys.stderr, flush=True)
