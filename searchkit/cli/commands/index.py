"""``searchkit index``."""

from __future__ import annotations

import os
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit.cli.interrupt import interruptible
from searchkit.cli.progress import Progress
from searchkit.cli.report import tell
from searchkit.config import COMMIT_EVERY_S, MEMORY_MB
from searchkit.errors import InputError, SearchkitError
from searchkit.indexing.refresh import Refresh, survey
from searchkit.messages import listed, translate
from searchkit.search import create

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from searchkit.indexing.documents import Problem

_STDIN = "-"
_MOST_KINDS = 6
_WORTH_A_SPEED = 1_000_000  # bytes; with less, starting up is most of the time


def run(options: Namespace) -> int:
    """Index files; exit status 2 if something given could not be read and nothing was."""
    if options.dry_run:
        return _dry_run(options)
    if options.watch:
        _check_watching(options)
    progress = Progress("none" if options.quiet else options.progress)
    started = perf_counter()
    refresh = _index(options, options.paths, progress, prune=options.prune)
    if not options.quiet:
        print(f"{options.index}: {summary(refresh, options.index, perf_counter() - started)}", flush=True)
        _tell_others(refresh.others)
    if options.watch:
        _watch(options, progress)
    return 2 if refresh.problems and not refresh.documents + refresh.unchanged else 0


def refresh_index(
    paths: Sequence[str],
    directory: str,
    threads: int = 1,
    memory_mb: int = MEMORY_MB,
    fields: dict[str, str] | None = None,
    *,
    prune: bool = False,
    commit_every_s: float = COMMIT_EVERY_S,
    progress: Progress | None = None,
) -> Refresh:
    """Bring an index up to date with files, telling a person how far it is.

    Raises:
        KeyboardInterrupt: by Ctrl-C, after what was read had been committed.
    """
    progress = progress or Progress("auto")
    with create(directory, memory_mb=memory_mb, threads=threads, fields=fields) as writer:
        refresh = Refresh(writer, progress.report, tick=progress.tick, commit_every_s=commit_every_s)
        base = os.path.dirname(os.path.abspath(directory))
        try:
            with interruptible(refresh):
                if _STDIN in paths:
                    refresh.run_stream(sys.stdin.buffer)  # type: ignore[arg-type]
                if files := [path for path in paths if path != _STDIN]:
                    refresh.run(files, base=base, threads=threads, prune=prune)
                writer.commit()  # which takes a while, and is not to be interrupted either
        finally:
            progress.end()
        for note in writer.notes:
            tell(translate(note))
        if refresh.stopping:
            raise KeyboardInterrupt(
                f"interrupted; {refresh.documents} documents were indexed and stay; the same command goes on from there"
            )
    return refresh


def summary(refresh: Refresh, directory: str, seconds: float) -> str:
    """Return what was done, in one line."""
    counts = [translate(f"{refresh.added} documents added")]
    counts += [translate(f"{refresh.updated} updated")] if refresh.updated else []
    counts += [translate(f"{refresh.unchanged} unchanged")] if refresh.unchanged else []
    counts += [translate(f"{refresh.deleted} deleted")] if refresh.deleted else []
    counts += [translate(f"{refresh.problems} could not be read")] if refresh.problems else []
    read = refresh.read_bytes
    speed = f" ({amount(read)}, {read / seconds / 1e6:.1f} MB/s)" if read >= _WORTH_A_SPEED else ""
    return translate(f"{listed(counts)}; index of {amount(_size(directory))}, {seconds:.1f} s") + speed


def amount(size: float) -> str:
    """Return a number of bytes with the unit that suits it."""
    unit = "kB"
    size /= 1000
    for unit in ("kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.{0 if unit == 'kB' else 1}f} {unit}"


def _tell_others(others: dict[str, int]) -> None:
    """Say which files in the folders were not read for what they are."""
    if others:
        kinds = sorted(others, key=lambda suffix: -others[suffix])
        shown = [f"{others[suffix]} {suffix or translate('without ending')}" for suffix in kinds[:_MOST_KINDS]]
        shown += ["…"] if len(kinds) > _MOST_KINDS else []
        tell(translate(f"files of other kinds were passed over: {listed(shown)}; see 'searchkit index --help'"))


def _index(options: Namespace, paths: Sequence[str], progress: Progress, *, prune: bool) -> Refresh:
    return refresh_index(
        paths,
        options.index,
        options.threads,
        options.memory,
        dict(options.field),
        prune=prune,
        commit_every_s=options.commit_every,
        progress=progress,
    )


def _size(directory: str) -> int:
    """Return the size of the files of an index in bytes."""
    total = 0
    with os.scandir(directory) as entries:
        for entry in entries:
            try:
                total += entry.stat().st_size
            except OSError:
                pass  # a merge has just removed it
    return total


def _check_watching(options: Namespace) -> None:
    """Find out before anything is indexed whether it can be watched."""
    from searchkit.cli.watching import library

    library()
    if _STDIN in options.paths:
        raise InputError("--watch: standard input cannot be watched; name files and folders")


def _watch(options: Namespace, progress: Progress) -> None:
    """Index what changes until Ctrl-C. The lock is held while there is something to do only."""
    from searchkit.cli.watching import changes

    behind = False  # what changed could not be indexed
    try:
        for found in changes(options.paths, options.index):
            if not found and not behind:
                continue
            behind = not _caught_up(options, progress)
    except KeyboardInterrupt as interruption:
        raise KeyboardInterrupt(str(interruption) or "no longer watched; what was indexed stays") from None


def _caught_up(options: Namespace, progress: Progress) -> bool:
    started = perf_counter()
    try:
        refresh = _index(options, options.paths, progress, prune=True)
    except SearchkitError as error:
        tell(" ".join(translate(str(error)).split()))
        return False
    if refresh.documents + refresh.deleted and not options.quiet:
        print(f"{options.index}: {summary(refresh, options.index, perf_counter() - started)}", flush=True)
    return True


def _dry_run(options: Namespace) -> int:
    """Say what there is to do."""
    from searchkit.indexing.known_files import known_files_in

    known = known_files_in(options.index)
    progress = Progress("none")
    base = os.path.dirname(os.path.abspath(options.index))
    paths = [path for path in options.paths if path != _STDIN]
    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        problems.append(problem)
        progress.report(problem)

    found = survey(known, paths, base=base, prune=options.prune, report=report)
    progress.end()
    for source in found.changed:
        print("changed" if source.name in known else "new", source.name, sep="\t")
    for name in found.gone:
        print("gone", name, sep="\t")
    changed, unchanged, gone = len(found.changed), len(found.unchanged), len(found.gone)
    print(translate(f"{changed} files to read, {unchanged} unchanged, {gone} gone"))
    _tell_others(found.others)
    return 2 if problems and not changed + unchanged + gone else 0
