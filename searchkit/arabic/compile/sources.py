"""The dictionary entries: Arramooz nouns and verbs, its list of lemma frequencies, and our supplement."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import DATA, Affixes, read_rows
from searchkit.arabic.compile.stems import (
    ADJECTIVE,
    FEMININE,
    FINAL_VOWEL,
    NAME,
    NOUN,
    PARTICLE,
    PLURAL,
    VERB,
    Lexeme,
    NounStems,
    Part,
    VerbStems,
    add,
    bare,
    skeleton,
)
from searchkit.arabic.compile.verbs import Conjugator
from searchkit.records import NamedTuple

_KINDS = {
    "noun": NOUN,
    "noun_quant": NOUN,
    "adj": ADJECTIVE,
    "adj_comp": ADJECTIVE,
    "adj_num": ADJECTIVE,
    "noun_prop": NAME,
    "verb": VERB,
}
_SUPPLEMENT = os.path.join(DATA, "supplement.txt")
_DROP = "drop"  # head of a line with words the list of lemma frequencies should not have
_SUPPLEMENT_KINDS = {
    "verb": VERB,
    "noun": NOUN,
    "adjective": ADJECTIVE,
    "feminine": FEMININE,
    "name": NAME,
    "particle": PARTICLE,
}
_WORD = re.compile("[\u0621-\u063a\u0641-\u0652\u0670]+$")
# what the dictionary calls participles, adjectives of relation and of quality
_ADJECTIVAL = re.compile(
    "\u0641\u0627\u0639\u0644|\u0645\u0641\u0639\u0648\u0644|\u0645\u0646\u0633\u0648\u0628|\u0635\u0641\u0629|\u0635\u064a\u063a\u0629"
)
_WEAK_YEH = re.compile("\u0650\u064a[\u064b-\u0650\u0652]*$")
_KASRATAN = "\u064d"
_SINGULAR = "\u0645\u0641\u0631\u062f"  # the dictionary's word for singular
_VERBAL = "\u0641\u0639\u0644"  # and for verb
_PLURAL_SHARE = 0.3  # of a noun's occurrences, as a first guess
_DOUBLE_SHARE = 0.01  # and of a sound plural where the dictionary has a broken one
_LOST_SHARE = 0.02  # of the occurrences of a word that an entry not named in the list is granted
_NAME_COUNT = 3000.0
_SHORTEST_PLURAL = 3  # shorter ones are remarks of the dictionary
_FEW = 20.0
_PARTICLE_COUNT = 1000.0


class Count(NamedTuple):
    """One line of Arramooz' list of lemma frequencies."""

    entry: str
    occurrences: float


class Noun(NamedTuple):
    """One line of Arramooz' table of nouns."""

    vocalised: str
    root: str
    number: str
    single: str
    broken_plural: str
    feminine_form: str
    weak: int
    feminable: int
    sound_plural: int
    kind: str


class Sources:
    """Reads everything the lexicon is made of."""

    def __init__(self, affixes: Affixes) -> None:
        arramooz: Any = import_module("arramooz")
        self._folder = os.path.join(os.path.dirname(str(arramooz.__file__)), "data")
        self._affixes = affixes
        self._nouns = NounStems(affixes)
        self._double_plural = affixes.mask("fpl fpl+")
        self._verbs = Conjugator(VerbStems(affixes))
        self._particles: dict[str, float] = {}  # occurrences of particles, pronouns and adverbs
        self._counts = self._read_counts()

        self.orphans: list[Lexeme] = []  # plurals without a singular, once lexemes() is through

    def lexemes(self) -> Iterator[Lexeme]:
        """Yield all entries."""
        yield from self._read_verbs()
        yield from self._read_nouns()
        yield from self._read_names()
        yield from self._read_particles()
        yield from self._read_supplement()
        yield from self._read_more_names()

    def _query(self, database: str, statement: str) -> list[Any]:
        connection = sqlite3.connect(os.path.join(self._folder, database))
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def _read_counts(self) -> dict[tuple[str, int], list[Count]]:
        counts: dict[tuple[str, int], list[Count]] = {}
        dropped = {word for row in read_rows(_SUPPLEMENT) if row[0] == _DROP for word in row[1:]}
        for vocalised, kind, count in self._query(
            "wordfreq.sqlite", "select vocalized, word_type, freq from wordfreq order by freq desc, id"
        ):
            if bare(vocalised) in dropped:
                continue
            if kind not in _KINDS:
                self._particles[bare(vocalised)] = self._particles.get(bare(vocalised), 0.0) + float(count)
            elif _WORD.match(vocalised) and len(bare(vocalised)) > 1:
                counts.setdefault((bare(vocalised), _KINDS[kind]), []).append(
                    Count(FINAL_VOWEL.sub("", vocalised), float(count))
                )
        return counts

    def _count(self, entry: str, *kinds: int) -> float:
        """Return how often an entry occurs; a small share where only other entries of its letters are listed."""
        found = [line for kind in kinds for line in self._counts.get((bare(entry), kind), ())]
        same = [line.occurrences for line in found if skeleton(line.entry) == skeleton(entry)]
        return sum(same) or _LOST_SHARE * sum(line.occurrences for line in found)

    def _read_verbs(self) -> Iterator[Lexeme]:
        verbs = self._query(
            "arabicdictionary.sqlite", "select vocalized, future_type, root, transitive from verbs order by id"
        )
        seen: set[str] = set()
        known = {row[:3] for row in verbs}
        more = [row for row in self._verbs.table() if row[:3] not in known]
        for vocalised, future, root, transitive in dict.fromkeys([*verbs, *more]):
            parts = self._verbs.parts(vocalised, future, transitive=bool(transitive))
            lemma = bare(vocalised)
            seen.add(lemma)
            if parts:
                yield Lexeme(lemma, vocalised, root, self._count(vocalised, VERB), parts)
        for (lemma, kind), lines in self._counts.items():
            if kind == VERB and lemma not in seen:
                parts = self._verbs.parts(lines[0].entry + "\u064e", "", transitive=True)
                if parts:
                    yield Lexeme(lemma, lines[0].entry, "", lines[0].occurrences, parts)

    def _read_nouns(self) -> Iterator[Lexeme]:
        rows = [
            Noun(*row)
            for row in self._query(
                "arabicdictionary.sqlite",
                "select vocalized, root, number, single, broken_plural, feminin, mankous, feminable,"
                " masculin_plural, wordtype from nouns order by id",
            )
            if _WORD.match(row[0])
        ]
        plurals: dict[str, list[str]] = {}
        for row in rows:
            for single in _words(row.single):
                plurals.setdefault(skeleton(single), []).append(row.vocalised)
        own = {bare(FINAL_VOWEL.sub("", row.vocalised)) for row in rows}
        own |= {lemma for lemma, kind in self._counts if kind == NOUN}
        seen: set[str] = set()
        for row in rows:
            if row.number != _SINGULAR and row.single:
                continue
            entry = FINAL_VOWEL.sub("", row.vocalised)
            seen.add(bare(entry))
            if row.number != _SINGULAR and not self._count(entry, NOUN, ADJECTIVE):
                stems = self._plural(row.vocalised)
                if stems:
                    parts = [Part(PLURAL, 1.0, stems)]
                    self.orphans.append(Lexeme(bare(entry), entry, row.root, 0.0, parts))
                continue
            if self._is_feminine_adjective(entry):
                continue
            others = [*_words(row.broken_plural), *plurals.get(skeleton(entry), ()), *_words(row.feminine_form)]
            yield from self._noun(entry, row.root, others, row, own)
        for (lemma, kind), lines in self._counts.items():
            if kind in (NOUN, ADJECTIVE) and lemma not in seen:
                seen.add(lemma)
                for line in lines:
                    yield from self._noun(line.entry, "", plurals.get(skeleton(line.entry), []), None, own)

    def _noun(self, entry: str, root: str, plurals: list[str], row: Noun | None, own: set[str]) -> Iterator[Lexeme]:
        lemma = bare(entry)
        adjective, noun = self._count(entry, ADJECTIVE), self._count(entry, NOUN)
        is_adjective = adjective * 4 > noun or bool(not noun and row and _ADJECTIVAL.search(row.kind))
        weak = bool(row.weak) if row else bool(_WEAK_YEH.search(entry))
        person = is_adjective or bool(row and row.sound_plural)
        feminine = is_adjective or bool(row and row.feminable)
        kind = ADJECTIVE if is_adjective else FEMININE if lemma.endswith(ar.TEH_MARBUTA) else NOUN
        sound = is_adjective or len(lemma) > 3 or not plurals
        stems = self._nouns.of(lemma, feminine=is_adjective, person=person, sound=sound, weak=weak)
        parts = [Part(kind, 1.0, stems)]
        broken: dict[str, int] = {}
        for plural in plurals:
            for stem, mask in self._plural(plural).items():
                add(broken, stem, mask)
        if broken:
            parts.append(Part(PLURAL, _PLURAL_SHARE, broken))
            parts.append(Part(PLURAL, _DOUBLE_SHARE, dict.fromkeys(broken, self._double_plural)))
        if not sound:
            parts.append(Part(PLURAL, _DOUBLE_SHARE, {lemma: self._double_plural}))
        yield Lexeme(lemma, entry, root, max(adjective, noun), parts)
        if feminine and not is_adjective and lemma + ar.TEH_MARBUTA not in own:
            stems = self._nouns.of(lemma + ar.TEH_MARBUTA)
            other = entry + "\u064e" + ar.TEH_MARBUTA
            yield Lexeme(lemma + ar.TEH_MARBUTA, other, root, 0.0, [Part(FEMININE, 1.0, stems)])

    def _is_feminine_adjective(self, entry: str) -> bool:
        """Tell whether an entry in teh marbuta is only the feminine of an adjective."""
        if not entry.endswith(ar.TEH_MARBUTA):
            return False
        masculine = FINAL_VOWEL.sub("", entry[:-1])
        return self._count(masculine, ADJECTIVE) > _FEW * self._count(entry, NOUN)

    def _plural(self, vocalised: str) -> dict[str, int]:
        word = bare(vocalised).removeprefix(ar.ALEF + ar.LAM)
        if len(word) < _SHORTEST_PLURAL:
            return {}
        if vocalised.endswith(_KASRATAN):  # cited without the yeh that falls away before tanwin
            return self._nouns.of_plural(word + ar.YEH, weak=True)
        return self._nouns.of_plural(word, weak=bool(_WEAK_YEH.search(vocalised)))

    def _read_names(self) -> Iterator[Lexeme]:
        mask = self._affixes.mask("sg sg- name")
        for (lemma, kind), lines in self._counts.items():
            if kind == NAME:
                stems: dict[str, int] = {}
                add(stems, lemma, mask)
                yield Lexeme(
                    lemma, lines[0].entry, "", sum(line.occurrences for line in lines), [Part(NAME, 1.0, stems)]
                )

    def _read_particles(self) -> Iterator[Lexeme]:
        for word, vocalised, kind, pronoun, preposition in self._query(
            "stopwords.sqlite",
            "select word, vocalized, word_type, pronoun, preposition from classedstopwords order by id",
        ):
            if kind == _VERBAL or not _WORD.match(word) or len(word) < 2:
                continue
            stems: dict[str, int] = {}
            slot = "part" if preposition else "free"
            add(stems, word, self._affixes.mask(slot))
            if pronoun:
                bound = word[:-1] + ar.YEH if word.endswith(ar.ALEF_MAKSURA) else word
                add(stems, bound, self._affixes.mask(slot + "+"))
            count = max(_PARTICLE_COUNT, self._particles.get(word, 0.0))
            yield Lexeme(word, vocalised, "", count, [Part(PARTICLE, 1.0, stems)])

    def _read_supplement(self) -> Iterator[Lexeme]:
        for lemma, kind, root, thousands, *columns in read_rows(_SUPPLEMENT):
            if lemma == _DROP:
                continue
            stems: dict[str, int] = {}
            for column in columns:
                stem, _, slots = column.partition("=")
                add(stems, stem, self._affixes.mask(slots.replace(",", " ")))
            part = Part(_SUPPLEMENT_KINDS[kind], 1.0, stems)
            yield Lexeme(lemma, lemma, root.strip("-"), 1000.0 * float(thousands), [part])

    def _read_more_names(self) -> Iterator[Lexeme]:
        mask = self._affixes.mask("sg sg- name")
        article = ar.ALEF + ar.LAM
        for name in dict.fromkeys(name for row in read_rows(os.path.join(DATA, "names.txt")) for name in row):
            lemma = name.removeprefix(article) if len(name) > 4 else name
            if (lemma, NAME) not in self._counts:
                yield Lexeme(lemma, lemma, "", _NAME_COUNT, [Part(NAME, 1.0, {lemma: mask})])


def _words(text: str) -> list[str]:
    return [word for word in text.split(";") if _WORD.match(word)] if text else []
