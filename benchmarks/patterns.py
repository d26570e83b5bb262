"""Corrections, completions, searches with patterns in an index that is there: ``python benchmarks/patterns.py INDEX``.

Milliseconds of the first call for each word of a sample, as median, 99th percentile and longest. Searches are whole:
query to ids, ranking included. With ``--processor`` it is the time that the thread ran, which other work on the machine
changes less. ``benchmarks/expansion.py`` measures the walks over the dictionary alone.
"""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Iterable
from time import perf_counter, thread_time
from typing import Any

import searchkit

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
clock = thread_time if "--processor" in sys.argv else perf_counter
LATIN = "lavrov astana washington shakespeare qaddafi 7abibi mohammed dostoyevsky souria internationalization".split()  # noqa: SIM905


def main(folder: str) -> None:
    """Measure."""
    index = searchkit.open(folder)
    words = sample(index, 400)
    wrong = [misspell(word) for word in words]
    for word in wrong[:40]:  # pages that are read for the first time are verified
        index.suggest(word)
        index.complete(word[:2])
    gc.collect()
    gc.freeze()  # what was made so far, by the sample above all, is not the engine's to look through
    row("suggest", wrong[40:], index.suggest)
    row("suggest, Latin letters", LATIN, index.suggest)
    for size in (1, 2, 3, 4):
        row(f"complete {size}", dict.fromkeys(word[:size] for word in words), index.complete)

    def search(query: str) -> list[str]:
        return index.search(query).ids

    row("search, misspelt", wrong[40:], search)
    for size in (3, 4, 5):
        row(f"search, first {size} *", [word[:size] + "*" for word in words[:200]], search)
    row("search, two * two", [f"{word[:2]}*{word[-2:]}" for word in words[:100]], search)
    row("search, one letter ?", [f"{word[:2]}؟{word[3:]}" for word in words[:100]], search)
    row("search, * last three", ["*" + word[-3:] for word in words[:40]], search)
    row("search, ~1", [word + "~1" for word in words[:100]], search)
    row("search, ~2", [word + "~2" for word in words[:100]], search)
    twenty = [f"{word[:4]}*" for word in words[:7]]
    twenty += [f"{word[:2]}*{word[-2:]}" for word in words[7:10]] + [f"{word[:2]}؟{word[3:]}" for word in words[10:14]]
    row("search, twenty of all", twenty + [word + "~1" for word in words[14:20]], search)


def sample(index: searchkit.Index, number: int) -> list[str]:
    """Words of 4 to 10 letters in at least three documents of a segment."""
    found = {at.term.decode() for one in index._searcher.segments for at in one.terms("text") if at.df >= 3}  # noqa: SLF001
    words = sorted(word for word in found if 4 <= len(word) <= 10 and set(word) <= set(LETTERS))
    return random.Random(1).sample(words, min(number, len(words)))


def misspell(word: str) -> str:
    """Leave a letter out, double one, swap two or put another in."""
    choice = random.Random(word)
    at = choice.randrange(1, len(word) - 1)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + choice.choice(LETTERS) + word[at + 1 :],
    )
    return choice.choice(ways)


def row(name: str, words: Iterable[str], call: Callable[[str], Any]) -> None:
    """Print the times of a call."""
    times: list[float] = []
    for word in words:
        started = clock()
        call(word)
        times.append(1000 * (clock() - started))
    times.sort()
    middle, most = times[len(times) // 2], times[int(0.99 * len(times))]
    print(f"{name:26}{len(times):5}{middle:9.2f}{most:9.2f}{times[-1]:9.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
