"""The layers of the house: who may import whom."""

import os
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_imports_keep_to_the_layers() -> None:
    if find_spec("importlinter") is None:
        pytest.skip("import-linter is not installed")
    if "importlinter" not in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]:
        pytest.skip("there are no contracts in pyproject.toml")
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
