"""What the engine processes share: they read the texts, then answer one line of JSON to each line they are given.

``pass`` runs over all texts once; ``expect`` counts the tokens by a slower way of its own; the end of input ends.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from benchmarks.versus.child import say


def serve(version: str, run: Callable[[list[str]], int], expect: Callable[[list[str]], int]) -> None:
    """Answer until the input ends. ``sys.argv`` names the file of texts and how many of them to take.

    Args:
        version: of what is measured.
        run: analyses the texts and returns the number of tokens.
        expect: returns the same number, counted in another way.
    """
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        texts = file.read().split("\0")[: int(sys.argv[2])]
    say(version=version, chars=sum(map(len, texts)), bytes=sum(len(text.encode()) for text in texts))
    for line in sys.stdin:
        if line.strip() == "expect":
            say(tokens=expect(texts))
            continue
        start = time.perf_counter()
        tokens = run(texts)
        say(seconds=time.perf_counter() - start, tokens=tokens)


def count_runs(text: str, *, inside: Callable[[str], bool]) -> int:
    """Return how many runs of such characters there are, one character after the other."""
    count = 0
    before = False
    for char in text:
        now = inside(char)
        count += now and not before
        before = now
    return count


def is_word_char(char: str) -> bool:
    r"""Tell what ``\w`` matches in a string."""
    return char.isalnum() or char == "_"
