"""Waits for files to change."""

from __future__ import annotations

import os
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUIET_MS = 500
_MOST_MS = 3000
_PULSE_MS = 5000


def library() -> Any:
    """Return watchfiles.

    Raises:
        InputError: it is not installed.
    """
    try:
        return import_module("watchfiles")
    except ImportError:
        raise InputError("--watch: needs watchfiles; pip install 'searchkit[watch]'") from None


def changes(paths: Sequence[str], index: str) -> Iterator[int]:
    """Yield how many files changed, once they have been left alone for half a second, or after three; 0 now and then.

    Raises:
        InputError: watchfiles is not installed, or a path cannot be watched.
        KeyboardInterrupt: by Ctrl-C.
    """
    watchfiles = library()
    own = os.path.join(os.path.realpath(index), "")

    def counts(_: object, path: str) -> bool:
        """Tell whether a change is of a file that may be indexed; a change of the rules counts, too."""
        name = os.path.basename(path)
        hidden = name.startswith(".") and name != ".searchkitignore"
        return not hidden and not os.path.realpath(path).startswith(own)

    watched = _places(paths)
    begun = False
    while True:
        seen = 1  # nobody told what changed before it began to watch: after the first pulse all is looked at
        try:
            for found in watchfiles.watch(
                *watched,
                watch_filter=counts,
                debounce=_MOST_MS,
                step=_QUIET_MS,
                recursive=any(os.path.isdir(path) for path in paths),
                raise_interrupt=True,
                yield_on_timeout=True,
                rust_timeout=_PULSE_MS,
                ignore_permission_denied=True,
            ):
                begun = True
                yield len(found) or seen
                seen = 0
                if _places(paths) != watched:  # a folder was removed, moved, made again: nothing more is told of it
                    break
        except OSError as error:
            if not begun:
                raise InputError(f"--watch: {error}; check the paths") from None
            time.sleep(_PULSE_MS / 1000)
        watched = _places(paths)
        yield 1


def _places(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the folders to watch, and which these are; of a file its own, since one that is replaced is another."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        place = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
        try:
            status = os.stat(place)
        except OSError:
            found[place] = (0, 0)
        else:
            found[place] = (status.st_dev, status.st_ino)
    return found
