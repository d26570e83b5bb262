"""Is the first suggestion for a misspelt word its correction? ``python benchmarks/quality/suggestions.py``.

Reads the folder that the environment variable SEARCHKIT_DATA names: pairs of ``variants/misspellings.tsv`` that folding
does not unite, and the texts of ``news`` and ``wiki``, of which an index is made in a temporary folder (``--index DIR``
takes one that is there). Pairs are halved by a checksum of the misspelt word. Figures are given of all pairs, of those
whose correction is in the vocabulary, and of those that are spelling: besides, one or two edits apart (or a space), the
correction in more documents than the misspelling. The others by what keeps a speller from them: the misspelling in as
many documents as its correction, or too many edits; each with how many share a root. "At all" is what the best order of
the candidates could reach. The same of pairs whose misspelling no dictionary has (the others are words, so only their
sentence tells that they are wrong), and of all weighted by how often they were counted.

Besides, mistakes made by chance, of one kind each, in words of the headlines of news that are in five documents and
more; what is a word of the texts even so is left out. Two neighbours of a headline without their space are mended as a
search would mend them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from pathlib import Path
from zlib import crc32

import searchkit
from searchkit._core.expand import cost
from searchkit._core.pattern import Pattern
from searchkit.arabic.morphology import read_word
from searchkit.search.respell import respell
from searchkit.search.suggest import document_count, suggest

FIELDS = ("title", "text")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", metavar="DIR")
    parser.add_argument("--misses", action="store_true", help="show what was suggested instead")
    options = parser.parse_args()
    data = Path(os.environ["SEARCHKIT_DATA"])
    if options.index:
        measure(data, options.index, misses=options.misses)
        return
    with tempfile.TemporaryDirectory() as folder:
        with searchkit.create(folder) as writer:
            for name in ("news", "wiki"):
                with gzip.open(data / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
                    for line in lines:
                        document = json.loads(line)
                        writer.add(**{**document, "id": f"{name} {document['id']}"})
        measure(data, folder, misses=options.misses)


def measure(data: Path, folder: str, *, misses: bool) -> None:
    """Print the figures."""
    index = searchkit.open(folder)
    segments = index._searcher.segments  # noqa: SLF001
    rows = [line.split("\t") for line in (data / "variants/misspellings.tsv").read_text("utf-8").splitlines()[1:]]
    folded = [(row[0], searchkit.fold(row[0]), searchkit.fold(row[1]), int(row[2])) for row in rows]
    pairs = [pair for pair in folded if pair[1] != pair[2]]
    counts: dict[tuple[str, str], list[int]] = {}
    for written, wrong, right, times in pairs:
        known = all(document_count(segments, FIELDS, word) for word in right.split())
        rarer = document_count(segments, FIELDS, wrong) < min(
            document_count(segments, FIELDS, word) for word in right.split()
        )
        near = right.replace(" ", "") == wrong or cost(Pattern(wrong, edits=2), right) >= 0
        spelling = known and rarer and near
        every = [one.term for one in index.suggest(written, 1000)]
        found = every[:5]
        half = "first half" if crc32(wrong.encode()) % 2 else "second half"
        kinds = ["all"] + ["in the vocabulary"] * known + ["spelling"] * spelling
        if known and not spelling:
            kind = "as frequent, near" if near else "further, rarer" if rarer else "further, as frequent"
            kinds += [kind] + [kind + ", one root"] * (read_word(wrong)[1] == read_word(right.split()[-1])[1] != "")
        kinds.append("no word" if read_word(wrong)[3] else "a word")
        keys = [(kind, part, 1) for kind in kinds for part in (half, "both")]
        for kind, part, weight in [*keys, ("all, as often as counted", "both", times)]:
            row = counts.setdefault((kind, part), [0, 0, 0, 0])
            row[0] += weight
            row[1] += weight * (found[:1] == [right])
            row[2] += weight * (right in found)
            row[3] += weight * (right in every)
        if misses and found[:1] != [right]:
            print(f"{wrong}\t{right}\t{'spelling' if spelling else ''}\t{', '.join(found)}")
    for (kind, part), (number, *hits) in sorted(counts.items()):
        shares = [f"{one / number:6.1%}" for one in hits]
        print(f"{kind:30} {part:12} {number:4} pairs   first {shares[0]}   among five {shares[1]}   at all {shares[2]}")
    by_chance(data, index)


def by_chance(data: Path, index: searchkit.Index) -> None:
    """Print how many mistakes made by chance are corrected."""
    chance = random.Random(7)
    statistics = index._searcher.snapshot.statistics  # noqa: SLF001
    with open(data / "news/queries.tsv", encoding="utf-8") as lines:
        texts = [searchkit.fold(line.split("\t")[1]).split() for line in lines]

    def count(word: str) -> int:
        return document_count(statistics.segments, FIELDS, word)

    words = sorted({word for text in texts for word in text if len(word) >= 4 and word.isalpha()})
    pool = [word for word in words if not word[0].isascii() and count(word) >= 5]
    for kind, make in MISTAKES.items():
        found = [0, 0]
        tried = 0
        while tried < 400:
            word = chance.choice(pool)
            wrong = make(word, chance)
            if wrong != word and not count(wrong):
                terms = [one.term for one in suggest(statistics.segments, wrong, 5, FIELDS)]
                found[0] += terms[:1] == [word]
                found[1] += word in terms
                tried += 1
        print(f"{kind:30} {tried:4} words   first {found[0] / tried:6.1%}   among five {found[1] / tried:6.1%}")
    neighbours = [
        pair for text in texts for pair in pairwise(text) if min(map(len, pair)) > 2 and "".join(pair).isalpha()
    ]
    tried = right = 0
    for one, other in chance.sample(neighbours, 600):
        if not count(one + other):
            tried += 1
            right += respell(statistics, one + other, one + other, FIELDS).words == [one, other]
    print(f"{'two words without their space':30} {tried:4} pairs   mended {right / tried:6.1%}")


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _long_vowel(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice("اوي") + word[at:]


def _exchanged(groups: Sequence[str], *, all_of_group: bool) -> Callable[[str, random.Random], str]:
    others: dict[str, list[str]] = {}
    for group in groups:
        for one, other in permutations(group, 2) if all_of_group else pairwise(group + group[-2::-1]):
            others.setdefault(one, []).append(other)

    def make(word: str, chance: random.Random) -> str:
        places = [at for at, letter in enumerate(word) if letter in others]
        if not places:
            return word
        at = chance.choice(places)
        return word[:at] + chance.choice(others[word[at]]) + word[at + 1 :]

    return make


MISTAKES = {
    "two letters swapped": _swapped,
    "a letter doubled": _doubled,
    "a letter left out": _left_out,
    "a long vowel too many": _long_vowel,
    "the key beside": _exchanged(("ضصثقفغعهخحجد", "شسيبلاتنمكط"), all_of_group=False),
    "a letter that sounds alike": _exchanged(("ضظ", "ذدز", "تط", "سصث", "قغ", "حه"), all_of_group=True),
}


if __name__ == "__main__":
    main()
