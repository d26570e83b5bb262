"""Words in Latin letters that write Arabic ones: Lavrov, ibn sina, 7ezbollah."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.english import is_english_word
from searchkit.arabic.folding import fold
from searchkit.arabic.latin import ARTICLES, SERVANTS
from searchkit.query import GroupClause, WordClause, has_forms
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.search.missing import surface
from searchkit.search.retype import LatinReading, close, latin_readings, together, words_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.search.missing import Missing
    from searchkit.search.replacing import Replacing
    from searchkit.search.statistics import Statistics

_ACRONYM = 4  # capital letters that hardly write an Arabic word
MORE = 5  # times as many documents has what Latin letters write, or another word that was meant


class LatinWords:
    """Knows which words of one query may write Arabic ones, and which these are."""

    def __init__(self, statistics: Statistics, missing: Missing, replacing: Replacing, near: float) -> None:
        """Bind a snapshot and a query.

        Args:
            statistics: of the snapshot.
            missing: of the same.
            replacing: makes the words, and keeps the notes.
            near: how much less a word counts that is only like the one that was asked for.
        """
        self._statistics = statistics
        self._missing = missing
        self._replacing = replacing
        self._near = near

    def run(self, children: Sequence[Clause], at: int) -> list[WordClause]:
        """Return the words in Latin letters from a place on, if any of them is in no document or few."""
        run: list[WordClause] = []
        for child in children[at:]:
            if not isinstance(child, WordClause) or not _is_latin(child):
                break
            run.append(child)
        return run if any(map(self._missing.foreign, run)) else []

    def mend(self, run: Sequence[WordClause]) -> list[Clause]:
        """Return words in Latin letters with what they write in Arabic; an article of their own is left out."""
        rows = [self._readings(word, run[at - 1] if at else None) for at, word in enumerate(run)]
        chosen = together(self._statistics, rows, DEFAULT_FIELDS) if len(run) > 1 else [""]
        mended: list[Clause] = []
        for at, (word, row, beside) in enumerate(zip(run, rows, chosen, strict=True)):
            if surface(word) in ARTICLES and at + 1 < len(run) and (rows[at + 1] or run[at + 1].also):
                continue
            mended.append(self._in_arabic(word, row, beside))
        return mended

    def _readings(self, word: WordClause, before: WordClause | None) -> list[LatinReading]:
        """Return what a word in Latin letters may write, after another."""
        if word.also:
            return [LatinReading(one, 0.0, 0.0) for one in map(fold, word.also) if " " not in one]
        if not self._missing.foreign(word):
            return []
        if before is not None and surface(before) in SERVANTS:
            return latin_readings(self._statistics, "al" + surface(word), DEFAULT_FIELDS)
        return latin_readings(self._statistics, surface(word), DEFAULT_FIELDS)

    def _in_arabic(self, word: WordClause, row: Sequence[LatinReading], beside: str) -> Clause:
        """Return what to search for a word in Latin letters.

        Args:
            word: the word.
            row: what it may write.
            beside: which of that stands beside what the next word or the one before writes; "" if none.
        """
        acronym = word.text.isupper() and len(word.text) <= _ACRONYM
        if word.also or not row or (not beside and (acronym or is_english_word(surface(word)))):
            return word
        texts = [beside] if beside else [one.text for one in close(row)]
        like, near = self._replacing.like, self._near
        count = self._missing.count(word)
        if not count:
            made = [like(word, text, near if at else 1.0) for at, text in enumerate(texts)]
            self._replacing.note(word.text, ", ".join(one.text for one in made), "Latin letters")
            return made[0] if len(made) == 1 else GroupClause(should=tuple(made))
        if words_count(self._statistics, DEFAULT_FIELDS, texts[0]) < MORE * count:
            return word
        if beside:  # then the rarer word in Latin letters is not what counts
            word = word._replace(boost=word.boost * near)
        also = like(word, texts[0], 1 / near if beside else near)
        self._replacing.note_also(word, also)
        return GroupClause(should=(word, also))


def _is_latin(clause: WordClause) -> bool:
    """Tell whether a word is written in Latin letters, and may be read as another."""
    return clause.text[:1].isascii() and clause.text[:1].isalpha() and not clause.expanded and has_forms(clause)
