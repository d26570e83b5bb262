"""Title, main text and what a page says of itself, from HTML; block elements stand on lines of their own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from searchkit.indexing.fields import iso_date, one_line
from searchkit.records import NamedTuple

# Elements that do not break a line of text.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# html.parser reads no markup inside these two.
_RAW = frozenset(("script", "style"))
_MAIN = frozenset(("main", "article"))
_MAIN_ROLES = frozenset(("main", "article"))
# What stands around the text of a page. A header inside the main element has the headline, so it stays.
_AROUND = frozenset((
    "nav", "footer", "aside", "noscript", "template", "svg", "form", "button", "select", "iframe", "header",
))  # fmt: skip
_AROUND_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
# A main element with less than this share of the text is taken for something else, such as a teaser.
_MIN_MAIN_SHARE = 0.3
_DATES = ("article:published_time", "datepublished", "dc.date", "dcterms.created", "dc.date.issued", "pubdate", "date")
_ENCLOSED = (  # how html.parser reads comments and marked sections
    (re.compile("<!(?=--)"), re.compile(r"--\s*>")),
    (re.compile(r"<!(?=\[\s*(?:temp|cdata|ignore|include|rcdata)\b)", re.IGNORECASE), re.compile(r"\]\s*\]\s*>")),
    (re.compile(r"<!(?=\[)"), re.compile(r"\]\s*>")),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)


class Page(NamedTuple):
    """What a page holds; ``title`` is empty when it has neither title nor heading, ``fields`` what it told."""

    title: str
    text: str
    fields: dict[str, str]


def declared_charset(data: bytes) -> str | None:
    """Return the name of the encoding that a page gives itself."""
    found = _META_CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def read_page(markup: str) -> Page:
    """Read a page."""
    page = _Reader()
    page.feed(_defused(markup))
    page.close()
    return page.page()


def _defused(markup: str) -> str:
    """Return the page with what it opens and never closes as text.

    html.parser looks for the end of a tag or comment as far as the page goes, so it would go there from each of them.
    """
    markup = markup.replace("--!>", "-->")  # which browsers take for the same
    end = markup.rfind(">") + 1
    markup = markup[:end] + markup[end:].replace("<", "&lt;")
    for opening, closing in _ENCLOSED:
        end = max((found.end() for found in closing.finditer(markup)), default=0)
        markup = markup[:end] + opening.sub("&lt;!", markup[end:])
    return markup


class _Chunk(NamedTuple):
    text: str
    main: bool
    around: bool


class _Reader(HTMLParser):
    """Collects the text of a page with where it stands: in the main element, or in what is around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._chunks: list[_Chunk] = []
        self._title: list[str] = []
        self._metas: dict[str, str] = {}
        self._raw = ""
        self._in_title = False
        self._main: list[str] = []  # open elements of a kind, with the elements of the same name inside them
        self._around: list[str] = []
        self._around_start = 0
        self._heading_start = -1
        self._heading_end = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._raw:
            return
        if tag in _RAW:
            self._raw = tag
            return
        named = {name: value or "" for name, value in attrs}
        self._note(tag, named)
        if tag == "title" and not self._title and not self._around:
            self._in_title = True
            return
        if tag not in _VOID:
            self._open(tag, named)
        if tag not in _INLINE:
            self._break()
            if tag in _HEADINGS and self._heading_start < 0 and not self._around:
                self._heading_start = len(self._chunks)

    def handle_endtag(self, tag: str) -> None:
        if self._raw:
            if tag == self._raw:
                self._raw = ""
            return
        for opened in (self._around, self._main):
            if opened and tag == opened[0]:
                opened.pop()
        if tag not in _INLINE:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._raw:
            self._add(data)

    def parse_html_declaration(self, i: int) -> int:
        try:
            return super().parse_html_declaration(i)
        except AssertionError:  # html.parser on a marked section that it does not know, as in <![x]>
            return self.parse_bogus_comment(i)

    def page(self) -> Page:
        """Return what was read."""
        if self._around:  # nobody closed it: it is not what it seemed
            self._chunks[self._around_start :] = [c._replace(around=False) for c in self._chunks[self._around_start :]]
        title = one_line("".join(self._title))
        if not title and self._heading_start >= 0:
            end = self._heading_end if self._heading_end >= 0 else len(self._chunks)
            title = one_line("".join(chunk.text for chunk in self._chunks[self._heading_start : end]))
            self._chunks[self._heading_start : end] = []
        everything = _lines(self._chunks)
        inner = _lines([chunk for chunk in self._chunks if not chunk.around])
        main = _lines([chunk for chunk in self._chunks if chunk.main and not chunk.around])
        text = main if main and len(main) >= _MIN_MAIN_SHARE * len(inner) else inner or everything
        return Page(title, text, self._fields())

    def _fields(self) -> dict[str, str]:
        metas = self._metas
        date = next((iso for name in _DATES if (iso := iso_date(metas.get(name, "")))), "")
        found = {"author": one_line(metas.get("author", "")), "date": date, "lang": metas.get("lang", "").strip()}
        return {name: value for name, value in found.items() if value}

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep what an element says of the page; the first of a kind counts."""
        if tag == "html":
            self._metas.setdefault("lang", attributes.get("lang", ""))
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if tag == "meta" and name:
            self._metas.setdefault(name.lower(), attributes.get("content", ""))
        elif tag == "time" and attributes.get("datetime") and not self._around:
            self._metas.setdefault("datepublished" if name else "date", attributes["datetime"])

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        role = attributes.get("role", "").lower()
        hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        around = tag in _AROUND and not (tag == "header" and self._main)
        if self._around:
            if tag == self._around[0]:
                self._around.append(tag)
        elif around or role in _AROUND_ROLES or hidden:
            if tag not in ("body", "html"):
                self._around_start = len(self._chunks)
                self._around.append(tag)
        elif self._main:
            if tag == self._main[0]:
                self._main.append(tag)
        elif tag in _MAIN or role in _MAIN_ROLES:
            self._main.append(tag)

    def _add(self, text: str) -> None:
        self._chunks.append(_Chunk(text, bool(self._main), bool(self._around)))

    def _break(self) -> None:
        """End the line, and with it a title or heading that nobody closed."""
        self._in_title = False
        if 0 <= self._heading_start < len(self._chunks) and self._heading_end < 0:
            self._heading_end = len(self._chunks)
        self._add("\n")


def _lines(chunks: list[_Chunk]) -> str:
    lines = (" ".join(line.split()) for line in "".join([chunk.text for chunk in chunks]).split("\n"))
    return "\n".join(line for line in lines if line)
