"""Another program writes through stock Whoosh; the next writer of ours takes everything over."""

import io
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from searchkit.codecs.foreign import adopt, foreign_generation
from searchkit.codecs.toc import make_toc, toc_file
from searchkit.errors import IndexFormatError, StoreError
from searchkit.indexing.writer import IndexWriter
from searchkit.segment import Deletions, SegmentReader
from searchkit.segment.manifest import read_manifest, toc_generations

STOCK = """
import datetime, json, sys
import whoosh.index
from whoosh import fields, query, writing
index = whoosh.index.open_dir(sys.argv[1])
exec(sys.argv[2])
print("null")
"""
ADD = "writer = index.writer(); writer.add_document(id='n1', title='جديد', text='من برنامج آخر'); writer.commit()"
OPTIMIZE = "index.optimize()"


@pytest.fixture
def stock(tmp_path: Path, run_whoosh: Any) -> Any:
    return lambda program, **options: run_whoosh(STOCK, tmp_path, program, **options)


@pytest.fixture
def made(tmp_path: Path, write: Any) -> dict[str, dict[str, Any]]:
    """Two segments in ``tmp_path``."""
    documents = [{"id": f"d{number}", "text": f"نص رقم {number}", "n": number, "none": None} for number in range(20)]
    documents[0]["title"] = "عنوان"
    write(tmp_path, documents[:12])
    write(tmp_path, documents[12:], deleted=("d3",))
    return {document["id"]: document for document in documents if document["id"] != "d3"}


def take_over(directory: Path) -> dict[str, dict[str, Any]]:
    """Commit what others did and return all documents."""
    with IndexWriter(str(directory), make_toc=make_toc, adopt=adopt):
        pass
    return stored(directory)


def stored(directory: Path) -> dict[str, dict[str, Any]]:
    documents: dict[str, dict[str, Any]] = {}
    for entry in read_manifest(str(directory)).segments:
        deletions = Deletions.read(str(directory / entry.deletions_file), entry.num_docs) if entry.deletions else None
        reader = SegmentReader(str(directory / entry.file), deletions)
        for doc in reader.live_docs():
            document = reader.stored.document(doc)
            assert document["id"] not in documents
            documents[document["id"]] = document
    return documents


def found(directory: Path, field: str, term: str) -> set[str]:
    keys = set()
    for entry in read_manifest(str(directory)).segments:
        deletions = Deletions.read(str(directory / entry.deletions_file), entry.num_docs) if entry.deletions else None
        reader = SegmentReader(str(directory / entry.file), deletions)
        if (cursor := reader.find(field, term.encode())) is not None:
            postings = reader.postings(field, cursor)
            keys |= {reader.stored.document(doc)["id"] for doc in postings.docs[: postings.df]}
    return keys


def without_nulls(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Whoosh's own segments do not keep a field whose value is null."""
    return {key: {name: v for name, v in document.items() if v is not None} for key, document in documents.items()}


def test_our_own_commits_are_not_foreign(tmp_path: Path, made: Any) -> None:
    assert foreign_generation(str(tmp_path), read_manifest(str(tmp_path))) is None
    assert adopt(str(tmp_path), read_manifest(str(tmp_path))) is None
    assert take_over(tmp_path) == made
    assert read_manifest(str(tmp_path)).generation == 2


@pytest.mark.usefixtures("made")
def test_asking_does_not_import_whoosh(tmp_path: Path, run_whoosh: Any) -> None:
    program = """
import json, sys
from searchkit.codecs.foreign import foreign_generation
from searchkit.segment.manifest import read_manifest
print(json.dumps([foreign_generation(sys.argv[1], read_manifest(sys.argv[1])), "whoosh" in sys.modules]))
"""
    assert run_whoosh(program, tmp_path) == [None, False]


def test_added_documents_come_in_and_are_analysed(tmp_path: Path, made: Any, stock: Any) -> None:
    stock(ADD)
    assert foreign_generation(str(tmp_path), read_manifest(str(tmp_path))) == 3
    made["n1"] = {"id": "n1", "title": "جديد", "text": "من برنامج آخر"}
    assert take_over(tmp_path) == made
    assert found(tmp_path, "text", "برنامج") == found(tmp_path, "text__lemma", "برنامج") == {"n1"}
    assert found(tmp_path, "title", "جديد") == {"n1"}
    assert foreign_generation(str(tmp_path), read_manifest(str(tmp_path))) is None


def test_deleted_documents_stay_deleted(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("index.delete_by_term('id', 'd5'); index.delete_by_query(query.Term('text', '15'))")
    assert set(take_over(tmp_path)) == set(made) - {"d5", "d15"}
    assert found(tmp_path, "text", "نص") == set(made) - {"d5", "d15"}
    stock("index.delete_by_term('id', 'd6')")
    assert set(take_over(tmp_path)) == set(made) - {"d5", "d6", "d15"}


def test_updated_documents_are_replaced(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("writer = index.writer(); writer.update_document(id='d5', text='نص آخر'); writer.commit()")
    assert take_over(tmp_path) == {**made, "d5": {"id": "d5", "text": "نص آخر"}}


def test_a_second_document_with_an_id_replaces_the_first(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("writer = index.writer(); writer.add_document(id='d5', text='نص آخر'); writer.commit()")
    assert take_over(tmp_path) == {**made, "d5": {"id": "d5", "text": "نص آخر"}}


def test_segments_that_were_merged_away_come_back(tmp_path: Path, made: Any, stock: Any) -> None:
    stock(f"index.delete_by_term('id', 'd5'); {ADD}; {OPTIMIZE}")
    assert not any(path.suffix == ".sk" for path in tmp_path.iterdir())
    made["n1"] = {"id": "n1", "title": "جديد", "text": "من برنامج آخر"}
    del made["d5"]
    assert take_over(tmp_path) == without_nulls(made)
    assert found(tmp_path, "text__lemma", "نص") == set(made) - {"n1"}


@pytest.mark.usefixtures("made")
def test_files_of_other_codecs_are_removed_after_the_take_over(tmp_path: Path, stock: Any) -> None:
    stock(ADD)
    assert any(path.suffix == ".seg" for path in tmp_path.iterdir())
    take_over(tmp_path)
    assert not any(path.suffix in (".seg", ".trm", ".pst", ".col") for path in tmp_path.iterdir())


def test_segments_in_separate_files_are_read(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("writer = index.writer(compound=False); writer.add_document(id='n1', text='نص'); writer.commit()")
    assert take_over(tmp_path) == {**made, "n1": {"id": "n1", "text": "نص"}}


def test_many_foreign_commits_with_merges_lose_nothing(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("""
for number in range(12):
    writer = index.writer()
    writer.update_document(id=f'd{number}', text=f'مرة {number}')
    writer.add_document(id=f'n{number}', text=f'أول {number}')
    writer.commit()
""")
    expected = without_nulls(made)
    for number in range(12):
        expected[f"d{number}"] = {"id": f"d{number}", "text": f"مرة {number}"}
        expected[f"n{number}"] = {"id": f"n{number}", "text": f"أول {number}"}
    assert without_nulls(take_over(tmp_path)) == expected


@pytest.mark.usefixtures("made")
def test_values_that_json_does_not_have_become_text(tmp_path: Path, stock: Any) -> None:
    stock("""
writer = index.writer()
writer.add_field('day', fields.DATETIME(stored=True))
writer.add_field('a__b', fields.STORED())
writer.add_document(id='n1', day=datetime.datetime(2024, 11, 30, 12), n=(1, {'x': b'y'}), a__b={3, 1})
writer.commit()
""")
    assert take_over(tmp_path)["n1"] == {"id": "n1", "day": "2024-11-30T12:00:00", "n": [1, {"x": "y"}], "a_b": [1, 3]}


def test_segments_written_by_whoosh_through_our_codec_are_analysed(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("""
from searchkit.codecs.codec import SearchkitCodec
writer = index.writer(codec=SearchkitCodec())
writer.add_document(id='n1', text='كتاب', n=(1, 2))
writer.commit()
index.optimize(codec=SearchkitCodec())
with index.searcher() as searcher:
    assert len(searcher.search(query.Phrase('text', ['نص', 'رقم']), limit=None)) == 19
    assert len(searcher.search(query.Term('text__lemma', 'رقم'), limit=None)) == 19
    assert [hit['id'] for hit in searcher.search(query.Every(), sortedby='n', limit=2)] == ['d0', 'd1']
""")
    assert without_nulls(take_over(tmp_path)) == without_nulls(made) | {"n1": {"id": "n1", "text": "كتاب", "n": [1, 2]}}
    assert found(tmp_path, "text__lemma", "كتاب") == {"n1"}


def test_a_document_without_an_id_gets_one(tmp_path: Path, made: Any, stock: Any) -> None:
    stock("writer = index.writer(); writer.add_document(text='بلا رقم'); writer.commit()")
    documents = take_over(tmp_path)
    (key,) = set(documents) - set(made)
    assert documents[key] == {"id": key, "text": "بلا رقم"}
    assert take_over(tmp_path) == documents


def test_a_commit_cut_off_before_its_manifest_is_completed(tmp_path: Path, made: Any, write: Any) -> None:
    write(tmp_path, [{"id": "n1", "text": "جديد"}], deleted=("d5",))
    (tmp_path / "searchkit_3.json").unlink()  # the table of contents was written, the manifest was not
    assert set(stored(tmp_path)) == set(made)
    assert set(take_over(tmp_path)) == set(made) - {"d5"} | {"n1"}


@pytest.mark.usefixtures("made")
def test_whoosh_sees_the_index_after_the_take_over(tmp_path: Path, stock: Any) -> None:
    stock(f"{ADD}; {OPTIMIZE}")
    take_over(tmp_path)
    stock("assert index.doc_count() == 20 and all('searchkit' in str(type(s)) for s in index._segments())")


def test_an_index_that_was_never_ours_is_left_alone(tmp_path: Path, run_whoosh: Any) -> None:
    run_whoosh("""
import sys, whoosh.index
from whoosh import fields
index = whoosh.index.create_in(sys.argv[1], fields.Schema(text=fields.TEXT))
writer = index.writer(); writer.add_document(text="x"); writer.commit()
print("null")
""", tmp_path)  # fmt: skip
    with pytest.raises(StoreError, match="another Whoosh program"):
        IndexWriter(str(tmp_path), make_toc=make_toc, adopt=adopt)


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def toc_bytes(schema: bytes, segments: Any) -> bytes:
    from whoosh.filedb.structfile import StructFile

    out = io.BytesIO()
    file = StructFile(out)
    for size in (4, 8, 4):
        file.write_varint(size)
    file.write_int(-12345)
    file.write_int(-111)
    for part in (2, 7, 4):
        file.write_varint(part)
    file.write_string(schema)
    file.write_int(3)
    file.write_int(0)
    file.write(pickle.dumps(segments, 2))
    return out.getvalue()


def refuses(directory: Path) -> None:
    before = stored(directory)
    with pytest.raises(IndexFormatError, match="rebuild the index"):
        IndexWriter(str(directory), make_toc=make_toc, adopt=adopt)
    assert stored(directory) == before


@pytest.mark.usefixtures("made")
def test_a_poisoned_segment_list_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / toc_file(3)).write_bytes(toc_bytes(b"", [Bomb(tmp_path / "ran")]))
    refuses(tmp_path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("made")
def test_a_poisoned_schema_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / toc_file(3)).write_bytes(toc_bytes(pickle.dumps(Bomb(tmp_path / "ran")), []))
    assert take_over(tmp_path) == {}
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("made")
def test_poisoned_stored_fields_run_nothing(tmp_path: Path, stock: Any) -> None:
    stock(f"""
import os
class Bomb:
    def __reduce__(self): return os.mkdir, ({str(tmp_path / "ran")!r},)
writer = index.writer(); writer.add_document(id='n1', n=Bomb()); writer.commit()
""")
    refuses(tmp_path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("made")
def test_a_segment_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    from whoosh.codec.whoosh3 import W3Codec, W3Segment

    segment = W3Segment(W3Codec(), "MAIN", 1, "../x")
    (tmp_path / toc_file(3)).write_bytes(toc_bytes(b"", [segment]))
    refuses(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"\x04", b"\x04\x08\x04\xff\xff\xcf\xc7\x00\x00\x00\x01"])
@pytest.mark.usefixtures("made")
def test_a_torn_table_is_said_to_be_damaged(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / toc_file(3)).write_bytes(damage)
    refuses(tmp_path)
    assert toc_generations(str(tmp_path))[0] == 3


def test_an_update_that_fills_the_memory_keeps_the_new_document(tmp_path: Path) -> None:
    with IndexWriter(str(tmp_path)) as writer:
        writer.add(id="1", text="قديم")
    text = "جديد " * 250_000
    with IndexWriter(str(tmp_path), memory_mb=1) as writer:
        writer.update(id="1", text=text)
    assert stored(tmp_path) == {"1": {"id": "1", "text": text}}


def test_two_programs_taking_turns_lose_nothing(tmp_path: Path, made: Any) -> None:
    import whoosh.index

    expected = without_nulls(made)
    for turn in range(24):
        with IndexWriter(str(tmp_path), make_toc=make_toc, adopt=adopt) as ours:
            ours.add(id=f"a{turn}", text="من هنا")
            expected[f"a{turn}"] = {"id": f"a{turn}", "text": "من هنا"}
            if turn % 4 == 3:
                assert ours.delete(f"b{turn - 1}")
                del expected[f"b{turn - 1}"]
        theirs = whoosh.index.open_dir(str(tmp_path)).writer()
        theirs.add_document(id=f"b{turn}", text="من هناك")
        expected[f"b{turn}"] = {"id": f"b{turn}", "text": "من هناك"}
        if turn % 5 == 4:
            assert theirs.delete_by_term("id", f"a{turn - 1}") == 1
            del expected[f"a{turn - 1}"]
        theirs.commit(optimize=turn % 7 == 6)
    assert without_nulls(take_over(tmp_path)) == expected
