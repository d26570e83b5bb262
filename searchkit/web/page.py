"""Results and documents as a page. Whatever comes from a query or a document is escaped here."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from searchkit.config import LIMIT
from searchkit.messages import translate
from searchkit.search.render import total_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def results_page(results: Results, asked: Mapping[str, str] = MappingProxyType({}), limit: int = LIMIT) -> str:
    """Return a page of the hits of a search.

    Args:
        results: the hits of this page.
        asked: the parameters of the request.
        limit: how many hits a page has.
    """
    notes = "".join(f"<p>{escape(translate(note, _LANGUAGE))}</p>" for note in results.notes)
    shown = f"{len(results)} / {total_text(results)} · {1000 * results.elapsed_s:.1f} ms"
    count = f'<p class="faint" dir="ltr">{shown}</p>'
    return _page(results.query, count + notes + "\n".join(map(_hit, results)) + _turning(results, asked, limit))


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


def _turning(results: Results, asked: Mapping[str, str], limit: int) -> str:
    """Return links to the pages before and after this one, as far as there are some."""
    at = results.offset
    links: list[str] = []
    for name, word, offset, there in (
        ("prev", "السابق", max(at - limit, 0), at > 0),
        ("next", "التالي", at + limit, len(results) == limit > 0 and (at + limit < results.total or not results.exact)),
    ):
        if there and "similar" not in asked:
            address = escape("/?" + urlencode({**asked, "offset": offset}, errors="replace"))
            links.append(f'<a href="{address}" rel="{name}" lang="ar">{word}</a>')
    return f"<p>{' · '.join(links)}</p>" if links else ""


def _document(document: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 dir="auto">{escape(_text(document.get("title", "")))}</h2>'
    for name, value in document.items():
        if name not in ("title", "text"):
            yield f'<p class="faint" dir="auto">{escape(name)}: {escape(_text(value))}</p>'
    yield f'<p class="text" dir="auto">{escape(_text(document.get("text", "")))}</p>'


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)
