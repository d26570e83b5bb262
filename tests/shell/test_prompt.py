"""The shell as typed into, key by key, without a terminal."""

import io
import os
import stat
import sys

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from searchkit.shell import run
from searchkit.shell.app import converse
from searchkit.shell.history import history_file
from searchkit.shell.prompt import Prompt

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
    out, err = press("بحر (((" + ENTER + ":nothing" + ENTER + "سفينة" + ENTER + CTRL_D)
    assert "^" in err
    assert "no such command" in err
    assert "«سفينة»" in out


def test_ctrl_c_during_a_search_goes_back_to_the_prompt(session, monkeypatch):
    def interrupted(_query):
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "search", interrupted)
    lines = iter(["سفينة", ":quit"])
    converse(session, lambda: next(lines))
    assert session.done


def test_history_is_kept_for_its_owner_only(press):
    press("سفينة" + ENTER + CTRL_D)
    path = history_file()
    assert path is not None
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    with open(path, encoding="utf-8") as file:
        assert "+سفينة\n" in file.read()


def test_history_that_others_could_read_is_closed_to_them():
    path = history_file()
    os.chmod(path, 0o644)
    history_file()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_the_shell_works_without_a_home(press, monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", os.devnull)
    assert history_file() is None
    assert "«سفينة»" in press("سفينة" + ENTER + CTRL_D).out


def test_a_relative_state_home_is_ignored(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert history_file() == str(tmp_path / ".local/state/searchkit/history")


def test_lines_from_a_pipe_are_answered_without_a_prompt(directory, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("سفينة\n\n:open 1\n:quit\nالبحارة\n"))
    assert run(directory, limit=1, color=False) == 0
    out, err = capsys.readouterr()
    assert not err
    assert out.startswith("1. [")
    assert "search>" not in out
    assert "\nid: b\n" in out
    assert "ميناء" not in out


def test_a_line_of_a_pipe_that_fails_is_told_by_the_exit_code(directory, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("(سفينة\nسفينة\n"))
    assert run(directory, limit=1, color=False) == 2
    out, err = capsys.readouterr()
    assert "^" in err
    assert "«سفينة»" in out


def test_bytes_of_another_encoding_do_not_end_the_session(directory, monkeypatch, capsys):
    data = "سفينة\n".encode("cp1256") + "سفينة\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert run(directory, limit=1, color=False) == 0
    assert "«سفينة»" in capsys.readouterr().out


def test_no_index_is_one_line_with_the_remedy(tmp_path, capsys):
    assert run(str(tmp_path / "none"), limit=1, color=False) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err == f"searchkit: {tmp_path / 'none'}: no index here; make one with 'searchkit index PATH'\n"
