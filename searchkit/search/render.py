"""Results as text for people and for programs; the command and the shell print the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from searchkit.messages import language, listed, translate
from searchkit.query import WordClause, leaves
from searchkit.search.snippet import Snippet, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.search.account import Account
    from searchkit.search.results import Hit, Results

TSV_COLUMNS = ("rank", "score", "id", "title", "file", "snippet")

_SHOWN_IDS = 5  # of copies


class Style:
    """How things stand out: by colour, or by signs where there is none."""

    def __init__(self, *, color: bool) -> None:
        self.color = color
        self.title = ("\033[1m", "\033[0m") if color else ("", "")
        self.dim = ("\033[2m", "\033[0m") if color else ("", "")

    def marked(self, snippet: Snippet) -> str:
        """Return a passage on one line."""
        return snippet.ansi() if self.color else snippet.render()

    def heading(self, snippet: Snippet) -> str:
        """Return a title on one line."""
        return snippet.ansi(around="1") if self.color else snippet.render()


def text_lines(results: Results, style: Style, *, explain: bool = False, fields: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines a person reads; with the values of fields that they want to see."""
    for hit in results:
        yield from hit_lines(hit, style, explain=explain)
        for name in fields:
            if value := column(hit, name):
                yield f"   {style.dim[0]}{name}:{style.dim[1]} {one_line(value)}"
        yield ""
    yield from facet_lines(results, style)
    yield summary(results, style)
    yield from (style.dim[0] + translate(note) + style.dim[1] for note in results.notes)


def facet_lines(results: Results, style: Style) -> Iterator[str]:
    """Yield how many documents have which values, field by field, each number under the last."""
    for name, values in results.facets.items():
        yield style.heading(Snippet(one_line(name), ()))
        width = max((len(str(number)) for _, number in values), default=0)
        for value, number in values:
            yield f"  {number:{width}}  {one_line(str(value))}"
        if not values:
            yield f"  {style.dim[0]}-{style.dim[1]}"
        yield ""


def hit_lines(hit: Hit, style: Style, *, explain: bool = False) -> Iterator[str]:
    """Yield a hit: rank, score and title; where it is; the passage."""
    dim, plain = style.dim
    yield f"{hit.rank}. {dim}[{hit.score:.2f}]{plain} {style.heading(hit.marked_title())}"
    same = f"  ({translate('the same text')})" if hit.is_copy else ""
    yield f"   {dim}{place_of(hit.id, hit.fields)}{same}{plain}"
    snippet = style.marked(hit.passage())
    if snippet:
        yield f"   {snippet}"
    if hit.copies:
        ids = _ids(hit.copy_ids)
        copies = translate(f"+ 1 copy: {ids}" if hit.copies == 1 else f"+ {hit.copies} copies: {ids}")
        yield f"   {dim}{copies}{plain}"
    if explain:
        yield from hit.explain().lines("   ", translate)
        if above := hit.why_above(language()):
            yield f"   {above}"


def summary(results: Results, style: Style) -> str:
    """Return the line below the hits."""
    dim, plain = style.dim
    total, elapsed = total_text(results), f"{1000 * results.elapsed_s:.1f}"
    if len(results) < results.total or not results.exact:
        counts = f"{len(results)} of 1 document in {elapsed} ms"
        counts = counts if total == "1" else f"{len(results)} of {total} documents in {elapsed} ms"
    else:
        counts = f"1 document in {elapsed} ms" if total == "1" else f"{total} documents in {elapsed} ms"
    return f"{dim}{translate(counts)}{plain}"


def total_text(results: Results) -> str:
    """Return how many documents match; "at least" so many where that is all that is known."""
    return str(results.total) if results.exact else f"at least {results.total}"


def column(hit: Hit, name: str) -> str:
    """Return one of ``TSV_COLUMNS`` or a field as text; "" if the hit has none."""
    if name == "rank":
        return str(hit.rank)
    if name == "score":
        return f"{hit.score:.6f}"
    if name in ("id", "title", "snippet"):
        return str(getattr(hit, name))
    value = hit.fields.get(name)
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def understanding(results: Results) -> Iterator[str]:
    """Yield what was looked up for each word of a query, level by level."""
    for leaf in leaves(results.clause):
        terms = leaf.terms if isinstance(leaf, WordClause) else ()
        seen = dict.fromkeys(f"{translate(term.kind)} {' '.join(term.texts)}" for term in terms)
        yield f"{leaf.text}: {listed(seen) or translate('phrase')}"


def json_object(hit: Hit, *, explain: bool = False, fields: Sequence[str] | None = None) -> dict[str, object]:
    """Return a hit as a JSON object; names and meanings are stable.

    Places are pairs of code points, first and one past the last: ``title_marks`` in ``title``, all of ``passages`` in
    the document's ``text``.

    Args:
        hit: a hit.
        explain: whether it says what its score is made of.
        fields: what it holds; None for all that is stable.
    """
    if fields is not None:
        own = {"rank": hit.rank, "score": round(hit.score, 6)}
        return {
            name: own[name] if name in own else column(hit, name) if name == "snippet" else hit.fields.get(name)
            for name in fields
        }
    snippet = hit.passage()
    value: dict[str, object] = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "id": hit.id,
        "title": hit.title,
        "file": hit.fields.get("file"),
        "snippet": snippet.render(),
        "passages": pieces_json(snippet),
        "title_marks": [list(span) for span in hit.marked_title().spans],
        "fields": {name: value for name, value in hit.fields.items() if name not in ("id", "title", "file", "text")},
    }
    if hit.is_copy:
        value["is_copy"] = True
    if hit.copies:
        value["copies"] = hit.copy_ids
    if explain:
        value["explanation"] = hit.explain().lines()
        value["above_next"] = hit.why_above()
    return value


def pieces_json(snippet: Snippet) -> list[dict[str, object]]:
    """Return where the passages of a snippet stand in the text, and the words to mark."""
    return [
        {"start": piece.start, "end": piece.end, "marks": [list(span) for span in piece.spans]}
        for piece in snippet.pieces
    ]


def json_value(results: Results, *, explain: bool = False, fields: Sequence[str] | None = None) -> dict[str, object]:
    """Return all results as one object for JSON."""
    facets = {
        name: [{"value": value, "count": number} for value, number in values] for name, values in results.facets.items()
    }
    return {
        "query": results.query,
        "total": results.total,
        "exact": results.exact,
        "elapsed_s": round(results.elapsed_s, 6),
        "notes": list(results.notes),
        **({"offset": results.offset} if results.offset else {}),
        **({"facets": facets} if facets else {}),
        "hits": [json_object(hit, explain=explain, fields=fields) for hit in results],
    }


def json_text(results: Results, *, explain: bool = False, fields: Sequence[str] | None = None) -> str:
    """Return all results as one JSON object."""
    return json.dumps(json_value(results, explain=explain, fields=fields), ensure_ascii=False, indent=1)


def json_lines(results: Results, *, explain: bool = False, fields: Sequence[str] | None = None) -> Iterator[str]:
    """Yield a JSON object per hit."""
    for hit in results:
        yield json.dumps(json_object(hit, explain=explain, fields=fields), ensure_ascii=False)


def account_json(found: Account) -> str:
    """Return what became of one document as a JSON object."""
    value = {
        "id": found.id,
        "rank": found.rank,
        "score": None if found.explanation is None else round(found.explanation.share, 6),
        "explanation": [] if found.explanation is None else found.explanation.lines(),
        "reasons": list(found.reasons),
        "notes": list(found.notes),
    }
    return json.dumps(value, ensure_ascii=False)


def tsv_lines(results: Results, fields: Sequence[str] | None = None) -> Iterator[str]:
    """Yield a line per hit with ``TSV_COLUMNS``, or others; control characters inside values become spaces."""
    for hit in results:
        yield "\t".join(one_line(column(hit, name)) for name in fields or TSV_COLUMNS)


def _ids(ids: list[str]) -> str:
    return one_line(" ".join(ids[:_SHOWN_IDS]) + (" …" if len(ids) > _SHOWN_IDS else ""))


def place_of(key: str, fields: dict[str, Any]) -> str:
    """Return a document's id, and its file where that is another name."""
    file = fields.get("file")
    return one_line(key if not file or file == key else f"{key}  {file}")
