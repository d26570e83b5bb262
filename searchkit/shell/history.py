"""Where the lines of earlier sessions are kept."""

from __future__ import annotations

import os


def history_file() -> str | None:
    """Return the history file, for its owner only and made if need be; None if there is no place for it."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):  # as the XDG Base Directory Specification asks
        state = os.path.expanduser("~/.local/state")
    if not os.path.isabs(state):
        return None
    path = os.path.join(state, "searchkit", "history")
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    except OSError:
        return None
    return path
