"""Stems: what remains of a word's forms when prefix and suffix are taken off, and the slots each fills."""

from __future__ import annotations

import re

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import Affixes
from searchkit.records import NamedTuple

VERB, NOUN, ADJECTIVE, NAME, PARTICLE, FEMININE, PLURAL, INTRANSITIVE, GUESSED = range(9)

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ALEF_HAMZAS = str.maketrans(
    dict.fromkeys((ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_MADDA, ar.ALEF_WASLA), ar.ALEF)
)
_REDUNDANT = re.compile(
    "(?<=^[\u0623\u0625\u0627])[\u064e-\u0650]|\u0652|\u064e(?=[\u0627\u0649])|\u064f(?=\u0648)|\u0650(?=\u064a)"
)
_VOWEL_SHADDA = re.compile("([\u064e-\u0650])\u0651")
FINAL_VOWEL = re.compile("[\u064b-\u0650\u0652]+$")


class Part(NamedTuple):
    """Stems of a lexeme that share a profile of affixes: its singular, its broken plurals, its passive."""

    kind: int
    share: float  # of the lexeme's occurrences, as a first guess
    stems: dict[str, int]  # written without marks, to mask of slots


class Lexeme(NamedTuple):
    """One dictionary entry with the stems of all its forms."""

    lemma: str  # written without marks
    entry: str  # vocalised
    root: str
    prior: float  # occurrences, from the list of lemma frequencies
    parts: list[Part]


def bare(vocalised: str) -> str:
    """Drop every mark."""
    return _MARKS.sub("", vocalised)


def skeleton(vocalised: str) -> str:
    """Drop what dictionaries mark differently: sukun, the vowel before its long letter, the first and last vowel."""
    return _REDUNDANT.sub("", _VOWEL_SHADDA.sub("\u0651\\1", FINAL_VOWEL.sub("", vocalised)))


def add(stems: dict[str, int], stem: str, mask: int) -> None:
    """Let ``stem`` fill the slots of ``mask`` too."""
    if stem and mask:
        stems[stem] = stems.get(stem, 0) | mask


class NounStems:
    """Stems of nouns by the shape of their ending."""

    def __init__(self, affixes: Affixes) -> None:
        self._mask = affixes.mask
        self.singular = affixes.mask("sg sg+ acc")

    def of(
        self, word: str, *, feminine: bool = False, person: bool = False, sound: bool = True, weak: bool = False
    ) -> dict[str, int]:
        """Return the stems of a singular.

        Args:
            word: written without marks.
            feminine: whether teh marbuta may be added.
            person: whether it has a sound masculine plural.
            sound: whether it has a sound feminine plural, when it does not end in teh marbuta.
            weak: whether the final yeh falls away in the indefinite.
        """
        mask = self._mask
        stems: dict[str, int] = {}
        extra = mask("du du+") | (mask("pl pl+") if person else 0)
        if sound:
            extra |= mask("fpl fpl+")
        if feminine:
            extra |= mask("f f+ fdu fdu+")
        self._inflect(stems, word, weak=weak)
        last, base = word[-1], word[:-1]
        if last == ar.TEH_MARBUTA:
            add(stems, base, mask("fdu fdu+ fpl fpl+"))
            if base.endswith(ar.ALEF):
                add(stems, base[:-1] + ar.YEH, mask("fpl fpl+"))
                add(stems, base[:-1] + ar.WAW, mask("fpl fpl+"))
        elif last == ar.ALEF_MAKSURA:
            add(stems, base + ar.YEH, mask("du du+ fpl fpl+"))
            add(stems, base, mask("pl pl+") if person else 0)
        elif last == ar.ALEF:
            add(stems, base, mask("fpl fpl+"))
            add(stems, base + ar.WAW, mask("du du+"))
        elif last == ar.YEH and weak:
            add(stems, word, extra & ~mask("pl pl+"))
            add(stems, base, mask("pl pl+") if person else 0)
        elif last in (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.ALEF_HAMZA_ABOVE):
            for seat in (last, ar.YEH_HAMZA, ar.WAW_HAMZA):
                add(stems, base + seat, extra)
            if base.endswith(ar.ALEF):
                add(stems, base + ar.WAW, mask("du du+ fpl fpl+"))
            if last == ar.ALEF_HAMZA_ABOVE:
                add(stems, base, mask("du"))
        else:
            add(stems, word, extra)
        return stems

    def of_plural(self, word: str, *, weak: bool) -> dict[str, int]:
        """Return the stems of a broken plural, which inflects like a singular."""
        stems: dict[str, int] = {}
        self._inflect(stems, word, weak=weak)
        return stems

    def _inflect(self, stems: dict[str, int], word: str, *, weak: bool) -> None:
        mask = self._mask
        last, base = word[-1], word[:-1]
        if last == ar.TEH_MARBUTA:
            add(stems, base, mask("f f+"))
        elif last == ar.ALEF_MAKSURA:
            add(stems, word, mask("sg"))
            add(stems, base + ar.ALEF, mask("sg+"))
        elif last in (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.ALEF_HAMZA_ABOVE):
            add(stems, word, mask("sg acc"))
            if last == ar.YEH_HAMZA:
                add(stems, base + ar.ALEF_MAKSURA + ar.HAMZA, mask("sg"))
            for seat in (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA, last):
                add(stems, base + seat, mask("sg+ acc"))
        elif last == ar.YEH and weak:
            add(stems, word, self.singular)
            add(stems, base, mask("sg-"))
        else:
            add(stems, word, self.singular)


class VerbStems:
    """Stems of verbs, cut out of their conjugated forms."""

    def __init__(self, affixes: Affixes) -> None:
        self._slots = affixes.slots
        self.imperative = affixes.mask("i.0 i.0+ i.y i.a i.w i.n")

    def cut(self, form: str, names: tuple[str, ...], stems: dict[str, int]) -> None:
        """Cut the person and ending of the slots named off ``form``, as far as they are there."""
        for name in names:
            slot = self._slots[name]
            if form.translate(_ALEF_HAMZAS).startswith(slot.person):
                rest = form[len(slot.person) :]
                for ending in slot.endings:
                    if rest.endswith(ending) and len(rest) > len(ending):
                        add(stems, rest[: len(rest) - len(ending)], 1 << slot.bit)
                        break

    def bind(self, stems: dict[str, int]) -> None:
        """Add the stems that stand before pronouns: alef for alef maksura, every seat of a final hamza."""
        for stem, mask in list(stems.items()):
            bound = 0
            for name, slot in self._slots.items():
                if name + "+" in self._slots and mask >> slot.bit & 1:
                    bound |= 1 << self._slots[name + "+"].bit
            last, base = stem[-1], stem[:-1]
            if last == ar.ALEF_MAKSURA:
                add(stems, base + ar.ALEF, bound)
            elif last in (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.ALEF_HAMZA_ABOVE):
                for seat in (last, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.HAMZA):
                    add(stems, base + seat, bound)
            else:
                add(stems, stem, bound)
            if last == ar.WAW_HAMZA:  # many write the hamza of the plural on alef or yeh
                plural = mask & sum(
                    1 << slot.bit for slot in self._slots.values() if slot.endings[0].startswith(ar.WAW)
                )
                add(stems, base + ar.ALEF_HAMZA_ABOVE, plural)
                add(stems, base + ar.YEH_HAMZA, plural)
