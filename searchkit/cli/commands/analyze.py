"""``searchkit analyze``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, tokenize
from searchkit.messages import translate

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

COLUMNS = ("token", "surface", "lemma", "root", "name")


def run(options: Namespace) -> int:
    """Print the tokens of a text with their evidence."""
    lines = [" ".join(options.text)] if options.text else (line.rstrip("\r\n") for line in sys.stdin)
    form = "\t".join if options.tsv else _aligned
    if not options.tsv:
        print(form(tuple(map(translate, COLUMNS))))
    for line in lines:
        for row in _rows(line):
            print(form(row))
            if options.explain and row[1]:
                print(f"  {_explanation(row[1])}")
    return 0


def _explanation(surface: str) -> str:
    """Say in Arabic how a word was read, and why so."""
    from searchkit.arabic.morphology import analyze
    from searchkit.arabic.proposals import propose

    split = analyze(surface)
    parts = " + ".join(part for part in (split.prefix, split.stem, split.suffix) if part)
    entry = f"مدخل المعجم: {split.entry}" if split.entry else ""
    root = f"الجذر: {split.root}" if split.root else ""
    other = f"وقد تكون: {'، '.join(split.lemmas[1:])}" if split.lemmas[1:] else ""
    if not split.known:
        why = "ليست في المعجم فتبقى كما كُتبت" if parts == surface else "ليست في المعجم فلا يُنزع منها إلا أل التعريف"
        cuts = [" + ".join(part for part in cut if part) for cut in propose(surface)[:3]]
        other = f"يقترح Tashaphyne ولا يُؤخذ به: {'، '.join(cuts)}" if cuts else ""
    elif parts == surface:
        why = "في المعجم كما هي"
    else:
        why = "أرجح القراءات بحسب شيوع الجذع واللواصق"
    return "؛ ".join(part for part in (parts, entry, root, other, why) if part)


def _rows(line: str) -> Iterator[tuple[str, ...]]:
    """Yield a row per token; one with only the text where there is no word, so that lines stay countable."""
    tokens = tokenize(line)
    for token in tokens:
        found = evidence(token.surface)
        yield line[token.start : token.end], token.surface, found.lemmas[0], found.root, (*found.names, "")[0]
    if not tokens and line.strip():
        yield " ".join(line.split()), "", "", "", ""


def _aligned(row: tuple[str, ...]) -> str:
    return "  ".join(f"{value or '-':<14}" for value in row).rstrip()
