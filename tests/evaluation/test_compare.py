import pytest

from searchkit.evaluation.compare import compare, differences
from searchkit.evaluation.measures import MEASURES, Evaluation, evaluate
from searchkit.evaluation.tables import comparison_table, per_query_table, text

QRELS = {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"b": 1}}
OURS = evaluate({"q1": [("a", 2.0)], "q2": [("b", 2.0), ("a", 1.0)], "q3": [("b", 1.0)]}, QRELS)
THEIRS = evaluate({"q1": [("b", 2.0), ("a", 1.0)], "q2": [("b", 2.0), ("a", 1.0)]}, QRELS)


def test_differences_are_paired_by_query() -> None:
    assert differences("MRR@10", OURS, THEIRS) == [0.5, 0, 1]


def test_each_measure_is_compared() -> None:
    comparisons = compare(OURS, THEIRS)
    assert tuple(comparisons) == MEASURES
    one = comparisons["MRR@10"]
    assert (one.this, one.other) == (OURS.means["MRR@10"], THEIRS.means["MRR@10"])
    assert one.difference == pytest.approx(0.5)
    assert (one.better, one.worse, one.same) == (2, 0, 1)
    assert one.p == 0.5  # two queries differ: of the four assignments of signs two are as large
    assert one.low <= one.difference <= one.high


def test_the_comparison_turned_round_has_the_other_sign() -> None:
    one, other = compare(OURS, THEIRS)["MAP"], compare(THEIRS, OURS)["MAP"]
    assert (other.difference, other.low, other.high) == pytest.approx((-one.difference, -one.high, -one.low), abs=0.03)
    assert (other.p, other.better, other.worse) == (one.p, one.worse, one.better)


def test_the_table_names_its_columns() -> None:
    header, first, *_ = comparison_table(compare(OURS, THEIRS))
    assert header == ("measure", "this", "other", "difference", "95 %", "p", "better", "worse", "same")
    assert len(first) == len(header)
    assert first[0] == "nDCG@10"
    assert first[3].startswith("+")


def test_a_line_per_query_ends_with_its_text_and_all_of_them_with_the_means() -> None:
    rows = per_query_table(OURS, {"q1": "من\tهو"})
    assert rows[0] == ("qid", *MEASURES, "query")
    assert [row[0] for row in rows[1:]] == ["q1", "q2", "q3", "all"]
    assert rows[1] == ("q1", "1.0000", "1.0000", "1.0000", "1.0000", "من هو")
    assert rows[2][-1] == ""
    assert rows[-1][2] == "0.8333"
    assert all(line.count("\t") == len(rows[0]) - 1 for line in text(rows).splitlines())


def test_with_another_ranking_there_are_differences_by_query() -> None:
    rows = per_query_table(OURS, {}, THEIRS)
    assert rows[0][5:9] == tuple(f"{name} difference" for name in MEASURES)
    assert [row[6] for row in rows[1:]] == ["+0.5000", "+0.0000", "+1.0000", "+0.5000"]


def test_a_query_may_be_called_all() -> None:
    one = evaluate({"all": [("a", 1.0)]}, {"all": {"a": 1}, "b": {"a": 1}})
    nothing = Evaluation(dict.fromkeys(MEASURES, 0.0), {name: dict.fromkeys(MEASURES, 0.0) for name in ("all", "b")})
    rows = per_query_table(one, {"all": "كل"}, nothing)
    assert [row[6] for row in rows[1:]] == ["+1.0000", "+0.0000", "+0.5000"]
