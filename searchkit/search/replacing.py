"""Words in place of those of a query, and the notes that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import evidence
from searchkit.query import Term, WordClause
from searchkit.query.nodes import Word
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.search.snippet import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.query import Clause, Node
    from searchkit.search.written import Spellings


class Replacing:
    """What replaces words of one query; keeps the notes on that."""

    def __init__(self, spellings: Spellings, read: Callable[[Node], Clause]) -> None:
        """Take how the words of the index are written, and what rewrites a node as the query was."""
        self._spellings = spellings
        self.read = read
        self.notes: list[str] = []

    def like(self, clause: WordClause, word: str, weight: float = 1.0) -> WordClause:
        """Return another word in the same fields, or several that stand side by side.

        Args:
            clause: what it is to replace.
            word: folded; several have spaces between them.
            weight: what it counts for, where the word that was asked for counts 1.
        """
        fields = fields_of(clause)
        field = None if fields == DEFAULT_FIELDS else fields[0]
        text = " ".join([self._spellings.written(part, fields) for part in word.split()])
        if " " in text:
            lemmas = tuple([evidence(part).lemmas[0] for part in word.split()])
            terms = tuple([Term(name, "lemma", lemmas, synonym=1.0, phrase=True) for name in fields])
            return WordClause(text, terms, clause.boost * weight, also=(text,))
        made = self.read(Word(text, field=field, boost=clause.boost * weight))
        return made if isinstance(made, WordClause) else clause

    def note_also(self, clause: WordClause, also: WordClause) -> None:
        """Say that a rare word was searched along with another."""
        word = shown(clause.text)
        self.notes.append(f"{word}: rare; searched as well for {also.text}; use ={word} for exactly this")

    def note(self, word: str, instead: str, reason: str) -> None:
        """Say that something else was searched in place of a word, and what that was taken for."""
        word = shown(word)
        self.notes.append(
            f"{word}: in no document; searched instead for {instead} ({reason}); use ={word} for exactly this"
        )

    def note_folded(self, word: str, instead: str, reason: str) -> None:
        """Say the same of folded words."""
        self.note(word, " ".join([self._spellings.written(part) for part in instead.split()]), reason)


def fields_of(clause: WordClause) -> tuple[str, ...]:
    """Return the fields that a word is looked up in."""
    return tuple(dict.fromkeys(term.field for term in clause.terms))


def shown(text: str) -> str:
    """Return what was typed as a note shows it: on one line, without what cannot be seen."""
    return one_line("".join(char for char in text if char.isprintable() or char.isspace()))
