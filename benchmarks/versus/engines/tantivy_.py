"""tantivy: Rust, words and Snowball's Arabic stemmer; one indexing thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.versus.child import version_of
from benchmarks.versus.engines.harness import LIMIT, MEMORY_MB, serve, whole_text

if TYPE_CHECKING:
    from benchmarks.versus.documents import Document


class Tantivy:
    """An index of tantivy's."""

    kinds = ("any", "all", "phrase", "prefix", "fuzzy")

    def __init__(self, plain: bool) -> None:
        self.version = version_of("tantivy")
        import tantivy

        self._tantivy = tantivy
        if plain:
            self._analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        else:
            words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
            self._analyzer = words.filter(tantivy.Filter.stemmer("arabic")).build()
        fields = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        self._schema = fields.add_text_field("text", stored=True, tokenizer_name="words").build()

    def build(self, folder: str, documents: list[Document]) -> None:
        index = self._tantivy.Index(self._schema, path=folder)
        index.register_tokenizer("words", self._analyzer)
        writer = index.writer(heap_size=MEMORY_MB << 20, num_threads=1)
        for key, title, text in documents:
            writer.add_document(self._tantivy.Document(id=[key], text=[whole_text(title, text)]))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: str) -> None:
        index = self._tantivy.Index.open(folder)
        index.register_tokenizer("words", self._analyzer)
        self._searcher = index.searcher()

    def num_docs(self) -> int:
        found: int = self._searcher.num_docs
        return found

    def search(self, kind: str, query: str) -> list[str]:
        searcher = self._searcher
        hits = searcher.search(self._parse(kind, query), LIMIT, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    def count(self, kind: str, query: str) -> int:
        found: int = self._searcher.search(self._parse(kind, query), 1, count=True).count
        return found

    def _parse(self, kind: str, query: str) -> Any:
        queries, schema = self._tantivy.Query, self._schema
        words = self._analyzer.analyze(query)
        if kind == "phrase":
            return queries.phrase_query(schema, "text", words)
        if kind == "prefix":
            return queries.regex_query(schema, "text", f"{words[0]}.*")
        if kind == "fuzzy":
            return queries.fuzzy_term_query(schema, "text", words[0], distance=1, transposition_cost_one=True)
        occur = self._tantivy.Occur.Must if kind == "all" else self._tantivy.Occur.Should
        return queries.boolean_query([(occur, queries.term_query(schema, "text", word, "freq")) for word in words])


if __name__ == "__main__":
    serve(Tantivy)
