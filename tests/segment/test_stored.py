"""Documents and their ids, the files of sections, and the list of commits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import IndexFormatError, IndexMissingError, StoreError
from searchkit.segment import Deletions, SegmentReader, SegmentWriter
from searchkit.segment.format import MAGIC, SectionFile, SectionWriter
from searchkit.segment.manifest import Manifest, SegmentEntry, read_manifest, remove_unused, write_manifest
from searchkit.segment.page import decode_json, encode_json


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("scratch") / "file")


LINES = st.binary(max_size=50).map(lambda data: data.replace(b"\n", b"")) | st.just(b"x" * 40_000)


@given(documents=st.lists(st.tuples(st.binary(max_size=9), LINES), max_size=30), order=st.randoms())
def test_documents_come_back_in_any_order(documents: list[tuple[bytes, bytes]], order: object, scratch: str) -> None:
    writer = SegmentWriter(scratch)
    for key, line in documents:
        writer.stored.add(line, key)
    writer.finish()
    stored = SegmentReader(scratch).stored
    for doc in sorted(range(len(documents)), key=lambda _: order.random()):  # type: ignore[attr-defined]
        assert (stored.key(doc), stored.line(doc)) == documents[doc]
    with pytest.raises((IndexFormatError, IndexError)):
        stored.line(len(documents))


@given(value=st.text() | st.text('ابءپ٣۴،«»…é\u200f\ud800\U0001f600"\\\n\x7f\x00文a1', max_size=20))
def test_any_text_is_stored_as_a_line_and_comes_back(value: str) -> None:
    line = encode_json(json.dumps({value: [value, 1]}, ensure_ascii=False))
    assert b"\n" not in line
    assert json.loads(decode_json(line)) == {value: [value, 1]}


def test_arabic_takes_a_byte_per_letter() -> None:
    text = "قال: «إنّ في ذلك لآيةً»، ١٢٣ (abc) – پچگ…"
    assert len(encode_json(text)) == len(text)


@given(sections=st.dictionaries(st.text(max_size=9), st.binary(max_size=300), max_size=9))
def test_sections_come_back_aligned(sections: dict[str, bytes], scratch: str) -> None:
    out = SectionWriter(scratch)
    for name, data in sections.items():
        out.write(name, data[:5], data[5:])
    checksum = out.finish()
    file = SectionFile(scratch)
    assert file.checksum == checksum
    assert {name: bytes(file.section(name)) for name in sections} == sections
    assert bytes(file.section("\0 no such name")) == b""
    assert file.damaged_sections() == []
    for name in sections:
        assert file._directory[name][0] % 64 == 0


@pytest.mark.parametrize(
    "data", [b"", b"SKSEG", MAGIC, MAGIC[:-1] + bytes(200), b"SKSEG\0\0\1" + bytes(200), MAGIC + bytes(200)]
)
def test_a_file_that_is_no_segment_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.sk").write_bytes(data)
    with pytest.raises(IndexFormatError, match=r"x\.sk: .*; rebuild|x\.sk: empty"):
        SectionFile(str(tmp_path / "x.sk"))
    with pytest.raises(StoreError, match=r"y\.sk: .*rebuild the index if the file is gone"):
        SectionFile(str(tmp_path / "y.sk"))


@given(num_docs=st.integers(0, 100), data=st.data())
def test_deletions_come_back(num_docs: int, data: st.DataObject, scratch: str) -> None:
    docs = data.draw(st.sets(st.integers(0, num_docs - 1)) if num_docs else st.just(set[int]()))
    deletions = Deletions(num_docs)
    for doc in [*docs, *docs]:
        deletions.add(doc)
    other = deletions.copy()
    deletions.write(scratch)
    for found in (deletions, other, Deletions.read(scratch, num_docs)):
        assert {doc for doc in range(num_docs) if doc in found} == docs
        assert found.count == len(docs)
    with pytest.raises(IndexFormatError):
        Deletions.read(scratch, num_docs + 9)


ENTRY = SegmentEntry("0123456789abcdef", 5, 1, 2, 77)


def test_the_newest_manifest_counts(tmp_path: Path) -> None:
    for generation in (9, 10, 2):
        write_manifest(str(tmp_path), Manifest(generation, "a", ("نص",), (ENTRY,), 3))
    assert read_manifest(str(tmp_path)) == Manifest(10, "a", ("نص",), (ENTRY,), 3)


@pytest.mark.parametrize("segment_id", ["../../etc/pass", "0123456789abcde/", "", "0123456789ABCDEF"])
def test_a_manifest_cannot_name_files_elsewhere(segment_id: str, tmp_path: Path) -> None:
    write_manifest(str(tmp_path), Manifest(1, "a", (), (ENTRY._replace(id=segment_id),)))
    with pytest.raises(IndexFormatError, match="names a segment"):
        read_manifest(str(tmp_path))


def test_only_our_own_unused_files_are_removed(tmp_path: Path) -> None:
    manifest = Manifest(2, "a", (), (ENTRY,), 2)
    ours = ["searchkit_1.json", "searchkit_1.sources", "searchkit_3.json.tmp", "MAIN_fedcba9876543210.sk",
            "MAIN_0123456789abcdef.1.del"]  # fmt: skip
    theirs = ["MAIN_WRITELOCK", "_MAIN_1.toc", "MAIN_abcdefghijklmnop.seg", "notes.txt", "searchkit_x.json", ".gitkeep"]
    for name in [*ours, *theirs, *manifest.files()]:
        (tmp_path / name).write_bytes(b"")
    remove_unused(str(tmp_path), manifest.files())
    assert {path.name for path in tmp_path.iterdir()} == {*theirs, *manifest.files()}


def test_no_manifest_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        read_manifest(str(tmp_path))
