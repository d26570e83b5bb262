"""What became of one document in a search: its rank and shares, or what kept it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.query import (
    AllClause,
    GroupClause,
    NearClause,
    PhraseClause,
    RangeClause,
    Term,
    TermPattern,
    WordClause,
    leaves,
)
from searchkit.records import NamedTuple
from searchkit.search.explain import Explanation, explain, find
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.reading import Reading
from searchkit.search.snippet import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searchkit.query import Clause
    from searchkit.search.best import Snapshot
    from searchkit.search.reading import Written
    from searchkit.search.searcher import Asked
    from searchkit.search.typed import Typed

_MOST_LETTERS = 40  # of a word whose neighbours are looked for
_INDENT = "    "


class Account(NamedTuple):
    """What became of a document."""

    id: str
    rank: int | None  # from 1; None if it does not match
    total: int  # documents that match, or at least so many
    explanation: Explanation | None  # of its score
    reasons: tuple[str, ...]  # why it does not match
    notes: tuple[str, ...]  # how the query was understood

    def lines(self, say: Callable[[str], str] = str) -> list[str]:
        """Return it as text, in the words of ``say``."""
        name = one_line(self.id)
        notes = [_INDENT + say(one_line(note)) for note in self.notes]
        if self.explanation is None:
            reasons = [_INDENT + say(one_line(reason)) for reason in self.reasons]
            return [say(f"{name}: does not match"), *notes, *reasons]
        return [say(f"{name}: rank {self.rank}"), *notes, *self.explanation.lines(_INDENT, say)]


def account(snapshot: Snapshot, asked: Asked, key: str, place: int, doc: int) -> Account:
    """Return what became of a document.

    Args:
        snapshot: what is searched.
        asked: the query.
        key: the document's id.
        place: its segment.
        doc: its number there.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    notes = tuple(asked.notes)
    lookup = Lookup(snapshot.segments, snapshot.statistics)
    if asked.among is not None and not asked.among.allowed(place) >> doc & 1:
        reason = f"left out by {' '.join(asked.among.texts)}"
        return Account(key, None, asked.ranked(0).total, None, (reason,), notes)
    inquiry = _Inquiry(Matcher(snapshot.segments[place], place, lookup, snapshot.model), doc, asked.typed)
    if not inquiry.matches(asked.clause):
        return Account(key, None, asked.ranked(0).total, None, tuple(inquiry.reasons(asked.clause)), notes)
    if asked.typed is not None and not asked.typed.holds(snapshot.segments[place].stored.document(doc)):
        return Account(key, None, asked.ranked(0).total, None, tuple(inquiry.not_as_typed(asked.clause)), notes)
    number = doc + sum(segment.num_docs for segment in snapshot.segments[:place])
    wanted = snapshot.model.placed
    best = asked.ranked(wanted)
    while best.size == wanted and number not in best.docs[:wanted]:
        wanted *= 8
        best = asked.ranked(wanted)
    found_rank = best.docs.index(number) + 1
    rank = found_rank
    if asked.typed is not None:
        rank = sum(asked.typed.holds(snapshot.document(other)) for other in best.docs[:found_rank])
    explanation = explain(snapshot, asked.clause, place, doc, found_rank, best.worths)
    return Account(key, rank, best.total, explanation, (), notes)


class _Inquiry:
    """Finds out why a document does not match."""

    def __init__(self, matcher: Matcher, doc: int, typed: Typed | None) -> None:
        self._matcher = matcher
        self._doc = doc
        self._typed = typed
        self._document = matcher.document(doc)
        self._reading = Reading(self._document)

    def matches(self, clause: Clause) -> bool:
        """Tell whether the document matches a clause."""
        return find(self._matcher.match(clause), self._doc) is not None

    def reasons(self, clause: Clause) -> Iterator[str]:
        """Yield a line for each part of a query that decides."""
        if not isinstance(clause, GroupClause):
            yield self._of_leaf(clause)
            return
        for child in clause.must_not:
            if self.matches(child):
                yield f"must not match, but does: {self._of_any(child)}"
        for child in clause.must:
            if self.matches(child):
                yield self._of_any(child)
            else:
                for reason in self.reasons(child):
                    yield f"must match: {reason}"
        for child in clause.should:
            if not isinstance(child, GroupClause) or self.matches(child):
                yield self._of_any(child)
            else:
                yield from self.reasons(child)
        for other in clause.instead:
            yield self._of_leaf(other.clause)

    def not_as_typed(self, clause: Clause) -> Iterator[str]:
        """Yield a line for each word of a document that matches but for the spelling that was asked for."""
        for leaf in leaves(clause):
            where = self._where(leaf)
            as_typed = self._typed is not None and self._typed.has(leaf, self._document)
            if where is None:
                yield self._of_leaf(leaf)
            else:
                yield f"{leaf.text}: as typed: {where}" if as_typed else f"{leaf.text}: not as typed: {where}"
        if self._typed is not None and all(self._typed.has(leaf, self._document) for leaf in leaves(clause)):
            yield "what must not match is in it as typed"

    def _of_any(self, clause: Clause) -> str:
        if isinstance(clause, GroupClause):
            return " ".join(self._of_leaf(leaf) for leaf in leaves(clause) if self.matches(leaf))
        return self._of_leaf(clause)

    def _of_leaf(self, leaf: WordClause | PhraseClause | NearClause | RangeClause | AllClause) -> str:
        if isinstance(leaf, AllClause):
            return "every document matches"
        if isinstance(leaf, RangeClause):
            value = self._document.get(leaf.field)
            given = f"{leaf.text}: {leaf.field} is {value}"
            return f"{leaf.text}: {leaf.field} is not given" if value is None else given
        if where := self._where(leaf):
            if isinstance(leaf, WordClause) and leaf.function:
                return f"{leaf.text}: in it, {where}; a function word finds nothing alone"
            return f"{leaf.text}: in it, {where}"
        if isinstance(leaf, PhraseClause):
            words = self._words_of(leaf)
            near = f"{leaf.text}: not so near each other in it; {words}"
            return near if leaf.slop else f"{leaf.text}: not side by side in it; {words}"
        if isinstance(leaf, NearClause):
            return f"{leaf.text}: not so near each other in it; {self._sides_of(leaf)}"
        kinds = ", ".join(dict.fromkeys(term.kind for term in leaf.terms))
        return f"{leaf.text}: not in it ({kinds}); {self._nearest(leaf)}"

    def _words_of(self, phrase: PhraseClause) -> str:
        found: list[str] = []
        for word in phrase.words:
            places = [self._reading.together(field, PhraseClause(word, (), (word,))) for field in phrase.fields]
            where = next((str(place) for place in places if place), "not in it")
            found.append(f"{word}: {where}")
        return "; ".join(found)

    def _sides_of(self, near: NearClause) -> str:
        found: list[str] = []
        for row in near.rows:
            places = [self._reading.side(field, side) for field in near.fields for side in row]
            where = next((str(place) for place in places if place), "not in it")
            found.append(f"{' or '.join(dict.fromkeys(side.text for side in row))}: {where}")
        return "; ".join(found)

    def _where(self, leaf: WordClause | PhraseClause | NearClause) -> str | None:
        """Return the strongest evidence of a part of the query."""
        if isinstance(leaf, PhraseClause | NearClause):
            return next((str(place) for field in leaf.fields if (place := self._reading.together(field, leaf))), None)
        for term in leaf.terms:
            if place := self._reading.first(term):
                return f"{term.kind} {place}"
        return None

    def _nearest(self, word: WordClause) -> str:
        """Return what comes nearest to a word in any field: other evidence than was searched, else a like spelling."""
        surfaces = [token.surface for token in tokenize(word.text)]
        if word.expanded or len(surfaces) != 1:
            return "nothing near it"
        surface = surfaces[0]
        for level in LEVELS:
            if place := self._first(level, evidence(surface).terms(surface, level)):
                return f"nearest: {level} {place}"
        for edits in (1, 2):
            if 2 * edits < len(surface) <= _MOST_LETTERS:
                for field in self._reading.fields:
                    if place := self._reading.first(Term(field, LEVELS[0], (surface,), TermPattern(surface, edits))):
                        letters = f"{edits} letters" if edits > 1 else "1 letter"
                        return f"nearest: spelt nearly so, {letters} apart, {place}"
        return "nothing near it"

    def _first(self, level: str, texts: tuple[str, ...]) -> Written | None:
        places = (self._reading.first(Term(field, level, texts)) for field in self._reading.fields if texts)
        return next((place for place in places if place), None)
