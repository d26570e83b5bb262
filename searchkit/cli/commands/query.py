"""``searchkit query``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from searchkit.config import DEFAULT_INDEX, SEEDS
from searchkit.errors import IndexMissingError, InputError
from searchkit.search import Index, render

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

_MAX_QUOTE = 1_000_000  # bytes


def run(options: Namespace) -> int:
    """Search once."""
    ways = [bool(options.text), options.similar is not None, options.quote is not None]
    if sum(ways) != 1 or (options.explain_id is not None and not options.text):
        raise InputError("query: give one of TEXT, --similar ID, --quote TEXT; see 'searchkit query --help'")
    quote = None if options.quote is None else _quote(options.quote)
    index = _open(options.index)
    if quote is not None:
        return _find_quote(index, quote, options)
    if options.explain_id is not None:
        return _explain(index, " ".join(options.text), options)
    if options.similar is not None:
        similar = index.similar(options.similar, options.limit, collapse=options.collapse)
        if similar is None:
            raise InputError(f"{options.similar}: no document with this id; 'searchkit query TEXT --tsv' shows ids")
        results = similar
    else:
        results = index.search(
            " ".join(options.text),
            limit=options.limit,
            level=options.level,
            fold=options.fold,
            collapse=options.collapse,
        )
    if not len(index):
        print(f"searchkit: {options.index}: holds no documents; add some with 'searchkit index PATH'", file=sys.stderr)
    excerpt = render.Excerpt(options.passages, options.words)
    if options.form == "json":
        print(render.json_text(results, explain=options.explain, excerpt=excerpt))
    elif options.form == "jsonl":
        _print(render.json_lines(results, explain=options.explain, excerpt=excerpt))
    elif options.form == "tsv":
        _print(render.tsv_lines(results, excerpt))
    else:
        _print(render.text_lines(results, _style(), explain=options.explain, excerpt=excerpt))
    return 0 if results.total else 1


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _style() -> render.Style:
    return render.Style(color=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def _quote(text: str) -> str:
    """Return the quotation: ``-`` reads it from standard input, ``@FILE`` from a file."""
    if text != "-" and not text.startswith("@"):
        return text
    name = "standard input" if text == "-" else text[1:]
    try:
        if text == "-":
            data = sys.stdin.buffer.read(_MAX_QUOTE + 1)
        else:
            with open(text[1:], "rb") as file:
                data = file.read(_MAX_QUOTE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: {reason}; name a file with the quotation") from None
    if len(data) > _MAX_QUOTE:
        raise InputError(f"{name}: more than {_MAX_QUOTE // 1000} kB; give a page of it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: not UTF-8; save it as UTF-8") from None


def _find_quote(index: Index, quote: str, options: Namespace) -> int:
    """Say where a quotation stands."""
    from searchkit.search import render_quote

    found = index.find_quote(quote, options.limit)
    if options.form == "json":
        print(render_quote.json_text(found))
    elif options.form == "jsonl":
        _print(render_quote.json_lines(found))
    elif options.form == "tsv":
        _print(render_quote.tsv_lines(found))
    else:
        _print(render_quote.text_lines(found, _style()))
    return 0 if len(found) else 1


def _explain(index: Index, query: str, options: Namespace) -> int:
    """Say what becomes of one document."""
    found = index.explain(query, options.explain_id, level=options.level, fold=options.fold)
    if found is None:
        raise InputError(f"{options.explain_id}: no document with this id; 'searchkit query TEXT --tsv' shows ids")
    if options.form in ("json", "jsonl"):
        print(render.account_json(found))
    else:
        for line in found.lines():
            print(line)
    return 1 if found.rank is None else 0


def _open(directory: str) -> Index:
    """Open the index; where there is none yet but the sample corpus is here, index that first."""
    seeds = directory == DEFAULT_INDEX and os.path.isdir(SEEDS)
    try:
        index = Index(directory)
        if len(index) or not seeds:
            return index
    except IndexMissingError:
        if not seeds:
            raise
    from searchkit.cli.commands.index import refresh_index

    count = refresh_index([SEEDS], directory).added
    print(
        f"searchkit: no index yet: {count} documents of {SEEDS}{os.sep} indexed in {directory}{os.sep}", file=sys.stderr
    )
    return Index(directory)
