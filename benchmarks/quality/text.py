"""What reading the stored text of the best documents does: copies among the first hits, words with vowels, time.

python benchmarks/quality/text.py

Needs SEARCHKIT_DATA.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import sys
import tempfile
from collections import defaultdict
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from searchkit import Index, create, tokenize
from searchkit.arabic.spelling import agreement
from searchkit.ranking import Model
from searchkit.search.copies import THRESHOLD, CopyFinder, are_copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FATHA = "\u064e"


def main() -> int:
    data = os.environ.get("SEARCHKIT_DATA")
    if not data:
        print("text: needs SEARCHKIT_DATA", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        build(os.path.join(data, "news", "corpus.jsonl.gz"), os.path.join(folder, "news"))
        with open(os.path.join(data, "news", "queries.tsv"), encoding="utf-8") as lines:
            queries = [line.rstrip("\n").split("\t")[1] for line in lines]
        index = Index(os.path.join(folder, "news"))
        report_copies(index, queries)
        report_time(index, queries[:600])
        corpus = os.path.join(data, "vocalised", "corpus.jsonl.gz")
        build(corpus, os.path.join(folder, "vocalised"))
        report_vowels(corpus, os.path.join(folder, "vocalised"))
    return 0


def documents(corpus: str) -> Iterator[dict[str, Any]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def build(corpus: str, directory: str) -> None:
    with create(directory) as writer:
        for document in documents(corpus):
            writer.add(**document)


def report_copies(index: Index, queries: Sequence[str]) -> None:
    shown = copies = touched = 0
    for query in queries:
        finder = CopyFinder()
        kept: list[frozenset[tuple[int, int, int, int]]] = []
        hits = index.search(query, plain=True)
        for hit in hits:
            runs = finder.runs(hit.fields)
            if not any(are_copies(other, runs) for other in kept):
                kept.append(runs)
        shown += len(hits)
        copies += len(hits) - len(kept)
        touched += len(kept) < len(hits)
    print(f"copies (threshold {THRESHOLD}) among the first ten hits: {copies / shown:.1%} of {shown}")
    print(f"queries with a copy among them: {touched / len(queries):.1%} of {len(queries)}")


def report_time(index: Index, queries: Sequence[str]) -> None:
    voweled = [query[:1] + FATHA + query[1:] for query in queries]
    ways: dict[str, tuple[Sequence[str], dict[str, Any]]] = {
        "plain": (queries, {}),
        "copies left out": (queries, {"collapse": True}),
        "hamza as typed": (queries, {"fold": {"hamza": False}}),
        "a word with a vowel": (voweled, {}),
    }
    for name, (texts, options) in ways.items():
        times: list[float] = []
        for text in texts:
            start = perf_counter()
            index.search(text, plain=True, **options)
            times.append(perf_counter() - start)
        print(f"{name:20} median {1000 * median(times):.2f} ms")


def report_vowels(corpus: str, directory: str) -> None:
    """Ask for words that the texts have with different vowels: how often has the first hit those that were typed?"""
    forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for document in documents(corpus):
        for token in tokenize(document["text"]):
            forms[token.surface][document["text"][token.start : token.end]].add(document["id"])
    words = [
        (surface, [form for form in sorted(found) if len(found[form]) >= 3])
        for surface, found in sorted(forms.items())
        if len(surface) > 2
    ]
    queries = [
        (surface, pair)
        for surface, found in words
        for pair in [(one, other) for one in found for other in found if agreement(one, other) < 0][:1]
    ]
    random.Random(1).shuffle(queries)
    for name, model in (("without", Model(vowels=0.0)), ("with", Model())):
        index = Index(directory, model)
        right = total = 0
        for surface, pair in queries[:300]:
            for form in pair:
                hit = index.search(form, plain=True, level="surface", limit=1)[0]
                text = hit.fields["text"]
                written = [text[token.start : token.end] for token in tokenize(text) if token.surface == surface]
                right += any(agreement(form, other) == 1 for other in written)
                total += 1
        print(f"first hits with the vowels that were typed, {name} the bonus: {right / total:.1%} of {total}")


if __name__ == "__main__":
    sys.exit(main())
