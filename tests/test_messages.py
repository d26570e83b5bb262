"""What is said to a person, in their language."""

from __future__ import annotations

import argparse
import ast
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searchkit import messages
from searchkit.cli.parsing import make_parser
from searchkit.messages import choose, language, translate
from searchkit.shell.commands import COMMANDS, KEYS
from searchkit.shell.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(messages.__file__).parents[1]
CATALOGUE = Path(messages.__file__).with_name("ar.txt")
SAID_BY = {
    "Problem": 1, "_problem": 1, "_error": 0, "error": 0, "translate": 0, "note": 0, "_note": 1, "say": 0,
    "KeyboardInterrupt": 0, "Explanation": 0, "Unreadable": 0,
}  # fmt: skip
"""Functions that take a message, and where."""
ALL_SAID = ("search/account.py", "search/explain.py", "search/reading.py", "search/render_quote.py", "segment/check.py")
"""Modules in which every text with a letter is said, but names, documentation and what is written for programs."""
NOT_SAID = ("_core", "evaluation", "arabic/compile", "codecs/foreign")
"""What speaks to programmers, or to those who measure, only."""
NO_MESSAGES = ("ValueError", "TypeError", "AttributeError", "ImportError", "KeyError", "UnpicklingError")
NOTES = ("notes", "lines")
RETURNED_BY = ("why_unreadable", "sortable", "_nearest", "_difference")
"""Functions that return a message."""
OF_ARGPARSE = (
    "usage:", "options", "positional arguments", "show this help message and exit", "expected one argument",
    "expected at least one argument", "the following arguments are required: {}", "unrecognized arguments: {}",
    "argument {}", "invalid choice: {} (choose from {})", "not allowed with argument {}",
    "ambiguous option: {} could match {}", "ignored explicit argument {}",
)  # fmt: skip
OF_THE_SYSTEM = (
    "No such file or directory", "Permission denied", "Is a directory", "Not a directory", "No space left on device",
    "Input/output error", "Read-only file system", "Address already in use", "Too many open files", "File exists",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    yield
    choose("en")


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    lines = [line for line in CATALOGUE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) % 2 == 0
    return dict(zip(lines[::2], lines[1::2], strict=True))


def template(node: ast.expr, names: dict[str, list[ast.expr]]) -> list[str]:
    """Return the texts that an expression may be, with {} for what is not known before."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*template(node.body, names), *template(node.orelse, names)]
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in template(value, names)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        lefts, rights = (template(side, names) or ["{}"] for side in (node.left, node.right))
        return [left + right for left in lefts for right in rights]
    if isinstance(node, ast.Name):
        others = {**names, node.id: []}  # a name may be given from itself
        return [text for value in names.get(node.id, []) for text in template(value, others)]
    return []


def given(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Return what names are given in a piece of source."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.NamedExpr) else []
        )
        for target in targets:
            if isinstance(target, ast.Name):
                found.setdefault(target.id, []).append(node.value)
    return found


def message_of(node: ast.Call) -> ast.expr | None:
    """Return the message that a call says, None if it says none."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    place = SAID_BY.get(name)
    if name.endswith("Error") and name not in NO_MESSAGES:
        place = 0
    if name == "append" and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).endswith(NOTES):
        place = 0
    if name == "translate" and isinstance(node.func, ast.Attribute):
        place = None  # of str
    return node.args[place] if place is not None and len(node.args) > place else None


def raised_by(node: ast.Call) -> bool:
    """Tell whether a call makes an error or a problem."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name.endswith("Error") or name in ("Problem", "_problem", "_error")


def messages_in(
    tree: ast.Module, constants: dict[str, list[ast.expr]], *, all_said: bool, errors: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield what a module says, with the line."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for scope in [tree, *functions]:
        names = {**constants, **(given(scope) if scope is not tree else {})}
        for node in ast.walk(scope):
            message = message_of(node) if isinstance(node, ast.Call) and (raised_by(node) or not errors) else None
            if not errors and isinstance(node, ast.Return) and getattr(scope, "name", "") in RETURNED_BY:
                message = node.value
            if message is not None:
                for text in template(message, names):
                    yield text, node.lineno
    if all_said and not errors:
        quiet = {id(part) for node in ast.walk(tree) for part in _not_said(node)}
        for node in ast.walk(tree):
            if id(node) not in quiet and isinstance(node, ast.JoinedStr | ast.Constant):
                for text in template(node, {}):
                    if isinstance(node, ast.JoinedStr) or re.search("[A-Za-z]{2} | [A-Za-z]{2}", text):
                        yield text, node.lineno


def _not_said(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is no message of its own: documentation, parts of a text with gaps, annotations."""
    documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if documents or isinstance(node, ast.JoinedStr | ast.AnnAssign):
        yield from (part for part in ast.walk(node) if part is not node)


def said(*, errors: bool = False) -> dict[str, str]:
    """Return all messages of the package, or the errors alone, with the place of each."""
    found: dict[str, str] = {}
    trees = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    trees = {where: tree for where, tree in trees.items() if not where.startswith(NOT_SAID)}
    constants: dict[str, list[ast.expr]] = {}
    for tree in trees.values():
        for node in tree.body:
            for name, values in given(ast.Module([node], [])).items() if isinstance(node, ast.Assign) else ():
                constants.setdefault(name, []).extend(values)
    for where, tree in trees.items():
        for text, line in messages_in(tree, constants, all_said=where in ALL_SAID, errors=errors):
            if re.search("[A-Za-z]{2}", text.replace("{}", "")):
                found[text] = f"{where}:{line}"
    return found


def test_every_message_has_a_translation(catalogue):
    missing = {text: where for text, where in said().items() if text not in catalogue}
    assert not missing, "\n".join(f"{where}: {text}" for text, where in missing.items())


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
        gaps = re.findall(r"\{(\d*)\*?\}", translated)
        assert len(gaps) == english.count("{}"), english
        assert sorted(gaps) == sorted(map(str, range(len(gaps)))) or not any(gaps), english
        assert english.count("%(") == translated.count("%("), english


def test_errors_end_with_a_remedy():
    without = [
        text
        for text, where in said(errors=True).items()
        if ";" not in text
        and text not in ("query: {}", "{}: line {}: {}")  # what is nested has one
        and not where.startswith("cli/options")  # which adds it
    ]
    assert without == ["{}: a {} is counted by {}"]


def test_what_argparse_and_the_system_say_has_a_translation(catalogue):
    assert {*OF_ARGPARSE, *OF_THE_SYSTEM} <= {*catalogue}


def test_no_entry_is_left_over(catalogue):
    known = {*said(), *OF_ARGPARSE, *OF_THE_SYSTEM}
    text = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for english in catalogue:
        longest = max(re.split(r"\{\}|\"|'", english), key=len).strip(" ;«»")
        assert english in known or longest in text or longest in _wrapped(text), english


def test_the_catalogue_says_everything_once():
    lines = [line for line in CATALOGUE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    twice = [line for line, count in Counter(lines[::2]).items() if count > 1]
    assert not twice


def test_translations_are_arabic_with_arabic_punctuation(catalogue):
    for english, translated in catalogue.items():
        assert not re.search("[\u0621-\u064a][,;]", translated), translated
        assert not re.search(r"\s$|^\s| {2}", translated), translated
        whole = re.fullmatch(r"[\W\d]*", re.sub(r"\{\}", "", english))
        assert whole or re.search("[\u0621-\u064a]|^.{0,2}\\{|^(bidi|query:) ", translated), translated


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
