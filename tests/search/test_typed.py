"""Words as they were typed: levels, distinctions, vowels."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit

DOCUMENTS = {
    "hamza": "زار أحمد المدرسة",
    "bare": "زار احمد المدرسه",
    "clitic": "جاء وأحمد إلى المدارس",
    "root": "دروس",
    "voweled": "مُدَرِّسة",
    "other": "مَدرسة",
    "none": "مدرسة",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    directory = str(tmp_path_factory.mktemp("typed") / "index")
    with searchkit.create(directory) as writer:
        for key, text in DOCUMENTS.items():
            writer.add(id=key, text=text)
    return searchkit.open(directory)


def test_levels_are_searched_up_to_the_one_that_is_named(index: searchkit.Index) -> None:
    found = {level: set(index.search("مدرسة", level=level).ids) for level in ("surface", "lemma", "root")}
    assert found["surface"] == {"voweled", "other", "none"}
    assert found["lemma"] == found["surface"] | {"hamza", "bare", "clitic"}
    assert found["root"] == found["lemma"] | {"root"} == set(index.search("مدرسة").ids)
    assert "«المدرسة»" not in "".join(hit.snippet for hit in index.search("زار مدرسة", level="surface"))
    with pytest.raises(ValueError, match="level must be one of surface, lemma, root, got 'stem'"):
        index.search("مدرسة", level="stem")


@pytest.mark.parametrize(
    ("query", "fold", "expected"),
    [
        ("أحمد", {}, {"hamza", "bare"}),
        ("أحمد", {"hamza": True}, {"hamza", "bare"}),
        ("أحمد", {"hamza": False}, {"hamza"}),
        ("احمد", {"hamza": False}, {"bare"}),
        ("احمد", {"taa": False}, {"hamza", "bare"}),
        ("المدرسه", {"taa": False}, {"bare"}),
        ("أحمد المدرسه", {"taa": False, "hamza": False}, {"hamza", "bare"}),
        ("+أحمد +المدرسه", {"taa": False, "hamza": False}, set()),
        ("زار -أحمد", {"hamza": False}, {"bare"}),
        ("زار -أحمد", {"taa": False}, set()),
        ('"أحمد المدرسة"', {"hamza": False}, {"hamza"}),
        ('"أحمد المدرسه"', {"taa": False}, {"bare"}),
        ("مدرسة", {"tashkeel": False}, {"none"}),
        ("مَدرسة", {"tashkeel": False}, {"other"}),
        ("أحم*", {"hamza": False}, {"hamza", "bare"}),
        ("text:أحمد", {"hamza": False}, {"hamza"}),
        ("title:أحمد", {"hamza": False}, set()),
    ],
)
def test_hits_have_the_words_as_typed(
    index: searchkit.Index, query: str, fold: dict[str, bool], expected: set[str]
) -> None:
    level = "surface" if not any(not folds for folds in fold.values()) else None
    results = index.search(query, fold=fold, level=level)
    assert set(results.ids) == expected
    assert (results.total, results.exact) == (len(expected), True)


def test_words_may_be_ranked_by_weaker_evidence_and_still_be_held_as_typed(index: searchkit.Index) -> None:
    assert set(index.search("أحمد", fold={"hamza": False}, level="root").ids) == {"hamza"}


def test_words_that_are_meant_as_they_are_are_not_replaced(index: searchkit.Index) -> None:
    assert any("instead" in note for note in index.search("المدرزة").notes)
    account = index.explain("المدرزة", "hamza")
    assert account is not None
    assert "searched instead for" in account.lines()[1]
    for options in ({"level": "surface"}, {"fallback": False}, {"level": "root", "fold": {"taa": False}}):
        results = index.search("المدرزة", **options)  # type: ignore[arg-type]
        assert not any("instead" in note for note in results.notes)


def test_an_unknown_distinction_is_named(index: searchkit.Index) -> None:
    with pytest.raises(ValueError, match=r"fold must name some of hamza, .* got 'alef'"):
        index.search("أحمد", fold={"alef": False})


def test_texts_are_read_until_the_limit_is_filled_and_it_says_how_many(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(300):
            writer.add(id=str(number), text="أحمد" if number % 10 == 9 else "احمد")
    index = searchkit.open(str(tmp_path))
    every = index.search("أحمد", fold={"hamza": False}, limit=300)
    assert every.ids == [str(number) for number in range(9, 300, 10)]
    assert (every.total, every.exact, list(every.notes)) == (
        30,
        True,
        ["300 of 300 texts looked at for words as typed"],
    )
    some = index.search("أحمد", fold={"hamza": False}, limit=3)
    assert some.ids == every.ids[:3]
    assert (some.total, some.exact) == (3, False)
    assert some.notes[0].startswith("30 of ")
    assert [hit.rank for hit in some] == [1, 2, 3]


def test_an_account_tells_spellings_apart(index: searchkit.Index) -> None:
    account = index.explain("أحمد المدرسة", "bare", fold={"hamza": False, "taa": False})
    assert account is not None
    assert account.reasons == (
        "أحمد: not as typed: surface «احمد» in text, word 2",
        "المدرسة: not as typed: surface «المدرسه» in text, word 3",
    )
    held = index.explain("أحمد المدرسة", "hamza", fold={"hamza": False})
    assert held is not None
    assert held.rank == 1


def test_vowels_as_typed_come_first_and_others_last(index: searchkit.Index) -> None:
    assert index.search("مُدرِّسة", level="surface").ids == ["voweled", "none", "other"]
    assert index.search("مَدرسة", level="surface").ids == ["other", "none", "voweled"]
    assert set(index.search("مُدرِّسة").ids) == set(index.search("مدرسة").ids)
    first = index.search("مُدرِّسة")[0]
    assert (first.id, first.explain().share) == ("voweled", pytest.approx(first.score))
    assert "same vowels as مُدرِّسة: «مُدَرِّسة» in text, word 1" in "\n".join(first.explain().lines())


def test_a_query_without_vowels_reads_no_text(index: searchkit.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    from searchkit.search import vowels

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(vowels, "find_voweled", fail)
    assert index.search("مدرسة").total


def test_the_order_by_vowels_does_not_depend_on_the_limit(index: searchkit.Index) -> None:
    every = index.search("زار مُدرِّسة المَدرسه", limit=100)
    for limit in range(len(every)):
        assert index.search("زار مُدرِّسة المَدرسه", limit=limit).ids == every.ids[:limit]
