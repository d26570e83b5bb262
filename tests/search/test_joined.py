"""Names that a query writes in two words and the texts in one, or the other way round."""

from pathlib import Path

import pytest

import searchkit
from searchkit.search import Index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("joined")
    with searchkit.create(str(folder)) as writer:
        for number in range(12):
            writer.add(id=f"port{number}", text=f"مدينة بورسعيد على القناة {number}")
            writer.add(id=f"singer{number}", text=f"غنى عبد الحليم حافظ في حفل {number}")
            writer.add(id=f"king{number}", text=f"زار الأمير عبدالعزيز القصر {number}")
            writer.add(id=f"beside{number}", text=f"بيت لحم مدينة {number}")
            writer.add(id=f"other{number}", text=f"نص آخر لا شأن له {number}")
        writer.add(id="physicist", text="نيلز بور عالم فيزياء وسعيد تلميذه")
        writer.add(id="careless", text="أغاني عبدالحليم حافظ القديمة عبدالحليم")
        writer.add(id="butcher", text="بيتلحم")
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "document", "rank"),
    [("بور سعيد", "port", 1), ("عبدالحليم", "singer", 1), ("عبد العزيز", "king", 0), ("بيت لحم", "beside", 0)],
)
def test_what_most_texts_write_comes_with_what_was_typed(index: Index, query: str, document: str, rank: int) -> None:
    found = index.search(query)
    assert found[rank].id.startswith(document)
    assert found[rank].explain().share == pytest.approx(found[rank].score, abs=1e-4)


def test_a_name_in_one_word_is_no_rarer_than_the_name(index: Index) -> None:
    found = index.search("عبدالحليم حافظ", limit=13)
    assert {hit.id.rstrip("0123456789") for hit in found} == {"singer", "careless"}
    assert index.search("=عبدالحليم").ids == ["careless"]


def test_two_words_that_stand_beside_each_other_stay_two(index: Index) -> None:
    assert "butcher" not in index.search("بيت لحم", limit=30).ids
