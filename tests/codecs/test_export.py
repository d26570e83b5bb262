import errno
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import writing

from searchkit import create
from searchkit.analysis import tokenize
from searchkit.codecs.export import export_whoosh
from searchkit.codecs.stock_analyzer import stock_analyzer
from searchkit.errors import IndexMissingError, InputError

READ = """
import json, sys
import whoosh.index
from whoosh import qparser, query
index = whoosh.index.open_dir(sys.argv[1])
parser = qparser.QueryParser("text", index.schema)
with index.searcher() as searcher:
    def search(q):
        return [hit["id"] for hit in searcher.search(q, limit=None)]
    print(json.dumps({
        "documents": {hit["id"]: hit.fields() for hit in searcher.search(query.Every(), limit=None)},
        "term": search(parser.parse("الوزيرُ")),
        "phrase": search(parser.parse('"وزير الخارجيّةِ"')),
        "lemma": search(query.Term("text__lemma", "وزير")),
        "highlights": searcher.search(parser.parse("السوري"))[0].highlights("text"),
        "searchkit": [name for name in sys.modules if name.startswith("searchkit.")],
    }))
"""
ANALYZER = stock_analyzer()


@pytest.fixture(scope="module")
def exported(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "new"
    assert export_whoosh(str(library.directory), str(target)) == len(library.documents)
    return target


def test_export_opens_without_searchkit(library: Any, exported: Path, run_whoosh: Any) -> None:
    answers = run_whoosh(READ, exported, without_searchkit=True)
    assert answers["searchkit"] == []
    assert answers["documents"] == library.documents
    assert set(answers["term"]) == library.having("text", "الوزير".__eq__)
    assert set(answers["lemma"]) == library.having("text", "وزير".__eq__, "lemma")
    texts = {key: " ".join(library.terms(key, "text")) for key in library.documents}
    assert set(answers["phrase"]) == {key for key, text in texts.items() if " وزير الخارجيه " in f" {text} "}
    assert ">السوريّ</b>" in answers["highlights"]


def test_export_names_no_class_of_ours(exported: Path) -> None:
    assert all(b"searchkit" not in path.read_bytes() for path in exported.iterdir() if path.is_file())


def test_export_leaves_what_is_there_alone(library: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        export_whoosh(str(library.directory), str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_export_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        export_whoosh(str(tmp_path), str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


LETTERS = "ابةتثجحخدذرزسشصضطظعغفقكلمنهوىيءآأؤإئپچڤگکیۀ"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200f\u0670"


@given(st.text(alphabet=LETTERS + MARKS + "  ،.؟«»-\n" + "ABcdÉßï_" + "٠١٢34"))
def test_stock_analyzer_cuts_and_folds_as_ours_does(text: str) -> None:
    ours = [(token.surface, token.start) for token in tokenize(text)]
    stock = [(token.text, token.startchar) for token in ANALYZER(text, chars=True)]
    assert stock == ours


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567.5 ريال",
        "\u0663\u0660\u066b\u0665 و١٬٠٠٠",
        "30.11.2024",
        "جداً كتابًا",
        "مسئول مسؤول",
        "ﻻ ﷲ",
        "A4 covid19",
    ],
)
def test_stock_analyzer_reads_numbers_and_ligatures(text: str) -> None:
    assert [token.text for token in ANALYZER(text)] == [token.surface for token in tokenize(text)]


def test_a_document_that_nests_deep_is_exported(tmp_path: Path) -> None:
    nested: list[Any] = []
    for _ in range(900):
        nested = [nested]
    with create(str(tmp_path / "index")) as writer:
        writer.add(id="1", text="نص", more=nested)
    assert export_whoosh(str(tmp_path / "index"), str(tmp_path / "new")) == 1


def test_an_export_that_fails_leaves_nothing(library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.SegmentWriter, "add_reader", full)
    target = tmp_path / "new"
    with pytest.raises(OSError, match="No space") as caught:
        export_whoosh(str(library.directory), str(target))
    assert caught.value.filename == str(target)
    assert not target.exists()
