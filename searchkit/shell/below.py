"""What stands below the line, drawn a piece of one colour at a time instead of a letter at a time."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.layout import Container, Dimension
from prompt_toolkit.layout.screen import Char, Transparent
from prompt_toolkit.utils import get_cwidth

from searchkit.shell.fragments import fragments

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.layout.mouse_handlers import MouseHandlers
    from prompt_toolkit.layout.screen import Screen, WritePosition

    Row = defaultdict[int, Char]

_EMPTY = Char(" ", Transparent)  # what a screen has where nothing was drawn; no piece is equal to it
_END = Char("|")  # stands in the last column of a piece, is passed by, and says how far the row goes


class Below(Container):
    """Lines with colours, as ``Session.fit`` makes them.

    A screen of prompt_toolkit has a cell for each letter, is made anew for each key, and is compared cell by cell. A
    cell may also hold a longer text of one style, as wide as that is; then a line has as many cells as colours.
    """

    def __init__(self, lines: Callable[[int, int], list[str]]) -> None:
        """Bind the lines.

        Args:
            lines: returns them for so many columns and at most so many lines.
        """
        self._lines = lines
        self._wanted_by = (-1, 0, 0)  # the drawing, columns and lines of
        self._wanted: list[str] = []  # what there would be room for if it had all that it may ask for

    def reset(self) -> None:
        """Do nothing: what it knows holds for one drawing only."""

    def preferred_width(self, max_available_width: int) -> Dimension:  # noqa: ARG002
        """Ask for nothing."""
        return Dimension()

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """Ask for as many lines as there are, and be content with one."""
        drawing = get_app().render_counter  # it is asked several times in each
        if self._wanted_by != (drawing, width, max_available_height):
            self._wanted_by = drawing, width, max_available_height
            self._wanted = self._lines(width - 1, max_available_height - 1)
        size = len(self._wanted)
        return Dimension(min=min(1, size), max=size, preferred=size)

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,  # noqa: ARG002
        write_position: WritePosition,
        parent_style: str,  # noqa: ARG002
        erase_bg: bool,  # noqa: ARG002, FBT001
        z_index: int | None,  # noqa: ARG002
    ) -> None:
        """Draw the lines."""
        top, height = write_position.ypos, write_position.height
        covered = get_app().current_buffer.complete_state is not None  # by a menu, which is drawn letter by letter
        lines = self._wanted if len(self._wanted) <= height else self._lines(write_position.width - 1, height)
        for number, line in enumerate(lines):
            screen.data_buffer[top + number] = _letters(line) if covered else _pieces(line)
        screen.height = max(screen.height, top + height)

    def get_children(self) -> list[Container]:
        """Return nothing: there are no containers in it."""
        return []


@lru_cache(maxsize=512)
def _pieces(line: str) -> Row:
    """Return a row with a cell for each piece of one colour; not to be drawn upon."""
    row = _row()
    column = 0
    for style, text, *_ in fragments([line]):
        row[column] = piece = Char(text.replace("\t", " "), style)
        if piece.width > 1:
            row[column + piece.width - 1] = _END
        column += piece.width
    return row


def _letters(line: str) -> Row:
    """Return a row with a cell for each letter."""
    row = _row()
    column = 0
    for style, text, *_ in fragments([line]):
        for char in text:
            width = get_cwidth(char)
            if width:
                row[column] = Char(char, style)
                column += width
            elif column:
                row[column - 1] = Char(row[column - 1].char + char, style)
    return row


def _row() -> Row:
    return defaultdict(lambda: _EMPTY)
