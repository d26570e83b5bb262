"""searchkit: the whole model, four levels of evidence."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

import searchkit
from benchmarks.versus.child import NOT_INSTALLED
from benchmarks.versus.engines.harness import LIMIT, MEMORY_MB, serve
from searchkit import _core
from searchkit.query import parse
from searchkit.ranking import Model
from searchkit.search import Index

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
    "phrase": '="{}"'.format,
    "prefix": "{}*".format,
    "fuzzy": "{}~1".format,
}


PLAIN_BM25 = Model(
    surface=0.0,
    root=0.0,
    name=0.0,
    related=0.0,
    placed=0,
    beginning=0.0,
    near=0.0,
    neighbours=0.0,
    function_word=1.0,
    vowels=0.0,
    synonym=0.0,
    run=0.0,
    fit=0.0,
)
"""BM25 of lemmas and nothing else, as other engines score stems."""


class Searchkit:
    """An index of searchkit."""

    def __init__(self, plain: bool) -> None:
        self.version = f"{searchkit.__version__}, {'compiled' if _core.COMPILED else 'pure Python'}"
        self.kinds = tuple(kind for kind in _SYNTAX if kind != "fuzzy" or _has_fuzzy())
        self._plain = plain
        options = sys.argv[2:]
        self._one_level = "one-level" in options
        self._options = {"threads": 4} if "threads=4" in options else {}
        if self._options and "threads" not in inspect.signature(searchkit.create).parameters:
            sys.exit(NOT_INSTALLED)

    def build(self, folder: str, documents: list[Document]) -> None:
        options: dict[str, Any] = {"memory_mb": MEMORY_MB, **self._options}
        with searchkit.create(folder, **options) as writer:
            for key, title, text in documents:
                writer.add(id=key, title=title, text=text)

    def open(self, folder: str) -> None:
        self._index = Index(folder, PLAIN_BM25 if self._one_level else None)

    def num_docs(self) -> int:
        return len(self._index)

    def search(self, kind: str, query: str) -> list[str]:
        return self._search(kind, query, LIMIT).ids

    def count(self, kind: str, query: str) -> int | None:
        found = self._search(kind, query, len(self._index))  # so many hits that none may be left out
        return None if any("more than" in note for note in found.notes) else found.total

    def _search(self, kind: str, query: str, limit: int) -> Results:
        if not self._plain:
            return self._index.search(query, limit=limit, plain=True)
        return self._index.search(_SYNTAX[kind](query), limit=limit)


def _has_fuzzy() -> bool:
    """Tell whether this version reads ``~1`` as a number of edits."""
    return getattr(parse("كلمة~1", ["text"]), "text", "") == "كلمة"


if __name__ == "__main__":
    serve(Searchkit)
