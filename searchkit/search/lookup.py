"""Terms of a query in the segments of a snapshot: their postings, read once, and the statistics over all segments."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.combine import Combiner
from searchkit._core.cursors import MAX_LISTS
from searchkit._core.match import unite_postings
from searchkit.analysis import level_field
from searchkit.config import MAX_EXPANSIONS
from searchkit.ranking import idf
from searchkit.records import NamedTuple
from searchkit.search.parts import parts_by_field
from searchkit.search.pool import Pool
from searchkit.segment import PostingList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searchkit.query import Alternative, NearClause, PhraseClause, Term, TermPattern, WordClause
    from searchkit.ranking import Model
    from searchkit.search.parts import Part
    from searchkit.search.statistics import Entries, Statistics
    from searchkit.segment import SegmentReader, TermAt

_combiners = Pool(Combiner)
_MAX_PHRASES = 256  # kept at a time
_NOTHING = PostingList(uint32s(0), uint32s(0), uint32s(0), 0)


class Found(NamedTuple):
    """A term, or a phrase in one field, with its documents in each segment."""

    field: str  # whose lengths and weight count
    postings: tuple[PostingList, ...]  # live documents only, one list per segment
    idf: float


class Lookup:
    """Looks terms up in all segments; one per search."""

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        statistics: Statistics,
        read: Callable[[int, str, TermAt], PostingList] | None = None,
    ) -> None:
        """Bind segments.

        Args:
            segments: where to look; they may have other deletions than those of the statistics.
            statistics: counts over all segments.
            read: returns the documents of a term in the segment of a place if not all live ones are wanted.
        """
        self._segments = segments
        self._read = read or self._postings
        self._found: dict[tuple[object, ...], Found] = {}
        self._parts: dict[int, tuple[WordClause, list[list[Part]]]] = {}  # by identity, the same in every segment
        self.statistics = statistics
        self.notes: list[str] = []  # what the person should know about the words that were found

    def term(self, term: Term) -> Found:
        """Return the documents of a term; alternatives, and the words that a pattern stands for, count as one."""
        found = self._found.get(term)
        if found is None:
            field = level_field(term.field, term.level)
            if term.phrase:
                postings, rarity = self._together(field, term.texts)
            elif term.pattern is None:
                alternatives = [self.statistics.find(field, text) for text in term.texts]
                postings = tuple(
                    _unite([self._read(place, field, entry) for entries in alternatives if (entry := entries[place])])
                    for place in range(len(self._segments))
                )
                rarity = self.statistics.idf(field, alternatives)
            else:
                postings = self._expand(field, term.pattern)
                rarity = idf(sum(part.df for part in postings), self.statistics.num_docs)
            found = self._found[term] = Found(term.field, postings, rarity)
        return found

    def parts(self, clause: WordClause, model: Model) -> list[list[Part]]:
        """Return field by field what may be evidence of a word, strongest first."""
        known = self._parts.get(id(clause))
        if known is None or known[0] is not clause:
            known = self._parts[id(clause)] = clause, parts_by_field(clause, self.rarity, model)
        return known[1]

    def _postings(self, place: int, field: str, entry: TermAt) -> PostingList:
        return self._segments[place].postings(field, entry)

    def rarity(self, term: Term) -> float:
        """Return the idf of a term; where the dictionary tells, its documents are not read for that."""
        if term.pattern is not None or term.phrase:
            return self.term(term).idf
        field = level_field(term.field, term.level)
        return self.statistics.idf(field, [self.statistics.find(field, text) for text in term.texts])

    def phrase(self, field: str, clause: PhraseClause) -> Found:
        """Return the documents in which the words follow each other; its idf is the sum of theirs."""
        key = (field, clause.words, clause.slop)
        if key not in self._found:
            words = [self.statistics.find(field, word) for word in clause.words]
            postings = tuple(
                self._phrase(segment, field, [entries[place] for entries in words], clause.slop)
                for place, segment in enumerate(self._segments)
            )
            weight = sum(self.statistics.idf(field, [entries]) for entries in words)
            self._found[key] = Found(field, postings, weight)
        return self._found[key]

    def near(self, field: str, clause: NearClause) -> Found:
        """Return the documents with words near each other; its idf is the sum of what is least rare of each row."""
        key = (field, clause.rows, clause.gaps)
        if key not in self._found:
            postings = tuple(self._near(segment, place, field, clause) for place, segment in enumerate(self._segments))
            weight = sum(min(self._rarity(field, side) for side in row) for row in clause.rows)
            self._found[key] = Found(field, postings, weight)
        return self._found[key]

    def _rarity(self, field: str, side: Alternative) -> float:
        name = level_field(field, side.level)
        return sum(self.statistics.idf(name, [self.statistics.find(name, term)]) for term in side.terms)

    def _near(self, segment: SegmentReader, place: int, field: str, clause: NearClause) -> PostingList:
        lists, shape = array("q"), array("q")
        rows: list[PostingList] = []
        for number, row in enumerate(clause.rows):
            found: list[PostingList] = []
            for side in row:
                name = level_field(field, side.level)
                entries = [self.statistics.find(name, term)[place] for term in side.terms]
                there = [entry for entry in entries if entry is not None]
                if len(there) < len(entries):
                    continue
                for entry in there:
                    lists.extend(segment.describe(name, entry, positions=True))
                shape.extend((number, len(there)))
                if len(there) == 1:
                    found.append(segment.postings(name, there[0]))
                else:
                    found.append(self._phrase(segment, name, there))
            rows.append(_unite(found))
        rarest = min(rows, key=lambda row: row.df)
        docs, tfs = rarest.docs[: rarest.df], uint32s(rarest.df)
        if not rarest.df:
            return _NOTHING
        with _Borrowed() as combiner:
            gaps = array("q", clause.gaps)
            try:
                df = combiner.near(segment.data, segment.num_docs, lists, shape, gaps, docs, rarest.df, tfs)
            except ValueError:
                raise segment.damage(f"postings of {field}") from None
        return PostingList(docs, tfs, uint32s(0), df)

    def _together(self, field: str, words: tuple[str, ...]) -> tuple[tuple[PostingList, ...], float]:
        """Return the documents in which terms follow each other, and their idf as one; of the snapshot it is kept."""
        kept, segments = self.statistics.phrases, self.statistics.segments
        whole = kept.get((field, words))
        if whole is None:
            entries = [self.statistics.find(field, word) for word in words]
            whole = tuple(
                self._phrase(segment, field, [found[place] for found in entries])
                for place, segment in enumerate(segments)
            )
            if len(kept) >= _MAX_PHRASES:
                kept.clear()
            kept[field, words] = whole
        rarity = idf(sum(found.df for found in whole), self.statistics.num_docs)
        if self._segments is not segments:  # with other deletions
            whole = tuple(
                segment.live(PostingList(found.docs[: found.df], found.tfs[: found.df], uint32s(0), found.df))
                for segment, found in zip(self._segments, whole, strict=True)
            )
        return whole, rarity

    def stand_together(self, field: str, terms: Sequence[str]) -> bool:
        """Tell whether terms follow each other in some document; nothing of that is kept."""
        rows: list[Entries] = []
        for term in terms:
            entries = self.statistics.find(field, term)
            if not any(entries):
                return False
            rows.append(entries)
        return any(
            self._phrase(segment, field, [entries[place] for entries in rows]).df
            for place, segment in enumerate(self._segments)
        )

    def _expand(self, field: str, pattern: TermPattern) -> tuple[PostingList, ...]:
        found = self.statistics.expand(field, pattern)
        if any(total > MAX_EXPANSIONS for _, total in found):
            note = f"{pattern}: more than {MAX_EXPANSIONS} words; the most frequent were searched, add letters for all"
            self.notes += [note] if note not in self.notes else []
        return tuple(
            _unite_all(segment, field, lists) for segment, (lists, _) in zip(self._segments, found, strict=True)
        )

    def _phrase(self, segment: SegmentReader, field: str, words: Sequence[TermAt | None], slop: int = 0) -> PostingList:
        lists = array("q")
        for entry in words:
            if entry is None:
                return _NOTHING
            lists.extend(segment.describe(field, entry, positions=True))
        room = min(lists[2::6])
        docs, tfs = uint32s(room), uint32s(room)
        with _Borrowed() as combiner:
            try:
                df = combiner.phrase(segment.data, segment.num_docs, segment.deleted_bits, lists, slop, docs, tfs)
            except ValueError:
                raise segment.damage(f"postings of {field}") from None
        del docs[df:], tfs[df:]  # phrases are kept
        return PostingList(docs, tfs, uint32s(0), df)


def _unite_all(segment: SegmentReader, field: str, lists: array[int]) -> PostingList:
    """Return the live documents of any of the terms, laid out by document."""
    room = min(sum(lists[2::6]), segment.num_docs)
    docs, tfs = uint32s(room), uint32s(room)
    if not room:
        return _NOTHING
    with _Borrowed() as combiner:
        try:
            for at in range(0, len(lists), 6 * MAX_LISTS):
                combiner.spread(segment.data, segment.num_docs, lists[at : at + 6 * MAX_LISTS])
        except ValueError:
            raise segment.damage(f"postings of {field}") from None
        return PostingList(docs, tfs, uint32s(0), combiner.gather(segment.num_docs, segment.deleted_bits, docs, tfs))


def pick(segment: SegmentReader, field: str, entry: TermAt, ordinals: Sequence[int]) -> list[tuple[int, int]]:
    """Return documents of a term and its first positions in them, deleted ones too.

    Args:
        segment: where to look.
        field: of the term; it has positions.
        entry: where its postings are.
        ordinals: which of them, from 0 on.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    docs, firsts = uint32s(len(ordinals)), uint32s(len(ordinals))
    with _Borrowed() as combiner:
        try:
            lists = segment.describe(field, entry)
            combiner.pick(segment.data, segment.num_docs, lists, array("q", ordinals), docs, firsts)
        except ValueError:
            raise segment.damage(f"postings of {field}") from None
    return list(zip(docs, firsts, strict=True))


class _Borrowed:
    """Lends a kernel that no other thread uses meanwhile; after an error it is not used again."""

    def __enter__(self) -> Combiner:
        self._combiner = _combiners.borrow()
        return self._combiner

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            _combiners.give_back(self._combiner)


def _unite(lists: Sequence[PostingList]) -> PostingList:
    """Return the union; halves are united first, so that every posting moves log n times."""
    if len(lists) <= 1:
        return lists[0] if lists else _NOTHING
    a, b = _unite(lists[: len(lists) // 2]), _unite(lists[len(lists) // 2 :])
    docs, tfs = uint32s(a.df + b.df), uint32s(a.df + b.df)
    return PostingList(docs, tfs, uint32s(0), unite_postings(a.docs, a.tfs, a.df, b.docs, b.tfs, b.df, docs, tfs))
