"""Signs and words that mean something in a query."""

import re
from functools import lru_cache

OPERATORS = {
    "AND": "and", "&&": "and", "و": "and", "OR": "or", "||": "or", "أو": "or", "او": "or", "NOT": "not", "ليس": "not",
    "NEAR": "near",
}  # fmt: skip
"""Words that may be operators."""

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Characters that nobody sees or types on purpose, and that come with what is pasted."""

QUOTES = {'"': '"', "«": '»"', "“": '”"', "„": '“”"', "”": '“”"'}
"""What opens a phrase, and all that may close it."""


@lru_cache(maxsize=64)
def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of ``re`` that few queries need: to compile all before the first query takes a millisecond."""
    return re.compile(text)
