"""Other ways to write what a query says: found, ranked below what is written, explained; pruned as everything else."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit._core import COMPILED
from searchkit._core.topk import TopK
from searchkit.query import GroupClause, WordClause, parse, rewrite
from searchkit.query.equivalents import Equivalents
from searchkit.ranking import Model
from searchkit.search import best
from searchkit.search.index import Index
from searchkit.search.shelf import Shelf
from searchkit.search.widen import Widener

LIST = """
سفينة, باخرة, مركب بحري
الأمم المتحدة, هيئة الأمم, UN
كتاب => مجلد, سفر كبير^0.4
بيت, =دار, منزل صغير
وزير الخارجية, كبير الدبلوماسيين, FM
"""
WORDS = [
    "سفينة", "السفن", "باخرة", "وباخرة", "مركب", "بحري", "الأمم", "المتحدة", "هيئة", "للأمم", "UN", "كتاب", "كتب",
    "مجلد", "سفر", "كبير", "بيت", "بيوت", "دار", "ديار", "منزل", "صغير", "وزير", "الخارجية", "الدبلوماسيين", "FM",
    "في", "من", "2024",
]  # fmt: skip
FLAT = Model(beginning=0.0, near=0.0, neighbours=0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = str(tmp_path_factory.mktemp("widen") / "index")
    chance = random.Random(5)  # noqa: S311
    for number, size in enumerate([500, 200, 30]):
        with searchkit.create(directory) as writer:
            for i in range(size):
                title = " ".join(chance.choices(WORDS, k=chance.randint(0, 3)))
                writer.add(
                    id=f"{number}-{i}", title=title, text=" ".join(chance.choices(WORDS, k=chance.choice([1, 4, 30])))
                )
    with searchkit.create(directory) as writer:
        for i in range(0, 500, 7):
            writer.delete(f"0-{i}")
    Path(directory, "synonyms.txt").write_text(LIST, "utf-8")
    return directory


PIECES = ["سفينة", "باخرة", "مركب بحري", "الأمم المتحدة", "للأمم المتحدة", "UN", "كتاب", "بيت", "وزير الخارجية", "وزير"]
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "", "+", "-", "="]),
        st.sampled_from([*PIECES, *PIECES, "في", "كبير", "مفقود", '"الأمم المتحدة"', "(كتاب OR بيت)"]),
        st.sampled_from(["", "", "^3"]),
    ),
    min_size=1, max_size=6,
).map(lambda clauses: " ".join(sign + word + boost for sign, word, boost in clauses))  # fmt: skip


@settings(deadline=None, max_examples=200 if COMPILED else 25)
@given(query=QUERIES.filter(lambda query: '="' not in query and "=(" not in query), k=st.sampled_from([1, 3, 20, 5000]))
def test_pruning_changes_nothing(folder: str, query: str, k: int) -> None:
    searcher = Index(folder, FLAT)._searcher
    clause = searcher.understand(query).clause
    pruned = best.find_best(searcher.snapshot, clause, k)
    every = best._match_all(searcher.snapshot, clause, k)
    assert pruned.docs[: pruned.size] == every.docs
    assert pruned.scores[: pruned.size] == every.scores
    assert pruned.total == every.total if pruned.exact else pruned.total <= every.total


@settings(deadline=None, max_examples=150 if COMPILED else 20)
@given(query=QUERIES, k=st.sampled_from([1, 2, 10, 64, 5000]))
def test_what_is_searched_again_is_added_up_to_the_same(folder: str, query: str, k: int) -> None:
    searcher = Index(folder, FLAT)._searcher
    clause = searcher.understand(query).clause
    asked = best._prepare(searcher.snapshot, clause, TopK())
    asked.came = 2
    best._itemize(searcher.snapshot, asked, TopK())
    if not asked.items:
        return
    shelf = Shelf(searcher.snapshot)
    ready = shelf.find(asked.items, asked.shares, again=True)
    assert ready is not None
    added = best._add_up(searcher.snapshot, clause, ready, k)
    every = best._match_all(searcher.snapshot, clause, k)
    assert added.docs[: added.size] == every.docs
    assert added.scores[: added.size] == every.scores
    assert added.total == every.total


@settings(deadline=None, max_examples=60 if COMPILED else 10)
@given(query=QUERIES.filter(lambda query: '="' not in query and "=(" not in query))
def test_shares_sum_to_the_score_and_everything_found_can_be_shown(folder: str, query: str) -> None:
    index = searchkit.open(folder)
    for hit in index.search(query, limit=5):
        assert hit.explain().share == pytest.approx(hit.score)
        assert hit.snippet or not hit.fields["text"]
        account = index.explain(query, hit.id)
        assert account is not None
        assert account.rank == hit.rank


@settings(deadline=None, max_examples=40 if COMPILED else 10)
@given(query=QUERIES)
def test_what_was_found_without_other_ways_is_found_with_them(folder: str, query: str) -> None:
    index = searchkit.open(folder)
    clause = rewrite(parse(query))
    written = best._match_all(index._searcher.snapshot, clause, 5000)
    assert set(written.docs) <= {
        hit.doc + sum(s.num_docs for s in index._searcher.segments[: hit.place])
        for hit in index.search(query, limit=5000)
    }


DOCUMENTS = {
    "written": "عقد مجلس الأمن في الأمم المتحدة جلسة",
    "short": "عقد مجلس الأمن في UN جلسة",
    "both": "عقد مجلس الأمم المتحدة UN جلسة",
    "half": "عقد مجلس الأمم الأول هنا جلسة",
    "month": "جرى ذلك في الثالث والعشرين من تشرين الأول الماضي",
    "october": "جرى ذلك في الثالث والعشرين من أكتوبر العام الماضي",
    "number": "أكد التزامه بقرار مجلس الأمن رقم 2254",
    "spelt": "أكد التزامه بقرار مجلس الأمن رقم ألفين ومئتين وأربعة وخمسين",
    "syria": "تحدث لافروف عن سوريا",
    "ship": "وصلت سفينة إلى الميناء",
    "boat": "وصلت باخرة إلى الميناء",
}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    directory = str(tmp_path / "index")
    with searchkit.create(directory) as writer:
        for key, text in DOCUMENTS.items():
            writer.add(id=key, text=text)
    return searchkit.open(directory)


@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        ("أكتوبر", "october", {"month"}),
        ("تشرين الأول", "month", {"october"}),
        ("في تشرين الأول", "month", {"october"}),
        ("October", "month", {"october"}),
        ("2254", "number", {"spelt"}),
        ("٢٢٥٤", "number", {"spelt"}),
        ("ألفان ومئتان وأربعة وخمسون", "spelt", {"number"}),
        ("Syria", "syria", set()),
        ("UN", "short", {"both", "written"}),
    ],
)
def test_another_way_to_write_it_is_found_below_what_is_written(
    index: Index, query: str, first: str, others: set[str]
) -> None:
    ids = index.search(query).ids
    assert ids[0] == first
    assert others <= set(ids)


def test_a_name_in_another_way_ranks_between_the_whole_and_a_part(index: Index) -> None:
    ids = Index(index.directory, FLAT).search("الأمم المتحدة").ids
    assert ids.index("written") < ids.index("short") < ids.index("half")


def test_a_document_does_not_count_twice(index: Index) -> None:
    scores = {hit.id: hit.score for hit in Index(index.directory, FLAT).search("الأمم المتحدة")}
    assert scores["both"] <= scores["written"] * 1.2  # a shorter text


def test_the_note_names_what_is_searched_besides_and_how_to_do_without(index: Index) -> None:
    (note,) = index.search("أكتوبر").notes
    assert note.startswith("also searched for: أكتوبر → تشرين الأول")
    assert note.endswith("; use =أكتوبر for exactly this")
    (note,) = index.search("الأمم المتحدة").notes
    assert note == "also searched for: الأمم المتحدة → UN; use =الأمم =المتحدة for exactly this"


def test_there_is_no_note_where_the_index_has_nothing_else(index: Index) -> None:
    assert index.search("جلسة").notes == []
    assert index.search("نوفمبر").notes == ["نوفمبر: in no document"]


@pytest.mark.parametrize("query", ["=أكتوبر", "=الأمم =المتحدة"])
def test_exactness_switches_it_off(index: Index, query: str) -> None:
    results = index.search(query)
    assert results.notes == []
    assert not {"month", "short"} & set(results.ids)


def test_the_level_of_spelling_switches_it_off(index: Index) -> None:
    assert index.search("أكتوبر", level="surface").ids == ["october"]
    assert set(index.search("أكتوبر", level="lemma").ids) == {"october", "month"}


def test_what_must_not_match_is_only_what_is_written(index: Index) -> None:
    assert "short" in index.search("مجلس -الأمم -المتحدة").ids


def test_a_word_that_must_match_may_be_written_another_way(index: Index) -> None:
    assert set(index.search("+أكتوبر الماضي").ids) == {"october", "month"}
    assert set(index.search("أكتوبر AND الثالث").ids) == {"october", "month"}


def test_explanations_say_synonym_with_the_words(index: Index) -> None:
    lines = {hit.id: "\n".join(hit.explain().lines()) for hit in index.search("أكتوبر")}
    assert "synonym تشرين اول: «تشرين الأول» in text" in lines["month"]
    assert "synonym" not in lines["october"]
    lines = {hit.id: "\n".join(hit.explain().lines()) for hit in index.search("الأمم المتحدة")}
    assert "synonym un: «UN» in text" in lines["short"]
    assert "synonym" not in lines["written"]


def test_passages_mark_the_words_that_matched(index: Index) -> None:
    snippets = {hit.id: hit.snippet for hit in index.search("أكتوبر")}
    assert "«تشرين» «الأول»" in snippets["month"]
    assert "«UN»" in next(hit.snippet for hit in index.search("الأمم المتحدة") if hit.id == "short")


def test_a_part_of_another_way_is_not_marked(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="في اليوم الأول من الشهر الأول جرى ذلك في تشرين الأول من العام")
    (hit,) = searchkit.open(str(tmp_path)).search("أكتوبر")
    assert hit.snippet.count("«الأول»") == 1


def test_words_with_another_way_in_the_index_are_not_mended(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="باخرة كبيرة")
        writer.add(id="2", text="سفينا أخرى")
    (tmp_path / "synonyms.txt").write_text("سفينة, باخرة", "utf-8")
    results = searchkit.open(str(tmp_path)).search("سفينة")
    assert results.ids[0] == "1"
    assert not any("instead" in note for note in results.notes)


def test_the_longest_name_counts(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="زار Russia")
        writer.add(id="2", text="زار بيلاروسيا")
    (tmp_path / "synonyms.txt").write_text("روسيا, Russia", "utf-8")
    assert searchkit.open(str(tmp_path)).search("روسيا البيضاء").ids == ["2"]


def test_a_list_is_used_and_read_again_when_it_changes(index: Index) -> None:
    assert index.search("سفينة").ids == ["ship"]
    place = Path(index.directory, "synonyms.txt")
    place.write_text("سفينة, باخرة", "utf-8")
    assert index.search("سفينة").ids == ["ship"]
    assert index.refresh()
    assert index.search("سفينة").ids == ["ship", "boat"]
    assert index.search("باخرة").ids == ["boat", "ship"]
    assert not index.refresh()
    place.write_text("سفينة => باخرة\nأكتوبر =>", "utf-8")
    os.utime(place, ns=(time.time_ns(), time.time_ns() + 1_000_000))
    assert index.refresh()
    assert index.search("باخرة").ids == ["boat"]
    assert index.search("أكتوبر").ids == ["october"]
    place.unlink()
    assert index.refresh()
    assert index.search("سفينة").ids == ["ship"]


def test_a_list_with_a_mistake_is_left_out_and_said(index: Index) -> None:
    Path(index.directory, "synonyms.txt").write_text("سفينة, باخرة\nوحيد", "utf-8")
    results = searchkit.open(index.directory).search("سفينة")
    assert results.ids == ["ship"]
    assert any("synonyms.txt: line 2: one name alone" in note for note in results.notes)


def test_clauses_stay_the_same_where_nothing_is_known(index: Index) -> None:
    clause: Any = rewrite(parse("جلسة مجلس"))
    searcher = index._searcher
    widener = Widener(searcher.segments, searcher.snapshot.statistics, [Equivalents(LIST, "list")])
    assert widener.widen(clause)[0] is clause
    word: Any = rewrite(parse("سفينة"))
    wide = widener.widen(word)[0]
    assert isinstance(wide, WordClause)
    assert wide.also == ("باخرة",)
    assert widener.widen(word)[0] is wide
    group = widener.widen(rewrite(parse("الأمم المتحدة")))[0]
    assert isinstance(group, GroupClause)
    assert [(other.start, other.end, other.clause.also) for other in group.instead] == [(0, 2, ("UN",))]


@pytest.mark.parametrize("query", ["UN", "الأمم المتحدة", "سفينة بيت", "+كتاب الأمم المتحدة -كبير"])
def test_a_filter_leaves_scores_as_they_are(tmp_path: Path, query: str) -> None:
    chance = random.Random(9)  # noqa: S311
    for start in (0, 150):
        with searchkit.create(str(tmp_path)) as writer:
            for i in range(start, start + 150):
                writer.add(id=str(i), text=" ".join(chance.choices(WORDS, k=12)), price=i % 10)
    with searchkit.create(str(tmp_path)) as writer:
        for i in range(0, 150, 4):
            writer.delete(str(i))
    (tmp_path / "synonyms.txt").write_text(LIST, "utf-8")
    index = Index(str(tmp_path), FLAT)
    every = [(hit.id, hit.score) for hit in index.search(query, limit=300) if hit.fields["price"] < 4]
    cheap = index.search(query, limit=300, filter={"price": (None, 3)})
    assert every
    assert [(hit.id, hit.score) for hit in cheap] == every
    assert sum(count for _, count in index.search(query, facets=["price"]).facets["price"]) == len(
        index.search(query, limit=300)
    )


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = str(tmp_path_factory.mktemp("names") / "index")
    with searchkit.create(directory) as writer:
        writer.add(id="parted", text="زار الملك عبد العزيز مكة")
        writer.add(id="joined", text="زار الملك عبدالعزيز مكة")
        writer.add(id="hundred", text="ارتفع السعر 100 ريال")
        writer.add(id="month", text="في تموز الماضي")
        writer.add(id="name", text="قال الوزير جويلي")
        writer.add(id="player", text="قال ياسر في الملعب، وفي آذار")
    return searchkit.open(directory)


@pytest.mark.parametrize("query", ["عبد العزيز", "عبدالعزيز", "الملك عبدالعزيز", "لعبدالعزيز"])
def test_a_name_of_two_words_is_found_parted_and_joined_without_a_word_about_it(names: Index, query: str) -> None:
    results = names.search(query)
    assert set(results.ids) == {"parted", "joined"}
    assert results.notes == []
    assert all("العزيز»" in hit.snippet or "عبدالعزيز»" in hit.snippet for hit in results)


@pytest.mark.parametrize(("query", "first"), [("عبد العزيز", "parted"), ("عبدالعزيز", "joined")])
def test_such_a_name_comes_first_as_it_was_typed(names: Index, query: str, first: str) -> None:
    assert names.search(query).ids[0] == first
    assert names.search(f'"{query}"').ids[0] == first
    assert names.search(f'="{query}"').ids == [first]


def test_per_cent_is_not_a_hundred(names: Index) -> None:
    assert names.search("مئة").ids == ["hundred"]
    assert not any("100" in note for note in names.search("20 في المئة").notes + names.search("بالمئة").notes)


def test_a_month_that_is_nowhere_is_not_taken_for_what_sounds_like_it(names: Index) -> None:
    assert names.search("جويلية").ids == ["month"]
    assert names.search("مارس").ids == ["player"]
    assert "«آذار»" in names.search("March")[0].snippet
    assert "«ياسر»" not in names.search("March")[0].snippet


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = str(tmp_path_factory.mktemp("named"))
    texts = {
        "joined": "زار الملك عبدالعزيز الرياض", "parted": "زار الملك عبد العزيز الرياض ثم عاد إلى مكة مساء",
        "other": "الملك فيصل",
        "usa": "أمريكا وإيران", "states": "الولايات المتحدة وإيران", "half": "الولايات وإيران", "alone": "أمريكا",
        "with": "سلمان وعبدالله",
    }  # fmt: skip
    with searchkit.create(folder) as writer:
        for key, text in texts.items():
            writer.add(id=key, text=text)
    return searchkit.open(folder)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"الملك عبد العزيز"', ["parted", "joined"]),
        ("«الملك عبدالعزيز»", ["joined", "parted"]),
        ('="الملك عبدالعزيز"', ["joined"]),
        ('"سلمان وعبد الله"', ["with"]),
        ('="سلمان وعبد الله"', []),
    ],
)
def test_quotes_find_both_spellings_of_a_name_the_one_typed_first(named: Index, query: str, found: list[str]) -> None:
    results = named.search(query, fallback=False)
    assert [hit.id for hit in results] == found
    assert not results.notes
    for hit in results:
        assert hit.explain().share == pytest.approx(hit.score, abs=1e-4)


def test_where_all_words_must_match_a_name_of_two_may_be_written_another_way(named: Index) -> None:
    results = named.search("الولايات المتحدة إيران", operator="all")
    assert {hit.id for hit in results} == {"states", "usa"}
    assert any("أمريكا" in note for note in results.notes)
    for hit in results:
        assert hit.explain().share == pytest.approx(hit.score, abs=1e-4)
    account = named.explain("+الولايات +المتحدة +إيران", "half")
    assert account is not None
    assert account.rank is None
