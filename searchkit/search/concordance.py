"""Every place where a document has words of the query, each on a line with what stands before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.records import NamedTuple
from searchkit.search.snippet import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.search.results import Hit
    from searchkit.search.snippet import Snippet

_LONGEST = 40  # code points of a word, on average, that are looked at for the words around a place


class Line(NamedTuple):
    """One place: the words, and what stands before and after them in the order of reading."""

    field: str
    start: int  # in the field, in code points
    before: str
    words: str
    after: str


def lines_of(hit: Hit, count: int) -> Iterator[Line]:
    """Yield the places in title and text.

    Args:
        hit: a hit.
        count: how many words are shown on either side.
    """
    if hit.fields.get("title"):
        yield from _lines("title", hit.marked_title(), count)
    yield from _lines("text", hit.marked_text(), count)


def _lines(field: str, marked: Snippet, count: int) -> Iterator[Line]:
    text, room = marked.text, count * _LONGEST
    for start, end in _joined(text, marked.spans):
        before = text[max(start - room, 0) : start].split()[-count:] if count else []
        after = text[end : end + room].split()[:count]
        yield Line(field, start, one_line(" ".join(before)), one_line(text[start:end]), one_line(" ".join(after)))


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans, those with nothing but white space between them as one: the words of a phrase."""
    start = end = -1
    for first, last in spans:
        if end >= 0 and not text[end:first].strip():
            end = last
            continue
        if end >= 0:
            yield start, end
        start, end = first, last
    if end >= 0:
        yield start, end
