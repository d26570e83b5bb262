"""Any operation on the disk fails, once or from then on: one commit or the other, and the next writer works."""

from __future__ import annotations

import builtins
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Self

import pytest

import searchkit
from searchkit.indexing import lock
from searchkit.segment import deletions, manifest
from searchkit.segment import format as segment_format
from searchkit.segment.check import find_damage
from searchkit.segment.manifest import generations, is_unfinished, toc_generations

_OPERATIONS = ("fsync", "replace", "open", "remove", "listdir", "ftruncate", "write")


class Disk:
    """Counts operations and fails one of them, or all from it on."""

    def __init__(self, first: int, *, once: bool) -> None:
        self._first = first
        self._once = once
        self._lock = Lock()  # merging is another thread
        self.count = 0
        self.failed: list[str] = []

    def touch(self, operation: str, path: str | None = None) -> None:
        with self._lock:
            number = self.count
            self.count += 1
        if number == self._first or (number > self._first and not self._once and operation not in ("remove", "read")):
            self.failed.append(operation)
            code = errno.EIO if self._once else errno.ENOSPC
            raise OSError(code, os.strerror(code), path)  # those of open files do not know a name

    def guard(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def guarded(*arguments: Any, **options: Any) -> Any:
            self.touch(name, arguments[0] if isinstance(arguments[0], str) else None)
            return call(*arguments, **options)

        return guarded

    def open(self, path: str, mode: str = "r", **options: Any) -> Any:
        self.touch("read" if "r" in mode else "create", path)
        file = builtins.open(path, mode, **options)  # noqa: SIM115
        return file if "r" in mode else File(file, self)


class File:
    """A file on that disk; closing it writes what is left, as Python's own do."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self._disk = disk
        self._pending = False

    def write(self, data: Any) -> int:
        self._disk.touch("file.write")
        self._pending = True
        return int(self._file.write(data))

    def flush(self) -> None:
        self._disk.touch("file.flush")
        self._pending = False
        self._file.flush()

    def close(self) -> None:
        if not self._file.closed:
            self._file.close()
            if self._pending:
                self._disk.touch("file.close")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def install(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (segment_format, manifest, deletions):
        monkeypatch.setattr(module, "open", disk.open, raising=False)
    for name in _OPERATIONS:
        monkeypatch.setattr(os, name, disk.guard(name))
    assert lock.os is os


def make(index: str, commits: int = 7) -> None:
    """Of so many segments that the next commit begins a merge."""
    writer = searchkit.create(index)
    for number in range(commits):
        writer.add(id=str(number), title="مقال", text=f"كتاب قديم {number}")
        writer.set_sources(str(number).encode())
        writer.commit()
    writer.close()


def change(index: str) -> None:
    with searchkit.create(index, lock_timeout_s=0) as writer:
        writer.update(id="1", title="مقال", text="كتاب جديد")
        writer.delete("2")
        writer.update(id="new", title="مقال")
        writer.set_sources(b"{}")


def state(index: str) -> dict[str, Any]:
    opened = searchkit.open(index)
    found = {hit.id: hit.fields for hit in opened.search("مقال", limit=1000)}
    assert len(opened) == len(found)
    return found


@pytest.mark.parametrize("once", [False, True])
def test_a_failure_anywhere_leaves_one_commit_or_the_other(once: bool, tmp_path: Path, full: bool) -> None:
    made = str(tmp_path / "made")
    make(made)
    before = state(made)
    after = {key: document for key, document in before.items() if key != "2"}
    after["1"] = {"id": "1", "title": "مقال", "text": "كتاب جديد"}
    after["new"] = {"id": "new", "title": "مقال"}
    kinds: set[str] = set()
    failures = first = 0
    while True:
        index = str(tmp_path / str(first))
        shutil.copytree(made, index)
        disk = Disk(first, once=once)
        error: Exception | None = None
        with pytest.MonkeyPatch.context() as monkeypatch:
            install(disk, monkeypatch)
            try:
                change(index)
            except (OSError, searchkit.StoreError) as raised:
                error = raised
        if not disk.failed:
            assert first + 1 >= disk.count  # all were tried
            break
        kinds.update(disk.failed)
        failures += 1
        check_outcome(index, error, before, after)
        change(index)  # there is room again, and the lock is free
        assert state(index) == after
        assert find_damage(index) == []
        assert not [name for name in os.listdir(index) if name.endswith(".tmp")]
        shutil.rmtree(index)
        first += (1 if once else 2) if full else 9
    print(f"{failures} failures of {sorted(kinds)}")
    assert failures > 8
    assert kinds >= ({"fsync", "replace", "create", "file.write"} if full else {"file.write"})


def check_outcome(index: str, error: Exception | None, before: dict[str, Any], after: dict[str, Any]) -> None:
    """See that the index is whole, and that it is what the writer said."""
    assert find_damage(index) == []
    found = state(index)
    if error is None:  # what failed was nothing that the commit needs
        assert found == after
        return
    assert found in (before, after)
    assert index in str(error)
    newest = toc_generations(index)[0]
    assert newest == generations(index)[0] or is_unfinished(index, newest)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_limit_of_the_system_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    import resource
    import signal

    index = str(tmp_path / "index")
    make(index)
    before = state(index)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for size in (60, 500, 1500):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
            with pytest.raises(OSError, match="File too large") as raised:
                change(index)
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            assert index in str(raised.value)
            assert state(index) == before
            assert find_damage(index) == []
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    change(index)
    assert "new" in state(index)
