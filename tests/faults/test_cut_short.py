"""A file that another program cuts short while it is mapped: an error that names it, not the end of the process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit

ASKED: dict[str, Callable[[searchkit.Index], object]] = {
    "search": lambda index: index.search("كتاب"),
    "explain": lambda index: index.explain("كتاب", "1"),
    "similar": lambda index: index.similar("1"),
    "find_quote": lambda index: index.find_quote("كتاب قديم"),
    "complete": lambda index: index.complete("كت"),
    "suggest": lambda index: index.suggest("كتاپ"),
    "document": lambda index: index.document("1"),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_file_cut_short_under_an_open_index_is_named(
    asked: Callable[[searchkit.Index], object], made: Path, tmp_path: Path
) -> None:
    shutil.copytree(made, tmp_path / "index")
    index = searchkit.open(str(tmp_path / "index"))
    index.search("كتاب")
    path = max((tmp_path / "index").glob("*.sk"), key=os.path.getsize)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(searchkit.IndexFormatError, match=rf"{path.name}: cut short"):
        asked(index)


def test_a_file_replaced_under_an_open_index_does_not_disturb_it(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "index")
    index = searchkit.open(str(tmp_path / "index"))
    expected = index.search("كتاب").ids
    for path in (tmp_path / "index").glob("*.sk"):
        (tmp_path / "short").write_bytes(b"")
        os.replace(tmp_path / "short", path)
    assert index.search("كتاب").ids == expected
