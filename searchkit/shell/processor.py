"""The line that is being typed: where each letter and the cursor stand."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments

from searchkit.shell.bidi import BEGIN_RTL, END_RTL, RTL_MARK, is_attached, is_mark, runs_rtl, visual
from searchkit.shell.screen import columns

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

    from searchkit.shell.bidi import Visual
    from searchkit.shell.session import Session


class BidiProcessor(Processor):
    """Shows the line in the order of the screen; left and right move through it in reading order."""

    def __init__(self, session: Session, before: int = 0) -> None:
        """Bind the session.

        Args:
            session: whose terminal counts.
            before: columns that are taken in the first row.
        """
        self._session = session
        self._before = before

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the fragments in the order of the screen with maps of places both ways."""
        fragments = transformation_input.fragments
        text = fragment_list_to_text(fragments)
        mode = self._session.drawing
        if mode == "off" or text.isascii():
            return Transformation(fragments)
        letters = explode_text_fragments(fragments)
        if mode == "terminal":
            return _enclosed(letters, text, transformation_input.width, self._before)
        return _turned(letters, text, mode, transformation_input.width, self._before)


def _turned(letters: StyleAndTextTuples, text: str, mode: str, width: int, before: int) -> Transformation:
    """Return letters in the order of the screen, row by row: turned as one, a long line would begin in its last row."""
    rtl = runs_rtl(text)
    turned: StyleAndTextTuples = []
    places_shown: dict[int, int] = {}
    end = 0
    rows = _rows(text, width - before, width)
    for start, stop in rows:
        last = stop == len(text)
        part = text[start:stop]
        shown = visual(part, mode, rtl=rtl)
        lead = " " if rtl and last else ""  # room for the cursor behind the last letter
        at = len(turned) + len(lead)
        own = _columns(shown, part, mode, rtl=rtl)
        places_shown |= {start + place: at + column for place, column in own.items()}
        if last:
            line = lead + shown.text
            end = len(turned) + _behind(len(lead) + own.get(_bases(part)[-1], 0), line, part, rtl=rtl) if part else at
        room = 0 if last else (width if start else width - before) - columns(part)
        turned += [("", char) for char in lead]
        for place, char in zip(shown.order, shown.text, strict=True):
            style = letters[start + place][0]
            turned.append((f"{style} bold" if place in shown.apart else style, char))
        turned += [("", " ")] * room
    bases = _bases(text)
    sources = {column: place for place, column in places_shown.items()}

    def to_display(place: int) -> int:
        return places_shown.get(bases[place], end) if place < len(text) else end

    def to_source(column: int) -> int:
        return sources.get(column, len(text))

    return Transformation(turned, source_to_display=to_display, display_to_source=to_source)


def _rows(text: str, first: int, width: int) -> list[tuple[int, int]]:
    """Return where each row of a line begins and ends, cut between words, with a column to spare for the cursor.

    Args:
        text: the line.
        first: columns of the first row.
        width: columns of all others; not less.
    """
    rows: list[tuple[int, int]] = []
    start, behind_space, used, room = 0, 0, 0, first - 1
    for place, char in enumerate(text):
        size = columns(char)
        if size and used + size > room + (char == " ") > 1 and place > start:
            cut = behind_space if behind_space > start else place
            rows.append((start, cut))
            start, used, room = cut, columns(text[cut:place]), width - 1
        used += size
        if char == " " or (0 < place == behind_space and not size):  # with what stands on it
            behind_space = place + 1
    return [*rows, (start, len(text))]


def _enclosed(letters: StyleAndTextTuples, text: str, width: int, before: int) -> Transformation:
    """Return letters with what has the terminal turn each row round and put the cursor behind the last letter."""
    rtl = runs_rtl(text)
    shown: StyleAndTextTuples = []
    starts: list[int] = []  # of each letter
    for start, stop in _rows(text, width - before, width - 1):
        lead = " " if start else ""  # what has no width would be lost in the first column
        shown += [("", char) for char in lead + BEGIN_RTL * rtl]
        starts += range(len(shown), len(shown) + stop - start)
        shown += letters[start:stop]
        if stop < len(text):
            room = (width if start else width - before) - len(lead) - columns(text[start:stop])
            shown += [("", char) for char in END_RTL * rtl + " " * room]
    starts.append(len(shown))
    if rtl or _turns(text[-1]):  # without the mark the terminal would put the space on the right
        shown += [("", char) for char in f" {RTL_MARK}"]
    bases = _bases(text)

    def to_display(place: int) -> int:
        return starts[bases[place] if place < len(text) else min(place, len(text))]

    def to_source(column: int) -> int:
        return min(bisect_left(starts, column), len(text))

    return Transformation(shown, source_to_display=to_display, display_to_source=to_source)


def _columns(shown: Visual, text: str, mode: str, *, rtl: bool) -> dict[int, int]:
    """Return at which place of a line the cursor stands for each of its letters.

    kitty turns letters round, but not the cursor: that has to stand where the letter is seen. QTerminal shows the
    letter under the cursor in its own column, apart from its word.
    """
    letters = [column for column, char in enumerate(shown.text) if not is_attached(char)]
    seen = visual(text, "app", rtl=rtl) if mode == "words" else shown
    order = [place for place, char in zip(seen.order, seen.text, strict=True) if not is_attached(char)]
    return dict(zip(order, letters, strict=True))


def _bases(text: str) -> list[int]:
    """Return for each place that of its letter: the cursor stands on that also where a mark comes next."""
    bases: list[int] = []
    for place, char in enumerate(text):
        bases.append(bases[-1] if bases and is_mark(char) else place)
    return bases


def _turns(char: str) -> bool:
    return bidirectional(char) in ("R", "AL", "NSM")


def _behind(column: int, shown: str, text: str, *, rtl: bool) -> int:
    """Return where the cursor stands behind the last letter: beyond it in the direction in which it runs."""
    if not _turns(text[-1]) and not (rtl and bidirectional(text[-1]) not in ("L", "EN", "AN")):
        return column + 1
    column -= 1
    while column > 0 and is_attached(shown[column]):
        column -= 1
    return max(column, 0)
