"""Copies: texts that tell the same story in nearly the same words, as agencies' reports in many papers.

A text is the set of its runs of four folded words. One is a copy of another if nearly all runs of the shorter are in
the longer, and that is not many times as long (containment: Broder, On the resemblance and containment of documents,
SEQUENCES 1997). The sets are compared as they are: for the few best documents that takes less than to sample them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit._core.buffers import uint32s
from searchkit.arabic.folding import new_scanner
from searchkit.search.texts import field_text

if TYPE_CHECKING:
    from collections.abc import Mapping

THRESHOLD = 0.6
"""Share of the runs of the shorter text that must be in the longer."""

LONGEST = 3
"""How many times as many runs the longer text may have."""

_FEW = 8  # runs that must be shared at least, or all: a formula is no story

_MAX_TEXT = 20_000  # code points looked at

Runs = frozenset[tuple[int, int, int, int]]

NO_RUNS: Runs = frozenset()


class CopyFinder:
    """Compares documents; used by one search."""

    def __init__(self) -> None:
        self._scanner = new_scanner()

    def runs(self, document: Mapping[str, Any]) -> Runs:
        """Return the runs of words of a document's text, of its title if it has no text."""
        text = (field_text(document, "text") or field_text(document, "title"))[:_MAX_TEXT]
        types, spans = uint32s(len(text) + 3), uint32s(len(text))
        size = self._scanner.scan(text, types, spans, spans)
        words = types[: max(size, 4) if size else 0]  # a text of fewer words is one run
        return frozenset(zip(words, words[1:], words[2:], words[3:], strict=False))


def are_copies(one: Runs, other: Runs) -> bool:
    """Tell whether one of two texts is a copy of the other."""
    shorter, longer = sorted((len(one), len(other)))
    if not shorter or longer > LONGEST * shorter:
        return False
    return len(one & other) >= max(THRESHOLD * shorter, min(_FEW, shorter))
