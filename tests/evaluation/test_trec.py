import gzip
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import InputError
from searchkit.evaluation.trec import read_qrels, read_queries, read_run, write_run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.tsv"


def test_reads_queries_in_their_order(path: Path) -> None:
    path.write_text("\ufeffb\tمن هو ابن خلدون؟\r\n\na 1\tأستانا\tوسوريا\n", encoding="utf-8")
    assert read_queries(str(path)) == [("b", "من هو ابن خلدون؟"), ("a 1", "أستانا\tوسوريا")]


def test_reads_gzipped_and_windows_1256_files(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv.gz"
    path.write_bytes(gzip.compress("1\tمن هو ابن خلدون؟".encode("cp1256")))
    assert read_queries(str(path)) == [("1", "من هو ابن خلدون؟")]


def test_reads_qrels_parted_by_any_white_space(path: Path) -> None:
    path.write_text("q1\t0\td1\t1\nq1 0  d2 -1\r\nq2\t Q0 \td\u00a01 3\nq1 0 d1 1\n", encoding="utf-8")
    assert read_qrels(str(path)) == {"q1": {"d1": 1, "d2": -1}, "q2": {"d\u00a01": 3}}


def test_orders_a_run_by_score_and_then_by_rank(path: Path) -> None:
    path.write_text("q Q0 a 3 1.5 t\nq Q0 b 1 1.5 t\nq Q0 c 2 2e0 t\np 0 a 1 -1 t\n", encoding="utf-8")
    assert read_run(str(path)) == {"q": [("c", 2.0), ("b", 1.5), ("a", 1.5)], "p": [("a", -1.0)]}


def test_a_written_run_is_a_run_of_trec_eval(path: Path) -> None:
    write_run(str(path), {"q": [("a", 2.0), ("b", 0.1)]}, tag="bm25")
    assert path.read_text(encoding="utf-8") == "q Q0 a 1 2.0 bm25\nq Q0 b 2 0.1 bm25\n"
    assert [tuple(item) for item in ir_measures.read_trec_run(str(path))] == [
        ("q", "a", 2.0),
        ("q", "b", 0.1),
    ]


names = st.text(st.characters(exclude_characters=" \t\r\n\f\v\0", exclude_categories=["Cs"]), min_size=1)
results = st.dictionaries(names, st.floats(allow_nan=False), min_size=1)


@given(st.dictionaries(names.filter(lambda name: name[0] != "\ufeff"), results, min_size=1))
def test_a_written_run_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, scored: dict[str, dict[str, float]]
) -> None:
    path = str(tmp_path_factory.mktemp("runs") / "run")
    run = {query: sorted(found.items(), key=lambda item: -item[1]) for query, found in scored.items()}
    write_run(path, run)
    assert read_run(path) == run


@pytest.mark.parametrize("name", ["a b", "", "a\n", "a\tb"])
def test_refuses_to_write_an_id_that_would_not_read_back(name: str, path: Path) -> None:
    with pytest.raises(InputError, match="use an id without white space"):
        write_run(str(path), {"q": [(name, 1.0)]})
    assert not path.exists()


def test_names_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_run(str(tmp_path), {"q": [("d", 1.0)]})


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (read_queries, "1\ta\n2 b\n", ":2: is not what was expected; write query id, a tab, the text"),
        (read_queries, "1\ta\n\n2\t \n", ":3: is not what was expected"),
        (read_queries, "\ta\n", ":1: is not what was expected"),
        (read_queries, "1\ta\n1\tb\n", ":2: query 1 is there for the second time"),
        (read_queries, "\n", ": holds no queries"),
        (read_qrels, "1 0 d\n", ":1: is not what was expected; write query id, 0, document id, whole number"),
        (read_qrels, "1 0 d 1\n1 0 e high\n", ":2: is not what was expected"),
        (read_qrels, "1 0 d 1\n1 0 d 0\n", ":2: document d is judged differently above for 1"),
        (read_qrels, " \n", ": holds no judgements"),
        (read_run, "1 Q0 d 1 2.0\n", ":1: is not what was expected; write query id, Q0, document id, rank"),
        (read_run, "1 Q0 d first 2.0 t\n", ":1: is not what was expected"),
        (read_run, "1 Q0 d 1 nan t\n", ":1: is not what was expected; write a score that is a number"),
        (read_run, "1 Q0 d 1 2 t\n1 Q0 d 2 1 t\n", ":2: document d is there for the second time for query 1"),
        (read_run, "", ": holds no results"),
    ],
)  # fmt: skip
def test_names_the_line_that_cannot_be_understood(reader, text: str, expected: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        reader(str(path))
    assert str(caught.value).startswith(str(path) + expected)


@pytest.mark.parametrize("reader", [read_queries, read_qrels, read_run])
def test_names_files_that_cannot_be_read(reader, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing: does not exist; check the path"):
        reader(str(tmp_path / "missing"))
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match="binary: is not text"):
        reader(str(tmp_path / "binary"))
