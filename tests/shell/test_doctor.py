"""What could be wrong here."""

import pytest

from searchkit.shell.doctor import ask, report
from searchkit.shell.settings import Settings, load


def test_the_report_names_what_matters(directory):
    lines = report(directory)
    assert [line.split()[0] for line in lines] == [
        "searchkit", "core", "index", "settings", "terminal", "encoding", "prompt",
    ]  # fmt: skip
    assert lines[2].endswith("3 documents, all checksums right")


def test_no_index_is_no_reason_to_fail(tmp_path):
    assert "no index here" in report(str(tmp_path))[2]


@pytest.mark.parametrize(
    ("answer", "mode"), [("1", "terminal"), ("2", "app"), ("3", "words"), ("0", "off"), ("٢", "app")]
)
def test_the_line_that_a_person_can_read_is_remembered(answer, mode):
    assert ask(Settings(), lambda _: answer).startswith(f"bidi = {mode}")
    assert load().text("bidi") == mode


@pytest.mark.parametrize("answer", ["", "7", "what?"])
def test_without_an_answer_nothing_changes(answer):
    assert "nothing changed" in ask(Settings(), lambda _: answer)
    assert load().text("bidi") == "auto"


def test_leaving_is_an_answer():
    def leave(_question):
        raise EOFError

    assert "nothing changed" in ask(Settings(), leave)
