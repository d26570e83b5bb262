import pickle
import pickletools
import shutil
from pathlib import Path
from typing import Any

import pytest

from searchkit.codecs.segment import SearchkitSegment
from searchkit.errors import IndexFormatError
from searchkit.segment import Deletions
from searchkit.segment.manifest import generations, toc_generations

READ = """
import json, sys
import whoosh.index
from whoosh import query
index = whoosh.index.open_dir(sys.argv[1])
with index.searcher() as searcher:
    hits = [hit.fields() for hit in searcher.search(query.Every(), limit=None)]
    before = index.up_to_date(), searcher.refresh() is searcher
print(json.dumps({"documents": hits, "generation": index.latest_generation(), "current": before}))
"""


def document(number: int, **more: object) -> dict[str, object]:
    return {"id": str(number), "text": "نص", **more}


def test_every_commit_has_a_table_of_the_same_generation(tmp_path: Path, write: Any, run_whoosh: Any) -> None:
    for number in range(4):
        write(tmp_path, [document(number)])
        assert toc_generations(str(tmp_path))[0] == generations(str(tmp_path))[0] == number + 1
        assert run_whoosh(READ, tmp_path)["generation"] == number + 1


def test_only_this_table_and_the_one_before_are_kept(tmp_path: Path, write: Any) -> None:
    for number in range(4):
        write(tmp_path, [document(number)])
    assert toc_generations(str(tmp_path)) == [4, 3]


def test_no_temporary_files_are_left(tmp_path: Path, write: Any) -> None:
    write(tmp_path, [document(1)])
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


def test_an_index_without_documents_can_be_opened(tmp_path: Path, write: Any, run_whoosh: Any) -> None:
    write(tmp_path, [])
    assert run_whoosh(READ, tmp_path)["documents"] == []
    write(tmp_path, [document(1)])
    write(tmp_path, [], deleted=("1",))
    assert run_whoosh(READ, tmp_path)["documents"] == []


def test_whoosh_sees_fields_that_appear_later(tmp_path: Path, write: Any, run_whoosh: Any) -> None:
    write(tmp_path, [document(1)])
    write(tmp_path, [document(2, رأي="جديد", nested={"a": [1, None]}, empty="")])
    assert run_whoosh(READ, tmp_path)["documents"] == [
        document(1),
        document(2, رأي="جديد", nested={"a": [1, None]}, empty=""),
    ]


def test_a_copied_index_opens_elsewhere(library: Any, tmp_path: Path, run_whoosh: Any) -> None:
    shutil.copytree(library.directory, tmp_path / "copy")
    assert len(run_whoosh(READ, tmp_path / "copy")["documents"]) == len(library.documents)


def test_pickled_segment_keeps_its_state_and_its_deletions_to_itself() -> None:
    deletions = Deletions(20)
    deletions.add(3)
    segment = SearchkitSegment("0123456789abcdef", 20, deletions)
    copy = pickle.loads(pickle.dumps(segment, 2))
    assert (copy.file, copy.doc_count_all(), list(copy.deleted_docs())) == (segment.file, 20, [3])
    copy.delete_document(5)
    copy.delete_document(5)
    copy.delete_document(3, delete=False)
    segment.delete_document(7)
    assert list(copy.deleted_docs()) == [5]
    assert list(segment.deleted_docs()) == [3, 7]
    assert deletions.count == 1
    assert copy.has_deletions()
    assert copy.doc_count() == 19


@pytest.mark.parametrize(
    "change",
    [{"state": 2}, {"id": "../../etc/x"}, {"name": "a/b"}, {"docs": 500}, {"docs": -1}, {"id": 7}, {"deleted": "no"}],
)
def test_segment_refuses_a_state_it_cannot_have_written(change: dict[str, object]) -> None:
    deletions = Deletions(20)
    deletions.add(3)
    state = SearchkitSegment("0123456789abcdef", 20, deletions).__getstate__() | change
    with pytest.raises(IndexFormatError):
        SearchkitSegment.__new__(SearchkitSegment).__setstate__(state)


def test_pickled_names_are_those_of_the_format(tmp_path: Path, write: Any) -> None:
    write(tmp_path, [document(1, year=2000)])
    from whoosh.filedb.structfile import StructFile

    names: set[str] = set()
    with open(tmp_path / "_MAIN_1.toc", "rb") as raw:
        file = StructFile(raw)
        file.seek(3 + 4 + 4 + 3)
        schema = file.read_string()
        file.seek(8, 1)
        for data in (schema, raw.read()):
            strings: list[str] = []
            for operation, argument, _ in pickletools.genops(data):
                if isinstance(argument, str):
                    strings.append(argument)
                if operation.name == "GLOBAL":
                    names.add(str(argument).replace(" ", "."))
                elif operation.name == "STACK_GLOBAL":
                    names.add(".".join(strings[-2:]))
    assert {name for name in names if name.startswith("searchkit")} == {
        "searchkit.codecs.schema.make_schema",
        "searchkit.codecs.segment.SearchkitSegment",
    }
