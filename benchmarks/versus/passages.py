"""Short passages cut from long texts, and queries drawn from them: the same for every engine and every run.

    python -m benchmarks.versus.passages news/corpus.jsonl.gz wiki/corpus.jsonl.gz --count 300000 > passages.jsonl

A passage is some sixty words as searchkit folds them, of Arabic or Latin letters and digits only, with one space
between them, so that every engine can be told to cut it at the spaces and all of them hold the same words. When the
texts are used up they begin again, each time with another quarter of the longer words made different by a letter at the
end, so that there are ever more words, as in other texts there would be.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from array import array
from itertools import chain, count, islice
from typing import TYPE_CHECKING
from zlib import crc32

from benchmarks.versus.documents import Document, read_documents
from searchkit import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NUM_QUERIES = 200
_SIZE = 60  # words of a passage
_LEAST = 20  # words that the end of a text needs to be a passage
_ALTERED = 4  # one word of so many is altered each time
_SUFFIXES = "بتجحدرسشصطعغفقكلمن"
_SEED = 7
_WORD = re.compile(r"[a-z0-9\u0621-\u064a]+")
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"  # those that folding leaves alone
_LONG = 4  # letters of a word that is likely to mean something


def passages(paths: Sequence[str]) -> Iterator[str]:
    """Yield passages without end."""
    for number in count():
        altered: dict[str, str] = {}
        for path in paths:
            for document in read_documents(path):
                words = [word for word in fold(f"{document[1]} {document[2]}").split() if _WORD.fullmatch(word)]
                if number:
                    words = [altered.get(word) or _alter(word, number, altered) for word in words]
                for first in range(0, len(words), _SIZE):
                    if len(words) - first >= _LEAST:
                        yield " ".join(words[first : first + _SIZE])


def _alter(word: str, number: int, altered: dict[str, str]) -> str:
    """Return the word as it is or with a letter more, and keep that."""
    hashed = crc32(f"{number} {word}".encode())
    alike = len(word) < _LONG or word[-1] not in _LETTERS or hashed % _ALTERED
    other = word if alike else word + _SUFFIXES[hashed // _ALTERED % len(_SUFFIXES)]
    altered[word] = other
    return other


def as_documents(texts: Iterable[str], first: int = 0) -> Iterator[Document]:
    """Yield documents whose ids are numbers."""
    return ((str(number), "", text) for number, text in enumerate(texts, first))


def draw(texts: Sequence[str], number: int = NUM_QUERIES) -> dict[str, list[str]]:
    """Return queries of each kind; the words stand in the texts, but for those of ``fuzzy``, which have an error."""
    source = random.Random(_SEED)
    found: dict[str, dict[str, None]] = {kind: {} for kind in ("any", "all", "phrase", "prefix", "fuzzy")}
    while any(len(queries) < number for queries in found.values()):
        words = source.choice(texts).split()
        long = list(dict.fromkeys(word for word in words if len(word) >= _LONG))
        if len(long) < _LONG:
            continue
        first = source.randrange(len(words) - 2)
        drawn = {
            "any": " ".join(source.sample(long, 4)),
            "all": " ".join(source.sample(long, 2)),
            "phrase": " ".join(words[first : first + 3]),
            "prefix": source.choice(long)[: source.randrange(3, 6)],
            "fuzzy": _misspell(max(source.sample(long, 2), key=len), source),
        }
        for kind, query in drawn.items():
            found[kind][query] = None
    return {kind: list(islice(queries, number)) for kind, queries in found.items()}


def _misspell(word: str, source: random.Random) -> str:
    at = source.randrange(1, len(word))
    letter = source.choice(_LETTERS)
    return source.choice(
        (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
    )


def count_matches(texts: Sequence[str], queries: dict[str, list[str]]) -> dict[str, list[int]]:
    """Return how many texts match each query, found by looking at every text."""
    readers: dict[str, list[tuple[str, int, int]]] = {}
    vocabulary = set(chain.from_iterable(map(str.split, texts)))
    for kind, asked in queries.items():
        for number, slots in enumerate(_slots(kind, asked, vocabulary)):
            for slot, words in enumerate(slots):
                for word in words:
                    readers.setdefault(word, []).append((kind, number, slot))
    places: dict[tuple[str, int, int], array[int]] = {}
    for place, text in enumerate(texts):
        for word in readers.keys() & text.split():
            for reader in readers[word]:
                places.setdefault(reader, array("I")).append(place)
    counts: dict[str, list[int]] = {}
    for kind, asked in queries.items():
        counts[kind] = []
        for number, query in enumerate(asked):
            num_slots = len(query.split()) if kind in _SLOT_PER_WORD else 1
            together = set(places.get((kind, number, 0), ()))
            for slot in range(1, num_slots):
                together.intersection_update(places.get((kind, number, slot), ()))
            if kind == "phrase":
                together = {place for place in together if f" {query} " in f" {texts[place]} "}
            counts[kind].append(len(together))
    return counts


_SLOT_PER_WORD = ("all", "phrase")


def _slots(kind: str, asked: list[str], vocabulary: set[str]) -> Iterator[Sequence[Iterable[str]]]:
    """Yield for each query the words that do for each of its places."""
    if kind == "prefix":
        beginnings: dict[str, list[str]] = {query: [] for query in asked}
        for word in vocabulary:
            for end in range(len(word) + 1):
                if word[:end] in beginnings:
                    beginnings[word[:end]].append(word)
        yield from ([beginnings[query]] for query in asked)
    elif kind == "fuzzy":
        letters = set(chain.from_iterable(vocabulary))
        yield from ([_neighbours(query, letters) & vocabulary] for query in asked)
    else:
        yield from (
            [[word] for word in query.split()] if kind in _SLOT_PER_WORD else [query.split()] for query in asked
        )


def _neighbours(word: str, letters: set[str]) -> set[str]:
    """Return what one letter more, less or other, or two changed about, makes of a word, and the word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {word}
    found.update(left + right[1:] for left, right in cuts)
    found.update(left + right[1::-1] + right[2:] for left, right in cuts if len(right) > 1)
    for letter in letters:
        found.update(left + letter + right for left, right in cuts)
        found.update(left + letter + right[1:] for left, right in cuts if right)
    return found


def main() -> None:
    """Write passages as JSON lines."""
    parser = argparse.ArgumentParser(description="Cut texts into passages.")
    parser.add_argument("corpora", nargs="+", help="JSON lines with title and text, .gz or plain")
    parser.add_argument("--count", type=int, default=300_000, help="of passages (default: %(default)s)")
    options = parser.parse_args()
    for key, title, text in as_documents(islice(passages(options.corpora), options.count)):
        sys.stdout.write(json.dumps({"id": key, "title": title, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
