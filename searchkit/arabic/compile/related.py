"""Writes data/related.txt: ``python -m searchkit.arabic.compile.related``, after the lexicon, with the same packages.

Three relations, each only between lemmas that the lexicon gives:

- a country and its adjective in all their spellings, where the adjective occurs: أميركا, أمريكا and أمريكي;
- any noun and its adjective, where the dictionary has both under one root, or both without a root: ثقافة and ثقافي;
- a verb and the verbal noun that its form makes, of the same root: انتعش and انتعاش. Verbs of the first form
  make theirs in too many ways, and participles are too often nouns with a meaning of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import permutations, product

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import DATA, read_affixes
from searchkit.arabic.compile.derive import derive, derived_words
from searchkit.arabic.compile.lexicon import read_forms
from searchkit.arabic.compile.roots import fill_roots
from searchkit.arabic.compile.sources import Sources
from searchkit.arabic.compile.stems import INTRANSITIVE, PARTICLE, VERB, Lexeme
from searchkit.arabic.compile.train import fold_all
from searchkit.arabic.morphology import read_word
from searchkit.arabic.names import countries, name_key

_HEADER = """\
# Lemmas that say the same in another part of speech, folded. Made by compile.related from the sources of lexicon.bin
# and countries.txt; see SOURCES.md.
"""
_ARTICLE = ar.ALEF + ar.LAM
# What falls away before the ending of the adjective: Syria, Turkey, France in their spellings.
_FEMININE = (ar.YEH + ar.ALEF, ar.YEH + ar.HEH, ar.ALEF, ar.HEH)
_SHORTEST_STEM = 3
_SHORTEST_ADJECTIVE = 5  # shorter ones look like a noun with the pronoun "my"
_VERBS = (VERB, INTRANSITIVE)

Pair = tuple[str, str]


def main() -> int:
    """Write the file in place."""
    affixes = read_affixes()
    forms = read_forms()
    lexemes = list(Sources(affixes).lexemes())
    lexemes = fill_roots(lexemes + derive(affixes, lexemes, forms))
    folded = fold_all([lexeme.lemma for lexeme in lexemes])
    nouns: dict[str, set[str]] = {}  # roots by lemma
    for lexeme, lemma in zip(lexemes, folded, strict=True):
        if lexeme.parts[0].kind not in (PARTICLE, *_VERBS):
            nouns.setdefault(lemma, set()).add(lexeme.root)
    pairs = {
        *_country_adjectives(set(fold_all(list(forms)))),
        *_adjectives(nouns),
        *_verbal_nouns([(v, w) for v, w in zip(lexemes, folded, strict=True) if v.parts[0].kind in _VERBS], nouns),
    }
    path = os.path.join(DATA, "related.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write(_HEADER)
        out.writelines(_lines(pairs))
    sys.stdout.write(f"{path}: {len(pairs):,} pairs\n")
    return 0


def _country_adjectives(forms: set[str]) -> Iterator[Pair]:
    """Yield every country with its adjectives, and these with each other: the spellings of one country share a key."""
    spellings: dict[str, tuple[set[str], set[str]]] = {}
    for country in countries():
        names, adjectives = spellings.setdefault(name_key(country) or country, (set(), set()))
        names.add(country)
        ending = next((end for end in _FEMININE if country.endswith(end)), "")
        stem = country.removesuffix(ending) if len(country) - len(ending) >= _SHORTEST_STEM else country
        if not country.endswith(ar.YEH):
            made = (stem + ar.YEH, stem + ar.WAW + ar.YEH)
            adjectives.update(adjective for adjective in made if _occurs(adjective, forms))
    for names, adjectives in spellings.values():
        yield from product(names, adjectives)
        yield from permutations(adjectives, 2)


def _occurs(word: str, forms: set[str]) -> bool:
    return not forms.isdisjoint(article + word + ending for article in ("", _ARTICLE) for ending in ("", ar.HEH))


def _adjectives(nouns: dict[str, set[str]]) -> Iterator[Pair]:
    for adjective, roots in nouns.items():
        if adjective.endswith(ar.YEH) and len(adjective) >= _SHORTEST_ADJECTIVE:
            for ending in ("", *_FEMININE):
                noun = adjective[:-1] + ending
                if not roots.isdisjoint(nouns.get(noun, ())):
                    yield noun, adjective


def _verbal_nouns(verbs: list[tuple[Lexeme, str]], nouns: dict[str, set[str]]) -> Iterator[Pair]:
    spelt_like_verbs = {verb for _, verb in verbs}
    for lexeme, verb in verbs:
        made = [word for word, is_participle in derived_words(lexeme.entry) if not is_participle]
        for noun in fold_all(made) if lexeme.prior else ():
            if lexeme.root in nouns.get(noun, ()) and noun not in spelt_like_verbs:
                yield verb, noun


def _lines(pairs: Iterable[Pair]) -> Iterator[str]:
    related: dict[str, set[str]] = {}
    for pair in pairs:
        if all(read_word(word)[0][0] == word for word in pair):
            for word, other in (pair, pair[::-1]):
                related.setdefault(word, set()).add(other)
    for word, others in sorted(related.items()):
        yield f"{word}\t{' '.join(sorted(others))}\n"


if __name__ == "__main__":
    sys.exit(main())
