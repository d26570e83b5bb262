"""Which Latin words are plain English, so that nobody means an Arabic name by them?"""

from __future__ import annotations

import os
from functools import cache

_FILE = os.path.join(os.path.dirname(__file__), "data", "english.txt")
_ENDINGS = ("s", "es", "ed", "d", "ing")


def is_english_word(word: str) -> bool:
    """Tell whether a word in small letters is a frequent English one, or a form of one; names are none."""
    known = _words()
    return word in known or any(word.endswith(end) and word[: -len(end)] in known for end in _ENDINGS)


@cache
def _words() -> frozenset[str]:
    with open(_FILE, encoding="utf-8") as lines:
        return frozenset(line[:-1] for line in lines if line[0] != "#")
