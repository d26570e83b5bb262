"""Given words in the text of a document, without the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.match import pick
from searchkit.analysis.token import Token
from searchkit.arabic.folding import new_scanner

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_SIZE = 1 << 23  # bytes of the words met; then they are forgotten


class WordFinder:
    """Finds folded words in text after text; used by one thread."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        self._scanner = new_scanner()
        self._begin()
        self._types = self._starts = self._ends = self._places = uint32s(0)

    def _begin(self) -> None:
        self._scanner.clear()
        for word in self._words:
            self._scanner.number(word)

    def find(self, text: str) -> list[Token]:
        """Return where the words stand in a text, in order."""
        if self._scanner.size() > _MAX_SIZE:
            self._begin()
        if len(text) > len(self._types):
            room = len(text) + len(text) // 4
            self._types, self._starts, self._ends = uint32s(room), uint32s(room), uint32s(room)
            self._places = uint32s(room)
        size = self._scanner.scan(text, self._types, self._starts, self._ends)
        count = pick(self._types, size, len(self._words), self._places)
        return [
            Token(self._words[self._types[at]], self._starts[at], self._ends[at], at) for at in self._places[:count]
        ]
