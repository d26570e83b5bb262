"""The measures of ranked retrieval: nDCG@10, MRR@10, R@100, MAP.

They are those of trec_eval, with one difference: a ranking is taken in the order in which it is given, where
trec_eval would reorder documents of equal score by their ids. Relevance of 0 and less is not relevant. A
ranking holds a document at most once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, log2

from searchkit.records import NamedTuple

MEASURES = ("nDCG@10", "MRR@10", "R@100", "MAP")
"""The names of the measures in the order in which they are shown."""


class Evaluation(NamedTuple):
    """Measures by name: their means over the judged queries, and their values by query."""

    means: dict[str, float]
    by_query: dict[str, dict[str, float]]


def evaluate(run: Mapping[str, Sequence[tuple[str, float]]], qrels: Mapping[str, Mapping[str, int]]) -> Evaluation:
    """Measure a run, its documents best first, over the queries that have judgements.

    A judged query without results counts 0; results of queries without judgements do not count.

    Raises:
        ValueError: there is no judgement.
    """
    if not qrels:
        raise ValueError("no query has judgements")
    by_query: dict[str, dict[str, float]] = {}
    for query, judgements in qrels.items():
        ranking = [document for document, _ in run.get(query, ())]
        values = (
            ndcg(ranking, judgements, cutoff=10),
            reciprocal_rank(ranking, judgements, cutoff=10),
            recall(ranking, judgements, cutoff=100),
            average_precision(ranking, judgements),
        )
        by_query[query] = dict(zip(MEASURES, values, strict=True))
    means = {name: fsum(values[name] for values in by_query.values()) / len(by_query) for name in MEASURES}
    return Evaluation(means, by_query)


def ndcg(ranking: Sequence[str], judgements: Mapping[str, int], *, cutoff: int) -> float:
    """Discounted cumulative gain over that of the best possible ranking, each within the cutoff.

    The gain of a document is its relevance, the discount log2(rank + 1) (Järvelin and Kekäläinen, ACM TOIS
    20(4), 2002, with the discount of trec_eval).
    """
    ideal = _gain(sorted(judgements.values(), reverse=True)[:cutoff])
    return _gain([judgements.get(document, 0) for document in ranking[:cutoff]]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], judgements: Mapping[str, int], *, cutoff: int) -> float:
    """One over the rank of the first relevant document; 0 when none is within the cutoff."""
    for rank, document in enumerate(ranking[:cutoff], start=1):
        if judgements.get(document, 0) > 0:
            return 1.0 / rank
    return 0.0


def recall(ranking: Sequence[str], judgements: Mapping[str, int], *, cutoff: int) -> float:
    """Share of the relevant documents that are within the cutoff."""
    relevant = _relevant(judgements)
    found = sum(judgements.get(document, 0) > 0 for document in ranking[:cutoff])
    return found / relevant if relevant else 0.0


def average_precision(ranking: Sequence[str], judgements: Mapping[str, int]) -> float:
    """Mean over all relevant documents of the precision at their ranks, 0 for those not in the ranking."""
    relevant = _relevant(judgements)
    found = 0
    precisions: list[float] = []
    for rank, document in enumerate(ranking, start=1):
        if judgements.get(document, 0) > 0:
            found += 1
            precisions.append(found / rank)
    return fsum(precisions) / relevant if relevant else 0.0


def _gain(relevances: Sequence[int]) -> float:
    return fsum(max(relevance, 0) / log2(rank + 1) for rank, relevance in enumerate(relevances, start=1))


def _relevant(judgements: Mapping[str, int]) -> int:
    return sum(relevance > 0 for relevance in judgements.values())
