"""What a commit brings to the disk, and when."""

import os
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.segment.manifest import read_manifest


def test_all_files_of_a_commit_are_on_the_disk_before_it_and_its_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = str(tmp_path / "index")
    with searchkit.create(directory) as writer:
        for i in range(6):
            writer.add(id=str(i), text="كتاب")
    events: list[tuple[str, Any]] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        events.append(("fsync", (status.st_ino, status.st_size)))
        fsync(descriptor)

    def note_replace(source: str, target: str) -> None:
        replace(source, target)
        events.append(("replace", os.path.basename(target)))

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    with searchkit.create(directory) as writer:
        writer.delete("1")
        writer.add(id="new", text="كتاب")
        writer.set_sources(b"{}")
    monkeypatch.undo()
    manifest = read_manifest(directory)
    commit = events.index(("replace", manifest.file))
    assert manifest.files() <= {entry.name for entry in os.scandir(directory)}
    fresh = {
        manifest.file,
        manifest.sources_file,
        *(entry.deletions_file for entry in manifest.segments if entry.deletions),
    }
    fresh.add(manifest.segments[-1].file)
    assert len(fresh) == 4
    before = {what for kind, what in events[:commit] if kind == "fsync"}
    for name in fresh:
        status = os.stat(os.path.join(directory, name))
        assert (status.st_ino, status.st_size) in before, f"{name} was not whole on the disk before the commit"
    folder = os.stat(directory).st_ino
    assert folder in [what[0] for kind, what in events[commit:] if kind == "fsync"]


def test_files_that_others_read_are_never_written_again(tmp_path: Path) -> None:
    directory = str(tmp_path / "index")
    seen: dict[str, bytes] = {}
    for i in range(12):
        with searchkit.create(directory) as writer:
            writer.add(id=str(i), text="كتاب")
            writer.delete(str(i - 2))
        for entry in os.scandir(directory):
            if entry.name.endswith((".sk", ".del", ".json", ".sources")):
                with open(entry.path, "rb") as file:
                    assert seen.setdefault(entry.name, data := file.read()) == data
