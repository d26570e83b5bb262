"""What to search instead of a word that no document has at any level of evidence.

In this order, and only where the index has what comes of it: two words written apart are joined, a word written
together with the next is cut where Arabic letters do not join or an article begins, a proclitic is taken off a word
that no dictionary has, and at last the most probable word one edit away. Words that are found stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.analysis import level_field
from searchkit.arabic import letters as ar
from searchkit.arabic.function_words import is_function_word
from searchkit.query import GroupClause, Instead, Word, WordClause, rewrite
from searchkit.query.rewrite import DEFAULT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.query import Clause
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_MAX_WORDS = 8192  # remembered at a time
_SHORTEST_HALF = 3  # letters
_SHORTEST_REST = 3  # of a word without its proclitic
_SHORTEST_WORD = 5  # whose neighbours are not all other words
_ARABIC = re.compile("[\u0621-\u064a]+")
_ARTICLE = ar.ALEF + ar.LAM
_NOT_JOINED = (ar.ALEF, ar.DAL, ar.THAL, ar.REH, ar.ZAIN, ar.WAW, ar.HAMZA)
_PROCLITICS = tuple(
    first + second
    for first in ("", ar.WAW, ar.FEH)
    for second in (_ARTICLE, ar.BEH + _ARTICLE, ar.KAF + _ARTICLE, ar.LAM + ar.LAM, ar.BEH, ar.LAM, ar.KAF, "")
    if first + second
)


class Mender:
    """Mends queries on one snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, near: float) -> None:
        """Bind a snapshot.

        Args:
            segments: of the snapshot.
            statistics: of the same.
            near: how much less a word counts that is only like the one that was asked for.
        """
        self._near = near
        self._segments = segments
        self._statistics = statistics
        self._missing: dict[int, tuple[WordClause, bool]] = {}  # by identity: to compare clauses takes longer

    def mend(self, clause: Clause) -> tuple[Clause, list[str]]:
        """Return what to search, and a line for the person about each word that was replaced."""
        if isinstance(clause, WordClause):
            children: tuple[Clause, ...] = (clause,)
        elif isinstance(clause, GroupClause):
            children = clause.should
        else:
            return clause, []
        if not any(isinstance(child, WordClause) and self._is_missing(child) for child in children):
            return clause, []
        notes: list[str] = []
        if isinstance(clause, GroupClause):
            made: list[Clause] = []
            instead: list[Instead] = []
            at = 0
            for other in clause.instead:  # the index has another way to write these words
                made += self._mend_all(children[at : other.start], notes)
                instead.append(Instead(len(made), len(made) + other.end - other.start, other.clause))
                made += children[other.start : other.end]
                at = other.end
            made += self._mend_all(children[at:], notes)
            return clause._replace(should=tuple(made), instead=tuple(instead)), notes
        mended = self._mend_all(children, notes)
        return (mended[0] if len(mended) == 1 else GroupClause(should=tuple(mended))), notes

    def _is_missing(self, clause: WordClause) -> bool:
        """Tell whether nothing is evidence of a word that may be mended: not one that was to be taken exactly."""
        known = self._missing.get(id(clause))
        if known is not None and known[0] is clause:
            return known[1]
        missing = (
            not clause.function
            and not clause.also  # those are in the index
            and not clause.expanded
            and _ARABIC.fullmatch(_surface(clause)) is not None  # no number is meant to be another
            and any(term.level != "surface" for term in clause.terms)
            and not any(
                entry
                for term in clause.terms
                for text in term.texts
                for entry in self._statistics.find(level_field(term.field, term.level), text)
            )
        )
        if len(self._missing) >= _MAX_WORDS:
            self._missing.clear()
        self._missing[id(clause)] = clause, missing
        return missing

    def _mend_all(self, children: Sequence[Clause], notes: list[str]) -> list[Clause]:
        mended: list[Clause] = []
        at = 0
        while at < len(children):
            child = children[at]
            following = children[at + 1] if at + 1 < len(children) else None
            at += 1
            if not isinstance(child, WordClause):
                mended.append(child)
            elif isinstance(following, WordClause) and (joined := self._join(child, following)):
                notes.append(f"{child.text} {following.text}: searched as {joined.text}")
                mended.append(joined)
                at += 1
            elif self._is_missing(child) and (words := self._instead(child)):
                notes.append(f"{child.text}: in no document; searched {' '.join(word.text for word in words)} instead")
                mended.extend(words)
            else:
                mended.append(child)
        return mended

    def _join(self, one: WordClause, other: WordClause) -> WordClause | None:
        if not (self._is_missing(one) or self._is_missing(other)) or one.function or other.function:
            return None
        joined = _surface(one) + _surface(other)
        return _like(one, joined) if _fields(one) == _fields(other) and self._df(one, joined) else None

    def _instead(self, clause: WordClause) -> list[WordClause]:
        word = _surface(clause)
        if halves := self._cut(clause, word):
            words = [_like(clause, half) for half in halves]
            return [] if all(half.function for half in words) else words
        for proclitic in _PROCLITICS:
            rest = word.removeprefix(proclitic)
            if _SHORTEST_REST <= len(rest) < len(word) and self._df(clause, rest):
                return [_like(clause, rest)]
        if len(word) < _SHORTEST_WORD:
            return []
        from searchkit.search.suggest import suggest  # few queries need it

        found = suggest(self._segments, word, 1, _fields(clause), most_edits=1)
        weaker = clause._replace(boost=clause.boost * self._near)
        return [_like(weaker, near.term) for near in found]

    def _cut(self, clause: WordClause, word: str) -> tuple[str, str] | None:
        """Return two words that a word was made of by leaving out the space; of several cuts that into known words."""
        best, found = 0, None
        for at in range(2, len(word) - 1):
            one, other = word[:at], word[at:]
            if not all(len(half) >= _SHORTEST_HALF or is_function_word(half) for half in (one, other)):
                continue
            if one[-1] in _NOT_JOINED or other.startswith(_ARTICLE):
                df = min(self._df(clause, one), self._df(clause, other))
                if df > best:
                    best, found = df, (one, other)
        return found

    def _df(self, clause: WordClause, word: str) -> int:
        """Return in how many documents a surface is, deleted ones too, in the field where it is in most."""
        return max(sum(entry.df for entry in self._statistics.find(field, word) if entry) for field in _fields(clause))


def _surface(clause: WordClause) -> str:
    return clause.terms[0].texts[0]


def _fields(clause: WordClause) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.field for term in clause.terms))


def _like(clause: WordClause, word: str) -> WordClause:
    """Return another word in the same fields, weighing the same."""
    fields = _fields(clause)
    made = rewrite(Word(word, field=None if fields == DEFAULT_FIELDS else fields[0], boost=clause.boost))
    return made if isinstance(made, WordClause) else clause
