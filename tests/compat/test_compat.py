"""Indexes made by earlier versions are read as they were written, or refused with a clear line."""

import json
import shutil
from pathlib import Path

import pytest

import searchkit
from searchkit.errors import SearchkitError

HERE = Path(__file__).parent
INDEXES = sorted(path for path in HERE.iterdir() if path.name.startswith("format-"))


@pytest.fixture(params=INDEXES, ids=lambda path: path.name)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / "index"))


def test_there_is_one_of_this_format() -> None:
    assert INDEXES


def test_it_answers_as_it_did(index: Path) -> None:
    expected = json.loads((index / "expected.json").read_text("utf-8"))
    opened = searchkit.open(str(index))
    assert len(opened) == expected["documents"]
    for query, ids in expected["queries"].items():  # of spellings: what words mean may be understood better
        assert sorted(opened.search(query, limit=400).ids) == ids, query
    assert opened.stats()["fields"] == expected["fields"]
    assert opened.kinds() == expected["kinds"]
    for asked in expected["fields_asked"]:
        found = opened.search("وزير", **asked["arguments"])
        assert found.ids == asked["ids"], asked["arguments"]
        assert json.loads(json.dumps(found.facets)) == asked["facets"]
    assert opened.document("d7") == expected["d7"]
    assert opened.document("d11") is None
    assert opened.damage() == []


def test_it_can_be_written_to(index: Path) -> None:
    with searchkit.create(str(index)) as writer:
        writer.add(id="new", text="وثيقة جديدة")
    opened = searchkit.open(str(index))
    assert opened.search("وثيقة").ids == ["new"]
    assert opened.search("نص جديد").ids[0] == "d7"


def test_another_format_is_refused(index: Path) -> None:
    (segment, *_) = index.glob("*.sk")
    data = bytearray(segment.read_bytes())
    data[7] = 200
    segment.write_bytes(data)
    with pytest.raises(SearchkitError, match="rebuild the index"):
        searchkit.open(str(index))
