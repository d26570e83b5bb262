"""Roots: one spelling for all, and roots for entries that come without one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.derive import derived_words
from searchkit.arabic.compile.stems import (
    ADJECTIVE,
    FEMININE,
    GUESSED,
    INTRANSITIVE,
    NAME,
    NOUN,
    PARTICLE,
    VERB,
    Lexeme,
)
from searchkit.arabic.compile.train import fold_all

_HAMZA = re.compile("[\u0621-\u0626\u0671]")
_ROOT = re.compile("[\u0627\u0628\u062a-\u0648\u064a]{3,4}")
_NAMESAKE = 0.02  # a name has the root of the word it also is, if that occurs so often against the name
_VERBS = (VERB, INTRANSITIVE)
_NOUNS = (NOUN, ADJECTIVE, FEMININE)


def normalise_root(root: str) -> str:
    """Write every hamza of a root as alef, which no root has otherwise; "" for what is no root of 3 or 4 letters."""
    plain = _HAMZA.sub(ar.ALEF, root).replace(ar.ALEF_MAKSURA, ar.YEH)
    return plain if _ROOT.fullmatch(plain) else ""


def fill_roots(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Normalise all roots; take missing ones from verb, masculine, base noun, or pattern, in this order."""
    lexemes = [lexeme._replace(root=normalise_root(lexeme.root)) for lexeme in lexemes]
    folded = fold_all([lexeme.lemma for lexeme in lexemes])
    of_verbs = _roots_of_derived(lexemes)
    of_nouns: dict[str, tuple[float, str]] = {}
    for lexeme, lemma in zip(lexemes, folded, strict=True):
        if lexeme.root and lexeme.parts[0].kind in _NOUNS:
            of_nouns[lemma] = max(of_nouns.get(lemma, (-1.0, "")), (lexeme.prior, lexeme.root))
    roots = {lexeme.root for lexeme in lexemes if lexeme.parts[0].kind in _VERBS and lexeme.prior}
    filled: list[Lexeme] = []
    for lexeme, lemma in zip(lexemes, folded, strict=True):
        kind = lexeme.parts[0].kind
        root = lexeme.root
        if not root and kind == NAME:
            prior, found = of_nouns.get(lemma, (0.0, ""))
            root = found if prior > _NAMESAKE * lexeme.prior else ""
        elif not root and kind not in (GUESSED, PARTICLE, *_VERBS):
            root = of_verbs.get(lemma) or _of_base(lemma, of_nouns, of_verbs) or _by_pattern(lemma, roots)
        filled.append(lexeme._replace(root=root))
    return filled


def _roots_of_derived(lexemes: Iterable[Lexeme]) -> dict[str, str]:
    """Return the root of every word that can be derived from a verb; the most frequent verb wins."""
    verbs = [lexeme for lexeme in lexemes if lexeme.parts[0].kind in _VERBS and lexeme.root]
    verbs.sort(key=lambda verb: verb.prior)
    words = {word: verb.root for verb in verbs for word, _ in derived_words(verb.entry)}
    return dict(zip(fold_all(list(words)), words.values(), strict=True))


def _of_base(lemma: str, of_nouns: dict[str, tuple[float, str]], of_verbs: dict[str, str]) -> str:
    """Return the root of the word without its feminine or relational ending."""
    for ending in (ar.YEH + ar.HEH, ar.HEH, ar.YEH):
        base = lemma.removesuffix(ending)
        if len(base) > 2 and base != lemma:
            for word in (base, base + ar.HEH):
                if word in of_nouns or word in of_verbs:
                    return of_nouns.get(word, (0.0, ""))[1] or of_verbs[word]
    return ""


def _by_pattern(lemma: str, roots: set[str]) -> str:
    """Return the one root of a frequent verb that a pattern of nouns finds in the word, "" when there are several."""
    found = {root for root in _candidates(lemma.removesuffix(ar.HEH)) if root in roots}
    return found.pop() if len(found) == 1 else ""


def _candidates(word: str) -> Iterator[str]:
    yield word if len(word) == 3 else ""
    if len(word) == 2:
        yield word + word[1]
    for pattern in _PATTERNS:
        match = pattern.fullmatch(word)
        if match:
            yield "".join(match.groups())


# fa'il, fi'al, fu'ul, fa'il; maf'al, maf'ul, mif'al; taf'il; if'al
_PATTERNS = [
    re.compile(pattern.replace("1", "(.)"))
    for pattern in (
        f"1{ar.ALEF}11",
        f"11{ar.ALEF}1",
        f"11{ar.WAW}1",
        f"11{ar.YEH}1",
        f"{ar.MEEM}111",
        f"{ar.MEEM}11{ar.WAW}1",
        f"{ar.MEEM}11{ar.ALEF}1",
        f"{ar.TEH}11{ar.YEH}1",
        f"{ar.ALEF}11{ar.ALEF}1",
    )
]
