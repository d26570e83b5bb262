"""A commit publishes at once; merging goes on beside it, and loses nothing."""

from __future__ import annotations

import errno
import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import Any

import pytest

import searchkit
from searchkit.indexing import merging
from searchkit.indexing.merge import merge_segments
from searchkit.segment.check import find_damage

_PATIENCE_S = 60


class Gate:
    """Holds merges back until it is opened; then lets them end, or fail."""

    def __init__(self) -> None:
        self.reached = Event()
        self.opened = Event()
        self.error: Exception | None = None

    def merge(self, segments: Any, writer: Any, *, pause: Callable[[], None]) -> int:
        self.reached.set()
        while not self.opened.wait(0.01):
            pause()
        if self.error is not None:
            raise self.error
        return merge_segments(segments, writer, pause=pause)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(merging, "merge_segments", made.merge)
    yield made
    made.opened.set()


def ids(index: str) -> set[str]:
    opened = searchkit.open(index)
    found = {hit.id for hit in opened.search("مقال", limit=10_000)}
    assert len(opened) == len(found)
    return found


def begin(index: str) -> Any:
    """A writer that has just committed its eighth segment."""
    writer = searchkit.create(index)
    for number in range(8):
        writer.add(id=str(number), title="مقال", text=f"كتاب {number}")
        writer.add(id=f"{number}-more", title="مقال")
        writer.commit()
    return writer


def wait(writer: Any) -> None:
    for merge in writer._merges:
        merge._thread.join(_PATIENCE_S)
        assert not merge.running


def test_a_commit_does_not_wait_for_merging(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    writer = begin(index)
    assert gate.reached.wait(_PATIENCE_S)
    for number in range(8, 30):
        writer.add(id=str(number), title="مقال")
        writer.commit()
        assert len(ids(index)) == number + 9
    gate.opened.set()
    writer.close()
    assert len(ids(index)) == 38
    assert searchkit.open(index).stats()["segments"] < 12


def test_what_is_deleted_during_a_merge_stays_deleted(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:  # so that the merge leaves something behind itself
        writer.add(id="first", title="مقال")
    writer = begin(index)
    assert gate.reached.wait(_PATIENCE_S)
    expected = ids(index)
    writer.delete("3")
    writer.update(id="5-more", title="مقال", text="جديد")
    writer.commit()
    writer.delete("6")
    expected -= {"3", "6"}
    assert ids(index) == expected | {"6"}
    gate.opened.set()
    wait(writer)
    writer.delete("0-more")
    expected -= {"0-more"}
    writer.commit()
    assert ids(index) == expected
    assert searchkit.open(index).document("5-more") == {"id": "5-more", "title": "مقال", "text": "جديد"}
    assert searchkit.open(index).stats()["segments"] < 5
    writer.delete("7")  # in the merged segment
    writer.commit()
    writer.close()
    assert ids(index) == expected - {"7"}
    assert find_damage(index) == []


def test_all_may_be_deleted_during_a_merge(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    writer = begin(index)
    assert gate.reached.wait(_PATIENCE_S)
    for key in ids(index):
        writer.delete(key)
    writer.commit()
    gate.opened.set()
    writer.close()
    assert ids(index) == set()
    assert searchkit.open(index).stats()["segments"] == 0


def test_giving_up_gives_up_merging(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    writer = begin(index)
    assert gate.reached.wait(_PATIENCE_S)
    expected = ids(index)
    writer.add(id="more", title="مقال")
    writer.close()
    assert ids(index) == expected
    assert len(list(Path(index).glob("*.sk"))) == 8
    gate.opened.set()
    with searchkit.create(index):  # nothing to do
        pass
    assert searchkit.open(index).stats()["segments"] == 1
    assert ids(index) == expected


def test_closing_waits_for_merging_and_can_be_interrupted(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    writer = begin(index)
    expected = ids(index)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(merging.BackgroundMerge, "finish", interrupt)
        with pytest.raises(KeyboardInterrupt):
            writer.close()
    assert ids(index) == expected
    assert len(list(Path(index).glob("*.sk"))) == 8
    searchkit.create(index, lock_timeout_s=0).close()
    gate.opened.set()


def interrupt(_: object) -> None:
    raise KeyboardInterrupt


def test_a_failed_merge_is_told_by_the_next_commit_and_loses_nothing(gate: Gate, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    writer = begin(index)
    expected = ids(index)
    gate.error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    gate.opened.set()
    wait(writer)
    writer.add(id="more", title="مقال")
    with pytest.raises(OSError, match=rf"No space left.*{index}"):
        writer.commit()
    assert ids(index) == expected
    gate.error = None
    with searchkit.create(index, lock_timeout_s=0) as writer:
        writer.add(id="more", title="مقال")
    assert ids(index) == expected | {"more"}
    assert searchkit.open(index).stats()["segments"] <= 2
    assert find_damage(index) == []


def test_damage_met_by_a_merge_is_named(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    for number in range(7):
        with searchkit.create(index) as writer:
            writer.add(id=str(number), title="مقال", text=f"كتاب {number}")
    path = min(Path(index).glob("*.sk"))
    data = bytearray(path.read_bytes())
    start, size = searchkit.open(index)._searcher.segments[0]._file._directory["0.postings"]
    assert size
    data[start] ^= 1
    path.unlink()
    path.write_bytes(data)
    writer = searchkit.create(index)
    writer.add(id="7", title="مقال")
    writer.commit()
    with pytest.raises(searchkit.IndexFormatError, match=r"damaged in 0\.postings; rebuild"):
        writer.close()
    assert len(searchkit.open(index)) == 8


def test_a_commit_brings_four_things_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = searchkit.create(str(tmp_path / "index"))
    writer.add(id="0", title="مقال")
    writer.commit()
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(descriptor), fsync(descriptor)))
    writer.add(id="1", title="مقال")
    writer.commit()
    assert len(synced) == 4  # segment, manifest, Whoosh's table, the names of all
    writer.close()


def test_a_commit_costs_the_same_however_much_was_committed(tmp_path: Path, full: bool) -> None:
    index = str(tmp_path / "index")
    commits = 200 if full else 40
    times: list[float] = []
    with searchkit.create(index) as writer:
        for number in range(20_000 if full else 1000):
            writer.add(id=str(number), title="مقال", text=f"كتاب {number} قديم {number % 7}")
    writer = searchkit.create(index)
    opened = searchkit.open(index)
    for number in range(commits):
        started = perf_counter()
        writer.add(id=f"new{number}", title="مقال", text=f"قطعة{number}")
        writer.commit()
        opened.refresh()
        assert f"new{number}" in [hit.id for hit in opened.search(f"text:قطعة{number}")]
        times.append(perf_counter() - started)
    writer.close()
    print(f"median of {commits}: {statistics.median(times) * 1e3:.1f} ms")
    sizes = sorted(segment.num_docs for segment in searchkit.open(index)._searcher.segments)
    assert sizes[-1] >= 1000  # which no commit has rewritten
    assert len(sizes) < 30
