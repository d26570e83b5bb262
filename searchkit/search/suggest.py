"""Words of the index that somebody may have meant who typed a word that is not there, or is rarer."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from searchkit._core.pattern import MOST_ELEMENTS, Pattern
from searchkit.arabic import letters as ar
from searchkit.arabic.confusions import CONFUSIONS, edit_cost
from searchkit.arabic.folding import fold
from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.morphology import read_word
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader

_CANDIDATES = 100  # per field and segment
_SHORTEST = 3  # letters; the neighbours of shorter words are all other short words
_SHORTEST_HALF = 3
_EDIT = 8.0  # an edit is as improbable as a word that is e ** 8 times rarer
_UNKNOWN = 2.0  # so much less probable is a word that no dictionary has
_CUT = 0.4  # a space that was left out
_JOINED_CUT = 0.8  # where it is less likely
_SURE_CUT = 0.0  # after a letter that only ends words
_ENDS = frozenset((ar.TEH_MARBUTA, ar.ALEF_MAKSURA))
_NOT_JOINED = frozenset((ar.ALEF, ar.DAL, ar.THAL, ar.REH, ar.ZAIN, ar.WAW, ar.HAMZA))
_ARTICLE = ar.ALEF + ar.LAM
_GLUED = frozenset(("لا", "ما", "يا", "عبد", "ان"))


class Suggestion(NamedTuple):
    """A word in place of another, or two."""

    term: str  # folded
    df: int  # documents, deleted ones too, in the field where it is in most; of two words what chance would have
    cost: float  # edits; a letter for one that sounds alike is part of one
    written: str = ""  # as the index mostly writes it


def suggest(
    segments: Sequence[SegmentReader],
    word: str,
    limit: int = 5,
    fields: Sequence[str] = ("title", "text"),
    *,
    most_edits: int = 2,
    least_edits: int = 1,
) -> list[Suggestion]:
    """Return more frequent words that may have been meant by a word, most probable first.

    How probable is how frequent, less what the edits cost (Kernighan, Church and Gale, "A spelling correction program
    based on a noisy channel model", COLING 1990), and less for words that no dictionary has. Two edits are tried where
    one finds nothing.

    Args:
        segments: where to look.
        word: as typed.
        limit: how many at most.
        fields: where the words stand.
        most_edits: 1 or 2.
        least_edits: 1 or 2, up to which edits are tried.
    """
    start = fold(word)
    if not _SHORTEST <= len(start) < MOST_ELEMENTS or " " in start:
        return []
    own = document_count(segments, fields, start)
    total = sum(segment.num_docs for segment in segments)
    found = [
        Suggestion(f"{cut.one} {cut.other}", cut.chance(total), cut.cost)
        for cut in cuts(segments, word, start, fields)
        if cut.df * 2 > own and (cut.sure or not own)
    ]
    for edits in range(1, most_edits + 1):
        dfs = _neighbours(segments, Pattern(start, edits=edits, confusions=CONFUSIONS), fields)
        found += [Suggestion(term, df, edit_cost(start, term)) for term, df in dfs.items() if df > own]
        if found and edits >= least_edits:
            break
    found.sort(key=improbable)
    return found[:limit]


def document_count(segments: Sequence[SegmentReader], fields: Sequence[str], word: str) -> int:
    """Return in how many documents a folded word is, deleted ones too, in the field where it is in most."""
    term = word.encode("utf-8", "surrogatepass")
    return max(
        (sum(entry.df for segment in segments if (entry := segment.find(field, term))) for field in fields), default=0
    )


def improbable(one: Suggestion) -> tuple[float, str]:
    """Return what is least for the most probable."""
    unknown = any(read_word(word)[3] for word in one.term.split())
    return _EDIT * one.cost - log(one.df) + (_UNKNOWN if unknown else 0), one.term


class Cut(NamedTuple):
    """Two words that a word was made of by leaving out the space, folded."""

    one: str
    other: str
    df: int  # documents of the rarer
    cost: float
    sure: bool  # whether letters do not join there, or an article begins

    def chance(self, total: int) -> int:
        """Return in how many of all documents both would be if they met by chance, at least 1."""
        if not self.cost:  # the letter says that a word ends there
            return self.df
        return max(1, min(self.df, self.df * self.df // total))


def cuts(segments: Sequence[SegmentReader], word: str, start: str, fields: Sequence[str]) -> list[Cut]:
    """Return the ways to cut a word into two of the index.

    Args:
        segments: where to look.
        word: as typed.
        start: the same, folded.
        fields: where the words stand.
    """
    found: list[Cut] = []
    for at in range(1, len(word)):
        if word[at - 1] in _ENDS and (rest := fold(word[at:])) and (half := fold(word[:at])) + rest == start:
            df = min(document_count(segments, fields, word) for word in (half, rest))
            if df:
                found.append(Cut(half, rest, df, _SURE_CUT, sure=True))
    for at in range(2, len(start) - 1):
        one, other = start[:at], start[at:]
        glued = one in _GLUED
        helper = is_function_word(one) or is_function_word(other)  # such are parts of many words
        if not glued and not helper and min(len(one), len(other)) < _SHORTEST_HALF:
            continue
        if not glued and not all(len(half) >= _SHORTEST_HALF or is_function_word(half) for half in (one, other)):
            continue
        sure = glued or one[-1] in _NOT_JOINED or other.startswith(_ARTICLE)
        df = min(document_count(segments, fields, half) for half in (one, other))
        if df:
            found.append(Cut(one, other, df, _CUT if glued or (sure and not helper) else _JOINED_CUT, sure))
    return found


def _neighbours(segments: Sequence[SegmentReader], pattern: Pattern, fields: Sequence[str]) -> dict[str, int]:
    """Return the numbers of documents of the words that match."""
    dfs: dict[str, int] = {}
    for field in fields:
        counts: dict[str, int] = {}
        for segment in segments:
            for entry in segment.expand(field, pattern, _CANDIDATES).entries:
                term = entry.term.decode(errors="replace")
                counts[term] = counts.get(term, 0) + entry.df
        for term, df in counts.items():
            dfs[term] = max(df, dfs.get(term, 0))
    return dfs
