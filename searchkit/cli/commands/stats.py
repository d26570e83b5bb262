"""``searchkit stats``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searchkit import __version__, _core
from searchkit.search import Index

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print the inventory."""
    core = "compiled" if _core.COMPILED else "pure Python"
    if not options.json:
        print(f"searchkit {__version__}\ncore: {core}", flush=True)
    index = Index(options.index)
    stats = {"version": __version__, "core": core, "index": options.index, **index.stats()}
    if options.json:
        print(json.dumps(stats, ensure_ascii=False, indent=1))
        return 0
    for name in ("index", "documents", "deleted", "segments", "generation", "analyzer"):
        print(f"{name}: {stats[name]}")
    for name, counts in stats["fields"].items():
        print(f"field {name}: {counts['terms']} terms, {counts['occurrences']} occurrences")
    return 0
