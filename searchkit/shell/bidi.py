"""Arabic on terminals that do not turn it round themselves.

A terminal shows right-to-left text in one of four ways, and an application has to know which:

========  ==========================================================  =======================================
mode      the terminal                                                so the shell
========  ==========================================================  =======================================
terminal  turns text round and joins letters                          prints text as it is
app       does neither (Alacritty, Ghostty, VS Code, Windows          turns each line round and joins letters
          Terminal)
words     turns letters round inside a word, but not the words        turns the order of words round
          (kitty)
off       is not asked                                                prints text as it is
========  ==========================================================  =======================================

Nothing is ever turned round in pipes, files, JSON or what is copied.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MODES = ("auto", "terminal", "app", "words", "off")

IMPLICIT_OFF = "\033[8l"
"""BDSM reset: the terminal is to leave the order of letters alone (ECMA-48, 8.3; the BiDi recommendation for terminals,
"Escape sequences")."""
IMPLICIT_ON = "\033[8h"

_VTE_TURNS = 5800  # the first version of VTE that does, 0.58
_DOES_NEITHER = ("vscode", "ghostty", "alacritty", "rio", "tabby", "hyper")
_WITH_RTL = frozenset(("R", "AL", "NSM", "WS", "ON", "CS", "ES", "ET"))  # signs of numbers too, where there are none
_TURNS = ("Apple_Terminal", "mintty")


class Visual(NamedTuple):
    """A line as it stands on the screen."""

    text: str
    order: tuple[int, ...]  # of each code point shown, the place of the one that it stands for

    def column(self, place: int) -> int:
        """Return where a code point of the original line is shown."""
        return self.order.index(place) if place in self.order else len(self.order)


def detect(environment: Mapping[str, str] = os.environ) -> str:
    """Return how the terminal shows Arabic, by what it says of itself; ``terminal`` if it says nothing.

    Inside tmux and screen, which pass text on, the variables of the outer terminal may still be there.
    """
    program = environment.get("TERM_PROGRAM", "")
    term = environment.get("TERM", "")
    vte = environment.get("VTE_VERSION", "")
    if vte.isdecimal():
        return "terminal" if int(vte) >= _VTE_TURNS else "app"
    if "KONSOLE_VERSION" in environment or term.startswith("mlterm") or program in _TURNS:
        return "terminal"
    if "KITTY_WINDOW_ID" in environment or term == "xterm-kitty":
        return "words"
    if (
        "WT_SESSION" in environment
        or program.lower() in _DOES_NEITHER
        or term.startswith(("alacritty", "xterm-ghostty"))
    ):
        return "app"
    if any(name.startswith("ALACRITTY_") for name in environment):
        return "app"
    if term in ("linux", "dumb"):
        return "off"
    if "TMUX" in environment or term.startswith(("screen", "tmux")):
        return "off"
    return "terminal"


def resolve(mode: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the mode that ``auto`` means here; any other as it is."""
    return detect(environment) if mode == "auto" else mode


@lru_cache(maxsize=2048)  # a screen is drawn again with each key
def visual(text: str, mode: str, *, rtl: bool | None = None) -> Visual:
    """Return a line in the order of the screen, with its letters joined where the terminal does not.

    The order is that of Unicode Standard Annex 9 with the direction of the first letter; marks stay behind the
    letter that they stand on, whichever way that one goes (rule L3).

    Args:
        text: one line, in the order in which it is read.
        mode: one of ``MODES`` but ``auto``.
        rtl: whether the paragraph that it is a line of runs from right to left; None if it is all of it.
    """
    if mode not in ("app", "words") or text.isascii() or not _has_rtl(text):
        return Visual(text, tuple(range(len(text))))
    clusters = _clusters(text)
    rtl = runs_rtl(text) if rtl is None else rtl
    if rtl and _is_plain(text):
        levels, mirrored = [1] * len(clusters), _mirrored(text, clusters)
    else:
        levels, mirrored = _levels(text, clusters, rtl=rtl)
    order = _turn(levels)
    if mode == "words":
        order = _turn_words_back(order, levels, text, clusters)
    shown = text if mode == "words" else _join(text)
    pieces: list[str] = []
    places: list[int] = []
    for number in order:
        start, end = clusters[number]
        pieces.append(mirrored.get(number, shown[start]) + shown[start + 1 : end])
        places.extend(range(start, end))
    return Visual("".join(pieces), tuple(places))


def runs_rtl(text: str) -> bool:
    """Tell whether a paragraph runs from right to left: as its first letter (Unicode Standard Annex 9, rule P2)."""
    from unicodedata import bidirectional

    for char in text:
        direction = bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _has_rtl(text: str) -> bool:
    return any(char >= "\u0590" for char in text)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return where each letter with its marks begins and ends."""
    from unicodedata import category

    clusters: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if clusters and category(char) in ("Mn", "Me"):
            clusters[-1] = (clusters[-1][0], place + 1)
        else:
            clusters.append((place, place + 1))
    return clusters


@lru_cache(maxsize=512)
def _direction(char: str) -> str:
    """Return how a code point runs (Unicode Standard Annex 9, table 4)."""
    from unicodedata import bidirectional

    return bidirectional(char)


def _is_plain(text: str) -> bool:
    """Tell whether nothing in a paragraph from right to left runs otherwise: then all of it has the level 1."""
    return _WITH_RTL.issuperset(map(_direction, set(text)))


def _mirrored(text: str, clusters: list[tuple[int, int]]) -> dict[int, str]:
    """Return the clusters whose bracket is shown as its mirror image where all runs from right to left."""
    pairs: dict[str, str] = import_module("bidi.algorithm").MIRRORED
    if pairs.keys().isdisjoint(text):
        return {}
    return {number: pairs[text[start]] for number, (start, _) in enumerate(clusters) if text[start] in pairs}


def _levels(text: str, clusters: list[tuple[int, int]], *, rtl: bool) -> tuple[list[int], dict[int, str]]:
    """Return the embedding level of each cluster, and the clusters whose bracket is shown as its mirror image."""
    algorithm: Any = import_module("bidi.algorithm")  # its types say less than it does
    bases = "".join(text[start] for start, _ in clusters)
    base_level = int(rtl)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base_level, "LR"[base_level]
    algorithm.get_embedding_levels(bases, storage, False, False)  # noqa: FBT003 - its signature
    for number, char in enumerate(storage["chars"]):
        char["number"] = number
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, False)  # noqa: FBT003
    levels = [base_level] * len(clusters)
    mirrored: dict[int, str] = {}
    trailing = True
    for char in reversed(storage["chars"]):
        trailing = trailing and char["orig"] in ("WS", "BN")
        level = base_level if trailing else char["level"]  # rule L1
        levels[char["number"]] = level
        if level % 2 and char["ch"] in algorithm.MIRRORED:
            mirrored[char["number"]] = algorithm.MIRRORED[char["ch"]]
    return levels, mirrored


def _turn(levels: list[int]) -> list[int]:
    """Return the clusters from left to right (Unicode Standard Annex 9, rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _turn_words_back(order: list[int], levels: list[int], text: str, clusters: list[tuple[int, int]]) -> list[int]:
    """Return an order in which the letters of each word are in reading order again."""
    result: list[int] = []
    word: list[int] = []
    for number in order:
        if text[clusters[number][0]].isspace() or not levels[number] % 2:
            result += sorted(word)
            word = []
            result.append(number)
        else:
            word.append(number)
    return result + sorted(word)


def _join(text: str) -> str:
    """Return a text of the same length with the joined forms of its letters."""
    return " ".join(map(_join_word, text.split(" ")))


@lru_cache(maxsize=8192)  # words come again
def _join_word(word: str) -> str:
    shown = word if word.isascii() else _reshaper().reshape(word)
    return shown if len(shown) == len(word) else word


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper

    kept = {"delete_harakat": False, "delete_tatweel": False, "support_ligatures": False, "support_zwj": True}
    reshaper: Any = ArabicReshaper(configuration={**kept, "shift_harakat_position": False})
    reshaper.configuration = _Remembered(
        reshaper.configuration.getboolean
    )  # it asks it for each word: most of its time
    return reshaper


class _Remembered:
    """Settings that do not change."""

    def __init__(self, getboolean: Callable[[str], bool]) -> None:
        self.getboolean = lru_cache(maxsize=64)(getboolean)


if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper
