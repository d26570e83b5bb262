"""searchkit: the whole model, four levels of evidence."""

from __future__ import annotations

import searchkit
from benchmarks.versus.engines.harness import MEMORY_MB, Document, serve
from searchkit import _core


class Searchkit:
    """An index of searchkit."""

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
        return [hit.id for hit in self._index.search(query, plain=kind == "any")]

    def count(self, kind: str, query: str) -> int:
        return self._index.search(query, limit=0, plain=kind == "any").total


if __name__ == "__main__":
    serve(Searchkit)
