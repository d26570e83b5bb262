"""Words typed with the other keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.keyboards import other_layouts

LETTERS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("s,vdh", "سوريا"),
        ("hgsghl", "السلام"),
        ("Hsjhkh", "أستانا"),  # with shift
        ("s,vdh.", "سوريا"),  # the end of a sentence is on a key, too
        ("fgh]", "بلاد"),
        ("fbd", "بلاي"),  # one key for two letters
        ("`if", "ذهب"),  # 101
        ("\\if", "ذهب"),  # 102, above Enter
        ("<if", "ذهب"),  # 102, beside the shift
        ("smndh", "سوريا"),  # macOS
        ("cif", "ذهب"),  # macOS
        ("سثشقؤا", "search"),
        ("مشرقخر", "lavrov"),
        ("مشلاخعق", "labour"),
        ("مشلاقثى", "laghren"),
        ("سُثشقــؤا", "search"),
    ],
)
def test_the_keys_are_read_with_the_other_layout(typed: str, meant: str) -> None:
    assert meant in other_layouts(typed)


@pytest.mark.parametrize("typed", ["", "سوريا s", "sسوريا", "123", "…", "دجكط", "s vdh", "é", "🙂", "s€vdh"])
def test_what_no_layout_explains_is_left(typed: str) -> None:
    assert other_layouts(typed) == []


def test_the_usual_layout_comes_first() -> None:
    assert other_layouts("s,vdh")[0] == "سوريا"


@given(st.text(alphabet=LETTERS, min_size=1, max_size=12))
def test_what_is_typed_on_the_wrong_layout_comes_back(word: str) -> None:
    keys = dict(zip(LETTERS, "qwertyuiop[]asdfghjkl;'zxcvnm,./`", strict=True))
    typed = "".join(keys[letter] for letter in word)
    if any(char.isalpha() for char in typed):
        assert word in other_layouts(typed)


@given(st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    assert all(text != other for other in other_layouts(text))
