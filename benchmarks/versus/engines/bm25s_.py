"""bm25s: BM25 of every posting computed beforehand, in arrays of numpy, searched by numba; no positions, no updates."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from benchmarks.versus.child import version_of
from benchmarks.versus.engines.harness import LIMIT, make_durable, serve, whole_text

if TYPE_CHECKING:
    from benchmarks.versus.documents import Document


class BM25S:
    """An index of bm25s."""

    kinds = ("any",)

    def __init__(self, plain: bool) -> None:
        self.version = f"{version_of('bm25s')}, numba {version_of('numba')}, PyStemmer {version_of('PyStemmer')}"
        import bm25s
        import Stemmer

        self._bm25s = bm25s
        self._stemmer = None if plain else Stemmer.Stemmer("arabic")
        self._pattern = r"\S+" if plain else r"(?u)\b\w\w+\b"
        self._words = re.compile(self._pattern).findall

    def build(self, folder: str, documents: list[Document]) -> None:
        texts = [whole_text(title, text) for _, title, text in documents]
        tokens = self._bm25s.tokenize(
            texts, token_pattern=self._pattern, stopwords=[], stemmer=self._stemmer, show_progress=False
        )
        index = self._bm25s.BM25(backend="numba")
        index.index(tokens, show_progress=False)
        index.save(
            folder, corpus=[{"id": document[0], "text": text} for document, text in zip(documents, texts, strict=True)]
        )
        with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as file:
            json.dump([document[0] for document in documents], file)
        make_durable(folder)

    def open(self, folder: str) -> None:
        self._index = self._bm25s.BM25.load(folder, backend="numba")
        with open(os.path.join(folder, "ids.json"), encoding="utf-8") as file:
            self._ids: list[str] = json.load(file)

    def num_docs(self) -> int:
        return len(self._ids)

    def search(self, kind: str, query: str) -> list[str]:
        assert kind == "any"
        words = self._words(query.lower())
        if self._stemmer:
            words = self._stemmer.stemWords(words)
        found, _ = self._index.retrieve([words], k=LIMIT, show_progress=False)
        return [self._ids[number] for number in found[0].tolist()]

    def count(self, kind: str, query: str) -> int:
        raise NotImplementedError(f"{kind}: {query}: bm25s scores documents and does not count them")


if __name__ == "__main__":
    serve(BM25S)
