"""Words that stand for others: ``كت*``, ``كت?ب``, ``كتاب~1``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from searchkit.analysis import tokenize
from searchkit.query.signs import pattern
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit._core.pattern import Pattern

MOST_LETTERS = 60
"""Letters and wildcards of the longest pattern."""

_FUZZY = r"~([\d.٫]*)$"
_WILDCARDS = r"\*|[?؟](?=[*?؟]*\w)"  # a question mark at the end is one
_SHORT = 5  # letters; a longer word may differ by two


class TermPattern(NamedTuple):
    """Which words of the index are meant."""

    text: str  # folded, with * and ?; a word if ``edits``
    edits: int = 0  # letters that may differ

    def __str__(self) -> str:
        return f"{self.text}~{self.edits}" if self.edits else self.text

    def compile(self) -> Pattern:
        """Return what walks a dictionary with it."""
        return _compile(self.text, self.edits)

    def matches(self, word: str) -> bool:
        """Tell whether a folded word is meant."""
        if not self.edits:
            return _regex(self.text).fullmatch(word) is not None
        if abs(len(word) - len(self.text)) > self.edits:
            return False
        from searchkit._core.expand import cost

        return cost(self.compile(), word) >= 0


@lru_cache(maxsize=64)
def _regex(text: str) -> re.Pattern[str]:
    first, *others = ["".join("." if char == "?" else re.escape(char) for char in piece) for piece in text.split("*")]
    if others:  # each piece where it first fits, without trying other places: those cannot help, and are too many
        first += "".join(f"(?>.*?{piece})" for piece in others[:-1]) + ".*" + others[-1]
    return re.compile(first, re.DOTALL)


@lru_cache(maxsize=64)
def _compile(text: str, edits: int) -> Pattern:
    from searchkit._core.pattern import Pattern  # most queries have no pattern

    return Pattern(text, edits=edits) if edits else Pattern(text, wildcards=True)


def has_wildcards(text: str) -> bool:
    """Tell whether a word has a wildcard and a letter."""
    return pattern(_WILDCARDS).search(text) is not None and any(char.isalnum() for char in text)


def split_fuzzy(text: str) -> tuple[str, str] | None:
    """Return a word and what stands behind the ~ at its end; None if there is no such sign, or no letter before it."""
    match = pattern(_FUZZY).search(text)
    if match is None or not any(char.isalpha() for char in text[: match.start()]):
        return None
    return text[: match.start()], match[1]


def automatic_edits(word: str) -> int:
    """Return how many letters of a folded word may differ if nobody says."""
    return 1 if len(word) <= _SHORT else 2


def fold_wildcards(text: str) -> list[str]:
    """Return the folded words of a text, in which * and ? are kept.

    What stands between two wildcards is folded by itself, and a word ends where it would without them.
    """
    words: list[str] = []
    word = ""
    at = 0
    for match in [*pattern(_WILDCARDS).finditer(text), None]:
        piece = text[at : match.start() if match else len(text)]
        end = 0
        for token in tokenize(piece) if piece else ():
            if token.start > end or end:  # something lies between it and what was before
                words.append(word)
                word = ""
            word += token.surface
            end = token.end
        if piece[end:].strip("\u0640"):
            words.append(word)
            word = ""
        if match:
            word += "*" if match[0] == "*" else "?"
            at = match.end()
    return [word for word in [*words, word] if word.strip("*?")]
