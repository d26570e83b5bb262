"""How long the shell takes to its first prompt, and from a key to its letter and its hits, in a terminal of its own.

``python benchmarks/keystrokes.py INDEX``: milliseconds. The keys of the queries are typed one after another; a letter
is there with the first that the shell draws after the key, its hits with the last. What other programs do at the time
is part of the figures, so the load is printed, and the quietest of several runs is the one to look at.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

QUERIES = (
    "أستانا سوريا", "وزير الخارجية", "المملكة العربية السعودية", "محمد صلاح", "انتخابات الرئيس", "مجلس الأمن",
    "اقتصاد النفط", "كرة القدم", "الدوري الإسباني",
)  # fmt: skip
ROWS, COLUMNS = 24, 80
CURSOR_ASKED, CURSOR_HERE = b"\x1b[6n", b"\x1b[1;1R"
QUIET_S = 0.12  # nothing more comes after that


class Shell:
    """A shell in a terminal."""

    def __init__(self, index: str, home: str) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            places = {"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "TERM": "xterm-256color"}
            places["VTE_VERSION"] = "7006"  # else it is asked which terminal it is, and this one does not answer
            command = [sys.executable, "-m", "searchkit", "shell", "--index", index, "--set", "history=off"]
            os.execvpe(sys.executable, command, {**os.environ, **places})  # noqa: S606
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, quiet_s: float = QUIET_S, until: bytes = b"") -> tuple[float, float, bytes]:
        """Return when the first and the last of what is drawn came, and all of it."""
        drawn, first, last = b"", 0.0, 0.0
        while select.select([self.fd], [], [], quiet_s)[0]:
            try:
                piece = os.read(self.fd, 1 << 20)
            except OSError:  # it has ended
                break
            last = time.perf_counter()
            first = first or last
            drawn += piece
            if CURSOR_ASKED in piece:
                os.write(self.fd, CURSOR_HERE)
            if until and until in drawn:
                break
        return first, last, drawn

    def press(self, key: str) -> tuple[float, float]:
        """Return the milliseconds from a key to the first and to the last thing drawn."""
        began = time.perf_counter()
        os.write(self.fd, key.encode())
        first, last, _ = self.read()
        return 1000 * (first - began), 1000 * (last - began)

    def leave(self) -> float:
        """Leave; return the milliseconds of processor time it took in all."""
        os.write(self.fd, b"\x03\x04")
        self.read()
        used = os.wait4(self.pid, 0)[2]
        os.close(self.fd)
        return 1000 * (used.ru_utime + used.ru_stime)


def share(values: list[float], part: float) -> float:
    """Return a quantile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def shares(values: list[float]) -> str:
    """Return what is worth telling of some times."""
    quantiles = "  ".join(f"p{part} {share(values, part / 100):.1f}" for part in (50, 90, 99))
    return f"{quantiles}  most {max(values):.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for _ in range(options.runs):
            starts: list[float] = []
            for _ in range(7):
                shell = Shell(options.index, home)
                starts.append(1000 * (shell.read(5, b"search>")[1] - shell.began))
                shell.leave()
            shell = Shell(options.index, home)
            shell.read(5, b"search>")
            shell.read(1.0)
            letters: list[float] = []
            hits: list[float] = []
            for query in QUERIES:
                for key in query:
                    first, last = shell.press(key)
                    letters.append(first)
                    hits.append(last)
                shell.press("\x15")
            used = shell.leave()
            print(
                f"load {os.getloadavg()[0]:.1f}  start p50 {share(starts, 0.5):.0f} least {min(starts):.0f}  "
                f"key to letter {shares(letters)}  to hits {shares(hits)}  of {len(hits)}  processor {used:.0f} in all",
                flush=True,
            )


if __name__ == "__main__":
    main()
