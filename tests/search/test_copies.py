"""Copies of one story."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import searchkit
from searchkit.search.copies import CopyFinder, are_copies

STORY = (
    "أعلنت الوزارة اليوم أن الاجتماع القادم سيعقد في العاصمة بحضور عدد من الوزراء والخبراء لمناقشة خطة الطاقة الجديدة"
)


def copies(one: str, other: str) -> bool:
    finder = CopyFinder()
    return are_copies(finder.runs({"text": one}), finder.runs({"text": other}))


def test_the_same_words_in_another_spelling_are_a_copy() -> None:
    assert copies(STORY, "موسكو - " + STORY.replace("أعلنت", "اعلنت").replace("الوزارة", "الوِزَارَة"))
    assert copies(STORY, STORY)
    assert copies("كتاب", "كتاب")


def test_another_story_is_no_copy() -> None:
    assert not copies(STORY, " ".join(STORY.split()[::-1]))
    assert not copies("كتاب", "قلم")
    assert not copies("", "")
    assert not copies("", STORY)


def test_a_story_inside_a_much_longer_text_is_no_copy() -> None:
    assert copies(STORY, STORY + " " + " ".join(["كلام"] + ["آخر"] * 20))
    assert not copies(STORY, STORY + " " + " ".join(f"كلام{n}" for n in range(200)))


def test_most_of_the_shorter_text_must_be_shared() -> None:
    shared = [f"أ{n}" for n in range(100)]
    for share, expected in ((55, False), (65, True)):
        other = shared[:share] + [f"ب{n}" for n in range(100 - share)]
        assert copies(" ".join(shared), " ".join(other)) is expected


def test_a_formula_of_few_words_is_no_story() -> None:
    assert not copies("بسم الله الرحمن الرحيم كتاب أول", "بسم الله الرحمن الرحيم قلم ثان")


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(12):
            writer.add(id=f"a{number}", text=STORY + f" وكالة{number}")
        for number in range(5):
            writer.add(id=f"b{number}", text="الاجتماع " + " ".join(f"كلام{number}{n}" for n in range(30)))
    return searchkit.open(str(tmp_path))


def test_copies_stand_under_the_best_and_others_move_up(index: searchkit.Index) -> None:
    plain = index.search("الاجتماع الوزارة", limit=17)
    results = index.search("الاجتماع الوزارة", limit=3, collapse=True)
    story, *others = results
    assert story.id == plain.ids[0]
    assert (story.copies, story.copy_ids) == (11, [key for key in plain.ids if key.startswith("a")][1:])
    assert [hit.id for hit in others] == [key for key in plain.ids if key.startswith("b")][:2]
    assert [hit.rank for hit in results] == [1, 2, 3]
    assert [hit.copies for hit in others] == [0, 0]
    assert results.total == 17
    assert "11 copies left out" in results.notes
    assert results.ids == [hit.id for hit in results]
    for hit in results:
        assert hit.explain().share == pytest.approx(hit.score)


def test_hits_do_not_depend_on_how_many_are_wanted(index: searchkit.Index) -> None:
    every = index.search("الاجتماع", limit=100, collapse=True)
    assert len(every) == 6
    for limit in range(7):
        assert index.search("الاجتماع", limit=limit, collapse=True).ids == every.ids[:limit]
    assert len(index.search("الاجتماع", limit=17)) == 17


@pytest.mark.data
def test_a_fair_part_of_the_first_ten_hits_on_news_are_copies(tmp_path: Path) -> None:
    folder = os.environ.get("SEARCHKIT_DATA")
    if not folder:
        pytest.skip("SEARCHKIT_DATA is not set")
    from searchkit.cli.commands.index import refresh_index

    refresh_index([os.path.join(folder, "news", "corpus.jsonl.gz")], str(tmp_path / "index"))
    index = searchkit.open(str(tmp_path / "index"))
    with open(os.path.join(folder, "news", "queries.tsv"), encoding="utf-8") as lines:
        queries = [line.rstrip("\n").split("\t")[1] for line in lines][:200]
    shown = copied = 0
    for query in queries:
        finder, kept = CopyFinder(), []
        for hit in index.search(query, plain=True):
            runs = finder.runs(hit.fields)
            shown += 1
            if any(are_copies(runs, other) for other in kept):
                copied += 1
            else:
                kept.append(runs)
    assert 0.1 < copied / shown < 0.3
