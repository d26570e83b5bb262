"""The last line of the screen."""

import pytest
from bidi.algorithm import get_display

from searchkit.messages import choose
from searchkit.shell.panel import Panel
from searchkit.shell.toolbar import toolbar


@pytest.fixture
def bar(session, settings):
    settings.set("color", "never")
    session.interactive = True
    panel = Panel(session)
    panel.search("سفينة")

    def shown(mode, width=70):
        settings.set("bidi", mode)
        return toolbar(session, panel, width)

    yield shown
    choose("auto")


def test_what_matters_least_is_left_out_where_there_is_no_room(bar):
    choose("en")
    assert bar("app", 200).endswith("F2 root  F3 any  F4 off  F8 app")
    assert bar("app", 20).startswith("3 of 3  ")
    assert "F8" not in bar("app", 20)


@pytest.mark.parametrize("mode", ["app", "terminal"])
def test_in_arabic_the_parts_stand_in_the_same_order(bar, mode):
    choose("ar")
    line = bar(mode, 200)
    seen = get_display(line, base_dir="L") if mode == "terminal" else line
    places = [seen.find(part) for part in ("3", " µs", "index", "F2", "F8")]
    assert places == sorted(places)
    assert -1 not in places
