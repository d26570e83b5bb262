"""Where a document's own text has the evidence of a word, in the letters it is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.analysis import evidence, tokenize
from searchkit.search.texts import field_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searchkit.analysis import Token
    from searchkit.query import Term

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

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._texts: dict[str, str] = {}
        self._tokens: dict[str, list[Token]] = {}

    @property
    def fields(self) -> list[str]:
        """The fields of the document, the title first."""
        return sorted(self._document, key=lambda name: name != "title")

    def tokens(self, field: str) -> list[Token]:
        """Return the words of a field."""
        if field not in self._tokens:
            self._texts[field] = field_text(self._document, field)
            self._tokens[field] = tokenize(self._texts[field])
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

    def phrase(self, field: str, words: Sequence[str]) -> Written | None:
        """Return where a phrase first stands in a field; None if it does not."""
        surfaces = [token.surface for token in self.tokens(field)]
        for at in range(len(surfaces) - len(words) + 1):
            if surfaces[at] == words[0] and surfaces[at : at + len(words)] == list(words):
                return self.written(field, at, len(words))
        return None

    def written(self, field: str, at: int, size: int = 1) -> Written:
        """Return so many words of a field as they are written."""
        tokens = self.tokens(field)
        text = " ".join(self._texts[field][tokens[at].start : tokens[at + size - 1].end].split())
        return Written(text if len(text) <= _LONGEST else text[:_LONGEST] + "…", field, at)


def _is_evidence(surface: str, term: Term) -> bool:
    if term.pattern is not None:
        return term.pattern.matches(surface)
    return not set(evidence(surface).terms(surface, term.level)).isdisjoint(term.texts)
