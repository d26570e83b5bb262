"""Words typed without the spaces between them, three and more."""

from pathlib import Path

import pytest

import searchkit
from searchkit.search import Index

TEXTS = {
    "kings": "قائمة ملوك الأردن منذ التأسيس",
    "gauge": "مقياس ضغط جوي قديم صنعه بحار",
    "scholar": "محمد الخضر حسين شيخ الأزهر",
    "war": "الحرب العالمية الثانية وما بعدها",
    "apart": "قمر في بيت، ثم جبل عند بحر، ثم كتاب لمعلم",
}


@pytest.mark.parametrize(
    ("query", "first", "words"),
    [
        ("قائمةملوكالأردن", "kings", "قائمة ملوك الأردن"),
        ("مقياسضغطجوي", "gauge", "مقياس ضغط جوي"),
        ("محمدالخضرحسين", "scholar", "محمد الخضر حسين"),
        ("متى الحربالعالميةالثانية", "war", "الحرب العالمية الثانية"),
    ],
)
def test_several_words_in_one_are_parted(index: Index, query: str, first: str, words: str) -> None:
    found = index.search(query)
    assert found[0].id == first
    assert f"{words} (several words)" in found.notes[0]


@pytest.mark.parametrize("query", ["بيتجبلبحر", "جبلكتاببيت", "=قائمةملوكالأردن", "قائمةملوكالأردن" * 9])
def test_what_does_not_stand_side_by_side_and_joins_is_left_alone(index: Index, query: str) -> None:
    assert not index.search(query).ids


def test_a_word_that_no_text_has_may_be_a_name_that_few_have(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(8):
            writer.add(id=f"traveller{number}", text=f"رحلة ابن بطوطة إلى بلد {number}")
            writer.add(id=f"berry{number}", text=f"ثمار التوت في السوق {number}")
            writer.add(id=f"other{number}", text=f"نص آخر لا شأن له {number}")
    found = searchkit.open(str(tmp_path)).search("ابن بتوتة")
    assert found[0].id.startswith("traveller")
    assert "بطوطة" in found.notes[0]
