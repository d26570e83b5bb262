"""What a search returns against what looking at every document returns."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.ranking import Model

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY = [
    "سوريا", "سورية", "السوري", "أستانا", "آستانة", "لافروف", "لاڤروف", "كتاب", "الكتاب", "كِتَابٌ", "والكتاب",
    "في", "من", "إلى", "هذا", "روسيا", "روسي", "إيران", "٢٠٢٤", "3.5", "SANA", "ق", "وزير", "الوزير",
]  # fmt: skip
WORDS = st.sampled_from([*VOCABULARY, "مفقود", "لم"])
FIELDS = st.sampled_from([None, None, None, "title", "text", "كاتب"])
BOOSTS = st.sampled_from([None, None, None, 0.0, 0.5, 2.0, 10.0])
ROUNDING = 1e-4  # a score is the sum of a few numbers rounded to a multiple of 2**-20


class Made(NamedTuple):
    index: searchkit.Index
    oracle: Any


def document(chance: random.Random, key: int) -> dict[str, str]:
    fields = {"text": 25, "title": 4, "كاتب": 2}
    return {"id": str(key)} | {
        name: " ".join(chance.choices(VOCABULARY, k=chance.randint(0, size)))
        for name, size in fields.items()
        if chance.random() < 0.9
    }


def build(directory: str, seed: int) -> list[dict[str, str]]:
    """An index of several segments with documents replaced and deleted; return what is left."""
    chance = random.Random(seed)  # noqa: S311
    documents: dict[str, dict[str, str]] = {}
    for _ in range(seed):
        with searchkit.create(directory) as writer:
            for _ in range(chance.randint(1, 12)):
                made = document(chance, chance.randrange(40))
                documents[made["id"]] = made
                writer.update(**made)
            for key in chance.sample(sorted(documents), chance.randint(0, len(documents) // 3)):
                assert writer.delete(key)
                del documents[key]
    return list(documents.values())


@pytest.fixture(scope="module", params=[1, 7])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, oracle: Any) -> Made:
    directory = str(tmp_path_factory.mktemp("index"))
    documents = build(directory, request.param)
    index = searchkit.Index(directory, Model(vowels=0.0, run=0.0))  # these have tests of their own
    assert len(index) == len(documents)
    return Made(index, oracle(documents))


@pytest.fixture(scope="session")
def queries(grammar: Any) -> Any:
    asked, sequence, joined = grammar
    word = st.builds(
        lambda word, field, exact, boost: asked((word,), field, exact=exact, boost=boost),
        WORDS, FIELDS, st.booleans(), BOOSTS,
    )  # fmt: skip
    prefix = st.builds(
        lambda word, field, boost: asked((word,), field, prefix=True, boost=boost),
        st.sampled_from(["س", "ال", "كتا", "٢", "sa", "مف"]), FIELDS, BOOSTS,
    )  # fmt: skip
    phrase = st.builds(
        lambda words, field, boost: asked(tuple(words), field, phrase=True, boost=boost),
        st.lists(WORDS, min_size=1, max_size=3), FIELDS, BOOSTS,
    )  # fmt: skip
    leaf = word | prefix | phrase
    signs = st.sampled_from(["", "", "", "+", "-"])

    def grown(inner: Any) -> Any:
        row = st.lists(st.tuples(signs, leaf | inner), min_size=1, max_size=4).map(lambda c: sequence(tuple(c)))
        rows = st.lists(row, min_size=2, max_size=3).map(tuple)
        return row | st.builds(joined, st.just("AND"), rows) | st.builds(joined, st.just("OR"), rows)

    return st.recursive(
        st.lists(leaf, min_size=1, max_size=4).map(lambda c: sequence(tuple(("", x) for x in c))), grown
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_finds_and_scores_what_looking_at_every_document_does(made: Made, queries: Any, data: st.DataObject) -> None:
    query = data.draw(queries)
    expected = made.oracle.search(query)
    results = made.index.search(str(query), limit=1000, fallback=False)
    assert {hit.id for hit in results} == expected.keys()
    assert results.total == len(results) == len(expected)
    assert [hit.score for hit in results] == sorted((hit.score for hit in results), reverse=True)
    for hit in results:
        assert hit.score == pytest.approx(expected[hit.id], abs=ROUNDING)


@settings(deadline=None, max_examples=30)
@given(data=st.data(), limit=st.integers(0, 12))
def test_a_limit_cuts_the_same_ranking(made: Made, queries: Any, data: st.DataObject, limit: int) -> None:
    query = str(data.draw(queries))
    every = made.index.search(query, limit=1000)
    some = made.index.search(query, limit=limit)
    assert [(hit.rank, hit.id, hit.score) for hit in some] == [(h.rank, h.id, h.score) for h in every][:limit]
    assert some.total == every.total if some.exact else some.total <= every.total
    assert [hit.rank for hit in some] == list(range(1, len(some) + 1))


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_the_shares_of_an_explanation_sum_to_the_score(made: Made, queries: Any, data: st.DataObject) -> None:
    for hit in made.index.search(str(data.draw(queries)), limit=5):
        explanation = hit.explain()
        assert explanation.share == pytest.approx(hit.score, rel=1e-12, abs=1e-12)
        for part in explanation.parts:
            if part.parts:
                assert part.share == sum(share.share for share in part.parts)


@settings(deadline=None, max_examples=30)
@given(words=st.lists(WORDS, min_size=1, max_size=5), noise=st.sampled_from(["", "+", "(", '"', "-", "title:", "AND"]))
def test_plain_text_has_no_operators(made: Made, grammar: Any, words: list[str], noise: str) -> None:
    asked, sequence, _ = grammar
    text = " ".join(words)
    expected = made.oracle.search(sequence(tuple(("", asked((word,))) for word in words)))
    found = made.index.search(f"{noise if noise in ('+', '(', '-') else ''} {text}", limit=1000, plain=True)
    assert {hit.id: pytest.approx(hit.score, abs=ROUNDING) for hit in found} == expected


@pytest.mark.parametrize("limit", [-1, -100])
def test_a_negative_limit_is_a_mistake(made: Made, limit: int) -> None:
    with pytest.raises(ValueError, match="limit must be >= 0"):
        made.index.search("كتاب", limit=limit)


def test_words_that_may_stand_at_the_same_place_are_near_where_they_stand_at_others(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="near", text="الكتاب ثم كتاب")
        writer.add(id="same", text="الكتاب")
    first = searchkit.open(str(tmp_path)).search("كتاب =الكتاب")[0]
    assert first.id == "near"
    assert any(line.strip().split("  ")[1].startswith("near each other") for line in first.explain().lines())
