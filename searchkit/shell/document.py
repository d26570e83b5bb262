"""A whole document for reading: title, the other fields, and the text with the words that match."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from searchkit.search.snippet import Snippet, one_line

if TYPE_CHECKING:
    from searchkit.search import Hit
    from searchkit.search.render import Style
    from searchkit.shell.pager import Place


def document_lines(hit: Hit, style: Style) -> tuple[list[str], Place]:
    """Return the lines of a document, and where its best passage begins."""
    dim, plain = style.dim
    lines = [style.heading(hit.marked_title())]
    lines += [
        f"{dim}{name}:{plain} {one_line(str(value))}"
        for name, value in hit.fields.items()
        if name not in ("title", "text")
    ]
    lines.append("")
    best = max(hit.passage().pieces, key=lambda piece: len(piece.spans), default=None)
    at = (len(lines), 0)
    marked = hit.marked_text()
    for start, line in _split(marked):
        if best is not None and start <= best.start:
            at = len(lines), best.start - start
        lines.append(style.marked(line) if line.spans else line.text)
    return lines, at if best is not None and best.start else (0, 0)


def _split(whole: Snippet) -> list[tuple[int, Snippet]]:
    """Return the lines of a text with the places of the words in each, and where each begins."""
    lines: list[tuple[int, Snippet]] = []
    begins = [span[0] for span in whole.spans]
    start = 0
    for line in whole.text.splitlines(keepends=True):
        end = start + len(line)
        inside = whole.spans[bisect_right(begins, start - 1) : bisect_right(begins, end - 1)]
        lines.append((start, Snippet(line.rstrip(), tuple((a - start, b - start) for a, b in inside))))
        start = end
    return lines
