"""Looking words up and expanding them, in an index that is there: ``python benchmarks/expansion.py INDEX``.

For a sample of the words of its texts: the time of each kind of look-up over one segment, the best of three calls, as
median and 99th percentile over the words. Completions go through the whole index, one letter and three.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

import searchkit
from searchkit._core.expand import Walk
from searchkit._core.pattern import Pattern
from searchkit.config import MAX_EXPANSIONS
from searchkit.segment import SegmentReader

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def main(folder: str) -> None:
    index = searchkit.open(folder)
    segment = max(index._searcher.segments, key=lambda one: one.fields["text"].num_terms)  # noqa: SLF001
    dictionary = segment.dictionary("text")
    assert dictionary is not None
    words = sample(segment, 400)
    print(f"{dictionary.num_terms} terms in the texts of the largest segment; {len(words)} words; microseconds")
    row("look-up", words, lambda word: dictionary.find(word.encode()))
    row("... of a word that is not there", words, lambda word: dictionary.find(word.encode() + b"\x01"))

    def walk(pattern: Pattern) -> int:
        matches = Walk(dictionary, pattern, MAX_EXPANSIONS)
        matches.run()
        return matches.total

    wildcard: Callable[[str], int] = lambda text: walk(Pattern(text, wildcards=True))  # noqa: E731
    row("first three letters *", words, lambda word: wildcard(word[:3] + "*"))
    row("the word *", words, lambda word: wildcard(word + "*"))
    row("two letters * two letters", words, lambda word: wildcard(word[:2] + "*" + word[-2:]))
    row("one letter * two letters", words, lambda word: wildcard(word[:1] + "*" + word[-2:]))
    row("second letter ?", words, lambda word: wildcard(word[:1] + "?" + word[2:]))
    row("* last three letters", words[:50], lambda word: wildcard("*" + word[-3:]))
    row("word~1", words, lambda word: walk(Pattern(word, edits=1)))
    row("word~2", words[:100], lambda word: walk(Pattern(word, edits=2)))
    row("complete one letter", LETTERS, index.complete)
    row("complete three letters", [word[:3] for word in words], index.complete)
    row("suggest, last letter doubled", [word + word[-1] for word in words[:100]], index.suggest)


def sample(segment: SegmentReader, number: int) -> list[str]:
    """Words of 4 to 10 letters in at least three documents."""
    words = [at.term.decode() for at in segment.terms("text") if at.df >= 3]
    words = [word for word in words if word.isalpha() and 4 <= len(word) <= 10]
    return random.Random(1).sample(words, min(number, len(words)))


def row(name: str, words: Iterable[str], call: Callable[[str], Any]) -> None:
    times = []
    for word in words:
        best = 1e9
        for _ in range(3):
            started = perf_counter()
            call(word)
            best = min(best, perf_counter() - started)
        times.append(1e6 * best)
    times.sort()
    print(f"{name:32}{times[len(times) // 2]:10.1f}{times[int(0.99 * len(times))]:10.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
