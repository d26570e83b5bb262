"""The shell as typed into, key by key, without a terminal."""

import io
import os
import shutil
import stat
import sys
import threading
import time

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import searchkit
from searchkit.shell import run
from searchkit.shell.app import converse
from searchkit.shell.history import history_file
from searchkit.shell.keys import in_one_line
from searchkit.shell.prompt import Prompt
from searchkit.shell.settings import load

ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"


@pytest.fixture
def press(session, capsys):
    """Return a function that presses keys until the shell ends, and returns what it printed."""

    def run_keys(keys):
        with create_pipe_input() as source, create_app_session(input=source, output=DummyOutput()):
            source.send_text(keys)
            converse(session, Prompt(session, source=source, screen=DummyOutput()).read)
        return capsys.readouterr()

    return run_keys


def test_arabic_typed_at_the_prompt_is_searched_for(press):
    assert "«سفينة» الصحراء" in press("سفينة" + ENTER + CTRL_D).out


def test_ctrl_d_leaves(press):
    assert press(CTRL_D) == ("", "")


def test_quit_leaves_before_the_next_line(press):
    assert press(":خروج" + ENTER + "سفينة" + ENTER) == ("", "")


def test_ctrl_c_clears_the_line(press):
    out, err = press("(((" + CTRL_C + "سفينة" + ENTER + CTRL_D)
    assert not err
    assert "«سفينة»" in out


def test_errors_do_not_end_the_loop(press):
    out, err = press(":nothing" + ENTER + "سفينة" + ENTER + CTRL_D)
    assert "no such command" in err
    assert "«سفينة»" in out


def test_ctrl_c_during_a_search_goes_back_to_the_prompt(session, monkeypatch):
    def interrupted(_query):
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "search", interrupted)
    lines = iter(["سفينة", ":quit"])
    converse(session, lambda: next(lines))
    assert session.done


def test_history_is_kept_for_its_owner_only(press, directory):
    press("سفينة" + ENTER + CTRL_D)
    path = history_file(directory)
    assert path is not None
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    with open(path, encoding="utf-8") as file:
        assert "+سفينة\n" in file.read()


def test_history_that_others_could_read_is_closed_to_them(directory):
    path = history_file(directory)
    os.chmod(path, 0o644)
    history_file(directory)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_the_shell_works_without_a_home(press, directory, monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", os.devnull)
    assert history_file(directory) is None
    assert "«سفينة»" in press("سفينة" + ENTER + CTRL_D).out


def test_a_relative_state_home_is_ignored(directory, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert os.path.dirname(history_file(directory)) == str(tmp_path / ".local/state/searchkit/history")


def test_lines_from_a_pipe_are_answered_without_a_prompt(directory, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("سفينة\n\n:open 1\n:quit\nالبحارة\n"))
    assert run(directory, load(["limit=1"])) == 0
    out, err = capsys.readouterr()
    assert not err
    assert out.startswith("1. [")
    assert "search>" not in out
    assert "\nid: b\n" in out
    assert "ميناء" not in out


def test_a_line_of_a_pipe_that_fails_is_told_by_the_exit_code(directory, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("(سفينة\nسفينة\n"))
    assert run(directory, load(["limit=1"])) == 2
    out, err = capsys.readouterr()
    assert "^" in err
    assert "«سفينة»" in out


def test_bytes_of_another_encoding_do_not_end_the_session(directory, monkeypatch, capsys):
    data = "سفينة\n".encode("cp1256") + "سفينة\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert run(directory, load(["limit=1"])) == 0
    assert "«سفينة»" in capsys.readouterr().out


def test_no_index_is_one_line_with_the_remedy(tmp_path, capsys):
    assert run(str(tmp_path / "none"), load(["limit=1"])) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err == f"searchkit: {tmp_path / 'none'}: no index here; make one with 'searchkit index PATH'\n"


class Typist:
    """Presses keys one after another, and looks at the screen after each."""

    def __init__(self, source, prompt):
        self._source = source
        self._prompt = prompt
        self.screens = []

    def type(self, *steps):
        for step in steps:
            if callable(step):
                step()
            else:
                self._source.send_text(step)
            time.sleep({ESCAPE: 0.2, WAIT: 1.5}.get(step, 0.05))
            assert self._prompt.settle()
            time.sleep(0.05)
            self.screens.append(self._prompt.panel.lines(60, 20))


@pytest.fixture
def sit(session, capsys, monkeypatch):
    """Return a function that types step by step, and returns the screens after each and what was printed."""
    monkeypatch.setenv("PAGER", "cat")

    def run_steps(*steps):
        with create_pipe_input() as source, create_app_session(input=source, output=DummyOutput()):
            prompt = Prompt(session, source=source, screen=DummyOutput())
            typist = Typist(source, prompt)
            feeder = threading.Thread(target=typist.type, args=(*steps, CTRL_C, CTRL_D))
            feeder.start()
            converse(session, prompt.read)
            feeder.join(20)
            prompt.close()
        return typist.screens, capsys.readouterr().out

    return run_steps


CTRL_R, CTRL_U, WAIT = "\x12", "\x15", ""
DOWN, UP, ESCAPE, CTRL_E, CTRL_S, CTRL_Y, F2, F4, F7 = (
    "\x1b[B", "\x1b[A", "\x1b", "\x05", "\x13", "\x19", "\x1bOQ", "\x1bOS", "\x1b[18~",
)  # fmt: skip


def test_hits_follow_the_typing_and_enter_pins_them(sit):
    screens, out = sit("س", "فينة", ENTER)
    assert screens[0]
    assert "«سفينة» الصحراء" in " ".join(screens[1])
    assert screens[2] == []
    assert "«سفينة» الصحراء" in out


def test_arrows_choose_a_hit_and_enter_opens_it_and_comes_back(sit):
    screens, out = sit("سفينة", DOWN, DOWN, UP, ENTER)
    assert [sum(line.startswith("▸") for line in screen) for screen in screens[:4]] == [0, 1, 1, 1]
    assert screens[1] == screens[3]
    assert "id: b" in out
    assert "«سفينة» الصحراء" in " ".join(screens[4])  # the hits are there again


def test_escape_goes_back_to_the_line(sit):
    screens, _ = sit("سفينة", DOWN, ESCAPE)
    assert screens[0] == screens[2] != screens[1]


def test_ctrl_e_shows_the_reasons(sit):
    screens, _ = sit("سفينة", CTRL_E, CTRL_E)
    assert any("score" in line for line in screens[1])
    assert not any("score" in line for line in screens[2])


def test_f7_shows_them_too_where_the_terminal_keeps_ctrl_e(sit):
    screens, _ = sit("سفينة", F7, F7)
    assert any("score" in line for line in screens[1])
    assert screens[2] == [line.replace(" ", "▸", 1) if not number else line for number, line in enumerate(screens[0])]


def test_copying_is_told_until_the_next_step(sit, session):
    screens, _ = sit("سفينة", CTRL_Y, DOWN, lambda: session.settings.set("clipboard", "off"), CTRL_Y, "ا")
    assert [screen[0].partition(":")[0].partition(",")[0] for screen in (screens[1], screens[4])] == [
        "copied", "not copied",
    ]  # fmt: skip
    assert not any("copied" in line for screen in (screens[0], screens[2], screens[5]) for line in screen)


def test_f_keys_change_what_is_searched(sit, session):
    screens, _ = sit("سفن ", F2, F2, F2)
    assert len(screens[2]) < len(screens[0]) == len(screens[3])
    assert session.settings.text("level") == "root"


def test_commands_are_not_searched_for(sit):
    screens, out = sit(":fields", ENTER)
    assert screens[0] == []
    assert "title" in out


def test_enter_on_a_mistake_says_what_is_wrong_and_keeps_the_line(sit):
    screens, out = sit("سفينة", " (", ENTER, "\x7f", ENTER)
    assert not any("^" in line for line in screens[1])  # not while typing
    assert screens[2][1].strip() == "^"
    assert "«سفينة» الصحراء" in " ".join(screens[2])  # the hits before the mistake
    assert "«سفينة» الصحراء" in out


def test_a_mistake_is_shown_when_the_person_stops_typing(sit):
    screens, _ = sit("سفينة (", WAIT)
    assert not any("^" in line for line in screens[0])
    assert any("^" in line for line in screens[1])


def test_hits_stay_while_the_index_is_gone(sit, directory):
    def remove():
        shutil.rmtree(directory)

    screens, _ = sit("سفينة", remove, " ", "س")
    assert "«سفينة» الصحراء" in " ".join(screens[2])
    assert "no index here" in " ".join(screens[3])


def test_an_index_made_anew_is_picked_up(sit, directory):
    def replace():
        shutil.rmtree(directory)
        with searchkit.create(directory) as writer:
            writer.add(id="z", title="سفينة الفضاء", text="سفينة")

    screens, _ = sit("سفينة", replace, " ")
    assert "الفضاء" in " ".join(screens[2])
    assert "الصحراء" not in " ".join(screens[2])


def test_ctrl_r_finds_an_earlier_line_and_its_hits(sit):
    screens, _ = sit("الجمل", ENTER, "سوق", CTRL_U, CTRL_R, "جمل", ENTER)
    assert "الصحراء" in " ".join(screens[6])


def test_keys_without_hits_do_no_harm(sit):
    sit(DOWN, UP, CTRL_E, CTRL_S, CTRL_Y, F4, ESCAPE)


def test_escape_closes_the_menu_and_leaves_what_was_typed(sit):
    _, out = sit("س", "\t", "\t", ESCAPE, "فينة", ENTER)
    assert "«سفينة» الصحراء" in out


def test_pasted_lines_become_one(sit):
    _, out = sit("\x1b[200~سفينة\r\n  الصحراء\n\x1b[201~", ENTER)
    assert "«سفينة الصحراء»" in out.replace("» «", " ")


@pytest.mark.parametrize(
    ("pasted", "line"), [("a  b ", "a  b "), ("a\n", "a"), (" a \r\n\n\tb\r", "a b"), ("", ""), ("\n", "")]
)
def test_what_is_pasted_has_no_breaks(pasted, line):
    assert in_one_line(pasted) == line
