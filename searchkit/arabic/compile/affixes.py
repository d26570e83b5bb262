"""The affix tables of the lexicon, read from ``data/affixes.txt``."""

from __future__ import annotations

import os
from collections.abc import Iterator

from searchkit.records import NamedTuple

DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")


class Slot(NamedTuple):
    """One cell of a paradigm: what stands before and after a stem there."""

    name: str
    bit: int
    person: str  # the letter of person before the stem, "" if none
    prefixes: tuple[str, ...]  # proclitics and person, folded
    endings: tuple[str, ...]  # endings without a pronoun
    suffixes: tuple[str, ...]  # endings with and without pronouns


class Affixes(NamedTuple):
    """The slots and what each prefix and suffix may fill."""

    slots: dict[str, Slot]
    prefixes: dict[str, int]  # prefix to mask of slots
    suffixes: dict[str, int]

    def mask(self, names: str) -> int:
        """Return the mask of the slots named, separated by spaces."""
        bits = 0
        for name in names.split():
            bits |= 1 << self.slots[name].bit
        return bits


def read_affixes(path: str = os.path.join(DATA, "affixes.txt")) -> Affixes:
    """Read the affix file; see its head for the format."""
    groups: dict[tuple[str, str], list[str]] = {}
    slots: dict[str, Slot] = {}
    prefixes: dict[str, int] = {}
    suffixes: dict[str, int] = {}
    for kind, *columns in read_rows(path):
        if kind != "slot":
            groups[kind, columns[0]] = ["" if text == "0" else text for text in columns[1:]]
            continue
        slot = _slot(columns, len(slots), groups)
        slots[slot.name] = slot
        for prefix in slot.prefixes:
            prefixes[prefix] = prefixes.get(prefix, 0) | 1 << slot.bit
        for suffix in slot.suffixes:
            suffixes[suffix] = suffixes.get(suffix, 0) | 1 << slot.bit
    return Affixes(slots, prefixes, suffixes)


def _slot(columns: list[str], bit: int, groups: dict[tuple[str, str], list[str]]) -> Slot:
    name, pronouns, proclitics, person, free, bound = columns
    person = person.strip("-")
    before = [
        conjunction + proclitic + person
        for conjunction in groups["proclitic", "conj"]
        for group in proclitics.split("+")
        for proclitic in groups["proclitic", group]
    ]
    endings = _alternatives(free)
    after = endings + [ending + pronoun for ending in _alternatives(bound) for pronoun in groups["enclitic", pronouns]]
    return Slot(name, bit, person, tuple(before), tuple(endings or _alternatives(bound)), tuple(after))


def _alternatives(text: str) -> list[str]:
    return [] if text == "-" else ["" if part == "0" else part for part in text.split("|")]


def read_rows(path: str) -> Iterator[list[str]]:
    """Yield the columns of each line; a number sign starts a comment."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = line.partition("#")[0].split()
            if row:
                yield row
