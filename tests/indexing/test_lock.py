"""One writer at a time."""

import gc
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import searchkit

HOLD = """
import sys, searchkit
writer = searchkit.create(sys.argv[1])
writer.add(id="theirs", text="كتاب")
print("ready", flush=True)
sys.stdin.read()
if sys.argv[2] == "commit":
    writer.commit()
    writer.close()
"""


def hold(index: Path, end: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index), end], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with hold(tmp_path / "index", "commit") as process:
        with pytest.raises(searchkit.IndexLockedError, match=f"process {process.pid} is writing .*; wait"):
            searchkit.create(str(tmp_path / "index"), lock_timeout_s=0.05)
        process.communicate()
    assert len(searchkit.open(str(tmp_path / "index"))) == 1


def test_a_second_writer_waits_for_the_first_and_sees_its_documents(tmp_path: Path) -> None:
    with hold(tmp_path / "index", "commit") as process:
        assert process.stdin is not None
        threading.Timer(0.2, process.stdin.close).start()
        started = time.monotonic()
        with searchkit.create(str(tmp_path / "index"), lock_timeout_s=30) as writer:
            assert time.monotonic() - started > 0.1
            assert "theirs" in writer
        process.wait()


def test_a_killed_writer_holds_nobody_up(tmp_path: Path) -> None:
    with hold(tmp_path / "index", "commit") as process:
        process.kill()
    with searchkit.create(str(tmp_path / "index"), lock_timeout_s=0) as writer:
        assert "theirs" not in writer


def test_a_second_writer_in_the_same_process_is_refused_until_the_first_is_closed(tmp_path: Path) -> None:
    first = searchkit.create(str(tmp_path / "index"))
    with pytest.raises(searchkit.IndexLockedError, match="this program has a writer of this index open; close that"):
        searchkit.create(str(tmp_path / "index"), lock_timeout_s=0)
    first.close()
    searchkit.create(str(tmp_path / "index"), lock_timeout_s=0).close()


def test_a_writer_that_is_forgotten_lets_go(tmp_path: Path) -> None:
    def forget() -> None:
        searchkit.create(str(tmp_path))

    forget()
    gc.collect()
    searchkit.create(str(tmp_path), lock_timeout_s=0).close()


def test_readers_do_not_wait(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", text="كتاب")
    with searchkit.create(str(tmp_path / "index")):
        assert len(searchkit.open(str(tmp_path / "index")).search("كتاب")) == 1


def test_an_index_that_cannot_be_opened_is_not_locked(tmp_path: Path) -> None:
    (tmp_path / "searchkit_1.json").write_text("{}")
    for _ in range(2):
        with pytest.raises(searchkit.IndexFormatError):
            searchkit.create(str(tmp_path), lock_timeout_s=0)


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "index" / "MAIN_WRITELOCK").mkdir(parents=True)
    with pytest.raises(searchkit.StoreError, match=r"MAIN_WRITELOCK: .*; check the folder"):
        searchkit.create(str(tmp_path / "index"))


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    with pytest.raises(searchkit.StoreError, match=r"index: .*; choose a folder"):
        searchkit.create(str(tmp_path / "index"))


TAKE_TURNS = """
import sys, searchkit
for i in range(12):
    with searchkit.create(sys.argv[1], lock_timeout_s=60) as writer:
        writer.add(id=f"{sys.argv[2]}-{i}", text="كتاب")
        if i % 3 == 2:
            writer.delete(f"{sys.argv[2]}-{i - 1}")
"""


def test_two_processes_that_write_at_once_wait_for_each_other_and_lose_nothing(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    processes = [subprocess.Popen([sys.executable, "-c", TAKE_TURNS, index, name]) for name in "ab"]
    assert [process.wait() for process in processes] == [0, 0]
    opened = searchkit.open(index)
    assert {hit.id for hit in opened.search("كتاب", limit=100)} == {
        f"{name}-{i}" for name in "ab" for i in range(12) if i % 3 != 1
    }
    assert opened.damage() == []
