"""Queries that Whoosh has, too, but such as cannot be parts of others: for the values of a column, and for nearness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import matching, query, spans
from searchkit.codecs.columns import decode_value

if TYPE_CHECKING:
    from collections.abc import Callable


class ValuesQuery(query.Query):
    """Finds the documents with a value that holds."""

    def __init__(self, fieldname: str, holds: Callable[[Any], bool]) -> None:
        self.fieldname = fieldname
        self.holds = holds
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ValuesQuery) and (self.fieldname, self.holds) == (other.fieldname, other.holds)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.holds))

    def is_leaf(self) -> bool:
        """Tell that there are no parts."""
        return True

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many documents it may find."""
        size: int = ixreader.doc_count_all()
        return size

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002 - Whoosh's signature
        """Return how many documents it finds at least."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002 - Whoosh's signature
        """Return what walks through the documents of one segment."""
        reader = searcher.reader()
        if not reader.has_column(self.fieldname):
            return matching.NullMatcher()
        column = reader.column_reader(self.fieldname)
        docs = [
            doc
            for doc in range(reader.doc_count_all())
            if not reader.is_deleted(doc) and self.holds(_value(column[doc]))
        ]
        return matching.ListMatcher(docs) if docs else matching.NullMatcher()


class NearQuery(spans.SpanNear):
    """Finds two queries near each other."""

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many documents it may find."""
        return min(_estimate(part, ixreader) for part in (self.a, self.b))

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002 - Whoosh's signature
        """Return how many documents it finds at least."""
        return 0


def _estimate(part: Any, reader: Any) -> int:
    size: int = (part.q if isinstance(part, spans.SpanOr) else part).estimate_size(reader)
    return size


def _value(value: Any) -> Any:
    return decode_value(value) if isinstance(value, bytes) else value
