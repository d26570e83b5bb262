from tashaphyne import stem_const

from searchkit.arabic.compile_affixes import Affixes, read_affixes
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze

AFFIXES: Affixes = read_affixes()
NEGATION = "لا"  # written together with the verb after it, as many do


def together(prefix: str, suffix: str) -> bool:
    return bool(AFFIXES.prefixes[prefix] & AFFIXES.suffixes[suffix])


def test_slots_fit_a_mask_of_63_bits() -> None:
    assert len(AFFIXES.slots) < 63


def test_every_prefix_is_one_that_tashaphyne_knows() -> None:
    known = {fold(prefix) for prefix in stem_const.DEFAULT_PREFIX_LIST if prefix}
    assert {prefix for prefix in AFFIXES.prefixes if prefix and NEGATION not in prefix} <= known


def test_most_suffixes_of_tashaphyne_are_known() -> None:
    theirs = {fold(suffix) for suffix in stem_const.DEFAULT_SUFFIX_LIST if suffix}
    assert len(theirs & AFFIXES.suffixes.keys()) > 0.6 * len(theirs)


def test_the_article_bars_pronouns() -> None:
    assert together("ال", "ات")
    assert not together("ال", "اتهم")
    assert together("", "اتهم")


def test_a_letter_of_person_bars_the_article() -> None:
    assert together("سي", "ون")
    assert not any(prefix.startswith("الي") for prefix in AFFIXES.prefixes)


def test_an_affix_is_never_all_of_a_word() -> None:
    for affix in (*AFFIXES.prefixes, *AFFIXES.suffixes):
        if affix:
            assert all(analyze(affix).lemmas)
