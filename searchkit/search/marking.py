"""The words of a text that are evidence of a query.

Words of texts are numbered, and what each number is evidence of is noted once for all texts that follow; so the words
of a query are looked up, not those of the text.
"""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.buffers import uint32s
from searchkit.analysis import LEVELS, evidence
from searchkit.arabic.folding import new_scanner
from searchkit.query import Clause, GroupClause, NearClause, PhraseClause, WordClause
from searchkit.search.together import follow, stand_near

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Self

    from searchkit.query import TermPattern

    Leaf = WordClause | PhraseClause | NearClause
    Weigh = Callable[[Leaf], float]
    """The idf of a word or phrase."""

_MAX_TYPES = 1 << 16  # words met; then they are forgotten
_STRENGTH = {
    "surface": 1.0, "lemma": 0.9, "name": 0.85, "related": 0.7, "synonym": 0.7, "root": 0.5, "wildcard": 1.0,
    "fuzzy": 0.8,
}  # fmt: skip
_AS_TYPED = 0.1  # more, for the very letters

_NONE: frozenset[int] = frozenset()

_free: list[Reader] = []  # that no thread is using


class Words(NamedTuple):
    """The words of a text; valid until its reader reads another."""

    types: array[int]  # uint32[>= size], the number of each folded word
    starts: array[int]  # uint32[>= size], code points
    ends: array[int]
    size: int


class Place(NamedTuple):
    """A word, or a phrase, of the query in a text."""

    first: int  # number of its first word in the text
    last: int
    leaf: int  # which part of the query
    strength: float  # of this evidence, 1 for the word itself


class Marks(NamedTuple):
    """What of a text matches."""

    words: Words
    places: list[Place]  # in order
    marked: set[int]  # the numbers of the words to mark


class Marker:
    """Finds the words of one query in texts; any number of threads may share it."""

    def __init__(self, clause: Clause, weigh: Weigh | None = None) -> None:
        """Take a query.

        Args:
            clause: the query.
            weigh: tells what words are worth; without it all are worth the same.
        """
        self._clause = clause
        self._weigh = weigh

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The words and phrases to mark."""
        return leaves_to_mark(self._clause)

    @cached_property
    def _terms(self) -> list[tuple[int, str, str, float]]:
        return _terms_of(self.leaves)

    @cached_property
    def _patterns(self) -> list[tuple[int, list[TermPattern]]]:
        return _patterns_of(self.leaves)

    @cached_property
    def weights(self) -> list[float]:
        """What each part of the query is worth where it stands."""
        return [1.0 if self._weigh is None else self._weigh(leaf) for leaf in self.leaves]

    def find(self, text: str, reader: Reader) -> Marks:
        """Return what of a text matches; it holds until the reader reads another text."""
        words = reader.read(text)
        types = words.types[: words.size]
        wanted = self._wanted(reader, set(types))
        places: list[Place] = []
        for at in compress(range(words.size), map(wanted.__contains__, types)):
            leaf, strength = wanted[types[at]]
            if strength == 1.0 and text[words.starts[at] : words.ends[at]] == self.leaves[leaf].text:
                strength += _AS_TYPED
            places.append(Place(at, at, leaf, strength))
        marked = {place.first for place in places}
        for number, phrase in enumerate(self.leaves):
            if isinstance(phrase, PhraseClause):
                for found in _phrase_places(phrase, types, reader):
                    places.append(Place(found[0], found[-1], number, 1.0))
                    marked.update(found)
            elif isinstance(phrase, NearClause):
                spans = _near_places(phrase, types, reader)
                places += [Place(first, last, number, 1.0) for first, last in spans]
                marked.update(at for first, last in spans for at in range(first, last + 1))
            elif phrase.also:
                for found in _name_places(phrase, types, reader):
                    places.append(Place(found[0], found[-1], number, _STRENGTH["synonym"]))
                    marked.update(found)
        places.sort()
        return Marks(words, places, marked)

    def _wanted(self, reader: Reader, present: set[int]) -> dict[int, tuple[int, float]]:
        """Return the numbers of words that match, each with its part of the query and its strength.

        Args:
            reader: knows the words.
            present: the numbers of the text's words.
        """
        wanted: dict[int, tuple[int, float]] = {}
        for number, level, text, strength in self._terms:
            for type_ in present & reader.having(level, text):
                if type_ not in wanted or wanted[type_][1] < strength:
                    wanted[type_] = (number, strength)
        for number, patterns in self._patterns:
            for type_ in present - wanted.keys():
                word = reader.scanner.word(type_)
                if any(pattern.matches(word) for pattern in patterns):
                    wanted[type_] = (number, _STRENGTH["wildcard"])
        return wanted


def _terms_of(leaves: Sequence[Leaf]) -> list[tuple[int, str, str, float]]:
    """Return the terms of words, once for all fields: the number of the word, level and text, and its strength."""
    found: dict[tuple[int, str, str, float], None] = {}
    for number, leaf in enumerate(leaves):
        if isinstance(leaf, WordClause):
            for term in leaf.terms:
                if term.pattern is None and not term.phrase:
                    for text in term.texts:
                        found[number, term.level, text, _STRENGTH.get(term.kind, 0.5)] = None
    return list(found)


def _patterns_of(leaves: Sequence[Leaf]) -> list[tuple[int, list[TermPattern]]]:
    """Return the patterns of each word that has some."""
    found: list[tuple[int, list[TermPattern]]] = []
    for number, leaf in enumerate(leaves):
        if isinstance(leaf, WordClause):
            patterns = dict.fromkeys(term.pattern for term in leaf.terms if term.pattern is not None)
            if patterns:
                found.append((number, list(patterns)))
    return found


class Reader:
    """Reads texts one after the other; borrow it with ``with``."""

    def __init__(self) -> None:
        self.scanner = new_scanner()
        self._types = self._starts = self._ends = uint32s(0)
        self._forget()

    def _forget(self) -> None:
        self.scanner.clear()
        self._terms: dict[str, dict[str, set[int]]] = {level: {} for level in LEVELS[1:]}
        self._known = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            _free.append(self)

    def read(self, text: str, *, learn: bool = True) -> Words:
        """Return the words of a text; without ``learn`` nobody will ask what they are evidence of."""
        if self.scanner.num_types > _MAX_TYPES:
            self._forget()
        if len(text) > len(self._types):
            room = len(text) + len(text) // 4
            self._types, self._starts, self._ends = uint32s(room), uint32s(room), uint32s(room)
        size = self.scanner.scan(text, self._types, self._starts, self._ends)
        if learn:
            self._learn()
        return Words(self._types, self._starts, self._ends, size)

    def having(self, level: str, text: str) -> AbstractSet[int]:
        """Return the numbers of the words read that have a term."""
        if level == LEVELS[0]:
            return {self.number(text)}
        return self._terms[level].get(text, _NONE)

    def number(self, word: str) -> int:
        """Return the number of a folded word."""
        return self.scanner.number(word)

    def _learn(self) -> None:
        lemmas, roots, names = (self._terms[level] for level in LEVELS[1:])
        for number in range(self._known, self.scanner.num_types):
            found = evidence(self.scanner.word(number))
            for lemma in found.lemmas:
                lemmas.setdefault(lemma, set()).add(number)
            if found.root:
                roots.setdefault(found.root, set()).add(number)
            for name in found.names:
                names.setdefault(name, set()).add(number)
        self._known = self.scanner.num_types


def reader() -> Reader:
    """Return a reader that no other thread uses, for ``with``."""
    return _free.pop() if _free else Reader()


def leaves_to_mark(clause: Clause) -> list[Leaf]:
    """Return the words and phrases to mark; function words only where there is nothing else."""
    if isinstance(clause, WordClause | PhraseClause | NearClause):
        return [clause]
    if not isinstance(clause, GroupClause):
        return []
    leaves = [leaf for child in (*clause.must, *clause.should) for leaf in leaves_to_mark(child)]
    leaves += [other.clause for other in clause.instead]
    content = [leaf for leaf in leaves if not (isinstance(leaf, WordClause) and leaf.function)]
    return content or leaves


def _phrase_places(phrase: PhraseClause, types: array[int], reader: Reader) -> list[list[int]]:
    """Return the places of a phrase, each the numbers of its words in the text."""
    numbers = [reader.number(word) for word in phrase.words]
    at: dict[int, list[int]] = {number: [] for number in numbers}
    for place in compress(range(len(types)), map(at.__contains__, types)):
        at[types[place]].append(place)
    return follow([at[number] for number in numbers], phrase.slop)


def _near_places(near: NearClause, types: array[int], reader: Reader) -> list[tuple[int, int]]:
    """Return the first and last words of what stands near each other."""
    rows = [
        sorted({span for side in row for span in _run_places(side.level, side.terms, types, reader)})
        for row in near.rows
    ]
    return [span for row in stand_near(rows, near.gaps) for span in row]


def _run_places(level: str, terms: Sequence[str], types: array[int], reader: Reader) -> list[tuple[int, int]]:
    """Return where terms of one level follow each other."""
    wanted = [reader.having(level, term) for term in terms]
    last = len(wanted) - 1
    starts = compress(range(len(types) - last), map(wanted[0].__contains__, types)) if all(wanted) else ()
    return [(at, at + last) for at in starts if all(types[at + i] in wanted[i] for i in range(1, last + 1))]


def _name_places(word: WordClause, types: array[int], reader: Reader) -> list[list[int]]:
    """Return the places of other ways to write a word in several, each the numbers of these in the text."""
    names = dict.fromkeys((term.level, term.texts) for term in word.terms if term.phrase)
    places: list[list[int]] = []
    for level, texts in names:
        wanted = [reader.having(level, text) for text in texts]
        if all(wanted):
            for at in compress(range(len(types) - len(wanted) + 1), map(wanted[0].__contains__, types)):
                found = range(at, at + len(wanted))
                if all(types[i] in row for i, row in zip(found, wanted, strict=True)):
                    places += [list(found)]
    return places
