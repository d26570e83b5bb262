"""The terms of many words at all levels, numbered: the hot loop of ``searchkit.analysis.evidence``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.lexicon import CHOSEN, Lexicon
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

_CHOSEN = CHOSEN


class Rules(NamedTuple):
    """What decides on the evidence of a word."""

    lexicon: Lexicon
    margin: int
    plural_margin: int
    key: Callable[[str], str]  # of a name
    name_kinds: int  # bit k + 1 for each kind of entry k that may be a name
    guessed: int  # the kind that no dictionary explains, beside -1
    countries: frozenset[str]
    function_words: frozenset[str]


class Level:
    """The terms of words at one level: those of word w are ``numbers[starts[w]:starts[w + 1]]``."""

    def __init__(
        self, starts: array[int], numbers: array[int], num_known: int, marked: frozenset[str] = frozenset()
    ) -> None:
        """Begin a level.

        Args:
            starts: uint32[number of words + 1].
            numbers: uint32[>= 2 * number of words].
            num_known: how many terms the lexicon has at this level.
            marked: terms to know again by their numbers.
        """
        self.starts = self._starts = starts
        self.numbers = self._numbers = numbers
        self.numbering: dict[str, int] = {}  # of the terms, in order of first sight
        self._known = uint32s(num_known)  # number + 1 of what is in the lexicon
        self._marked = marked
        self._marks = bytearray(len(numbers))
        self._size = 0

    def number(self, term: str) -> int:
        """Return the number of a term, a new one if it is new."""
        new = len(self.numbering)
        number = self.numbering.setdefault(term, new)
        if number == new:
            self._marks[new] = term in self._marked
        return number

    def is_marked(self, number: int) -> bool:
        """Tell whether a term is one of those to know again."""
        return self._marks[number] != 0

    def put(self, number: int) -> None:
        """Give the word one more term."""
        self._numbers[self._size] = number
        self._size += 1

    def end(self, word: int) -> None:
        """End the terms of a word."""
        self._starts[word + 1] = self._size

    def known(self, place: int) -> int:
        """Return 1 + the number of what is at this place of the lexicon, 0 if it was not met yet."""
        return self._known[place]

    def remember(self, place: int, number: int) -> None:
        """Set the number of what is at this place of the lexicon."""
        self._known[place] = number + 1


def number_evidence(
    words: list[str], chosen: array[int], rules: Rules, lemmas: Level, roots: Level, names: Level
) -> None:
    """Fill the levels with the evidence of all words.

    Args:
        words: folded.
        chosen: int64[CHOSEN * number of words], as ``Lexicon.choose_all`` fills it.
        rules: what decides.
        lemmas: to fill.
        roots: to fill.
        names: to fill.
    """
    lexicon, _, _, make_key, name_kinds, guessed, countries, function_words = rules
    for i in range(len(words)):
        word = words[i]
        at = _CHOSEN * i
        best = chosen[at]
        other = chosen[at + 1]
        kind = chosen[at + 2]
        lemma = word
        if best < 0:
            if chosen[at + 3]:
                lemma = word[chosen[at + 3] :]
            first = lemmas.number(lemma)
        else:
            first = _lemma(lexicon, best, lemmas)
        second = _lemma(lexicon, other, lemmas) if other >= 0 else first
        if name_kinds >> (kind + 1) & 1 or word in countries or lemmas.is_marked(first) or lemmas.is_marked(second):
            # What looks like an affix may be part of a name that no dictionary has: فكتور, الكسي.
            key = make_key(word) if kind < 0 or kind == guessed else ""
            if key:
                names.put(names.number(key))
            own = make_key(lemma if best < 0 else lexicon.lemma(best))
            if own and own != key:
                names.put(names.number(own))
        lemmas.put(first)
        # A function word is met too often to stand for a rare word that looks alike: في for فئة.
        if second != first and word not in function_words:
            lemmas.put(second)
        if best >= 0:
            _put_root(lexicon, lexicon.root_of(best), roots)
        lemmas.end(i)
        roots.end(i)
        names.end(i)


def _lemma(lexicon: Lexicon, entry: int, lemmas: Level) -> int:
    """Return the number of the lemma of an entry."""
    number = lemmas.known(entry)
    if number:
        return number - 1
    number = lemmas.number(lexicon.lemma(entry))
    lemmas.remember(entry, number)
    return number


def _put_root(lexicon: Lexicon, place: int, roots: Level) -> None:
    """Give the word a root, if it is one."""
    number = roots.known(place)
    if not number:
        root = lexicon.root(place)
        if not root:
            return
        number = roots.number(root) + 1
        roots.remember(place, number - 1)
    roots.put(number - 1)
