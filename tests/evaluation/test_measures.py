from collections.abc import Callable

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.evaluation.measures import (
    MEASURES,
    average_precision,
    evaluate,
    ndcg,
    recall,
    reciprocal_rank,
)

Qrels = dict[str, dict[str, int]]
Run = dict[str, list[tuple[str, float]]]

PEER = {
    "nDCG@10": ir_measures.nDCG @ 10,
    "MRR@10": ir_measures.RR @ 10,
    "R@100": ir_measures.R @ 100,
    "MAP": ir_measures.AP,
}
TOLERANCE = 1e-12

queries = st.sampled_from([f"q{number}" for number in range(6)])
documents = st.sampled_from([f"d{number}" for number in range(160)])
# Few scores, so that many documents have the same one.
scores = st.sampled_from([0.0, 1.0, 1.0 + 2**-40, 2.5, -3.0])
# pytrec_eval, which computes for ir_measures, crashes on a query whose judgements are all below 0.
judgements_of_a_query = st.dictionaries(documents, st.integers(-2, 5), min_size=1, max_size=25).filter(
    lambda judgements: max(judgements.values()) >= 0
)
all_qrels = st.dictionaries(queries, judgements_of_a_query, min_size=1)


@st.composite
def runs(draw: Callable[..., dict[str, dict[str, float]]]) -> Run:
    scored = draw(st.dictionaries(queries, st.dictionaries(documents, scores, min_size=1, max_size=140)))
    # The sort is stable: documents of one score stay in the order in which they were drawn.
    return {query: sorted(found.items(), key=lambda item: -item[1]) for query, found in scored.items()}


def by_peer(run: Run, qrels: Qrels) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """What ir_measures makes of the order given; it orders ties by id, so ranks stand in for scores."""
    ranks = {
        query: {document: float(-rank) for rank, (document, _) in enumerate(results)} for query, results in run.items()
    }
    result = ir_measures.calc(list(PEER.values()), qrels, ranks)
    names = {measure: name for name, measure in PEER.items()}
    by_query = {(names[item.measure], item.query_id): item.value for item in result.per_query if item.query_id in qrels}
    return {names[measure]: value for measure, value in result.aggregated.items()}, by_query


@settings(max_examples=300, deadline=None)
@given(runs(), all_qrels)
def test_measures_are_those_of_ir_measures(run: Run, qrels: Qrels) -> None:
    mine = evaluate(run, qrels)
    _, by_query = by_peer(run, qrels)
    for (name, query), value in by_query.items():
        assert abs(mine.by_query[query][name] - value) <= TOLERANCE, (name, query)
    assert len(by_query) == len(MEASURES) * len(qrels)


@settings(max_examples=100, deadline=None)
@given(runs(), all_qrels)
def test_means_are_those_of_ir_measures(run: Run, qrels: Qrels) -> None:
    run = {query: results for query, results in run.items() if query in qrels}
    means, _ = by_peer(run, qrels)
    mine = evaluate(run, qrels).means
    assert list(mine) == list(MEASURES)
    for name, value in means.items():
        assert abs(mine[name] - value) <= TOLERANCE, name


def test_documents_of_equal_score_count_in_the_order_given() -> None:
    qrels = {"q": {"a": 1}}
    first = evaluate({"q": [("a", 1.0), ("b", 1.0)]}, qrels).means
    second = evaluate({"q": [("b", 1.0), ("a", 1.0)]}, qrels).means
    assert (first["MRR@10"], second["MRR@10"]) == (1.0, 0.5)
    assert (first["MAP"], second["MAP"]) == (1.0, 0.5)


def test_a_judged_query_without_results_counts_zero() -> None:
    means = evaluate({"q1": [("a", 1.0)]}, {"q1": {"a": 1}, "q2": {"a": 1}}).means
    assert means == dict.fromkeys(MEASURES, 0.5)


def test_a_query_without_judgements_does_not_count() -> None:
    means = evaluate({"q1": [("a", 1.0)], "q2": [("a", 1.0)]}, {"q1": {"a": 1}}).means
    assert means == dict.fromkeys(MEASURES, 1.0)


def test_relevance_of_zero_and_less_is_not_relevant() -> None:
    judgements = {"a": 0, "b": -1}
    assert ndcg(["a", "b"], judgements, cutoff=10) == 0
    assert reciprocal_rank(["a", "b"], judgements, cutoff=10) == 0
    assert recall(["a", "b"], judgements, cutoff=10) == 0
    assert average_precision(["a", "b"], judgements) == 0


def test_the_cutoff_is_inclusive() -> None:
    ranking = [str(number) for number in range(1, 12)]
    assert reciprocal_rank(ranking, {"10": 1}, cutoff=10) == 0.1
    assert reciprocal_rank(ranking, {"11": 1}, cutoff=10) == 0
    assert recall(ranking, {"10": 1, "11": 1}, cutoff=10) == 0.5


def test_recall_and_rank_are_cut_where_their_names_say() -> None:
    run = {"q": [(str(rank), -float(rank)) for rank in range(1, 102)]}
    assert [evaluate(run, {"q": {rank: 1}}).means["R@100"] for rank in ("100", "101")] == [1, 0]
    assert [evaluate(run, {"q": {rank: 1}}).means["MRR@10"] for rank in ("10", "11")] == [0.1, 0]
    assert [evaluate(run, {"q": {rank: 1}}).means["nDCG@10"] > 0 for rank in ("10", "11")] == [True, False]
    assert evaluate(run, {"q": {"101": 1}}).means["MAP"] == 1 / 101


def test_no_judgements_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="no query has judgements"):
        evaluate({}, {})
