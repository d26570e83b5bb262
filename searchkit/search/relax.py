"""What to search instead of a query without hits: ever less of it, until something is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import evidence
from searchkit.query import GroupClause, NearClause, PhraseClause, Term, WordClause, has_forms, leaves
from searchkit.query.nodes import Word
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.search.replacing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searchkit.query import Clause, Node
    from searchkit.search.missing import Missing

_MOST_RELAXED = 8  # words left out of a query, each with a search of its own
_MOST_ABSENT = 8  # words that a note is made of
_OFF = "use --no-fallback (fallback=False) for exactly this"


def relax(clause: Clause, missing: Missing, read: Callable[[Node], Clause]) -> Iterator[tuple[Clause, list[str]]]:
    """Yield what to search instead of a query without hits, each with notes.

    Phrases in any form of their words, then without their quotes, then one word less that must match, and so on.

    Args:
        clause: the query.
        missing: knows which words are in no document.
        read: rewrites a node as the query was.
    """
    notes: list[str] = []
    other = _in_any_form(clause, notes)
    if notes:
        yield other, list(notes)
    notes = []
    loose = _unquoted(clause, read, notes)
    if notes:
        clause = loose
        yield clause, list(notes)
    for _ in range(_MOST_RELAXED):
        if not isinstance(clause, GroupClause) or len(clause.must) + len(clause.should) < 2:
            return
        droppable = [child for child in clause.must if _inexact(child)]
        if not droppable:
            return
        gone = min(droppable, key=lambda child: _informative(child, missing))
        clause = clause._replace(must=tuple(child for child in clause.must if child is not gone))
        if len(clause.must) == 1 and not clause.should and not clause.must_not:
            clause = clause.must[0]
        notes = [*notes, f"{_text(gone)}: no hits with it; left out; {_OFF}"]
        yield clause, list(notes)


def absent(clause: Clause, missing: Missing) -> list[str]:
    """Return a note for each word of a query that no document has."""
    words = [leaf for leaf in leaves(clause) if isinstance(leaf, WordClause) and missing.nowhere(leaf)]
    texts = dict.fromkeys(shown(word.text) for word in words)
    return [f"{text}: in no document" for text in list(texts)[:_MOST_ABSENT]]


def _in_any_form(clause: Clause, notes: list[str]) -> Clause:
    """Return a query in which other forms of the words of a phrase may stand in their place."""
    if isinstance(clause, PhraseClause) and not clause.exact and not clause.slop and len(clause.words) > 1:
        lemmas = tuple([evidence(word).lemmas[0] for word in clause.words])
        terms = tuple([Term(field, "lemma", lemmas, synonym=1.0, phrase=True) for field in clause.fields])
        text = shown(clause.text)
        notes.append(f'"{text}": no hits; searched instead for {text} in any form, in this order; {_OFF}')
        return WordClause(clause.text, terms, clause.boost, also=(clause.text,))
    if isinstance(clause, GroupClause):
        must, should = (tuple(_in_any_form(child, notes) for child in part) for part in (clause.must, clause.should))
        return clause._replace(must=must, should=should, instead=()) if notes else clause
    return clause


def _unquoted(clause: Clause, read: Callable[[Node], Clause], notes: list[str]) -> Clause:
    """Return a query with the words of its phrases in their place."""
    if isinstance(clause, PhraseClause):
        if len(clause.words) < 2 or clause.exact:
            return clause
        text = shown(clause.text)
        notes.append(f'"{text}": no hits; searched instead for {text} without quotes; {_OFF}')
        return read(Word(clause.text, field=_field(clause.fields), boost=clause.boost))
    if isinstance(clause, NearClause):
        text = shown(" ".join(row[0].text for row in clause.rows if row))
        near = shown(clause.text)
        notes.append(f"{near}: no hits; searched instead for {text}, near each other or not; {_OFF}")
        return read(Word(text, field=_field(clause.fields), boost=clause.boost))
    if isinstance(clause, GroupClause):
        must, should = (tuple(_unquoted(child, read, notes) for child in part) for part in (clause.must, clause.should))
        return clause._replace(must=must, should=should) if notes else clause
    return clause


def _field(fields: tuple[str, ...]) -> str | None:
    """Return the field that a word is to be looked up in, None for those that words are looked up in anyway."""
    return None if fields == DEFAULT_FIELDS else fields[0]


def _informative(clause: Clause, missing: Missing) -> tuple[int, int]:
    """Return what is least for the word to leave out first: one that is nowhere, then the most frequent."""
    most = missing.count(clause) if isinstance(clause, WordClause) and not clause.expanded else 1
    return (1, -most) if most else (0, 0)


def _inexact(clause: Clause) -> bool:
    """Tell whether a word may be left out: not one that was to be taken exactly."""
    return isinstance(clause, WordClause) and (clause.expanded or has_forms(clause))


def _text(clause: Clause) -> str:
    return shown(clause.text) if isinstance(clause, WordClause) else ""
