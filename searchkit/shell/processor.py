"""The line that is being typed: where each letter and the cursor stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments

from searchkit.shell.bidi import BEGIN_RTL, RTL_MARK, is_attached, is_mark, runs_rtl, visual

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

    from searchkit.shell.bidi import Visual
    from searchkit.shell.session import Session


class BidiProcessor(Processor):
    """Shows the line in the order of the screen; left and right move through it in reading order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the fragments in the order of the screen with maps of places both ways."""
        fragments = transformation_input.fragments
        text = fragment_list_to_text(fragments)
        mode = self._session.drawing
        if mode == "off" or text.isascii():
            return Transformation(fragments)
        letters = explode_text_fragments(fragments)
        return _enclosed(letters, text) if mode == "terminal" else _turned(letters, text, mode)


def _turned(letters: StyleAndTextTuples, text: str, mode: str) -> Transformation:
    """Return letters in the order of the screen."""
    shown = visual(text, mode)
    rtl = runs_rtl(text)
    lead: StyleAndTextTuples = [("", " ")] if rtl else []  # room for the cursor behind the last letter
    turned: StyleAndTextTuples = [
        (f"{letters[place][0]} bold" if place in shown.apart else letters[place][0], char)
        for place, char in zip(shown.order, shown.text, strict=True)
    ]
    bases = _bases(text)
    columns = {place: column + len(lead) for place, column in _columns(shown, text, mode).items()}
    end = _behind(columns.get(bases[-1], 0), " " * len(lead) + shown.text, text, rtl=rtl)

    places = {column: place for place, column in columns.items()}

    def to_display(place: int) -> int:
        return columns.get(bases[place], end) if place < len(text) else end

    def to_source(column: int) -> int:
        return places.get(column, len(text))

    return Transformation(lead + turned, source_to_display=to_display, display_to_source=to_source)


def _enclosed(letters: StyleAndTextTuples, text: str) -> Transformation:
    """Return letters with what has the terminal turn them round and put the cursor behind the last one."""
    rtl = runs_rtl(text)
    before: StyleAndTextTuples = [("", char) for char in BEGIN_RTL] if rtl else []
    after: StyleAndTextTuples = []
    if rtl or _turns(text[-1]):  # without the mark the terminal would put the space on the right
        after = [("", char) for char in f" {RTL_MARK}"]
    bases = _bases(text)

    def to_display(place: int) -> int:
        return len(before) + (bases[place] if place < len(text) else place)

    def to_source(column: int) -> int:
        return min(max(column - len(before), 0), len(text))

    return Transformation(before + letters + after, source_to_display=to_display, display_to_source=to_source)


def _columns(shown: Visual, text: str, mode: str) -> dict[int, int]:
    """Return at which place of a line the cursor stands for each of its letters.

    kitty turns letters round, but not the cursor: that has to stand where the letter is seen.
    """
    letters = [column for column, char in enumerate(shown.text) if not is_attached(char)]
    seen = visual(text, "app") if mode == "words" else shown
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
