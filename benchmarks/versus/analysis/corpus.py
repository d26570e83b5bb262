"""The texts that every engine analyses: a file of JSON lines, or words made up from a seed."""

from __future__ import annotations

import gzip
import json
import random
from itertools import accumulate

GENERATED_TOKENS = 1_000_000
_SEED = 20
_TEXT_TOKENS = 300
_TYPES = 60_000
_ROOTS = (
    "كتب درس علم عمل حكم سلم خرج دخل شرك نظر جمع طلب ضرب فتح قتل حرب صنع زرع رسل سفر حمل عرض بحث قرر وزر قول سير دعو"
)
_PATTERNS = (
    "012",
    "0ا12",
    "م012",
    "01ا2",
    "01و2",
    "01ي2",
    "ت01ي2",
    "ا01ا2",
    "مست012",
    "ا0ت1ا2",
    "م0ا12ة",
    "012ة",
    "ان0ا12",
)
_PREFIXES = ("", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "لل", "ل", "ف", "ي", "ت", "سي")
_SUFFIXES = ("", "", "", "", "ة", "ات", "ون", "ين", "ان", "ها", "ه", "هم", "ي", "ية", "نا", "وا", "اً")
_NAMES = "بترشسفكلمنوي"
_LATIN = ("Reuters", "BBC", "https://example.org/news/2015", "G20", "Wi-Fi", "#سوريا_الآن", "user@example.org")
_MARKS = "ًٌٍَُِّْ"
_ENDS = ("، ", ". ", ": ", "؛ ", "؟ ", " «", "» ", " (", ") ", "\n", " - ", "... ")


def read_texts(path: str, limit: int | None) -> list[str]:
    """Return title and text of each document of a JSON-lines file, ``.gz`` or plain."""
    texts: list[str] = []
    open_text = gzip.open if path.endswith(".gz") else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if limit is not None and len(texts) == limit:
                break
            document = json.loads(line)
            parts = [document.get(name) or "" for name in ("title", "text")]
            texts.append("\n".join(filter(None, parts)).replace("\0", " ").encode("utf-8", "replace").decode())
    return texts


def generate_texts(num_tokens: int = GENERATED_TOKENS) -> list[str]:
    """Return texts like Arabic news as far as speed goes: word lengths, Zipf's law, some marks, digits and Latin."""
    source = random.Random(_SEED)
    words = _make_words(source)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    texts: list[str] = []
    for first in range(0, num_tokens, _TEXT_TOKENS):
        chosen = source.choices(words, cum_weights=weights, k=min(_TEXT_TOKENS, num_tokens - first))
        texts.append("".join([_write(word, source) for word in chosen]))
    return texts


def _make_words(source: random.Random) -> list[str]:
    words: dict[str, None] = {}
    roots = _ROOTS.split()
    while len(words) < _TYPES:
        if source.random() < 0.3:
            stem = "".join(source.choices(_NAMES, k=source.randrange(3, 8)))
        else:
            root = source.choice(roots) if source.random() < 0.7 else "".join(source.sample("بتجحدرسشصطعغفقكلمنه", 3))
            stem = "".join([root[int(c)] if c.isdigit() else c for c in source.choice(_PATTERNS)])
        words[source.choice(_PREFIXES) + stem + source.choice(_SUFFIXES)] = None
    return list(words)


def _write(word: str, source: random.Random) -> str:
    """Return the word as it may stand in a text, with what follows it."""
    dice = source.random()
    if dice < 0.02:
        word = "".join([letter + source.choice(_MARKS) for letter in word])
    elif dice < 0.04:
        word = str(source.choice((source.randrange(1, 3000), source.randrange(1, 999) / 10, "1,250,000", "30.11.2024")))
    elif dice < 0.05:
        word = source.choice(_LATIN)
    elif dice < 0.07:
        word = word[:2] + source.choice(_MARKS) + word[2:]
    return word + (source.choice(_ENDS) if source.random() < 0.1 else " ")
