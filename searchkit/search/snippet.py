"""The passage that shows best why a document matched, with the words that did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.query import Clause, GroupClause, NearClause, PhraseClause, WordClause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.analysis import Token
    from searchkit.query import TermPattern

_WINDOW = 30  # words
_BEFORE = 5  # words shown before the first that matches
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
_MAX_PASSAGE = 1000  # code points, for texts whose words have hundreds of letters
_MAX_TEXT = 200_000  # code points looked at; a passage is wanted now, not the best of a whole book


class Snippet(NamedTuple):
    """A piece of a text with the words to mark."""

    text: str
    spans: tuple[tuple[int, int], ...]  # in code points of ``text``

    def render(self, before: str, after: str) -> str:
        """Return the text on one line with these strings around each word to mark."""
        pieces: list[str] = []
        at = 0
        text = self.text.translate(_CONTROLS)
        for start, end in self.spans:
            pieces += (text[at:start], before, text[start:end], after)
            at = end
        return " ".join("".join([*pieces, text[at:]]).split())


def one_line(text: str) -> str:
    """Return a text without line ends, tabs and whatever else could command a terminal."""
    return " ".join(text.translate(_CONTROLS).split())


class _Wanted(NamedTuple):
    """The terms of a query, level by level, each with the number of the query word it belongs to."""

    words: dict[tuple[str, str], int]
    patterns: dict[TermPattern, int]


def mark(text: str, clause: Clause) -> Snippet:
    """Return a whole text with the places of the words that match."""
    wanted = _wanted(clause)
    tokens = tokenize(text)
    return Snippet(
        text, tuple((token.start, token.end) for token in tokens if _match(token.surface, wanted) is not None)
    )


def best_passage(text: str, clause: Clause) -> Snippet:
    """Return the window of a text with the most different query words; of equal ones the first."""
    wanted = _wanted(clause)
    tokens = tokenize(text[:_MAX_TEXT])
    memo: dict[str, int | None] = {}
    for token in tokens:
        if token.surface not in memo:
            memo[token.surface] = _match(token.surface, wanted)
    matched = [token for token in tokens if memo[token.surface] is not None]
    first = _best_start(matched, memo)
    begin = max(0, first - _BEFORE)
    window = tokens[begin : begin + _WINDOW]
    if not window:
        return Snippet("", ())
    start = window[0].start if begin or window[0].start > _MAX_PASSAGE else 0
    end = window[-1].end if begin + _WINDOW < len(tokens) or len(text) - window[-1].end > _MAX_PASSAGE else len(text)
    if end < len(text) and text[end] in ".؟؛!،":
        end += 1
    end = min(end, start + _MAX_PASSAGE)
    lead = "… " if start else ""
    shift = len(lead) - start
    spans = tuple((t.start + shift, t.end + shift) for t in window if memo[t.surface] is not None and t.end <= end)
    return Snippet(lead + text[start:end] + (" …" if end < len(text) else ""), spans)


def _best_start(matched: Sequence[Token], memo: dict[str, int | None]) -> int:
    """Return the position at which the best window begins."""
    best, best_at = 0, 0
    counts: dict[int, int] = {}
    last = 0
    for token in matched:
        while last < len(matched) and matched[last].position < token.position + _WINDOW - _BEFORE:
            word = memo[matched[last].surface]
            if word is not None:
                counts[word] = counts.get(word, 0) + 1
            last += 1
        if len(counts) > best:
            best, best_at = len(counts), token.position
        word = memo[token.surface]
        if word is not None:
            counts[word] -= 1
            if not counts[word]:
                del counts[word]
    return best_at


def _wanted(clause: Clause) -> _Wanted:
    wanted = _Wanted({}, {})
    for number, child in enumerate(_leaves(clause)):
        if isinstance(child, PhraseClause):
            for word in child.words:
                wanted.words.setdefault((LEVELS[0], word), number)
        elif isinstance(child, NearClause):
            for level, terms, _ in (side for row in child.rows for side in row):
                for text in terms:
                    wanted.words.setdefault((level, text), number)
        else:
            for term in child.terms:
                if term.pattern is not None:
                    wanted.patterns.setdefault(term.pattern, number)
                    continue
                for text in term.texts:
                    wanted.words.setdefault((term.level, text), number)
    return wanted


def _leaves(clause: Clause) -> list[WordClause | PhraseClause | NearClause]:
    """Return the words and phrases to mark; function words only where there is nothing else."""
    if isinstance(clause, WordClause | PhraseClause | NearClause):
        return [clause]
    if not isinstance(clause, GroupClause):
        return []
    leaves = [leaf for child in (*clause.must, *clause.should) for leaf in _leaves(child)]
    content = [leaf for leaf in leaves if not (isinstance(leaf, WordClause) and leaf.function)]
    return content or leaves


def _match(surface: str, wanted: _Wanted) -> int | None:
    """Return the number of the query word that a word of the text is evidence of."""
    found = evidence(surface)
    for level in LEVELS:
        for text in found.terms(surface, level):
            if (level, text) in wanted.words:
                return wanted.words[level, text]
    for pattern, number in wanted.patterns.items():
        if pattern.matches(surface):
            return number
    return None
