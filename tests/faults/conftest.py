"""An index with something in every kind of file, and everything that its users ask of it.

What takes long runs shortened unless ``SEARCHKIT_FAULTS`` is ``full``.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import searchkit

FULL = os.environ.get("SEARCHKIT_FAULTS") == "full"
_PATIENCE_S = 180
_SYLLABLES = ["كتا", "بير", "مدر", "سون", "علم", "نور", "قلب", "شمس", "حيا", "تفا", "صوت", "لغة"]
_KNOWN = ["كتاب", "الكتب", "مدرسة", "مدارس", "وزير", "الوزراء", "سوريا", "أستانا", "قديم", "جديد"]

_ROOT = Path(__file__).parents[2]
_DIRECTIVES = "{ annotation_typing = false, boundscheck = true, wraparound = false, initializedcheck = true }"
_WRAPPING = {"cursors", "lexicon", "postings", "scan"}  # hashes, and differences of numbers without a sign

Answers = Callable[[str], str]


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """End the run and say where it stands if a test hangs, even in a kernel."""
    faulthandler.dump_traceback_later(_PATIENCE_S, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether to run everything."""
    return FULL


@pytest.fixture(scope="session", autouse=True)
def checked_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str]] | None]:
    """Begin to compile a copy of the package with all checks, beside the other tests; None if not all is run."""
    if not FULL or sys.platform == "win32":
        yield None
        return
    source = tmp_path_factory.mktemp("checked")
    shutil.copytree(_ROOT / "searchkit", source / "searchkit", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy(_ROOT / name, source)
    settings = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings, count = re.subn(r"(?m)^cython_directives = .*$", f"cython_directives = {_DIRECTIVES}", settings)
    assert count == 1
    (source / "pyproject.toml").write_text(settings.replace('"-O3"', '"-O1"'), encoding="utf-8")
    for path in (source / "searchkit" / "_core").glob("*.pxd"):
        if path.stem not in _WRAPPING:
            module = path.with_suffix(".py")
            module.write_text(f"# cython: overflowcheck=True\n{module.read_text(encoding='utf-8')}", encoding="utf-8")
    command = [sys.executable, "-c", "from setuptools import setup; setup()", "build_ext", "--inplace", "-j2"]
    with subprocess.Popen(command, cwd=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield source, process
        process.kill()


def documents(count: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)  # noqa: S311
    words = _KNOWN + [a + b for a in _SYLLABLES for b in _SYLLABLES]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    return [
        {
            "id": f"{seed}-{number}",
            "title": " ".join(chance.choices(words, weights, k=4)),
            "text": " ".join(chance.choices(words, weights, k=chance.randrange(10, 60))),
            "year": number,
            "source": chance.choice(words[:9]),
            "tags": chance.sample(words[9:15], number % 3),
            "date": f"20{10 + seed}-{1 + number % 12:02}-11",
        }
        for number in range(count)
    ]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, deletions in both, a list of sources, and what is left of the commit before."""
    directory = tmp_path_factory.mktemp("made") / "index"
    with searchkit.create(str(directory)) as writer:
        for document in documents(300, 1):
            writer.add(**document)
    for seed in (2, 3):
        with searchkit.create(str(directory)) as writer:
            for document in documents(20, seed):
                writer.add(**document)
            writer.delete(f"1-{seed}")
            writer.delete(f"{seed - 1}-7")
            writer.set_sources(json.dumps({"a.txt": [seed, seed, ["1-1"]]}).encode())
    return directory


@pytest.fixture(scope="session")
def answers() -> Answers:
    """Ask an index whatever its users ask."""
    return ask


def ask(directory: str) -> str:
    index = searchkit.open(directory)
    found: list[Any] = [len(index), index.stats()]
    found += [index.complete(beginning) for beginning in ("ك", "ا")]
    found += [index.document(key) for key in ("1-1", "2-7", "3-5", "none")]
    for query in ("كتاب", "المدارس قديم", '"كتاب قديم"', "وزير -جديد", "شم*", "title:سوريا", "ليسهنا"):
        results = index.search(query, limit=5)
        found.append([query, results.total])
        sorted_ = index.search(query, limit=5, sort="-date,source", filter={"year": (2, None)}, facets=["tags", "year"])
        found.append([sorted_.ids, sorted_.total, sorted_.facets])
        found += [[hit.id, hit.score, hit.title, hit.snippet, hit.fields] for hit in results]
    return json.dumps(found, ensure_ascii=False)
