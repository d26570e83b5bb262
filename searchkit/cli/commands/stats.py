"""``searchkit stats``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searchkit import __version__, _core
from searchkit.messages import translate
from searchkit.search import Index

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print the inventory."""
    core = "compiled" if _core.COMPILED else "pure Python"
    if not options.json:
        print(f"searchkit {__version__}\n{translate('core')}: {translate(core)}", flush=True)
    stats = Index(options.index).stats()
    if options.json:
        print(json.dumps({"version": __version__, "core": core, "index": options.index, **stats}, indent=1))
        return 0
    print(f"{translate('index')}: {options.index}")
    fields: dict[str, dict[str, int]] = stats.pop("fields")
    kinds: dict[str, dict[str, object]] = stats.pop("kinds")
    for name, value in stats.items():
        print(f"{translate(name)}: {value}")
    for name, kind in kinds.items():
        holds = f"{kind['kind']} (declared)" if kind["declared"] else kind["kind"]
        print(translate(f"values of {name}: {holds}, in {kind['documents']} documents"))
    for name, counts in fields.items():
        print(translate(f"field {name}: {counts['terms']} terms, {counts['occurrences']} occurrences"))
    return 0
