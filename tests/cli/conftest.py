"""The command in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from searchkit.cli import main

SEEDS = Path(__file__).parents[2] / "seeds"


class Outcome(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Command:
    """Runs the command inside this process, or in one of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Outcome:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 2
        out, err = self._capsys.readouterr()
        return Outcome(status, out, err)

    def process(
        self, *arguments: str, stdin: bytes = b"", stdout: int = subprocess.PIPE, **environment: str
    ) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "searchkit", *arguments],
            input=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False, cwd=self.folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        )  # fmt: skip
        return Outcome(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(tmp_path, capsys)


@pytest.fixture
def seeded(command: Command) -> Command:
    """A folder with the sample corpus and its index."""
    copy_seeds(command.folder)
    assert command("index", "seeds").status == 0
    return command


@pytest.fixture(scope="session")
def copy() -> Callable[[Path], None]:
    return copy_seeds


def copy_seeds(folder: Path) -> None:
    (folder / "seeds").mkdir()
    for path in SEEDS.iterdir():
        (folder / "seeds" / path.name).write_bytes(path.read_bytes())


@pytest.fixture(scope="session")
def complains() -> Callable[..., None]:
    """Check that an outcome is one line on stderr that names the thing and a remedy."""

    def check(outcome: Outcome, *parts: str, status: int = 2) -> None:
        assert outcome.status == status
        (line,) = outcome.err.splitlines()
        assert line.startswith("searchkit")
        assert "Traceback" not in line
        for part in parts:
            assert part in line

    return check
