"""Documents like one."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Index
from searchkit.errors import InputError
from searchkit.query import WordClause
from searchkit.search.similar import WORDS, telling_clause

STORY = (
    "افتتح وزير الثقافة معرض الكتاب في القاهرة أمس بحضور مئات الناشرين والكتاب، وقال إن المعرض يضم آلاف العناوين "
    "الجديدة في الرواية والشعر والتاريخ، وإن الناشرين شاركوا من ثلاثين دولة."
)
DOCUMENTS = {
    "story": ("افتتاح معرض الكتاب", STORY),
    "copy": ("معرض الكتاب يفتح أبوابه", "وكالات - " + STORY),
    "same matter": (
        "الناشرون في المعرض",
        "شارك الناشرون من دول كثيرة في معارض الكتب، ومنها معرض القاهرة للرواية والشعر.",
    ),
    "other": ("مباراة", "فاز الفريق الأول لكرة القدم على منافسه بهدفين في مباراة الأمس."),
    "none": ("", "في من على"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = str(tmp_path_factory.mktemp("similar") / "index")
    with searchkit.create(folder) as writer:
        for key, (title, text) in DOCUMENTS.items():
            writer.add(id=key, title=title, text=text)
    return searchkit.open(folder)


def test_copies_come_first_and_are_marked_and_the_document_itself_is_left_out(index: Index) -> None:
    results = index.similar("story")
    assert results.ids[:2] == ["copy", "same matter"]
    assert [hit.is_copy for hit in results][:2] == [True, False]
    assert "story" not in results.ids
    assert results[0].passage().spans


def test_copies_can_be_left_out(index: Index) -> None:
    assert index.similar("story", collapse=True).ids[0] == "same matter"


def test_a_hit_knows_what_is_like_it(index: Index) -> None:
    (hit,) = index.search("مباراة", limit=1)
    assert hit.similar().ids == index.similar("other").ids
    assert index.search("معرض الكتاب")[0].similar(1).ids[0] in ("story", "copy")


def test_a_document_of_function_words_is_like_none(index: Index) -> None:
    results = index.similar("none")
    assert (len(results), results.total) == (0, 0)
    assert results.notes


def test_a_limit_is_kept(index: Index) -> None:
    assert len(index.similar("story", 1)) == 1
    assert len(index.similar("story", 0)) == 0
    with pytest.raises(ValueError, match="limit"):
        index.similar("story", -1)


def test_an_id_that_is_not_there_is_refused(index: Index) -> None:
    with pytest.raises(InputError, match="nothing: no document with this id"):
        index.similar("nothing")


def test_the_number_of_words_is_bounded_and_function_words_are_out(index: Index) -> None:
    snapshot = index._searcher.snapshot  # pyright: ignore[reportPrivateUsage]
    clause = telling_clause(snapshot, {"title": "معرض", "text": f"{STORY} في من على " * 20})
    words = [leaf.text for leaf in clause.should if isinstance(leaf, WordClause)]
    assert 3 < len(words) <= WORDS
    assert {"في", "من", "علي"}.isdisjoint(words)


def test_shares_add_up_to_the_score(index: Index) -> None:
    hits = index.similar("story").hits
    assert hits
    for hit in hits:
        assert hit.explain().share == pytest.approx(hit.score)


def test_documents_with_titles_alone_have_documents_like_them(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number, title in enumerate(["معرض الكتاب", "كتاب جديد", "مباراة", "مدرسة", "جامعة", "طريق"]):
            writer.add(id=str(number), title=title)
    assert searchkit.open(str(tmp_path)).similar("0").ids == ["1"]
