"""The command speaks Arabic: nothing English is left but names, options and what programs read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from searchkit.cli.options import COMMANDS
from searchkit.messages import choose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMES = (
    "searchkit Python JSON HTTP UTF Whoosh NEAR NOT AND OCR PDF README NO_COLOR LANG TERM PAGER Ctrl OSC zip pip "
    "install text title keyword number date source month price score rank file snippet token surface lemma root name "
    "hamza taa yaa tashkeel letters digits auto plain gzip eval trec_eval qid TAB docid rel less bidi off app words "
    "terminal seeds index query stats check limit prompt_toolkit settings toml utf arabic fallback False xterm"
)
"""Names of things, fields, values and programs, which are the same in every language."""
_NO_PROSE = re.compile(
    r"""
    \x1b\[[\d;]*m
    | --?[a-z][\w-]*(?:=[-\w]*)?     # options
    | '[^']*' | "[^"]*" | \{[^}]*\} # commands, values and choices
    | :[a-z]+                       # commands of the shell
    | \.\w+ | \w+\.\w+ | \S*/\S*    # files
    | \b[A-Z][A-Z_.\[\]=,]*\b      # what stands for a value
    | \w+__\w+ | \w+:\S+ | %\(\w+\)s
    """,
    re.VERBOSE,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    choose("en")


@pytest.fixture
def spoken(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs the command in Arabic on an index of two documents."""
    rows = [
        {
            "id": "1",
            "title": "مسار أستانا",
            "text": "اجتمعت الدول الضامنة في أستانا. قال لافروف إن حلب آمنة",
            "price": 10,
        },
        {
            "id": "2",
            "title": "حلب",
            "text": "اجتمعت الدول الضامنة في أستانا. قال لافروف إن حلب آمنة",
            "date": "2024-11-30",
        },
        {"id": "3", "title": "لقاء", "text": "التقى لافروف عراقجي ولم يذكر سوى حلب score"},
    ]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command("index", "docs.jsonl")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def run(*arguments: str) -> Any:
        return command("--lang", "ar", *arguments)

    return run


def english(text: str, *known: str) -> list[str]:
    """Return the Latin words of a text that are no names and not known."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, " ")
    words = re.findall("[A-Za-z_]{3,}", _NO_PROSE.sub(" ", text))
    return [word for word in words if word not in _NAMES.split()]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_arabic(command: Any, name: str) -> None:
    shown = command("--lang", "ar", *([name] if name else []), "--help")
    usage, _, rest = shown.out.partition("\n\n")
    assert usage.startswith("الاستعمال: searchkit")
    if not name:
        rest = re.sub("(?m)^ {2,4}[a-z]+ ", "", rest)  # the names of commands
    assert not english(rest), shown.out


SESSION = [
    ("index", "docs.jsonl"),
    ("index", "docs.jsonl", "--dry-run"),
    ("index", "nowhere"),
    ("query", "أستانا"),
    ("query", "أستانا حلب", "--explain"),
    ("query", '"الدول الضامنة" لافروف', "--explain", "--limit", "1"),
    ("query", "لافروف قرب/6 عراقجي", "--explain"),
    ("query", "مُسار", "--explain"),
    ("query", "أستانا", "--collapse"),
    ("query", "--similar", "1"),
    ("query", "--quote", "اجتمعت الدول كلها في أستانا وقال"),
    ("query", "أستانا", "-v"),
    ("query", "استاا"),
    ("query", "Lavrov"),
    ("query", "ghtv,t"),
    ("query", '"حلب أستانا"'),
    ("query", "+حلب +زرافة"),
    ("query", "حلب و أستانا"),
    ("query", "حلب", "--fold", "hamza=off"),
    ("query", "!!"),
    ("query", "(حلب"),
    ("query", "حلب)"),
    ("query", "حلب OR"),
    ("query", "حلب~7"),
    ("query", "price:[10"),
    ("query", "price:كثير"),
    ("query", "حلب", "--sort", "لون"),
    ("query", "حلب", "--facets", "price"),
    ("query", "حلب", "--explain-id", "1"),
    ("query", "عراقجي", "--explain-id", "1"),
    ("query", '"حلب أستانا"', "--explain-id", "1", "--no-fallback"),
    ("query", "-حلب", "--explain-id", "1"),
    ("query", "حلب +price:5", "--explain-id", "2", "--no-fallback"),
    ("query", "+استانا -حلب", "--explain-id", "1", "--no-fallback"),
    ("query", "حلب", "--explain-id", "99"),
    ("query", "حلب", "--limit", "0"),
    ("query", "حلب", "--limit"),
    ("query", "حلب", "--fold", "x"),
    ("query", "حلب", "--level", "none"),
    ("query", "--nonsense", "حلب"),
    ("query",),
    ("query", "حلب", "--template", "{"),
    ("query", "حلب", "--index", "nowhere"),
    ("query", "--quote", "@nowhere"),
    ("suggest", "--limit", "x", "حلب"),
    ("stats",),
    ("check",),
    ("synonyms",),
    ("synonyms", "nowhere"),
    ("doctor",),
    ("--version",),
]


@pytest.mark.parametrize("arguments", SESSION, ids=" ".join)
def test_a_session_is_arabic(spoken: Any, arguments: tuple[str, ...]) -> None:
    shown = spoken(*arguments)
    typed = [word.lstrip("@") for word in arguments if len(word) > 2 and word.lower() not in ("--limit", "check")]
    assert not english(shown.out + shown.err, *typed), shown.out + shown.err


SHELL = """حلب
حلب أستانا
:explain 1
:similar 1
:quote اجتمعت الدول كلها في أستانا وقال
:analyze حلب
:limit 2
:set
:set limit 3
:set limit x
:set nonsense 1
:filter price:10
:facets price
:open 99
:nonsense
:save
:index
:index nowhere
:use
:fields
:history
:stats
:help
(حلب
"""


def test_the_shell_is_arabic(spoken: Any, command: Any, tmp_path: Path) -> None:
    spoken("stats")  # there is an index now
    shown = command.process(
        "--lang", "ar", "shell", stdin=SHELL.encode(), XDG_CONFIG_HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path)
    )
    text = re.sub("(?m)^ {4}(?:Enter|Down|Up|Tab|Esc| )+|^[a-z]+ +[a-z]* ", "", shown.out) + shown.err
    left = english(text, "nonsense", "nowhere", "root", "operator", "collapse", "live", "color", "pager", "clipboard")
    assert not {*left} - {"history", "language", "level"}, shown.out + shown.err


def test_the_settings_explain_themselves_in_arabic(spoken: Any, command: Any, tmp_path: Path) -> None:
    spoken("stats")
    command.process("--lang", "ar", "shell", XDG_CONFIG_HOME=str(tmp_path))
    comments = [
        line
        for line in (tmp_path / "searchkit" / "settings.toml").read_text("utf-8").splitlines()
        if line.startswith("# ") and " = " not in line
    ]
    assert len(comments) > 5
    assert all(re.search("[\u0621-\u064a]", line) for line in comments)


def test_what_programs_read_is_the_same_in_every_language(spoken: Any, command: Any) -> None:
    for arguments in (
        ("query", "استاا", "--json", "--explain"),
        ("query", "حلب", "--jsonl", "--explain"),
        ("query", "حلب", "--tsv"),
        ("query", "حلب", "--explain-id", "3", "--json"),
        ("stats", "--json"),
        ("suggest", "استاا"),
    ):
        arabic = spoken(*arguments).out
        choose("en")
        assert re.sub(r'"elapsed_s": \S+', "", command(*arguments).out) == re.sub(r'"elapsed_s": \S+', "", arabic)


def test_what_was_typed_is_never_translated(spoken: Any) -> None:
    explained = spoken("query", "score", "--explain").out
    assert [line.split()[1] for line in explained.splitlines() if line.startswith("   ") and "." in line][1:3] == [
        "الدرجة", "score",
    ]  # fmt: skip
    assert "spelling: ليست في أي وثيقة" in spoken("query", "spelling").out
    assert "text: لا وثيقة" in spoken("query", "حلب", "--explain-id", "text").err


def test_the_line_that_compares_is_in_the_language_of_messages(spoken: Any) -> None:
    assert "فوق التالي" in spoken("query", "حلب", "--explain").out
