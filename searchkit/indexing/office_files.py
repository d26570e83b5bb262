"""Word, PowerPoint, OpenDocument (.docx, .pptx, .odt, .odp, .ods) and books (.epub): zip files of XML."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from searchkit.indexing.containers import (
    DAMAGE,
    Unreadable,
    has_part,
    local,
    part_bytes,
    part_tree,
    read_archive,
    values_of,
)
from searchkit.indexing.encodings import decode_text
from searchkit.indexing.fields import cleaned, one_line
from searchkit.indexing.metadata import sane_fields
from searchkit.indexing.sources import Document, Problem, Source
from searchkit.indexing.text_files import one_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

NO_TEXT = "has no text; remove it, or recognise the text of its pictures (OCR)"

_PARAGRAPHS = frozenset(("p", "h"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
# Deleted text, drawings for older programs, notes on the text by its editors.
_LEFT_OUT = frozenset(("Fallback", "moveFrom", "del", "tracked-changes", "annotation", "instrText", "delText"))
_SLIDE = re.compile(r"ppt/slides/slide(\d{1,6})\.xml")
_CORE = {"title": "title", "author": "creator", "date": "created"}
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_office_file(source: Source) -> Iterator[Document | Problem]:
    """Read a file as one document, with title, author and date if it has them.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        text, fields = read_archive(source.path, _READERS[source.path.lower().rpartition(".")[2]])
    except Unreadable as reason:
        yield Problem(source.name, str(reason))
        return
    text = text.strip()
    if not text:
        yield Problem(source.name, NO_TEXT)
        return
    yield one_document(source, text, fields)


def _read_docx(archive: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    parts = [_paragraphs(part_tree(archive, "word/document.xml"))]
    parts += [_paragraphs(part_tree(archive, name)) for name in _NOTES if has_part(archive, name)]
    return "\n".join(parts), core_fields(archive)


def _read_pptx(archive: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    found = {int(match[1]): match[0] for name in archive.namelist() if (match := _SLIDE.fullmatch(name))}
    slides = [_paragraphs(part_tree(archive, found[number])) for number in sorted(found)]
    return "\n".join(slide for slide in slides if slide), core_fields(archive)


def core_fields(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return title, author and date as a file of Office tells them."""
    told = _told(archive, "docProps/core.xml")
    return sane_fields({name: told.get(key, "") for name, key in _CORE.items()})


def _read_odt(archive: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    text = _paragraphs(part_tree(archive, "content.xml"))
    told = _told(archive, "meta.xml")
    fields = {
        "title": told.get("title", ""),
        "author": told.get("initial-creator") or told.get("creator", ""),
        "date": told.get("creation-date") or told.get("date", ""),
    }
    return text, sane_fields(fields)


def _told(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return what a document says of itself; damage there costs only that."""
    try:
        return values_of(part_tree(archive, name)) if has_part(archive, name) else {}
    except (*DAMAGE, Unreadable):
        return {}


def _paragraphs(tree: Element) -> str:
    """Return the text of a document, a line per paragraph."""
    out: list[str] = []
    stack: list[tuple[Element, int]] = [(tree, 0)]  # nesting is deeper than Python's calls in forged files
    while stack:
        element, state = stack.pop()
        name = local(element.tag)
        if state:
            out.append("\n" if name in _PARAGRAPHS else "")
            out.append(element.tail or "" if _flows(name) else "")
            continue
        if name in _LEFT_OUT:
            out.append(element.tail or "" if _flows(name) else "")
            continue
        if name in _BREAKS:
            out.append(_BREAKS[name])
        if name == "t" or "opendocument" in element.tag:
            out.append(element.text or "")
        stack.append((element, 1))
        stack.extend((child, 0) for child in reversed(element))
    lines = (" ".join(line.split()) for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line)


def _flows(name: str) -> bool:
    """Tell whether text may follow an element inside a paragraph (OpenDocument; Word has it in elements only)."""
    return name in ("span", "a", "s", "tab", "line-break", "note", "bookmark", "annotation", "soft-page-break")


def _read_epub(archive: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    from searchkit.indexing.html_pages import read_page

    place = next(
        element.get("full-path", "")
        for element in part_tree(archive, "META-INF/container.xml").iter()
        if local(element.tag) == "rootfile"
    )
    package = part_tree(archive, place)
    items = {item.get("id"): item for item in package.iter() if local(item.tag) == "item"}
    texts: list[str] = []
    for reference in package.iter():
        item = items.get(reference.get("idref")) if local(reference.tag) == "itemref" else None
        if item is None or "html" not in item.get("media-type", ""):
            continue
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(item.get("href", ""))))
        if not has_part(archive, name) or "nav" in item.get("properties", "").split():
            continue
        text = decode_text(part_bytes(archive, name))
        if text is None:
            raise Unreadable("has chapters that are encrypted or no text; get it without protection")
        texts.append(read_page(text).text)
    told = values_of(package)
    fields = cleaned({"title": told.get("title", ""), "author": told.get("creator", ""), "date": told.get("date", "")})
    if language := one_line(told.get("language", "")):
        fields["lang"] = language
    return "\n".join(text for text in texts if text), fields


_READERS = {
    "docx": _read_docx, "pptx": _read_pptx, "odt": _read_odt, "odp": _read_odt, "ods": _read_odt, "epub": _read_epub,
}  # fmt: skip
