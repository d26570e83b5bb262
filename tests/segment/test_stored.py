"""Documents and their ids, the files of sections, and the list of commits."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.condense import choose_widths
from searchkit._core.dense import CLASSES, LARGEST, MARKS, MIN_LAST
from searchkit.errors import IndexFormatError, IndexMissingError, StoreError
from searchkit.segment import Deletions, SegmentReader, SegmentWriter
from searchkit.segment.format import MAGIC, SectionFile, SectionWriter
from searchkit.segment.manifest import Manifest, SegmentEntry, read_manifest, remove_unused, write_manifest


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("scratch") / "file")


TEXTS = st.text() | st.text('ابءپ٣۴،«»…é\u200f\ud800\U0001f600"\\\n\x7f\x00文a1.  ', max_size=20)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.dictionaries(TEXTS | st.sampled_from(["title", "text"]), VALUES, max_size=4)


def whole(text: str) -> str:
    """Two halves of a surrogate pair come back as one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def write(documents: list[dict[str, Any]], path: str) -> SegmentReader:
    writer = SegmentWriter(path)
    for document in documents:
        key = document.get("id")
        writer.stored.add(document, key.encode("utf-8", "surrogatepass") if isinstance(key, str) else b"")
    writer.finish()
    return SegmentReader(path)


@given(documents=st.lists(DOCUMENTS, max_size=8), ids=st.lists(TEXTS, max_size=8), order=st.randoms())
def test_documents_come_back_in_any_order(
    documents: list[dict[str, Any]], ids: list[str], order: Any, scratch: str
) -> None:
    for document, key in zip(documents, ids, strict=False):
        document["id"] = key
    stored = write(documents, scratch).stored
    for doc in sorted(range(len(documents)), key=lambda _: order.random()):
        found = stored.document(doc)
        expected = json.loads(json.dumps(documents[doc]))
        assert json.dumps(found, ensure_ascii=False) == whole(json.dumps(expected, ensure_ascii=False))
        if isinstance(documents[doc].get("id"), str):
            assert stored.id(doc) == documents[doc]["id"]
    with pytest.raises((IndexFormatError, IndexError)):
        stored.document(len(documents))


def test_many_words_and_long_ones_come_back(scratch: str) -> None:
    words = [f"كلمة{number}" for number in range(70_000)]
    documents = [{"text": " ".join(words), "long": "ن" * 100_000}, {"text": " ".join(words[::-1])}]
    stored = write(documents, scratch).stored
    assert [stored.document(doc) for doc in range(2)] == documents


def test_a_frequent_word_takes_less_than_a_byte_and_its_space_none(scratch: str) -> None:
    segment = write([{"text": "قال الرجل " * 5000}], scratch)
    assert segment.section_sizes()["stored.groups"] < 8_000


def test_documents_that_are_not_json_are_refused(scratch: str) -> None:
    writer = SegmentWriter(scratch)
    for value in (object(), float("nan"), {1, 2}):
        with pytest.raises((TypeError, ValueError)):
            writer.stored.add({"a": "نص", "b": value})
    writer.stored.add({"a": "نص"})
    writer.finish()
    stored = SegmentReader(scratch).stored
    assert stored.document(0) == {"a": "نص"}


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
    with pytest.raises(IndexFormatError, match="damaged"):
        read_manifest(str(tmp_path))


def test_only_unused_files_of_known_names_are_removed(tmp_path: Path) -> None:
    manifest = Manifest(2, "a", (), (ENTRY,), 2)
    ours = ["searchkit_1.json", "searchkit_1.sources", "searchkit_3.json.tmp", "MAIN_fedcba9876543210.sk",
            "MAIN_0123456789abcdef.1.del", "_MAIN_1.toc", "_MAIN_3.toc.tmp"]  # fmt: skip
    taken_over = ["MAIN_abcdefghijklmnop.seg", "MAIN_abcdefghijklmnop.trm"]  # of another Whoosh program
    theirs = [
        "MAIN_WRITELOCK",
        "OTHER_abcdefghijklmnop.seg",
        "_OTHER_1.toc",
        "notes.txt",
        "searchkit_x.json",
        ".gitkeep",
    ]
    for name in [*ours, *taken_over, *theirs, *manifest.files()]:
        (tmp_path / name).write_bytes(b"")
    remove_unused(str(tmp_path), manifest.files())
    assert {path.name for path in tmp_path.iterdir()} == {*theirs, *manifest.files()}


def test_no_manifest_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        read_manifest(str(tmp_path))


@pytest.mark.parametrize("pieces", [1, 250, 70_000, 700_000, 3_000_000])
def test_every_number_of_words_can_be_written(pieces: int) -> None:
    widths = bytearray(CLASSES)
    order = array("I", range(pieces))
    choose_widths(array("I", [1]) * pieces, order, widths)
    assert sum(1 << width for width in widths) >= pieces + MARKS
    assert max(widths) <= LARGEST
    assert widths[-1] >= MIN_LAST


@given(st.lists(st.text("ابتثجحé\u0800", max_size=20), max_size=60))
def test_words_that_begin_alike_come_back(scratch: str, words: list[str]) -> None:
    document = {"text": " ".join(words), "list": words}
    assert write([document], scratch).stored.document(0) == document


def test_words_that_begin_alike_are_not_written_twice(scratch: str) -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = [f"مستكشف{first}{second}{third}" for first in letters for second in letters for third in letters]
    frequent = [f"{number}" for number in range(4000)]
    segment = write([{"text": " ".join([*words, *frequent, *frequent])}], scratch)
    assert segment.section_sizes()["stored.groups"] < 6 * len(words)
