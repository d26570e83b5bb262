"""``searchkit serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Serve until interrupted."""
    from searchkit.web import serve

    serve(options.index, options.host, options.port)
    return 0
