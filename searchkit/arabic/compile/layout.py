"""The byte layout of the lexicon; the reader is ``searchkit._core.lexicon``."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable

from searchkit._core import lexicon as core
from searchkit.arabic.compile.train import Model

_FIRST = 0x620
_NUM_LETTERS = 64
_KINDS = 16
_LOAD = 0.8
_ALIGN = 8
_MAX_COST = 30.0  # bits; what was never seen costs this much


def quantise(probability: float) -> int:
    """Return ``-log2`` of a probability in sixteenths."""
    return round(16 * -math.log2(probability)) if probability > 0 else int(16 * _MAX_COST)


class Layout:
    """Collects the sections of the file."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._places: dict[str, int] = {"": 0}

    def place(self, text: str) -> int:
        """Return where a text stands, adding it if it is new."""
        if text not in self._places:
            self._places[text] = len(self._text) << 8 | len(text)
            self._text += bytes([ord(char) & 0xFF for char in text])
        return self._places[text]

    def build(self, model: Model, sure: Iterable[str]) -> bytes:
        """Return the whole file.

        Args:
            model: trained.
            sure: prefixes that only a definite noun starts with.
        """
        kinds = sorted({record.kind for record in model.records})
        affixes = model.affixes
        masks = dict(affixes.prefixes)
        for prefix in sure:
            masks[prefix] |= core.SURE
        sections = [
            *self._trie(masks, model.prefix_p, kinds),
            *self._trie(
                {suffix[::-1]: mask for suffix, mask in affixes.suffixes.items()},
                {(suffix[::-1], kind): value for (suffix, kind), value in model.suffix_p.items()},
                kinds,
            ),
            *self._stems(model),
        ]
        sections.append(bytes(self._text))
        return _join(sections)

    def _trie(self, masks: dict[str, int], chances: dict[tuple[str, int], float], kinds: list[int]) -> list[bytes]:
        nodes: dict[str, int] = {"": 0}
        for affix in sorted(masks):
            for size in range(1, len(affix) + 1):
                nodes.setdefault(affix[:size], len(nodes))
        following = array("H", bytes(2 * _NUM_LETTERS * len(nodes)))
        node_masks = array("Q", bytes(8 * len(nodes)))
        costs = array("H", [int(16 * _MAX_COST)]) * (_KINDS * len(nodes))
        for affix, node in nodes.items():
            if affix:
                following[_NUM_LETTERS * nodes[affix[:-1]] + ord(affix[-1]) - _FIRST] = node
            node_masks[node] = masks.get(affix, 0)
            for kind in kinds:
                costs[_KINDS * node + kind] = quantise(chances.get((affix, kind), 0.0))
        return [following.tobytes(), node_masks.tobytes(), costs.tobytes()]

    def _stems(self, model: Model) -> list[bytes]:
        classes: dict[int, int] = {}
        entries: dict[tuple[str, str, str, int], int] = {}
        roots: dict[str, int] = {"": 0}
        records = array("I")
        firsts: dict[str, int] = {}
        merged = model.merged()
        for stem in sorted(merged.keys() | model.decisions.keys()):
            firsts[stem] = len(records) // 2
            for lemma, entry, root, kind, mask, chance in merged.get(stem, ()):
                key = (lemma, entry, root, kind)
                roots.setdefault(root, len(roots))
                klass = classes.setdefault(mask, len(classes))
                records.append(entries.setdefault(key, len(entries)))
                records.append(klass << 20 | quantise(chance) << 1)
            if stem in model.decisions:
                reading, is_certain = model.decisions[stem]
                lemma, entry, root, kind, _, _ = model.merge([reading.record])
                records.append(entries.setdefault((lemma, entry, root, kind), len(entries)))
                affixes = len(reading.prefix) << 7 | len(reading.suffix) << 1 | is_certain
                records.append(core.DECIDED << 20 | affixes << 1)
            records[-1] |= 1
        packed = array("I")
        for lemma, entry, root, kind in entries:
            packed.extend((self.place(lemma), self.place(entry), roots[root] << 4 | kind))
        if len(classes) > core.DECIDED:
            msg = f"{len(classes)} classes of stems, room for {core.DECIDED}"
            raise ValueError(msg)
        return [
            array("Q", classes).tobytes(),
            _table(firsts),
            records.tobytes(),
            packed.tobytes(),
            array("I", [self.place(root) for root in roots]).tobytes(),
        ]


def _table(firsts: dict[str, int]) -> bytes:
    capacity = int(len(firsts) / _LOAD) | 1
    table = array("I", bytes(8 * capacity))
    for stem, first in firsts.items():
        value = core.stem_hash(stem)
        slot = (value & 0xFFFFFFFF) % capacity
        while table[2 * slot + 1]:
            if table[2 * slot] == value >> 32:
                msg = f"two stems with the same hash, one is {stem}"
                raise ValueError(msg)
            slot = (slot + 1) % capacity
        table[2 * slot] = value >> 32
        table[2 * slot + 1] = first + 1
    return table.tobytes()


def _join(sections: list[bytes]) -> bytes:
    if sys.byteorder != "little":
        msg = "the lexicon is compiled on a little-endian machine"
        raise RuntimeError(msg)
    if len(sections) != core.SECTIONS:
        msg = f"{len(sections)} sections, want {core.SECTIONS}"
        raise ValueError(msg)
    head_size = 4 * (3 + core.SECTIONS)
    at = head_size + -head_size % _ALIGN
    bounds = [at]
    body = bytearray(at)
    for section in sections:
        body += section + bytes(-len(section) % _ALIGN)
        bounds.append(len(body))
    body[:head_size] = array("I", [core.MAGIC, core.FORMAT, *bounds]).tobytes()
    return bytes(body)
