"""Queries that are a run of words of some text: verses, sayings, titles."""

from pathlib import Path

import pytest

import searchkit
from searchkit.arabic.folding import fold
from searchkit.arabic.formulas import SIGNS
from searchkit.query import GroupClause, WordClause, parse, rewrite
from searchkit.query.idioms import HONORIFIC_CUES
from searchkit.search import Index

TEXTS = {
    "creed": "وفي آخر الخطبة بعد كلام طويل عن السفر والتجارة والزراعة والبحر قال الشيخ لا إله إلا الله ثم مضى",
    "harm": "ومن القواعد الفقهية التي ذكرها صاحب الكتاب في باب المعاملات والجوار فلا ضرر ولا ضرار بين الناس",
    "injury": "ضرار بن الأزور وأضرار الحرب ضرر وضرار وضرر كبير",
    "patience": "وكان يردد في كل مجلس من مجالسه قول القائل وأن مع العسر يسرا ويبتسم",
    "ease": "العسر واليسر ضدان فالعسر شدة واليسر لين",
    "verse": "وتلا القارئ في المجلس بعد أن صلى الناس وجلسوا إن مع العسر يسرا ثم ختم",
    "plain": "الكلمة والمعنى والشرح والحديث والتفسير",
    "asked": "وسأله في الباب ما معنى هذه الكلمة وأجاب",
    **{f"god{n}": f"الله هو الإله وإله إبراهيم والآلهة {n} كثيرة والله أعلم والآلة" for n in range(6)},
}


@pytest.mark.parametrize(
    ("query", "first", "run"),
    [
        ("لا إله إلا الله", "creed", "لا إله إلا الله"),
        ("معنى لا إله إلا الله", "creed", "لا إله إلا الله"),
        ("شرح معنى لا إله إلا الله", "creed", "لا إله إلا الله"),
        ("لا إله إلا الله معنى", "creed", "لا إله إلا الله"),
        ("لا إله إلا الله ثم كتاب", "creed", "لا إله إلا الله"),  # not what breaks off behind ثم
        ("لا ضرر ولا ضرار", "harm", "فلا ضرر ولا ضرار"),
        ("فإن مع العسر يسرا", "verse", "إن مع العسر يسرا"),
        ("أن مع العسر يسرا ويبتسم", "patience", "وأن مع العسر يسرا ويبتسم"),
        ("و إن مع العسر يسرا", "verse", "إن مع العسر يسرا"),
    ],
)
def test_the_text_that_has_the_words_as_they_were_typed_comes_first(
    index: Index, query: str, first: str, run: str
) -> None:
    found = index.search(query)
    assert found[0].id == first
    assert any("run " in line and f": «{run}» in text" in line for line in found[0].explain().lines())
    assert found[0].explain().share == pytest.approx(found[0].score, abs=1e-4)


def test_a_run_of_all_words_is_marked_with_its_function_words(index: Index) -> None:
    assert "«لا» «إله» «إلا» «الله»" in index.search("لا إله إلا الله")[0].snippet


def test_all_words_must_be_there_with_a_run_as_without(index: Index) -> None:
    found = index.search("لا إله إلا الله", operator="all")
    assert {hit.id for hit in found} == {"creed", *(f"god{n}" for n in range(6))}
    assert found[0].id == "creed"


@pytest.mark.parametrize(
    "query", ["ما معنى هذه الكلمة", "ما الكلمة والمعنى", "=لا =إله", "الكلمة والمعنى", '"لا إله إلا" الله', "لا إله"]
)
def test_what_is_no_run_adds_nothing(index: Index, query: str) -> None:
    found = index.search(query)
    assert not any("run " in line for hit in found for line in hit.explain().lines())


def test_what_is_to_be_taken_exactly_has_no_runs(index: Index) -> None:
    found = index.search("لا إله إلا الله", level="surface")
    assert not any("run " in line for hit in found for line in hit.explain().lines())


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("names")
    with searchkit.create(str(folder)) as writer:
        writer.add(id="omar", title="عمر بن الخطاب", text="عمر بن الخطاب ثاني الخلفاء الراشدين، أمير المؤمنين")
        writer.add(id="abu", title="عمر بن أبي ربيعة", text="شاعر من قريش يقال له عمر ابن أبي ربيعة")
        writer.add(id="quarter", title="حي", text="فيه مسجد عمر ابن الخطاب ومسجد آخر، وابن صاحبه")
        writer.add(
            id="prayer", title="دعاء", text="صلى الله عليه وسلم رضي الله عنه ورضي الله عنها وسلم وصلى الله عليه وسلم"
        )
        writer.add(id="nights", title="كتاب", text="حكايات ألف ليلة وليلة التي روتها شهرزاد")
        writer.add(id="night", title="ليلة", text="ألف ليلة و ليلة ضائعة")
        for number in range(30):
            writer.add(id=f"other{number}", text=f"نص عن أمر آخر لا شأن له بابن ولا ببنت {number}")
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("عمر ابن الخطاب", "omar"),
        ("عمر بن الخطاب", "omar"),
        ("عمر ابن ابي ربيعه", "abu"),
        ("عمر رضي الله عنه", "omar"),
        ("عمر ﷺ", "omar"),
        ("رضي الله عنه", "prayer"),
        ("الف ليله و ليله", "night"),
    ],
)
def test_a_name_is_found_however_son_of_is_spelt_and_whatever_honours_it(names: Index, query: str, first: str) -> None:
    assert names.search(query)[0].id == first


def test_son_of_may_be_spelt_otherwise_only_between_two_words() -> None:
    clause = rewrite(parse("ابن خلدون ابن محمد ابن"))
    assert isinstance(clause, GroupClause)
    spellings = [word.terms[0].texts for word in clause.should if isinstance(word, WordClause)]
    assert [texts for texts in spellings if "ابن" in texts] == [("ابن",), ("ابن", "بن"), ("ابن",)]


def test_and_by_itself_is_and_joined_to_the_next_word(names: Index) -> None:
    assert set(names.search("الف ليله و ليله").ids[:2]) == {"night", "nights"}


def test_honorifics_begin_with_the_words_that_are_looked_for() -> None:
    assert {fold(words).split()[0] for words in SIGNS.values()} - {"بسم"} == HONORIFIC_CUES
