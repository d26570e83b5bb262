"""Name keys: how many spellings of one name meet, how many different words meet by chance, what a key costs.

python benchmarks/quality/names.py [--dictionary arabicdictionary.sqlite]

Needs SEARCHKIT_DATA. The dictionary is the one of ``arramooz-pysqlite``; without the option it is looked for
where that package is installed. Words of the corpus count as unknown when the dictionary has them neither as
they stand nor without common affixes: rougher than searchkit's lexicon, so the figures do not move with it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import os
import platform
import random
import re
import sqlite3
import sys
import timeit
import zlib
from collections import Counter, defaultdict

from searchkit.arabic.folding import fold
from searchkit.arabic.names import is_country, name_key

WORD = re.compile("[\u0621-\u064a]+")
PREFIXES = "و ف ب ل ك ال وال بال فال كال لل ول وب س ي ت ن ا سي ست"
SUFFIXES = "ه ها هم ي يه ا ين ون ان ات ت نا و وا ك تها ته اتها"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dictionary", default=installed_dictionary())
    dictionary = parser.parse_args().dictionary
    data = os.environ.get("SEARCHKIT_DATA")
    if not data or not dictionary:
        print("names: needs SEARCHKIT_DATA and the dictionary of arramooz-pysqlite", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}")
    pairs = read_pairs(os.path.join(data, "variants", "names.tsv"))
    report_pairs(pairs)
    report_countries(os.path.join(data, "variants", "countries.tsv"))
    nouns, forms = read_dictionary(dictionary)
    report_chance("dictionary nouns, length ± 1", nouns, band=1)
    report_sample(nouns)
    counts = count_words(os.path.join(data, "news", "corpus.jsonl.gz"))
    unknown = [word for word, count in counts.most_common() if count >= 20 and not known(word, forms)]
    report_chance("unknown corpus words, 20 times or more", unknown, band=99)
    report_different_names(pairs)
    report_speed(unknown)
    return 0


def installed_dictionary() -> str | None:
    spec = importlib.util.find_spec("arramooz")
    folders = spec.submodule_search_locations if spec else None
    return os.path.join(folders[0], "data", "arabicdictionary.sqlite") if folders else None


def read_pairs(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    for pair in pairs:
        pair["a"], pair["b"] = fold(pair["arabic_a"]), fold(pair["arabic_b"])
    return pairs


def meet(a: str, b: str) -> bool:
    return name_key(a) == name_key(b) != ""


def report_pairs(pairs: list[dict[str, str]]) -> None:
    for least in (3, 0):
        attested = [pair for pair in pairs if min(int(pair["freq_a"]), int(pair["freq_b"])) >= least]
        for half in (0, 1):
            of_half = [pair for pair in attested if zlib.crc32(pair["english"].encode()) & 1 == half]
            met = sum(meet(pair["a"], pair["b"]) for pair in of_half)
            print(f"both >= {least} times, half {half}: {met} of {len(of_half)}, {met / len(of_half):.1%}")
        for kind, total in Counter(pair["class"] for pair in attested).most_common(6):
            met = sum(meet(pair["a"], pair["b"]) for pair in attested if pair["class"] == kind)
            print(f"    {kind}: {met} of {total}")


def report_countries(path: str) -> None:
    total = met = named = words = 0
    with open(path, encoding="utf-8") as file:
        next(file)
        for row in file:
            names = [
                re.sub(r" \((?:cldr|mledoze|umpirsky)[^)]*\)$", "", name.strip())
                for name in row.split("\t")[1].split(" | ")
            ]
            single = [fold(name.removeprefix("ال")) for name in names if " " not in name]
            words += len(single)
            named += sum(map(is_country, single))
            for i, first in enumerate(single):
                for second in single[:i]:
                    total += 1
                    met += meet(first, second)
                    if not meet(first, second):
                        print(f"    apart: {first} {second}")
    print(f"countries: {met} of {total} pairs of one-word names meet; {named} of {words} names are known")


def read_dictionary(path: str) -> tuple[list[str], set[str]]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        rows = base.execute("select unvocalized, feminin, single, broken_plural from nouns").fetchall()
        verbs = base.execute("select unvocalized from verbs").fetchall()
    nouns = {fold(row[0]) for row in rows}
    others = " ".join([text for row in rows for text in row[1:] if text] + [verb for (verb,) in verbs])
    forms = nouns | set(fold(others).split())
    return sorted(word for word in nouns if len(word) > 2), {form for form in forms if len(form) > 1}


def count_words(path: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(WORD.findall(json.loads(line)["text"]))
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        if count > 1:
            folded[fold(word)] += count
    return folded


def known(word: str, forms: set[str]) -> bool:
    for start in ("", *PREFIXES.split()):
        if word.startswith(start):
            for end in ("", *SUFFIXES.split()):
                stem = word[len(start) :].removesuffix(end)
                if word.endswith(end) and len(stem) > 1 and (stem in forms or stem + "ه" in forms):
                    return True
    return len(word) < 3


def report_chance(title: str, words: list[str], band: int) -> None:
    """Print how many of all pairs meet, and how many mates a word has."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if name_key(word):
            by_key[name_key(word)].append(word)
    met = sum(abs(len(a) - len(b)) <= band for group in by_key.values() for i, a in enumerate(group) for b in group[:i])
    lengths = Counter(map(len, words))
    total = sum(
        n * (n - 1) // 2 if a == b else n * m
        for a, n in lengths.items()
        for b, m in lengths.items()
        if a <= b <= a + band
    )
    mates = 2 * met / len(words)
    print(f"{title}: {len(words)}, {met} of {total} pairs meet, {met / total:.4%}; {mates:.2f} mates a word")


def report_sample(nouns: list[str]) -> None:
    """Print the same for a thousand pairs drawn at random."""
    rng = random.Random(1)
    met = drawn = 0
    while drawn < 1000:
        a, b = rng.choice(nouns), rng.choice(nouns)
        if a != b and abs(len(a) - len(b)) <= 1:
            drawn += 1
            met += meet(a, b)
    print(f"dictionary nouns, a thousand random pairs: {met} meet")


def report_different_names(pairs: list[dict[str, str]]) -> None:
    """Print how many pairs of different names meet, leaving out those that share a spelling."""
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        spellings[pair["english"]] |= {pair["a"], pair["b"]}
    names = sorted(spellings)
    keys = {name: {name_key(word) for word in spellings[name]} - {""} for name in names}
    met = total = 0
    for i, first in enumerate(names):
        for second in names[:i]:
            if spellings[first].isdisjoint(spellings[second]):
                total += 1
                met += not keys[first].isdisjoint(keys[second])
    print(f"different English names: {met} of {total} pairs meet, {met / total:.4%}")


def report_speed(words: list[str]) -> None:
    seconds = min(timeit.repeat(lambda: [name_key(word) for word in words], number=5, repeat=5)) / 5 / len(words)
    print(f"a key: {seconds * 1e6:.1f} µs, mean over {len(words)} unknown words")


if __name__ == "__main__":
    sys.exit(main())
