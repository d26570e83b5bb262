"""CSV and TSV: the first row names the fields, every other row is a document."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from searchkit.indexing.fields import usual_names
from searchkit.indexing.json_files import NO_ROWS, document_from_fields, place
from searchkit.indexing.lines import MAX_LINE_BYTES, read_lines
from searchkit.indexing.sources import Document, Problem, Source
from searchkit.records import NamedTuple

_DELIMITERS = ",;\t"
_UNCLOSED = "opens a quotation mark that is never closed; close it, or double it if it belongs to the text"
_NO_TEXT_COLUMN = 'has no column "title" or "text"; name the columns in the first row'
_OWN_COLUMNS = ("id", "title", "text")


class _Row(NamedTuple):
    """The cells of a row and the line where it starts, or the reason why it cannot be read."""

    number: int
    cells: list[str]
    reason: str = ""


def read_csv(source: Source) -> Iterator[Document | Problem]:
    """Read a document from each row; a row is named by the line where it starts.

    Raises:
        OSError: the file cannot be opened.
    """
    # The csv module keeps this limit for the whole process; its default of 128 KB is less than an article.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    header: list[str] = []
    empty = True
    for row in _rows(source, _delimiter(source.path)):
        if row.reason:
            yield Problem(place(source.name, row.number), row.reason)
        elif not any(cell.strip() for cell in row.cells):
            continue
        elif not header:
            header = columns(row.cells)
            if "title" not in header and "text" not in header:
                yield Problem(source.name, _NO_TEXT_COLUMN)
                return
            continue
        else:
            yield row_document(row.number, row.cells, header, source.name)
        empty = False
    if empty:
        yield Problem(source.name, NO_ROWS)


def row_document(number: int, cells: list[str], header: list[str], name: str) -> Document | Problem:
    """Make a document of the cells of a row, or say what is wrong with them."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(header):
        reason = f"has {len(cells)} cells for {len(header)} columns; put cells with separators in quotation marks"
        return Problem(place(name, number), reason)
    fields = {column: cell for column, cell in zip(header, cells, strict=False) if column and cell}
    if "id" in fields:
        fields["id"] = fields["id"].strip()
    return document_from_fields(fields, name, number)


def columns(cells: list[str]) -> list[str]:
    """Return the names of columns; those that every document has may be in capitals or in Arabic."""
    names = [cell.strip() for cell in cells]
    names = [name.lower() if name.lower() in _OWN_COLUMNS else name for name in names]
    usual = {name: new for new, name in usual_names({name: name for name in names}).items()}
    return [usual[name] for name in names]


def _delimiter(path: str) -> str:
    """Choose a tab for a .tsv, else the mark that the first line has most often outside quotation marks."""
    if path.lower().removesuffix(".gz").endswith(".tsv"):
        return "\t"
    first = next((line.text for line in read_lines(path) if line.text.strip()), "")
    quoted_parts_removed = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=quoted_parts_removed.count)


def _rows(source: Source, delimiter: str) -> Iterator[_Row]:
    """Read the rows, and again from the next line when an open quotation mark has swallowed the rest."""
    said: set[tuple[int, str]] = set()
    start = 1
    while start:
        feed = _LineFeed(source, start)
        reader = csv.reader(feed, delimiter=delimiter)
        start = 0
        while not feed.ended:
            feed.row_start = 0
            row = _next_row(reader, feed)
            for number, reason in feed.taken_problems():
                if (number, reason) not in said:
                    said.add((number, reason))
                    yield _Row(number, [], reason)
            if row is None:
                break
            if feed.ended:
                yield _Row(feed.row_start, [], _UNCLOSED)
                start = feed.row_start + 1
            else:
                yield row


def _next_row(reader: Iterator[list[str]], feed: _LineFeed) -> _Row | None:
    try:
        cells = next(reader, None)
    except csv.Error as error:
        return _Row(feed.row_start, [], f"is not valid CSV ({error}); correct the line")
    return None if cells is None else _Row(feed.row_start, cells)


class _LineFeed:
    """Lines for the csv module, with what it does not keep: numbers, unreadable lines, the end."""

    def __init__(self, source: Source, start: int) -> None:
        self.row_start = 0
        self.ended = False
        self._start = start
        self._lines = read_lines(source.path, source.meter)
        self._problems: list[tuple[int, str]] = []

    def __iter__(self) -> _LineFeed:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            if 0 < line.number < self._start:
                continue
            if line.reason:
                self._problems.append((line.number, line.reason))
                continue
            self.row_start = self.row_start or line.number
            return line.text
        self.ended = True
        raise StopIteration

    def taken_problems(self) -> list[tuple[int, str]]:
        """Return the unreadable lines met since the last call."""
        problems, self._problems = self._problems, []
        return problems
