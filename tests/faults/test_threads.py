"""Many threads search while a writer commits, deletes and merges: every answer is that of one commit."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit

_THREADS = 8
_KEPT = 10


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns ten times as often as they would."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 10)
    yield
    sys.setswitchinterval(interval)


def state(commit: int) -> frozenset[str]:
    """The documents of a commit: each adds two and deletes one, and the oldest go."""
    first = max(0, commit - _KEPT)
    return frozenset(f"{n}-{part}" for n in range(first, commit + 1) for part in "ab") - {
        f"{n}-a" for n in range(commit) if n % 3 == 0
    }


def write(index: str, commits: int) -> None:
    """Make all commits but the first."""
    with searchkit.create(index) as writer:
        for commit in range(1, commits):
            for part in "ab":
                writer.add(id=f"{commit}-{part}", title="مقال", text=f"كتاب جديد {commit}")
            if (commit - 1) % 3 == 0:
                writer.delete(f"{commit - 1}-a")
            for part in "ab":
                writer.delete(f"{commit - _KEPT - 1}-{part}")
            writer.commit()


def read(
    opened: searchkit.Index, searches: int, number: int, wrong: list[object], seen: set[int], done: threading.Event
) -> None:
    """Search so often and until all is written; note the commit of each answer, and those that are of none."""
    last = -1
    try:
        for count in itertools.count():
            if count >= searches and done.is_set():
                break
            if count % 16 == number:
                opened.refresh()
            query, limit = ("مقال", 1000) if count % 4 else ('"كتاب جديد"', 1000)
            found = frozenset(hit.id for hit in opened.search(query, limit=limit))
            newest = max(int(key.partition("-")[0]) for key in found)
            if found != state(newest):
                wrong.append((newest, found ^ state(newest)))
            seen.add(newest)
            if newest < last:
                wrong.append((newest, "after", last))
            last = newest
    except BaseException as error:  # noqa: BLE001 - told by the test
        wrong.append(error)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("shared", [True, False])
def test_every_answer_is_that_of_one_commit(shared: bool, tmp_path: Path, full: bool) -> None:
    index = str(tmp_path / "index")
    commits, searches = ((200, 10_000) if shared else (50, 500)) if full else (30, 60)
    with searchkit.create(index) as writer:
        for part in "ab":
            writer.add(id=f"0-{part}", title="مقال", text="كتاب جديد 0")
    opened = searchkit.open(index)
    wrong: list[object] = []
    seen: set[int] = set()
    done = threading.Event()
    threads = [
        threading.Thread(
            target=read, args=(opened if shared else searchkit.open(index), searches, number, wrong, seen, done)
        )
        for number in range(_THREADS)
    ]
    for thread in threads:
        thread.start()
    try:
        write(index, commits)
    finally:
        done.set()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[:3]
    opened.refresh()
    assert {hit.id for hit in opened.search("مقال", limit=1000)} == state(commits - 1)
    print(f"at least {_THREADS * searches} searches, {len(seen)} of {commits} commits seen")
    assert len(seen) > 1
