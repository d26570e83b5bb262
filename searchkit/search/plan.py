"""Words of a query as the kernels want them: the posting lists of all segments in arrays, with weights and bounds.

A plan holds for as long as the snapshot does, so it is made once per word, and shared by all queries with the word.
"""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from array import array
from typing import TYPE_CHECKING

from searchkit._core.buffers import int64s
from searchkit._core.encode import bound_factor
from searchkit._core.words import FIELDS, LOOK, Segments
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
    importance: float  # scale times idf
    scale: float  # boost times weight of the field
    lists: tuple[bytes, ...]  # one per segment: int64[6 * n]


class WordPlan:
    """What is known of a word: where its terms are, and, once it is planned, its posting lists; see ``TopK.collect``.

    There are thousands, and arrays would be looked at by the garbage collector, so their bytes are kept.
    """

    __slots__ = (
        "clause", "found", "missing", "most", "num_fields", "num_postings", "places", "segments",
    )  # fmt: skip

    def __init__(self, clause: WordClause, found: array[int], most: int) -> None:
        self.clause = clause
        self.found: array[int] | None = found  # look-ups, then where they are in each segment; see ``Segments.find``
        self.most = most  # documents that the most frequent of its terms is in, deleted ones too
        self.missing: bool | None = None  # see ``Missing``
        self.segments: tuple[tuple[bytes, bytes, bytes], ...] = ()  # its lists in each, their flags and parameters
        self.places: tuple[PlaceTerm, ...] = ()
        self.num_fields = 0
        self.num_postings = 0  # in all segments

    def num_lists(self, place: int) -> int:
        """Return how many lists there are in a segment."""
        return len(self.segments[place][0]) // 48

    def arrays(self, place: int) -> tuple[array[int], array[int], array[float]]:
        """Return the lists of a segment, their flags and their parameters."""
        lists, flags, params = self.segments[place]
        return array("q", lists), array("q", flags), array("d", params)


class Planner:
    """Looks up and plans the words of a snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, model: Model) -> None:
        self._segments = segments
        self._statistics = statistics
        self._model = model
        self._kernels = [segment.words() for segment in segments]
        self._all = Segments(self._kernels)
        self._numbers: dict[tuple[str, str], int] = {}  # of fields of terms, by field and level
        self._numbering = allocate_lock()
        self._words: dict[int, WordPlan] = {}  # by identity: to compare clauses takes longer

    def look(self, clause: WordClause) -> WordPlan:
        """Look a word without patterns up; it need not be planned.

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
        known = self._words.get(id(clause))
        if known is None or known.clause is not clause:
            known = self.look(clause)
        if (found := known.found) is not None:  # another thread may plan it as well
            self._plan(known, found, cursors)
        return known

    def _look(self, clause: WordClause) -> WordPlan:
        looks: list[int] = []
        terms: list[bytes] = []
        slots: dict[str, int] = {}
        numbers = self._numbers
        for number, term in enumerate(clause.terms):
            if term.phrase:
                continue
            name, level, texts = term[:3]
            key = (name, level)
            field = numbers.get(key)
            if field is None:
                field = self._number(key)
            slot = slots.get(name)
            if slot is None:
                slot = slots[name] = len(slots)
            spare = level == "root"
            for text in texts:
                looks += (field, number, slot, spare, 0)
                terms.append(text.encode("utf-8", "surrogatepass"))
        found = array("q", looks)
        found.extend(int64s(FIELDS * len(terms) * len(self._kernels)))
        return WordPlan(clause, found, self._all.find(terms, found))

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
            k1, b = self._statistics.bm25(self._model)
            field.slope = k1 * b / self._statistics.lengths(name).average
            field.factor = bound_factor(k1 * (1 - b), field.slope, segment.fields[terms].average)
        return field

    def _plan(self, word: WordPlan, found: array[int], cursors: Cursors) -> None:
        clause, terms = word.clause, word.clause.terms
        statistics, model = self._statistics, self._model
        size = len(found) // (LOOK + FIELDS * len(self._kernels))
        num_docs = statistics.num_docs
        idfs = [idf(df, num_docs) for df in self._all.count(found, size, len(terms), cursors)]
        for number, term in enumerate(terms):
            if term.phrase:  # documents with it are scored apart
                idfs[number] = Lookup(self._segments, statistics).rarity(term)
        kinds = [term.kind for term in terms]
        weights, _ = weigh(clause, kinds, idfs, model)
        k1, b = statistics.bm25(model)
        word.segments, word.num_fields, word.num_postings = self._all.arrange(
            found, size, weights, k1 * (1 - b), cursors
        )
        if model.has_places:
            word.places = tuple(
                [
                    PlaceTerm(terms[number], scale * idfs[number], scale, self._all.pick(found, size, number))
                    for number, scale in self._scales(clause, kinds)
                ]
            )
        word.found = None

    def _scales(self, clause: WordClause, kinds: Sequence[str]) -> list[tuple[int, float]]:
        """Return the numbers of the terms whose places count, with the boosts of their fields."""
        return [(number, clause.boost * self._model.field_weight(field)) for field, number in placed(clause, kinds)]
