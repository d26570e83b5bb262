"""Arabic on terminals that do not turn it round themselves."""

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from searchkit.shell import bidi
from searchkit.shell.bidi import detect, resolve, visual
from searchkit.shell.screen import fit, turn

LINES = st.text(alphabet="اب كتَِّسةلا 12.,()[]«»abc\u200f", max_size=40)


@pytest.mark.parametrize(
    ("environment", "mode"),
    [
        ({"VTE_VERSION": "6800", "TERM": "xterm-256color"}, "terminal"),
        ({"VTE_VERSION": "5402"}, "app"),
        ({"KONSOLE_VERSION": "230800"}, "terminal"),
        ({"TERM": "mlterm"}, "terminal"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "terminal"),
        ({"TERM_PROGRAM": "vscode"}, "app"),
        ({"TERM_PROGRAM": "ghostty"}, "app"),
        ({"WT_SESSION": "1"}, "app"),
        ({"ALACRITTY_LOG": "log"}, "app"),
        ({"TERM": "alacritty"}, "app"),
        ({"TERM": "xterm-kitty"}, "words"),
        ({"TERM": "tmux-256color", "TMUX": "socket"}, "off"),
        ({"TERM": "screen", "VTE_VERSION": "7000"}, "terminal"),
        ({"TERM": "linux"}, "off"),
        ({}, "terminal"),
    ],
)
def test_the_terminal_is_known_by_its_environment(environment, mode):
    assert detect(environment) == mode
    assert resolve("auto", environment) == mode
    assert resolve("words", environment) == "words"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("كتاب", "ﺏﺎﺘﻛ"),
        ("abc كتاب", "abc ﺏﺎﺘﻛ"),
        ("كتاب 12 (abc)", "(abc) 12 ﺏﺎﺘﻛ"),
        ("لا", "ﺎﻟ"),  # two letters stay two: a ligature would move all columns
        ("", ""),
    ],
)
def test_a_line_is_turned_round_and_its_letters_are_joined(text, shown):
    assert visual(text, "app").text == shown


def test_marks_stay_behind_the_letter_that_they_stand_on():
    shown = visual("دَرّ", "app").text
    assert [shown[i] for i in range(len(shown)) if shown[i] in "\u064e\u0651"] == ["\u0651", "\u064e"]
    assert shown.index("\u064e") == len(shown) - 1


def test_in_kitty_the_letters_of_a_word_stay_in_order():
    assert visual("كتاب قديم abc", "words").text == "abc قديم كتاب"


@given(LINES)
def test_every_letter_is_shown_once(text):
    for mode in ("app", "words"):
        shown = visual(text, mode)
        assert sorted(shown.order) == list(range(len(text)))
        assert len(shown.text) == len(text)


@given(st.text(alphabet="ابكتسة 12.,()abc", max_size=40))
def test_the_order_is_that_of_the_unicode_algorithm(text):
    shown = visual(text, "app")
    expected = get_display(text)
    brackets = str.maketrans("()", "((")
    assert "".join(text[place] for place in shown.order).translate(brackets) == expected.translate(brackets)


@given(LINES)
def test_terminals_that_turn_text_round_get_it_as_it_is(text):
    assert visual(text, "terminal").text == visual(text, "off").text == text


def test_colours_go_with_their_words_and_the_number_stays_on_the_left():
    line = turn("  3. [1.50] كتاب \033[1;33mقديم\033[0m", "app")
    assert line == "  3. [1.50] \033[1;33mﻢﻳﺪﻗ\033[0m ﺏﺎﺘﻛ"


def test_a_line_is_cut_in_reading_order_before_it_is_turned_round():
    assert fit("كتاب قديم جدا", 9, "app") == ["ﻢﻳﺪﻗ ﺏﺎﺘﻛ", "ﺍﺪﺟ"]
    assert fit("كتاب قديم جدا", 9, "terminal") == ["كتاب قديم", "جدا"]


def test_further_lines_run_in_the_direction_of_the_first():
    assert fit("lemma كتاب «قلم» in", 12, "app") == ["lemma ﺏﺎﺘﻛ", "«ﻢﻠﻗ» in"]
    assert fit("كتاب abc def", 9, "app") == ["abc ﺏﺎﺘﻛ", "def"]


@given(st.text(st.sampled_from("ابتلآةﷺ (),.:-+%«»[]<>َّ\u0651ـ…" + "אב"), max_size=20))
def test_what_runs_from_right_to_left_alone_is_turned_round_as_by_the_whole_algorithm(text):
    text = "ب" + text
    clusters = bidi._clusters(text)
    levels, mirrored = bidi._levels(text, clusters, rtl=True)
    assert bidi._is_plain(text)
    assert levels == [1] * len(clusters)
    assert mirrored == bidi._mirrored(text, clusters)


@given(st.lists(st.sampled_from(["كتاب", "لا", "مُدَرِّسة", "abc", "", "٣", "(ال", "الله"]), max_size=6).map(" ".join))
def test_letters_are_joined_word_by_word_as_in_the_whole_line(text):
    assert bidi._join(text) == bidi._reshaper().reshape(text)
