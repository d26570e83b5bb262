"""The terms of many words at all levels, numbered: the hot loop of ``searchkit.analysis.evidence``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable


class Rules(NamedTuple):
    """What decides on the evidence of a word."""

    analyze: Callable[[str, int, int], tuple[str, str, str, str, int, int, int]]  # ``Lexicon.analyze``
    margin: int
    plural_margin: int
    key: Callable[[str], str]  # of a name
    name_kinds: int  # bit k + 1 for each kind of entry k that may be a name
    guessed: int  # the kind that no dictionary explains, beside -1
    countries: frozenset[str]
    function_words: frozenset[str]


class Level:
    """The terms of words at one level: those of word w are ``numbers[starts[w]:starts[w + 1]]``."""

    def __init__(self, starts: array[int], numbers: array[int]) -> None:
        """Begin a level.

        Args:
            starts: uint32[number of words + 1].
            numbers: uint32[>= 2 * number of words].
        """
        self.starts = self._starts = starts
        self.numbers = self._numbers = numbers
        self.numbering: dict[str, int] = {}  # of the terms, in order of first sight
        self._size = 0

    def put(self, term: str) -> None:
        """Give the word one more term."""
        found = self.numbering.get(term)
        if found is None:
            number = len(self.numbering)
            self.numbering[term] = number
        else:
            number = found
        self._numbers[self._size] = number
        self._size += 1

    def end(self, word: int) -> None:
        """End the terms of a word."""
        self._starts[word + 1] = self._size


def number_evidence(words: list[str], rules: Rules, lemmas: Level, roots: Level, names: Level) -> None:
    """Fill the levels with the evidence of all words."""
    analyze, margin, plural_margin, make_key, name_kinds, guessed, countries, function_words = rules
    for i in range(len(words)):
        word = words[i]
        lemma, other, root, _, kind, _, _ = analyze(word, margin, plural_margin)
        if (
            name_kinds >> (kind + 1) & 1
            or word in countries
            or lemma in countries
            or (other != "" and other in countries)
        ):
            # What looks like an affix may be part of a name that no dictionary has: فكتور, الكسي.
            key = make_key(word) if kind < 0 or kind == guessed else ""
            if key:
                names.put(key)
            own = make_key(lemma)
            if own and own != key:
                names.put(own)
        lemmas.put(lemma)
        # A function word is met too often to stand for a rare word that looks alike: في for فئة.
        if other != "" and word not in function_words:
            lemmas.put(other)
        if root:
            roots.put(root)
        lemmas.end(i)
        roots.end(i)
        names.end(i)
