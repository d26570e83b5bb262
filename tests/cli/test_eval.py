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


def test_queries_that_nobody_judged_are_named(collection: Any, complains: Any) -> None:
    collection.write("queries.tsv", "z1\tسوريا\n")
    complains(evaluate(collection), "queries.tsv: holds none of the queries judged in qrels.tsv; ")


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


def test_two_rankings_are_compared_query_by_query(collection: Any) -> None:
    evaluate(collection, "--run", "run.txt")
    same = json.loads(evaluate(collection, "--compare", "run.txt", "--json").out)
    assert list(same["compare"]) == ["nDCG@10", "MRR@10", "R@100", "MAP"]
    for name, one in same["compare"].items():
        assert (one["this"], one["difference"], one["p"], one["same"]) == (same[name], 0, 1, 9)


def test_a_comparison_is_shown_as_a_table(collection: Any) -> None:
    collection.write("worse.txt", "q0 Q0 d1 1 2.0 t\n")
    header, *rows = [line.split("\t") for line in evaluate(collection, "--compare", "worse.txt").lines]
    assert header == ["measure", "this", "other", "difference", "95 %", "p", "better", "worse", "same"]
    assert [row[0] for row in rows] == ["nDCG@10", "MRR@10", "R@100", "MAP"]
    assert all(row[3].startswith("+") for row in rows)


def test_a_run_file_is_measured_without_documents(collection: Any) -> None:
    figures = evaluate(collection, "--run", "run.txt").out
    outcome = collection("eval", "--score", "run.txt", "--qrels", "qrels.tsv")
    assert (outcome.status, outcome.err, outcome.out) == (0, "", figures)


def test_two_run_files_are_compared_without_documents(collection: Any) -> None:
    evaluate(collection, "--run", "run.txt")
    collection.write("worse.txt", "q0 Q0 d1 1 2.0 t\n")
    with_index = evaluate(collection, "--compare", "worse.txt").out
    assert collection("eval", "--score", "run.txt", "--compare", "worse.txt", "--qrels", "qrels.tsv").out == with_index


def test_each_query_has_a_line_above_the_means(collection: Any) -> None:
    rows = [line.split("\t") for line in evaluate(collection, "--per-query").lines]
    assert rows[0] == ["qid", "nDCG@10", "MRR@10", "R@100", "MAP", "query"]
    assert {row[0] for row in rows[1:]} == {*(f"q{i}" for i in range(8)), "q9", "all"}
    means = [line.split("\t")[1] for line in evaluate(collection).lines]
    assert rows[-1] == ["all", *means, ""]


def test_the_lines_of_queries_go_to_a_file(collection: Any) -> None:
    shown = evaluate(collection, "--per-query").out
    outcome = evaluate(collection, "--per-query", "queries.out")
    assert outcome.out == evaluate(collection).out
    assert (collection.folder / "queries.out").read_text("utf-8") == shown


def test_json_holds_the_queries_too(collection: Any) -> None:
    figures = json.loads(evaluate(collection, "--per-query", "--json").out)
    assert figures["per_query"].keys() == {*(f"q{i}" for i in range(8)), "q9"}
    assert figures["per_query"]["q0"].keys() == {"nDCG@10", "MRR@10", "R@100", "MAP"}


def test_weights_are_searched_on_half_of_the_queries(collection: Any) -> None:
    outcome = evaluate(collection, "--tune", "surface=0.5,2", "root=0,1")
    assert outcome.status == 0
    rows = [line.split("\t") for line in outcome.lines]
    assert [row[0] for row in rows] == ["half", *["searched"] * 4, *["held back"] * 4, "best"]
    assert all(float(row[4]) >= float(row[3]) for row in rows if row[:3:2] == ["searched", "nDCG@10"])
    assert [part.split("=")[0] for part in rows[-1][1].split()] == ["surface", "root"]
    assert all(line.startswith("tune: ") for line in outcome.err.splitlines())


def test_tuned_weights_are_json_as_well(collection: Any) -> None:
    outcome = evaluate(collection, "--json", "--tune", "root=0,1")
    found = json.loads(outcome.out)
    assert found.keys() == {"best", "searched", "held_back"}
    assert found["best"].keys() == {"root"}
    assert found["held_back"]["MAP"].keys() >= {"this", "other", "difference", "low", "high", "p"}


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--qrels", "qrels.tsv"], ["--corpus: is missing; ", "--score RUN"]),
        (["--qrels", "qrels.tsv", "--corpus", "corpus.jsonl"], ["--queries: is missing; "]),
        (["--score", "run.txt"], ["--qrels"]),
        (["--qrels", "qrels.tsv", "--score", "missing.txt"], ["missing.txt: does not exist; "]),
        (["--qrels", "qrels.tsv", "--score", "qrels.tsv"], ["qrels.tsv:1: ", "write query id, Q0"]),
        (["--qrels", "qrels.tsv", "--score", "alien.txt"], ["alien.txt: answers none of the judged queries; "]),
        (["--qrels", "qrels.tsv", "--score", "x", "--corpus", "c"], ["--corpus: nothing is ranked with --score; "]),
        (["--qrels", "qrels.tsv", "--score", "x", "--run", "r"], ["--run: nothing is ranked with --score; "]),
        (["--qrels", "qrels.tsv", "--score", "x", "--tune"], ["--score: does not go with --tune; "]),
    ],
)
def test_options_that_do_not_fit_are_named(
    collection: Any, complains: Any, options: list[str], parts: list[str]
) -> None:
    collection.write("alien.txt", "z9 Q0 d1 1 2.0 t\n")
    complains(collection("eval", *options), *parts)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--compare", "missing.txt"], ["missing.txt: does not exist; "]),
        (["--compare", "alien.txt"], ["alien.txt: answers none"]),
        (["--per-query", "no/such/folder"], ["no/such/folder: cannot be written", "; choose"]),
        (["--tune", "rood=1"], ["rood: is no parameter; choose from surface, "]),
        (["--tune", "root=x"], ["root=x: is not a list of numbers; write root=0.5,1,2"]),
        (["--tune", "root=1", "--run", "x"], ["--run: does not go with --tune; "]),
        (["--tune", "root=1", "--compare", "x"], ["--compare: does not go with --tune; "]),
        (["--tune", "root=1", "--per-query"], ["--per-query: does not go with --tune; "]),
    ],
)
def test_further_options_that_cannot_be_used_are_named(
    collection: Any, complains: Any, options: list[str], parts: list[str]
) -> None:
    collection.write("alien.txt", "z9 Q0 d1 1 2.0 t\n")
    complains(evaluate(collection, *options), *parts)
