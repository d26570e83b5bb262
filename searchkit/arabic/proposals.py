"""How else could a word be cut that no dictionary has? Tashaphyne proposes, the lexicon disposes.

These readings are shown to a person who asks, not indexed: most words without an entry are names, and of a name
nearly every proposal is wrong (ARCHITECTURE.md has the count).
"""

from __future__ import annotations

from functools import cache
from typing import Any
from warnings import catch_warnings, simplefilter

from searchkit.arabic.morphology import analyze

_SHORTEST = 3  # letters that must remain


def propose(word: str) -> list[tuple[str, str, str]]:
    """Return prefix, stem and suffix of each cut whose stem is a dictionary's word by itself, longest stem first.

    Args:
        word: folded.
    """
    cuts: set[tuple[int, int]] = {(start, end) for start, end in _stemmer().segment(word) if end - start >= _SHORTEST}
    found = [(word[:start], word[start:end], word[end:]) for start, end in cuts if end - start < len(word)]
    return sorted((cut for cut in found if _is_word(cut[1])), key=lambda cut: (-len(cut[1]), cut))


def _is_word(stem: str) -> bool:
    analysis = analyze(stem)
    return analysis.known and not analysis.prefix and not analysis.suffix


@cache
def _stemmer() -> Any:
    with catch_warnings():  # see letters.py
        simplefilter("ignore")
        from tashaphyne.stemming import ArabicLightStemmer

    return ArabicLightStemmer()
