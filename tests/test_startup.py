"""What the one-shot command must not import: its start-up is measured in milliseconds."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit

PACKAGE = Path(searchkit.__file__).parent
HEAVY = {
    "asyncio", "concurrent", "dataclasses", "http", "inspect", "logging", "numpy", "prompt_toolkit", "rich", "ssl",
    "tashaphyne", "urllib.request", "whoosh",
}  # fmt: skip

QUERY = """
import json, sys
from searchkit.cli import main
status = main(["query", "أستانا"])
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""


def run(code: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip


@pytest.mark.parametrize("without_extensions", ["0", "1"])
def test_a_query_imports_nothing_heavy(tmp_path: Path, without_extensions: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "1.txt").write_text("عنوان\nأستانا", "utf-8")
    made = [sys.executable, "-m", "searchkit", "index", "seeds"]
    subprocess.run(made, check=True, cwd=tmp_path, capture_output=True)
    done = run(QUERY, tmp_path, SEARCHKIT_NO_EXTENSIONS=without_extensions)
    status, modules = json.loads(done.stderr.splitlines()[-1])
    assert status == 0
    before = set(json.loads(run("import json, sys; print(json.dumps(sorted(sys.modules)))", tmp_path).stdout))
    assert HEAVY & set(modules) - before == set()
    assert {name for name in modules if name.startswith("searchkit.indexing")} == set()
    assert {"searchkit.arabic.dates", "searchkit.arabic.numbers", "searchkit.arabic.rewordings"} & set(modules) == set()


def test_importing_searchkit_imports_no_part_of_it(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import searchkit; print(sorted(set(sys.modules) - before))"
    assert run(code, tmp_path).stdout.strip() == "['searchkit']"


@pytest.mark.parametrize("module", ["searchkit", "searchkit.search", "searchkit.cli", "searchkit.indexing.writer"])
def test_each_part_can_be_imported_first(module: str, tmp_path: Path) -> None:
    run(f"import {module}", tmp_path)


def test_no_work_is_done_in_an_assert_which_python_o_leaves_out() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assert):
                calls = [call for call in ast.walk(node.test) if isinstance(call, ast.Call)]
                assert all(ast.unparse(call.func) == "isinstance" for call in calls), f"{path}:{node.lineno}"


def test_the_command_works_without_asserts_and_with_every_warning_an_error_though_nothing_is_compiled_yet(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("كتاب في النحو", "utf-8")
    environment = {"PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    for arguments in (["index", "a.txt"], ["query", "كتاب"], ["analyze", "--explain", "زخرفتموهونا"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-O", "-X", "dev", "-W", "error", "-m", "searchkit", *arguments],
            cwd=tmp_path, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
