"""Results and documents as a page. Whatever comes from a query or a document is escaped here."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from searchkit.messages import translate
from searchkit.search.render import total_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.search import Hit, Results

_PLACE = re.compile(r"\{(title|query|main)\}")
_NAME = "searchkit"
_LANGUAGE = "ar"  # of the page, whatever that of the server is

with open(os.path.join(os.path.dirname(__file__), "page.html"), encoding="utf-8") as _file:
    _PAGE = _file.read()


def _digest(element: str) -> str:
    """Return what a content security policy calls the text of an element of the page."""
    text = _PAGE.partition(f"<{element}>")[2].partition(f"</{element}>")[0]
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


POLICY = (
    f"default-src 'none'; script-src {_digest('script')}; style-src {_digest('style')}; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Lets a browser run and load nothing but what ``page.html`` holds (W3C Content Security Policy Level 3)."""


def start_page() -> str:
    """Return the page before anything is searched."""
    return _page("", "")


def results_page(results: Results) -> str:
    """Return the page with the hits of a search."""
    notes = "".join(f"<p>{escape(translate(note, _LANGUAGE))}</p>" for note in results.notes)
    shown = f"{len(results)} / {total_text(results)} · {1000 * results.elapsed_s:.1f} ms"
    count = f'<p class="faint" dir="ltr">{shown}</p>'
    return _page(results.query, count + notes + "\n".join(_hit(hit) for hit in results))


def document_page(document: dict[str, Any]) -> str:
    """Return the page with a document."""
    return _page("", "\n".join(_document(document)))


def message_page(query: str, message: str) -> str:
    """Return the page with one line that says what is wrong."""
    return _page(query, f'<p role="alert" dir="auto">{escape(translate(message, _LANGUAGE))}</p>')


def _page(query: str, main: str) -> str:
    values = {"title": escape(f"{query} - {_NAME}" if query else _NAME), "query": escape(query), "main": main}
    return _PLACE.sub(lambda place: values[place[1]], _PAGE)


def _hit(hit: Hit) -> str:
    address = escape("/document?" + urlencode({"id": hit.id}, errors="replace"))
    file = hit.fields.get("file")
    place = hit.id if not file or file == hit.id else f"{hit.id}  {file}"
    similar = escape("/?" + urlencode({"similar": hit.id}, errors="replace"))
    return (
        f'<article><h2 dir="auto"><a href="{address}">{hit.marked_title().html("")}</a></h2>'
        f'<p class="faint" dir="ltr">{hit.rank}. [{hit.score:.2f}] {escape(place)} · '
        f'<a href="{similar}" lang="ar">مشابه</a></p>'
        f"{hit.passage().html('p')}</article>"
    )


def _document(document: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 dir="auto">{escape(_text(document.get("title", "")))}</h2>'
    for name, value in document.items():
        if name not in ("title", "text"):
            yield f'<p class="faint" dir="auto">{escape(name)}: {escape(_text(value))}</p>'
    yield f'<p class="text" dir="auto">{escape(_text(document.get("text", "")))}</p>'


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)
