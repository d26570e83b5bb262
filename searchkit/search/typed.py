"""Words as they were typed: the index unites spellings, the stored text of a document tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.analysis import tokenize
from searchkit.analysis.find import WordFinder
from searchkit.arabic.spelling import spelling
from searchkit.query import AllClause, GroupClause, NearClause, RangeClause, WordClause, restricts
from searchkit.records import NamedTuple
from searchkit.search.ranges import holds
from searchkit.search.texts import field_text
from searchkit.search.together import first_near, follow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from searchkit.query import Clause, PhraseClause
    from searchkit.search.together import Span


class _Field(NamedTuple):
    """A field of the document that is looked at."""

    text: str
    words: dict[tuple[str, str], list[int]]  # surface and spelling of words of the query: where they stand


class Typed:
    """Tells which documents have the words of a query with the distinctions that count."""

    def __init__(self, clause: Clause, kept: Collection[str]) -> None:
        """Take a query.

        Args:
            clause: the query, with what must not match.
            kept: those of ``DISTINCTIONS`` that count.
        """
        self._clause = clause
        self._kept = frozenset(kept)
        self._spellings: dict[str, str] = {}
        self._typed: dict[str, list[tuple[str, str]]] = {}
        self._finder = WordFinder(surface for leaf in _all_leaves(clause) for surface, _ in self._words(leaf.text))

    def holds(self, document: Mapping[str, Any]) -> bool:
        """Tell whether a document matches the query as it was typed."""
        return self.has(self._clause, document)

    def has(self, clause: Clause, document: Mapping[str, Any]) -> bool:
        """Tell whether a document matches a part of the query as it was typed."""
        return self._matches(clause, document, {})

    def _matches(self, clause: Clause, document: Mapping[str, Any], fields: dict[str, _Field]) -> bool:
        if isinstance(clause, AllClause):
            return True
        if isinstance(clause, RangeClause):
            return holds(clause, document)
        if isinstance(clause, GroupClause):
            if any(self._matches(child, document, fields) for child in clause.must_not):
                return False
            if not all(self._matches(child, document, fields) for child in clause.must):
                return False
            if clause.must and not (clause.should and all(map(restricts, clause.must))):
                return True
            finders = [child for child in clause.should if not (isinstance(child, WordClause) and child.function)]
            return any(self._matches(child, document, fields) for child in finders or clause.should)
        names = dict.fromkeys(term.field for term in clause.terms) if isinstance(clause, WordClause) else clause.fields
        for name in names:
            if name not in fields:
                fields[name] = self._read(field_text(document, name))
        return any(self._in_field(clause, fields[name]) for name in names)

    def _in_field(self, leaf: WordClause | PhraseClause | NearClause, field: _Field) -> bool:
        if isinstance(leaf, NearClause):
            texts = [dict.fromkeys(side.text for side in row) for row in leaf.rows]
            rows = [[span for text in row for span in self._spans(text, field)] for row in texts]
            return first_near(rows, leaf.gaps) is not None
        if isinstance(leaf, WordClause) and leaf.expanded:
            return _fits(leaf, field.text)
        words = self._words(leaf.text)
        places = [field.words.get(word, []) for word in words]
        if not words or not all(places):
            return False
        if isinstance(leaf, WordClause):
            return True
        return bool(follow(places, leaf.slop))

    def _spans(self, text: str, field: _Field) -> list[Span]:
        """Return where the words of a text follow each other."""
        rows = [field.words.get(word, []) for word in self._words(text)]
        return [(places[0], places[-1]) for places in follow(rows)]

    def _words(self, text: str) -> list[tuple[str, str]]:
        """Return the surface and the spelling of each word of a part of the query."""
        if text not in self._typed:
            self._typed[text] = [
                (token.surface, self._spelling(text[token.start : token.end])) for token in tokenize(text)
            ]
        return self._typed[text]

    def _read(self, text: str) -> _Field:
        words: dict[tuple[str, str], list[int]] = {}
        for token in self._finder.find(text):
            word = (token.surface, self._spelling(text[token.start : token.end]))
            words.setdefault(word, []).append(token.position)
        return _Field(text, words)

    def _spelling(self, written: str) -> str:
        if written not in self._spellings:
            self._spellings[written] = spelling(written, self._kept)
        return self._spellings[written]


def without_exclusions(clause: Clause) -> Clause:
    """Return a query without what must not match, so that other spellings of that do not exclude a document."""
    if not isinstance(clause, GroupClause):
        return clause
    parts = [tuple(without_exclusions(child) for child in part) for part in (clause.must, clause.should)]
    return GroupClause(parts[0], parts[1])


def _all_leaves(clause: Clause) -> list[WordClause | PhraseClause | NearClause]:
    if isinstance(clause, GroupClause):
        return [leaf for part in clause[:3] for child in part for leaf in _all_leaves(child)]
    return [] if isinstance(clause, AllClause | RangeClause) else [clause]


def _fits(word: WordClause, text: str) -> bool:
    """Tell whether a text has a word that a pattern stands for; patterns know of folded letters only."""
    patterns = [term.pattern for term in word.terms if term.pattern is not None]
    surfaces = {token.surface for token in tokenize(text)}
    return any(pattern.matches(surface) for pattern in dict.fromkeys(patterns) for surface in surfaces)
