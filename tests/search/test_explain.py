"""Why a hit is where it is, and why a document is no hit."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit.search import Index

DOCUMENTS = [
    {"id": "title", "title": "الكتاب المدرسي", "text": "وصلت الكتب إلى المكتبات مع الكتب القديمة"},
    {"id": "plural", "title": "أخبار", "text": "هذه من الكتب القديمة"},
    {"id": "root", "title": "أخبار", "text": "في المكتبة ناس"},
    {"id": "spelt", "title": "أخبار", "text": "زار لافروف أستانه أمس"},
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = str(tmp_path_factory.mktemp("explained") / "index")
    with searchkit.create(directory) as writer:
        for document in DOCUMENTS:
            writer.add(**document)
    return searchkit.open(directory)


def reasons(index: Index, query: str, key: str, **options: str) -> str:
    account = index.explain(query, key, fallback=False, **options)  # type: ignore[arg-type]
    assert account is not None
    assert (account.rank, account.explanation) == (None, None)
    return "\n".join(account.lines())


def test_evidence_is_shown_as_it_is_written_with_field_and_word(index: Index) -> None:
    hits = {hit.id: "\n".join(hit.explain().lines()) for hit in index.search("كتاب")}
    assert ": «الكتاب» in title, word 1; 1×" in hits["title"]
    assert ": «الكتب» in text, word 2; 2×" in hits["title"]
    assert "near the beginning: «الكتب» in text, word 2" in hits["title"]
    assert ": «الكتب» in text, word 3; 1×" in hits["plural"]
    assert "root كتب: «المكتبة» in text, word 2" in hits["root"]


def test_words_side_by_side_are_shown(index: Index) -> None:
    lines = "\n".join(index.search("كتاب قديم")[0].explain().lines())
    assert "side by side: «الكتب القديمة» in text, word " in lines
    assert "phrase الكتب القديمه: «الكتب القديمة» in text, word 3" in "\n".join(
        next(hit for hit in index.search('"الكتب القديمة"') if hit.id == "plural").explain().lines()
    )


@pytest.mark.parametrize(
    "query", ["كتاب قديم أخبار", "كِتَاب", '+"الكتب القديمة" أستانا', "أستانا~ *تب", "مكتبة -لافروف"]
)
def test_shares_sum_to_the_score_and_the_rank_is_that_of_the_search(index: Index, query: str) -> None:
    results = index.search(query)
    assert len(results)
    for hit in results:
        account = index.explain(query, hit.id)
        assert account is not None
        assert account.explanation is not None
        assert hit.explain().share == pytest.approx(hit.score)
        assert (account.rank, account.explanation.share) == (hit.rank, pytest.approx(hit.score))
        assert account.lines()[0] == f"{hit.id}: rank {hit.rank}"


def test_a_line_says_why_a_hit_is_above_the_next(index: Index) -> None:
    first, second, *others = index.search("كتاب").hits
    assert (first.id, second.id) == ("title", "plural")
    assert first.why_above("ar").startswith("فوق التالي لأن: كتاب +")
    assert "(المدخل في العنوان + المدخل في النص، التالي: المدخل في النص)" in first.why_above("ar")
    assert "التالي: الجذر في النص" in second.why_above("ar")
    assert others[-1].why_above() == ""


def test_the_line_is_in_english_for_a_query_in_latin_letters(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="sana sana sana")
        writer.add(id="2", text="sana and other news")
        writer.add(id="3", text="sana and other news")
    first, second, _ = searchkit.open(str(tmp_path)).search("sana").hits
    assert first.why_above().startswith("above the next because: sana +")
    assert "(3 times against 1)" in first.why_above()
    assert second.why_above() == "above the next though the scores are the same: it was added first"


def test_a_word_that_is_nowhere_is_named_with_what_comes_nearest(index: Index) -> None:
    assert "كتاب: not in it (surface); nearest: lemma «الكتب» in text, word 3" in reasons(index, "=كتاب", "plural")
    assert "كتاب: not in it (surface, lemma); nearest: root «المكتبة» in text, word 2" in reasons(
        index, "كتاب", "root", level="lemma"
    )
    assert "لافرون: not in it (surface, lemma, name); nearest: spelt nearly so, 1 letter apart, «لافروف»" in reasons(
        index, "لافرون", "spelt", level="lemma"
    )
    assert "بطاطا: not in it (surface, lemma); nothing near it" in reasons(index, "بطاطا", "root")
    assert "nearest: lemma «المدرسي» in title, word 2" in reasons(index, "text:مدرسي", "title")


def test_what_must_and_must_not_match_is_told_apart(index: Index) -> None:
    text = reasons(index, "+كتاب +بطاطا", "plural")
    assert "    كتاب: in it, lemma «الكتب» in text, word 3" in text
    assert "    must match: بطاطا: not in it" in text
    assert "must not match, but does: قديم: in it, lemma «القديمة» in text, word 4" in reasons(
        index, "كتاب -قديم", "plural"
    )
    assert "الكتب هذه: not side by side in it; الكتب: «الكتب» in text, word 3; هذه: «هذه» in text, word 1" in reasons(
        index, '"الكتب هذه"', "plural"
    )
    assert "a function word finds nothing alone" in reasons(index, "من بطاطا", "plural")


def test_a_document_that_is_not_there_has_no_account(index: Index) -> None:
    assert index.explain("كتاب", "nowhere") is None


def test_deep_ranks_are_found_without_the_places(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(700):
            writer.add(id=str(number), text="كتاب " + "كلام " * (number % 350))
    index = searchkit.open(str(tmp_path))
    ids = index.search("كتاب", limit=700).ids
    for rank in (1, 64, 65, 513, 700):
        account = index.explain("كتاب", ids[rank - 1])
        assert account is not None
        assert account.rank == rank


def test_a_word_that_stands_far_down_a_long_text_is_explained_without_its_place(tmp_path: Path) -> None:
    directory = str(tmp_path / "index")
    with searchkit.create(directory) as writer:
        writer.add(id="long", text="كتاب " + "كلمة " * 220_000 + "زرافة")
    lines = "\n".join(searchkit.open(directory).search("كتاب زرافة")[0].explain().lines())
    assert "«كتاب» in text, word 1; 1×" in lines
    assert "زرافه: in text; 1×" in lines
