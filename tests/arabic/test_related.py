import pytest

from searchkit.arabic.morphology import read_word
from searchkit.arabic.related import _lines, related_lemmas


@pytest.mark.parametrize(
    ("word", "other"),
    [("سوريا", "سوري"), ("فرنسا", "فرنسي"), ("ثقافه", "ثقافي"), ("انتعش", "انتعاش"), ("طور", "تطوير")],
)
def test_a_word_and_its_adjective_or_verbal_noun_are_related_both_ways(word: str, other: str) -> None:
    assert other in related_lemmas((word,))
    assert word in related_lemmas((other,))


@pytest.mark.parametrize("word", ["ليث", "لافروف", "", "a", "#", "ي" * 50, "\ud800"])
def test_other_words_are_related_to_none(word: str) -> None:
    assert related_lemmas((word,)) == ()


def test_a_second_lemma_of_a_word_is_not_also_related_to_it() -> None:
    assert related_lemmas(("سوريا", "سوري")) == ()


def test_every_line_of_the_file_is_found_and_holds_only_lemmas() -> None:
    lines = [line for line in b"\n".join(_lines()).decode().splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=lambda line: line.split("\t")[0])
    for line in lines:
        word, others = line.split("\t")
        assert related_lemmas((word,)) == tuple(others.split())
        assert read_word(word)[0][0] == word
