"""Finds terms for Whoosh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import base, reading
from searchkit.codecs.matcher import PostingMatcher
from searchkit.codecs.odd import OddPostings, OddReader
from searchkit.codecs.postings import TermPostings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searchkit._core.terms import TermCursor
    from searchkit.segment import SegmentReader, TermAt

    Term = tuple[str, bytes]


class TermStatistics(reading.TermInfo):
    """Statistics of a term. What is not in the dictionary is computed from the postings when it is asked for."""

    def __init__(self, weight: float, df: int, postings: Callable[[], TermPostings]) -> None:
        self._weight = weight
        self._df = df
        self._postings = postings

    def __getattr__(self, name: str) -> float:
        """Compute one of the attributes that Whoosh's base class returns, and adds to when it merges readers."""
        if name == "_maxweight":
            value: float = float(self._postings().max_weight)
        elif name == "_minlength":
            value = self._postings().min_length
        elif name == "_maxlength":
            value = self._postings().max_length
        elif name == "_minid":
            value = self._postings().docs[0]
        elif name == "_maxid":
            value = self._postings().docs[self._df - 1]
        else:
            raise AttributeError(name)
        setattr(self, name, value)
        return value


class TermReader(base.TermsReader):
    """The term dictionaries of a segment, in the order of the fields' names."""

    def __init__(self, segment: SegmentReader) -> None:
        self._segment = segment
        self._odd = {
            info.name: OddReader(segment, info.number)
            for info in segment.fields.values()
            if segment.section(f"{info.number}.odd.terms")
        }
        self._found: tuple[Term, TermAt | None] | None = None
        self._last: tuple[Term, TermPostings] | None = None

    def __contains__(self, term: Term) -> bool:
        return self._look_up(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields of terms."""
        return sorted(self._segment.fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a cursor over the terms of a field."""
        cursor = self._segment.cursor(fieldname)
        return base.EmptyCursor() if cursor is None else FieldCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield all terms."""
        return ((field, at.term) for field, at in self._walk("", b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from here on, those of later fields too."""
        return ((field, at.term) for field, at in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, TermStatistics]]:
        """Yield all terms with their statistics."""
        return (((field, at.term), self.statistics(field, at)) for field, at in self._walk("", b""))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermStatistics]]:
        """Yield the terms from here on with their statistics."""
        return (((field, at.term), self.statistics(field, at)) for field, at in self._walk(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermStatistics:
        """Return the statistics of a term.

        Raises:
            whoosh.reading.TermNotFound: the segment does not have it.
        """
        return self.statistics(fieldname, self._find(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the weight of a term in all documents.

        Raises:
            KeyError: the segment does not have it; Whoosh does not expect ``TermNotFound`` here.
        """
        return self._weight(fieldname, self._find(fieldname, text, KeyError))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return the number of documents that have a term, deleted ones too.

        Raises:
            KeyError: the segment does not have it.
        """
        return int(self._find(fieldname, text, KeyError).df)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingMatcher:
        """Return a matcher of a term's postings.

        Raises:
            whoosh.reading.TermNotFound: the segment does not have it.
        """
        postings = self._postings(fieldname, self._find(fieldname, text))
        return PostingMatcher(postings, format_, (fieldname, text), scorer)

    def statistics(self, field: str, at: TermAt) -> TermStatistics:
        """Return the statistics of the term that a cursor stands on."""
        term = at.term

        def postings() -> TermPostings:
            return self._postings(field, self._find(field, term))

        return TermStatistics(self._weight(field, at), at.df, postings)

    def open_cursor(self, field: str) -> TermCursor | None:
        """Return a cursor over the terms of a field; None if the segment has no such field."""
        return self._segment.cursor(field)

    def _find(self, field: str, text: bytes, missing: type[Exception] = reading.TermNotFound) -> TermAt:
        cursor = self._look_up(field, text)
        if cursor is None:
            raise missing(f"no term {field}:{text!r}")
        return cursor

    def _look_up(self, field: str, text: bytes) -> TermAt | None:
        """Return a cursor that stands on a term; the last one is kept, for Whoosh asks several times for each."""
        last = self._found  # read once: another thread may replace it
        if last is None or last[0] != (field, text):
            last = ((field, text), self._segment.find(field, text))
            self._found = last
        return last[1]

    def _postings(self, field: str, at: TermAt) -> TermPostings:
        """Return the postings of a term; those asked for last are kept: scorer and matcher ask one after the other."""
        term = (field, at.term)
        last = self._last  # read once: another thread may replace it
        if last is None or last[0] != term:
            last = (term, TermPostings(self._segment, field, at, self._odd_postings(field, at)))
            self._last = last
        return last[1]

    def _odd_postings(self, field: str, at: TermAt) -> OddPostings | None:
        return self._odd[field].find(at.postings_start, at.df) if field in self._odd else None

    def _weight(self, field: str, at: TermAt) -> float:
        odd = self._odd_postings(field, at)
        return float(at.occurrences) if odd is None else sum(odd.weights)

    def _walk(self, field: str, prefix: bytes) -> Iterator[tuple[str, TermCursor]]:
        for name in self.indexed_field_names():
            if name < field:
                continue
            cursor = self._segment.cursor(name)
            if cursor is None or not cursor.seek(prefix if name == field else b""):
                continue
            yield name, cursor
            while cursor.next():
                yield name, cursor


class FieldCursor(base.FieldCursor):
    """Walks the terms of one field as text; fuzzy queries and spelling run on it."""

    def __init__(self, reader: TermReader, field: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = field
        self._fieldobj = fieldobj
        self._text: str | None = None
        self.first()

    def first(self) -> str | None:
        """Go to the first term."""
        cursor = self._reader.open_cursor(self._field)
        assert cursor is not None  # noqa: S101
        self._cursor = cursor
        return self.next()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not smaller; return it, None if there is none."""
        key = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        return self._stand(found=self._cursor.seek(key))

    def next(self) -> str | None:
        """Go to the next term; return it, None if there is none."""
        return self._stand(found=self._cursor.next())

    def text(self) -> str | None:
        """Return the term, None if there is none."""
        return self._text

    def term(self) -> str | None:
        """Return the term, None if there is none."""
        return self._text

    def term_info(self) -> TermStatistics | None:
        """Return the term's statistics."""
        return self._reader.statistics(self._field, self._cursor) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether there is a term here."""
        return self._text is not None

    def _stand(self, *, found: bool) -> str | None:
        self._text = self._fieldobj.from_bytes(self._cursor.term) if found else None
        return self._text
