"""Words of a query as the kernels want them: the posting lists of each segment in arrays, with weights and bounds.

A plan holds for as long as the snapshot does, so it is made once per word.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit._core.encode import bound_factor
from searchkit._core.topk import NEW_SLOT, NEW_WORD, SPARE
from searchkit.analysis import level_field
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.parts import Part, parts_by_field, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit._core.cursors import Cursors
    from searchkit.query import Term, WordClause
    from searchkit.ranking import Model
    from searchkit.search.statistics import Entries, Statistics
    from searchkit.segment import SegmentReader

_MAX_WORDS = 8192  # kept at a time; each takes one or two kilobytes


class Lists(NamedTuple):
    """The posting lists of a word in one segment; see ``TopK.collect``."""

    lists: array[int]
    flags: array[int]
    params: array[float]


class PlaceTerm(NamedTuple):
    """A word whose places count in one field; see ``Places.add``."""

    term: Term
    importance: float  # boost times weight of the field times idf
    lists: tuple[array[int], ...]  # one per segment


class WordPlan(NamedTuple):
    """All that is known of a word."""

    segments: tuple[Lists, ...]
    places: tuple[PlaceTerm, ...]
    num_fields: int
    num_lists: tuple[int, ...]  # in each segment
    num_postings: int  # in all segments
    most: int  # documents that the most frequent of its terms is in, deleted ones too


class Planner:
    """Plans the words of a snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, model: Model) -> None:
        self._segments = segments
        self._statistics = statistics
        self._model = model
        self._plans: dict[int, tuple[WordClause, WordPlan]] = {}  # by identity: to compare clauses takes longer

    def word(self, clause: WordClause, cursors: Cursors) -> WordPlan:
        """Return the plan of a word without patterns.

        Args:
            clause: the word.
            cursors: a thread's own, to look into lists with.

        Raises:
            IndexFormatError: what is read of the index is damaged.
        """
        known = self._plans.get(id(clause))
        if known is not None and known[0] is clause:
            return known[1]
        plan = self._plan(clause, cursors)
        if len(self._plans) >= _MAX_WORDS:
            self._plans.clear()
        self._plans[id(clause)] = (clause, plan)
        return plan

    def _plan(self, clause: WordClause, cursors: Cursors) -> WordPlan:
        found = {term: self._find(term) for term in clause.terms if not term.phrase}
        rarities = {
            term: self._statistics.idf(level_field(term.field, term.level), rows) for term, rows in found.items()
        }
        if len(found) < len(clause.terms):  # there are phrases; documents with them are scored apart
            lookup = Lookup(self._segments, self._statistics)
            rarities.update((term, lookup.rarity(term)) for term in clause.terms if term.phrase)
        rarity = rarities.__getitem__
        parts = parts_by_field(clause, rarity, self._model)
        segments = tuple(
            self._lists(segment, place, parts, found, cursors) for place, segment in enumerate(self._segments)
        )
        places: list[PlaceTerm] = []
        for term in placed(clause).values():
            importance = clause.boost * self._model.field_weight(term.field) * rarity(term)
            lists = tuple(self._placed(segment, place, term, found) for place, segment in enumerate(self._segments))
            places.append(PlaceTerm(term, importance, lists))
        counts = [sum(entry.df for entry in entries if entry) for rows in found.values() for entries in rows]
        num_lists = tuple(len(found.lists) // 6 for found in segments)
        num_postings = sum(sum(found.lists[2::6]) for found in segments)
        return WordPlan(segments, tuple(places), len(parts), num_lists, num_postings, max(counts, default=0))

    def _find(self, term: Term) -> list[Entries]:
        field = level_field(term.field, term.level)
        return [self._statistics.find(field, text) for text in term.texts]

    def _lists(
        self,
        segment: SegmentReader,
        place: int,
        parts: Sequence[Sequence[Part]],
        found: dict[Term, list[Entries]],
        cursors: Cursors,
    ) -> Lists:
        result = Lists(array("q"), array("q"), array("d"))
        k1, b = self._model.bm25
        base = k1 * (1 - b)
        flag = NEW_WORD
        for row in parts:
            field = row[0].term.field
            slope = k1 * b / self._statistics.average_length(field)
            lengths = -1
            for part in sorted(row, key=_is_spare):
                terms = level_field(field, part.term.level)
                for entries in found.get(part.term, ()):
                    if (entry := entries[place]) is not None:
                        lists = segment.describe(terms, entry)
                        lengths = segment.lengths_start(field) if lengths < 0 else lengths
                        factor = bound_factor(base, slope, segment.fields[terms].average)
                        try:
                            cursors.open(segment.data, segment.num_docs, lists)
                            most = cursors.most(0, lengths, base, slope, factor)
                        except ValueError:
                            raise segment.damage(f"postings of {terms}") from None
                        result.lists.extend(lists)
                        result.flags.extend((flag | (SPARE if part.spare else 0), lengths))
                        result.params.extend((part.weight, base, slope, factor, part.weight * most + 2**-20))
                        flag = 0
            flag |= NEW_SLOT
        return result

    def _placed(self, segment: SegmentReader, place: int, term: Term, found: dict[Term, list[Entries]]) -> array[int]:
        field = level_field(term.field, term.level)
        lists = array("q")
        for entries in found[term]:
            if (entry := entries[place]) is not None:
                lists.extend(segment.describe(field, entry, positions=True))
        return lists


def _is_spare(part: Part) -> bool:
    return part.spare
