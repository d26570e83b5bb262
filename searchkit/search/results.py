"""What a search returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.search.explain import Explanation, explain
from searchkit.search.snippet import Snippet, best_passage, mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.query import Clause
    from searchkit.search.searcher import Searcher


class Hit:
    """One document that matches; its fields are read when they are asked for."""

    __slots__ = ("_clause", "_fields", "_searcher", "doc", "place", "rank", "score")

    def __init__(self, searcher: Searcher, clause: Clause, place: int, doc: int, score: float) -> None:
        self._searcher = searcher
        self._clause = clause
        self._fields: dict[str, Any] | None = None
        self.place = place  # of the segment
        self.doc = doc  # in the segment
        self.score = score
        self.rank = 0

    @property
    def fields(self) -> dict[str, Any]:
        """The document as it was given."""
        if self._fields is None:
            self._fields = self._searcher.segments[self.place].stored.document(self.doc)
        return self._fields

    @property
    def id(self) -> str:
        """The document's id."""
        return self._searcher.segments[self.place].stored.id(self.doc)

    @property
    def title(self) -> str:
        """The document's title; its first words if it has none."""
        title = self.fields.get("title")
        return title if isinstance(title, str) and title else _beginning(self._text())

    @property
    def snippet(self) -> str:
        """The best passage, each word that matches between « and »."""
        return self.passage().render("«", "»")

    def passage(self) -> Snippet:
        """Return the best passage with the places of the words that match."""
        return best_passage(self._text(), self._clause)

    def marked_title(self) -> Snippet:
        """Return the title with the places of the words that match."""
        return mark(self.title, self._clause)

    def explain(self) -> Explanation:
        """Return what the score is made of."""
        return explain(self._searcher.matcher(self.place), self._clause, self.doc)

    def _text(self) -> str:
        text = self.fields.get("text")
        return text if isinstance(text, str) else ""

    def __repr__(self) -> str:
        return f"<Hit {self.rank} {self.id!r} {self.score:.4f}>"


class Results:
    """The hits of one search, best first."""

    def __init__(self, query: str, hits: Sequence[Hit], total: int, elapsed_s: float, notes: Sequence[str]) -> None:
        self.query = query
        self.hits = hits
        self.total = total  # documents that match, shown or not
        self.elapsed_s = elapsed_s
        self.notes = notes  # what the person should know about how the query was understood

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]


def _beginning(text: str) -> str:
    words = text.split(maxsplit=12)
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
