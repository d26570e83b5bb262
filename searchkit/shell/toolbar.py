"""The last line of the screen: the index, the hits, and what the F-keys have switched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.messages import translate
from searchkit.shell.bidi import LTR_MARK
from searchkit.shell.screen import columns

if TYPE_CHECKING:
    from searchkit.shell.panel import Panel
    from searchkit.shell.session import Session

_KEYS = (("F2", "level"), ("F3", "operator"), ("F4", "collapse"), ("F8", "bidi"))


def toolbar(session: Session, panel: Panel, width: int) -> str:
    """Return the toolbar in at most so many columns; what matters least is left out first."""
    results = panel.shown.results
    parts = [translate(f"{session.num_docs} documents")]
    if results is not None:
        total = results.total if results.exact else f"{results.total}+"
        parts = [translate(f"{total} of {session.num_docs}"), f"{1_000_000 * results.elapsed_s:.0f} µs"]
    toggles = [f"{key} {session.settings.text(name)}" for key, name in _KEYS]
    toggles[-1] = f"F8 {session.bidi}" if session.settings.text("bidi") == "auto" else toggles[-1]
    chosen = [f"{translate('filter')} {session.filter}"] if session.filter else []
    chosen += [f"{translate('sort')} {session.sort}"] if session.sort else []
    chosen += [f"{translate('facets')} {' '.join(session.facets)}"] if session.facets else []
    parts += [*chosen, session.directory, *toggles]
    while len(parts) > 1 and columns("  ".join(parts)) > width:
        parts.pop()
    dim, plain = session.style.dim
    # Each is turned round by itself, so that it stands to the right of the one before it in every language.
    first, *others = (session.fit(part, width)[0] for part in parts)
    gap = f"{LTR_MARK}  " if session.bidi == "terminal" else "  "
    return f"{dim}{gap.join([first, *(part.lstrip(' ') for part in others)])}{plain}"
