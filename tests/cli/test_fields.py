"""Fields on the command line: declared, filtered, sorted, counted, paged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit.cli import main

LINES = [
    {"id": "1", "text": "كتاب جديد", "source": "رويترز", "price": 3.5, "date": "2024-11-30"},
    {"id": "2", "text": "كتاب", "source": "سانا", "price": 12, "date": "2024-12-01"},
    {"id": "3", "text": "كتاب قديم", "source": "رويترز", "price": "غال", "date": "2023-01-05"},
]


@pytest.fixture
def index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), "utf-8")
    folder = str(tmp_path / "index")
    assert main(["index", str(source), "--index", folder, "--field", "source:keyword"]) == 0
    assert "price: 1 value is no number («غال» in 3); kept and shown, but not filtered" in capsys.readouterr().err
    return folder


def ask(index: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["query", "كتاب", "--index", index, *arguments]) == 0
    return capsys.readouterr().out


def ids(text: str) -> list[str]:
    return [hit["id"] for hit in json.loads(text)["hits"]]


def test_hits_are_filtered_sorted_and_paged(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(ask(index, capsys, "--json", "--sort=-date")) == ["2", "1", "3"]
    assert ids(ask(index, capsys, "--json", "--sort", "source,-date", "--limit", "1", "--offset", "1")) == ["3"]
    assert ids(ask(index, capsys, "--json", "--filter", "source:رويترز date:2024")) == ["1"]


def test_facets_are_in_the_json_and_under_the_hits(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(ask(index, capsys, "--json", "--facets", "source,date:year"))
    assert found["facets"] == {
        "source": [{"value": "رويترز", "count": 2}, {"value": "سانا", "count": 1}],
        "date:year": [{"value": "2024", "count": 2}, {"value": "2023", "count": 1}],
    }
    assert "\nsource\n  2  رويترز\n  1  سانا\n\n" in ask(index, capsys, "--facets", "source")


def test_stats_list_the_kinds(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--index", index]) == 0
    out = capsys.readouterr().out
    assert "values of source: keyword (declared), in 3 documents\n" in out
    assert "values of price: number, in 2 documents\n" in out


@pytest.mark.parametrize("arguments", [["--sort", "text"], ["--facets", "colour"], ["--filter", "price:غال"]])
def test_mistakes_are_one_line(index: str, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["query", "كتاب", "--index", index, *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("field", ["source", ":keyword", "source:colour"])
def test_what_is_no_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str) -> None:
    (tmp_path / "a.txt").write_text("كتاب", "utf-8")
    try:
        status = main(["index", str(tmp_path / "a.txt"), "--index", str(tmp_path / "i"), "--field", field])
    except SystemExit as error:
        status = int(error.code or 0)
    assert status == 2
    assert capsys.readouterr().err.count("\n") == 1
