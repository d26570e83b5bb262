"""``searchkit suggest``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import searchkit
from searchkit.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> str:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", title="أستانا", text="اجتمعوا في أستانا مع لافروف")
        writer.add(id="2", text="أستانا وسوريا")
        writer.add(id="3", text="مسار سوريا")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("استاا", "استاا\tinstead\tأستانا\t2"),
        ("است", "است\tbegins so\tأستانا\t2"),
        ("s,vdh", "s,vdh\tinstead\tسوريا\t1"),
        ("Lafrov", "Lafrov\tinstead\tلافروف\t1"),
    ],
)
def test_a_line_for_each_word_as_it_is_written_with_its_documents(
    folder: str, typed: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", typed, "--index", folder]) == 0
    assert line in capsys.readouterr().out.splitlines()


def test_json_has_corrections_and_completions_of_each_word(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "لافروفف", "أس", "--index", folder, "--json", "--limit", "1"]) == 0
    first, second = json.loads(capsys.readouterr().out)["words"]
    assert [one["word"] for one in first["corrections"]] == ["لافروف"]
    assert first["completions"] == []
    assert second == {"text": "أس", "corrections": [], "completions": [{"word": "أستانا", "documents": 2}]}


def test_nothing_to_suggest_is_status_1(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "ظظظظظ", "--index", folder]) == 1
    assert not capsys.readouterr().out


def test_no_fallback_searches_the_words_as_they_are(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "Lafrov", "--index", folder]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[-1] == "Lafrov: in no document; searched instead for لافروف (Latin letters); use =Lafrov for exactly this"
    )
    assert main(["query", "Lafrov", "--index", folder, "--no-fallback"]) == 1
    assert "instead" not in capsys.readouterr().out
