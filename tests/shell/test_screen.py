"""Text made fit for a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.shell.screen import columns, printable, underline, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("كتاب", 4), ("كِتَابٌ", 4), ("日本", 4), ("\033[1;33mكتاب\033[0m", 4), ("ا\u200fب", 2)],
)
def test_marks_and_colours_take_no_column_and_wide_letters_two(text, width):
    assert columns(text) == width


@given(st.text())
def test_printable_text_has_no_control_characters_but_colours_tabs_and_line_ends(text):
    safe = printable(text + "\033[1m" + text)
    rest = safe.replace("\033[1m", "").replace("\n", "").replace("\t", "")
    assert not [char for char in rest if unicodedata.category(char) in ("Cc", "Cs") and char != "\033"]
    assert printable(safe) == safe


def test_carets_stand_below_what_they_mean():
    assert underline("بحر )", 4, 5, 40) == ["بحر )", "    ^"]
    assert underline("日本 (", 3, 4, 40) == ["日本 (", "     ^"]
    assert underline("كِتَاب (", 7, 8, 40) == ["كِتَاب (", "     ^"]


def test_an_error_at_the_end_still_gets_a_caret():
    assert underline("بحر", 3, 3, 40) == ["بحر", "   ^"]


@given(st.text(alphabet="اب ًx日\t\n", max_size=200), st.data(), st.integers(20, 60))
def test_both_lines_fit_the_terminal(text, data, width):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for line in underline(text, start, end, width):
        assert columns(line) <= width + 1  # a caret may stand one past the end
        assert "\n" not in line


@given(st.text(alphabet="ابجَ  12.x", max_size=200), st.integers(10, 60))
def test_wrapping_keeps_words_whole_and_in_order(text, width):
    lines = wrap(text, width)
    assert " ".join(lines).split() == text.split()
    for line in lines:
        assert columns(line) <= width or len(line.split()) <= 2


def test_further_lines_begin_below_the_text_of_the_first():
    assert wrap("12. كتاب كتاب كتاب", 10) == ["12. كتاب", "    كتاب", "    كتاب"]
    assert wrap("  كتاب كتاب", 8) == ["  كتاب", "  كتاب"]
