"""Where a query runs."""

from typing import TYPE_CHECKING

import pytest

import searchkit
from searchkit.backends import connect, field_names

if TYPE_CHECKING:
    from searchkit.backends import Backend


def test_a_folder_answers_as_a_backend(tmp_path):
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", title="قصة", text="بحر وسفينة", author="كاتب")
    backend: Backend = connect(str(tmp_path))
    assert [hit.id for hit in backend.search("بحر", limit=5)] == ["1"]
    assert [hit.id for hit in backend.search("(بحر", plain=True)] == ["1"]
    assert backend.stats()["documents"] == 1
    assert backend.complete("وسف") == [("وسفينة", 1)]
    assert not backend.refresh()
    assert sorted(field_names(backend)) == ["author", "text", "title"]


@pytest.mark.parametrize("place", ["http://localhost:9200/index", "opensearch://host", "file:///tmp/index"])
def test_an_address_is_refused_in_one_line(place):
    with pytest.raises(searchkit.InputError, match="folders only") as error:
        connect(place)
    assert str(error.value).startswith(place)
    assert "\n" not in str(error.value)


def test_a_folder_without_an_index_is_named(tmp_path):
    with pytest.raises(searchkit.IndexMissingError, match="searchkit index"):
        connect(str(tmp_path / "none"))
