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


def run(options: Namespace) -> int:
    """Search once."""
    index = open_or_index(options.index)
    query = " ".join(options.text)
    if options.explain_id is not None:
        return _explain(index, query, options)
    results = index.search(
        query,
        limit=options.limit,
        level=options.level,
        fold=options.fold,
        collapse=options.collapse,
        fallback=options.fallback,
    )
    if not len(index):
        print(f"searchkit: {options.index}: holds no documents; add some with 'searchkit index PATH'", file=sys.stderr)
    if options.form == "json":
        print(render.json_text(results, explain=options.explain))
    elif options.form == "jsonl":
        for line in render.json_lines(results, explain=options.explain):
            print(line)
    elif options.form == "tsv":
        for line in render.tsv_lines(results):
            print(line)
    else:
        style = render.Style(color=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
        for line in render.text_lines(results, style, explain=options.explain):
            print(line)
    return 0 if results.total else 1


def _explain(index: Index, query: str, options: Namespace) -> int:
    """Say what becomes of one document."""
    found = index.explain(query, options.explain_id, level=options.level, fold=options.fold, fallback=options.fallback)
    if found is None:
        raise InputError(f"{options.explain_id}: no document with this id; 'searchkit query TEXT --tsv' shows ids")
    if options.form in ("json", "jsonl"):
        print(render.account_json(found))
    else:
        for line in found.lines():
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

    count = refresh_index([SEEDS], directory).added
    print(
        f"searchkit: no index yet: {count} documents of {SEEDS}{os.sep} indexed in {directory}{os.sep}", file=sys.stderr
    )
    return Index(directory)
