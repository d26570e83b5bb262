"""What a place that answers queries can do, and how to get to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from searchkit.config import LIMIT
from searchkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.search import Results
    from searchkit.search.quote import Quotations


class Backend(Protocol):
    """A place that answers queries; ``searchkit.search.Index`` is one as it is."""

    def search(
        self,
        query: str,
        *,
        limit: int = LIMIT,
        plain: bool = False,
        level: str | None = None,
        collapse: bool = False,
        fallback: bool = True,
        offset: int = 0,
        filter: str | None = None,  # noqa: A002 - what it is called elsewhere
        sort: str | None = None,
        facets: Sequence[str] = (),
        operator: str = "any",
    ) -> Results:
        """Return the best documents for a query; see ``Index.search``.

        Raises:
            QueryError: the query is empty, too long, or does not parse.
        """
        ...

    def complete(
        self, beginning: str, limit: int = LIMIT, *, fields: Sequence[str] = ("title", "text")
    ) -> list[tuple[str, int]]:
        """Return words that begin so, each with the number of documents that have it, most documents first."""
        ...

    def knows(self, word: str, *, fields: Sequence[str] = ("title", "text")) -> bool:
        """Tell whether a document has a word as it is spelt."""
        ...

    def complete_value(self, field: str, beginning: str = "", limit: int = LIMIT) -> list[tuple[str, int]]:
        """Return values of a field that begin so, each with the number of documents that have it, most first."""
        ...

    def similar(self, key: str, limit: int = LIMIT) -> Results:
        """Return the documents most like one, without it.

        Raises:
            InputError: there is no such document.
        """
        ...

    def find_quote(self, text: str, limit: int = LIMIT) -> Quotations:
        """Return where a sentence stands, the most agreement first.

        Raises:
            QueryError: there is no word in it.
        """
        ...

    def document(self, key: str) -> dict[str, Any] | None:
        """Return the document with this id; None if there is none."""
        ...

    def refresh(self) -> bool:
        """Turn to what is there now; return whether it is newer."""
        ...

    def stats(self) -> dict[str, Any]:
        """Return counts: ``documents``, and under ``fields`` the terms and occurrences of each."""
        ...


def connect(place: str) -> Backend:
    """Return what answers queries at a place: the folder of an index.

    Raises:
        InputError: the place is no folder's name.
        IndexMissingError: there is no index.
        IndexFormatError: the index is damaged or of another version.
    """
    if "://" in place:
        raise InputError(f"{place}: this version opens folders only; give the folder of an index")
    from searchkit.search import Index

    return Index(place)


def field_names(backend: Backend) -> list[str]:
    """Return the fields of text: what may stand before a colon in a query."""
    return [name for name in backend.stats()["fields"] if "__" not in name and name != "id"]
