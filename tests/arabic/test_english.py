"""Words that nobody means as Arabic names."""

import pytest

from searchkit.arabic.english import is_english_word


@pytest.mark.parametrize("word", ["deal", "deals", "king", "nuclear", "table", "walked"])
def test_frequent_english_words_are_known(word: str) -> None:
    assert is_english_word(word)


@pytest.mark.parametrize("word", ["lavrov", "putin", "barcelona", "omar", "salam", "trump", "sina", "", "s"])
def test_names_and_arabic_in_latin_letters_are_none(word: str) -> None:
    assert not is_english_word(word)
