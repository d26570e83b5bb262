"""Arabic on terminals that do not turn it round themselves."""

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from searchkit.shell import bidi
from searchkit.shell.bidi import BEGIN_RTL, END_RTL, LTR_MARK, apart, visual
from searchkit.shell.screen import columns, fit, turn

LINES = st.text(alphabet="اب كتَِّسةلا 12.,()[]«»abc\u200f", max_size=40)


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


@pytest.mark.parametrize(
    ("text", "shown", "apart"),
    [
        ("كتاب قديم abc", "abc قديم كتاب", ""),
        ("في «كتاب» (قديم).", ".(قديم) «كتاب» في", "().«»"),
        ("عام 50٪، (12)", "(12) ٪،50 عام", "05"),
        ("سنة ٢٠٢٤م", "٤٢٠٢م سنة", ""),  # Arabic digits are turned round with the letters, so they are turned before
    ],
)
def test_in_kitty_the_letters_of_a_word_stay_in_order(text, shown, apart):
    found = visual(text, "words")
    assert found.text == shown
    assert sorted(text[place] for place in found.apart) == list(apart)


def test_in_kitty_what_stands_beside_letters_has_another_weight_than_they():
    assert turn("كتاب،", "words") == "كتاب،"
    assert turn("كتاب.", "words") == "\033[1m.\033[0mكتاب"
    assert turn("\033[1mكتاب\033[0m.", "words") == ".\033[1mكتاب\033[0m"
    assert turn("\033[1mكتاب.\033[0m", "words") == "\033[1m\033[3m.\033[0m\033[1mكتاب\033[0m"


def test_in_qterminal_spaces_between_words_have_another_weight_as_well():
    assert turn("كتاب جديد، abc", "words/apart") == "abc جديد،\033[1m \033[0mكتاب"
    assert turn("\033[1mكتاب جديد\033[0m", "words/apart") == (
        "\033[1mجديد\033[0m\033[1m\033[3m \033[0m\033[1mكتاب\033[0m"
    )


def test_where_the_terminal_moves_vowel_signs_they_stand_before_their_letter_or_nowhere():
    assert visual("كَتَبَ", "app").text == "ﺐَﺘَﻛَ"
    assert visual("كَتَبَ", "app/before").text == "َﺐَﺘَﻛ"
    assert visual("كَتَبَ", "app/none").text == "ﺐﺘﻛ"
    line = "\033[1mكَتَبَ\033[0m كَم"
    assert turn(line, "app/before") == "ﻢَﻛ َ\033[1mﺐَﺘَﻛ\033[0m"  # a sign belongs to the column on its left
    assert turn(line, "app/none") == "ﻢﻛ \033[1mﺐﺘﻛ\033[0m"


def test_where_the_terminal_may_turn_letters_round_each_is_held_by_a_mark():
    assert visual("كَتب", "app/held").text == f"ﺐ{LTR_MARK}ﺘ{LTR_MARK}ﻛَ{LTR_MARK}"
    assert visual("سنة 50 (٢٠)", "app/held").text == f"(٢{LTR_MARK}٠{LTR_MARK}) 50 ﺔ{LTR_MARK}ﻨ{LTR_MARK}ﺳ{LTR_MARK}"
    line = "\033[1mكَتَبَ\033[0m كم"
    assert turn(line, "app/held").replace(LTR_MARK, "") == turn(line, "app")
    assert f"\033[1m{LTR_MARK}" not in turn(line, "app/held")  # a mark belongs to the cell of its letter


@given(st.text(alphabet="اب كتسةلا 12٣.,()[]«»abc", max_size=40))
def test_what_is_held_stays_in_place_where_it_is_turned_round_after_all_and_takes_no_room(text):
    shown = visual(text, "app/held")
    assert shown.text.replace(LTR_MARK, "") == visual(text, "app").text
    assert columns(shown.text) == columns(visual(text, "app").text)
    assert get_display(shown.text, base_dir="L").replace(LTR_MARK, "") == shown.text.replace(LTR_MARK, "")


@given(LINES)
def test_every_letter_is_shown_once(text):
    for mode in ("app", "words"):
        shown = visual(text, mode)
        has_rtl = any(char > "\u0590" for char in text)
        assert sorted(shown.order) == [i for i, char in enumerate(text) if char != "\u200f" or not has_rtl]
        assert len(shown.text) == len(shown.order)


@given(st.text(alphabet="ابكتسة 12.,abc", max_size=40))
def test_the_order_is_that_of_the_unicode_algorithm(text):
    shown = visual(text, "app")
    assert "".join(text[place] for place in shown.order) == get_display(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("شركة Google (Alphabet) هنا", "ﺎﻨﻫ Google (Alphabet) ﺔﻛﺮﺷ"),
        ("شركة Google (ألفابت) هنا", "ﺎﻨﻫ (ﺖﺑﺎﻔﻟﺃ) Google ﺔﻛﺮﺷ"),
        ("abc (كتاب) كتب", "abc (ﺏﺎﺘﻛ) ﺐﺘﻛ"),
        ("كتاب abc [12 (x)] d", "abc [12 (x)] d ﺏﺎﺘﻛ"),
        ("كتاب abc (x) d", "abc (x) d ﺏﺎﺘﻛ"),
        ("كتاب (abc", "abc) ﺏﺎﺘﻛ"),
    ],
)
def test_brackets_that_belong_together_run_in_one_direction(text, shown):
    assert visual(text, "app").text == shown


@given(LINES)
def test_terminals_that_turn_text_round_get_it_as_it_is(text):
    assert visual(text, "terminal").text == visual(text, "off").text == text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("كتاب (abc) قديم", [" <كتاب (abc) قديم>"]),  # in the first column what has no width would be lost
        ("  3. [1.50] كتاب \033[1mقديم\033[0m", ["  3. [1.50] <كتاب \033[1mقديم\033[0m>"]),
        ("  \033[1mكتاب\033[0m", ["  <\033[1mكتاب\033[0m>"]),
        ("\033[2m  كتاب\033[0m", ["\033[2m  <كتاب\033[0m>"]),
        ("abc كتاب", ["abc كتاب"]),
        ("12 abc", ["12 abc"]),
    ],
)
def test_a_terminal_that_turns_lines_round_is_told_which_run_from_right_to_left(line, shown):
    begin, end = BEGIN_RTL, END_RTL
    assert fit(line, 40, "terminal") == [part.replace("<", begin).replace(">", end) for part in shown]
    assert fit(line, 40, "off") == [line]


def test_each_part_of_a_paragraph_is_told_its_direction():
    assert fit("كتاب abc def", 9, "terminal") == [f" {BEGIN_RTL}كتاب abc{END_RTL}", f" {BEGIN_RTL}def{END_RTL}"]


def test_colours_go_with_their_words_and_the_number_stays_on_the_left():
    line = turn("  3. [1.50] كتاب \033[1;33mقديم\033[0m", "app")
    assert line == "  3. [1.50] \033[1;33mﻢﻳﺪﻗ\033[0m ﺏﺎﺘﻛ"


def test_a_line_is_cut_in_reading_order_before_it_is_turned_round():
    assert fit("كتاب قديم جدا", 9, "app") == ["ﻢﻳﺪﻗ ﺏﺎﺘﻛ", "ﺍﺪﺟ"]
    assert fit("كتاب قديم جدا", 9, "off") == ["كتاب قديم", "جدا"]


def test_further_lines_run_in_the_direction_of_the_first():
    assert fit("lemma كتاب «قلم» in", 12, "app") == ["lemma ﺏﺎﺘﻛ", "«ﻢﻠﻗ» in"]
    assert fit("كتاب abc def", 9, "app") == ["abc ﺏﺎﺘﻛ", "def"]


def test_in_a_message_names_stay_where_they_are_said():
    said = apart("root رهب: «راهب» in text +1.03, حلب +0.2; سيرغي لافروف", rtl=False)
    shown = "root ﺐﻫﺭ: «ﺐﻫﺍﺭ» in text +1.03, ﺐﻠﺣ +0.2; ﻑﻭﺮﻓﺎﻟ ﻲﻏﺮﻴﺳ"
    assert visual(said, "app").text == shown
    assert apart("abc", rtl=False) == "abc"


def test_a_message_runs_in_the_direction_of_its_language_whatever_it_begins_with():
    assert visual(apart("كتاب: in no document", rtl=False), "app").text == "ﺏﺎﺘﻛ: in no document"
    assert visual(apart("a.txt: حفظ", rtl=True), "app").text == "ﻆﻔﺣ :a.txt"


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
