"""A flipped bit or a missing end in any file: the right answer or a clear error, and ``check`` finds it."""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit.indexing.merge import merge_segments
from searchkit.segment import SegmentReader, SegmentWriter
from searchkit.segment.check import find_damage

Answers = Callable[[str], str]
_STEP = 64
_PARTS = r"damaged in ([\w.]+);|not a segment of this version;|empty file;"


def flips(data: bytes, step: int) -> Iterator[bytes]:
    """One bit of every so many bytes, all bits and all places in the 64 in turn."""
    for number, start in enumerate(range(0, len(data), step)):
        at = min(start + 11 * number % _STEP, len(data) - 1)
        yield data[:at] + bytes([data[at] ^ 1 << number % 8]) + data[at + 1 :]


def cuts(data: bytes, step: int) -> Iterator[bytes]:
    return (data[:end] for end in range(0, len(data), step))


def outcome(answers: Answers, index: str) -> str | searchkit.StoreError:
    try:
        return answers(index)
    except searchkit.StoreError as error:
        return error


@pytest.mark.parametrize("damages", [flips, cuts])
def test_damage_is_found_and_never_answers_wrongly(
    damages: Callable[[bytes, int], Iterator[bytes]], made: Path, answers: Answers, tmp_path: Path, full: bool
) -> None:
    index = str(tmp_path / "index")
    shutil.copytree(made, index)
    right = answers(index)
    refused = harmless = 0
    for name in sorted(os.listdir(index)):
        path = os.path.join(index, name)
        data = Path(path).read_bytes()
        step = _STEP if full or len(data) < 4096 else 37 * _STEP
        for damaged in damages(data, step):
            Path(path + ".new").write_bytes(damaged)
            os.replace(path + ".new", path)  # never under a map
            assert name in "".join(find_damage(index)), "check must find all"
            said = outcome(answers, index)
            if isinstance(said, str):
                assert said == right
                harmless += 1
            else:
                assert str(said).startswith(path)
                assert not name.endswith(".sk") or re.search(_PARTS, str(said))
                refused += 1
        Path(path + ".new").write_bytes(data)
        os.replace(path + ".new", path)
    assert find_damage(index) == []
    print(f"{refused} refused, {harmless} harmless")
    assert refused > 50


def test_merging_does_not_make_damage_look_right(made: Path, tmp_path: Path) -> None:
    path = max(made.glob("*.sk"), key=os.path.getsize)
    data = path.read_bytes()
    whole = SegmentReader(str(path))
    for name, size in whole.section_sizes().items():
        start = whole._file._directory[name][0]
        if not size:
            continue
        damaged = bytearray(data)
        damaged[start + size // 2] ^= 4
        writer = SegmentWriter(str(tmp_path / "new"))
        with pytest.raises(searchkit.IndexFormatError, match=f"damaged in {name};"):
            merge_segments([SegmentReader(str(path), None, memoryview(damaged))], writer)
        writer.abandon()


def test_padding_is_checked(made: Path) -> None:
    path = max(made.glob("*.sk"), key=os.path.getsize)
    data = bytearray(path.read_bytes())
    directory = SegmentReader(str(path))._file._directory
    name, (start, size) = next((name, entry) for name, entry in directory.items() if entry[1] % 64)
    data[start + size] ^= 1
    assert SegmentReader(str(path), None, memoryview(data)).damaged_sections() == [name]


def test_pages_are_read_once_and_only_when_needed(made: Path) -> None:
    path = max(made.glob("*.sk"), key=os.path.getsize)
    segment = SegmentReader(str(path))
    file = segment._file
    opened = sum(file.seen)
    cursor = segment.find("text", "كتاب".encode())
    assert cursor is not None
    segment.postings("text", cursor)
    searched = sum(file.seen)
    assert opened < searched < len(file.seen)
    checked = list(file.seen)
    segment.postings("text", cursor)
    assert list(file.seen) == checked


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("segments", None), ("segments", [["../../../etc/pass", 1, 0, 0, 1]]), ("segments", [["0123456789abcdef", 1]]),
        ("segments", [["0123456789abcdef", 1, 0, "/../../x", 1]]), ("kinds", [["source", "nothing", True]]),
        ("kinds", [[["source"], "keyword", True]]), ("kinds", 5), ("fields", [5]), ("fields", None),
        ("generation", "x"), ("sources", -1), ("analyzer", []), ("toc_checksum", "x"), ("more", 1),
    ],
)  # fmt: skip
def test_a_manifest_from_a_stranger_is_refused_whatever_its_checksum(
    name: str, value: object, made: Path, tmp_path: Path
) -> None:
    shutil.copytree(made, tmp_path / "index")
    for path in (tmp_path / "index").glob("searchkit_*.json"):
        line = json.dumps({**json.loads(path.read_bytes().partition(b"\n")[0]), name: value}).encode()
        path.write_bytes(line + b"\n%08x\n" % zlib.crc32(line))
    with pytest.raises(searchkit.IndexFormatError, match="damaged; rebuild"):
        searchkit.open(str(tmp_path / "index"))
    assert find_damage(str(tmp_path / "index"))
