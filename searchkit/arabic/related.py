"""Which words say the same in another part of speech? A country and its adjective, a verb and its verbal noun.

They stand in data/related.txt, made by ``compile.related``: a lemma, a tab, and the lemmas related to it, both folded;
the lines are sorted, so a word is found by halves.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from functools import cache

_FILE = os.path.join(os.path.dirname(__file__), "data", "related.txt")


def related_lemmas(lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lemmas that are related to any of a word's, those left out; in no order that means anything."""
    found: dict[str, None] = {}
    for lemma in lemmas:
        found.update(dict.fromkeys(_find(lemma)))
    return tuple(other for other in found if other not in lemmas)


def _find(lemma: str) -> list[str]:
    lines, key = _lines(), lemma.encode("utf-8", "surrogatepass") + b"\t"
    at = bisect_left(lines, key)
    return lines[at][len(key) :].decode().split() if at < len(lines) and lines[at].startswith(key) else []


@cache
def _lines() -> list[bytes]:
    with open(_FILE, "rb") as file:
        return file.read().splitlines()
