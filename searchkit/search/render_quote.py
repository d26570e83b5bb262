"""Places of a quotation as text for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searchkit.messages import listed, translate
from searchkit.search.align import ADDED, LEFT_OUT
from searchkit.search.render import pieces_json, place_of
from searchkit.search.snippet import Snippet, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.search.quote import Difference, Quotation, Quotations
    from searchkit.search.render import Style

TSV_COLUMNS = ("rank", "share", "id", "title", "file", "snippet")

_SHOWN = 12  # differences


def text_lines(found: Quotations, style: Style) -> Iterator[str]:
    """Yield the lines a person reads."""
    dim, plain = style.dim
    for place in found:
        title = style.heading(Snippet(place.title, ()))
        yield f"{place.rank}. {dim}[{place.share:.0%}]{plain} {title}".rstrip()
        yield f"   {dim}{place_of(place.id, place.fields)}{_field(place)}{plain}"
        yield f"   {style.marked(place.snippet)}"
        if place.differences:
            more = len(place.differences) - _SHOWN
            shown = [translate(_difference(difference)) for difference in place.differences[:_SHOWN]]
            shown += [translate(f"{more} more")] if more > 0 else []
            yield f"   {dim}{translate('differs:')} {listed(shown, ';')}{plain}"
        yield ""
    elapsed = f"{1000 * found.elapsed_s:.1f}"
    counts = f"1 place in {elapsed} ms" if len(found) == 1 else f"{len(found)} places in {elapsed} ms"
    yield dim + listed(map(translate, (counts, *found.notes)), ";") + plain


def json_object(place: Quotation) -> dict[str, object]:
    """Return a place as a JSON object; offsets are code points of the document's field."""
    return {
        "rank": place.rank,
        "share": round(place.share, 4),
        "id": place.id,
        "title": place.title,
        "file": place.fields.get("file"),
        "field": place.field,
        "start": place.start,
        "end": place.end,
        "snippet": place.snippet.render(),
        "passages": pieces_json(place.snippet),
        "differences": [difference._asdict() for difference in place.differences],
    }


def json_text(found: Quotations) -> str:
    """Return all places as one JSON object."""
    value = {
        "quote": found.quote,
        "elapsed_s": round(found.elapsed_s, 6),
        "notes": list(found.notes),
        "hits": [json_object(place) for place in found],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def json_lines(found: Quotations) -> Iterator[str]:
    """Yield a JSON object per place."""
    for place in found:
        yield json.dumps(json_object(place), ensure_ascii=False)


def tsv_lines(found: Quotations) -> Iterator[str]:
    """Yield a line per place with ``TSV_COLUMNS``."""
    for place in found:
        file = place.fields.get("file") or ""
        values = (place.rank, f"{place.share:.4f}", place.id, place.title, file, place.snippet.render())
        yield "\t".join(one_line(str(value)) for value in values)


def _field(place: Quotation) -> str:
    return "" if place.field == "text" else "  " + translate(f"in {one_line(place.field)}")


def _difference(difference: Difference) -> str:
    if difference.kind == ADDED:
        return f"{one_line(difference.quoted)} is not there"
    if difference.kind == LEFT_OUT:
        return f"{one_line(difference.stands)} was left out"
    return f"{one_line(difference.quoted)} stands as {one_line(difference.stands)}"
