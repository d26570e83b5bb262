"""Lines with colours in the form of prompt_toolkit, a fragment for each colour."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text import ANSI, to_formatted_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit.formatted_text import StyleAndTextTuples

_COLOR = re.compile(r"((?:\x1b\[[0-9;]*m)+)")
_PLAIN = ("\033[0m", "\033[m")


def fragments(lines: Iterable[str]) -> StyleAndTextTuples:
    """Return lines as fragments, with line ends between them; no colour goes on to the next line."""
    result: StyleAndTextTuples = []
    for line in lines:
        if result:
            result.append(("", "\n"))
        if "\x1b" not in line:
            result.append(("", line))
            continue
        color = ""
        for number, piece in enumerate(_COLOR.split(line)):
            if number % 2:
                plain = max(piece.rfind(sign) + len(sign) if sign in piece else 0 for sign in _PLAIN)
                color = piece[plain:] if plain else color + piece
            elif piece:
                result.append((_style(color), piece))
    return result


@lru_cache(maxsize=64)
def _style(color: str) -> str:
    """Return the name of a colour: prompt_toolkit reads one letter in it."""
    return to_formatted_text(ANSI(color + "x"))[0][0] if color else ""
