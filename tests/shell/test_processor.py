"""Where the cursor stands in a line that is turned round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import TransformationInput

from searchkit.shell import processor
from searchkit.shell.bidi import runs_rtl
from searchkit.shell.processor import BidiProcessor
from searchkit.shell.screen import columns


class Person:
    """Somebody at a terminal that does not turn lines round."""

    drawing = "app"


def shown(text, mode="app", suggestion="", width=80, before=0):
    person = Person()
    person.drawing = mode
    control = BufferControl(Buffer())
    fragments = [("", text), ("class:auto-suggestion", suggestion)]
    given = TransformationInput(control, Document(text), 0, lambda place: place, fragments, width, 24)
    return BidiProcessor(person, before).apply_transformation(given)


@pytest.mark.parametrize(
    ("text", "line", "end"),
    [
        ("كتاب", " ﺏﺎﺘﻛ", 0),
        ("كتاب ", "  ﺏﺎﺘﻛ", 0),
        ("كتاب abc", " abc ﺏﺎﺘﻛ", 4),
        ("كتاب 12", " 12 ﺏﺎﺘﻛ", 3),
        ("abc كتاب", "abc ﺏﺎﺘﻛ", 3),
        ("abc كتاب d", "abc ﺏﺎﺘﻛ d", 10),
        ("title:كتاب", "title:ﺏﺎﺘﻛ", 5),
    ],
)
def test_the_cursor_stands_where_the_next_letter_will(text, line, end):
    turned = shown(text)
    assert fragment_list_to_text(turned.fragments) == line
    assert turned.source_to_display(len(text)) == end


def test_the_cursor_stands_on_the_letter_that_it_is_before():
    turned = shown("كتاب abc")
    assert [turned.source_to_display(place) for place in range(8)] == [8, 7, 6, 5, 4, 1, 2, 3]
    assert [turned.display_to_source(column) for column in range(9)] == [8, 5, 6, 7, 4, 3, 2, 1, 0]


def test_what_history_suggests_stands_behind_the_cursor():
    turned = shown("كت", suggestion="اب")
    assert fragment_list_to_text(turned.fragments) == " ﺏﺎﺘﻛ"
    assert turned.source_to_display(2) == 2  # on the first letter that is suggested
    assert turned.fragments[1][0] == turned.fragments[2][0] == "class:auto-suggestion"


def test_other_terminals_get_the_line_as_it_is():
    assert fragment_list_to_text(shown("كتاب abc", "off").fragments) == "كتاب abc"
    assert fragment_list_to_text(shown("abc", "terminal").fragments) == "abc"


@pytest.mark.parametrize(
    ("text", "line", "end"),
    [
        ("كتاب", "\u200e\u202bكتاب \u200f", 6),  # on the space, which the mark keeps left of the letters
        ("كتاب abc", "\u200e\u202bكتاب abc \u200f", 10),
        ("abc كتاب", "abc كتاب \u200f", 8),
        ("abc كتاب d", "abc كتاب d", 10),
    ],
)
def test_a_terminal_that_turns_lines_round_is_told_where_the_line_goes_on(text, line, end):
    turned = shown(text, "terminal")
    assert fragment_list_to_text(turned.fragments) == line
    assert turned.source_to_display(len(text)) == end
    places = [turned.display_to_source(turned.source_to_display(place)) for place in range(len(text) + 1)]
    assert places == list(range(len(text) + 1))


@pytest.mark.parametrize(
    ("mode", "line", "columns"),
    [
        ("app", " ﺐَﺘَﻛَ", [5, 5, 3, 3, 1, 1, 0]),
        ("app/before", " َﺐَﺘَﻛ", [6, 6, 4, 4, 2, 2, 0]),
        ("app/none", " ﺐﺘﻛ", [3, 3, 2, 2, 1, 1, 0]),
        ("app/held", " ﺐَ\u200eﺘَ\u200eﻛَ\u200e", [7, 7, 4, 4, 1, 1, 0]),
        ("terminal", "\u200e\u202bكَتَبَ \u200f", [2, 2, 4, 4, 6, 6, 8]),
    ],
)
def test_the_cursor_never_stands_on_a_vowel_sign(mode, line, columns):
    turned = shown("كَتَبَ", mode)
    assert fragment_list_to_text(turned.fragments) == line
    assert [turned.source_to_display(place) for place in range(7)] == columns


def test_in_kitty_the_cursor_stands_where_a_letter_is_seen():
    turned = shown("كتاب abc", "words")
    assert fragment_list_to_text(turned.fragments) == " abc كتاب"
    assert [turned.source_to_display(place) for place in range(9)] == [8, 7, 6, 5, 4, 1, 2, 3, 4]
    assert shown("كتاب", "words").source_to_display(4) == 0


@given(
    st.text(alphabet="اب كتَة12.()abc", max_size=30), st.sampled_from(["app", "app/held", "words"]), st.integers(0, 80)
)
def test_every_place_has_its_column_and_every_column_its_place(text, mode, size):
    turned = shown(text, mode, width=size)
    width = len(fragment_list_to_text(turned.fragments))
    places = [turned.source_to_display(place) for place in range(len(text) + 1)]
    letters = [place for place, char in enumerate(text) if char != "َ"]  # a vowel sign is in the column of its letter
    assert len({places[place] for place in letters}) == len(letters)
    assert all(0 <= column <= width for column in places)
    assert all(turned.display_to_source(places[place]) == place for place in letters)


def test_a_long_line_goes_on_in_the_next_row_and_is_cut_between_words():
    turned = shown("كتاب جديد عن مدينة بعيدة", width=14, before=4)
    text = fragment_list_to_text(turned.fragments)
    rows = text[:10], text[10:24], text[24:]
    assert rows == (" ﺪﻳﺪﺟ ﺏﺎﺘﻛ", " ﺔﻨﻳﺪﻣ ﻦﻋ     ", " ﺓﺪﻴﻌﺑ")
    assert [turned.source_to_display(place) for place in (0, 5, 10, 13, 19, 24)] == [9, 4, 18, 15, 29, 24]


def test_each_row_of_a_long_line_is_enclosed_where_the_terminal_turns_it_round():
    turned = shown("كتاب جديد عن مدينة", "terminal", width=14, before=4)
    begin, end = "\u200e\u202b", "\u202c"
    assert fragment_list_to_text(turned.fragments) == f"{begin}كتاب جديد {end} {begin}عن مدينة \u200f"
    assert [turned.source_to_display(place) for place in (0, 9, 10, 17, 18)] == [2, 11, 16, 23, 24]
    assert [turned.display_to_source(column) for column in (0, 2, 11, 16, 24, 40)] == [0, 0, 9, 10, 18, 18]


@given(st.text(alphabet="اب كتَة12.()abc", max_size=60), st.integers(4, 30), st.integers(1, 8))
def test_all_rows_but_the_last_are_full_where_the_terminal_turns_them_round(text, width, before):
    turned = shown(text, "terminal", width=width + before, before=before)
    if text.isascii():
        return
    seen = fragment_list_to_text(turned.fragments)
    rows = processor._rows(text, width, width + before - 1)
    start, _ = rows[-1]
    full = width * (len(rows) - 1) + before * max(len(rows) - 2, 0)
    assert columns(seen[: turned.source_to_display(start)]) == full + (len(rows) > 1) or start == len(text)
    letters = [place for place, char in enumerate(text) if char != "َ"]
    assert all(turned.display_to_source(turned.source_to_display(place)) == place for place in letters)


@given(st.text(alphabet="اب كتَة12.()abc", max_size=60), st.integers(4, 30), st.integers(1, 8))
def test_all_rows_of_a_long_line_but_the_last_are_full(text, width, before):
    turned = shown(text, "app/held", width=width + before, before=before)
    if text.isascii():
        return
    rows = processor._rows(text, width, width + before)
    assert "".join(text[start:stop] for start, stop in rows) == text
    assert all(columns(text[start:stop]) <= width + (before if start else 0) for start, stop in rows)
    last = columns(text[rows[-1][0] :]) + runs_rtl(text)
    full = width * (len(rows) - 1) + before * max(len(rows) - 2, 0)
    assert columns(fragment_list_to_text(turned.fragments)) == full + last
