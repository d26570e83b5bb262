"""Where the lines of earlier sessions are kept."""

from __future__ import annotations

import os
from zlib import crc32


def history_file(directory: str) -> str | None:
    """Return the history file of an index, for its owner only and made if need be; None if there is no place for it."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):  # as the XDG Base Directory Specification asks
        state = os.path.expanduser("~/.local/state")
    if not os.path.isabs(state):
        return None
    place = os.path.realpath(directory)
    name = f"{os.path.basename(place)}-{crc32(os.fsencode(place)):08x}"
    path = os.path.join(state, "searchkit", "history", name)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    except OSError:
        return None
    return path


def read_history(directory: str) -> list[str]:
    """Return what was typed in earlier sessions with an index, oldest first, each line once."""
    path = history_file(directory)
    if path is None:
        return []
    with open(path, encoding="utf-8", errors="replace") as file:  # as prompt_toolkit's FileHistory writes it
        return list(dict.fromkeys(line[1:].rstrip("\n") for line in file if line.startswith("+")))
