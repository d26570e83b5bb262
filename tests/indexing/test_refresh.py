"""Files that change, vanish, clash and cannot be read."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.indexing import refresh as refresh_module
from searchkit.indexing.documents import Document, Problem, Source, read_documents
from searchkit.indexing.refresh import Refresh


class Folder:
    """A folder of files and its index."""

    def __init__(self, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.top = top
        self.read: list[str] = []
        self.unreadable: set[str] = set()
        monkeypatch.setattr(refresh_module, "read_documents", self._read)
        (top / "docs").mkdir()

    def _read(self, source: Source) -> Iterator[Document | Problem]:
        self.read.append(os.path.basename(source.path))
        if self.read[-1] in self.unreadable:
            yield Problem(source.name, "may not be read (permission denied); change its permissions", transient=True)
        else:
            yield from read_documents(source)

    def write(self, name: str, *lines: dict[str, Any] | str) -> None:
        path = self.top / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
        time.sleep(0.002)  # so that the next time is another one

    def index(self, *paths: str, prune: bool = False, threads: int = 1) -> tuple[Refresh, list[Problem]]:
        self.read.clear()
        problems: list[Problem] = []
        with searchkit.create(str(self.top / "index")) as writer:
            run = Refresh(writer, problems.append)
            places = [str(self.top / path) for path in paths or ("docs",)]
            run.run(places, base=str(self.top), prune=prune, threads=threads)
        assert run.problems == len(problems)
        return run, problems

    def texts(self) -> dict[str, str]:
        hits = searchkit.open(str(self.top / "index")).search("-لاشيء", limit=1000)
        return {hit.id: hit.fields["text"] for hit in hits}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path, monkeypatch)


def line(key: str, text: str) -> dict[str, str]:
    return {"id": key, "text": text}


@pytest.mark.parametrize("threads", [1, 4])
def test_only_what_changed_is_read(folder: Folder, threads: int) -> None:
    for i in range(20):
        folder.write(f"{i}.txt", f"عنوان\nنص {i}")
    run, _ = folder.index(threads=threads)
    assert (run.added, run.unchanged) == (20, 0)
    run, _ = folder.index(threads=threads)
    assert (folder.read, run.added, run.unchanged) == ([], 0, 20)
    folder.write("7.txt", "عنوان\nآخر")
    folder.write("20.txt", "عنوان\nجديد")
    run, _ = folder.index(threads=threads)
    assert (sorted(folder.read), run.documents, run.unchanged) == (["20.txt", "7.txt"], 2, 19)
    texts = folder.texts()
    assert len(texts) == 21
    assert (texts["docs/7.txt"], texts["docs/8.txt"], texts["docs/20.txt"]) == ("آخر", "نص 8", "جديد")


def test_rows_that_are_gone_from_a_changed_file_are_deleted(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), line("2", "اثنان"))
    folder.index()
    folder.write("a.jsonl", line("2", "اثنان"), line("3", "ثلاثة"))
    run, _ = folder.index()
    assert (run.added, run.updated, run.deleted) == (1, 1, 1)
    assert folder.texts() == {"2": "اثنان", "3": "ثلاثة"}


def test_documents_of_a_vanished_file_go_when_asked(folder: Folder) -> None:
    folder.write("a.txt", "ألف")
    folder.write("b.txt", "باء")
    folder.index()
    (folder.top / "docs" / "a.txt").unlink()
    folder.index()
    assert set(folder.texts()) == {"docs/a.txt", "docs/b.txt"}
    run, problems = folder.index(prune=True)
    assert (run.deleted, problems) == (1, [])
    assert set(folder.texts()) == {"docs/b.txt"}


def test_pruning_leaves_what_is_elsewhere(folder: Folder) -> None:
    folder.write("a/a.txt", "ألف")
    folder.write("b/b.txt", "باء")
    folder.index()
    folder.index("docs/b", prune=True)
    assert set(folder.texts()) == {"docs/a/a.txt", "docs/b/b.txt"}


def test_pruning_leaves_the_documents_of_a_folder_that_is_named_and_not_there(folder: Folder) -> None:
    folder.write("disk/a.txt", "ألف")
    folder.write("disk2/b.txt", "باء")
    folder.index()
    (folder.top / "docs" / "disk").rename(folder.top / "unmounted")
    (folder.top / "docs" / "disk2" / "b.txt").unlink()
    _, problems = folder.index("docs/disk", "docs/disk2/b.txt", prune=True)
    assert [problem.reason for problem in problems] == ["does not exist; check the path"] * 2
    assert set(folder.texts()) == {"docs/disk/a.txt"}
    folder.index(prune=True)
    assert folder.texts() == {}


def test_pruning_leaves_what_only_cannot_be_reached_now(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.txt", "ألف")
    folder.write("b.txt", "باء")
    folder.index()
    stat = os.stat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    folder.index("docs/b.txt", prune=True)
    assert set(folder.texts()) == {"docs/a.txt", "docs/b.txt"}


def test_a_file_may_be_renamed(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), line("2", "اثنان"))
    folder.index()
    (folder.top / "docs" / "a.jsonl").rename(folder.top / "docs" / "b.jsonl")
    run, problems = folder.index(prune=True)
    assert problems == []
    assert folder.texts() == {"1": "واحد", "2": "اثنان"}
    run, _ = folder.index()
    assert (folder.read, run.unchanged) == ([], 2)


def test_an_id_in_two_files_is_reported_and_the_first_stays(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "أول"))
    folder.write("b.jsonl", line("1", "ثان"), line("2", "اثنان"))
    _, problems = folder.index()
    assert [problem.where for problem in problems] == ["docs/b.jsonl"]
    assert "id 1 is used by docs/a.jsonl already" in problems[0].reason
    assert folder.texts() == {"1": "أول", "2": "اثنان"}


def test_an_id_twice_in_one_file_is_reported_and_the_first_stays(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "أول"), line("1", "ثان"))
    _, problems = folder.index()
    assert "id 1 is used by this file already" in problems[0].reason
    assert folder.texts() == {"1": "أول"}


def test_rows_are_deleted_from_a_file_with_a_row_that_is_there_twice(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "أول"), line("2", "اثنان"))
    folder.index()
    folder.write("a.jsonl", line("1", "أول"), line("1", "ثان"))
    folder.index()
    assert folder.texts() == {"1": "أول"}


def test_an_id_of_another_program_stays_with_it(folder: Folder) -> None:
    with searchkit.create(str(folder.top / "index")) as writer:
        writer.add(id="1", text="لغيرنا")
    folder.write("a.jsonl", line("1", "لنا"))
    _, problems = folder.index()
    assert "id 1 is used by another program already" in problems[0].reason
    assert folder.texts() == {"1": "لغيرنا"}


@pytest.mark.parametrize(("giver", "taker"), [("a.jsonl", "b.jsonl"), ("b.jsonl", "a.jsonl")])
def test_an_id_that_moves_to_another_file_is_there_at_last(folder: Folder, giver: str, taker: str) -> None:
    folder.write(giver, line("1", "واحد"), line("9", "تسعة"))
    folder.write(taker, line("2", "اثنان"))
    folder.index()
    folder.write(giver, line("1", "واحد"))
    folder.write(taker, line("2", "اثنان"), line("9", "تسعة"))
    folder.index()
    folder.index()  # where the taker comes first in the order of names
    assert folder.texts() == {"1": "واحد", "2": "اثنان", "9": "تسعة"}
    folder.index()
    assert folder.read == []


def test_an_id_whose_file_vanished_is_free_after_pruning(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "أول"))
    folder.write("b.jsonl", line("1", "ثان"))
    folder.index()
    (folder.top / "docs" / "a.jsonl").unlink()
    folder.index(prune=True)
    assert folder.texts() == {"1": "ثان"}


def test_a_bad_line_is_named_and_hides_no_other(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), "{bad", line("3", "ثلاثة"))
    _, problems = folder.index()
    assert [problem.where for problem in problems] == ["docs/a.jsonl:2"]
    assert folder.texts() == {"1": "واحد", "3": "ثلاثة"}


def test_a_bad_field_is_named_and_hides_no_other(folder: Folder) -> None:
    folder.write(
        "a.jsonl", line("1", "واحد"), {"id": "2", "text": "اثنان", "a__b": "x"}, {**line("3", "ث"), "self": "x"}
    )
    _, problems = folder.index()
    (problem,) = problems
    assert (problem.where, problem.reason[:9]) == ("docs/a.jsonl", "2: field ")
    assert set(folder.texts()) == {"1", "3"}


def test_a_bad_field_of_a_document_without_an_id_is_named_by_its_line(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), {"text": "اثنان", "a__b": "x"})
    _, (problem,) = folder.index()
    assert (problem.where, problem.reason[:9]) == ("docs/a.jsonl:2", "field 'a_")


def test_what_was_indexed_stays_when_it_becomes_impossible_to_index(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), line("2", "اثنان"))
    folder.index()
    folder.write("a.jsonl", {"id": "1", "text": "جديد", "a__b": "x"}, line("2", "اثنان"))
    folder.index()
    assert folder.texts() == {"1": "واحد", "2": "اثنان"}


def test_what_was_indexed_stays_when_its_line_cannot_be_read_any_more(folder: Folder) -> None:
    folder.write("a.jsonl", line("1", "واحد"), line("2", "اثنان"))
    folder.index()
    folder.write("a.jsonl", line("1", "واحد جديد"), "{bad")
    folder.index()
    assert folder.texts() == {"1": "واحد جديد", "2": "اثنان"}
    folder.write("a.jsonl", line("1", "واحد جديد"))
    folder.index()
    assert folder.texts() == {"1": "واحد جديد"}


def test_a_file_that_cannot_be_read_now_is_read_when_it_can(folder: Folder) -> None:
    folder.write("a.txt", "قديم")
    folder.index()
    folder.write("a.txt", "جديد")
    folder.unreadable.add("a.txt")
    _, problems = folder.index()
    assert [problem.where for problem in problems] == ["docs/a.txt"]
    assert folder.texts() == {"docs/a.txt": "قديم"}
    folder.unreadable.clear()
    folder.index()
    assert folder.texts() == {"docs/a.txt": "جديد"}


@pytest.mark.parametrize("threads", [1, 4])
def test_a_file_that_cannot_be_used_is_named_every_time_and_read_once(folder: Folder, threads: int) -> None:
    folder.write("a.jsonl", line("1", "ألف"))
    folder.index()
    folder.write("a.jsonl", "{", "[]")
    folder.write("b.txt", " ")
    folder.write("c.pdf", "%PDF-1.4")
    settle(folder)
    _, first = folder.index(threads=threads)
    assert [problem.where for problem in first] == [
        f"docs/{name}" for name in ("a.jsonl:1", "a.jsonl:2", "b.txt", "c.pdf")
    ]
    assert folder.texts() == {"1": "ألف"}
    _, again = folder.index(threads=threads)
    assert (folder.read, again) == ([], first)
    folder.write("b.txt", "باء")
    _, then = folder.index(threads=threads)
    assert (folder.read, then) == (["b.txt"], [problem for problem in first if problem.where != "docs/b.txt"])
    assert set(folder.texts()) == {"1", "docs/b.txt"}


def test_a_file_with_many_problems_is_read_again_to_name_them(folder: Folder) -> None:
    folder.write("a.jsonl", *["{"] * 100)
    settle(folder)
    _, first = folder.index()
    _, again = folder.index()
    assert (len(first), first, folder.read) == (100, again, ["a.jsonl"])


def settle(folder: Folder) -> None:
    """Let files be old enough that their times can be trusted."""
    for path in (folder.top / "docs").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_path_that_does_not_exist_deletes_nothing(folder: Folder) -> None:
    folder.write("a.txt", "ألف")
    folder.index()
    _, problems = folder.index("nowhere")
    assert len(problems) == 1
    assert set(folder.texts()) == {"docs/a.txt"}


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"a": 1}', b'{"a": [1, 2]}', b"\xff\xfe"])
def test_a_damaged_list_of_files_is_named(folder: Folder, damage: bytes) -> None:
    folder.write("a.txt", "ألف")
    folder.index()
    (sources,) = (folder.top / "index").glob("*.sources")
    sources.write_bytes(damage)
    with pytest.raises(searchkit.IndexFormatError, match=rf"{sources.name}: .*; "):
        folder.index()


def test_a_missing_list_of_files_is_named(folder: Folder) -> None:
    folder.write("a.txt", "ألف")
    folder.index()
    (sources,) = (folder.top / "index").glob("*.sources")
    sources.unlink()
    with pytest.raises(searchkit.StoreError, match=rf"{sources.name}: .*; "):
        folder.index()
