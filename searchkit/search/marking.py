"""The words of a text that are evidence of a query.

Words of texts are numbered, and what each number is evidence of is noted once for all texts that follow; so the words
of a query are looked up, not those of the text.
"""

from __future__ import annotations

from functools import cached_property, partial
from itertools import compress
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit.analysis import LEVELS, evidence
from searchkit.arabic.folding import new_scanner
from searchkit.query import Clause, GroupClause, NearClause, PhraseClause, WordClause
from searchkit.records import NamedTuple
from searchkit.search.pool import Pool
from searchkit.search.together import first_near, follow, stand_near

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Self

    from searchkit.query import TermPattern

    Leaf = WordClause | PhraseClause | NearClause
    Where = Callable[[str, str], Sequence[int]]
    """Tells where a term of a level stands in a text, in order."""

    Weigh = Callable[[Leaf], float]
    """The idf of a word or phrase."""

_MAX_TYPES = 1 << 16  # words met; then they are forgotten
_STRENGTH = {
    "surface": 1.0, "lemma": 0.9, "name": 0.85, "related": 0.7, "synonym": 0.7, "root": 0.5, "wildcard": 1.0,
    "fuzzy": 0.8, "run": 1.0,
}  # fmt: skip
_PART = 0.5  # of a side of NEAR, where not all of it is shown
_AS_TYPED = 0.1  # more, for the very letters

_NONE: frozenset[int] = frozenset()


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
        for number, part in enumerate(self.leaves):
            if not isinstance(part, WordClause):
                found, words_of = places_together(part, number, partial(_where, reader, types))
                places += found
                marked |= words_of
            elif part.also:
                for name in _name_places(part, types, reader):
                    places.append(Place(name[0], name[-1], number, _STRENGTH[part.terms[-1].kind]))
                    marked.update(name)
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
            _readers.give_back(self)

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


_readers = Pool(Reader)


def reader() -> Reader:
    """Return a reader that no other thread uses, for ``with``."""
    return _readers.borrow()


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


def places_together(leaf: PhraseClause | NearClause, number: int, where: Where) -> tuple[list[Place], set[int]]:
    """Return where a phrase or a NEAR stands in a text, and the numbers of its words.

    Args:
        leaf: the phrase or NEAR.
        number: of this part of the query.
        where: of each word.
    """
    if isinstance(leaf, PhraseClause):
        found = follow([where(LEVELS[0], word) for word in leaf.words], leaf.slop)
        return [Place(at[0], at[-1], number, 1.0) for at in found], {word for at in found for word in at}
    rows = [
        sorted({(run[0], run[-1]) for level, terms, _ in row for run in follow([where(level, term) for term in terms])})
        for row in leaf.rows
    ]
    whole = first_near(rows, leaf.gaps) if rows and all(rows) else None
    if whole is None:
        return [], set()
    runs = [run for row in stand_near(rows, leaf.gaps) for run in row]
    places = [Place(*whole, number, 1.0), *(Place(*run, number, _PART) for run in runs)]
    return places, {word for first, last in runs for word in range(first, last + 1)}


def _where(reader: Reader, types: array[int], level: str, text: str) -> list[int]:
    """Return where a term stands among the words of a text."""
    return list(compress(range(len(types)), map(reader.having(level, text).__contains__, types)))


def _name_places(word: WordClause, types: array[int], reader: Reader) -> list[list[int]]:
    """Return the places of other ways to write a word in several, each the numbers of these in the text."""
    where = partial(_where, reader, types)
    names = dict.fromkeys((term.level, term.texts) for term in word.terms if term.phrase)
    return [place for level, texts in names for place in follow([where(level, text) for text in texts])]
