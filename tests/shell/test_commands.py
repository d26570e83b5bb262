"""What each line does, without a terminal."""

import pytest

import searchkit
from searchkit.shell.app import do
from searchkit.shell.commands import COMMANDS


@pytest.fixture
def type_lines(session, capsys):
    """Return a function that runs lines and returns what the last one printed, results and errors apart."""

    def run(*lines):
        for line in lines:
            capsys.readouterr()
            do(session, line)
        return capsys.readouterr()

    return run


def test_a_line_is_searched_for(type_lines):
    out = type_lines("سفينة").out
    assert "1. [" in out
    assert "«سفينة» الصحراء" in out
    assert "documents in" in out


def test_an_empty_line_does_nothing(type_lines):
    assert type_lines("  \t ") == ("", "")


@pytest.mark.parametrize("name", ["open", "افتح", "إفتح"])
def test_open_shows_the_whole_document(type_lines, name):
    assert type_lines("البحارة", f":{name} 1").out == (
        "ميناء المدينة\nid: a\nyear: 1950\n\nرست سفينة كبيرة في ميناء المدينة.\nنزل «البحارة» إلى السوق.\n"
    )


def test_hits_are_numbered_in_arabic_digits_too(type_lines):
    assert "ميناء المدينة" in type_lines("البحارة", ":open ١").out


@pytest.mark.parametrize("name", ["explain", "شرح"])
def test_explain_shows_what_the_score_is_made_of(type_lines, name):
    out = type_lines("سفينة", f":{name} 2").out
    assert out.startswith("2. ")
    assert "score" in out
    assert "surface سفينه: «سفينة» in text, word 2" in out


@pytest.mark.parametrize("name", ["analyze", "تحليل"])
def test_analyze_shows_each_word_level_by_level(type_lines, name):
    out = type_lines(f":{name} السَّفينةُ، أحمد").out
    assert [line for line in out.splitlines() if not line.startswith(" ")] == ["السَّفينةُ", "أحمد"]
    for label in ("surface  السفينه", "lemma", "root", "name", "parts"):
        assert f"\n    {label}" in out


def test_limit_changes_how_many_hits_are_shown(type_lines):
    assert type_lines(":limit 1").out == "limit 1\n"
    out = type_lines("سفينة").out
    assert "1. [" in out
    assert "2. [" not in out
    assert "1 of " in out
    assert type_lines(":limit").out == "limit 1\n"


def test_use_turns_to_another_index(type_lines, session, tmp_path):
    other = str(tmp_path / "other")
    with searchkit.create(other) as writer:
        writer.add(id="z", title="قمر", text="ليلة مقمرة")
    assert type_lines(f":use {other}").out.startswith(f"{other}: 1 document\n")
    assert "قمر" in type_lines("قمر").out
    assert session.directory == other


def test_use_keeps_the_index_when_there_is_no_other(type_lines, session, directory, tmp_path):
    assert "no index here" in type_lines(f":use {tmp_path / 'none'}").err
    assert session.directory == directory
    assert "folders only" in type_lines(":use http://localhost:9200").err
    assert "«سفينة»" in type_lines("سفينة").out


def test_stats_count_documents_terms_and_occurrences(type_lines, directory):
    lines = type_lines(":stats").out.splitlines()
    assert lines[0] == f"{directory}: 3 documents"
    assert [line.split()[0] for line in lines[1:]] == ["title", "text", "author"]
    assert all("terms" in line and "occurrences" in line for line in lines[1:])


@pytest.mark.parametrize("name", ["help", "مساعدة", "مساعده", "?"])
def test_help_lists_every_command_with_its_names(type_lines, name):
    out = type_lines(f":{name}").out
    for entry in COMMANDS:
        assert entry.summary
        assert entry.summary in out
        for known in entry.names:
            assert f":{known}" in out


@pytest.mark.parametrize("name", ["quit", "خروج", "q"])
def test_quit_leaves(type_lines, session, name):
    type_lines(f":{name}")
    assert session.done


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([":open 1"], "no hits yet"),
        (["غغغغغغ", ":open 1"], "no hits to choose from"),
        (["سفينة", ":open 9"], "9: not a hit; give a number from 1 to"),
        (["سفينة", ":open"], "no number: not a hit"),
        (["سفينة", ":explain سفينة"], "سفينة: not a hit"),
        (["سفينة", ":open 0"], "0: not a hit"),
        ([":limit 0"], "'0' is not a number"),
        ([":limit كثير"], "'كثير' is not a number"),
        ([":limit -3"], "'-3' is not a number"),
        ([":use"], "no folder"),
        ([":analyze ،،،"], "no word"),
        ([":nothing"], ":nothing: no such command; :help lists them"),
        ([":"], ":: no such command"),
        (["س" * 20_000], "characters are too many"),
    ],
)
def test_what_cannot_be_done_is_one_line_of_error(type_lines, lines, message):
    out, err = type_lines(*lines)
    assert not out
    assert message in err
    assert err.count("\n") == 1


def test_a_query_that_does_not_parse_is_underlined(type_lines):
    assert type_lines("بحر +سُفن (كبيرة").err.splitlines()[:2] == ["  بحر +سُفن (كبيرة", "           ^"]


def test_a_failed_search_leaves_the_hits_as_they_were(type_lines):
    assert "الصحراء" in type_lines("الجمل", "(سفينة", ":open 1").out


def test_an_index_rewritten_underneath_is_seen_by_the_next_search(type_lines, directory):
    assert "0 documents" in type_lines("عنقاء").out
    with searchkit.create(directory) as writer:
        writer.add(id="d", title="عنقاء", text="", place="جبل")
    assert "1. [" in type_lines("عنقاء").out
    assert "1. [" in type_lines("place:جبل").out


def test_a_document_cannot_command_the_terminal(type_lines, directory):
    with searchkit.create(directory) as writer:
        writer.add(id="\x1b[2J", title="تنين \x1b]0;x\x07", text="تنين \x9b31m \x1b[2J \x1bc \r \ud800", n="\x1b[5A")
    for line in ("تنين", ":open 1", ":explain 1"):
        out = type_lines("تنين", line).out
        assert not set(out) & set("\x1b\x07\x9b\r\ud800")


def test_filter_sort_and_facets_hold_for_the_next_searches(type_lines, session):
    assert "2. [" in type_lines("سفينة").out
    out = type_lines(":filter author:سعاد").out
    assert "سوق الكتب" in out
    assert "2. [" not in out
    assert type_lines(":صف").out.count("[") > 1
    assert type_lines(":sort -year").out.startswith("1. ")
    assert "ميناء المدينة" in session.results[0].title
    assert "سعاد" in type_lines(":facets author").out


def test_a_filter_that_cannot_be_used_is_not_kept(type_lines, session):
    type_lines("سفينة")
    assert type_lines(":sort nothing").err
    assert session.sort == ""
    assert type_lines(":filter (").err
    assert session.filter == ""


def test_all_words_may_be_asked_for(type_lines):
    assert "2. [" in type_lines(":set operator any", "سفينة المدينة").out
    assert "2. [" not in type_lines(":set operator all", "سفينة في المدينة").out


def test_more_goes_on_where_the_hits_ended(type_lines):
    first = type_lines(":limit 1", "سفينة").out
    out = type_lines(":more").out
    assert first.startswith("1. [")
    assert out.startswith("2. [")
    assert type_lines(":المزيد").out.startswith("3. [")
    assert "no more hits: these were all 3" in type_lines(":more").err
    assert "سفينة" in type_lines(":explain 1").out  # hits of all pages have their numbers
    assert type_lines(":explain 3").out.startswith("3. ")
    assert "4: not a hit; give a number from 1 to 3" in type_lines(":open 4").err


def test_more_needs_a_search(type_lines):
    assert "no hits yet" in type_lines(":more").err
    assert "no hits yet" in type_lines("سفينة", ":similar 1", ":more").err
