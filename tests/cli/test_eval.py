"""``searchkit eval``: its figures are those of ir-measures on its own run file."""

import gzip
import json
import random
from typing import Any

import pytest

WORDS = ["سوريا", "لبنان", "الكتاب", "كتاب", "وزير", "أستانا", "في", "روسيا", "إيران", "2024"]


@pytest.fixture
def collection(command: Any) -> Any:
    """A small judged collection."""
    chance = random.Random(3)  # noqa: S311
    lines = [
        json.dumps(
            {
                "id": f"d{i}",
                "title": " ".join(chance.choices(WORDS, k=3)),
                "text": " ".join(chance.choices(WORDS, k=20)),
            }
        )
        for i in range(60)
    ]
    command.write("corpus.jsonl", "\n".join(lines))
    command.write("corpus.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    command.write("queries.tsv", "".join(f"q{i}\t{' '.join(chance.choices(WORDS, k=2))}\n" for i in range(8)))
    judged = [f"q{i}\t0\td{doc}\t{chance.randint(0, 3)}\n" for i in range(8) for doc in chance.sample(range(60), 9)]
    command.write("qrels.tsv", "".join([*judged, "q9\t0\td1\t1\n"]))
    return command


def evaluate(command: Any, *options: str, corpus: str = "corpus.jsonl") -> Any:
    return command("eval", "--corpus", corpus, "--queries", "queries.tsv", "--qrels", "qrels.tsv", *options)


def test_figures_are_those_of_ir_measures_on_the_run_file(collection: Any) -> None:
    ir_measures = pytest.importorskip("ir_measures")
    outcome = evaluate(collection, "--json", "--run", "run.txt")
    assert (outcome.status, outcome.err) == (0, "")
    names = {"nDCG@10": "nDCG@10", "MRR@10": "RR@10", "R@100": "R@100", "MAP": "AP"}
    measures = [ir_measures.parse_measure(name) for name in names.values()]
    run = list(ir_measures.read_trec_run("run.txt"))
    # Documents of equal score: ours in our order, theirs by id; so that both see one order, scores follow the rank.
    ranks: dict[str, int] = {}
    ordered = [
        ir_measures.ScoredDoc(row.query_id, row.doc_id, -ranks.setdefault(row.query_id, 0)) for row in run
        if not ranks.__setitem__(row.query_id, ranks.get(row.query_id, 0) + 1)
    ]  # fmt: skip
    expected = ir_measures.calc_aggregate(measures, ir_measures.read_trec_qrels("qrels.tsv"), ordered)
    for ours, theirs in names.items():
        assert json.loads(outcome.out)[ours] == pytest.approx(expected[ir_measures.parse_measure(theirs)], abs=1e-9)


def test_figures_are_printed_a_line_each(collection: Any) -> None:
    rows = [line.split("\t") for line in evaluate(collection).lines]
    assert [row[0] for row in rows] == ["nDCG@10", "MRR@10", "R@100", "MAP"]
    assert all(0 < float(row[1]) < 1 for row in rows)


def test_a_compressed_corpus_gives_the_same(collection: Any) -> None:
    assert evaluate(collection, corpus="corpus.jsonl.gz").out == evaluate(collection).out


def test_no_index_is_left_behind(collection: Any) -> None:
    before = sorted(collection.folder.iterdir())
    evaluate(collection)
    assert sorted(collection.folder.iterdir()) == before


def test_the_run_ranks_each_document_once_best_first(collection: Any) -> None:
    evaluate(collection, "--run", "run.txt")
    rows = [line.split() for line in (collection.folder / "run.txt").read_text("utf-8").splitlines()]
    assert all(len(row) == 6 and row[1] == "Q0" for row in rows)
    for query in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == query]
        assert [int(row[3]) for row in own] == list(range(1, len(own) + 1))
        assert len({row[2] for row in own}) == len(own)
        assert [float(row[4]) for row in own] == sorted((float(row[4]) for row in own), reverse=True)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.tsv", "qrels.tsv"])
def test_a_missing_file_is_named(collection: Any, complains: Any, missing: str) -> None:
    (collection.folder / missing).unlink()
    complains(evaluate(collection), f"{missing}: does not exist; check the path")


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        ("queries.tsv", "q1 no tab\n", ["queries.tsv:1: ", "write query id"]),
        ("queries.tsv", "", ["queries.tsv: holds no queries; "]),
        ("qrels.tsv", "q1\t0\td1\tvery\n", ["qrels.tsv:1: ", "write query id"]),
        ("qrels.tsv", "q1\t0\td1\n", ["qrels.tsv:1: "]),
    ],
)
def test_a_malformed_file_is_named_with_its_line(
    collection: Any, complains: Any, name: str, text: str, parts: list[str]
) -> None:
    collection.write(name, text)
    complains(evaluate(collection), *parts)


def test_a_query_in_odd_letters_is_only_words(collection: Any) -> None:
    collection.write("queries.tsv", 'q0\t(سوريا "AND -لبنان: +\nq1\t؟!\n')
    outcome = evaluate(collection)
    assert (outcome.status, outcome.err) == (0, "")


def test_a_bad_document_is_named_and_the_rest_is_ranked(collection: Any) -> None:
    path = collection.folder / "corpus.jsonl"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(["{bad", lines[0], *lines, '{"id": "z", "text": "x", "a__b": "y"}']), "utf-8")
    outcome = evaluate(collection)
    assert outcome.status == 0
    assert len(outcome.lines) == 4
    assert [line.split(": ")[1] for line in outcome.err.splitlines()] == [
        "corpus.jsonl:1",
        "corpus.jsonl",
        "corpus.jsonl",
    ]


def test_a_run_file_that_cannot_be_written_is_named(collection: Any, complains: Any) -> None:
    complains(evaluate(collection, "--run", "no/such/folder/run.txt"), "run.txt: cannot be written", "; choose")
