"""Text, Markdown and HTML: a file is a document, its first line or its heading the title."""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from searchkit.indexing.encodings import NOT_TEXT, decode_text
from searchkit.indexing.sources import Document, Problem, Source

MAX_FILE_BYTES = 1_000_000_000
"""Longer files are not read: their text has to fit into memory several times."""

_MAX_TITLE_CHARS = 120
# A first line longer than this is a paragraph: its beginning serves as the title and it stays in the text.
_MAX_TITLE_LINE_CHARS = 300

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*$", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"#{1,6}(?=\s|\w)\s*|\s+#+$")


def read_text_file(source: Source) -> Iterator[Document | Problem]:
    """Read a file whole as one document.

    Raises:
        OSError: the file cannot be read.
    """
    with open(source.path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_FILE_BYTES:
            yield Problem(source.name, f"is larger than {MAX_FILE_BYTES // 1_000_000_000} GB; split it")
            return
        data = file.read()
    decoded = decode_text(data)
    del data
    if decoded is None:
        yield Problem(source.name, NOT_TEXT)
        return
    text = decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "").strip()
    if not text:
        yield Problem(source.name, "is empty; write some text into it or remove it")
        return
    suffix = os.path.splitext(source.path)[1].lower()
    if suffix in (".html", ".htm"):
        title, text = split_html(text)
    elif suffix in (".md", ".markdown"):
        title, text = split_markdown(text)
    else:
        title, text = split_title(text)
    if not text:
        yield Problem(source.name, "has markup and no text; write some text into it or remove it")
        return
    yield {"id": source.name, "title": title, "text": text, "file": source.name}


def split_title(text: str) -> tuple[str, str]:
    """Part the first line that is not empty from the rest; a single line is title and text at once."""
    text = text.strip()
    title, _, rest = text.partition("\n")
    title, rest = title.strip(), rest.strip()
    if not rest or len(title) > _MAX_TITLE_LINE_CHARS:
        return _shortened(title), text
    return title, rest


def split_markdown(text: str) -> tuple[str, str]:
    """Title and text of Markdown: the title in the front matter, or the first line without number signs."""
    title = ""
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :].strip()
        if named := _FRONT_TITLE.search(front["fields"]):
            title = named["title"].strip()
    if title:
        return title, text or title
    title, rest = split_title(text)
    bare = _MARKDOWN_HEADING.sub("", title)
    return bare, bare if rest == title else rest


def split_html(text: str) -> tuple[str, str]:
    """Title and visible text of a page: its title element, else its first heading, else its first line."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.title_and_text()


def _shortened(line: str) -> str:
    if len(line) <= _MAX_TITLE_CHARS:
        return line
    cut = line.rfind(" ", 0, _MAX_TITLE_CHARS + 1)
    return line[: cut if cut > 0 else _MAX_TITLE_CHARS].rstrip()


# Elements that do not break a line of text.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = frozenset(("script", "style"))


class _Page(HTMLParser):
    """Collects the visible text of a page, the title and where the first heading stands in the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        self._title: list[str] = []
        self._hidden = ""
        self._in_title = False
        self._heading_start = -1
        self._heading_end = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._hidden:
            return
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag == "title" and not self._title:
            self._in_title = True
        elif tag not in _INLINE:
            self._break()
            if tag in _HEADINGS and self._heading_start < 0:
                self._heading_start = len(self._text)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden:
                self._hidden = ""
        elif tag not in _INLINE:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            (self._title if self._in_title else self._text).append(data)

    def title_and_text(self) -> tuple[str, str]:
        title = _one_line(self._title)
        text = self._text
        if not title and self._heading_start >= 0:
            end = self._heading_end if self._heading_end >= 0 else len(text)
            title = _one_line(text[self._heading_start : end])
            text = text[: self._heading_start] + text[end:]
        lines = (" ".join(line.split()) for line in "".join(text).split("\n"))
        body = "\n".join(line for line in lines if line)
        return (title, body or title) if title else split_title(body)

    def _break(self) -> None:
        """End the line, and with it a title or heading that nobody closed."""
        self._in_title = False
        if 0 <= self._heading_start < len(self._text) and self._heading_end < 0:
            self._heading_end = len(self._text)
        self._text.append("\n")


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
