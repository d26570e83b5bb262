"""Formulas that a text writes as one sign."""

import pytest

from searchkit.analysis import tokenize
from searchkit.arabic.folding import fold
from searchkit.arabic.formulas import SIGNS
from searchkit.query.formulas import FORMULAS
from searchkit.search import Index

TEXTS = {
    "sign": "قال رسول الله ﷺ إنما الأعمال بالنيات",
    "words": "قال رسول الله صلى الله عليه وسلم الدين النصيحة",
    "joined": "كتب النبيﷺ إلى هرقل",
    "god": "والله ﷻ أعلم بمن اتقى",
    "basmala": "﷽ وبه نستعين",
    "name": "الحمد ﷲ وحده",
    "new": "وقد ذكر ذلك علي \ufd47 في خطبته",
    "peace": "سلام على من اتبع الهدى وصلى خلفه",
}


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("صلى الله عليه وسلم", {"sign", "words", "joined"}),
        ('"صلى الله عليه وسلم"', {"sign", "words", "joined"}),
        ("ﷺ", {"sign", "words", "joined"}),
        ('"رسول الله صلى الله عليه وسلم"', {"sign", "words"}),
        ('"النبي صلى الله عليه وسلم"', {"joined"}),
        ('"رسول الله ﷺ إنما"', {"sign"}),
        ("جل جلاله", {"god"}),
        ("بسم الله الرحمن الرحيم", {"basmala"}),
        ('"بسم الله الرحمن الرحيم"', {"basmala"}),
        ('"الحمد ﷲ"', {"name"}),
        ('"عليه السلام"', {"new"}),
    ],
)
def test_the_words_and_the_sign_find_each_other(index: Index, query: str, documents: set[str]) -> None:
    found = index.search(query, limit=len(documents))
    assert {hit.id for hit in found} == documents
    assert found[0].explain().share == pytest.approx(found[0].score, abs=1e-4)
    assert not any("also" in note for note in found.notes)


def test_a_saying_is_found_whether_the_formula_in_it_is_a_sign_or_words(index: Index) -> None:
    assert index.search("قال رسول الله صلى الله عليه وسلم إنما الأعمال بالنيات")[0].id == "sign"
    assert index.search("قال رسول الله ﷺ الدين النصيحة")[0].id == "words"


def test_the_sign_is_what_is_marked(index: Index) -> None:
    assert "الله» «ﷺ»" in index.search('"رسول الله صلى الله عليه وسلم"', limit=2)[1].snippet.replace("»ﷺ", "» «ﷺ")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_a_word_of_its_own(sign: str) -> None:
    before, token, after = tokenize(f"النبي{sign}قال")
    assert (token.start, token.end) == (5, 6)
    assert token.surface == fold(SIGNS[sign]).replace(" ", "")
    assert (before.surface, after.surface) == ("النبي", "قال")
    assert FORMULAS.with_signs(["قال", *fold(SIGNS[sign]).split(), "ثم"]) == ("قال", token.surface, "ثم")
