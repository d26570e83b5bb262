"""One word, several pieces of evidence: surface, lemma, root, name key.

An index keeps one field of terms per piece. The field of the surface is called as the document's field is; the others
add the name of their level.
"""

from collections.abc import Iterable
from typing import NamedTuple

from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.morphology import read_word
from searchkit.arabic.names import is_country, name_key

LEVELS = ("surface", "lemma", "root", "name")
"""The pieces of evidence, strongest first."""

POSITIONED = ("surface", "lemma")
"""The levels whose positions are kept: phrases are made of words, not of roots."""

ANALYZER = "arabic 1"
"""Name and version of the analysis; an index made by another one cannot be searched with this."""

_MAX_MEMO = 1 << 20


class Evidence(NamedTuple):
    """What a folded word is evidence of."""

    lemmas: tuple[str, ...]
    root: str
    name: str

    def terms(self, surface: str, level: str) -> tuple[str, ...]:
        """Return the terms of one level."""
        if level == "surface":
            return (surface,)
        if level == "lemma":
            return self.lemmas
        term = self.root if level == "root" else self.name
        return (term,) if term else ()


_memo: dict[str, Evidence] = {}


def evidence(word: str) -> Evidence:
    """Return what a folded word is evidence of; each word is analysed once, as long as memory lasts."""
    found = _memo.get(word)
    if found is None:
        found = analyze_word(word)
        if len(_memo) >= _MAX_MEMO:  # a stream of endless new words must not fill the memory
            _memo.clear()
        _memo[word] = found
    return found


def analyze_word(word: str) -> Evidence:
    """Return what a folded word is evidence of, and do not keep it."""
    return Evidence(*_analyze(word))


def evidence_by_level(words: Iterable[str]) -> list[tuple[list[str], list[int]]]:
    """Return for each level after the surface the terms of all words, and how many each word has.

    Lists of strings, because the garbage collector would go through a million tuples again and again.
    """
    lemmas: list[str] = []
    counts: list[int] = []
    roots: list[str] = []
    names: list[str] = []
    for word in words:
        found, root, name = _analyze(word)
        lemmas += found
        counts.append(len(found))
        roots.append(root)
        names.append(name)
    return [
        (lemmas, counts),
        *((list(filter(None, some)), [1 if term else 0 for term in some]) for some in (roots, names)),
    ]


def _analyze(word: str) -> tuple[tuple[str, ...], str, str]:
    lemmas, root, is_name = read_word(word)
    name = name_key(lemmas[0]) if is_name or is_country(word, *lemmas) else ""
    # A function word is met too often to stand for a rare word that looks alike: في for فئة.
    if len(lemmas) > 1 and is_function_word(word):
        lemmas = lemmas[:1]
    return lemmas, root, name


def level_field(field: str, level: str) -> str:
    """Return the name of the field of terms for one level of a document's field."""
    return field if level == "surface" else f"{field}__{level}"
