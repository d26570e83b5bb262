"""Full disks, killed processes, damaged files: what was committed stays."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest

import searchkit
from searchkit.segment import deletions, manifest
from searchkit.segment import format as segment_format

Documents = dict[str, dict[str, Any]]
Check = Callable[[str, Documents], None]


def documents(first: int, last: int, text: str = "كتاب قديم") -> Documents:
    return {str(i): {"id": str(i), "title": f"مقال {i}", "text": f"{text} {i}"} for i in range(first, last)}


def make(index: Path) -> Documents:
    """An index of two segments, one of them with a deletion."""
    first = documents(0, 8)
    with searchkit.create(str(index)) as writer:
        for document in first.values():
            writer.add(**document)
    with searchkit.create(str(index)) as writer:
        writer.delete("0")
        writer.add(id="x", text="جديد")
    del first["0"]
    return first | {"x": {"id": "x", "text": "جديد"}}


class Fuse:
    """Lets so many operations on the disk through and fails all that follow, as a full disk does."""

    def __init__(self, operations: int) -> None:
        self.left = operations

    def burn(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def guard(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **options: Any) -> Any:
            self.burn()
            return call(*arguments, **options)

        return guarded

    def open(self, path: str, mode: str = "r", **options: Any) -> Any:
        if "r" not in mode:
            self.burn()
        return FullFile(open(path, mode, **options), self)


class FullFile:
    """A file on that disk; as with Python's own, closing it writes what is left."""

    def __init__(self, file: Any, fuse: Fuse) -> None:
        self._file = file
        self._fuse = fuse
        self._pending = False

    def write(self, data: Any) -> int:
        self._fuse.burn()
        self._pending = True
        return int(self._file.write(data))

    def flush(self) -> None:
        self._fuse.burn()
        self._pending = False
        self._file.flush()

    def close(self) -> None:
        if not self._file.closed:
            self._file.close()
            if self._pending:
                self._fuse.burn()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def install(fuse: Fuse, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (segment_format, manifest, deletions):
        monkeypatch.setattr(module, "open", fuse.open, raising=False)
    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, fuse.guard(getattr(os, name)))


def change(index: Path) -> None:
    with searchkit.create(str(index), lock_timeout_s=0) as writer:
        writer.update(id="1", title="مقال 1", text="كتاب جديد")
        writer.delete("2")
        writer.update(id="y", text="آخر")
        writer.set_sources(b"{}")


def test_a_full_disk_at_any_moment_leaves_one_commit_or_the_other(tmp_path: Path, check: Check) -> None:
    before = make(tmp_path / "made")
    after = {key: document for key, document in before.items() if key != "2"}
    after["1"] = {"id": "1", "title": "مقال 1", "text": "كتاب جديد"}
    after["y"] = {"id": "y", "text": "آخر"}
    failures = 0
    for operations in range(1000):
        index = tmp_path / str(operations)
        shutil.copytree(tmp_path / "made", index)
        with pytest.MonkeyPatch.context() as monkeypatch:
            install(Fuse(operations), monkeypatch)
            try:
                change(index)
            except OSError:
                failures += 1
            else:
                check(str(index), after)
                break
        committed = (index / "searchkit_3.json").exists()
        check(str(index), after if committed else before)
        change(index)  # there is room again, the lock is free, and what was left behind is in nobody's way
        check(str(index), after)
    assert failures > 30


def test_a_failed_commit_closes_the_writer(tmp_path: Path, check: Check) -> None:
    before = make(tmp_path / "index")
    writer = searchkit.create(str(tmp_path / "index"))
    writer.delete("3")
    writer.add(id="y", text="آخر")
    with pytest.MonkeyPatch.context() as monkeypatch:
        install(Fuse(3), monkeypatch)
        with pytest.raises(OSError, match="No space"):
            writer.commit()
    with pytest.raises(searchkit.StoreError, match="closed"):
        writer.commit()
    check(str(tmp_path / "index"), before)


WRITE = """
import itertools, sys, searchkit
index, first = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
for i in itertools.count(first):
    with searchkit.create(index) as writer:
        for part in range(3):
            writer.update(id=f"{i}-{part}", title=f"مقال {i}", text="كتاب " * (i % 50))
        writer.delete(f"{i - 7}-1")
    print(i, flush=True)
"""


def test_a_killed_writer_loses_no_committed_document(tmp_path: Path) -> None:
    index, last, chance = str(tmp_path / "index"), -1, random.Random(5)  # noqa: S311
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE, index, str(last + 1)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,  # communicate() passes by a buffer
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        done = process.stdout.readline()  # the first commit, with all imports: how long it takes tells nothing
        time.sleep(chance.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        out, errors = process.communicate()
        assert errors == b""
        last = max(int(line) for line in (done + out).split(b"\n")[:-1])
        found = {hit.id for hit in searchkit.open(index).search("مقال", limit=10**6)}
        begun = {f"{last + 1}-{part}" for part in range(3)}
        expected = {f"{i}-{part}" for i in range(last + 1) for part in range(3)}
        expected -= {f"{i - 7}-1" for i in range(last + 1)}
        assert found in (expected, (expected | begun) - {f"{last - 6}-1"})
        assert searchkit.open(index).damage() == []
    assert last > 13


def test_what_a_dead_writer_left_behind_is_in_nobodys_way(tmp_path: Path, check: Check) -> None:
    expected = make(tmp_path / "index")
    segment = next((tmp_path / "index").glob("MAIN_*.sk")).stem
    for name in [
        "searchkit_3.json.tmp", "searchkit_3.sources", "searchkit_3.sources.tmp", "MAIN_0123456789abcdef.sk",
        *(f"{path.stem}.3.del" for path in (tmp_path / "index").glob("MAIN_*.sk")),
    ]:  # fmt: skip
        (tmp_path / "index" / name).write_bytes(b"half a fi")
    change(tmp_path / "index")
    del expected["2"]
    expected["1"] = {"id": "1", "title": "مقال 1", "text": "كتاب جديد"}
    check(str(tmp_path / "index"), expected | {"y": {"id": "y", "text": "آخر"}})
    assert segment
    assert not (tmp_path / "index" / "MAIN_0123456789abcdef.sk").exists()


def use(index: str) -> str:
    """Do everything with an index that its users do; say what came out."""
    reader = searchkit.open(index)
    completed = [reader.complete(beginning) for beginning in ("ك", "ق", "م")]
    completed += [reader.document(key) for key in ("1", "x", "none")]
    results = [reader.search(query) for query in ("كتاب", '"كتاب قديم"', "مقال -جديد", "كت*", "title:مقال")]
    shown = [
        [(hit.id, hit.title, hit.snippet, hit.fields, hit.explain().lines()) for hit in found] for found in results
    ]
    with searchkit.create(index) as writer:
        writer.update(id="1", text="جديد")
        writer.delete("3")
        writer.set_sources(writer.read_sources())
    return json.dumps(
        [completed, shown, [(found.total, [hit.score for hit in found]) for found in results], reader.stats()]
    )


def damaged_copies(made: Path, scratch: Path, damage: Callable[[bytearray, random.Random], None]) -> Any:
    """Yield copies of an index with one file damaged, and that file's name."""
    chance = random.Random(7)  # noqa: S311
    for path in sorted(made.iterdir()):
        if path.name == "MAIN_WRITELOCK":
            continue
        for number in range(25 if path.suffix == ".sk" else 6):
            index = scratch / f"{path.name}-{number}"
            shutil.copytree(made, index)
            data = bytearray((index / path.name).read_bytes())
            damage(data, chance)
            (index / path.name).write_bytes(data)
            yield index, path.name
            shutil.rmtree(index)


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


@pytest.mark.parametrize("damage", [flip, cut])
def test_a_damaged_file_is_an_error_of_ours_or_does_no_harm(
    damage: Callable[[bytearray, random.Random], None], tmp_path: Path
) -> None:
    make(tmp_path / "made")
    shutil.copytree(tmp_path / "made", tmp_path / "whole")
    right = use(str(tmp_path / "whole"))
    remedies: list[str] = []
    for index, name in damaged_copies(tmp_path / "made", tmp_path, damage):
        try:
            named = bool(searchkit.open(str(index)).damage())
            same = use(str(index)) == right
        except searchkit.SearchkitError as error:
            remedies.append(str(error).partition("; ")[2])
        else:
            assert same or named, name
    assert remedies
    assert all(remedies)


@pytest.mark.parametrize("pattern", ["*.sk", "*.del"])
def test_a_missing_file_is_named(pattern: str, tmp_path: Path) -> None:
    make(tmp_path / "index")
    missing = next((tmp_path / "index").glob(pattern))
    missing.unlink()
    with pytest.raises(searchkit.StoreError, match=missing.name):
        searchkit.open(str(tmp_path / "index"))
    with pytest.raises(searchkit.StoreError, match=missing.name):
        searchkit.create(str(tmp_path / "index"))
