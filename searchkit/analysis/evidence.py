"""One word, several pieces of evidence: surface, lemma, root, name key.

An index keeps one field of terms per piece. The field of the surface is called as the document's field is; the others
add the name of their level.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from searchkit._core.buffers import room
from searchkit._core.evidence import Level, Rules, number_evidence
from searchkit._core.lexicon import CHOSEN
from searchkit.arabic.folding import new_table
from searchkit.arabic.function_words import function_words, is_function_word
from searchkit.arabic.morphology import GUESSED, MARGIN, NAMES, PLURAL_MARGIN, open_lexicon, read_word
from searchkit.arabic.names import countries, is_country, name_key, skeletons
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit._core.scan import Scanner
    from searchkit._core.tables import WordTable

LEVELS = ("surface", "lemma", "root", "name")
"""The pieces of evidence, strongest first."""

POSITIONED = ("surface", "lemma")
"""The levels whose positions are kept: phrases are made of words, not of roots."""

ANALYZER = "arabic 2"
"""Name and version of the analysis; an index made by another one cannot be searched with this."""

_MAX_MEMO = 1 << 20
_AT_ONCE = 1 << 16  # words that are looked up before their evidence is numbered


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
    return Evidence(*_analyze(word))


def number_terms(words: Scanner, start: int, end: int) -> list[Level]:
    """Return for each level after the surface the numbered terms of words; other threads run meanwhile.

    Args:
        words: folded.
        start: of the words.
        end: of the words.
    """
    rules = _rules()
    entries, roots = rules.lexicon.sizes()
    lands, function = _table(countries()), _table(function_words())
    tables = (_table(sorted(countries())), new_table(), new_table())
    levels = [Level(*of_level) for of_level in zip(tables, (end - start,) * 3, (entries, roots, 0), strict=True)]
    chosen = room(CHOSEN * min(_AT_ONCE, end - start), "q")
    for first in range(start, end, _AT_ONCE):
        last = min(first + _AT_ONCE, end)
        rules.lexicon.choose_all(*words.spellings(), first, last, rules.margin, rules.plural_margin, chosen)
        number_evidence(words, first, last, chosen, rules, lands, function, *levels)
    return levels


def _table(words: Iterable[str]) -> WordTable:
    """Return a table of these words."""
    table = new_table()
    for word in words:
        table.number(word)
    return table


@cache
def _rules() -> Rules:
    """Return what ``_analyze`` goes by, for the kernel."""
    name_kinds = sum(1 << (kind + 1) for kind in NAMES)
    return Rules(open_lexicon(), MARGIN, PLURAL_MARGIN, skeletons(), name_kinds, GUESSED)


def _analyze(word: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    lemmas, root, is_name, guessed = read_word(word)
    names: tuple[str, ...] = ()
    if is_name or is_country(word, *lemmas):
        # What looks like an affix may be part of a name that no dictionary has: فكتور, الكسي.
        keys = [name_key(form) for form in ((word, lemmas[0]) if guessed else lemmas[:1])]
        names = tuple(key for key in dict.fromkeys(keys) if key)
    # A function word is met too often to stand for a rare word that looks alike: في for فئة.
    if len(lemmas) > 1 and is_function_word(word):
        lemmas = lemmas[:1]
    return lemmas, root, names


def level_field(field: str, level: str) -> str:
    """Return the name of the field of terms for one level of a document's field."""
    return field if level == "surface" else f"{field}__{level}"
