"""Text after text to numbered words: each new word is analysed once, after that a token costs a look-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit.analysis.evidence import analyze_word
from searchkit.arabic.folding import new_scanner

if TYPE_CHECKING:
    from array import array

    from searchkit.analysis.evidence import Evidence

_BYTES_PER_TYPE = 256  # of the table, on average; words of real text take about 64


class TextAnalyzer:
    """Text to numbered types with spans and positions, every new type analysed once at all levels.

    ``types``, ``starts`` and ``ends`` are uint32 arrays with one entry per token of the last text; what lies beyond
    the number of tokens means nothing. The position of a token is its index. The arrays and the numbers of types are
    good until the next call of ``analyze``: it may forget all types first, so that a stream of endless new words
    (base64, the noise of scanned pages) does not fill the memory. One analyzer per thread.
    """

    def __init__(self, max_types: int = 1 << 20) -> None:
        """Make an analyzer that has seen nothing.

        Args:
            max_types: with more types, or as many of 256 bytes each, the table is emptied before the next text; what
                one text brings is always held. A type takes about 0.5 kB, so the default stays near 0.5 GB.
        """
        if max_types < 0:
            raise ValueError(f"max_types must be >= 0, got {max_types}")
        self._max_types = max_types
        self._scanner = new_scanner()
        self._evidence: list[Evidence] = []
        self._allot(0)

    @property
    def num_types(self) -> int:
        """How many types the table holds; they are numbered from 0."""
        return len(self._evidence)

    def analyze(self, text: str) -> int:
        """Analyse a text and return the number of its tokens; ``text[starts[i]:ends[i]]`` is token ``i``."""
        scanner, evidence = self._scanner, self._evidence
        if len(evidence) > self._max_types or scanner.size() > self._max_types * _BYTES_PER_TYPE:
            scanner.clear()
            evidence.clear()
        if len(text) > len(self.types):
            self._allot(len(text) + len(text) // 4)
        count = scanner.scan(text, self.types, self.starts, self.ends)
        for type_id in range(len(evidence), scanner.num_types):
            evidence.append(analyze_word(scanner.word(type_id)))
        return count

    def word(self, type_id: int) -> str:
        """Return the folded word with this number."""
        return self._scanner.word(type_id)

    def evidence(self, type_id: int) -> Evidence:
        """Return what the word with this number is evidence of."""
        return self._evidence[type_id]

    def _allot(self, size: int) -> None:
        self.types: array[int] = uint32s(size)
        self.starts: array[int] = uint32s(size)
        self.ends: array[int] = uint32s(size)
