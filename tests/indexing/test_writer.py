"""The writer against a dictionary of documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit

Documents = dict[str, dict[str, Any]]
Check = Callable[[str, Documents], None]
WORDS = st.sampled_from(["سوريا", "سورية", "الكتاب", "كِتَابٌ", "والكتاب", "أستانا", "في", "٢٠٢٤", "SANA", "x" * 300, "؟"])
TEXT = st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=20)
KEYS = st.sampled_from(["1", "2", "3", "٤", "a b", "\ud800", "x" * 1000])
VALUES = (
    TEXT | st.integers() | st.none() | st.lists(TEXT, max_size=3) | st.dictionaries(TEXT, st.booleans(), max_size=2)
)
FIELDS = st.fixed_dictionaries({}, optional={"title": TEXT, "text": VALUES, "كاتب": VALUES, "file": VALUES})
STEPS = st.lists(
    st.tuples(st.just("update"), KEYS, FIELDS)
    | st.tuples(st.just("add"), KEYS, FIELDS)
    | st.tuples(st.just("delete"), KEYS, st.none())
    | st.tuples(st.sampled_from(["commit", "reopen", "give up", "flush"]), st.none(), st.none()),
    max_size=25,
)


class Run:
    """A writer and the dictionary that says what it holds."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.committed: Documents = {}
        self.documents: Documents = {}
        self.writer = searchkit.create(directory)

    def step(self, action: str, key: str | None, fields: dict[str, Any] | None) -> None:
        if action == "add" and key in self.documents:
            with pytest.raises(searchkit.DocumentError, match="use update"):
                self.writer.add(id=key, **(fields or {}))
        elif key is not None and fields is not None:
            (self.writer.add if action == "add" else self.writer.update)(id=key, **fields)
            self.documents[key] = {"id": key, **fields}
        elif action == "delete" and key is not None:
            assert self.writer.delete(key) == (self.documents.pop(key, None) is not None)
        elif action == "flush":
            self.writer._flush()
        elif action == "give up":
            self.writer.close()
            self.documents = dict(self.committed)
            self.writer = searchkit.create(self.directory)
        else:
            self.writer.commit()
            self.committed = dict(self.documents)
            if action == "reopen":
                self.writer.close()
                self.writer = searchkit.create(self.directory)
        for known in ("1", "2", "nobody"):
            assert (known in self.writer) == (known in self.documents)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_holds_what_a_dictionary_would_hold(
    steps: list[tuple[str, str | None, dict[str, Any] | None]], check: Check
) -> None:
    with TemporaryDirectory() as folder:
        run = Run(folder)
        for step in steps:
            run.step(*step)
        run.writer.commit()
        run.writer.close()
        check(folder, run.documents)


def test_replaces_a_committed_document_though_memory_is_full_at_that_moment(tmp_path: Path, check: Check) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:
        writer.add(id="1", text="قديم")
    with searchkit.create(index) as writer:
        writer._memory = 0  # every document is written at once
        writer.update(id="1", text="جديد")
        writer.update(id="1", text="أجدّ")
        writer.update(id="2", text="آخر")
    check(index, {"1": {"id": "1", "text": "أجدّ"}, "2": {"id": "2", "text": "آخر"}})


def test_writes_segments_when_memory_is_full(tmp_path: Path, check: Check) -> None:
    index = str(tmp_path / "index")
    documents = {str(i): {"id": str(i), "text": " ".join(f"w{i}x{j}" for j in range(300))} for i in range(60)}
    with searchkit.create(index, memory_mb=1) as writer:
        for document in documents.values():
            writer.update(**document)
        for i in range(0, 60, 7):
            documents[str(i)] = {"id": str(i), "text": "جديد"}
            writer.update(**documents[str(i)])
        assert len(list((tmp_path / "index").glob("*.sk"))) > 3
    check(index, documents)


def test_many_commits_are_merged_into_few_segments(tmp_path: Path, check: Check) -> None:
    index = str(tmp_path / "index")
    documents: Documents = {}
    for i in range(70):
        with searchkit.create(index) as writer:
            documents[str(i)] = {"id": str(i), "title": f"مقال {i}", "text": "نص " * (i % 5)}
            writer.add(**documents[str(i)])
            if i % 3 == 0 and i:
                assert writer.delete(str(i - 1))
                del documents[str(i - 1)]
    check(index, documents)
    assert searchkit.open(index).stats()["segments"] <= 16


def test_only_files_of_two_commits_are_kept(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for i in range(12):
        with searchkit.create(str(index)) as writer:
            writer.add(id=str(i), text="نص")
            writer.delete(str(i - 3))
    assert len(list(index.glob("searchkit_*.json"))) == 2
    (index / "notes.txt").write_text("mine")
    with searchkit.create(str(index)) as writer:
        writer.add(id="x", text="نص")
    assert (index / "notes.txt").read_text() == "mine"


def test_an_empty_commit_makes_an_index_and_then_changes_nothing(tmp_path: Path, check: Check) -> None:
    index = str(tmp_path / "index")
    for _ in range(3):
        with searchkit.create(index):
            pass
    assert searchkit.open(index).stats()["generation"] == 1
    check(index, {})


BAD = {
    "a name with two underscores": {"a__b": "x"},
    "a name that begins with one": {"_a": "x"},
    "an empty name": {"": "x"},
    "a name that cannot be encoded": {"a\ud800": "x"},
    "a value that is no JSON": {"when": {1, 2}},
    "a circle": {"circle": (circle := [])},  # type: ignore[var-annotated]
    "a nesting too deep": {"deep": (deep := [])},  # type: ignore[var-annotated]
}
circle.append(circle)
for _ in range(100_000):
    deep.append([])
    deep = deep[0]


@pytest.mark.parametrize("fields", BAD.values(), ids=BAD.keys())
def test_a_document_that_cannot_be_indexed_leaves_no_trace(
    fields: dict[str, Any], tmp_path: Path, check: Check
) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer, pytest.raises(searchkit.DocumentError):
        writer.add(id="bad", title="غريب", **fields)
    assert searchkit.open(index).stats()["segments"] == 0
    with searchkit.create(index) as writer:
        writer.add(id="good", title="سليم")
        with pytest.raises(searchkit.DocumentError):
            writer.update(id="good", title="غريب", **fields)
    check(index, {"good": {"id": "good", "title": "سليم"}})


@pytest.mark.parametrize("key", [None, "", 5, b"1", ["1"]])
def test_an_id_that_is_no_string_is_refused(key: object, tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        with pytest.raises(searchkit.DocumentError, match="needs an id"):
            writer.add(id=key, text="نص")
        with pytest.raises(searchkit.DocumentError, match="needs an id"):
            writer.update(text="نص")


def test_any_name_of_a_field_may_be_given(tmp_path: Path, check: Check) -> None:
    document = {"id": "1", "self": "واحد", "document": "اثنان", "key": "ثلاثة", "class": "أربعة"}
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(**document)
        writer.update(**document)
    check(str(tmp_path / "index"), {"1": document})


def test_an_exception_leaves_the_index_as_it_was(tmp_path: Path, check: Check) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:
        writer.add(id="1", text="أول")
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    with pytest.raises(LookupError):
        spoil(index)
    check(index, {"1": {"id": "1", "text": "أول"}})
    with searchkit.create(index) as writer:  # and what was left behind goes with the next commit
        writer.add(id="2", text="ثان")
    with searchkit.create(index) as writer:
        writer.add(id="3", text="ثالث")
    assert len(list((tmp_path / "index").glob("*.sk"))) == 3
    assert {name.partition("_")[0] for name in before} == {"", "MAIN", "searchkit"}  # "": Whoosh's own


def spoil(index: str) -> None:
    with searchkit.create(index) as writer:
        writer.add(id="2", text="ثان")
        writer._flush()
        writer.delete("1")
        writer.add(id="3", text="ثالث")
        raise LookupError


def test_a_closed_writer_takes_nothing(tmp_path: Path) -> None:
    writer = searchkit.create(str(tmp_path / "index"))
    writer.close()
    writer.close()
    with pytest.raises(searchkit.StoreError, match="closed"):
        writer.add(id="1")
    with pytest.raises(searchkit.StoreError, match="closed"):
        writer.commit()


def test_a_reader_keeps_its_snapshot_until_it_refreshes(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:
        writer.add(id="1", text="كتاب")
        writer.add(id="2", text="كتاب")
    reader = searchkit.open(index)
    for i in range(3, 30):
        with reader.writer() as writer:
            writer.add(id=str(i), text="كتاب")
            writer.delete(str(i - 2))
    assert [hit.id for hit in reader.search("كتاب")] == ["1", "2"]
    assert reader.refresh()
    assert sorted(hit.id for hit in reader.search("كتاب")) == ["28", "29"]
    assert not reader.refresh()
