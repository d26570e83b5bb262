"""The page: the line that is typed, and below it lines drawn a piece of one colour at a time."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import is_done, renderer_height_is_known
from prompt_toolkit.layout import Container, Dimension
from prompt_toolkit.layout.screen import Char, Transparent, WritePosition

from searchkit.shell.fragments import fragments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.layout.mouse_handlers import MouseHandlers
    from prompt_toolkit.layout.screen import Screen

_EMPTY = Char(" ", Transparent)  # what a screen has where nothing was drawn
_COVERED = Char("|")  # stands behind the first column of a piece; no cell is equal to it, so all is drawn over it


class _Row(defaultdict[int, Char]):
    """The cells of a line, each where it begins."""

    end = 0  # the column behind the last
    last = 0  # the column of the last

    def __missing__(self, column: int) -> Char:
        return _COVERED if column < self.end else _EMPTY

    def add(self, cell: Char) -> None:
        """Put a cell behind the last; marks alone go to the last."""
        if cell.width:
            self.last = self.end
            self[self.end] = cell
            self.end += cell.width
        elif self.end:
            before = self[self.last]
            self[self.last] = Char(before.char + cell.char, before.style)


class Page(Container):
    """A container at the top, and below it lines with colours, as ``Session.fit`` makes them.

    A screen of prompt_toolkit has a cell for each letter, is made anew for each key, and is compared cell by cell. A
    cell may also hold a longer text of one style, as wide as that is; then a line has as many cells as colours. Its own
    split asks for every height several times, and takes longer for that than drawing takes.
    """

    def __init__(
        self, containers: Sequence[Container], shown: Callable[[], int], below: Callable[[int, int], list[str]]
    ) -> None:
        """Bind what is on the page.

        Args:
            containers: one of which is at the top.
            shown: returns which.
            below: returns the lines below it, for so many columns and at most so many lines.
        """
        self._containers = containers
        self._shown = shown
        self._below = below
        self._top = 1  # lines that the container wants
        self._lines: list[str] = []

    def reset(self) -> None:
        """Begin with another line."""
        for container in self._containers:
            container.reset()

    def preferred_width(self, max_available_width: int) -> Dimension:  # noqa: ARG002
        """Ask for nothing."""
        return Dimension()

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """Ask for all lines; this is called once for each drawing, before it."""
        self._top = self._containers[self._shown()].preferred_height(width, max_available_height).preferred
        shown = not is_done() and renderer_height_is_known()
        self._lines = self._below(width - 1, max(max_available_height - self._top, 1)) if shown else []
        return Dimension.exact(min(self._top + len(self._lines), max_available_height))

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,  # noqa: FBT001
        z_index: int | None,
    ) -> None:
        """Draw all of it; where there is no room, the last line stays."""
        x, y, width, height = write_position.xpos, write_position.ypos, write_position.width, write_position.height
        lines = self._lines[max(len(self._lines) - height + 1, 0) :]
        top = WritePosition(x, y, width, min(self._top, height - len(lines)))
        self._containers[self._shown()].write_to_screen(screen, mouse_handlers, top, parent_style, erase_bg, z_index)
        covered = get_app().current_buffer.complete_state is not None  # by a menu, which is drawn letter by letter
        for number, line in enumerate(lines):
            screen.data_buffer[y + top.height + number] = _letters(line) if covered else _pieces(line)
        screen.height = max(screen.height, y + height)

    def get_children(self) -> list[Container]:
        """Return the containers, also those that are not shown."""
        return list(self._containers)


@lru_cache(maxsize=512)
def _pieces(line: str) -> _Row:
    """Return a row with a cell for each piece of one colour; not to be drawn upon."""
    row = _Row()
    for style, text, *_ in fragments([line.replace("\t", " ")]):
        row.add(Char(text, style))
    if row.end - 1 not in row and row.end:
        row[row.end - 1] = _COVERED  # passed by, but it says how far the row goes
    return row


def _letters(line: str) -> _Row:
    """Return a row with a cell for each letter."""
    row = _Row()
    for style, text, *_ in fragments([line.replace("\t", " ")]):
        for char in text:
            row.add(Char(char, style))
    return row
