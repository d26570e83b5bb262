"""Altered segments whose checksums fit: decoders raise an error of ours, and never leave their buffers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CheckedBuild = tuple[Path, subprocess.Popen[str]] | None
_ROOT = Path(__file__).parents[2]
_FORGE = Path(__file__).with_name("forge.py")


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
def checked(checked_build: CheckedBuild) -> Path:
    """The package compiled so that every index and every sum is checked."""
    if checked_build is None:
        pytest.skip("SEARCHKIT_FAULTS is not full")
    source, process = checked_build
    out, _ = process.communicate()
    assert process.returncode == 0, out[-2000:]
    kernels = source / "searchkit" / "_core"
    assert {path.name.partition(".")[0] for path in kernels.glob("*.so")} == {p.stem for p in kernels.glob("*.pxd")}
    return source


@pytest.mark.parametrize("seed", [1, 2])
def test_kernels_stay_inside_their_buffers(checked: Path, made: Path, seed: int) -> None:
    forge(checked, made, 400, seed)
