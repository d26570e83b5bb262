"""Documents without a date field have the date that stands at their head."""

from pathlib import Path

import pytest

import searchkit
from searchkit.errors import QueryError

NEWS = "دمشق - 30 نوفمبر 2024 - أعلنت الوزارة أن الاجتماع سيعقد في موعده"


def found(index: searchkit.Index, query: str) -> list[str]:
    return sorted(hit.id for hit in index.search(query))


def made(folder: Path) -> searchkit.Index:
    with searchkit.create(str(folder / "index")) as writer:
        writer.add(id="head", title="", text=NEWS)
        writer.add(id="hijri", title="خبر", text="الرياض 28 جمادى الأولى 1446 هـ الموافق 30 نوفمبر 2024 م واس اجتماع")
        writer.add(id="own", title="", text=NEWS, date="5 تموز 2023")
        writer.add(id="empty", title="", text=NEWS, date="")
        writer.add(id="iso", title="", text="اجتماع", date="2023-07-05T10:00:00Z")
        writer.add(id="none", title="", text="اجتماع عقد في 30 نوفمبر 2024")
    return searchkit.open(str(folder / "index"))


@pytest.mark.parametrize(
    "asked",
    [
        '"30 نوفمبر 2024"',
        '"٣٠ تشرين الثاني ٢٠٢٤"',
        "30/11/2024",
        "2024-11-30",
        '"28 جمادى الأولى 1446"',
        "2024",
        "1446-05-28",
        "1446",
    ],
)
def test_a_date_asked_for_in_any_way_finds_the_datelines_of_its_days(tmp_path: Path, asked: str) -> None:
    assert found(made(tmp_path), f"date:{asked}") == ["empty", "head", "hijri"]


def test_a_date_field_comes_before_the_dateline(tmp_path: Path) -> None:
    index = made(tmp_path)
    assert found(index, 'date:"تموز 2023"') == ["iso", "own"]
    assert found(index, 'اجتماع date:"تشرين 2024"') == ["empty", "head", "hijri"]


def test_what_is_stored_stays_as_it_was_given(tmp_path: Path) -> None:
    fields = {hit.id: hit.fields for hit in made(tmp_path).search("اجتماع")}
    assert "date" not in fields["head"]
    assert fields["own"]["date"] == "5 تموز 2023"
    assert fields["empty"]["date"] == ""


def test_updating_and_merging_keep_the_datelines(tmp_path: Path) -> None:
    index = made(tmp_path)
    for number in range(10):
        with index.writer() as writer:
            writer.update(id="head", title="", text=NEWS.replace("30", str(11 + number)))
    index.refresh()
    assert found(index, "date:20/11/2024") == ["head"]
    assert found(index, "date:30/11/2024") == ["empty", "hijri"]


def test_datelines_leave_a_date_field_of_another_kind_alone(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index"), fields={"date": "keyword"}) as writer:
        writer.add(id="a", title="", text=NEWS)
        writer.add(id="b", title="", text=NEWS, date="ربيع")
    assert found(searchkit.open(str(tmp_path / "index")), "date:ربيع") == ["b"]


def test_what_is_no_date_is_answered_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="write one as"):
        made(tmp_path).search("date:كلام")


def test_limits_without_a_year_have_that_of_the_other(tmp_path: Path) -> None:
    index = made(tmp_path)
    assert found(index, 'date:["أكتوبر" TO "ديسمبر 2024"]') == ["empty", "head", "hijri"]
    assert found(index, 'date:[أكتوبر TO "5 ديسمبر 2024"]') == ["empty", "head", "hijri"]
    assert found(index, "date:[30/11/2024 TO 5/12/2024]") == ["empty", "head", "hijri"]
    assert found(index, "date:[تموز 2023 إلى آب 2023]") == ["iso", "own"]
