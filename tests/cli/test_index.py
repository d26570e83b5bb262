"""``searchkit index`` and what it says of files that cannot be used."""

import json
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest


def permissions_count() -> bool:
    """Tell whether this user may be refused anything; root may not, unless without its capabilities."""
    with NamedTemporaryFile() as file:
        os.chmod(file.name, 0)
        return not os.access(file.name, os.R_OK)


NO_PERMISSIONS = pytest.mark.skipif(not permissions_count(), reason="this user may read and write everything")


def documents(command: Any) -> set[str]:
    outcome = command("query", "--limit", "1000", "--jsonl", "--", "-zzzz")
    return {json.loads(line)["id"] for line in outcome.lines}


def summary(text: str) -> str:
    return re.sub(r"; index of \d+ kB, \d+\.\d s\n$", "", text)


def test_counts_what_it_did(command: Any) -> None:
    command.write("docs/a.txt", "ألف")
    command.write("docs/b.txt", "باء")
    assert summary(command("index", "docs").out) == "index: 2 documents added"
    command.write("docs/b.txt", "باء أخرى")
    command.write("docs/c.txt", "تاء")
    assert summary(command("index", "docs").out) == "index: 1 documents added, 1 updated, 1 unchanged"
    (command.folder / "docs" / "a.txt").unlink()
    outcome = command("index", "docs", "--prune")
    assert summary(outcome.out) == "index: 0 documents added, 2 unchanged, 1 deleted"
    assert (outcome.status, outcome.err) == (0, "")
    assert documents(command) == {"docs/b.txt", "docs/c.txt"}


def test_the_ids_do_not_depend_on_where_it_is_run(command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    command.write("docs/a.txt", "ألف")
    command("index", "docs")
    monkeypatch.chdir(command.folder / "docs")
    outcome = command("index", ".", "--index", "../index")
    assert summary(outcome.out) == "../index: 0 documents added, 1 unchanged"


def test_windows_1256_is_read(command: Any) -> None:
    command.write("a.txt", "وزير الخارجية الروسي يزور العاصمة أستانا اليوم".encode("windows-1256"))
    outcome = command("index", "a.txt")
    assert (outcome.status, outcome.err) == (0, "")
    assert command("query", "أستانا").status == 0


BAD_FILES = {
    "binary": ("a.txt", b"\x00\x01\x02" * 100, ["a.txt: ", "; "]),
    "empty": ("a.txt", b"", ["a.txt: is empty; "]),
    "no text": ("a.md", "\ufeff \n", ["a.md: is empty; "]),
    "undecodable": ("a.txt", b"\xff\xfe\xfd" * 50 + b"\x81", ["a.txt: ", "; "]),
    "damaged gzip": ("a.jsonl.gz", b"\x1f\x8b\x08\x00garbage", ["a.jsonl.gz: ", "gzip", "; "]),
    "malformed line": ("a.jsonl", '{"id": "1", "text":', ["a.jsonl:1: is not valid JSON", "; correct"]),
    "no object": ("a.jsonl", "[1]", ["a.jsonl:1: is not a JSON object; "]),
    "no text in a line": ("a.jsonl", '{"id": "1"}', ["a.jsonl:1: has no text; "]),
    "field that cannot be named so": ("a.jsonl", '{"id": "1", "text": "x", "a__b": "y"}', ["a.jsonl: ", "rename it"]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "parts"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_cannot_be_used_is_named(
    command: Any, complains: Any, name: str, data: str | bytes, parts: list[str]
) -> None:
    command.write("good/b.txt", "باء")
    assert command("index", "good").status == 0
    command.write(f"bad/{name}", data)
    outcome = command("index", "bad")
    complains(outcome, *parts)
    assert summary(outcome.out) == "index: 0 documents added, 1 could not be read"
    outcome = command("index", "good", "bad")
    complains(outcome, *parts, status=0)
    assert documents(command) == {"good/b.txt"}


def test_a_malformed_line_is_named_and_the_rest_continues(command: Any, complains: Any) -> None:
    command.write("a.jsonl", '{"id": "1", "text": "واحد"}\n{"id": \n\n{"id": "4", "text": "أربعة"}\n')
    complains(command("index", "a.jsonl"), "a.jsonl:2: is not valid JSON", status=0)
    assert documents(command) == {"1", "4"}


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.txt", "a\0b", ""])
def test_a_path_that_leads_nowhere_is_named(command: Any, complains: Any, path: str) -> None:
    complains(command("index", path), "; check")


def test_an_empty_folder_is_named(command: Any, complains: Any) -> None:
    (command.folder / "docs").mkdir()
    complains(command("index", "docs"), "docs: holds no file to index; give some of")


@NO_PERMISSIONS
def test_a_folder_without_permission_is_named_and_loses_nothing(command: Any, complains: Any) -> None:
    command.write("docs/a.txt", "ألف")
    command("index", "docs")
    (command.folder / "docs").chmod(0)
    try:
        complains(command("index", "docs", "--prune"), "docs: may not be read (permission denied); ")
    finally:
        (command.folder / "docs").chmod(0o755)
    assert documents(command) == {"docs/a.txt"}


@NO_PERMISSIONS
def test_an_index_that_cannot_be_written_is_named(command: Any, complains: Any) -> None:
    command.write("docs/a.txt", "ألف")
    (command.folder / "index").mkdir(mode=0o500)
    complains(command("index", "docs"), "index", "Permission denied; ")


def test_a_refused_folder_is_named_and_loses_nothing(
    command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.write("docs/a.txt", "ألف")
    command("index", "docs")
    scandir = os.scandir

    def refuse(path: Any = ".") -> Any:
        if str(path).endswith("docs"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    complains(command("index", "docs", "--prune"), "docs: may not be read (permission denied); ")
    assert documents(command) == {"docs/a.txt"}


def test_an_index_in_the_place_of_a_file_is_refused(command: Any, complains: Any) -> None:
    command.write("docs/a.txt", "ألف")
    complains(command("index", "docs", "--index", "docs/a.txt"), "docs/a.txt: ", "; choose a folder")


def test_a_locked_index_is_named(command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import searchkit
    from searchkit.indexing import lock

    command.write("docs/a.txt", "ألف")
    ticks = iter(range(10**9))
    monkeypatch.setattr(lock.time, "monotonic", lambda: next(ticks))
    writer = searchkit.create("index")
    complains(command("index", "docs"), "this program has a writer of this index open", "; close that")
    writer.close()


def test_a_damaged_index_is_refused_and_left_alone(command: Any, complains: Any) -> None:
    command.write("docs/a.txt", "ألف")
    command("index", "docs")
    (manifest,) = (command.folder / "index").glob("*.json")
    manifest.write_bytes(b"{}")
    complains(command("index", "docs"), f"{manifest.name}: damaged; rebuild the index or restore")
    assert manifest.read_bytes() == b"{}"
    assert list((command.folder / "index").glob("*.sk"))


@pytest.mark.parametrize("option", ["--threads=0", "--memory=0", "--threads=x", "--nothing"])
def test_options_that_make_no_sense_are_refused(command: Any, complains: Any, option: str) -> None:
    complains(command("index", "docs", option), "see 'searchkit", "--help'")


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("query",), ("index",)])
def test_a_command_line_that_is_not_complete_is_refused(command: Any, complains: Any, arguments: tuple[str]) -> None:
    complains(command(*arguments), "--help'")


def test_threads_index_the_same(command: Any) -> None:
    for i in range(50):
        command.write(f"docs/{i}.txt", f"عنوان {i}\nنص " + "كلمة " * i)
    command("index", "docs")
    command("index", "docs", "--threads", "4", "--index", "other")
    one, other = (
        command("query", "كلمة عنوان", "--tsv", "--limit", "99", "--index", at).out for at in ("index", "other")
    )
    assert one == other != ""


def test_names_that_are_no_utf8_are_shown(command: Any) -> None:
    try:
        (command.folder / "docs").mkdir()
        Path(os.fsdecode(os.fsencode(command.folder) + b"/docs/\xff.txt")).write_text("كتاب", "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert command("index", "docs").status == 0
    outcome = command("query", "كتاب", "--jsonl")
    assert json.loads(outcome.out)["id"] == "docs/\\xff.txt"
    assert summary(command("index", "docs", "--prune").out) == "index: 0 documents added, 1 unchanged"


def test_an_interruption_leaves_the_index_as_it_was(
    command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from searchkit.indexing.writer import IndexWriter

    command.write("docs/a.txt", "ألف")
    command("index", "docs")
    command.write("docs/b.txt", "باء")
    update = IndexWriter.update

    def interrupted(writer: IndexWriter, **document: Any) -> None:
        update(writer, **document)
        raise KeyboardInterrupt

    monkeypatch.setattr(IndexWriter, "update", interrupted)
    complains(command("index", "docs"), "interrupted; what was indexed before is as it was", status=130)
    monkeypatch.undo()
    monkeypatch.chdir(command.folder)
    assert documents(command) == {"docs/a.txt"}
    assert command("index", "docs").status == 0
    assert documents(command) == {"docs/a.txt", "docs/b.txt"}


def test_a_column_named_with_the_article_is_found_without_it(command: Any) -> None:
    command.write("a.csv", "العنوان,النص,الصحيفة\nسوريا,خبر,الثورة\n")
    command("index", "a.csv")
    for query in ("عنوان:سوريا", "صحيفة:الثورة", "الصحيفة:الثورة"):
        assert command("query", query, "--tsv", "--fields", "id").lines == ["a.csv:2"]
