"""Is the first suggestion for a misspelt word its correction? ``python benchmarks/quality/suggestions.py``.

Reads the folder that the environment variable SEARCHKIT_DATA names: pairs of ``variants/misspellings.tsv`` that folding
does not unite, and the texts of ``news`` and ``wiki``, of which an index is made in a temporary folder (``--index DIR``
takes one that is there). Pairs are halved by a checksum of the misspelt word. Figures are given of all pairs, of those
whose correction is in the vocabulary, and of those that are spelling: besides, one or two edits apart (or a space), the
correction in more documents than the misspelling. The others by what keeps a speller from them: the misspelling in as
many documents as its correction, or too many edits; each with how many share a root. "At all" is what the best order of
the candidates could reach.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
from pathlib import Path
from zlib import crc32

import searchkit
from searchkit._core.expand import cost
from searchkit._core.pattern import Pattern
from searchkit.arabic.morphology import read_word
from searchkit.search.suggest import document_count

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
    folded = [(row[0], searchkit.fold(row[0]), searchkit.fold(row[1])) for row in rows]
    pairs = [pair for pair in folded if pair[1] != pair[2]]
    counts: dict[tuple[str, str], list[int]] = {}
    for written, wrong, right in pairs:
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
        for key in [(kind, part) for kind in kinds for part in (half, "both")]:
            row = counts.setdefault(key, [0, 0, 0, 0])
            row[0] += 1
            row[1] += found[:1] == [right]
            row[2] += right in found
            row[3] += right in every
        if misses and found[:1] != [right]:
            print(f"{wrong}\t{right}\t{'spelling' if spelling else ''}\t{', '.join(found)}")
    for (kind, part), (number, *right) in sorted(counts.items()):
        first, among, every = (f"{one / number:6.1%}" for one in right)
        print(f"{kind:30} {part:12} {number:4} pairs   first {first}   among five {among}   at all {every}")


if __name__ == "__main__":
    main()
