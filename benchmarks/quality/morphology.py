"""How well words are understood: conflation by lemma, broken plurals, roots, and the time of one look-up.

Needs the judged sets: ``SEARCHKIT_DATA=... python benchmarks/quality/morphology.py``.
"""

from __future__ import annotations

import collections
import os
import platform
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping

from searchkit import _core
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze, open_lexicon, read_lexicon

_WEAK = str.maketrans(dict.fromkeys("\u0621\u0648\u064a\u0649\u0624\u0626\u0625\u0623\u0622", "\u0627"))


def main() -> None:
    folder = os.environ.get("SEARCHKIT_DATA")
    if not folder:
        sys.exit("SEARCHKIT_DATA is unset: name the folder of the judged sets")
    folder = os.path.join(folder, "morph")
    core = "compiled" if _core.COMPILED else "pure Python"
    print(f"machine: {platform.machine()}, Python {platform.python_version()}, core: {core}")
    conflation(os.path.join(folder, "padt_word_lemma.tsv"))
    broken_plurals(os.path.join(folder, "broken_plurals.tsv"))
    roots(os.path.join(folder, "word_root.tsv"))
    speed(os.path.join(folder, "padt_word_lemma.tsv"))


def rows(path: str) -> Iterator[dict[str, str]]:
    with open(path, encoding="utf-8") as lines:
        head = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(head, line.rstrip("\n").split("\t"), strict=True))


def gold_lemmas(path: str) -> dict[str, str]:
    """Return the lemma of each word type that has one lemma only, both folded."""
    lemmas: dict[str, set[str]] = {}
    for row in rows(path):
        if row["pos"] != "X":
            lemmas.setdefault(fold(row["word"]), set()).add(fold(row["lemma"]))
    return {word: next(iter(found)) for word, found in lemmas.items() if len(found) == 1}


def pairwise(predicted: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Return F1, precision and recall of the pairs of words put into one class."""

    def pairs(classes: collections.Counter[str] | collections.Counter[tuple[str, str]]) -> int:
        return sum(size * (size - 1) // 2 for size in classes.values())

    both = pairs(collections.Counter((predicted[word], gold[word]) for word in gold))
    precision = both / pairs(collections.Counter(predicted[word] for word in gold))
    recall = both / pairs(collections.Counter(gold.values()))
    return 2 * precision * recall / (precision + recall), precision, recall


def conflation(path: str) -> None:
    gold = gold_lemmas(path)
    predicted = {word: analyze(word).lemmas[0] for word in gold}
    halves: dict[str, Callable[[str], bool]] = {
        "all": lambda _: True,
        "half looked at": lambda word: zlib.crc32(word.encode()) % 2 == 0,
        "half unseen": lambda word: zlib.crc32(word.encode()) % 2 == 1,
    }
    for name, chosen in halves.items():
        part = {word: lemma for word, lemma in gold.items() if chosen(word)}
        f1, precision, recall = pairwise(predicted, part)
        right = sum(predicted[word] == lemma for word, lemma in part.items()) / len(part)
        print(
            f"conflation, {name}: F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"
            f"  lemma right {right:.4f}  n={len(part)}"
        )


def broken_plurals(path: str) -> None:
    met = first = total = 0
    for row in rows(path):
        if int(row["freq_sg"]) >= 5 and int(row["freq_pl"]) >= 5:
            one, many = analyze(fold(row["singular"])), analyze(fold(row["plural"]))
            total += 1
            met += bool(set(one.lemmas) & set(many.lemmas))
            first += one.lemmas[0] == many.lemmas[0]
    print(f"broken plurals: {met / total:.4f} share a lemma, {first / total:.4f} the first  n={total}")


def roots(path: str) -> None:
    counts: collections.Counter[str] = collections.Counter()
    for row in rows(path):
        found = analyze(fold(row["word"])).root.translate(_WEAK)
        kind = "rootless" if row["root"] == "#" else "rooted"
        if not found:
            verdict = "none"
        else:
            right = {root.translate(_WEAK) for root in row["root"].split("\\")}
            verdict = "right" if found in right else "wrong"
        counts[f"{kind} {verdict}"] += 1
    total = sum(counts[f"rooted {verdict}"] for verdict in ("right", "wrong", "none"))
    print(
        f"roots, words that have one: right {counts['rooted right'] / total:.4f}"
        f"  wrong {counts['rooted wrong'] / total:.4f}  none {counts['rooted none'] / total:.4f}  n={total}"
    )
    everything = sum(counts.values())
    right = counts["rooted right"] + counts["rootless none"]
    wrong = counts["rooted wrong"] + counts["rootless wrong"]
    print(f"roots, all words: right {right / everything:.4f}  wrong {wrong / everything:.4f}  n={everything}")


def speed(path: str) -> None:
    words = [fold(row["word"]) for row in rows(path)]
    words = [word for word in dict.fromkeys(words) if " " not in word]
    lexicon = open_lexicon()
    look_up = min(_seconds(lambda: [lexicon.analyze(word, 56, 192) for word in words]) for _ in range(5))
    whole = min(_seconds(lambda: [analyze(word) for word in words]) for _ in range(5))
    assert len(words) > 10_000
    path = os.path.join(os.path.dirname(_core.__file__), "..", "arabic", "data", "lexicon.bin")
    opened = min(_seconds(lambda: read_lexicon(path)) for _ in range(20))
    print(
        f"look-up {look_up / len(words) * 1e6:.2f} us a word, with the split {whole / len(words) * 1e6:.2f} us"
        f"  n={len(words)};  open {opened * 1e3:.3f} ms, {os.path.getsize(path) / 1e6:.2f} MB"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
