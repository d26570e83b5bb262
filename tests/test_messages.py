"""What is said to a person, in their language."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import pytest

from searchkit import messages
from searchkit.cli.parsing import make_parser
from searchkit.messages import choose, language, translate
from searchkit.shell.commands import COMMANDS, KEYS
from searchkit.shell.settings import SETTINGS

PACKAGE = Path(messages.__file__).parents[1]
CATALOGUE = Path(messages.__file__).with_name("ar.txt")
SAID_BY = {"Problem": 1, "_error": 0, "error": 0, "translate": 0, "_problem": 1, "note": 0}
"""Functions that take a message, and where."""
NOT_SAID = ("_core", "evaluation", "arabic/compile", "codecs/foreign")
"""What speaks to programmers, or to those who measure, only."""


@pytest.fixture(autouse=True)
def _english():
    yield
    choose("en")


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    lines = [line for line in CATALOGUE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) % 2 == 0
    return dict(zip(lines[::2], lines[1::2], strict=True))


def template(node: ast.expr) -> list[str]:
    """Return the texts that an expression may be, with {} for what is not known before."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*template(node.body), *template(node.orelse)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [left + right for left in template(node.left) or ["{}"] for right in template(node.right) or ["{}"]]
    return []


def said() -> dict[str, str]:
    """Return all messages of the package with the place of each."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        if where.startswith(NOT_SAID):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = SAID_BY.get(name)
            if name.endswith("Error") and name not in ("ValueError", "TypeError", "AttributeError", "ImportError"):
                place = 0
            if (
                name == "append"
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value).endswith("notes")
            ):
                place = 0
            if place is not None and len(node.args) > place:
                for text in template(node.args[place]):
                    if re.search("[A-Za-z]{2}", text.replace("{}", "")):
                        found[text] = f"{where}:{node.lineno}"
    return found


@pytest.mark.xfail(reason="the catalogue is being filled")
def test_every_message_has_a_translation(catalogue):
    missing = {text: where for text, where in said().items() if text not in catalogue}
    assert not missing, "\n".join(f"{where}: {text}" for text, where in missing.items())


@pytest.mark.xfail(reason="the catalogue is being filled")
def test_help_has_a_translation(catalogue):
    def texts(parser: argparse.ArgumentParser):
        yield parser.description
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for other in action.choices.values():
                    yield from texts(other)
            elif action.dest != "help":
                yield action.help

    wanted = [
        *texts(make_parser()),
        *(entry.summary for entry in COMMANDS),
        *(meaning for _, meaning in KEYS),
        *(setting.comment for setting in SETTINGS),
    ]
    missing = [text for text in wanted if text and text not in catalogue]
    assert not missing, "\n".join(missing)


def test_translations_have_the_gaps_of_what_they_translate(catalogue):
    for english, translated in catalogue.items():
        gaps = re.findall(r"\{(\d*)\}", translated)
        assert len(gaps) == english.count("{}"), english
        assert all(gaps) or not any(gaps), english
        assert english.count("%(") == translated.count("%("), english


def test_no_entry_is_left_over(catalogue):
    known = {*said()}
    text = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for english in catalogue:
        longest = max(re.split(r"\{\}|\"|'", english), key=len)
        assert english in known or longest in text or longest in _wrapped(text), english


def _wrapped(text: str) -> str:
    """Return source with strings that go on in the next line joined."""
    return re.sub(r"['\"]\s*\n\s*f?['\"]", "", text)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ar_SY.UTF-8"}, "ar"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "ar_SY.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ar"}, "ar"),
        ({"LANGUAGE": "ar:en", "LANG": "en_US.UTF-8"}, "ar"),
        ({}, "en"),
    ],
)
def test_the_locale_says_which_language(monkeypatch, variables, expected):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    choose("auto")
    assert language() == expected


def test_what_differs_is_put_where_the_other_language_has_it():
    choose("ar")
    shown = translate("articles: no index here; make one with 'searchkit index PATH'")
    assert shown.startswith("articles: ")
    assert "searchkit index PATH" in shown
    assert "no index" not in shown


def test_what_no_catalogue_has_stays_as_it_is():
    choose("ar")
    assert translate("zzz {} zzz") == "zzz {} zzz"


def test_english_is_never_looked_up():
    choose("en")
    assert translate("query: empty; type a word to search for") == "query: empty; type a word to search for"
