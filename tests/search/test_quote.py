"""Where a quotation stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Index
from searchkit.arabic.folding import fold
from searchkit.errors import QueryError
from searchkit.search import render_quote

SENTENCE = "إنَّما الأعمالُ بالنِّيّاتِ، وإنَّما لكلِّ امرئٍ ما نوى"
BEFORE = "حدثنا الحميدي عبد الله بن الزبير قال سمعت رسول الله يقول: "
AFTER = "، فمن كانت هجرته إلى دنيا يصيبها فهجرته إلى ما هاجر إليه."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = str(tmp_path_factory.mktemp("quote") / "index")
    with searchkit.create(folder) as writer:
        writer.add(id="hadith", title="باب بدء الوحي", text=f"كلام قبل ذلك. {BEFORE}{SENTENCE}{AFTER} كلام بعده")
        writer.add(id="part", title="شرح", text="قال الشارح في معنى الأعمال بالنيات كلاما طويلا")
        for number in range(30):
            writer.add(id=str(number), title=f"خبر {number}", text=f"كلام عن أعمال الوزارة وما نوى الوزير {number}")
        writer.add(id="long", title="كتاب", text="كلمة من كتاب طويل. " * 20_000 + "الجملة الفريدة التي نبحث عنها هنا.")
    return searchkit.open(folder)


@pytest.mark.parametrize(
    ("quote", "same"),
    [
        (SENTENCE, True),
        ("انما الاعمال بالنيات وانما لكل امرئ ما نوى", True),
        ("إنما الأعمال بالنيات ... وإنما لكل امرىء ما نوى", False),
        ("إنما الأعمال بالنيات ولكل امرئ ما نوى", False),
        ("إنما الأعمال كلها بالنيات وإنما لكل امرئ ما نوى", False),
        ("إنما الأعمال بالنياة وإنما لكل امرئ ما نوى", False),
        ("إنما الأفعال بالنيات وإنما لكل إنسان ما نوى", False),
        ("إنما الأعمال بالنيات", True),
        ("ﺇﻧﻤﺎ ﺍﻷﻋﻤﺎﻝ ﺑﺎﻟﻨﻴﺎﺕ ﻭﺇﻧﻤﺎ ﻟﻜﻞ ﺍﻣﺮﺉ ﻣﺎ ﻧﻮﻯ", True),
    ],
)
def test_a_quotation_is_found_with_small_differences(index: Index, quote: str, *, same: bool) -> None:
    found = index.find_quote(quote)
    best = found[0]
    assert (best.rank, best.id, best.field) == (1, "hadith", "text")
    assert fold(best.fields["text"][best.start : best.end]) in fold(SENTENCE)
    assert (best.share == 1.0) == (not best.differences) == same


def test_differences_are_told_word_by_word(index: Index) -> None:
    best = index.find_quote("إنما الأعمال كلها بالنياة ولكل امرئ نوى شيئا")[0]
    told = [tuple(difference) for difference in best.differences]
    assert ("added", "كلها", "") in told
    assert ("spelling", "بالنياة", "بالنِّيّاتِ") in told
    assert ("left out", "", "ما") in told
    assert 0.2 < best.share < 0.7


def test_marks_stand_in_the_stored_text(index: Index) -> None:
    best = index.find_quote("الأعمال بالنيات وإنما لكل فرد ما نوى")[0]
    (piece,) = best.snippet.pieces
    text = best.fields["text"]
    marked = [fold(text[start:end]) for start, end in piece.spans]
    assert marked == ["الاعمال بالنيات وانما لكل", "ما نوي"]
    assert piece.start <= best.start < best.end <= piece.end
    value = json.loads(render_quote.json_text(index.find_quote(SENTENCE)))
    hit = value["hits"][0]
    assert text[hit["start"] : hit["end"]] == SENTENCE
    assert text[slice(*hit["passages"][0]["marks"][0])] == SENTENCE


def test_a_place_at_the_end_of_a_long_text_is_found(index: Index) -> None:
    best = index.find_quote("الجملة الفريدة التى نبحث هنا عنها")[0]
    assert best.id == "long"
    assert best.start > 300_000


def test_titles_are_searched_too(index: Index) -> None:
    best = index.find_quote("باب بدء الوحي")[0]
    assert (best.id, best.field, best.share) == ("hadith", "title", 1.0)


def test_what_stands_nowhere_is_not_found(index: Index) -> None:
    assert len(index.find_quote("zzz yyy")) == 0
    assert len(index.find_quote("سيارة حمراء زيتونية")) == 0


def test_a_limit_is_kept(index: Index) -> None:
    assert len(index.find_quote("كلام عن أعمال الوزارة وما نوى الوزير", 3)) == 3
    assert len(index.find_quote(SENTENCE, 0)) == 0
    with pytest.raises(ValueError, match="limit"):
        index.find_quote(SENTENCE, -1)


def test_a_quotation_without_words_is_refused(index: Index) -> None:
    with pytest.raises(QueryError, match="no word"):
        index.find_quote("؟ !")


WORDS = st.lists(st.sampled_from([*SENTENCE.split(), "كلام", "كلمة", "zzz", "الوزير", "؟", "2024"]), max_size=12)


@given(WORDS.map(" ".join) | st.text(max_size=40))
def test_whatever_is_quoted_the_answer_holds_together(index: Index, quote: str) -> None:
    try:
        found = index.find_quote(quote)
    except QueryError:
        return
    assert [place.rank for place in found] == list(range(1, len(found) + 1))
    for place in found:
        text = place.fields[place.field]
        assert 0 <= place.start < place.end <= len(text)
        assert 0.0 <= place.share <= 1.0
        assert (place.share == 1.0) == (not place.differences)
        end = 0
        for start, stop in place.snippet.spans:
            assert end <= start < stop <= len(place.snippet.text)
            end = stop


def test_deleted_documents_are_not_found(tmp_path: Path) -> None:
    folder = str(tmp_path / "index")
    with searchkit.create(folder) as writer:
        writer.add(id="1", title="", text=SENTENCE)
        writer.add(id="2", title="", text=SENTENCE)
    with searchkit.open(folder).writer() as writer:
        writer.delete("1")
    assert [place.id for place in searchkit.open(folder).find_quote(SENTENCE)] == ["2"]


def test_an_alef_of_tanwin_is_the_same_with_its_vowels_left_out(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="", text="يأتي هذا التعاون تفعيلاً لمذكرة التفاهم وكتاب جديد")
    index = searchkit.open(str(tmp_path / "index"))
    assert index.find_quote("يأتي هذا التعاون تفعيلا لمذكرة التفاهم")[0].share == 1.0
    assert index.find_quote("لمذكرة التفاهم وكتابا جديد")[0].share < 1.0


def test_a_misspelt_word_tells_like_sentences_apart(tmp_path: Path) -> None:
    names = ["ماكاو", "نيوزيلندا", "ميانمار", "فنلندا", "بلجيكا", "البرازيل", *(f"بلد{n}" for n in range(60))]
    with searchkit.create(str(tmp_path / "index")) as writer:
        for name in names:
            writer.add(id=name, title="", text=f"هو نطاق خاص بالمواقع التي تنتمي إلى {name}")
    index = searchkit.open(str(tmp_path / "index"))
    for name, typed in (("نيوزيلندا", "نيوزيلنلا"), ("ميانمار", "ميانمر"), ("البرازيل", "البرازيلا")):
        assert index.find_quote(f"هو نطاق خاص بالمواقع التي تنتمي إلى {typed}")[0].id == name
