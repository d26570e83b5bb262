"""Queries whose words stand in a text as they were typed: a verse, a proverb, a title, a sentence of an article.

Such a run may be made of nothing but words that are everywhere, which find it by themselves as little as they find
anything. So what of a query is a run of words in some document, letters and function words included, counts as one
more part of it, as rare as the run is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, level_field
from searchkit.arabic import letters as ar
from searchkit.arabic.function_words import is_function_word, is_question_word
from searchkit.query import GroupClause, Term, WordClause
from searchkit.query.compounds import respelt
from searchkit.query.formulas import FORMULAS
from searchkit.query.idioms import SONS
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_WHO, _IS = "من", frozenset(("هو", "هي", "هم", "هما"))
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
    runs = _Runs(segments, statistics, row, surfaces, functions)
    found = runs.longest()
    if not found.terms:
        return clause
    text = " ".join([word.text for word in row[found.start : found.end]])
    weak = all(word.function for word in row)
    run = WordClause(text, tuple(found.terms), row[0].boost, function=weak, also=(text,))
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


class _Run(NamedTuple):
    """Words of a query that stand side by side in some document."""

    start: int
    end: int
    terms: Sequence[Term]  # that are found; none if there is no run


_NO_RUN = _Run(0, 0, ())


class _Runs:
    """Knows which words of a query stand side by side in some document."""

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        statistics: Statistics,
        row: Sequence[WordClause],
        surfaces: Sequence[str],
        functions: Sequence[bool],
    ) -> None:
        self._lookup = Lookup(segments, statistics)
        self._fields = tuple(dict.fromkeys([term.field for term in row[0].terms]))
        self._words = surfaces
        self._functions = functions  # whether each is a function word

    def longest(self) -> _Run:
        """Return the longest run; as most queries have none, what would be in all of them is looked up first."""
        size = len(self._words)
        if self._asks() and 2 * sum(self._functions) <= size:
            return _NO_RUN
        most = min(_MOST_LEFT, size - _SHORTEST)
        # other ways to write it may be cut in two by that
        if size - 2 * most > 1 and most and len(_ways(self._words)) == 1 and not self._has(most, size - most):
            return _NO_RUN
        whole = self._found(0, size) if self._has(1, size) else ()
        whole = (*whole, *self._in_any_form())
        if whole:
            return _Run(0, size, whole)
        for gone in range(1, most + 1):
            for start in range(gone, -1, -1):
                end = start + size - gone
                if self._tells(start, end) and (found := self._found(start, end)):
                    return _Run(start, end, found)
        return _NO_RUN

    def _asks(self) -> bool:
        """Tell whether the query begins as a question: who asks one does not look for it. من alone may be "whoever"."""
        return is_question_word(self._words[0]) and (self._words[0] != _WHO or self._words[1] in _IS)

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether a part of a query is a run that its content words alone would not find.

        Half of it are function words. A question is none, nor what breaks off behind a preposition.
        """
        asks = start == 0 and self._asks()
        breaks_off = end < len(self._words) and self._functions[end - 1]
        return 2 * sum(self._functions[start:end]) >= end - start and not asks and not breaks_off

    def _has(self, start: int, end: int) -> bool:
        """Tell whether words stand side by side, however they are spelt."""
        return any(
            self._lookup.stand_together(field, way)
            for way in _ways(self._words[start:end])
            for field in reversed(self._fields)  # the text, which has most
        )

    def _found(self, start: int, end: int) -> Sequence[Term]:
        """Return by what a run is found as it is spelt: a text may join it to what it says before."""
        terms: list[Term] = []
        for first, *others in _ways(self._words[start:end]):
            starts = [first]
            if first[0] not in _CONJUNCTIONS:
                starts += [conjunction + first for conjunction in _CONJUNCTIONS]
            elif is_function_word(first[1:]):
                starts.append(first[1:])
            terms += [
                Term(field, LEVELS[0], (one, *others), phrase=True, run=1.0)
                for one in starts
                for field in self._fields
                if self._lookup.stand_together(field, (one, *others))
            ]
        return terms

    def _in_any_form(self) -> Sequence[Term]:
        """Return by what all words are found that may have other forms: مائة for مئة."""
        lemmas = tuple([evidence(word).lemmas[0] for word in _joined(self._words)])
        return [
            Term(field, "lemma", lemmas, phrase=True, run=_FORMS)
            for field in self._fields
            if self._lookup.stand_together(level_field(field, "lemma"), lemmas)
        ]


def _ways(words: Sequence[str]) -> Sequence[tuple[str, ...]]:
    """Return words as they are typed, and with what texts may have in their place."""
    ways = [tuple(words)]
    if ar.WAW in words:
        ways.append(_joined(words))
    if SONS[1] in words[1:]:
        ways.append((words[0], *[SONS[0] if word == SONS[1] else word for word in words[1:]]))
    ways += [other.words for way in ways for other in respelt(way)]
    return ways


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    """Return words in which "and" does not stand alone."""
    made: list[str] = []
    for word in words:
        if made and made[-1] == ar.WAW:
            made[-1] += word
        else:
            made.append(word)
    return tuple(made)
