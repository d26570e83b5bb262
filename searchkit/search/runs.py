"""Queries whose words stand in a text as they were typed: a verse, a proverb, a title, a sentence of an article.

Such a run may be made of nothing but words that are everywhere, which find it by themselves as little as they find
anything. So what of a query is a run of words in some document, letters and function words included, counts as one
more part of it, as rare as the run is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence
from searchkit.arabic import letters as ar
from searchkit.arabic.function_words import is_function_word, is_question_word
from searchkit.query import GroupClause, Term, WordClause
from searchkit.query.formulas import FORMULAS
from searchkit.query.idioms import SONS
from searchkit.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.query import Clause
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_FORMS = 0.5  # what a run in other forms is worth
_CONJUNCTIONS = (ar.WAW, ar.FEH)
_SHORTEST = 3  # words of a run
_MOST_WORDS = 64
_MOST_LEFT = 2  # words of the query that may stand before and behind its run: the meaning of …, the hadith …


def with_run(segments: Sequence[SegmentReader], statistics: Statistics, clause: Clause) -> Clause:
    """Return a query with its longest run of words that a document has, if there is one with function words in it.

    Args:
        segments: of a snapshot.
        statistics: of the same.
        clause: the query.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    row = _row(clause)
    row = row[: FORMULAS.end_before([word.terms[0].texts[0] for word in row])]  # who adds a formula asks for no run
    surfaces = [word.terms[0].texts[0] for word in row]
    functions = [is_function_word(surface) for surface in surfaces]
    tells = any(functions) or any(son in surfaces for son in SONS)
    if len(row) < _SHORTEST or not tells or not isinstance(clause, GroupClause):
        return clause
    fields = tuple(dict.fromkeys([term.field for term in row[0].terms]))
    lookup = Lookup(segments, statistics)
    start, end = _Runs(lookup, fields, surfaces, functions).longest() or (0, 0)
    terms = list(_terms(fields, surfaces[start:end])) if end else []
    if end - start in (0, len(row)):
        in_any_form = _in_any_form(fields, surfaces)
        if any(found.df for term in in_any_form for found in lookup.term(term).postings):
            start, end = 0, len(row)
            terms += in_any_form
    if not terms:
        return clause
    text = " ".join([word.text for word in row[start:end]])
    run = WordClause(text, tuple(terms), row[0].boost, function=all(word.function for word in row), also=(text,))
    return clause._replace(should=(*clause.should, run))


def _row(clause: Clause) -> Sequence[WordClause]:
    """Return the words of a query that is nothing but words side by side; none if it is made otherwise."""
    if not isinstance(clause, GroupClause) or bool(clause.must) == bool(clause.should):
        return ()
    row = clause.must or clause.should
    words = [word for word in row if isinstance(word, WordClause) and _is_plain(word, row[0])]
    return words if len(words) == len(row) <= _MOST_WORDS else ()


def _is_plain(word: WordClause, first: Clause) -> bool:
    """Tell whether a word is taken as it is typed, in the same fields as the first and for as much."""
    term = word.terms[0] if word.terms and not word.expanded else None
    return (
        term is not None
        and isinstance(first, WordClause)
        and term.kind == LEVELS[0]
        and term.field == first.terms[0].field
        and word.terms[-1].field == first.terms[-1].field
        and word.boost == first.boost
    )


class _Runs:
    """Knows which words of a query stand side by side in some document."""

    def __init__(self, lookup: Lookup, fields: Sequence[str], words: Sequence[str], functions: Sequence[bool]) -> None:
        self._lookup = lookup
        self._fields = fields
        self._words = words
        self._functions = functions  # whether each is a function word

    def longest(self) -> tuple[int, int] | None:
        """Return where the longest run begins and ends; None if there is none.

        What is in all runs that are asked for is looked up first: where that is not there, none of them is.
        """
        size = len(self._words)
        most = min(_MOST_LEFT, size - _SHORTEST)
        whole = FORMULAS.with_signs(self._words) == tuple(self._words)  # else one of them may be cut in two
        if most and size - 2 * most > 1 and whole and not self._has(most, size - most):
            return None
        if self._has(0, size):
            return 0, size
        for gone in range(1, most + 1):
            for start in range(gone, -1, -1):
                end = start + size - gone
                if self._tells(start, end) and self._has(start, end):
                    return start, end
        return None

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether a part of a query is a run that its content words alone would not find.

        Half of it are function words. A question is none, nor what breaks off behind a preposition.
        """
        asks = start == 0 and is_question_word(self._words[0])
        breaks_off = end < len(self._words) and self._functions[end - 1]
        return 2 * sum(self._functions[start:end]) >= end - start and not asks and not breaks_off

    def _has(self, start: int, end: int) -> bool:
        terms = _terms(self._fields, self._words[start:end])
        return any(found.df for term in terms for found in self._lookup.term(term).postings)


def _terms(fields: Sequence[str], words: Sequence[str]) -> Iterator[Term]:
    """Yield what a run is looked up by, as it is spelt: a text may join it to what it says before."""
    for way in dict.fromkeys((tuple(words), _joined(words), _with_sons(words), FORMULAS.with_signs(words))):
        first, *others = way
        starts = [first]
        if first[0] not in _CONJUNCTIONS:
            starts += [conjunction + first for conjunction in _CONJUNCTIONS]
        elif is_function_word(first[1:]):
            starts.append(first[1:])
        for start in starts:
            for field in fields:
                yield Term(field, LEVELS[0], (start, *others), phrase=True, run=1.0)


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    """Return words in which "and" does not stand alone."""
    made: list[str] = []
    for word in words:
        if made and made[-1] == ar.WAW:
            made[-1] += word
        else:
            made.append(word)
    return tuple(made)


def _with_sons(words: Sequence[str]) -> tuple[str, ...]:
    """Return words with "son of" between names as the rules have it, and most texts."""
    return (words[0], *[SONS[0] if word in SONS else word for word in words[1:]])


def _in_any_form(fields: Sequence[str], words: Sequence[str]) -> list[Term]:
    """Return what a run is looked up by in which words may have other forms: ابن for بن, مائة for مئة."""
    lemmas = tuple([evidence(word).lemmas[0] for word in _joined(words)])
    return [Term(field, "lemma", lemmas, phrase=True, run=_FORMS) for field in fields]
