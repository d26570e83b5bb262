"""The dictionary entries: Arramooz nouns and verbs, its list of lemma frequencies, and our supplement."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from searchkit.arabic import letters as ar
from searchkit.arabic.compile_affixes import DATA, Affixes
from searchkit.arabic.compile_stems import (
    ADJECTIVE,
    FINAL_VOWEL,
    NAME,
    NOUN,
    PARTICLE,
    VERB,
    Lexeme,
    NounStems,
    VerbStems,
    add,
    bare,
)
from searchkit.arabic.compile_verbs import Conjugator

_KINDS = {
    "noun": NOUN,
    "noun_quant": NOUN,
    "adj": ADJECTIVE,
    "adj_comp": ADJECTIVE,
    "adj_num": ADJECTIVE,
    "noun_prop": NAME,
    "verb": VERB,
}
_WORD = re.compile("[\u0621-\u063a\u0641-\u0652\u0670]+$")
_WEAK_YEH = re.compile("\u0650\u064a[\u064b-\u0650\u0652]*$")
_PLURAL_SHARE = 0.4  # of a noun's occurrences, where nothing better is known


class Frequency(NamedTuple):
    """One line of Arramooz' list of lemma frequencies."""

    vocalised: str
    count: float


class Sources:
    """Reads everything the lexicon is made of."""

    def __init__(self, affixes: Affixes) -> None:
        import arramooz  # arramooz-pysqlite: only the compiler needs it

        self._folder = os.path.join(os.path.dirname(arramooz.__file__), "data")
        self._affixes = affixes
        self._nouns = NounStems(affixes)
        self._verbs = Conjugator(VerbStems(affixes))
        self._counts = self._read_counts()

    def lexemes(self) -> Iterator[Lexeme]:
        """Yield all entries."""
        yield from self._read_verbs()
        yield from self._read_nouns()
        yield from self._read_names()
        yield from self._read_particles()
        yield from self._read_supplement()

    def _query(self, database: str, statement: str) -> list[tuple[str, ...]]:
        connection = sqlite3.connect(os.path.join(self._folder, database))
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def _read_counts(self) -> dict[tuple[str, int], list[Frequency]]:
        counts: dict[tuple[str, int], list[Frequency]] = {}
        for vocalised, bare_word, kind, count in self._query(
            "wordfreq.sqlite", "select vocalized, unvocalized, word_type, freq from wordfreq order by freq desc"
        ):
            if kind in _KINDS and _WORD.match(vocalised) and len(bare_word) > 1:
                counts.setdefault((bare(vocalised), _KINDS[kind]), []).append(
                    Frequency(FINAL_VOWEL.sub("", vocalised), float(count))
                )
        return counts

    def _count(self, word: str, *kinds: int) -> float:
        return sum(entry.count for kind in kinds for entry in self._counts.get((word, kind), ()))

    def _read_verbs(self) -> Iterator[Lexeme]:
        seen: set[str] = set()
        for vocalised, root, future in self._query(
            "arabicdictionary.sqlite", "select vocalized, root, future_type from verbs order by id"
        ):
            stems = self._verbs.stems(vocalised, future)
            lemma = bare(vocalised)
            seen.add(lemma)
            if stems:
                yield Lexeme(lemma, vocalised, VERB, root, self._count(lemma, VERB), stems)
        for (lemma, kind), entries in self._counts.items():
            if kind == VERB and lemma not in seen:
                stems = self._verbs.stems(entries[0].vocalised + "\u064e", ar.FATHATAN)
                if stems:
                    yield Lexeme(lemma, entries[0].vocalised, VERB, "", entries[0].count, stems)

    def _read_nouns(self) -> Iterator[Lexeme]:
        rows = self._query(
            "arabicdictionary.sqlite",
            "select vocalized, wordtype, root, gender, number, single, broken_plural, mankous, feminable,"
            " masculin_plural, feminin from nouns order by id",
        )
        plurals: dict[str, list[str]] = {}
        for row in rows:
            if row[4] != _SINGULAR and row[5]:
                for single in _split(row[5]):
                    plurals.setdefault(bare(single), []).append(row[0])
        seen: set[str] = set()
        for vocalised, _, root, _, number, single, broken, weak, feminable, sound, feminine in rows:
            if not _WORD.match(vocalised) or (number != _SINGULAR and single):
                continue
            entry = FINAL_VOWEL.sub("", vocalised)
            lemma = bare(entry)
            seen.add(lemma)
            adjective = self._count(lemma, ADJECTIVE)
            noun = self._count(lemma, NOUN)
            is_adjective = adjective > 0 and adjective * 4 > noun
            stems = self._noun_stems(
                entry, feminine=bool(feminable), person=bool(sound) or is_adjective, weak=bool(weak)
            )
            for plural in [*_split(broken), *plurals.get(lemma, ())]:
                self._add_plural(stems, plural)
            for other in _split(feminine):
                self._add_plural(stems, other)
            yield Lexeme(
                lemma, entry, ADJECTIVE if is_adjective else NOUN, root, max(adjective, noun), stems
            )
        for (lemma, kind), entries in self._counts.items():
            if kind in (NOUN, ADJECTIVE) and lemma not in seen and len(lemma) > 1:
                entry = entries[0].vocalised
                if kind == NOUN and (lemma, ADJECTIVE) in self._counts:
                    continue
                stems = self._noun_stems(
                    entry, feminine=kind == ADJECTIVE, person=kind == ADJECTIVE, weak=bool(_WEAK_YEH.search(entry))
                )
                for plural in plurals.get(lemma, ()):
                    self._add_plural(stems, plural)
                yield Lexeme(lemma, entry, kind, "", sum(e.count for e in entries), stems)

    def _noun_stems(self, entry: str, *, feminine: bool, person: bool, weak: bool) -> dict[str, int]:
        word = bare(entry)
        stems = self._nouns.of(word, feminine=feminine, person=person, weak=weak)
        return stems

    def _add_plural(self, stems: dict[str, int], vocalised: str) -> None:
        entry = FINAL_VOWEL.sub("", vocalised)
        word = bare(entry).removeprefix(ar.ALEF + ar.LAM)
        if len(word) < 2:
            return
        weak = bool(_WEAK_YEH.search(vocalised))
        if vocalised.endswith("\u064d"):  # tanwin kasr after three letters or more: mostly a weak final yeh fell
            word, weak = (word + ar.YEH, True) if _is_weak_pattern(word) else (word, weak)
        for stem, mask in self._nouns.of_plural(word, weak=weak).items():
            add(stems, stem, mask)

    def _read_names(self) -> Iterator[Lexeme]:
        mask = self._affixes.mask("sg sg- name acc")
        for (lemma, kind), entries in self._counts.items():
            if kind == NAME:
                stems: dict[str, int] = {}
                add(stems, lemma, mask)
                if lemma.endswith(ar.TEH_MARBUTA):
                    stems = self._nouns.of_plural(lemma, weak=False)
                yield Lexeme(lemma, entries[0].vocalised, NAME, "", sum(e.count for e in entries), stems)

    def _read_particles(self) -> Iterator[Lexeme]:
        for word, vocalised, kind, pronoun, inflected in self._query(
            "stopwords.sqlite",
            "select word, vocalized, word_type, pronoun, conjugation from classedstopwords order by id",
        ):
            if kind == _VERBAL or not _WORD.match(word) or len(word) < 2:
                continue
            stems: dict[str, int] = {}
            add(stems, word, self._affixes.mask("part"))
            if pronoun:
                bound = word[:-1] + ar.YEH if word.endswith(ar.ALEF_MAKSURA) else word
                add(stems, bound, self._affixes.mask("part+"))
            yield Lexeme(word, vocalised, PARTICLE, "", 1000.0 if inflected else 1000.0, stems)

    def _read_supplement(self) -> Iterator[Lexeme]:
        return
        yield


_SINGULAR = "\u0645\u0641\u0631\u062f"
_VERBAL = "\u0641\u0639\u0644"


def _split(words: str) -> list[str]:
    return [word for word in words.split(";") if _WORD.match(word)] if words else []


def _is_weak_pattern(word: str) -> bool:
    return len(word) >= 4 and word[-3] == ar.ALEF or len(word) == 3
