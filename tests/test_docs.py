"""README.md says what is true: its blocks run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(python|console|sh|shell|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?searchkit (.+)$", re.MULTILINE)


def blocks(*kinds: str) -> list[str]:
    if not README.exists():
        pytest.skip("there is no README.md")
    return [text for kind, text in BLOCK.findall(README.read_text("utf-8")) if kind in kinds]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_python_blocks_run_one_after_the_other(folder: Path) -> None:
    code = "\n".join(blocks("python"))
    assert "searchkit" in code
    done = run(folder, "-c", code)
    assert done.returncode == 0, done.stderr


def test_the_first_block_installs_and_asks() -> None:
    first = blocks("console", "sh", "shell", "bash")[0]
    assert "pip install ." in first
    assert 'searchkit query "أستانا"' in first
    assert "pip install '.[test]' && pytest" in first or "pytest" in README.read_text("utf-8")


def test_every_command_in_it_is_one_that_exists(folder: Path) -> None:
    commands = [command for block in blocks("console", "sh", "shell", "bash") for command in COMMAND.findall(block)]
    assert commands
    known = re.findall(r"^    (\w+) ", run(folder, "-m", "searchkit", "--help").stdout, re.MULTILINE)
    for command in commands:
        name = command.split()[0]
        assert name in known or name.startswith("--"), f"README.md speaks of 'searchkit {command}'"


def test_every_command_works_as_it_stands_one_after_the_other(folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "collections", folder / "tests" / "collections")
    readme = README.read_text("utf-8")
    names = re.search(r"such as this `(\S+)`:\n\n```\n(.*?)```", readme, re.DOTALL)
    assert names
    (folder / names[1]).write_text(names[2], "utf-8")
    program = folder / "bin" / "searchkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m searchkit "$@"\n')
    program.chmod(0o755)
    places = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": places}
    lines = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
    lines += re.findall(r"`(searchkit synonyms names\.txt)`", readme)
    tried = 0
    for line in lines:
        command, _, comment = line.partition("  # ")
        if not re.search(r"\b(searchkit|cp)\b", command) or re.search(r"\bpip\b|\bshell\b|--watch", command):
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        said = re.search(r"exit status (\d)", comment)
        assert done.returncode == (int(said[1]) if said else 0), f"{command}\n{done.stdout}{done.stderr}"
        tried += 1
    assert tried >= 20


@pytest.mark.parametrize("kind", ["index", "query", "shell", "analyze", "eval", "stats"])
def test_every_command_of_the_tour_is_in_it(kind: str) -> None:
    blocks()
    assert f"searchkit {kind}" in README.read_text("utf-8")


def test_documents_name_no_file_that_is_not_there() -> None:
    for document in (README, ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md"):
        if document.exists():
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
                assert (ROOT / link).exists(), f"{document.name}: {link}"


ROW = re.compile(r"^\| `([^`]+)` \|.*\| ([0-4 ]+) \|$", re.MULTILINE)


def test_every_example_of_the_query_language_finds_what_it_says(folder: Path) -> None:
    rows = ROW.findall(README.read_text("utf-8"))
    assert len(rows) >= 19
    code = (
        "import json, sys, searchkit\n"
        "index = searchkit.open('index')\n"
        "print(json.dumps([sorted({hit.id[hit.id.rindex('/') + 3] for hit in index.search(q)}) for q in sys.argv[1:]]))"
    )
    assert run(folder, "-m", "searchkit", "index", "seeds").returncode == 0
    done = run(folder, "-c", code, *(query for query, _ in rows))
    assert done.returncode == 0, done.stderr
    for (query, expected), found in zip(rows, json.loads(done.stdout), strict=True):
        assert " ".join(found) == expected.strip(), query
