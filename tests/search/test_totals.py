"""A total that is not exact is called so by everyone who shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import searchkit
from searchkit.search import Results
from searchkit.search.render import Style, json_text, summary
from searchkit.shell.session import Session
from searchkit.shell.settings import load
from searchkit.web.page import results_page


@pytest.fixture
def results(tmp_path: Path) -> Results:
    with searchkit.create(str(tmp_path / "index")) as writer:
        for number in range(4):
            writer.add(id=str(number), text="كتاب")
    return searchkit.open(str(tmp_path / "index")).search("كتاب", limit=4)


def test_a_total_that_is_exact_is_said_plainly(results: Results) -> None:
    assert results.exact
    assert summary(results, Style(color=False)).startswith("4 documents in ")
    assert "4 / 4 ·" in results_page(results)
    assert (json.loads(json_text(results))["total"], json.loads(json_text(results))["exact"]) == (4, True)


def test_another_total_is_a_lower_bound_everywhere(
    results: Results, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results.exact = False
    assert summary(results, Style(color=False)).startswith("4 of at least 4 documents in ")
    assert "4 / at least 4 ·" in results_page(results)
    assert (json.loads(json_text(results))["total"], json.loads(json_text(results))["exact"]) == (4, False)
    session = Session(results._searcher.directory, load(["limit=4", "color=never"]), interactive=False)
    monkeypatch.setattr(session.backend, "search", lambda *_, **__: results)
    session.search("كتاب")
    assert "4 of at least 4 documents" in capsys.readouterr().out
