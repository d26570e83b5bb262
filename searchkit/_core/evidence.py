"""The terms of many words at all levels, numbered: the hot loop of ``searchkit.analysis.evidence``."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core.buffers import room
from searchkit._core.lexicon import CHOSEN, Lexicon
from searchkit._core.skeleton import ROOM, Skeletons
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit._core.buffers import Int64s
    from searchkit._core.scan import Scanner
    from searchkit._core.tables import WordTable

_CHOSEN = CHOSEN
_NO_LETTERS = array("H", (0,))


class Rules(NamedTuple):
    """What decides on the evidence of a word."""

    lexicon: Lexicon
    margin: int
    plural_margin: int
    skeletons: Skeletons
    name_kinds: int  # bit k + 1 for each kind of entry k that may be a name
    guessed: int  # the kind that no dictionary explains, beside -1


class Level:
    """The terms of words at one level, word after word; those of a word end at its entry of ``ends`` in ``numbers``."""

    def __init__(self, table: WordTable, size: int, num_known: int) -> None:
        """Begin a level.

        Args:
            table: numbers the terms; those that it has are to be known again.
            size: number of words.
            num_known: how many terms the lexicon has at this level.
        """
        self.table = table
        self.ends = self._ends = room(size)
        self.numbers = self._numbers = room(2 * size)
        self.size = 0  # numbers so far
        self._count = 0  # words so far
        self._known = room(num_known)  # number + 1 of what is in the lexicon
        self._marked = table.num_types

    def put(self, number: int) -> None:
        """Give the word one more term."""
        self._numbers[self.size] = number
        self.size += 1

    def end(self) -> None:
        """End the terms of a word."""
        self._ends[self._count] = self.size
        self._count += 1

    def is_marked(self, number: int) -> bool:
        """Tell whether a term is one of those to know again."""
        return number < self._marked

    def known(self, lexicon: Lexicon, place: int, text: int) -> int:
        """Return the number of a term of the lexicon.

        Args:
            lexicon: what has it.
            place: its number there.
            text: where its text is.
        """
        number = self._known[place]
        if number:
            return number - 1
        number = self.table.number_text(lexicon.texts, text >> 8, text & 255)
        self._known[place] = number + 1
        return number


def number_evidence(
    words: Scanner,
    start: int,
    end: int,
    chosen: Int64s,
    rules: Rules,
    countries: WordTable,
    function_words: WordTable,
    lemmas: Level,
    roots: Level,
    names: Level,
) -> None:
    """Append the evidence of words to the levels; other threads run meanwhile.

    Args:
        words: folded.
        start: of the words.
        end: of the words.
        chosen: int64[>= CHOSEN * (end - start)], as ``Lexicon.choose_all`` fills it.
        rules: what decides.
        countries: their names; used by one thread at a time.
        function_words: the same.
        lemmas: to append to; its table begins with the names of countries.
        roots: to append to.
        names: to append to.
    """
    lexicon = rules.lexicon
    skeletons = rules.skeletons
    name_kinds = rules.name_kinds
    guessed = rules.guessed
    buffer = _NO_LETTERS * ROOM
    with cython.nogil:
        for i in range(start, end):
            at = _CHOSEN * (i - start)
            best = chosen[at]
            other = chosen[at + 1]
            kind = chosen[at + 2]
            if best < 0:
                first = lemmas.table.number_of(words, i, chosen[at + 3])
            else:
                first = lemmas.known(lexicon, best, lexicon.lemma_text(best))
            second = lemmas.known(lexicon, other, lexicon.lemma_text(other)) if other >= 0 else first
            if (
                name_kinds >> (kind + 1) & 1
                or lemmas.is_marked(first)
                or lemmas.is_marked(second)
                or countries.find(words, i) >= 0
            ):
                # What looks like an affix may be part of a name that no dictionary has: فكتور, الكسي.
                key = -1
                if kind < 0 or kind == guessed:
                    key = names.table.number_key(skeletons, words, i, buffer)
                    if key >= 0:
                        names.put(key)
                own = names.table.number_key(skeletons, lemmas.table, first, buffer)
                if own >= 0 and own != key:
                    names.put(own)
            lemmas.put(first)
            # A function word is met too often to stand for a rare word that looks alike: في for فئة.
            if second != first and function_words.find(words, i) < 0:
                lemmas.put(second)
            if best >= 0:
                place = lexicon.root_of(best)
                text = lexicon.root_text(place)
                if text & 255:
                    roots.put(roots.known(lexicon, place, text))
            lemmas.end()
            roots.end()
            names.end()
