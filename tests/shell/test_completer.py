"""From the text before the cursor to what could come next."""

import pytest

from searchkit.arabic.folding import fold
from searchkit.shell.commands import COMMANDS
from searchkit.shell.completer import Suggestion, suggest

FIELDS = ["title", "text", "author"]
WORDS = {"سفينه": 3, "سفن": 1, "استاذ": 2, "title": 1}


def complete(beginning, limit, *, fields):
    """Stand for an index: field ``author`` has one name."""
    words = {"سعاد": 1} if list(fields) == ["author"] else WORDS
    return [(word, count) for word, count in words.items() if word.startswith(fold(beginning))][:limit]


def texts(before):
    return [suggestion.text for suggestion in suggest(before, complete, FIELDS)]


def test_a_word_is_completed_from_the_index_with_its_count():
    assert suggest("بحر سف", complete, FIELDS) == [Suggestion("سفينه", 2, "3"), Suggestion("سفن", 2, "1")]


def test_what_was_typed_keeps_its_spelling():
    assert texts("أست") == ["أستاذ"]
    assert texts("سَف") == ["سَفينه", "سَفن"]


@pytest.mark.parametrize("before", ["+سف", "-سف", "=سف", "(سف", '"سف', "«بحر سف", "title:سف", "عنوان:سف", "title:=سف"])
def test_signs_before_a_word_are_left_alone(before):
    assert suggest(before, complete, FIELDS) == [Suggestion("سفينه", 2, "3"), Suggestion("سفن", 2, "1")]


def test_fields_are_completed_in_both_languages():
    assert texts("ti") == ["title:", "title"]
    assert "text:" in texts("te")
    assert texts("عن") == ["عنوان:"]


def test_after_a_field_only_its_words_are_offered():
    assert texts("author:س") == ["سعاد"]


def test_a_colon_that_is_no_field_is_text():
    assert texts("12:س") == []


def test_commands_are_completed_by_any_of_their_names():
    assert suggest(":an", complete, FIELDS) == [Suggestion(":analyze ", 3, "Show what the engine sees in each word")]
    assert texts(":شر") == [":شرح "]
    assert texts(":إف") == [":افتح "]
    assert len(texts(":")) == len(COMMANDS)
    assert texts(":zzz") == []


def test_words_are_completed_after_the_command_that_takes_words_only():
    assert texts(":analyze سف") == ["سفينه", "سفن"]
    assert texts(":تحليل سف") == ["سفينه", "سفن"]
    assert texts(":open سف") == []


@pytest.mark.parametrize("before", ["", " ", "بحر ", "(", "+"])
def test_nothing_typed_completes_to_nothing(before):
    assert texts(before) == []


class Compared:
    """Fields that can be compared as a whole."""

    names = ("publisher", "price")

    def find(self, field, beginning, limit):
        values = {"publisher": [("دار المعارف", 2), ("دار", 1), ("الشروق", 1)]}.get(field, [])
        return [pair for pair in values if pair[0].startswith(beginning)][:limit]


def with_values(before):
    return [suggestion.text for suggestion in suggest(before, complete, FIELDS, Compared())]


def test_values_of_fields_are_completed_as_a_whole():
    assert with_values("publisher:دا") == ['"دار المعارف"', "دار"]
    assert with_values("publisher:") == ['"دار المعارف"', "دار", "الشروق"]
    assert with_values("pub") == ["publisher:"]
    assert with_values(":filter publisher:ال") == ["الشروق"]


def test_operators_are_completed_when_typed_in_capitals():
    assert texts("بحر N") == ["NOT ", "NEAR/5 "]
    assert texts("بحر n") == []


def test_settings_and_their_values_are_completed():
    assert texts(":set le") == ["level "]
    assert texts(":ضبط level ") == ["root", "lemma", "surface"]
    assert texts(":set live ") == ["on", "off"]
    assert texts(":set limit ") == []


def test_fields_are_completed_after_the_commands_that_take_them():
    assert with_values(":sort ") == ["publisher", "price"]
    assert with_values(":sort -pr") == ["-price"]
    assert with_values(":facets publisher,pr") == ["price"]


def test_files_are_completed_after_the_commands_that_take_them(tmp_path, monkeypatch):
    (tmp_path / "كتب").mkdir()
    (tmp_path / "كتاب.txt").touch()
    monkeypatch.chdir(tmp_path)
    assert texts(":index كت") == ["كتاب.txt", "كتب/"]
    assert texts(":use كت") == ["كتب/"]
    assert texts(f":save {tmp_path}/كتا") == [f"{tmp_path}/كتاب.txt"]
    assert texts(":index none/") == []
