"""Where a document's own text has the evidence of a word, in the letters it is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.query import NearClause
from searchkit.records import NamedTuple
from searchkit.search.texts import field_text
from searchkit.search.together import first_near, follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searchkit.analysis import Token
    from searchkit.query import Alternative, NearClause, PhraseClause, Term
    from searchkit.search.together import Span

_LONGEST = 60  # code points of a written form that are shown


class Written(NamedTuple):
    """A place in a document."""

    text: str  # as it stands there
    field: str
    position: int  # of the first word, from 0

    def __str__(self) -> str:
        return f"«{self.text}» in {self.field}, word {self.position + 1}"


class Reading:
    """Reads a document once."""

    def __init__(self, document: Mapping[str, Any], most: int | None = None) -> None:
        """Take a document, and how many code points of a field are read; None for all."""
        self._document = document
        self._most = most
        self._texts: dict[str, str] = {}
        self._tokens: dict[str, list[Token]] = {}

    @property
    def fields(self) -> list[str]:
        """The fields of the document, the title first."""
        return sorted(self._document, key=lambda name: name != "title")

    def tokens(self, field: str) -> list[Token]:
        """Return the words of a field."""
        if field not in self._tokens:
            whole = field_text(self._document, field)
            text = self._texts[field] = whole[: self._most]
            tokens = tokenize(text)
            self._tokens[field] = tokens if len(text) == len(whole) else tokens[:-1]  # which may be cut in two
        return self._tokens[field]

    def first(self, *terms: Term) -> Written | None:
        """Return where terms of one field first stand side by side in it; None if they do not."""
        if terms[0].phrase:  # side by side with nothing but its own words
            terms = tuple([terms[0]._replace(texts=(text,), phrase=False) for text in terms[0].texts])
        field = terms[0].field
        tokens = self.tokens(field)
        known = [{surface: _is_evidence(surface, term) for surface in {t.surface for t in tokens}} for term in terms]
        for at in range(len(tokens) - len(terms) + 1):
            if all(found[tokens[at + i].surface] for i, found in enumerate(known)):
                return self.written(field, at, len(terms))
        return None

    def together(self, field: str, clause: PhraseClause | NearClause) -> Written | None:
        """Return where a phrase first stands in a field, or words near each other do; None if they do not."""
        if isinstance(clause, NearClause):
            rows = [[span for side in row for span in self._spans(field, side)] for row in clause.rows]
            span = first_near(rows, clause.gaps)
            return self.written(field, span[0], span[1] - span[0] + 1) if span else None
        found = follow(self._rows(field, LEVELS[0], clause.words), clause.slop)
        return self.written(field, found[0][0], found[0][-1] - found[0][0] + 1) if found else None

    def side(self, field: str, side: Alternative) -> Written | None:
        """Return where a word or phrase of NEAR first stands in a field; None if it does not."""
        spans = self._spans(field, side)
        return self.written(field, spans[0][0], len(side.terms)) if spans else None

    def _spans(self, field: str, side: Alternative) -> list[Span]:
        return [(places[0], places[-1]) for places in follow(self._rows(field, side.level, side.terms))]

    def _rows(self, field: str, level: str, terms: Sequence[str]) -> list[list[int]]:
        """Return for each term where it stands."""
        rows: dict[str, list[int]] = {term: [] for term in terms}
        known: dict[str, list[str]] = {}
        for at, token in enumerate(self.tokens(field)):
            surface = token.surface
            if surface not in known:
                known[surface] = [term for term in evidence(surface).terms(surface, level) if term in rows]
            for term in known[surface]:
                rows[term].append(at)
        return [rows[term] for term in terms]

    def written(self, field: str, at: int, size: int = 1) -> Written:
        """Return so many words of a field as they are written."""
        tokens = self.tokens(field)
        text = " ".join(self._texts[field][tokens[at].start : tokens[at + size - 1].end].split())
        return Written(text if len(text) <= _LONGEST else text[:_LONGEST] + "…", field, at)


def _is_evidence(surface: str, term: Term) -> bool:
    if term.pattern is not None:
        return term.pattern.matches(surface)
    return not set(evidence(surface).terms(surface, term.level)).isdisjoint(term.texts)
