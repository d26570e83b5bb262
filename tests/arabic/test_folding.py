"""Which spellings count as one."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit._core import actions as act
from searchkit.arabic.folding import classify, fold

GOLDEN = Path(__file__).parents[1] / "golden" / "folding.tsv"
ARABIC = st.text(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF) | st.sampled_from(" .,1٢\u200f\u0654\u0655ءؤئو")
)


def golden() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(name, unescape(text), expected) for name, text, expected in rows]


def unescape(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, words, id=name) for name, text, words in golden()])
def test_folds_as_the_table_says(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, words, id=name) for name, text, words in golden()])
def test_folds_inside_a_text_as_alone(text: str, expected: str) -> None:
    words = expected.split()
    assert fold(f"كلام {text} كلام").split() == ["كلام", *words, "كلام"]


@given(st.text() | ARABIC)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_code_point_folds_to_what_folds_to_itself() -> None:
    texts = [chr(code) for code in range(0x20000)]
    assert [text for text in texts if fold(fold(text)) != fold(text)] == []


def test_no_code_point_folds_to_anything_but_letters_and_digits() -> None:
    folded = {char for code in range(0x20000) for char in fold(chr(code)).replace(" ", "")}
    assert {char for char in folded if unicodedata.category(char)[0] not in "LN" and not is_spacing_mark(char)} == set()


def is_spacing_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mc"  # vowels of Indic scripts


@given(ARABIC)
@example("ۓۆ")
def test_composed_and_decomposed_spellings_are_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


FORMS = {
    letters: form
    for form in map(chr, range(0xFE80, 0xFEFD))
    if len(letters := unicodedata.normalize("NFKC", form)) == 1
}


@given(st.text(st.sampled_from("".join(FORMS) + " ")))
def test_presentation_forms_are_their_letters(word: str) -> None:
    assert fold("".join(FORMS.get(char, char) for char in word)) == fold(word)


@given(st.integers(0, 0x10FFFF))
def test_an_action_fits_in_32_bits_and_is_never_the_unknown_one(code: int) -> None:
    assert 0 < classify(code) < 1 << 32
    assert classify(code) & act.KIND


def test_marks_alone_are_no_word() -> None:
    assert fold("\u064b\u0651 \u0670 ـ") == ""
