"""The shell in a real terminal; the screens under ``golden`` are what a person saw.

``SEARCHKIT_GOLDEN=write python -m pytest tests/shell/test_terminal.py`` writes them anew: look at them, then.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

import pytest

SHELL = """
import sys
from searchkit.shell import run
from searchkit.shell.settings import load
sys.exit(run(sys.argv[1], load(sys.argv[2:])))
"""
GOLDEN = os.path.join(os.path.dirname(__file__), "golden")
PATIENCE_S = 20
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, command, socket, columns):
        self._tmux = ["tmux", "-u", "-S", socket, "-f", os.devnull]
        self.call("new-session", "-d", "-x", str(columns), "-y", "30", command)

    def call(self, *arguments):
        done = subprocess.run([*self._tmux, *arguments], check=True, capture_output=True, timeout=20)
        return done.stdout.decode()

    def child(self):
        """Return the process of the program."""
        parent = self.call("list-panes", "-F", "#{pane_pid}").strip()
        return int(
            subprocess.run(["pgrep", "-P", parent], check=True, capture_output=True, text=True).stdout.split()[0]
        )

    def press(self, *keys):
        self.call("send-keys", *keys)

    def enter(self, line):
        self.press("-l", line)
        self.press("Enter")

    def wait_for(self, *texts):
        """Return the screen that has all of these texts and does not change any more."""
        before = ""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            screen = self.call("capture-pane", "-p")
            if screen == before and all(text in screen for text in texts):
                return screen
            before = screen
            time.sleep(0.05)
        return pytest.fail(f"{texts} never came; the screen is\n{screen}")


@pytest.fixture
def sit(directory, tmp_path):
    """Return a function that starts the shell in a terminal."""
    terminals = []

    def start(*settings, columns=40, **environment):
        places = {
            "PYTHONPATH": os.pathsep.join(sys.path), "XDG_STATE_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path), "PAGER": "cat", "LANG": "C.UTF-8", "TERM": "xterm-256color",
        }  # fmt: skip
        variables = [f"{name}={value}" for name, value in {**places, **environment}.items()]
        shell = [sys.executable, "-c", SHELL, "index", *settings]
        command = shlex.join(["env", "-u", "TMUX", "-u", "COLUMNS", *variables, *shell])
        line = f"cd {shlex.quote(os.path.dirname(directory))}; {command}; echo left with $?; sleep 60"
        terminals.append(Terminal(line, str(tmp_path / f"tmux{len(terminals)}"), columns))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.call("kill-server")


def check(name, screen):
    """Compare a screen with the one that was kept; times differ."""
    screen = re.sub(r"\d+ µs", "N µs", re.sub(r"in [\d.]+ ms", "in N ms", screen))
    screen = "\n".join(line.rstrip() for line in screen.rstrip().split("\n")) + "\n"
    path = os.path.join(GOLDEN, f"{name}.txt")
    if os.environ.get("SEARCHKIT_GOLDEN") == "write":
        with open(path, "w", encoding="utf-8") as file:
            file.write(screen)
    with open(path, encoding="utf-8") as file:
        assert screen == file.read()


def test_a_person_searches_completes_opens_and_leaves(sit):
    terminal = sit("limit=2", "color=never", "bidi=off")
    terminal.wait_for("search>")
    terminal.enter("سفينة")
    assert "«سفينة»" in terminal.wait_for("documents in")
    terminal.press("-l", "البح")
    terminal.press("Tab")
    terminal.wait_for("1 البحارة")
    terminal.press("C-c")
    terminal.enter(":open 1")
    terminal.wait_for("id: ")
    terminal.enter(":limit 7")
    terminal.wait_for("limit 7\nsearch>")
    terminal.press("Up")
    terminal.press("BSpace")
    terminal.enter("6")
    terminal.wait_for("limit 6\nsearch>")
    terminal.press("C-d")
    terminal.wait_for("left with 0")


@pytest.mark.parametrize(("mode", "columns"), [("app", 70), ("terminal", 70), ("words", 70), ("app", 40)])
def test_what_a_person_sees_from_the_first_letter_to_the_last(sit, mode, columns):
    terminal = sit("color=never", f"bidi={mode}", columns=columns)
    terminal.wait_for("search>")
    name = f"{mode}{columns}-"
    for letter in "السفينة":
        terminal.press("-l", letter)
    check(f"{name}typed", terminal.wait_for("3.", "3 of 3"))
    terminal.press("Down")
    terminal.press("Down")
    terminal.press("C-e")
    check(f"{name}explained", terminal.wait_for("▸ 2.", "score"))
    terminal.press("C-e")
    terminal.press("Enter")
    check(f"{name}opened", terminal.wait_for("id:", "▸ 2."))
    terminal.press("C-c")
    terminal.wait_for("search>\n")
    terminal.press("-l", "سوق")
    terminal.wait_for("2 of 3")
    terminal.press("-l", " (")
    check(f"{name}mistake", terminal.wait_for("^"))
    terminal.press("C-c")
    terminal.wait_for("search>\n")
    terminal.press("C-d")
    terminal.wait_for("left with 0")


def test_colours_stay_with_their_words_in_app_mode(sit):
    terminal = sit("color=always", "bidi=app", columns=70)
    terminal.wait_for("search>")
    terminal.press("-l", "السفينة")
    terminal.wait_for("3.", "3 of 3")
    screen = terminal.call("capture-pane", "-p", "-e")
    words = re.findall(r"\x1b\[1m\x1b\[91m(.*?)\x1b", screen)
    assert words
    assert all("ﻔﺳ" in word and " " not in word for word in words)


def test_a_terminal_is_given_back_when_the_shell_is_stopped_and_taken_again_when_it_goes_on(sit, tmp_path):
    terminal = sit("bidi=app")
    terminal.call("pipe-pane", "-o", f"cat > {shlex.quote(str(tmp_path / 'raw'))}")
    terminal.wait_for("search>")
    child = terminal.child()
    os.kill(child, signal.SIGTSTP)
    time.sleep(0.2)
    os.kill(child, signal.SIGCONT)
    terminal.press("-l", "كتاب")
    terminal.wait_for("ﺏﺎﺘﻛ")
    terminal.press("C-c")
    terminal.wait_for("search>\n")
    terminal.press("C-d")
    terminal.wait_for("left with 0")
    told = re.findall(rb"\x1b\[8[hl]", (tmp_path / "raw").read_bytes())
    assert told[-3:] == [b"\x1b[8h", b"\x1b[8l", b"\x1b[8h"]


@pytest.mark.parametrize("end", ["leaving", "a signal"])
def test_the_terminal_is_told_who_turns_lines_round_and_told_again_at_the_end(sit, end, tmp_path):
    terminal = sit("bidi=off")
    terminal.call("pipe-pane", "-o", f"cat > {shlex.quote(str(tmp_path / 'raw'))}")
    terminal.wait_for("search>")
    terminal.press("F8")  # auto
    terminal.press("F8")  # terminal
    terminal.press("F8")  # app
    terminal.press("-l", "كتاب")
    terminal.wait_for("ﺏﺎﺘﻛ")
    if end == "leaving":
        terminal.press("C-c")
        terminal.wait_for("search>\n")
        terminal.press("C-d")
        terminal.wait_for("left with 0")
    else:
        os.kill(terminal.child(), signal.SIGTERM)
        terminal.wait_for("left with 143")
    raw = (tmp_path / "raw").read_bytes()
    assert 0 <= raw.find(b"\x1b[8l") < raw.rfind(b"\x1b[8h")


def test_a_terminal_that_can_draw_nothing_gets_lines(sit):
    terminal = sit(TERM="dumb")
    terminal.wait_for("search>")
    terminal.enter("سفينة")
    assert "«سفينة»" in terminal.wait_for("3 documents in")  # no colours either
    terminal.enter(":خروج")
    terminal.wait_for("left with 0")


def test_where_there_is_no_index_one_is_offered(sit, directory):
    shutil.rmtree(directory)
    with open(os.path.join(os.path.dirname(directory), "كتب.txt"), "w", encoding="utf-8") as file:
        file.write("سفينة الصحراء\n")
    terminal = sit("color=never")
    terminal.wait_for("files or a folder to")
    terminal.enter("كتب.txt")
    terminal.wait_for("search>")
    terminal.press("-l", "سفينة")
    terminal.wait_for("1.", "1 of 1")
