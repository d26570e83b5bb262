"""Participles and verbal nouns the dictionary does not list, made from its verbs and kept when they occur."""

from __future__ import annotations

from collections.abc import Container, Iterator

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import Affixes
from searchkit.arabic.compile.stems import (
    ADJECTIVE,
    FEMININE,
    INTRANSITIVE,
    NOUN,
    VERB,
    Lexeme,
    NounStems,
    Part,
    bare,
)
from searchkit.arabic.compile.train import fold_all

_SHADDA = "\u0651"
_SHARE = 0.02  # of a verb's occurrences, as a first guess


def derive(affixes: Affixes, lexemes: list[Lexeme], forms: Container[str]) -> list[Lexeme]:
    """Return entries for derived words that occur as written and that no noun in ``lexemes`` is."""
    nouns = NounStems(affixes)
    lemmas = [lexeme.lemma for lexeme in lexemes if lexeme.parts[0].kind not in (VERB, INTRANSITIVE)]
    known = set(fold_all(lemmas))
    best: dict[str, tuple[Lexeme, bool]] = {}
    for lexeme in lexemes:
        if lexeme.parts[0].kind in (VERB, INTRANSITIVE) and lexeme.prior:
            for word, is_participle in derived_words(lexeme.entry):
                if word not in best or best[word][0].prior < lexeme.prior:
                    best[word] = lexeme, is_participle
    words = sorted(word for word in best if _occurs(word, forms))
    derived: list[Lexeme] = []
    for word, folded in zip(words, fold_all(words), strict=True):
        verb, is_participle = best[word]
        if folded not in known:
            kind = FEMININE if word.endswith(ar.TEH_MARBUTA) else ADJECTIVE if is_participle else NOUN
            weak = word.endswith(ar.YEH)
            stems = nouns.of(word, feminine=is_participle, person=is_participle, weak=weak)
            derived.append(Lexeme(word, "", verb.root, _SHARE * verb.prior, [Part(kind, 1.0, stems)]))
    return derived


def _occurs(word: str, forms: Container[str]) -> bool:
    article = ar.ALEF + ar.LAM
    return word in forms or article + word in forms or article + word + ar.TEH_MARBUTA in forms


def derived_words(entry: str) -> Iterator[tuple[str, bool]]:
    """Yield the words derived from a verb given vocalised, without marks, and whether each is a participle."""
    for word, is_participle in _derived(entry):
        yield _seat_hamza(word, is_participle=is_participle), is_participle


def _derived(entry: str) -> Iterator[tuple[str, bool]]:
    word = bare(entry)
    if len(word) < 3 or entry.count(_SHADDA) > 1:
        return
    first, rest = word[0], word[1:]
    if first in (ar.ALEF, ar.ALEF_HAMZA_ABOVE) and len(word) > 3:
        yield from _with_prefix(first, rest)
    elif first == ar.TEH and len(word) > 3:
        yield from _participles(ar.MEEM + word)
        yield (word[:-1] + ar.YEH if word[-1] == ar.ALEF_MAKSURA else word), False
    elif len(word) == 3:
        yield from _of_three(word, is_second=_SHADDA in entry[2:5])
    elif len(word) == 4:
        yield from _participles(ar.MEEM + word)
        long = word[1] == ar.ALEF
        yield (ar.MEEM + word if long else word).replace(ar.ALEF_MAKSURA, ar.ALEF) + ar.TEH_MARBUTA, False


def _with_prefix(first: str, rest: str) -> Iterator[tuple[str, bool]]:
    """Derive from a verb that starts with alef: the fourth form and the seventh to tenth."""
    head = ar.ALEF_HAMZA_BELOW if first == ar.ALEF_HAMZA_ABOVE else ar.ALEF
    last = rest[-1]
    if last == ar.ALEF_MAKSURA:
        yield from _participles(ar.MEEM + rest)
        yield head + rest[:-1] + ar.ALEF + ar.HAMZA, False
    elif rest[-2] == ar.ALEF:
        yield ar.MEEM + rest[:-2] + ar.YEH + last, True
        yield ar.MEEM + rest, True
        yield head + rest + ar.TEH_MARBUTA, False
        yield head + rest[:-2] + ar.YEH + ar.ALEF + last, False
    else:
        yield ar.MEEM + rest, True
        yield head + rest[:-1] + ar.ALEF + last, False
        yield head + rest + ar.ALEF + last, False  # of a doubled last letter


def _of_three(word: str, *, is_second: bool) -> Iterator[tuple[str, bool]]:
    one, two, three = tuple(word)
    if is_second:
        yield from _participles(ar.MEEM + word)
        weak = three == ar.ALEF_MAKSURA
        yield ar.TEH + one + two + ar.YEH + (ar.TEH_MARBUTA if weak else three), False
        return
    if two == ar.ALEF:
        yield one + ar.ALEF + ar.YEH_HAMZA + three, True
    elif three in (ar.ALEF, ar.ALEF_MAKSURA):
        yield one + ar.ALEF + two + ar.YEH, True
    else:
        head = ar.ALEF_MADDA if one == ar.ALEF_HAMZA_ABOVE else one + ar.ALEF
        yield head + two + three, True
        yield ar.MEEM + one + two + ar.WAW + three, True


def _seat_hamza(word: str, *, is_participle: bool) -> str:
    """Write a final hamza as the derived word has it: on yeh in participles, on the line after a long vowel."""
    if word[-1] != ar.ALEF_HAMZA_ABOVE:
        return word
    if word[-2] in (ar.ALEF, ar.WAW, ar.YEH):
        return word[:-1] + ar.HAMZA
    return word[:-1] + (ar.YEH_HAMZA if is_participle else ar.ALEF_HAMZA_ABOVE)


def _participles(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the active and, where it is written otherwise, the passive participle."""
    if word[-1] == ar.ALEF_MAKSURA:
        yield word[:-1] + ar.YEH, True
    yield word, True
