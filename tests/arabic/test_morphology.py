from pathlib import Path

import pytest

from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze


def first(word: str) -> str:
    return analyze(fold(word)).lemmas[0]


@pytest.mark.parametrize("word", ["وزير", "لافروف", "تركيا", "والد", "ألمانيا", "بيان", "سوريا", "تكنولوجيا", "كتاب"])
def test_a_word_that_looks_as_if_it_had_affixes_stays_whole(word: str) -> None:
    assert first(word) == fold(word)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("وبالإرهابيين", "إرهابي"),
        ("سيكتبونها", "كتب"),
        ("يقولون", "قال"),
        ("قلنا", "قال"),
        ("وزراء", "وزير"),
        ("مدارس", "مدرسة"),
        ("للكتاب", "كتاب"),
        ("سورية", "سوري"),
        ("دولهم", "دولة"),
    ],
)
def test_clitics_and_inflection_come_off(word: str, lemma: str) -> None:
    assert first(word) == fold(lemma)


def test_the_split_gives_the_word_back() -> None:
    analysis = analyze(fold("وبالإرهابيين"))
    assert (analysis.prefix, analysis.stem, analysis.suffix) == ("وبال", "ارهابي", "ين")
    assert analysis.known


def test_the_root_comes_with_the_lemma() -> None:
    assert analyze(fold("مكتبات")).root == "كتب"


def test_an_unknown_word_is_its_own_lemma_without_a_root() -> None:
    analysis = analyze("زقطبغف")
    assert analysis == (("زقطبغف",), "", False, "", "زقطبغف", "", "", True)


def test_the_article_comes_off_an_unknown_word() -> None:
    analysis = analyze("والزقطبغف")
    assert (analysis.lemmas, analysis.prefix, analysis.known) == (("زقطبغف",), "وال", False)


def test_an_ambiguous_word_keeps_two_lemmas() -> None:
    assert set(analyze(fold("كتاب")).lemmas) == {"كتاب", "كاتب"}


GOLDEN = Path(__file__).parents[1] / "golden" / "morphology.tsv"


def golden() -> list[list[str]]:
    rows = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines()]
    return [row for row in rows if not row[0].startswith("#")]


@pytest.mark.parametrize(("word", "lemma", "root"), [pytest.param(*row[1:], id=row[0]) for row in golden()])
def test_golden_words(word: str, lemma: str, root: str) -> None:
    analysis = analyze(fold(word))
    assert (analysis.lemmas[0], analysis.root or "-") == (fold(lemma), root)


@pytest.mark.parametrize(
    ("quranic", "modern"),
    [
        ("بِٱلصَّلَوٰةِ", "الصلاة"),
        ("ٱلسَّمَٰوَٰتِ", "السماوات"),
        ("ٱلْقُرْءَانُ", "القرآن"),
        ("ءَامَنُوا۟", "آمنوا"),
        ("ءَايَٰتِنَا", "آياتنا"),
        ("إِبْرَٰهِۦمَ", "إبراهيم"),
        ("ٱلصَّٰلِحَٰتِ", "الصالحات"),
    ],
)
def test_common_words_in_the_spelling_of_the_quran_have_their_modern_lemma(quranic: str, modern: str) -> None:
    assert analyze(fold(quranic)).lemmas[0] == analyze(fold(modern)).lemmas[0]
