"""How the index writes a word that it knows folded: أستانا, not استانا."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold
from searchkit.search.lookup import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader, TermAt

_TRIED = 9  # documents of which the shortest are read
_NEAR = 24  # words around the place where a text has it if it has little punctuation
_MAX_WORDS = 1 << 14  # remembered at a time
_OFTEN_OTHER = frozenset((ar.ALEF, ar.HEH, ar.YEH, ar.WAW))
_VARIANTS = {
    ar.ALEF: (ar.ALEF_MADDA, ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_WASLA),
    ar.HEH: (ar.TEH_MARBUTA,),
    ar.YEH: (ar.ALEF_MAKSURA, ar.YEH_HAMZA),
    ar.WAW: (ar.WAW_HAMZA,),
}
_NO_MARKS = dict.fromkeys(map(ord, (*ar.TASHKEEL, ar.TATWEEL)), "")
_FOLDED = _NO_MARKS | {ord(other): letter for letter, others in _VARIANTS.items() for other in others}
_AROUND = ".,:;!?\"'()[]{}«»“”„…-–/،؛؟"


class Spellings:
    """Remembers the spellings of one snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._known: dict[str, str] = {}

    def written(self, term: str, fields: Sequence[str] = ("text", "title")) -> str:
        """Return the spelling of a folded word that is most frequent in a few documents, without vowels."""
        if _OFTEN_OTHER.isdisjoint(term):
            return term
        found = self._known.get(term)
        if found is None:
            if len(self._known) >= _MAX_WORDS:
                self._known.clear()
            found = self._known[term] = self._look(term, fields)
        return found

    def _look(self, term: str, fields: Sequence[str]) -> str:
        for field in fields:
            for segment in self._segments:
                spellings = _spellings(segment, field, term)
                if spellings:
                    best = max(spellings, key=spellings.count)
                    if best == term or (len(best) == len(term) and fold(best) == term):
                        return best
        return term


def _spellings(segment: SegmentReader, field: str, term: str) -> list[str]:
    """Return how a few documents write a word, each where it first stands."""
    entry = segment.find(field, term.encode("utf-8", "surrogatepass"))
    if entry is None:
        return []
    found: list[str] = []
    for doc, first in _places(segment, field, entry):
        if len(found) == 2 and found[0] == found[1]:
            break
        text = segment.stored.document(doc).get(field)
        if isinstance(text, str):
            words = text.split()
            spelling = _spelling(words[max(0, first - _NEAR) : first + _NEAR], term) or _spelling(words, term)
            found += [spelling] if spelling else []
    return found


def _places(segment: SegmentReader, field: str, entry: TermAt) -> list[tuple[int, int]]:
    """Return up to three documents with a word, the shortest of a few, and where it first stands in each."""
    if not entry.df:
        return []
    step = max(1, (entry.df - 1) // (_TRIED - 1))
    if segment.deletions is None and segment.fields[field].positions:
        found = pick(segment, field, entry, list(range(0, entry.df, step)))
    else:
        docs, _, firsts, df = segment.postings(field, entry)
        found = [(docs[i], firsts[i] if firsts else 0) for i in range(0, df, step)]
    lengths = segment.lengths(field)
    return sorted(found, key=lambda place: lengths[place[0]] if lengths else 0)[:3]


def _spelling(words: Sequence[str], term: str) -> str:
    """Return the first of some words that folds to this one, without vowels; "" if none does."""
    size = len(term)
    for word in words:
        if len(word) >= size and word.strip(_AROUND).translate(_FOLDED) == term:
            return word.strip(_AROUND).translate(_NO_MARKS)
    return ""
