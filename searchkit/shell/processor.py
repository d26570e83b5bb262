"""The line that is being typed, on terminals that do not turn Arabic round: where each letter and the cursor stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments

from searchkit.shell.bidi import visual

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
        letters = explode_text_fragments(fragments)
        turned: StyleAndTextTuples = [
            (letters[place][0], char)
            for place, char in zip(shown.order, shown.text, strict=True)
            if place < len(letters)
        ]
        columns = {place: column for column, place in enumerate(shown.order)}

        def to_display(place: int) -> int:
            return columns.get(place, _after_last(columns, place, text))

        def to_source(column: int) -> int:
            return shown.order[column] if 0 <= column < len(shown.order) else len(text)

        return Transformation(turned, source_to_display=to_display, display_to_source=to_source)


def _after_last(columns: dict[int, int], place: int, text: str) -> int:
    """Return where the cursor stands behind the last letter: beyond it in the direction in which it runs."""
    if not text or place < len(text):
        return place
    from unicodedata import bidirectional

    last = columns[len(text) - 1]
    rtl = bidirectional(text[-1]) in ("R", "AL", "NSM")
    return max(last - 1, 0) if rtl and last else len(text) if not rtl else 0
