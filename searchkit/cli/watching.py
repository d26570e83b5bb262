"""Waits for files to change."""

from __future__ import annotations

import os
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

    # A file that is replaced is another file: its folder tells of the new one.
    places = {path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path)) for path in paths}
    recursive = any(os.path.isdir(path) for path in paths)
    try:
        for found in watchfiles.watch(
            *places,
            watch_filter=counts,
            debounce=_MOST_MS,
            step=_QUIET_MS,
            recursive=recursive,
            raise_interrupt=True,
            yield_on_timeout=True,
            rust_timeout=_PULSE_MS,
            ignore_permission_denied=True,
        ):
            yield len(found)
    except (FileNotFoundError, OSError) as error:
        raise InputError(f"--watch: {error}; check the paths") from None
