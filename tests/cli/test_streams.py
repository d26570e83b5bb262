"""What happens where standard output or error cannot be written, or memory ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from searchkit.indexing.writer import IndexWriter

FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason=f"needs {FULL}")


def run(command: Any, *arguments: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process that keeps its output to itself as long as any other program does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        [sys.executable, "-m", "searchkit", *arguments], cwd=command.folder, env=environment, check=False, **given
    )


@needs_full
@pytest.mark.parametrize("arguments", [["--help"], ["query", "--help"], ["--version"], ["stats"], ["analyze", "كتب"]])
@pytest.mark.parametrize("unbuffered", [False, True])
def test_a_full_disk_below_the_output_is_one_line(seeded: Any, arguments: list[str], unbuffered: bool) -> None:
    command = [sys.executable, *(["-u"] if unbuffered else []), "-m", "searchkit", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open(FULL, "w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=seeded.folder, env=environment, check=False
        )
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "No space left on device" in line


@needs_full
@pytest.mark.parametrize(("arguments", "status"), [(["nothing"], 2), (["query", "("], 2), (["query", "أستانا"], 0)])
def test_a_full_disk_below_the_messages_changes_no_status(seeded: Any, arguments: list[str], status: int) -> None:
    with open(FULL, "w") as full:
        assert run(seeded, *arguments, stderr=full).returncode == status


def test_a_reader_of_messages_that_leaves_stops_no_indexing(command: Any) -> None:
    for number in range(30):
        command.write(f"docs/{number:02}.txt", "نص")
        command.write(f"docs/{number:02}.csv", "بلا عناوين")
    reading, writing = os.pipe()
    os.close(reading)
    done = run(command, "index", "docs", stderr=writing)
    os.close(writing)
    assert done.returncode == 0
    assert b"30 documents added" in done.stdout


def test_memory_that_is_used_up_is_one_line(command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    command.write("a.txt", "نص")

    def add(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(IndexWriter, "update", add)
    complains(command("index", "a.txt"), "memory: not enough; nothing indexed is lost")


def test_numbers_of_thousands_of_digits_are_refused_in_short(seeded: Any, complains: Any) -> None:
    outcome = seeded("query", "أستانا", "--limit", "9" * 5000)
    complains(outcome, "is not a number from 1 up")
    assert len(outcome.err) < 300


@pytest.mark.parametrize("number", ["0", "257", "99999999999"])
def test_threads_without_end_are_refused(command: Any, complains: Any, number: str) -> None:
    command.write("a.txt", "نص")
    complains(command("index", "a.txt", "--threads", number), "is not a number from 1 to 256")


def test_a_template_gives_a_line_per_hit_whatever_is_in_a_field(command: Any) -> None:
    command.write("a.jsonl", r'{"id": "a\nb", "title": "\u001b[31mأحمر", "text": "سطر\nسطر"}')
    command("index", "a.jsonl")
    assert command("query", "سطر", "--template", "{id}|{title}|{text}").out == "a b|[31mأحمر|سطر سطر\n"


@pytest.mark.parametrize(
    "arguments", [["سوريا", "--json"], ["سوريا", "--jsonl"], ["-"], ["--quote", "دعم سوريا", "--json"]]
)
def test_json_is_whole_where_the_encoding_of_the_output_is_not(command: Any, arguments: list[str]) -> None:
    command.write("a.jsonl", json.dumps({"id": "1", "title": "دعم سوريا 😀", "text": "دعم سوريا é 😀"}))
    command("index", "a.jsonl")
    out = command.process("query", *arguments, stdin=b"*\n", PYTHONIOENCODING="ascii").out
    assert "?" not in out
    assert "دعم سوريا 😀" in json.dumps(json.loads(out), ensure_ascii=False)


def test_quiet_is_quiet_for_many_queries_as_well(seeded: Any) -> None:
    outcome = seeded.process("query", "-", "-q", stdin="سوريا\n".encode())
    assert (outcome.status, outcome.out) == (0, "")
