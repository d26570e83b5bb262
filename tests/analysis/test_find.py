"""Given words in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import find as find_module
from searchkit.analysis import tokenize
from searchkit.analysis.find import WordFinder

WORDS = ["كتاب", "قلم", "استانا", "2024", "sana"]
TEXTS = st.lists(st.sampled_from(["كِتاب", "الكتاب", "قلم", "أستانا،", "٢٠٢٤", "SANA", "\n", ".", "كتابًا"]), max_size=30)


@given(texts=st.lists(TEXTS.map(" ".join), max_size=4), wanted=st.lists(st.sampled_from(WORDS), max_size=4))
def test_it_finds_what_looking_at_every_word_finds(texts: list[str], wanted: list[str]) -> None:
    finder = WordFinder(wanted)
    for text in texts:
        assert finder.find(text) == [token for token in tokenize(text) if token.surface in wanted]


def test_many_new_words_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = WordFinder(WORDS)
    monkeypatch.setattr(find_module, "_MAX_SIZE", 1 << 12)
    for _ in range(5):
        text = " ".join(f"كلام{'ابتثجح'[i % 6]}{'د' * (i // 6)}" for i in range(300)) + " قلم"
        assert [token.surface for token in finder.find(text)] == ["قلم"]
