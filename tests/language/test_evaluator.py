"""Every operator finds what looking at every document finds.

``SEARCHKIT_FAULTS=full`` tries 200 collections with 60 queries each; without it, a few.
"""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import searchkit


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("language_evaluator", Path(__file__).with_name("evaluator.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ev = _load()
FULL = os.environ.get("SEARCHKIT_FAULTS") == "full"
COLLECTIONS, QUERIES = (200, 60) if FULL else (6, 40)
VOCABULARY = [
    "سوريا", "سورية", "أستانا", "آستانة", "كتاب", "الكتاب", "كِتَابٌ", "كتب", "والكتاب", "في", "من", "وزير", "الوزراء",
    "قمة", "طارئة", "3.5", "٢٠٢٤", "SANA", "حلب", "حلبي",
]  # fmt: skip
FIELDS = (None, None, None, "title", "text", "كاتب")


class Maker:
    """Makes queries by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def word(self, field: str | None = None) -> Any:
        boost = self.chance.choice(["", "", "^2", "^0.5", "^٢"])
        return ev.Word(self.chance.choice(VOCABULARY), field, self.chance.random() < 0.2, boost)

    def phrase(self, field: str | None = None, slop: int = 0) -> Any:
        words = tuple(self.chance.choices(VOCABULARY, k=self.chance.randint(1, 3)))
        return ev.Phrase(words, slop, field, self.chance.choice(['""', "«»", "“”"]))

    def pattern(self, field: str | None) -> Any:
        word = self.chance.choice(["كتاب", "سوريا", "حلبي", "وزير", "والكتاب"])
        at = self.chance.randrange(len(word) + 1)
        sign = self.chance.choice("*?؟")
        text = word[:at] + sign + word[at + self.chance.randint(0, 1) :]
        return ev.Pattern(text if text[-1] not in "?؟" else text[:-1] + "*", field)

    def near(self, field: str | None) -> Any:
        n = self.chance.choice([2, 2, 2, 3])
        rows = tuple(
            tuple(self.word() if self.chance.random() < 0.7 else self.phrase() for _ in range(size))
            for size in self.chance.choices([1, 1, 2], k=n)
        )
        gaps = tuple(self.chance.choices([0, 1, 2, 5], k=n - 1))
        return ev.Near(rows, gaps, self.chance.choice(["NEAR", "near", "قرب"]), field)

    def range(self) -> Any:
        low, high = (self.chance.choice([None, *range(10)]) for _ in range(2))
        with_low, with_high, compared = (self.chance.random() < 0.5 for _ in range(3))
        return ev.Range("price", low, high, with_low, with_high, compared)

    def leaf(self) -> Any:
        field = self.chance.choice(FIELDS)
        kind = self.chance.randrange(10)
        if kind < 4:
            return self.word(field)
        if kind < 6:
            return self.phrase(field, self.chance.choice([0, 0, 1, 2, 4]))
        if kind < 8:
            return self.near(field)
        if kind == 8:
            return self.pattern(field)
        return ev.Fuzzy(self.chance.choice(["كتاب", "سوريا", "حلبي", "أستانا"]), self.chance.choice([1, 2]), field)

    def query(self, depth: int) -> Any:
        if not depth or self.chance.random() < 0.3:
            return self.leaf()
        parts = tuple(self.query(depth - 1) for _ in range(self.chance.randint(2, 3)))
        kind = self.chance.randrange(3)
        if kind == 0:
            last = ev.Not(parts[-1], self.chance.choice(["NOT ", "-"])) if self.chance.random() < 0.3 else parts[-1]
            parts = (*parts[:-1], last)
            if self.chance.random() < 0.2:
                parts = (*parts, self.range())
            joins = ["AND", "&&"] if any(map(ev.helps, parts)) else ["AND", "&&", "و"]
            return ev.All(parts, self.chance.choice(joins))
        if kind == 1:
            return ev.Any(parts, self.chance.choice(["OR", "||", "أو", "او"]))
        return ev.Signed(tuple((self.chance.choice(["", "", "+", "-"]), part) for part in parts))


def build(directory: str, chance: random.Random) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, int]]]:
    """Make an index of several segments with documents replaced and deleted; return its texts and its numbers."""
    documents: dict[str, dict[str, str]] = {}
    numbers: dict[str, dict[str, int]] = {}
    for _ in range(chance.randint(1, 3)):
        with searchkit.create(directory) as writer:
            for _ in range(chance.randint(1, 8)):
                key = str(chance.randrange(20))
                documents[key] = {
                    name: " ".join(chance.choices(VOCABULARY, k=chance.randint(0, most)))
                    for name, most in (("title", 3), ("text", 12), ("كاتب", 2))
                }
                numbers[key] = {"price": chance.randrange(10)} if chance.random() < 0.8 else {}
                writer.update(id=key, **documents[key], **numbers[key])
            for key in chance.sample(sorted(documents), len(documents) // 4):
                writer.delete(key)
                del documents[key], numbers[key]
    return documents, numbers


@pytest.mark.parametrize("seed", range(COLLECTIONS))
def test_every_operator_finds_what_looking_at_every_document_finds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    documents, numbers = build(str(tmp_path), chance)
    index = searchkit.open(str(tmp_path))
    level = ("surface", "lemma")[seed % 2]
    texts = ev.Texts(documents, numbers, level)
    make = Maker(chance)
    for _ in range(QUERIES):
        query = make.query(chance.choice([0, 1, 2]))
        results = index.search(query.write(), limit=len(documents) + 1, level=level, fallback=False)
        assert set(results.ids) == texts.find(query), query.write()
        assert results.total == len(results)
