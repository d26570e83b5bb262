"""The line that is being typed, on terminals that do not turn Arabic round: where each letter and the cursor stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments

from searchkit.shell.bidi import runs_rtl, visual

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

    from searchkit.shell.session import Session


class BidiProcessor(Processor):
    """Shows the line in the order of the screen; left and right move through it in reading order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the fragments in the order of the screen with maps of places both ways."""
        fragments = transformation_input.fragments
        text = fragment_list_to_text(fragments)
        mode = self._session.bidi
        if mode in ("terminal", "off") or text.isascii():
            return Transformation(fragments)
        shown = visual(text, mode)
        rtl = runs_rtl(text)
        letters = explode_text_fragments(fragments)
        turned: StyleAndTextTuples = [("", " ")] if rtl else []  # room for the cursor behind the last letter
        lead = len(turned)
        turned += [(letters[place][0], char) for place, char in zip(shown.order, shown.text, strict=True)]
        columns = {place: column + lead for column, place in enumerate(shown.order)}
        end = _behind(columns[len(text) - 1], text, rtl=rtl)

        def to_display(place: int) -> int:
            return columns.get(place, end)

        def to_source(column: int) -> int:
            return shown.order[column - lead] if lead <= column < len(shown.order) + lead else len(text)

        return Transformation(turned, source_to_display=to_display, display_to_source=to_source)


def _behind(column: int, text: str, *, rtl: bool) -> int:
    """Return where the cursor stands behind the last letter: beyond it in the direction in which it runs."""
    direction = bidirectional(text[-1])
    if direction in ("R", "AL", "NSM") or (rtl and direction not in ("L", "EN", "AN")):
        return max(column - 1, 0)
    return column + 1
