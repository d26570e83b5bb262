"""Readers of one file in one process share what was checked of it, until it is written to."""

import errno
import os
import time
from pathlib import Path

import pytest

import searchkit
from searchkit.errors import StoreError
from searchkit.segment import open_segment
from searchkit.segment import reader as module


@pytest.fixture
def segment(tmp_path: Path) -> str:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(50):
            writer.add(id=str(number), text=f"كتاب رقم {number} في مكتبة المدينة")
    return str(next(tmp_path.glob("*.sk")))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file be old enough."""
    monkeypatch.setattr(module, "time_ns", lambda: time.time_ns() + 10**10)


@pytest.mark.usefixtures("later")
def test_a_second_reader_has_the_map_and_the_marks_of_the_first(segment: str) -> None:
    first = open_segment(segment)
    assert first.find("text", "كتاب".encode()) is not None
    second = open_segment(segment)
    assert second.data is first.data
    assert second._file.seen is first._file.seen


@pytest.mark.usefixtures("later")
def test_readers_with_other_deletions_share_it_too(segment: str) -> None:
    deleted = open_segment(segment).with_deletions(None)  # the first reader is gone
    again = open_segment(segment).with_deletions(None)
    assert again is not deleted
    assert again.data is deleted.data


@pytest.mark.usefixtures("later")
def test_a_file_that_was_written_to_is_checked_anew(segment: str) -> None:
    first = open_segment(segment)
    first.damaged_sections()  # marks every page
    start = first._file.start("0.terms")
    data = bytearray(Path(segment).read_bytes())
    data[start] ^= 1
    with open(segment, "r+b") as file:
        file.write(data)
    os.utime(segment, ns=(0, 0))  # as if it were old
    second = open_segment(segment)
    assert second.data is not first.data
    assert second.damaged_sections() == ["0.terms"]


@pytest.mark.usefixtures("later")
def test_another_file_of_the_same_name_is_another_segment(segment: str) -> None:
    first = open_segment(segment)
    Path(segment + ".new").write_bytes(Path(segment).read_bytes())
    os.replace(segment + ".new", segment)
    assert open_segment(segment).data is not first.data


def test_a_file_that_was_just_written_is_not_taken_for_the_same(segment: str) -> None:
    first = open_segment(segment)
    assert open_segment(segment).data is not first.data


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(searchkit.StoreError, match=r"none\.sk"):
        open_segment(str(tmp_path / "none.sk"))


def test_too_many_open_files_are_no_reason_to_rebuild() -> None:
    few = str(StoreError.unreadable("a.sk", OSError(errno.EMFILE, "Too many open files")))
    assert few == "a.sk: Too many open files; allow the program more of them (ulimit -n)"
    assert "rebuild" in str(StoreError.unreadable("a.sk", OSError(errno.ENOENT, "No such file or directory")))
