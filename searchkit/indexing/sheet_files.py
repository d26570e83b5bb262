"""Workbooks (.xlsx): where the first row of a sheet names the fields every other row is a document, else all is one."""

from __future__ import annotations

import posixpath
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from searchkit.indexing.containers import Unreadable, has_part, local, part_tree, read_archive
from searchkit.indexing.csv_files import columns, row_document
from searchkit.indexing.office_files import NO_TEXT, core_fields
from searchkit.indexing.sources import Document, Problem, Source
from searchkit.indexing.text_files import one_document
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MAX_COLUMNS = 16_384  # of a sheet
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 as days are counted from March 1900 on
_LEAST_DAY = 3000  # smaller numbers are years
_LAST_DAY = 2_958_465  # the end of the year 9999

_Cells = dict[int, str]
"""The cells of a row that are not empty, by their columns."""


class _Sheet(NamedTuple):
    name: str
    rows: list[tuple[int, _Cells]]  # each with its number


def read_workbook(source: Source) -> Iterator[Document | Problem]:
    """Read the rows of its tables, or all of it as one document.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        sheets, fields = read_archive(source.path, _read)
    except Unreadable as reason:
        yield Problem(source.name, str(reason))
        return
    plain: list[_Sheet] = []
    for sheet in sheets:
        header = columns(_row(sheet.rows[0][1]))
        if "title" in header or "text" in header:
            place = source.name if len(sheets) == 1 else f"{source.name}/{sheet.name}"
            yield from _table(sheet, header, place, source.name)
        else:
            plain.append(sheet)
    if plain:
        lines = [" ".join(cells[at] for at in sorted(cells)) for sheet in plain for _, cells in sheet.rows]
        yield one_document(source, "\n".join(lines), fields)
    elif not sheets:
        yield Problem(source.name, NO_TEXT)


def _table(sheet: _Sheet, header: list[str], place: str, name: str) -> Iterator[Document | Problem]:
    for number, cells in sheet.rows[1:]:
        values = [_as_date(cell, header[at] if at < len(header) else "") for at, cell in enumerate(_row(cells))]
        document = row_document(number, values, header, place)
        yield document if isinstance(document, Problem) else {**document, "file": name}


def _row(cells: _Cells) -> list[str]:
    return [cells.get(at, "") for at in range(max(cells) + 1)]


def _as_date(cell: str, column: str) -> str:
    """Return the value of a cell; a day is kept as its number, with a fraction for the time."""
    try:
        day = float(cell) if column == "date" else 0.0
    except ValueError:
        return cell
    if not _LEAST_DAY <= day <= _LAST_DAY:
        return cell
    when = _FIRST_DAY + timedelta(days=day)
    return when.date().isoformat() if day == int(day) else when.isoformat(timespec="seconds")


def _read(archive: zipfile.ZipFile) -> tuple[list[_Sheet], dict[str, str]]:
    """Return the sheets that are not empty, and what the file says of itself."""
    return [sheet for sheet in _sheets(archive) if sheet.rows], core_fields(archive)


def _sheets(archive: zipfile.ZipFile) -> Iterator[_Sheet]:
    strings: list[str] = []
    read: set[str] = set()
    if has_part(archive, "xl/sharedStrings.xml"):
        items = part_tree(archive, "xl/sharedStrings.xml")
        strings = [_text(item) for item in items if local(item.tag) == "si"]
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in part_tree(archive, "xl/_rels/workbook.xml.rels")
    }
    for element in part_tree(archive, "xl/workbook.xml").iter():
        if local(element.tag) == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_RELATION_STRICT) or "", "")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            if part not in read and has_part(archive, part):
                read.add(part)
                yield _Sheet(element.get("name", ""), list(_rows(part_tree(archive, part), strings)))


def _rows(tree: Element, strings: list[str]) -> Iterator[tuple[int, _Cells]]:
    number = 0
    for row in tree.iter():
        if local(row.tag) != "row":
            continue
        number = int(row.get("r", number + 1))
        cells: _Cells = {}
        at = -1
        for cell in row:
            if local(cell.tag) == "c":
                at = _column(cell.get("r", ""), at + 1)
                if value := _value(cell, strings):
                    cells[at] = value
        if cells:
            yield number, cells


def _column(reference: str, default: int) -> int:
    """Return the number of the column that a reference such as AB12 names, from 0."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > _MAX_COLUMNS:
        raise ValueError(reference)
    return number - 1 if number else default


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    value = next((part.text or "" for part in cell if local(part.tag) == "v"), "").strip()
    if kind == "inlineStr":
        return _text(cell).strip()
    if kind == "s":
        return strings[int(value)].strip() if value and 0 <= int(value) < len(strings) else ""
    if kind == "e":
        return ""
    return value.removesuffix(".0") if kind == "n" else value


def _text(element: Element) -> str:
    """Return the text of a string; how it is read aloud (Japanese) is no part of it."""
    parts: list[str] = []
    for child in element:
        if local(child.tag) == "t":
            parts.append(child.text or "")
        elif local(child.tag) in ("r", "is"):
            parts.append(_text(child))
    return "".join(parts)
