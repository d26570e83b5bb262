"""Which terminal this is."""

import os
import pty
import threading
from types import SimpleNamespace

import pytest

from searchkit.shell import terminals
from searchkit.shell.terminals import UNKNOWN, Terminal, detect, read_answer, reads_arabic


def nobody():
    return ""


@pytest.mark.parametrize(
    ("environment", "name", "mode"),
    [
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, "VTE", "terminal"),
        ({"VTE_VERSION": "5402", "TERM": "xterm-256color"}, "old VTE", "app"),
        ({"KONSOLE_VERSION": "221203", "TERM": "xterm-256color"}, "Konsole", "terminal"),
        ({"TERM": "mlterm", "MLTERM": "3.9.0"}, "mlterm", "terminal"),
        ({"TERM": "xterm-256color", "MLTERM": "3.9.0"}, "mlterm", "terminal"),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}, "Terminal.app", "terminal"),
        ({"TERM_PROGRAM": "mintty", "TERM": "xterm"}, "mintty", "terminal"),
        ({"XTERM_VERSION": "XTerm(379)", "TERM": "xterm"}, "xterm", "app"),
        ({"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, "VS Code", "app"),
        ({"TERM_PROGRAM": "ghostty"}, "Ghostty", "app"),
        ({"TERM_PROGRAM": "iTerm.app"}, "iTerm2", "app"),
        ({"WT_SESSION": "1"}, "Windows Terminal", "app"),
        ({"TERM": "alacritty", "ALACRITTY_LOG": "log"}, "Alacritty", "app"),
        ({"TERM": "rxvt-unicode-256color"}, "rxvt", "app"),
        ({"TERM": "st-256color"}, "st", "app"),
        ({"TERM": "foot"}, "foot", "app"),
        ({"TERM": "xterm-kitty"}, "kitty", "words"),
        ({"TERM_PROGRAM": "zed", "TERM": "xterm-256color"}, "Zed", "app"),
        ({"WEZTERM_PANE": "0", "TERM_PROGRAM": "WezTerm", "TERM": "xterm-256color"}, "WezTerm", "app"),
        ({"GHOSTTY_RESOURCES_DIR": "/usr/share/ghostty", "TERM": "xterm-256color"}, "Ghostty", "app"),
        ({"COLORSCHEMES_DIR": "/usr/lib/qml/QMLTermWidget/color-schemes", "TERM": "xterm"}, "cool-retro-term", "app"),
        ({"LC_TERMINAL": "iTerm2", "TERM": "xterm-256color"}, "iTerm2", "app"),
        ({"TERMINAL_EMULATOR": "JetBrains-JediTerm", "TERM": "xterm-256color"}, "JediTerm", "off"),
        ({"TERM": "linux"}, "Linux console", "app"),
        ({"TERM": "dumb"}, "dumb", "off"),
        ({"TERM": "screen.rxvt-unicode"}, "rxvt", "app"),
        ({"TERM": "screen", "VTE_VERSION": "7000"}, "VTE", "terminal"),
        ({"TERM": "stterm-like"}, UNKNOWN, "app"),
        ({}, UNKNOWN, "app"),
    ],
)
def test_a_terminal_is_known_by_its_environment(environment, name, mode):
    assert detect(environment) == Terminal(name)
    assert detect(environment).mode == mode


def test_a_name_of_one_terminal_alone_counts_more_than_variables_that_were_handed_down():
    assert detect({"TERM": "alacritty", "VTE_VERSION": "7006"}).name == "Alacritty"


@pytest.mark.parametrize(
    ("environment", "answer", "name"),
    [
        ({"TERM": "xterm", "VTE_VERSION": "7006", "XTERM_VERSION": "XTerm(379)"}, "xterm", "xterm"),
        ({"TERM": "xterm", "VTE_VERSION": "7006", "XTERM_VERSION": "XTerm(379)"}, "VTE", "VTE"),
        ({"TERM": "xterm", "VTE_VERSION": "7006", "XTERM_VERSION": "XTerm(379)"}, UNKNOWN, "xterm"),
        ({"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1"}, "Konsole", "Konsole"),
        ({"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1"}, UNKNOWN, UNKNOWN),
    ],
)
def test_where_the_environment_names_none_or_two_the_terminal_is_asked(environment, answer, name):
    assert detect(environment, lambda: answer).name == name


@pytest.mark.parametrize(
    ("name", "drawing"),
    [
        ("xterm", "app"),
        ("Alacritty", "app/before"),
        ("st", "app/none"),
        ("VS Code", "app/held"),
        ("QTerminal", "words/apart"),
    ],
)
def test_what_a_terminal_needs_besides_counts_in_its_own_mode_alone(name, drawing):
    terminal = Terminal(name)
    assert terminal.drawing(terminal.mode) == drawing
    assert terminal.drawing("terminal") == "terminal"


def test_in_a_browser_that_was_started_from_another_terminal_the_answer_counts():
    environment = {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode", "VTE_VERSION": "7006"}
    assert detect(environment, lambda: "xterm.js") == Terminal("xterm.js")


def test_where_the_environment_tells_nobody_is_asked():
    assert detect({"VTE_VERSION": "7006"}, lambda: pytest.fail("asked")).name == "VTE"


@pytest.mark.parametrize(
    ("told", "environment", "name"),
    [
        ("1 0 alacritty", {}, "Alacritty"),
        ("1 0 xterm-256color XTerm(379)", {"VTE_VERSION": "7006"}, "xterm"),  # tmux was started elsewhere
        ("1 0 xterm-256color Konsole 22.12.3", {}, "Konsole"),
        ("1 0 xterm-256color xterm.js(6.1.0)", {}, "xterm.js"),
        ("1 0 xterm-256color", {"KONSOLE_VERSION": "221203"}, "Konsole"),
        ("1 0 xterm-256color", {}, "VTE"),
        ("", {"XTERM_VERSION": "XTerm(379)"}, "xterm"),
    ],
)
def test_tmux_tells_in_which_terminal_it_is_shown(told, environment, name):
    environment = {"TMUX": "socket,1,0", "TERM": "tmux-256color", **environment}
    assert detect(environment, ask_tmux=lambda: told) == Terminal(name)


def test_the_variables_of_the_program_that_shows_tmux_count_not_those_of_its_start(monkeypatch):
    monkeypatch.setattr(terminals, "_environment_of", lambda process: {"VTE_VERSION": "7006"} if process == "7" else {})
    environment = {"TMUX": "socket,1,0", "KONSOLE_VERSION": "221203"}
    assert detect(environment, ask_tmux=lambda: "1 7 xterm-256color").name == "VTE"


def test_the_variables_of_a_process_can_be_read():
    assert terminals._environment_of(str(os.getpid())).get("PATH") == os.environ.get("PATH")
    assert terminals._environment_of("nobody") == terminals._environment_of("") == {}


def test_tmux_tells_whether_its_terminal_reads_utf8():
    environment = {"TMUX": "socket,1,0", "LANG": "C.UTF-8"}
    assert not reads_arabic(detect(environment, ask_tmux=lambda: "0 0 xterm XTerm(379)"), environment)
    assert detect(environment, ask_tmux=lambda: "1 0 xterm XTerm(379)").takes_utf8
    assert detect(environment, ask_tmux=nobody).takes_utf8


@pytest.mark.parametrize(
    ("data", "name", "typed"),
    [
        (b"\033[>41;379;0c\033[?64;1;2c", "xterm", ""),
        (b"\033[>65;7006;1c\033[?65;1;9c", "VTE", ""),
        (b"\033[>65;5400;1c\033[?65;1;9c", "old VTE", ""),
        (b"\033[>1;115;0c\033[?62;1;4c", "Konsole", ""),
        (b"\033[>24;279;0c\033[?63;1c", "mlterm", ""),
        (b"\033[>85;95;0c\033[?1;2c", "rxvt", ""),
        (b"\033[>1;4000;26c\033[?62;c", "kitty", ""),
        (b"\033[>0;136;0c\033[?6c", "PuTTY", ""),
        (b"\033[>84;0;0c\033[?1;2;4c", UNKNOWN, ""),
        (b"\033[>0;276;0c\033[?1;2c", "xterm.js", ""),
        (b"\033[>0;115;0c\033[?1;2c", "QTerminal", ""),
        (b"\033[>0;256;0c\033[?1;2c", "hterm", ""),
        (b"\033[>0;10;1c\033[?61;6;7;22;23;24;28;32;42c", "Windows Terminal", ""),
        (b"\033[?6c", UNKNOWN, ""),
        (b"", UNKNOWN, ""),
        ("سفي".encode() + b"\033[>41;379;0c" + "نة".encode() + b"\033[?64c\r", "xterm", "سفينة"),
    ],
)
def test_a_terminal_is_known_by_its_answer_and_what_is_typed_meanwhile_is_kept(data, name, typed):
    assert read_answer(data) == (name, typed)


@pytest.mark.parametrize(("column", "readable"), [(2, True), (3, False)])
def test_where_the_locale_has_no_utf8_the_cursor_tells(monkeypatch, column, readable):
    monkeypatch.setattr(terminals, "_exchange", lambda *_: b"\033[7;%dR" % column)
    monkeypatch.setattr("sys.stdout", SimpleNamespace(encoding="utf-8"))
    assert reads_arabic(Terminal("xterm"), {"LANG": "C"}) is readable
    assert reads_arabic(Terminal("xterm"), {"LANG": "C", "LC_CTYPE": "C.UTF-8"}) is readable  # by Python
    assert reads_arabic(Terminal("xterm"), {"LANG": "C", "LC_ALL": "ar_SY.UTF-8"})


def test_an_output_of_another_encoding_is_not_asked(monkeypatch):
    monkeypatch.setattr("sys.stdout", SimpleNamespace(encoding="latin-1"))
    assert not reads_arabic(Terminal("xterm"), {"LANG": "C.UTF-8"})


def test_a_terminal_is_asked_without_losing_what_was_typed_before():
    master, slave = pty.openpty()
    os.write(master, "كت".encode())

    def answer():
        seen = b""
        while b"\033[c" not in seen:
            seen += os.read(master, 100)
        os.write(master, b"\033[>85;95;0c\033[?1;2c")

    thread = threading.Thread(target=answer)
    thread.start()
    saved = os.dup(0), os.dup(1)
    os.dup2(slave, 0)
    os.dup2(slave, 1)
    try:
        found = terminals.ask()
    finally:
        for number, copy in enumerate(saved):
            os.dup2(copy, number)
            os.close(copy)
        thread.join(10)
        os.close(slave)
        os.close(master)
    assert found == ("rxvt", "كت")
