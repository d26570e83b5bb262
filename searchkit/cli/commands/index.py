"""``searchkit index``."""

from __future__ import annotations

import os
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit.cli.report import report
from searchkit.config import MEMORY_MB
from searchkit.indexing.refresh import Refresh
from searchkit.search import create

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from searchkit.indexing.documents import Source


def run(options: Namespace) -> int:
    """Index files; exit status 2 if something given could not be read and nothing was."""
    started = perf_counter()
    refresh = refresh_index(
        options.paths, options.index, options.threads, options.memory, dict(options.field), prune=options.prune
    )
    counts = [f"{refresh.added} documents indexed"]
    counts += [f"{refresh.unchanged} unchanged"] if refresh.unchanged else []
    counts += [f"{refresh.deleted} deleted"] if refresh.deleted else []
    counts += [f"{refresh.problems} could not be read"] if refresh.problems else []
    print(f"{options.index}: {', '.join(counts)}, {perf_counter() - started:.1f} s")
    return 2 if refresh.problems and not refresh.added + refresh.unchanged else 0


def refresh_index(
    paths: list[str],
    directory: str,
    threads: int = 1,
    memory_mb: int = MEMORY_MB,
    fields: dict[str, str] | None = None,
    *,
    prune: bool = False,
) -> Refresh:
    """Bring an index up to date with files, telling a person how far it is."""
    with create(directory, memory_mb=memory_mb, threads=threads, fields=fields) as writer:
        refresh = Refresh(writer, report)
        base = os.path.dirname(os.path.abspath(directory))
        refresh.run(paths, base=base, threads=threads, prune=prune, watch=_progress if sys.stderr.isatty() else iter)
        for note in writer.notes:
            print(f"searchkit: {note}", file=sys.stderr)
    return refresh


def _progress(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the files under a bar that moves with them."""
    files = list(sources)
    if len(files) < 2:
        yield from files
        return
    from prompt_toolkit.shortcuts import ProgressBar

    with ProgressBar(file=sys.stderr) as bar:
        yield from bar(files, label="indexing")
