"""Whoosh as it comes: its own codec, tokenizer and lower case, no stemmer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.versus.child import version_of
from benchmarks.versus.engines.harness import LIMIT, MEMORY_MB, make_durable, serve, whole_text

if TYPE_CHECKING:
    from benchmarks.versus.documents import Document


class Whoosh:
    """An index of stock Whoosh's."""

    kinds = ("any", "all", "phrase", "prefix", "fuzzy")

    def __init__(self, plain: bool) -> None:
        self.version = version_of("Whoosh")
        from whoosh.analysis import LowercaseFilter, RegexTokenizer, SpaceSeparatedTokenizer

        self._analyzer = SpaceSeparatedTokenizer() if plain else RegexTokenizer() | LowercaseFilter()

    def build(self, folder: str, documents: list[Document]) -> None:
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in

        index = create_in(folder, Schema(id=ID(stored=True), text=TEXT(stored=True, analyzer=self._analyzer)))
        writer = index.writer(limitmb=MEMORY_MB)
        for key, title, text in documents:
            writer.add_document(id=key, text=whole_text(title, text))
        writer.commit()
        make_durable(folder)

    def open(self, folder: str) -> None:
        from whoosh.index import open_dir

        self._searcher = open_dir(folder).searcher()

    def num_docs(self) -> int:
        found: int = self._searcher.doc_count()
        return found

    def search(self, kind: str, query: str) -> list[str]:
        return [hit["id"] for hit in self._searcher.search(self._parse(kind, query), limit=LIMIT)]

    def count(self, kind: str, query: str) -> int:
        return len(self._searcher.search(self._parse(kind, query), limit=None))

    def _parse(self, kind: str, query: str) -> Any:
        from whoosh.query import And, FuzzyTerm, Or, Phrase, Prefix, Term

        words = [token.text for token in self._analyzer(query)]
        if kind == "phrase":
            return Phrase("text", words)
        if kind == "prefix":
            return Prefix("text", words[0])
        if kind == "fuzzy":
            return FuzzyTerm("text", words[0], maxdist=1, prefixlength=0)
        return (And if kind == "all" else Or)([Term("text", word) for word in words])


if __name__ == "__main__":
    serve(Whoosh)
