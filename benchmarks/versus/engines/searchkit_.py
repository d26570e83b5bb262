"""searchkit: the whole model, four levels of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import searchkit
from benchmarks.versus.engines.harness import LIMIT, MEMORY_MB, serve
from searchkit import _core

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.versus.documents import Document
    from searchkit.search import Results


# How each kind of query is written. Words are looked up at all levels, with = before them at the surface only.
_SYNTAX: dict[str, Callable[[str], str]] = {
    "any": lambda query: " OR ".join([f"={word}" for word in query.split()]),
    "any, related": lambda query: " OR ".join(query.split()),
    "all": lambda query: " AND ".join([f"={word}" for word in query.split()]),
    "all, related": lambda query: " AND ".join(query.split()),
    "phrase": '"{}"'.format,
    "prefix": "{}*".format,
    # HOOK: "fuzzy": "{}~1".format
}


class Searchkit:
    """An index of searchkit."""

    kinds = tuple(_SYNTAX)

    def __init__(self, plain: bool) -> None:
        self.version = f"{searchkit.__version__}, {'compiled' if _core.COMPILED else 'pure Python'}"
        self._plain = plain

    def build(self, folder: str, documents: list[Document]) -> None:
        with searchkit.create(folder, memory_mb=MEMORY_MB) as writer:
            for key, title, text in documents:
                writer.add(id=key, title=title, text=text)

    def open(self, folder: str) -> None:
        self._index = searchkit.open(folder)

    def num_docs(self) -> int:
        return len(self._index)

    def search(self, kind: str, query: str) -> list[str]:
        return [hit.id for hit in self._search(kind, query)]

    def count(self, kind: str, query: str) -> int:
        return self._search(kind, query).total

    def _search(self, kind: str, query: str) -> Results:
        if not self._plain:
            return self._index.search(query, limit=LIMIT, plain=True)
        return self._index.search(_SYNTAX[kind](query), limit=LIMIT)


if __name__ == "__main__":
    serve(Searchkit)
