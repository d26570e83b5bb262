"""Text, Markdown and HTML: a file is a document, its first line or its heading the title."""

import os
import re
from collections.abc import Iterator

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
    from searchkit.indexing.html_pages import title_and_text  # html.parser

    title, body = title_and_text(text)
    return (title, body or title) if title else split_title(body)


def _shortened(line: str) -> str:
    if len(line) <= _MAX_TITLE_CHARS:
        return line
    cut = line.rfind(" ", 0, _MAX_TITLE_CHARS + 1)
    return line[: cut if cut > 0 else _MAX_TITLE_CHARS].rstrip()
