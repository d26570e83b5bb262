"""Words of a query as the kernels want them: the posting lists of all segments in arrays, with weights and bounds.

A plan holds for as long as the snapshot does, so it is made once per word, and shared by all queries with the word.
"""

from __future__ import annotations

from _thread import allocate_lock  # threading costs its import
from array import array
from typing import TYPE_CHECKING

from searchkit._core.buffers import float64s, int64s
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
        "clause", "ends", "flags", "found", "lists", "missing", "most", "num_fields", "num_postings", "params",
        "places",
    )  # fmt: skip

    def __init__(self, clause: WordClause, found: array[int], most: int) -> None:
        self.clause = clause
        self.found: bytes | None = (
            found.tobytes()
        )  # look-ups, then where they are in each segment; see ``Segment.find``
        self.most = most  # documents that the most frequent of its terms is in, deleted ones too
        self.missing: bool | None = None  # see ``Missing``
        self.lists = b""  # int64[6 * n], of all segments, one after the other; so are the next two
        self.flags = b""  # int64[2 * n]
        self.params = b""  # float64[5 * n]
        self.ends: tuple[int, ...] = ()  # how many lists there are up to the end of each segment
        self.places: tuple[PlaceTerm, ...] = ()
        self.num_fields = 0
        self.num_postings = 0  # in all segments

    def num_lists(self, place: int) -> int:
        """Return how many lists there are in a segment."""
        return self.ends[place] - (self.ends[place - 1] if place else 0)

    def segment(self, place: int) -> tuple[bytes, bytes, bytes]:
        """Return the lists of a segment, their flags and their parameters."""
        if len(self.ends) == 1:
            return self.lists, self.flags, self.params
        start, end = self.ends[place - 1] if place else 0, self.ends[place]
        return self.lists[48 * start : 48 * end], self.flags[16 * start : 16 * end], self.params[40 * start : 40 * end]

    def arrays(self, place: int) -> tuple[array[int], array[int], array[float]]:
        """Return the same as arrays."""
        lists, flags, params = self.segment(place)
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
            self._plan(known, array("q", found), cursors)
        return known

    def _look(self, clause: WordClause) -> WordPlan:
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
        start, size = len(looks), FIELDS * len(terms)
        found = array("q", looks)
        found.extend(int64s(size * len(self._kernels)))
        most = 0
        self._all.find(terms, found)
        if size and self._kernels:
            dfs: Sequence[int] = found[start + 2 : start + size : FIELDS]
            if len(self._kernels) > 1:
                dfs = [sum(found[at::size]) for at in range(start + 2, start + size, FIELDS)]
            most = max(dfs)
        return WordPlan(clause, found, most)

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
        clause = word.clause
        size = len(found) // (LOOK + FIELDS * len(self._kernels))
        dfs = int64s(size)
        self._all.count(found, size, cursors, dfs)
        idfs = self._idfs(clause, found[1 : LOOK * size : LOOK], dfs)
        weights = array("d", weigh(clause, [term.kind for term in clause.terms], idfs, self._model)[0])
        most = size * len(self._kernels)
        k1, b = self._statistics.bm25(self._model)
        lists, flags, params = int64s(6 * most), int64s(2 * most), float64s(5 * most)
        ends = int64s(len(self._kernels))
        base = k1 * (1 - b)
        count = self._all.arrange(found, size, weights, base, cursors, lists, flags, params, ends)
        if self._model.has_places:
            word.places = tuple(self._places(clause, found, size, idfs))
        word.num_fields = 1 + max(found[2 : LOOK * size : LOOK], default=-1)
        word.num_postings = sum(lists[2::FIELDS])
        word.lists = lists.tobytes()[: 48 * count]
        word.flags = flags.tobytes()[: 16 * count]
        word.params = params.tobytes()[: 40 * count]
        word.ends = tuple(ends)
        word.found = None

    def _idfs(self, clause: WordClause, numbers: Sequence[int], dfs: Sequence[int]) -> list[float]:
        """Return the idf of each term of a word; of alternatives the most frequent counts.

        Args:
            clause: the word.
            numbers: of each look-up, which term it is of.
            dfs: of each look-up, in how many documents it is.
        """
        counts = [0] * len(clause.terms)
        for number, df in zip(numbers, dfs, strict=True):
            if df > counts[number]:
                counts[number] = df
        num_docs = self._statistics.num_docs
        idfs = [idf(df, num_docs) for df in counts]
        if len(numbers) < len(counts):
            for number, term in enumerate(clause.terms):
                if term.phrase:  # documents with it are scored apart
                    idfs[number] = Lookup(self._segments, self._statistics).rarity(term)
        return idfs

    def _places(self, clause: WordClause, found: array[int], size: int, idfs: Sequence[float]) -> list[PlaceTerm]:
        places: list[PlaceTerm] = []
        for term in placed(clause).values():
            number = clause.terms.index(term)
            scale = clause.boost * self._model.field_weight(term.field)
            places.append(PlaceTerm(term, scale * idfs[number], scale, tuple(self._all.pick(found, size, number))))
        return places
