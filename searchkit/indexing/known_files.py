"""The list of the files that were indexed, which lies beside each commit."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any

from searchkit.errors import IndexFormatError, IndexMissingError
from searchkit.records import NamedTuple
from searchkit.segment.manifest import read_manifest, read_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.indexing.sources import Source

UNREAD = -1
"""The time of a file that must be read again although it does not change: something may be got from it yet."""

_RECENT = 0
_TICK_NS = 2_000_000_000  # the coarsest clock of a file system, that of FAT


class Known(NamedTuple):
    """What was indexed from a file.

    ``digest`` is of its bytes, empty if it could not be read. ``done`` is how many of its documents had been indexed
    when the reading was interrupted, 0 if it was not. ``problems`` are where and why no more could be got from it.
    """

    size: int
    mtime_ns: int
    ids: list[str]
    digest: str = ""
    done: int = 0
    problems: Sequence[Sequence[str]] = ()


def known_files(data: bytes, path: str) -> dict[str, Known]:
    """Return the list that was kept; ``path`` is where.

    Raises:
        IndexFormatError: it is damaged.
    """
    try:
        listed: dict[str, Any] = json.loads(data) if data else {}
        known = {name: Known(*values) for name, values in listed.items()}
        # Strings, or this fails.
        "".join([key for file in known.values() for key in (*file.ids, file.digest)])
        "".join([where + reason for file in known.values() for where, reason in file.problems])
    except (ValueError, TypeError, AttributeError):
        raise IndexFormatError(f"{path}: damaged; remove the index and index the files again") from None
    return known


def known_files_in(directory: str) -> dict[str, Known]:
    """Return the list of an index that may be in use; empty if there is no index.

    Raises:
        IndexFormatError: it is damaged.
    """
    try:
        manifest = read_manifest(directory)
    except IndexMissingError:
        return {}
    return known_files(read_sources(directory, manifest), os.path.join(directory, manifest.sources_file))


def as_bytes(known: dict[str, Known]) -> bytes:
    """Return the list as it is kept."""
    return json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")


def settled_time(source: Source) -> int:
    """Return the time to remember of a file that is read now.

    One that was written just now may be written again without a change of its time, so that does not count.
    """
    return source.mtime_ns if source.mtime_ns < time.time_ns() - _TICK_NS else _RECENT


def digest_of(path: str) -> str:
    """Return a digest of the bytes of a file, empty if it cannot be read."""
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:
        return ""


def is_gone(base: str, name: str) -> bool:
    """Tell whether a file is there no more, rather than only out of reach."""
    try:
        os.stat(os.path.join(base, name))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
