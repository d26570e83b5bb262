"""Xapian: C++, its own words and Snowball's Arabic stemmer; it has no fuzzy query by itself."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.versus.child import NOT_INSTALLED
from benchmarks.versus.engines.harness import LIMIT, serve, whole_text

if TYPE_CHECKING:
    from benchmarks.versus.documents import Document

_ID = 0  # the slot of its value
_FLUSH = 50_000  # documents; about as many as fit into what the others may use


class Xapian:
    """A database of Xapian's."""

    kinds = ("any", "all", "phrase", "prefix")

    def __init__(self, plain: bool) -> None:
        try:
            import xapian
        except ImportError:
            sys.exit(NOT_INSTALLED)
        self.version = xapian.version_string()
        self._xapian = xapian
        self._words = xapian.TermGenerator()
        if not plain:
            self._words.set_stemmer(xapian.Stem("arabic"))
            self._words.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)

    def build(self, folder: str, documents: list[Document]) -> None:
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = str(_FLUSH)
        database = self._xapian.WritableDatabase(folder, self._xapian.DB_CREATE_OR_OPEN)
        for key, title, text in documents:
            whole = whole_text(title, text)
            document = self._xapian.Document()
            document.add_value(_ID, key)
            document.set_data(whole)
            self._words.set_document(document)
            self._words.index_text(whole)
            database.add_document(document)
        database.commit()
        database.close()

    def open(self, folder: str) -> None:
        self._database = self._xapian.Database(folder)

    def num_docs(self) -> int:
        found: int = self._database.get_doccount()
        return found

    def search(self, kind: str, query: str) -> list[str]:
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(self._parse(kind, query))
        return [hit.document.get_value(_ID).decode() for hit in enquire.get_mset(0, LIMIT)]

    def count(self, kind: str, query: str) -> int:
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(self._parse(kind, query))
        return len(enquire.get_mset(0, self._database.get_doccount()))

    def _parse(self, kind: str, query: str) -> Any:
        make = self._xapian.Query
        if kind == "prefix":
            return make(make.OP_WILDCARD, query, 0, make.WILDCARD_LIMIT_ERROR, make.OP_SYNONYM)
        text = self._xapian.Document()
        self._words.set_document(text)
        self._words.set_termpos(0)
        self._words.index_text(query)
        places = [(place, term.term) for term in text for place in term.positer]
        words = [word for _, word in sorted(places)]
        if kind == "phrase":
            return make(make.OP_PHRASE, words, len(words))
        return make(make.OP_AND if kind == "all" else make.OP_OR, words)


if __name__ == "__main__":
    serve(Xapian)
