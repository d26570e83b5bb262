"""Title and visible text of HTML, without scripts and styles, block elements on lines of their own."""

from html.parser import HTMLParser

# Elements that do not break a line of text.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = frozenset(("script", "style"))


def title_and_text(markup: str) -> tuple[str, str]:
    """Return the title of a page, empty when it has neither title nor heading, and its visible text."""
    page = _Page()
    page.feed(markup)
    page.close()
    return page.title_and_text()


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

    def parse_html_declaration(self, i: int) -> int:
        try:
            return super().parse_html_declaration(i)
        except AssertionError:  # html.parser on a marked section that it does not know, as in <![x]>
            return self.parse_bogus_comment(i)

    def title_and_text(self) -> tuple[str, str]:
        title = _one_line(self._title)
        text = self._text
        if not title and self._heading_start >= 0:
            end = self._heading_end if self._heading_end >= 0 else len(text)
            title = _one_line(text[self._heading_start : end])
            text = text[: self._heading_start] + text[end:]
        lines = (" ".join(line.split()) for line in "".join(text).split("\n"))
        return title, "\n".join(line for line in lines if line)

    def _break(self) -> None:
        """End the line, and with it a title or heading that nobody closed."""
        self._in_title = False
        if 0 <= self._heading_start < len(self._text) and self._heading_end < 0:
            self._heading_end = len(self._text)
        self._text.append("\n")


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
