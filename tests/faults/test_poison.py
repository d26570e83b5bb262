"""An index from a stranger runs nothing: not when it is opened, refreshed, searched, checked or written to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

import searchkit
from searchkit.codecs.toc import toc_file
from searchkit.segment.manifest import read_manifest


class Bomb:
    path = ""

    def __reduce__(self) -> Any:
        return os.mkdir, (self.path,)


class BombSchema(Bomb, fields.Schema):
    """Whoosh writes no other than a schema."""


def poison(index: str, later: int, *, schema: bool) -> str:
    """Put a table of contents there that makes a folder when it is unpickled; return the folder's name."""
    target = os.path.join(index, "ran")
    generation = read_manifest(index).generation + later
    bomb = BombSchema() if schema else Bomb()
    bomb.path = target
    storage = RamStorage()
    TOC(bomb if schema else fields.Schema(), [] if schema else [bomb], generation).write(storage, "MAIN")
    Path(index, toc_file(generation)).write_bytes(storage.files[toc_file(generation)])
    return target


@pytest.mark.parametrize("schema", [False, True])
@pytest.mark.parametrize("later", [0, 1])
def test_a_poisoned_table_runs_nothing(later: int, schema: bool, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:
        writer.add(id="1", text="كتاب")
    opened = searchkit.open(index)
    with searchkit.create(index) as writer:
        writer.add(id="2", text="كتاب")
    target = poison(index, later, schema=schema)
    assert opened.refresh()
    for reader in (opened, searchkit.open(index)):
        assert {hit.id for hit in reader.search("كتاب")} == {"1", "2"}
        reader.stats()
        reader.damage()
    try:
        with searchkit.create(index) as writer:
            writer.add(id="3", text="كتاب")
    except searchkit.IndexFormatError:
        assert later  # others seem to have written: that has to be understood
        assert not schema
    assert not os.path.exists(target)


def test_the_poison_works_where_it_is_trusted(tmp_path: Path) -> None:
    import whoosh.index

    index = str(tmp_path / "index")
    with searchkit.create(index) as writer:
        writer.add(id="1", text="كتاب")
    target = poison(index, 1, schema=False)
    whoosh.index.open_dir(index)
    assert os.path.isdir(target)
