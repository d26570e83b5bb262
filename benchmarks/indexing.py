"""Builds an index and says how fast, how large, of what, and with how much memory.

::

    python benchmarks/indexing.py [CORPUS.jsonl[.gz] ...] [--memory-mb 256] [--repeat 3] [--new-words LETTERS]

Without a corpus the text is generated. The documents are read before the clock starts; it stops after the commit.
Each build runs in a process of its own, so that its peak memory is its own; that includes the documents read ahead, so
``--stream`` reads them while indexing instead, to measure memory rather than speed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import searchkit
from searchkit._core import COMPILED
from searchkit.analysis import LEVELS, level_field
from searchkit.indexing.writer import IndexWriter
from searchkit.segment import SegmentReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STEMS = ["كتب", "درس", "علم", "قول", "بيت", "مدن", "سفر", "حكم", "وزر", "شعب", "طلب", "نظر", "جمع", "عمل", "خبر", "فتح"]
PREFIXES = ["", "", "", "و", "ال", "وال", "بال", "لل", "سي", "ت"]
SUFFIXES = ["", "", "", "ه", "ها", "ون", "ين", "ات", "هم", "نا"]


def generated(num_docs: int) -> Iterator[dict[str, Any]]:
    """Documents of words that are about as unequally frequent as those of a language."""
    source = random.Random(1)
    words = [p + a + s for a in STEMS for p in PREFIXES for s in SUFFIXES]
    words += ["".join(source.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=source.randrange(3, 9))) for _ in range(50_000)]
    source.shuffle(words)
    for number in range(num_docs):
        size = source.randrange(50, 500)
        text = " ".join([words[int(len(words) ** source.random()) - 1] for _ in range(size)])
        yield {"id": str(number), "title": text[:60], "text": text}


def endless(num_docs: int, num_letters: int) -> Iterator[dict[str, Any]]:
    """Documents of a thousand words each, hardly one of which comes twice: they take the most memory."""
    source = random.Random(1)
    for number in range(num_docs):
        words = ["".join(source.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=num_letters)) for _ in range(1000)]
        yield {"id": str(number), "title": "", "text": " ".join(words)}


def documents(paths: list[str], num_docs: int, num_letters: int) -> Iterator[dict[str, Any]]:
    if not paths:
        yield from endless(num_docs, num_letters) if num_letters else generated(num_docs)
    for path in paths:
        with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as file:
            for line in file:
                document = json.loads(line)
                if len(paths) > 1:
                    document["id"] = f"{path}/{document['id']}"
                yield document


def build(options: argparse.Namespace) -> dict[str, Any]:
    """Build an index in a temporary folder and return what was measured."""
    texts: Iterable[dict[str, Any]] = documents(options.corpora, options.num_docs, options.new_words)
    num_docs = size = 0
    if not options.stream:
        texts = list(texts)
        size = sum(map(text_size, texts))
    with tempfile.TemporaryDirectory() as directory:
        begin, begin_cpu = time.perf_counter(), time.process_time()
        with IndexWriter(directory, memory_mb=options.memory_mb, threads=options.threads) as writer:
            for document in texts:
                writer.add(**document)
                num_docs += 1
                size += text_size(document) if options.stream else 0
        seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << (0 if sys.platform == "darwin" else 10)
        names = [name for name in os.listdir(directory) if name.endswith(".sk")]
        segments = [SegmentReader(os.path.join(directory, name)) for name in names]
        sections, tokens = measure(segments)
        assert searchkit.open(directory).damage() == []
        assert sum(segment.num_live for segment in segments) == num_docs
        return {
            "documents": num_docs,
            "bytes": size,
            "tokens": tokens,
            "segments": len(segments),
            "seconds": seconds,
            "cpu": cpu,
            "peak": peak,
            "index": sum(entry.stat().st_size for entry in os.scandir(directory)),
            "sections": sections,
        }


def text_size(document: dict[str, Any]) -> int:
    """Return the bytes of a document's text in UTF-8."""
    return sum(len(value.encode()) for name, value in document.items() if name != "id" and isinstance(value, str))


def measure(segments: list[SegmentReader]) -> tuple[dict[str, dict[str, int]], int]:
    """Return the bytes of each part of each field of terms and of the rest, and the tokens of all documents."""
    sections: dict[str, dict[str, int]] = {}
    tokens = 0
    for segment in segments:
        fields = [info.name for info in segment.fields.values()]
        for section, size in segment.section_sizes().items():
            first, _, part = section.partition(".")
            owner, part = (fields[int(first)], part) if first.isdigit() else ("documents", first)
            parts = sections.setdefault(owner, {})
            parts[part] = parts.get(part, 0) + size
        for name in segment.length_fields():
            total = segment.length_totals(name).total
            assert total == sum(segment.lengths(name)) == segment.fields[level_field(name, LEVELS[0])].occurrences
            tokens += total
    return sections, tokens


def report(found: dict[str, Any]) -> None:
    for owner, parts in sorted(found["sections"].items(), key=lambda item: -sum(item[1].values())):
        size = sum(parts.values())
        detail = ", ".join(f"{part} {parts[part] / 1e6:.2f}" for part in sorted(parts, key=parts.__getitem__)[::-1])
        print(f"{owner:20} {size / 1e6:8.2f} MB {size / found['tokens']:6.2f} bytes per token   {detail}")
    print(
        f"{found['documents']} documents, {found['tokens']} tokens, {found['bytes'] / 1e6:.1f} MB of text in "
        f"{found['segments']} segments: index {found['index'] / 1e6:.1f} MB, "
        f"{found['index'] / found['tokens']:.2f} bytes per token"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how an index is built.")
    parser.add_argument("corpora", nargs="*", help="JSON lines; generated text if there is none")
    parser.add_argument("--num-docs", type=int, default=5000, help="of generated text")
    parser.add_argument("--new-words", type=int, default=0, help="generate nothing but new words of so many letters")
    parser.add_argument("--memory-mb", type=int, default=256)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--stream", action="store_true", help="read while indexing: slower, but memory is the writer's")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        json.dump(build(options), sys.stdout)
        return
    print(
        f"searchkit {searchkit.__version__}, Python {platform.python_version()}, {platform.machine()},"
        f" compiled {COMPILED}"
    )
    runs = []
    for _ in range(options.repeat):
        command = [sys.executable, __file__, "--once", *sys.argv[1:]]
        run = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        speed = run["bytes"] / 1e6
        print(
            f"{run['seconds']:.2f} s ({run['cpu']:.2f} s of processor time), {speed / run['seconds']:.1f} MB/s; "
            f"peak memory {run['peak'] / 1e6:.0f} MB, setting {options.memory_mb} MB"
        )
        runs.append(run)
    assert all(run["sections"] == runs[0]["sections"] for run in runs), "one corpus, one index"
    report(runs[0])


if __name__ == "__main__":
    main()
