"""The shell in a real terminal."""

import os
import shlex
import shutil
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


class Terminal:
    """A terminal 40 columns wide."""

    def __init__(self, command, socket):
        self._tmux = ["tmux", "-u", "-S", socket, "-f", os.devnull]
        self.call("new-session", "-d", "-x", "40", "-y", "30", command)

    def call(self, *arguments):
        done = subprocess.run([*self._tmux, *arguments], check=True, capture_output=True, timeout=20)
        return done.stdout.decode()

    def press(self, *keys):
        self.call("send-keys", *keys)

    def enter(self, line):
        self.press("-l", line)
        self.press("Enter")

    def wait_for(self, text):
        for _ in range(200):
            screen = self.call("capture-pane", "-p")
            if text in screen:
                return screen
            time.sleep(0.05)
        return pytest.fail(f"{text!r} never came; the screen is\n{screen}")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_person_searches_completes_opens_and_leaves(directory, tmp_path):
    settings = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "PAGER": "cat",
    }
    command = shlex.join(
        [
            "env",
            *(f"{name}={value}" for name, value in settings.items()),
            sys.executable,
            "-c",
            SHELL,
            directory,
            "limit=2",
            "color=never",
        ]
    )
    terminal = Terminal(f"{command}; echo left with $?; sleep 60", str(tmp_path / "tmux"))
    try:
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
    finally:
        terminal.call("kill-server")
