"""``searchkit query``."""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import TYPE_CHECKING

from searchkit.cli.output import batch_line, keep_json_whole, print_quotations, print_results
from searchkit.config import DEFAULT_INDEX, SEEDS
from searchkit.errors import IndexMissingError, InputError, QueryError
from searchkit.messages import translate
from searchkit.search import Index, render

if TYPE_CHECKING:
    from argparse import Namespace

    from searchkit.search import Results

_MAX_QUOTE = 1_000_000  # bytes


def run(options: Namespace) -> int:
    """Search once, or for each line of standard input."""
    ways = [bool(options.text), options.similar is not None, options.quote is not None]
    if sum(ways) != 1 or (options.explain_id is not None and not options.text):
        raise InputError("query: give one of TEXT, --similar ID, --quote TEXT; see 'searchkit query --help'")
    quote = None if options.quote is None else _quote(options.quote)
    index = open_or_index(options.index)
    if not len(index):
        from searchkit.cli.report import tell

        tell(translate(f"{options.index}: holds no documents; add some with 'searchkit index PATH'"))
    if options.text == ["-"]:
        if options.form in ("tsv", "kwic") or options.template is not None:
            raise InputError("query -: answers are lines of JSON; leave out --tsv, --kwic and --template")
        return _batch(index, options)
    query = " ".join(options.text)
    if options.explain_id is not None:
        return _explain(index, query, options)
    if quote is not None:
        found = index.find_quote(quote, options.limit)
        print_quotations(found, options)
        return 0 if len(found) else 1
    if options.similar is not None:
        results = index.similar(options.similar, options.limit, collapse=options.collapse)
    else:
        results = _search(index, query, options)
    print_results(results, options)
    return 0 if results.total else 1


def _search(index: Index, query: str, options: Namespace) -> Results:
    return index.search(
        query,
        limit=options.limit,
        level=options.level,
        fold=options.fold,
        collapse=options.collapse,
        fallback=options.fallback,
        offset=options.offset,
        filter=options.filter,
        sort=options.sort,
        facets=options.facets,
        operator=_operator(options),
    )


def _operator(options: Namespace) -> str:
    return "all" if options.all else "any"


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


def _batch(index: Index, options: Namespace) -> int:
    """Answer a query per line with a line of JSON; one that cannot be answered has an ``error``."""
    keep_json_whole()
    gc.enable()  # there may be many
    status = 1
    for line in sys.stdin:
        query = line.strip()
        if not query:
            continue
        try:
            results = _search(index, query, options)
        except QueryError as error:
            if not options.quiet:
                print(json.dumps({"query": query, "error": str(error)}, ensure_ascii=False), flush=True)
            status = 2
            continue
        if not options.quiet:
            print(batch_line(results, options), flush=True)
        if results.total and status == 1:
            status = 0
    return status


def _explain(index: Index, query: str, options: Namespace) -> int:
    """Say what becomes of one document."""
    found = index.explain(
        query,
        options.explain_id,
        level=options.level,
        fold=options.fold,
        fallback=options.fallback,
        filter=options.filter,
        operator=_operator(options),
    )
    if found is None:
        raise InputError(f"{options.explain_id}: no document with this id; 'searchkit query TEXT --tsv' shows ids")
    if options.form in ("json", "jsonl"):
        print(render.account_json(found))
    else:
        for line in found.lines(translate):
            print(line)
    return 1 if found.rank is None else 0


def open_or_index(directory: str) -> Index:
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
    from searchkit.cli.report import tell

    count = refresh_index([SEEDS], directory).added
    tell(translate(f"no index yet: {count} documents of {SEEDS}{os.sep} indexed in {directory}{os.sep}"))
    return Index(directory)
