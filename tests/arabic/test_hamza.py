"""Words whose hamza is on another seat than dictionaries put it."""

import pytest

from searchkit.arabic.folding import fold
from searchkit.arabic.hamza import other_seat


@pytest.mark.parametrize(
    ("written", "meant"),
    [("مسئلة", "مسألة"), ("المسئلة", "المسألة"), ("مأذنة", "مئذنة"), ("يسئل", "يسأل"), ("هيأة", "هيئة")],
)
def test_a_word_with_hamza_on_another_seat_is_read_as_the_dictionary_has_it(written: str, meant: str) -> None:
    assert other_seat(written, fold(written)) == fold(meant)


@pytest.mark.parametrize(
    "written",
    [
        "مسألة",
        "مسؤول",
        "الأمن",
        "والأفغانية",
        "تؤكد",
        "أوباما",
        "بآبار",
        "شيء",
        "سأل",
        "قرأت",
        "فجأة",
        "ماء",
        "رأي",
        "مسيلة",
    ],
)
def test_words_that_are_written_as_the_dictionary_has_them_stay(written: str) -> None:
    assert other_seat(written, fold(written)) == ""
