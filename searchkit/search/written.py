"""How the index writes a word that it knows folded: أستانا, not استانا."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader

_SAMPLE = 3  # documents that are looked at
_ENOUGH = 8  # occurrences
_LONGEST = 20_000  # code points of a text that are looked at
_MAX_WORDS = 1 << 14  # remembered at a time
_VARIANTS = {
    ar.ALEF: ar.ALEF + ar.ALEF_MADDA + ar.ALEF_HAMZA_ABOVE + ar.ALEF_HAMZA_BELOW + ar.ALEF_WASLA,
    ar.HEH: ar.HEH + ar.TEH_MARBUTA,
    ar.YEH: ar.YEH + ar.ALEF_MAKSURA + ar.YEH_HAMZA + ar.FARSI_YEH,
    ar.WAW: ar.WAW + ar.WAW_HAMZA,
    ar.BEH: ar.BEH + ar.PEH,
    ar.FEH: ar.FEH + ar.VEH,
    ar.KAF: ar.KAF + ar.KEHEH + ar.GAF,
    ar.JEEM: ar.JEEM + ar.TCHEH,
}
_MARKS = "".join(sorted(ar.TASHKEEL)) + ar.TATWEEL
_STRIP = str.maketrans("", "", _MARKS)
_OFTEN_OTHER = frozenset((ar.ALEF, ar.HEH, ar.YEH, ar.WAW))


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
        counts: dict[str, int] = {}
        pattern = _pattern(term)
        for field in fields:
            for segment in self._segments:
                entry = segment.find(field, term.encode("utf-8", "surrogatepass"))
                if entry is None:
                    continue
                postings = segment.postings(field, entry)
                for doc in (
                    dict.fromkeys(postings.docs[i * (postings.df - 1) // 2] for i in range(_SAMPLE))
                    if postings.df
                    else ()
                ):
                    text = segment.stored.document(doc).get(field)
                    if isinstance(text, str):
                        for match in islice(pattern.finditer(text[:_LONGEST]), _ENOUGH):
                            spelling = match[0].translate(_STRIP)
                            counts[spelling] = counts.get(spelling, 0) + 1
                if counts:
                    best = max(counts, key=lambda spelling: counts[spelling])
                    return best if len(best) == len(term) and fold(best) == term else term
        return term


@lru_cache(maxsize=256)
def _pattern(term: str) -> re.Pattern[str]:
    letters = [f"[{_VARIANTS[char]}]" if char in _VARIANTS else re.escape(char) for char in term]
    return re.compile(r"(?<!\w)" + f"[{_MARKS}]*".join(letters) + rf"[{_MARKS}]*(?!\w)")
