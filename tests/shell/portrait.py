"""A picture of the shell in a real terminal, for a person to look at.

``python tests/shell/portrait.py TERMINAL PICTURE.png [KEYS [OPTION…]]`` starts a virtual screen (Xvfb), in it the
terminal, in that ``searchkit shell`` with the options, types the keys (``\\r`` and other escapes of Python are read)
and takes a picture (``import`` of ImageMagick). A font with Arabic letters has to be there, such as DejaVu Sans Mono.
"""

from __future__ import annotations

import ast
import fcntl
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import termios
import time
import tty

FONT = "DejaVu Sans Mono"
TERMINALS = {
    "alacritty": ["alacritty", "-o", f"font.normal.family={FONT}", "-e"],
    "kitty": ["kitty", "--config", "NONE", "-o", f"font_family={FONT}"],
    "konsole": ["konsole", "--nofork", "-p", f"Font={FONT},11", "-e"],
    "mlterm": ["mlterm", "-e"],
    "pterm": ["pterm", "-fn", f"client:{FONT} 11", "-cs", "UTF-8", "-e"],
    "qterminal": ["qterminal", "-e"],
    "sakura": ["sakura", "-f", f"{FONT} 11", "-x"],
    "stterm": ["stterm", "-f", f"{FONT}:size=11", "-e"],
    "urxvt": ["urxvt", "-fn", f"xft:{FONT}:size=11", "-e"],
    "xfce4-terminal": ["xfce4-terminal", "--disable-server", "--font", f"{FONT} 11", "-x"],
    "xterm": ["xterm", "-u8", "-fa", FONT, "-fs", "11", "-e"],
}
ONE_WORD = ("qterminal", "sakura")  # take the command as one
DISPLAY = ":97"
START_S, KEY_S, END_S = 4.0, 0.05, 1.5


def portray(terminal: str, picture: str, keys: str, options: list[str]) -> None:
    """Start everything, and end it again."""
    environment = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TERM", "TERM_PROGRAM")}
    environment |= {"DISPLAY": DISPLAY, "LIBGL_ALWAYS_SOFTWARE": "1", "LANG": "C.UTF-8"}
    shell = [sys.executable, "-m", "searchkit", "shell", *options]
    inside = [sys.executable, os.path.abspath(__file__), "--type", keys, *shell]
    line = [*TERMINALS[terminal], *([shlex.join(inside)] if terminal in ONE_WORD else inside)]
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1000x640x24"], stderr=subprocess.DEVNULL)
    time.sleep(1)
    shown = subprocess.Popen(line, env=environment, start_new_session=True)
    try:
        time.sleep(START_S + len(keys) * KEY_S + END_S)
        subprocess.run(["import", "-display", DISPLAY, "-window", "root", picture], check=True)
    finally:
        os.killpg(shown.pid, signal.SIGTERM)
        screen.terminate()


def type_into(command: list[str], keys: str) -> None:
    """Run a program on a terminal of its own inside this one, pass on what both say, and type the keys."""
    child, fd = pty.fork()
    if child == 0:
        os.execvp(command[0], command)  # noqa: S606
    tty.setraw(0)
    size = b""
    waiting = re.findall(r"\x1b\[[0-9;]*[A-Za-z~]|.", keys, re.DOTALL)
    due = time.monotonic() + START_S / 2
    while True:
        if size != (now := fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))):
            fcntl.ioctl(fd, termios.TIOCSWINSZ, now)
            size = now
        ready, _, _ = select.select([0, fd], [], [], KEY_S)
        try:
            for source, target in ((0, fd), (fd, 1)):
                if source in ready:
                    os.write(target, os.read(source, 65536))
        except OSError:  # the program has ended
            return
        if waiting and time.monotonic() > due:
            os.write(fd, waiting.pop(0).encode())
            due = time.monotonic() + KEY_S


if __name__ == "__main__":
    if sys.argv[1] == "--type":
        type_into(sys.argv[3:], sys.argv[2])
    else:
        terminal, picture, *rest = sys.argv[1:]
        keys = ast.literal_eval('"' + rest[0].replace('"', '\\"') + '"') if rest else "أستانا"
        portray(terminal, picture, keys, rest[1:])
