"""What a search returns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from searchkit.analysis import level_field
from searchkit.config import LIMIT, PASSAGES, WORDS
from searchkit.query import NearClause, PhraseClause
from searchkit.search.marking import Marker
from searchkit.search.snippet import Snippet, joined, mark, one_line, passages

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from searchkit.query import Clause
    from searchkit.search.best import Best, Snapshot
    from searchkit.search.explain import Explanation
    from searchkit.search.facets import Facets
    from searchkit.search.marking import Leaf, Place
    from searchkit.search.searcher import Searcher
    from searchkit.search.snippet import Piece


NOWHERE = 1 << 60
"""The rank by score of a hit that was found in another order: beyond where places of words count."""


class Hit:
    """One document that matches; its fields are read when they are asked for."""

    __slots__ = (
        "_after",
        "_clause",
        "_copies",
        "_fields",
        "_marker",
        "_query",
        "_searcher",
        "_worths",
        "doc",
        "excerpt",
        "found_rank",
        "is_copy",
        "place",
        "rank",
        "score",
    )

    def __init__(
        self,
        searcher: Searcher,
        clause: Clause,
        rank: int,
        doc: int,
        score: float,
        *,
        found_rank: int,
        copies: Sequence[int] = (),
        after: tuple[int, int] | None = None,
        query: str = "",
        marker: Marker | None = None,
        worths: array[float] | None = None,
    ) -> None:
        self._searcher = searcher
        self._marker = marker or new_marker(searcher, clause)
        self._query = query
        self._clause = clause
        self._copies = copies  # numbered through all segments
        self._after = after  # the next hit: its number through all segments, and its found rank
        self._worths = worths  # of places, see ``Best``
        self._fields: dict[str, Any] | None = None
        self.rank = rank  # from 1
        self.found_rank = found_rank  # among all that were found, with those that are left out
        self.place, self.doc = searcher.snapshot.locate(doc)  # its segment, and its number there
        self.score = score
        self.excerpt: tuple[int, int] = (PASSAGES, WORDS)  # what ``passage`` shows unless it is told otherwise
        self.is_copy = False  # among documents like one: whether it is a copy of that one

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
    def copies(self) -> int:
        """How many copies of it were left out."""
        return len(self._copies)

    @property
    def copy_ids(self) -> list[str]:
        """The ids of its copies, best first."""
        return self._searcher.ids(self._copies, len(self._copies))

    @property
    def snippet(self) -> str:
        """The best passage, each word that matches between « and »."""
        return self.passage().render("«", "»")

    def passage(self, count: int | None = None, length: int | None = None) -> Snippet:
        """Return the best passages as one text, in their order, with the places of the words that match.

        Args:
            count: how many passages at most, 2 unless told otherwise; one is enough where it shows all that the text
                has of the query.
            length: words of all together, 32 unless told otherwise.
        """
        return joined(self._text(), self._pieces(count, length))

    def passages(self, count: int | None = None, length: int | None = None) -> list[Snippet]:
        """Return the best passages one by one; see ``passage``."""
        text = self._text()
        return [joined(text, [piece]) for piece in self._pieces(count, length)]

    def marked_title(self) -> Snippet:
        """Return the title with the places of the words that match."""
        return mark(self.title, self._marker)

    def marked_text(self) -> Snippet:
        """Return the whole text with the places of the words that match."""
        return mark(self._text(), self._marker)

    def _pieces(self, count: int | None, length: int | None) -> list[Piece]:
        count = self.excerpt[0] if count is None else count
        length = self.excerpt[1] if length is None else length
        return passages(self._text(), self._marker, count, length, self._hints)

    def _hints(self) -> list[Place]:
        from searchkit.search.whereabouts import places_in

        return places_in(self._searcher.snapshot, self.place, self.doc, "text", self._marker.leaves)

    def explain(self) -> Explanation:
        """Return what the score is made of."""
        from searchkit.search.explain import explain

        return explain(self._searcher.snapshot, self._clause, self.place, self.doc, self.found_rank, self._worths)

    def why_above(self, language: str = "en") -> str:
        """Return one line, in English or Arabic (``ar``), that says why it stands above the next hit, "" if last."""
        if self._after is None:
            return ""
        from searchkit.search.explain import explain
        from searchkit.search.outrank import why_above

        doc, rank = self._after
        snapshot = self._searcher.snapshot
        other = explain(snapshot, self._clause, *snapshot.locate(doc), rank, self._worths)
        return one_line(why_above(self.explain(), other, language))

    def similar(self, limit: int = LIMIT, *, collapse: bool = False) -> Results:
        """Return the documents most like this one; see ``Index.similar``."""
        from searchkit.search.similar import similar

        return similar(self._searcher, self.place, self.doc, limit, collapse=collapse)

    def _text(self) -> str:
        text = self.fields.get("text")
        return text if isinstance(text, str) else ""

    def __repr__(self) -> str:
        return f"<Hit {self.rank} {self.id!r} {self.score:.4f}>"


class Results:
    """The hits of one search, best first."""

    def __init__(
        self,
        searcher: Searcher,
        query: str,
        clause: Clause,
        best: Best,
        elapsed_s: float,
        notes: Sequence[str],
        ranks: Sequence[int] | None = None,
        copies: Sequence[Sequence[int]] | None = None,
        *,
        offset: int = 0,
        by_score: bool = True,
        facets: Facets | None = None,
    ) -> None:
        self._searcher = searcher
        self._by_score = by_score
        self._ranks = ranks  # where hits were left out
        self._copies = copies
        self.clause = clause  # what the query was understood as
        self._best = best
        self._hits: list[Hit] | None = None
        self.offset = offset  # hits before the first
        self.facets = facets or {}  # by field: values with how many documents have them, most first
        self.query = query
        self.total = best.total  # documents that match, shown or not; at least so many if it is not exact
        self.exact = best.exact  # whether the total is: counting all may take longer than finding the best
        self.elapsed_s = elapsed_s
        self.notes = notes  # what the person should know about how the query was understood

    @property
    def hits(self) -> list[Hit]:
        """The hits, made when they are first asked for."""
        if self._hits is None:
            docs, scores, size = self._best[:3]
            ranks = self._ranks or range(1, size + 1)
            marker = new_marker(self._searcher, self.clause)
            if not self._by_score:
                ranks = [NOWHERE] * size
            self._hits = [
                Hit(
                    self._searcher, self.clause, i + 1, docs[i], scores[i], found_rank=ranks[i],
                    copies=self._copies[i] if self._copies else (),
                    after=(docs[i + 1], ranks[i + 1]) if i + 1 < size and self._by_score else None, query=self.query,
                    marker=marker, worths=self._best.worths,
                )
                for i in range(self.offset, size)
            ]  # fmt: skip
        return self._hits

    def show(self, passages: int = PASSAGES, words: int = WORDS) -> None:
        """Choose how much of a text its hits show; see ``Hit.passage``."""
        for hit in self.hits:
            hit.excerpt = (passages, words)

    @property
    def ids(self) -> list[str]:
        """The ids of the hits, best first."""
        docs, _, size = self._best[:3]
        return self._searcher.ids(docs[self.offset :] if self.offset else docs, max(size - self.offset, 0))

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return max(self._best.size - self.offset, 0)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]


def new_marker(searcher: Searcher, clause: Clause) -> Marker:
    """Return what finds the words of a query in texts."""
    return Marker(clause, partial(_weight, searcher.snapshot))


def _weight(snapshot: Snapshot, leaf: Leaf) -> float:
    """Return what it is worth to show a word or phrase of a query: the idf of its lemma, or of its words together."""
    statistics = snapshot.statistics

    def rarity(field: str, text: str) -> float:
        return statistics.idf(field, [statistics.find(field, text)])

    if isinstance(leaf, NearClause):
        words = [row[0].terms[0] for row in leaf.rows]  # of each side the first, as it is written
        return max(sum(rarity(field, word) for word in words) for field in leaf.fields)
    if isinstance(leaf, PhraseClause):
        return max(sum(rarity(field, word) for word in leaf.words) for field in leaf.fields)
    rows = [[term for term in leaf.terms if term.kind == kind] for kind in ("lemma", "surface", "name")]
    terms = next((row for row in rows if row), rows[0])
    found = [rarity(level_field(term.field, term.level), text) for term in terms for text in term.texts]
    return leaf.boost * min(found) if found else 1.0


def _beginning(text: str) -> str:
    words = text.split(maxsplit=12)
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
