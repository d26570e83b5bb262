"""Lines below the one that is typed: drawn in pieces, they look on the screen as if drawn letter by letter."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.application.current import set_app
from prompt_toolkit.buffer import Buffer, CompletionState
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import DummyInput
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Float,
    FloatContainer,
    FormattedTextControl,
    Layout,
    Window,
)
from prompt_toolkit.output.vt100 import Vt100_Output

from searchkit.shell import page
from searchkit.shell.page import Page
from searchkit.shell.screen import columns

COLUMNS, ROWS = 12, 4
BOLD, PLAIN = "\033[1m", "\033[0m"


class Terminal(io.StringIO):
    """Keeps what is written to it, and does what little of it draws."""

    encoding = "utf-8"

    def __init__(self):
        super().__init__()
        self.buffer = self
        self.cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self.x = self.y = 0

    def fileno(self):
        return 1

    def isatty(self):
        return True

    def write(self, data):
        text, at = data.decode(), 0
        while at < len(text):
            if text[at] == "\x1b":
                end = next(i for i in range(at + 2, len(text)) if text[i].isalpha())
                self._obey(text[at + 2 : end], text[end])
                at = end
            elif text[at] == "\r":
                self.x = 0
            elif text[at] == "\n":
                self.y += 1
            elif text[at] == "\x08":
                self.x -= 1
            else:
                width = 1 + (text[at] == "表")
                self.cells[self.y][self.x : self.x + width] = [text[at], *[""] * (width - 1)]
                self.x += width
            at += 1

    def _obey(self, number, command):
        steps = int(number) if number.isdecimal() else 1
        if command == "A":
            self.y -= steps
        elif command == "C":
            self.x += steps
        elif command == "D":
            self.x -= steps
        elif command in "KJ":
            self.cells[self.y][self.x :] = [" "] * (COLUMNS - self.x)
            if command == "J":
                self.cells[self.y + 1 :] = [[" "] * COLUMNS for _ in range(self.y + 1, ROWS)]

    def lines(self):
        return ["".join(cells).rstrip() for cells in self.cells]


@pytest.fixture(scope="module")
def draw():
    """Return a function that draws one screen after another, and returns what is seen in the end."""

    def run(*screens, menu=()):
        shown = []
        terminal = Terminal()
        output = Vt100_Output(terminal, lambda: Size(ROWS, COLUMNS), term="xterm", enable_cpr=False)
        with create_app_session(input=DummyInput(), output=output):
            typed = Buffer(document=Document("    "))
            typed.load_history_if_not_yet_loaded = lambda: None  # that wants an event loop
            top = Window(BufferControl(typed), height=lambda: 2 if app.current_buffer.complete_state else 1)
            shown_menu = Condition(lambda: bool(app.current_buffer.complete_state))
            there = ConditionalContainer(Window(FormattedTextControl("xy")), shown_menu)
            floats = [Float(there, xcursor=True, ycursor=True, transparent=True)]
            container = Page([FloatContainer(top, floats)], lambda: 0, lambda _width, height: shown[:height])
            app = Application(Layout(container), output=output)
            app.renderer._min_available_height = ROWS  # as a terminal tells it
            with set_app(app):
                for number, screen in enumerate(screens):
                    shown[:] = screen
                    app.current_buffer.complete_state = CompletionState(typed.document) if number in menu else None
                    app.render_counter += 1
                    app.renderer.render(app, app.layout)
        return terminal.lines()

    return run


def plain(line):
    return line.replace(BOLD, "").replace(PLAIN, "").replace("\t", " ").rstrip()


PIECES = st.lists(
    st.sampled_from(["أب", "a", " ", "bc", "\t", f"{BOLD}a{PLAIN}", f"{BOLD}  {PLAIN}", "c", "表"]), max_size=4
)
LINES = st.lists(PIECES.map("".join).filter(lambda line: columns(plain(line)) < COLUMNS), max_size=ROWS - 1)


@settings(max_examples=60)
@given(st.lists(LINES, min_size=1, max_size=4), st.sets(st.integers(0, 3)))
def test_whatever_was_there_before_the_screen_shows_the_lines(draw, screens, menu):
    seen = draw(*screens, menu=menu)
    top = ["", "    xy"] if len(screens) - 1 in menu else [""]
    wanted = [*top, *(plain(line) for line in screens[-1][: ROWS - len(top)])]
    assert seen == [*wanted, *[""] * (ROWS - len(wanted))]


def test_marks_stand_in_the_cell_of_their_letter_where_a_menu_may_cover_them():
    row = page._letters("بَتٌ")
    assert [row[0].char, row[1].char] == ["بَ", "تٌ"]


def test_a_shorter_line_leaves_nothing_of_a_longer_one(draw):
    assert draw(["abcdef"], ["abc"])[1] == "abc"
    assert draw([f"ab{BOLD}cdef{PLAIN}"], [f"ab{BOLD}cd{PLAIN}"])[1] == "abcd"


def test_beside_a_menu_nothing_is_left_of_the_line_that_was_there(draw):
    assert draw(["abcdefgh"], ["abcdefgh"], menu={1}) == ["", "    xy", "abcdefgh", ""]
    assert draw(["abcdefgh"], ["abcdefgh"], ["abcdefgh"], menu={1}) == ["", "abcdefgh", "", ""]
