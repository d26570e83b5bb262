"""``searchkit suggest``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searchkit.cli.commands.query import open_or_index

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Show what may have been meant by each word, and how it may go on."""
    index = open_or_index(options.index)
    words: list[dict[str, object]] = []
    for word in " ".join(options.text).split():
        corrections = [
            {"word": one.written, "documents": one.df, "cost": one.cost} for one in index.suggest(word, options.limit)
        ]
        completions = [{"word": written, "documents": count} for written, count in index.complete(word, options.limit)]
        words.append({"text": word, "corrections": corrections, "completions": completions})
        if not options.json:
            for kind, found in (("instead", corrections), ("begins so", completions)):
                for one in found:
                    print(f"{word}\t{kind}\t{one['word']}\t{one['documents']}")
    if options.json:
        print(json.dumps({"words": words}, ensure_ascii=False))
    return 0 if any(one["corrections"] or one["completions"] for one in words) else 1
