"""Words of a query as the kernels want them: the posting lists of all segments in arrays, with weights and bounds.

A plan holds for as long as the snapshot does, so it is made once per word, and shared by all queries with the word.
"""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from array import array
from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s, int64s
from searchkit._core.encode import bound_factor
from searchkit._core.words import FIELDS, LOOK
from searchkit.analysis import level_field
from searchkit.ranking import idf
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.parts import placed, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit._core.cursors import Cursors
    from searchkit._core.words import Field
    from searchkit.query import Term, WordClause
    from searchkit.ranking import Model
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_MAX_WORDS = 8192  # kept at a time; each takes one or two kilobytes


class PlaceTerm(NamedTuple):
    """A word whose places count in one field; see ``Places.add``."""

    term: Term
    importance: float  # boost times weight of the field times idf
    lists: tuple[array[int], ...]  # one per segment


class WordPlan:
    """The posting lists of a word in all segments, one segment after the other; see ``TopK.collect``."""

    __slots__ = ("ends", "flags", "lists", "most", "num_fields", "num_postings", "params", "places")

    def __init__(
        self,
        lists: array[int],
        flags: array[int],
        params: array[float],
        ends: tuple[int, ...],
        places: tuple[PlaceTerm, ...],
        num_fields: int,
        most: int,
    ) -> None:
        self.lists = lists
        self.flags = flags
        self.params = params
        self.ends = ends  # how many lists there are up to the end of each segment
        self.places = places
        self.num_fields = num_fields
        self.num_postings = sum(lists[2::FIELDS])
        self.most = most  # documents that the most frequent of its terms is in, deleted ones too

    def num_lists(self, place: int) -> int:
        """Return how many lists there are in a segment."""
        return self.ends[place] - (self.ends[place - 1] if place else 0)

    def segment(self, place: int) -> tuple[array[int], array[int], array[float]]:
        """Return the lists of a segment."""
        end = self.ends[place]
        if len(self.ends) == 1:
            return self.lists, self.flags, self.params
        start = self.ends[place - 1] if place else 0
        return self.lists[6 * start : 6 * end], self.flags[2 * start : 2 * end], self.params[5 * start : 5 * end]


class Looked:
    """A word that was looked up: where its terms are in all segments."""

    __slots__ = ("clause", "found", "looks", "missing", "most", "plan", "size")

    def __init__(self, clause: WordClause, looks: array[int], found: array[int], most: int) -> None:
        self.clause = clause
        self.looks = looks  # see ``Segment.find``; phrases are not among them
        self.found = found  # see there, one segment after the other
        self.size = len(looks) // LOOK
        self.most = most  # documents that the most frequent of its terms is in, deleted ones too
        self.missing: bool | None = None  # see ``Missing``
        self.plan: WordPlan | None = None


class Planner:
    """Looks up and plans the words of a snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, model: Model) -> None:
        self._segments = segments
        self._statistics = statistics
        self._model = model
        self._base = model.bm25.k1 * (1 - model.bm25.b)
        self._kernels = [segment.words() for segment in segments]
        self._numbers: dict[tuple[str, str], int] = {}  # of fields of terms, by field and level
        self._numbering = allocate_lock()
        self._words: dict[int, Looked] = {}  # by identity: to compare clauses takes longer

    def look(self, clause: WordClause) -> Looked:
        """Look a word without patterns up.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        known = self._words.get(id(clause))
        if known is not None and known.clause is clause:
            return known
        looked = self._look(clause)
        if len(self._words) >= _MAX_WORDS:
            self._words.clear()
        self._words[id(clause)] = looked
        return looked

    def word(self, clause: WordClause, cursors: Cursors) -> WordPlan:
        """Return the plan of a word without patterns.

        Args:
            clause: the word.
            cursors: a thread's own, to look into lists with.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        looked = self.look(clause)
        plan = looked.plan
        if plan is None:
            looked.plan = plan = self._plan(looked, cursors)
        return plan

    def _look(self, clause: WordClause) -> Looked:
        looks: list[int] = []
        terms: list[bytes] = []
        slots: dict[str, int] = {}
        for number, term in enumerate(clause.terms):
            if term.phrase:
                continue
            key = (term.field, term.level)
            field = self._numbers.get(key)
            if field is None:
                field = self._number(key)
            slot = slots.setdefault(term.field, len(slots))
            for text in term.texts:
                looks += (field, number, slot, term.level == "root")
                terms.append(text.encode("utf-8", "surrogatepass"))
        asked = array("q", looks)
        size = FIELDS * len(terms)
        found = int64s(size * len(self._kernels))
        for place, kernel in enumerate(self._kernels):
            try:
                kernel.find(asked, terms, found, size * place)
            except ValueError:
                raise self._segments[place].damage("terms") from None
        dfs = found[2:size:FIELDS]
        if len(self._kernels) > 1:
            dfs = [sum(found[at::size]) for at in range(2, size, FIELDS)]
        return Looked(clause, asked, found, max(dfs, default=0))

    def _number(self, key: tuple[str, str]) -> int:
        """Return the number of a field of terms, which may be a new one."""
        with self._numbering:
            number = self._numbers.get(key)
            if number is None:
                made = [self._field(segment, *key) for segment in self._segments]
                number = len(self._numbers)
                for kernel, field in zip(self._kernels, made, strict=True):
                    kernel.fields.append(field)
                self._numbers[key] = number
        return number

    def _field(self, segment: SegmentReader, name: str, level: str) -> Field | None:
        terms = level_field(name, level)
        field = segment.field_of_terms(terms, name)
        if field is not None:
            field.slope = self._model.bm25.k1 * self._model.bm25.b / self._statistics.average_length(name)
            field.factor = bound_factor(self._base, field.slope, segment.fields[terms].average)
        return field

    def _plan(self, looked: Looked, cursors: Cursors) -> WordPlan:
        clause, looks, found = looked.clause, looked.looks, looked.found
        idfs = self._idfs(looked, cursors)
        kinds = [term.kind for term in clause.terms]
        weights = array("d", weigh(clause, kinds, idfs, self._model)[0])
        most = looked.size * len(self._kernels)
        lists, flags, params = int64s(6 * most), int64s(2 * most), float64s(5 * most)
        count = 0
        ends: list[int] = []
        for place, kernel in enumerate(self._kernels):
            start = FIELDS * looked.size * place
            try:
                count = kernel.arrange(looks, found, start, weights, self._base, cursors, lists, flags, params, count)
            except ValueError:
                raise self._segments[place].damage("postings") from None
            ends.append(count)
        del lists[6 * count :], flags[2 * count :], params[5 * count :]
        places = tuple(self._places(looked, idfs)) if self._model.beginning or self._model.neighbours else ()
        num_fields = 1 + max(looks[2::LOOK], default=-1)
        return WordPlan(lists, flags, params, tuple(ends), places, num_fields, looked.most)

    def _idfs(self, looked: Looked, cursors: Cursors) -> list[float]:
        """Return the idf of each term; of alternatives the most frequent counts."""
        dfs = int64s(looked.size)
        for place, (kernel, segment) in enumerate(zip(self._kernels, self._segments, strict=True)):
            start = FIELDS * looked.size * place
            try:
                kernel.count(looked.looks, looked.found, start, segment.deleted_bits, cursors, dfs)
            except ValueError:
                raise segment.damage("postings") from None
        terms = looked.clause.terms
        counts = [0] * len(terms)
        for number, df in zip(looked.looks[1::LOOK], dfs, strict=True):
            if df > counts[number]:
                counts[number] = df
        idfs = [idf(df, self._statistics.num_docs) for df in counts]
        for number, term in enumerate(terms):
            if term.phrase:  # documents with it are scored apart
                idfs[number] = Lookup(self._segments, self._statistics).rarity(term)
        return idfs

    def _places(self, looked: Looked, idfs: Sequence[float]) -> list[PlaceTerm]:
        clause = looked.clause
        found: list[PlaceTerm] = []
        for term in placed(clause).values():
            number = clause.terms.index(term)
            importance = clause.boost * self._model.field_weight(term.field) * idfs[number]
            lists: list[array[int]] = []
            for place, kernel in enumerate(self._kernels):
                try:
                    lists.append(kernel.pick(looked.looks, looked.found, FIELDS * looked.size * place, number))
                except ValueError:
                    raise self._segments[place].damage("terms") from None
            found.append(PlaceTerm(term, importance, tuple(lists)))
        return found
