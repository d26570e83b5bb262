"""Text, Markdown and HTML: a file is a document, its first line or its heading the title."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from searchkit.arabic.visual_order import looks_reversed, turned_round
from searchkit.indexing.encodings import NOT_TEXT, PROTECTED, PROTECTED_HEAD, damaged_utf8, decode_text
from searchkit.indexing.fields import iso_date, one_line
from searchkit.indexing.sources import Document, Problem, Source

MAX_FILE_BYTES = 1_000_000_000
"""Longer files are not read: their text has to fit into memory several times."""

TOO_LARGE = f"is larger than {MAX_FILE_BYTES // 1_000_000_000} GB; split it"
EMPTY = "is empty; write some text into it or remove it"
TURNED = "had its letters in visual order; they were turned round"
MARKUP_ONLY = "has markup and no text; write some text into it or remove it"

_MAX_TITLE_CHARS = 120
# A first line longer than this is a paragraph: its beginning serves as the title and it stays in the text.
_MAX_TITLE_LINE_CHARS = 300

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_FIELD = re.compile(r"(?P<name>[A-Za-z]+):(?:[ \t]+(?P<value>.*))?$")
_FRONT_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)$")
_FRONT_NAMES = ("title", "author", "date", "tags", "lang")
_MARKDOWN_HEADING = re.compile(r"#{1,6}(?=\s|\w)\s*|\s+#+$")
# Encodings that a page may declare although they are not the ones that are recognised. A page of Arabic that
# declares them by mistake has been recognised before.
_DECLARED = ("iso-8859-1", "latin1", "windows-1252", "iso-8859-15", "windows-1251", "windows-1250", "windows-1254")


def read_text_file(source: Source, said: Callable[[str], str] | None = None) -> Iterator[Document | Problem]:
    """Read a file whole as one document, through gzip when its name ends in ``.gz``.

    Args:
        source: the file.
        said: takes what is no text out of it; by default the name of the file tells what that is.

    Raises:
        OSError: the file cannot be read.
    """
    data = bytes_of(source)
    if isinstance(data, Problem):
        yield data
        return
    if data.startswith(PROTECTED_HEAD):
        yield Problem(source.name, PROTECTED)
        return
    if source.meter is not None:
        source.meter.text = len(data)
    path = source.path.lower().removesuffix(".gz")
    suffix = os.path.splitext(path)[1]
    is_page = suffix in (".html", ".htm", ".xhtml")
    decoded = decode_text(data)
    if decoded is None and is_page:
        decoded = _as_declared(data)
    if decoded is None and (damaged := damaged_utf8(data)):
        decoded, wrong = damaged
        yield Problem(
            source.name, f"has bytes that are no UTF-8, in so many places: {wrong}; the rest is read", harmless=True
        )
    del data
    if decoded is None:
        yield Problem(source.name, NOT_TEXT)
        return
    text = decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "").strip()
    if not text:
        yield Problem(source.name, EMPTY)
        return
    fields: dict[str, Any] = {}
    if said is not None:
        title, text = split_title(said(text))
    elif is_page:
        title, text, fields = html_document(text)
    elif suffix in (".md", ".markdown"):
        title, text, fields = markdown_document(text)
    else:
        if looks_reversed(text):
            text = turned_round(text)
            yield Problem(source.name, TURNED, harmless=True)
        title, text = split_title(text)
    if not text:
        yield Problem(source.name, MARKUP_ONLY)
        return
    yield {"id": source.name, "title": title, "text": text, **fields, "file": source.name}


def bytes_of(source: Source) -> bytes | Problem:
    """Return what is in a file, unpacked; what stands in the way if it is too large or damaged."""
    with open(source.path, "rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
            return Problem(source.name, TOO_LARGE)
        if not source.path.lower().endswith(".gz"):
            return file.read()
        import gzip  # zlib
        import zlib

        try:
            data = gzip.GzipFile(fileobj=file).read(MAX_FILE_BYTES + 1)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return Problem(source.name, "is not whole gzip data; copy or compress the file again")
    return Problem(source.name, TOO_LARGE) if len(data) > MAX_FILE_BYTES else data


def _as_declared(data: bytes) -> str | None:
    from searchkit.indexing.html_pages import declared_charset

    charset = declared_charset(data)
    if b"\0" in data or charset not in _DECLARED:
        return None
    try:
        return data.decode("windows-1252" if charset in ("iso-8859-1", "latin1") else charset)
    except UnicodeDecodeError:
        return None


def split_title(text: str) -> tuple[str, str]:
    """Part the first line that is not empty from the rest; a single line is title and text at once."""
    text = text.strip()
    title, _, rest = text.partition("\n")
    title, rest = title.strip(), rest.strip()
    if not rest or len(title) > _MAX_TITLE_LINE_CHARS:
        return _shortened(title), text
    return title, rest


def one_document(source: Source, text: str, fields: dict[str, str]) -> Document:
    """Make one document of all that a file says; where its fields name no title, that is its first line."""
    others = {name: value for name, value in fields.items() if name != "title"}
    title, text = (fields["title"], text) if fields.get("title") else split_title(text)
    return {"id": source.name, "title": title, "text": text, **others, "file": source.name}


def markdown_document(text: str) -> tuple[str, str, dict[str, Any]]:
    """Title, text and fields of Markdown: the title of the front matter, or the first line without number signs."""
    fields: dict[str, Any] = {}
    if front := _FRONT_MATTER.match(text):
        fields = _front_fields(front["fields"])
        text = text[front.end() :].strip()
    title = one_line(str(fields.pop("title", "")))
    if title:
        return title, text or title, fields
    title, rest = split_title(text)
    bare = _MARKDOWN_HEADING.sub("", title)
    return bare, bare if rest == title else rest, fields


def html_document(text: str) -> tuple[str, str, dict[str, Any]]:
    """Title, text and fields of a page: its title element, else its first heading, else its first line."""
    from searchkit.indexing.html_pages import read_page  # html.parser

    title, body, fields = read_page(text)
    if not title:
        title, body = split_title(body)
    return title, body or title, dict(fields)


def _front_fields(text: str) -> dict[str, Any]:
    """Read the simple part of YAML that front matter is made of: ``name: value``, lists in either style."""
    found: dict[str, Any] = {}
    name = ""
    for line in text.split("\n"):
        if field := _FRONT_FIELD.match(line):
            name = field["name"].lower()
            name = {"tag": "tags", "categories": "tags", "language": "lang"}.get(name, name)
            if name not in _FRONT_NAMES or name in found:
                name = ""
            elif value := (field["value"] or "").strip():
                found[name] = _front_value(value)
        elif name and (item := _FRONT_ITEM.match(line)):
            listed: Any = found.setdefault(name, [])
            if isinstance(listed, list):
                cast("list[str]", listed).append(_unquoted(item["value"]))
    for key in ("title", "author", "lang"):
        if isinstance(found.get(key), list):
            found[key] = "، ".join(found[key])
    if isinstance(found.get("tags"), str):
        found["tags"] = [tag for tag in (part.strip() for part in re.split("[,،]", found["tags"])) if tag]
    date = iso_date(str(found.pop("date", "")))
    return {**{key: value for key, value in found.items() if value}, **({"date": date} if date else {})}


def _front_value(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]"):
        return [item for item in (_unquoted(part) for part in re.split("[,،]", text[1:-1])) if item]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def _shortened(line: str) -> str:
    if len(line) <= _MAX_TITLE_CHARS:
        return line
    cut = line.rfind(" ", 0, _MAX_TITLE_CHARS + 1)
    return line[: cut if cut > 0 else _MAX_TITLE_CHARS].rstrip()
