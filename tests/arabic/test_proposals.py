"""What Tashaphyne proposes for words that no dictionary has."""

from searchkit.arabic.proposals import propose


def test_the_stem_of_a_proposal_is_a_word_by_itself() -> None:
    assert ("ل", "ربما", "") in propose("لربما")


def test_longer_stems_come_first() -> None:
    sizes = [len(stem) for _, stem, _ in propose("اغنياته")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes


def test_a_word_is_not_proposed_to_be_itself() -> None:
    assert all(prefix or suffix for prefix, _, suffix in propose("وزير"))


def test_anything_can_be_asked() -> None:
    for word in ("", "ا", "abc", "2254", "ء" * 300):
        assert isinstance(propose(word), list)
