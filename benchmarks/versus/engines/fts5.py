"""SQLite's FTS5 with its tokenizer for all of Unicode, no stemmer."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from benchmarks.versus.engines.harness import LIMIT, MEMORY_MB, serve, whole_text

if TYPE_CHECKING:
    from benchmarks.versus.documents import Document

_SEARCH = f"SELECT id FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT {LIMIT}"  # noqa: S608 - a constant
_COUNT = "SELECT count(*) FROM documents WHERE documents MATCH ?"


class FTS5:
    """A full-text table in a database."""

    kinds = ("any", "all", "phrase", "prefix")

    def __init__(self, plain: bool) -> None:
        self.version = sqlite3.sqlite_version
        self._plain = plain

    def build(self, folder: str, documents: list[Document]) -> None:
        database = self._connect(folder)
        database.execute("PRAGMA synchronous = FULL")
        database.execute(f"PRAGMA cache_size = -{MEMORY_MB << 10}")
        marks = " remove_diacritics 0" if self._plain else ""
        database.execute(f"CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, text, tokenize='unicode61{marks}')")
        rows = ((key, whole_text(title, text)) for key, title, text in documents)
        database.executemany("INSERT INTO documents VALUES (?, ?)", rows)
        database.commit()
        database.close()

    def open(self, folder: str) -> None:
        self._database = self._connect(folder)
        self._database.execute(f"PRAGMA mmap_size = {1 << 32}")

    def num_docs(self) -> int:
        (found,) = self._database.execute("SELECT count(*) FROM documents_docsize").fetchone()
        return int(found)

    def search(self, kind: str, query: str) -> list[str]:
        return [key for (key,) in self._database.execute(_SEARCH, (_parse(kind, query),))]

    def count(self, kind: str, query: str) -> int:
        (found,) = self._database.execute(_COUNT, (_parse(kind, query),)).fetchone()
        return int(found)

    @staticmethod
    def _connect(folder: str) -> sqlite3.Connection:
        return sqlite3.connect(os.path.join(folder, "fts5.db"))


def _parse(kind: str, query: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in query).split()
    if kind == "phrase":
        return f'"{query}"'
    if kind == "prefix":
        return f'"{query}" *'
    return (" AND " if kind == "all" else " OR ").join(f'"{word}"' for word in words)


if __name__ == "__main__":
    serve(FTS5)
