"""Altered segments whose checksums fit: what only the decoders themselves can notice.

``python tests/faults/forge.py INDEX COUNT SEED`` asks altered copies of an index; prints a line for every exception
that is not one of searchkit's, and then how many were tried. Run it with a build that checks bounds to see what reads
outside.
"""

from __future__ import annotations

import collections
import json
import os
import random
import shutil
import sys
import tempfile
import time
import zlib
from typing import Any

import searchkit
from searchkit.segment import format as layout
from searchkit.segment.manifest import read_manifest, write_manifest

QUERIES = ("كتاب", "المدارس قديم", '"كتاب قديم"', "وزير -جديد", "شم*", "title:سوريا", "كتاب +جديد", "علم* وزير")


def directory_of(data: bytes) -> dict[str, list[int]]:
    """Return the directory of a segment's bytes."""
    start, pages, size, _, _ = layout._TRAILER.unpack(data[-layout._TRAILER.size :])
    found: dict[str, list[int]] = json.loads(data[start + 4 * pages :][:size])
    return found


def seal(data: bytearray) -> int:
    """Make all checksums of a segment's bytes fit; return the one that vouches for them."""
    start, pages, size, _, magic = layout._TRAILER.unpack(data[-layout._TRAILER.size :])
    checksums: list[int] = []
    for first, length in directory_of(data).values():
        end = first + length + -length % 64
        pages_of = range(first, first + length, layout._PAGE)
        checksums.extend(zlib.crc32(data[page : min(page + layout._PAGE, end)]) for page in pages_of)
    assert len(checksums) == pages
    data[start : start + 4 * pages] = b"".join(crc.to_bytes(4, "little") for crc in checksums)
    crc = zlib.crc32(data[start : -layout._TRAILER.size])
    data[-layout._TRAILER.size :] = layout._TRAILER.pack(start, pages, size, crc, magic)
    return crc


def alter(data: bytearray, name: str, chance: random.Random) -> None:
    """Flip bits in a section, or put in numbers that are often wrong."""
    start, size = directory_of(data)[name]
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = start + chance.randrange(size)
        kind = chance.randrange(4)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at] = chance.choice((0, 1, 127, 128, 255))
        elif kind == 2 and size >= 8:
            at = start + 4 * chance.randrange(size // 4)
            data[at : at + 4] = chance.choice((0, 1, 2**31 - 1, 2**31, 2**32 - 1)).to_bytes(4, "little")
        else:
            end = min(at + chance.randrange(1, 24), start + size)
            data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))


def forge(made: str, target: str, chance: random.Random) -> str:
    """Make a copy of an index with an altered section that nobody can tell by checksums; return which."""
    shutil.copytree(made, target)
    manifest = read_manifest(target)
    place = chance.randrange(len(manifest.segments))
    path = os.path.join(target, manifest.segments[place].file)
    with open(path, "rb") as file:
        data = bytearray(file.read())
    name = chance.choice([name for name, (_, size) in directory_of(data).items() if size])
    alter(data, name, chance)
    entries = list(manifest.segments)
    entries[place] = entries[place]._replace(checksum=seal(data))
    os.remove(path)
    with open(path, "wb") as file:
        file.write(data)
    write_manifest(target, manifest._replace(segments=tuple(entries)))
    return name


def use(index: str) -> None:
    """Read everything that can be read."""
    opened = searchkit.open(index)
    for query in QUERIES:
        for hit in opened.search(query, limit=4):
            _ = hit.id, hit.title, hit.snippet, hit.fields
            hit.explain().lines()
        opened.search(query, limit=4, sort="-date,source", filter={"year": (2, 200)}, facets=["tags", "year"])
        opened.search(query, limit=4, sort="tags", filter="tags:*", facets=["source", "date:month"])
    opened.complete("ك")
    opened.stats()
    for key in ("1-1", "2-7", "none"):
        opened.document(key)


def try_many(made: str, count: int, seed: int, seconds: float = 1e9) -> tuple[int, collections.Counter[str]]:
    """Forge so many, or as many as there is time for; return how many and what came that is not an error of ours."""
    chance = random.Random(seed)  # noqa: S311
    wrong: collections.Counter[str] = collections.Counter()
    started = time.monotonic()
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        while number < count and time.monotonic() - started < seconds:
            index = os.path.join(folder, str(number))
            name = forge(made, index, chance)
            try:
                use(index)
            except searchkit.SearchkitError:
                pass
            except Exception as error:  # noqa: BLE001 - what it is for
                wrong[f"{name.lstrip('0123456789.')}: {where(error)}"] += 1
            shutil.rmtree(index)
            number += 1
    return number, wrong


def where(error: BaseException) -> str:
    """Say what was raised and in which function."""
    trace: Any = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} {error} in {os.path.basename(code.co_filename)}:{trace.tb_lineno} {code.co_name}"


if __name__ == "__main__":
    tried, found = try_many(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    for line, times in found.most_common():
        print(times, line)
    print(tried, "tried")
