"""``searchkit analyze``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, tokenize

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

COLUMNS = ("token", "surface", "lemma", "root", "name")


def run(options: Namespace) -> int:
    """Print the tokens of a text with their evidence."""
    from searchkit.arabic.morphology import analyze

    lines = [" ".join(options.text)] if options.text else (line.rstrip("\r\n") for line in sys.stdin)
    form = "\t".join if options.tsv else _aligned
    if not options.tsv:
        print(form(COLUMNS))
    for line in lines:
        for row in _rows(line):
            print(form(row))
            if options.explain and row[1]:
                split = analyze(row[1])
                source = (
                    f"dictionary {split.entry}" if split.entry else "lexicon" if split.known else "not in the lexicon"
                )
                print(f"  {split.prefix or '-'} + {split.stem} + {split.suffix or '-'}  ({source})")
    return 0


def _rows(line: str) -> Iterator[tuple[str, ...]]:
    """Yield a row per token; one with only the text where there is no word, so that lines stay countable."""
    tokens = tokenize(line)
    for token in tokens:
        found = evidence(token.surface)
        yield line[token.start : token.end], token.surface, found.lemmas[0], found.root, found.name
    if not tokens and line.strip():
        yield " ".join(line.split()), "", "", "", ""


def _aligned(row: tuple[str, ...]) -> str:
    return "  ".join(f"{value or '-':<14}" for value in row).rstrip()
