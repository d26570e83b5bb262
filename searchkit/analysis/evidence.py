"""One word, several pieces of evidence: surface, lemma, root, name key.

An index keeps one field of terms per piece. The field of the surface is called as the document's field is; the others
add the name of their level.
"""

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
    names: tuple[str, ...]

    def terms(self, surface: str, level: str) -> tuple[str, ...]:
        """Return the terms of one level."""
        if level == "surface":
            return (surface,)
        if level == "lemma":
            return self.lemmas
        if level == "name":
            return self.names
        return (self.root,) if self.root else ()


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
    lemmas, root, is_name, guessed = read_word(word)
    names: list[str] = []
    if is_name or is_country(word, *lemmas):
        # What looks like an affix may be part of a name that no dictionary has: فكتور, الكسي.
        keys = [name_key(form) for form in ((word, lemmas[0]) if guessed else lemmas[:1])]
        names = [key for key in dict.fromkeys(keys) if key]
    # A function word is met too often to stand for a rare word that looks alike: في for فئة.
    return Evidence(lemmas[:1] if is_function_word(word) else lemmas, root, tuple(names))


def level_field(field: str, level: str) -> str:
    """Return the name of the field of terms for one level of a document's field."""
    return field if level == "surface" else f"{field}__{level}"
