"""Words of a query that no document has."""

from pathlib import Path

import pytest

import searchkit

TEXTS = {
    "mukhtar": "عمر المختار قائد ليبي",
    "moon": "جزر القمر دولة في المحيط",
    "descartes": "ديكارت فيلسوف فرنسي",
    "portugal": "البرتغال بلد في أوروبا",
    "jundah": "جندح اسم مكان",
    "year": "حدث في عام 1948",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder: Path = tmp_path_factory.mktemp("mend")
    with searchkit.create(str(folder)) as writer:
        for key, text in TEXTS.items():
            writer.add(id=key, text=text)
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "document", "searched"),
    [
        ("عمرالمُختار", "mukhtar", "عمر المختار"),
        ("أين جزرالقمر", "moon", "جزر القمر"),
        ("دي كارت", "descartes", "ديكارت"),
        ("الرتغال", "portugal", "البرتغال"),
        ("لجندح", "jundah", "جندح"),
        ("text:لجندح^2", "jundah", "جندح"),
    ],
)
def test_a_word_in_no_document_is_replaced_by_what_it_must_mean(
    index: searchkit.Index, query: str, document: str, searched: str
) -> None:
    found = index.search(query)
    assert [hit.id for hit in found][:1] == [document]
    assert any(searched in note for note in found.notes)
    assert found[0].explain().share == pytest.approx(found[0].score, abs=1e-4)


@pytest.mark.parametrize("query", ["=الرتغال", '"الرتغال"', "1949", "portugl", "زرافة", "ماهو"])
def test_what_was_meant_exactly_or_resembles_nothing_stays_as_it_is(index: searchkit.Index, query: str) -> None:
    found = index.search(query)
    assert not list(found)
    assert not any("searched" in note for note in found.notes)


def test_a_word_in_place_of_another_weighs_as_that_did_and_a_guess_less(index: searchkit.Index) -> None:
    asked, found = index.search("text:لجندح^2"), index.search("text:جندح^2")
    assert asked[0].score == found[0].score
    assert index.search("الرتغال")[0].score < index.search("البرتغال")[0].score


def test_words_that_are_found_stay_as_they_are(index: searchkit.Index) -> None:
    assert not index.search("جزر القمر دولة").notes


def test_the_rest_of_the_query_counts_as_before(index: searchkit.Index) -> None:
    assert {hit.id for hit in index.search("فيلسوف الرتغال")} == {"portugal", "descartes"}
