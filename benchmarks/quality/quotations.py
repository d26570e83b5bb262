"""Sentences of the corpora with words changed, left out, added and misspelt: is their place found, and how fast?

python benchmarks/quality/quotations.py [NUMBER OF SENTENCES]

Needs SEARCHKIT_DATA. A document is right if the sentence was taken from it or stands in it word by word, too; a place
is right if it shares four fifths of its words with the sentence's.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import sys
import tempfile
from itertools import pairwise
from statistics import mean, median
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit import Index, create, fold, tokenize
from searchkit.search.marking import reader
from searchkit.search.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 8, 25
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class Sample(NamedTuple):
    """A sentence of a document."""

    id: str
    words: list[str]  # as written
    start: int
    end: int


def main() -> int:
    data = os.environ.get("SEARCHKIT_DATA")
    if not data:
        print("quotations: needs SEARCHKIT_DATA", file=sys.stderr)
        return 2
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("news", "wiki"):
            corpus = os.path.join(data, name, "corpus.jsonl.gz")
            with create(os.path.join(folder, name)) as writer:
                for document in documents(corpus):
                    writer.add(**document)
            index = Index(os.path.join(folder, name))
            chance = random.Random(1)
            samples = sentences(list(documents(corpus)), size, chance)
            vocabulary = [word for sample in samples for word in sample.words]
            report(f"{name}, as they are", index, samples, [" ".join(sample.words) for sample in samples])
            for share in (0.1, 0.2):
                quotes = [" ".join(changed(sample.words, share, vocabulary, chance)) for sample in samples]
                report(f"{name}, {share:.0%} changed", index, samples, quotes)
            quotes = [misspelt(index, sample.words, chance) for sample in samples]
            report(f"{name}, rarest word misspelt", index, samples, quotes)
            report_long(f"{name}, 300 words, 10% changed", index, list(documents(corpus)), vocabulary, chance)
    return 0


def documents(corpus: str) -> Iterator[dict[str, Any]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sentences(every: Sequence[dict[str, Any]], size: int, chance: random.Random) -> list[Sample]:
    """Return random sentences, one of each document drawn."""
    found: list[Sample] = []
    while len(found) < size:
        document = every[chance.randrange(len(every))]
        text = document["text"]
        with reader() as read:
            words = read.read(text, learn=False)
            ends = [-1, *(at for at in range(words.size) if ends_sentence(text, words, at))]
            spans = [(first + 1, last) for first, last in pairwise(ends) if SHORTEST <= last - first <= LONGEST]
            if spans:
                first, last = chance.choice(spans)
                written = [text[words.starts[at] : words.ends[at]] for at in range(first, last + 1)]
                found.append(Sample(document["id"], written, words.starts[first], words.ends[last]))
    return found


def changed(words: Sequence[str], share: float, others: Sequence[str], chance: random.Random) -> list[str]:
    """Return a sentence without vowels, a share of its words changed, left out, misspelt or followed by another."""
    result = [bare(word) for word in words]
    for at in sorted(chance.sample(range(len(result)), max(1, round(share * len(result)))), reverse=True):
        way = chance.randrange(4)
        if way == 0:
            del result[at]
        elif way == 1:
            result[at] = bare(chance.choice(others))
        elif way == 2:
            result.insert(at, bare(chance.choice(others)))
        else:
            result[at] = typo(result[at], chance)
    return result


def misspelt(index: Index, words: Sequence[str], chance: random.Random) -> str:
    counts = {word: dict(index.complete(fold(word), 50)).get(fold(word), 0) for word in words}
    rarest = min(words, key=counts.__getitem__)
    return " ".join(typo(word, chance) if word == rarest else word for word in words)


def typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


def bare(word: str) -> str:
    return "".join(letter for letter in word if not "\u064b" <= letter <= "\u0652")


def report(name: str, index: Index, samples: Sequence[Sample], quotes: Sequence[str]) -> None:
    times: list[float] = []
    documents_right = places_right = 0
    for sample, quote in zip(samples, quotes, strict=True):
        start = perf_counter()
        found = index.find_quote(quote, 3)
        times.append(1000 * (perf_counter() - start))
        if not found:
            continue
        first = found[0]
        text = first.fields[first.field]
        own = first.id == sample.id
        shown = [token.surface for token in tokenize(text[first.start : first.end])]
        wanted = [token.surface for token in tokenize(" ".join(sample.words))]
        same = sum(word in shown for word in wanted) / max(len(wanted), len(shown))
        without_vowels = [token.surface for token in tokenize(bare(" ".join(sample.words)))]
        is_copy = " ".join(without_vowels) in " ".join(token.surface for token in tokenize(bare(text)))
        documents_right += own or is_copy
        places_right += (own or is_copy) and same >= 0.8
    n = len(samples)
    print(
        f"{name:28} document {documents_right / n:6.1%}  place {places_right / n:6.1%}  ms: mean {mean(times):5.1f} "
        f"median {median(times):5.1f}  p95 {sorted(times)[int(0.95 * n)]:6.1f}  of {n}"
    )


def report_long(
    name: str, index: Index, every: Sequence[dict[str, Any]], others: Sequence[str], chance: random.Random
) -> None:
    samples: list[Sample] = []
    while len(samples) < 50:
        document = every[chance.randrange(len(every))]
        tokens = tokenize(document["text"])
        if len(tokens) > 320:
            first = chance.randrange(len(tokens) - 300)
            part = tokens[first : first + 300]
            words = [document["text"][token.start : token.end] for token in part]
            samples.append(Sample(document["id"], words, part[0].start, part[-1].end))
    report(name, index, samples, [" ".join(changed(sample.words, 0.1, others, chance)) for sample in samples])


if __name__ == "__main__":
    sys.exit(main())
