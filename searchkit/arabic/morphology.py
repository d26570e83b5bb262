"""Lemma and root of a folded word."""

from typing import NamedTuple


class Analysis(NamedTuple):
    """What a word is made of."""

    lemmas: tuple[str, ...]
    root: str
    known: bool
    prefix: str
    stem: str
    suffix: str
    entry: str


def analyze(word: str) -> Analysis:
    """Return the analysis of a folded word."""
    stem = word
    if len(word) > 4 and word.startswith("ال"):
        stem = word[2:]
    elif len(word) > 5 and word[:3] in ("وال", "بال", "كال", "فال"):
        stem = word[3:]
    return Analysis((stem,), "", False, word[: len(word) - len(stem)], stem, "", "")
