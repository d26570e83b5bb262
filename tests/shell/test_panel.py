"""What stands below the line that is typed."""

import pytest

from searchkit.shell.panel import Panel, unfinished_word
from searchkit.shell.screen import columns


@pytest.fixture
def panel(session):
    return Panel(session)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("كت", "كت"),
        ("بحر كت", "كت"),
        ("كتاب ", ""),
        ("=كتاب", ""),
        ("بحر -كت", ""),
        ("+كت", ""),
        ('"بحر كت', ""),
        ("«بحر كت", ""),
        ("«بحر» كت", "كت"),
        ("title:كت", "كت"),
        ("كت*", ""),
        ("كتب~", ""),
        ("كتب^2", ""),
        ("٢٢", ""),
        ("(كت", "كت"),
        ("", ""),
    ],
)
def test_a_word_may_go_on_where_nothing_says_that_it_is_finished(text, word):
    assert unfinished_word(text) == word


def test_hits_come_from_the_first_letters(panel):
    panel.search("سف")
    assert panel.shown.results is not None
    assert panel.shown.results.total == 2


def test_a_word_of_the_index_is_searched_as_it_is(panel):
    panel.search("سوق")
    assert [hit.id for hit in panel.shown.results] == ["c", "a"]


def test_hits_stay_while_a_query_cannot_be_read_yet(panel):
    panel.search("سفينة")
    panel.search("سفينة (")
    assert panel.shown.results.total == 3
    assert not panel.shown.problem


def test_the_chosen_hit_is_marked_and_stays_on_the_screen(panel):
    panel.search("سفينة")
    for _ in range(3):
        panel.move(1)
    lines = panel.lines(60, 3)
    assert len(lines) == 3
    assert lines[0].startswith("▸ 3. ")
    assert not panel.move(1)
    assert panel.chosen == 2


def test_going_up_from_the_first_hit_is_the_line_again(panel):
    panel.search("سفينة")
    panel.move(1)
    panel.move(-1)
    assert panel.chosen == -1
    assert not panel.move(-1)


def test_the_reasons_stand_below_the_chosen_hit_and_go_again(panel):
    panel.search("سفينة")
    before = panel.lines(80, 40)
    panel.explain()
    assert any("score" in line for line in panel.lines(80, 40))
    panel.explain()
    panel.move(-1)
    assert panel.lines(80, 40) == before


@pytest.mark.parametrize("width", [20, 40, 100])
def test_no_line_is_wider_than_the_screen(panel, width):
    panel.search("سفينة")
    panel.explain()
    lines = panel.lines(width, 100)
    assert all(columns(line) <= width or len(line.split()) <= 3 for line in lines)
