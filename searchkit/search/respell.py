"""What a word that is in no document was meant to be, if it is misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar
from searchkit.arabic.function_words import is_function_word
from searchkit.search.suggest import cuts, document_count, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.segment import SegmentReader

_SHORTEST_REST = 3  # of a word without its proclitic
SHORTEST_WORD = 5
"""Letters of a word whose neighbours are not all other words."""

_ARTICLE = ar.ALEF + ar.LAM
_PROCLITICS = tuple(
    first + second
    for first in ("", ar.WAW, ar.FEH)
    for second in (_ARTICLE, ar.BEH + _ARTICLE, ar.KAF + _ARTICLE, ar.LAM + ar.LAM, ar.BEH, ar.LAM, ar.KAF, "")
    if first + second
)


def respell(
    segments: Sequence[SegmentReader], word: str, written: str, fields: Sequence[str]
) -> tuple[list[str], bool, str]:
    """Return the folded words to search instead, whether they are surely what was meant, and what was done.

    Args:
        segments: where to look.
        word: folded; it is in none of them.
        written: the same as typed.
        fields: where the words stand.
    """
    if sure := [cut for cut in cuts(segments, written, word, fields) if cut.sure]:
        best = max(sure, key=lambda cut: (cut.cost == 0, cut.df))
        if is_function_word(best.one) and is_function_word(best.other):
            return [], True, ""
        return [best.one, best.other], True, "two words"
    for proclitic in _PROCLITICS:
        rest = word.removeprefix(proclitic)
        if _SHORTEST_REST <= len(rest) < len(word) and document_count(segments, fields, rest):
            return [rest], True, "without what is written together with it"
    if len(word) < SHORTEST_WORD:
        return [], False, ""
    found = suggest(segments, word, 1, fields, most_edits=1)
    words = [word for one in found for word in one.term.split()]
    return words, False, "spelling" if len(words) == 1 else "two words"
