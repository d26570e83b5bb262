"""Altered segments whose checksums fit: decoders raise an error of ours, and never leave their buffers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_FORGE = Path(__file__).with_name("forge.py")
_DIRECTIVES = "{ annotation_typing = false, boundscheck = true, wraparound = false, initializedcheck = true }"
_WRAPPING = {"cursors", "lexicon", "postings", "scan"}  # hashes, and differences of numbers without a sign


def forge(source: Path, index: Path, count: int, seed: int) -> None:
    done = subprocess.run(
        [sys.executable, str(_FORGE), str(index), str(count), str(seed)],
        env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == "", done.stderr[-2000:]  # where a kernel cannot raise, Cython writes it there
    assert done.stdout == f"{count} tried\n"


def test_what_checksums_do_not_show_is_an_error_or_another_answer(made: Path) -> None:
    forge(_ROOT, made, 60, 1)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Path:
    """The package compiled so that every index and every sum is checked."""
    if not full or sys.platform == "win32":
        pytest.skip("SEARCHKIT_FAULTS is not full")
    source = tmp_path_factory.mktemp("checked")
    shutil.copytree(_ROOT / "searchkit", source / "searchkit", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy(_ROOT / name, source)
    settings = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings, count = re.subn(r"(?m)^cython_directives = .*$", f"cython_directives = {_DIRECTIVES}", settings)
    assert count == 1
    (source / "pyproject.toml").write_text(settings.replace('"-O3"', '"-O1"'), encoding="utf-8")
    for path in (source / "searchkit" / "_core").glob("*.pxd"):
        if path.stem not in _WRAPPING:
            module = path.with_suffix(".py")
            text = module.read_text(encoding="utf-8")
            module.write_text(f"# cython: overflowcheck=True\n{text}", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", "from setuptools import setup; setup()", "build_ext", "--inplace", "-j4"],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    built = {path.name.partition(".")[0] for path in (source / "searchkit" / "_core").glob("*.so")}
    assert built == {path.stem for path in (source / "searchkit" / "_core").glob("*.pxd")}
    return source


@pytest.mark.parametrize("seed", [1, 2])
def test_kernels_stay_inside_their_buffers(checked: Path, made: Path, seed: int) -> None:
    forge(checked, made, 400, seed)
