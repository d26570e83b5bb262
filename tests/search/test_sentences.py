"""Where sentences end."""

from __future__ import annotations

import pytest

from searchkit.search.marking import reader
from searchkit.search.sentences import after_word, before_word, ends_sentence


def sentences(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    with reader() as read:
        words = read.read(text, learn=False)
        for at in range(words.size):
            if ends_sentence(text, words, at):
                end = after_word(text, words.ends[at])
                found.append(text[start:end].strip())
                start = end
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. غادر الوزير", ["وصل الوفد.", "غادر الوزير"]),
        ("هل وصل؟ نعم! ثم غادر؛ وانتهى", ["هل وصل؟", "نعم!", "ثم غادر؛", "وانتهى"]),
        ("وصل الوفد… غادر الوزير", ["وصل الوفد…", "غادر الوزير"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("قال: «انتهى كل شيء.» ثم غادر", ["قال: «انتهى كل شيء.»", "ثم غادر"]),
        ("انتهى اللقاء.وقال الوزير", ["انتهى اللقاء.", "وقال الوزير"]),
        ("في عام 2015. وبعد ذلك", ["في عام 2015.", "وبعد ذلك"]),
    ],
)
def test_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "بلغ النمو 2.5 بالمئة",
        "بلغ ٢٫٣ بالمئة",
        "قال د. محمد علي",
        "نقلت أ.ف.ب عن مصدر",
        "نقلت أ. ف. ب. عن مصدر",
        "يوم 30.11.2024 مساء",
        "انظر https://t.me/channel?a=1.2 للمزيد",
        "على www.example.com اليوم",
        "أحمر، أخضر: أزرق - أصفر",
    ],
)
def test_no_sentence_ends(text: str) -> None:
    assert sentences(text) == [text]


def test_a_word_takes_its_signs_along() -> None:
    text = "قال («نعم»)، ثم"
    assert text[before_word(text, text.index("نعم")) :].startswith("(«نعم")
    assert text[: after_word(text, text.index("نعم") + 3)].endswith("نعم»)،")
