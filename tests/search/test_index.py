"""An index in the hands of several threads, and of a reader while a writer commits."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

import searchkit
from searchkit.search import index as index_module


def test_threads_share_an_index_while_another_commits(tmp_path: Path) -> None:
    directory = str(tmp_path / "index")
    with searchkit.create(directory) as writer:
        writer.add(id="first", text="كتاب")
    index = searchkit.open(directory)
    done = threading.Event()
    failures: list[BaseException] = []
    searched = [0] * 8

    def search(number: int) -> None:
        try:
            while not done.is_set() or not searched[number]:
                results = index.search("كتاب مقال -قديم", limit=100)
                assert results.total == len(results.hits)
                assert [hit.score for hit in results] == sorted((hit.score for hit in results), reverse=True)
                for hit in results.hits[:3]:
                    assert hit.fields["id"] == hit.id
                    assert "كتاب" in hit.snippet
                    assert hit.explain().share == pytest.approx(hit.score, rel=1e-12)
                searched[number] += 1
                index.refresh()
                time.sleep(0.01)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must tell
            failures.append(error)

    threads = [threading.Thread(target=search, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for i in range(20):
        with searchkit.create(directory) as writer:
            writer.add(id=str(i), title=f"مقال {i}", text="كتاب " * (i % 7 + 1))
            writer.delete(str(i - 5))
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    index.refresh()
    assert {hit.id for hit in index.search("كتاب", limit=100)} == {"first", *(str(i) for i in range(15, 20))}


def test_opening_succeeds_though_the_commit_just_read_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = str(tmp_path / "index")
    with searchkit.create(directory) as writer:
        writer.add(id="0", text="كتاب")
    read = index_module.read_manifest
    overtaken = []

    def read_and_be_overtaken(place: str) -> object:
        manifest = read(place)
        if not overtaken:
            overtaken.append(True)
            for i in range(1, 4):
                with searchkit.create(directory) as writer:
                    writer.update(id="0", text=f"كتاب {i}")
        return manifest

    monkeypatch.setattr(index_module, "read_manifest", read_and_be_overtaken)
    assert searchkit.open(directory).search("كتاب")[0].fields["text"] == "كتاب 3"
    overtaken.clear()
    reader = searchkit.open(directory)
    overtaken.clear()
    with searchkit.create(directory) as writer:
        writer.add(id="9", text="كتاب")
    assert reader.refresh()
    assert reader.search("كتاب").total == 2


def test_there_is_no_index_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    for place in ("nowhere", "empty", "file"):
        with pytest.raises(searchkit.IndexMissingError, match=f"{place}: no index here; make one with"):
            searchkit.open(str(tmp_path / place))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"format": 3', b'"format": 9', "another version; rebuild"),
        (b'"arabic 2"', b'"arabic 0"', "made with analysis 'arabic 0'"),
        (b'"generation": 1', b'"generation": 2', "damaged"),
    ],
)
def test_an_index_of_another_version_is_named(old: bytes, new: bytes, message: str, tmp_path: Path) -> None:
    import zlib

    with searchkit.create(str(tmp_path)):
        pass
    path = tmp_path / "searchkit_1.json"
    line = path.read_bytes().partition(b"\n")[0]
    assert old in line
    line = line.replace(old, new)
    path.write_bytes(line + b"\n%08x\n" % (zlib.crc32(line) + (message == "damaged")))
    with pytest.raises(searchkit.IndexFormatError, match=message):
        searchkit.open(str(tmp_path))
    with pytest.raises(searchkit.IndexFormatError, match=message.partition(";")[0]):
        searchkit.create(str(tmp_path))


def test_a_segment_swapped_for_another_is_noticed(tmp_path: Path) -> None:
    for name in "ab":
        with searchkit.create(str(tmp_path / name)) as writer:
            writer.add(id=name, text=f"كتاب {name}")
    ours, theirs = (next((tmp_path / name).glob("*.sk")) for name in "ab")
    shutil.copy(theirs, ours)
    with pytest.raises(searchkit.IndexFormatError, match="not the file that was committed; rebuild"):
        searchkit.open(str(tmp_path / "a"))


def test_stats_count_what_is_there(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", title="كتاب", text="كتاب كتاب قلم")
        writer.add(id="2", text="قلم")
        writer.add(id="3", text="قلم")
    with searchkit.create(str(tmp_path)) as writer:
        writer.delete("2")
    stats = searchkit.open(str(tmp_path)).stats()
    assert (stats["documents"], stats["deleted"], stats["segments"], stats["generation"]) == (2, 1, 1, 2)
    assert stats["fields"]["text"] == {"terms": 2, "occurrences": 5}
    assert stats["fields"]["title"] == {"terms": 1, "occurrences": 1}
    assert stats["fields"]["id"] == {"terms": 3, "occurrences": 3}


def test_an_index_is_opened_without_touching_it(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="كتاب")
    before = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(tmp_path)}
    with searchkit.open(str(tmp_path)) as index:
        index.search("كتاب")
        index.stats()
        index.damage()
    assert {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(tmp_path)} == before
