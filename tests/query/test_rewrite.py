"""What the nodes of a query ask an index for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.expand import cost
from searchkit._core.pattern import Pattern
from searchkit.errors import QueryError
from searchkit.query import (
    AllClause,
    GroupClause,
    NearClause,
    PhraseClause,
    TermPattern,
    Word,
    WordClause,
    parse,
    rewrite,
)

FIELDS = ("title", "text")


@pytest.mark.parametrize("query", ["؟", '"؟!"', "+؟", "(؟ ،)", "؟ OR …"])
def test_a_query_without_words_asks_for_nothing(query: str) -> None:
    assert rewrite(parse(query)) == GroupClause()


def patterns(query: str) -> list[str]:
    clause = rewrite(parse(query, FIELDS))
    clauses = clause.should if isinstance(clause, GroupClause) else (clause,)
    return [c.text if isinstance(c, WordClause) and c.expanded else f"({c.text})" for c in clauses]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("كُتُب*", ["كتب*"]),
        ("أ*ة", ["ا*ه"]),
        ("*كتابةٌ", ["*كتابه"]),
        ("كت؟ب", ["كت?ب"]),
        ("كت??ب*", ["كت??ب*"]),
        ("ABC*", ["abc*"]),
        ("كوفيد-1*", ["(كوفيد)", "1*"]),
        ("*كوفيد-19", ["*كوفيد", "(19)"]),
        ("(a*) «x» a*.b", ["a*", "(x)", "a*", "(b)"]),
        ("كتـ*", ["كت*"]),
        ("*-a", ["(a)"]),
    ],
)
def test_the_letters_of_a_pattern_are_folded(query: str, expected: list[str]) -> None:
    assert patterns(query) == expected


PATTERN_TEXTS = st.text(st.sampled_from("اب**?"), min_size=1, max_size=7)


@given(PATTERN_TEXTS, st.text(st.sampled_from("ابت."), max_size=8))
def test_a_pattern_means_the_same_words_here_and_in_the_index(text: str, word: str) -> None:
    expected = cost(Pattern(text, wildcards=True), word) == 0
    assert TermPattern(text).matches(word) == expected
    assert TermPattern("ابتا", 2).matches(word) == (cost(Pattern("ابتا", edits=2), word) >= 0)


def test_many_stars_take_no_time() -> None:
    assert not TermPattern("*ا" * 25 + "*ج").matches("ا" * 5000 + "ب")


def test_a_word_that_may_differ_is_the_word_and_its_neighbours() -> None:
    clause = rewrite(parse("أستانة~", FIELDS))
    assert isinstance(clause, WordClause)
    assert [(term.field, term.kind, term.texts) for term in clause.terms] == [
        ("title", "surface", ("استانه",)),
        ("text", "surface", ("استانه",)),
        ("title", "fuzzy", ("استانه~2",)),
        ("text", "fuzzy", ("استانه~2",)),
    ]
    shorter = rewrite(parse("title:كتاب~", FIELDS))
    assert isinstance(shorter, WordClause)
    assert shorter.terms[-1].texts == ("كتاب~1",)


def test_a_word_of_several_words_is_several_words() -> None:
    clause = rewrite(Word("كوفيد-19"))
    assert isinstance(clause, GroupClause)
    assert len(clause.should) == 2


def test_a_star_alone_means_every_document_and_beside_words_nothing() -> None:
    assert rewrite(parse("*")) == AllClause()
    assert rewrite(parse("* a"))[1] == (rewrite(parse("a")),)
    assert rewrite(parse("* AND a"))[0][0] == AllClause()


def test_a_side_of_near_without_a_word_is_left_out() -> None:
    clause = rewrite(parse("a NEAR/3 ؟ NEAR/1 b"))
    assert isinstance(clause, NearClause)
    assert (len(clause.rows), clause.gaps) == (2, (3,))
    alone = rewrite(parse("a NEAR/3 ؟"))
    assert isinstance(alone, GroupClause | WordClause)
    assert rewrite(parse("؟ NEAR/3 ؟")) == GroupClause()


def test_near_finds_all_forms_of_a_word_but_of_an_exact_one() -> None:
    clause = rewrite(parse('كتاب NEAR/3 =كتب NEAR/3 "دار النشر" NEAR/3 كوفيد-19'))
    assert isinstance(clause, NearClause)
    levels = [[side.level for side in row] for row in clause.rows]
    assert levels[0][0] == "surface"
    assert "lemma" in levels[0]
    assert levels[1:] == [["surface"]] * 3
    assert clause.rows[2][0].terms == ("دار", "النشر")
    assert clause.rows[3][0].terms == ("كوفيد", "19")


def test_a_phrase_of_too_many_words_is_refused() -> None:
    assert isinstance(rewrite(parse('"' + "ا " * 256 + '"')), PhraseClause)
    for query in ('"' + "ا " * 257 + '"', 'a NEAR "' + "ا " * 256 + '"'):
        with pytest.raises(QueryError, match=r"of 25\d words; use at most 256"):
            rewrite(parse(query))
