"""Writers that are killed at any moment: all that was committed is there, and nothing else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import searchkit
from searchkit.segment.check import find_damage
from searchkit.segment.manifest import generations, read_generation

_PARALLEL = 4
_WRITE = """
import itertools, sys, searchkit
index, first, long, memory = sys.argv[1], *map(int, sys.argv[2:])
searchkit.create(index).close()  # all modules are there
print("ready", flush=True)
def change(writer, i):
    for part in range(3):
        writer.update(id=f"{i}-{part}", title=f"مقال {i}", text="كتاب " * (i % 50))
    writer.delete(f"{i - 7}-1")
if long:
    writer = searchkit.create(index, memory_mb=memory)
    for i in itertools.count(first):
        change(writer, i)
        writer.commit()
        print(i, flush=True)
for i in itertools.count(first):
    with searchkit.create(index, memory_mb=memory) as writer:
        change(writer, i)
    print(i, flush=True)
"""


def expected(last: int) -> set[str]:
    """The documents after this commit."""
    ids = {f"{i}-{part}" for i in range(last + 1) for part in range(3)}
    return ids - {f"{i - 7}-1" for i in range(last + 1)}


def kill(index: str, last: int, chance: random.Random) -> int:
    """Have a process write until it is killed; return the last commit it told of."""
    modes = [str(chance.randrange(2)), str(chance.choice((0, 16)))]
    with subprocess.Popen(
        [sys.executable, "-c", _WRITE, index, str(last + 1), *modes],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,  # communicate() passes by a buffer
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.25))
        process.send_signal(signal.SIGKILL)
        out, errors = process.communicate()
    assert errors == b""
    return max(map(int, out.split()), default=last)


def check(index: str, last: int) -> int:
    """Look at everything after a kill; return the last commit that is there."""
    assert find_damage(index) == []
    opened = searchkit.open(index)
    found = {hit.id for hit in opened.search("مقال", limit=10**6)}
    assert len(opened) == len(found)
    assert found in (expected(last), expected(last + 1))
    return last if found == expected(last) else last + 1


def check_files(index: str) -> None:
    """See that a commit has removed what was left behind."""
    with searchkit.create(index) as writer:
        writer.delete("mark")
        writer.add(id="mark", year=1)
    with searchkit.create(index) as writer:
        writer.delete("mark")
    known = {"MAIN_WRITELOCK"}
    assert len(generations(index)) == 2
    for generation in generations(index):
        manifest = read_generation(index, generation)
        known |= manifest.files() | {manifest.toc_file}
    assert set(os.listdir(index)) <= known


def kill_often(index: str, kills: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311
    last = -1
    for _ in range(kills):
        last = kill(index, last, chance)
        if generations(index):
            last = check(index, last)
            check_files(index)
    return last


def test_what_was_committed_outlives_the_writer(tmp_path: Path, full: bool) -> None:
    kills = 52 if full else 2
    with ThreadPoolExecutor(_PARALLEL) as pool:
        runs = [pool.submit(kill_often, str(tmp_path / str(seed)), kills, seed) for seed in range(_PARALLEL)]
        last = [run.result() for run in runs]
    print(f"{_PARALLEL * kills} kills, {sum(last)} commits")
    assert sum(last) > 0  # how many there are depends on the machine


def test_a_segment_half_merged_is_collected(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    code = """
import os, sys, searchkit
from searchkit.indexing import merging
real = merging.merge_segments
def half(segments, writer, **options):
    real(segments, writer, **options)
    os.kill(os.getpid(), 9)
merging.merge_segments = half
writer = searchkit.create(sys.argv[1])
for i in range(8):
    writer.add(id=str(i), title="مقال")
    writer.commit()
writer.close()
"""
    assert subprocess.run([sys.executable, "-c", code, index], check=False).returncode == -signal.SIGKILL
    assert len(list(Path(index).glob("*.sk"))) == 9
    assert len(searchkit.open(index)) == 8
    check_files(index)
    assert len(searchkit.open(index)) == 8
    assert len(list(Path(index).glob("*.sk"))) <= 4


if sys.platform == "win32":
    pytest.skip("nobody can be killed so", allow_module_level=True)
