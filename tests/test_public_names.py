"""What ``import searchkit`` promises."""

import importlib

import pytest

import searchkit


def test_names_are_sorted_and_listed_once() -> None:
    assert searchkit.__all__ == sorted(set(searchkit.__all__))


@pytest.mark.parametrize("name", searchkit.__all__)
def test_every_name_can_be_had(name: str) -> None:
    value = getattr(searchkit, name)
    assert value is getattr(searchkit, name)
    if name != "__version__":
        assert value.__doc__, f"{name} says nothing of itself"


def test_a_name_is_the_one_of_its_home() -> None:
    for name, home in searchkit._HOME.items():
        assert getattr(searchkit, name) is getattr(importlib.import_module(home), name)
    assert set(searchkit._HOME) | {"__version__", "open"} == set(searchkit.__all__)


def test_names_are_listed_to_people_and_shells() -> None:
    assert dir(searchkit) == searchkit.__all__


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        _ = searchkit.serach  # type: ignore[attr-defined]


def test_all_errors_of_the_world_have_one_base() -> None:
    errors = [getattr(searchkit, name) for name in searchkit.__all__ if name.endswith("Error")]
    assert len(errors) > 5
    assert all(issubclass(error, searchkit.SearchkitError) for error in errors)
    assert issubclass(searchkit.IndexLockedError, searchkit.StoreError)
    assert issubclass(searchkit.QuerySyntaxError, searchkit.QueryError)


def test_the_tour_of_the_documentation_of_the_module_works(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    with searchkit.create("index") as writer:
        writer.add(id="1", title="محادثات", text="في أستانا", date="2024-11-30")
    index = searchkit.open("index")
    results = index.search("أستانا", limit=10)
    assert (results.total, len(results), list(results.notes)) == (1, 1, [])
    assert results.elapsed_s >= 0
    hit = results[0]
    assert (hit.rank, hit.id, hit.title, hit.snippet) == (1, "1", "محادثات", "في «أستانا»")
    assert hit.fields == {"id": "1", "title": "محادثات", "text": "في أستانا", "date": "2024-11-30"}
    assert hit.explain().share == pytest.approx(hit.score)
    with index.writer() as writer:
        writer.delete("1")
    assert index.refresh()
    assert index.search("أستانا").total == 0
