"""Arabic on terminals: who turns a line round, and what it has to be told.

An application has to know which of four kinds of terminal it talks to (``shell.terminals`` finds out):

========  ===============================================  ==========================================================
mode      the terminal                                     so the shell
========  ===============================================  ==========================================================
terminal  turns text round and joins letters               says in which direction a paragraph runs
app       does neither (xterm, Alacritty, VS Code, …)      turns each line round and joins letters
words     turns letters round inside a word, but not the   turns the order of words round
          words (kitty)
off       is not asked                                     prints text as it is
========  ===============================================  ==========================================================

``app/before`` and ``app/none`` are ``app`` where a vowel sign has to stand before its letter, or is left out.
``app/held`` is ``app`` where the terminal may turn letters round or not, and does not say: xterm.js leaves that to the
browser where it draws by elements, and does not where it draws by WebGL or on a canvas. Behind each letter from right
to left stands a mark from left to right, so nothing is left to turn round; of the marks nothing is to be seen.
``words/apart`` is ``words`` where what is of one colour is turned round with its spaces: these get another weight.
Nothing is ever turned round in pipes, files, JSON or what is copied.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MODES = ("auto", "terminal", "app", "words", "off")

IMPLICIT_OFF = "\033[8l"
"""BDSM reset: the terminal is to leave the order of letters alone (ECMA-48, 8.3; the BiDi recommendation for terminals,
"Escape sequences")."""
IMPLICIT_ON = "\033[8h"

BEGIN_RTL, END_RTL = "\u200e\u202b", "\u202c"
"""Around what runs from right to left in a line that the terminal turns round. Isolates would do better, but mlterm
shows them as boxes; without the mark in front it takes the whole line for one that runs from right to left."""
RTL_MARK, LTR_MARK = "\u200f", "\u200e"

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # numbers count as from right to left beside brackets
_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WORD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]+"
_NAMES = re.compile(f"{_WORD}(?: {_WORD})*")
_TURNED = frozenset(("R", "AL", "AN"))
_WITH_RTL = frozenset(("R", "AL", "NSM", "WS", "ON", "CS", "ES", "ET"))  # signs of numbers too, where there are none


class Visual(NamedTuple):
    """A line as it stands on the screen."""

    text: str
    order: tuple[int, ...]  # of each code point shown, the place of the one that it stands for
    apart: dict[int, int] = {}  # noqa: RUF012 - places of what has to differ in weight from a letter, and its place


@lru_cache(maxsize=2048)  # a screen is drawn again with each key
def visual(text: str, mode: str, *, rtl: bool | None = None) -> Visual:
    """Return a line in the order of the screen, with its letters joined where the terminal does not.

    The order is that of Unicode Standard Annex 9 with the direction of the first letter; marks stay behind the
    letter that they stand on, whichever way that one goes (rule L3). What only gives the direction is left out.

    Args:
        text: one line, in the order in which it is read.
        mode: one of ``MODES`` but ``auto``, with what this terminal needs besides; see above.
        rtl: whether the paragraph that it is a line of runs from right to left; None if it is all of it.
    """
    mode, _, way = mode.partition("/")
    if mode not in ("app", "words") or text.isascii() or not _has_rtl(text):
        return Visual(text, tuple(range(len(text))))
    clusters = _clusters(text)
    rtl = runs_rtl(text) if rtl is None else rtl
    if rtl and _is_plain(text):
        levels, mirrored = [1] * len(clusters), _mirrored(text, clusters)
    else:
        levels, mirrored = _levels(text, clusters, rtl=rtl)
    order = _turn(levels)
    shown = text if mode == "words" else _join(text)
    apart: dict[int, int] = {}
    if mode == "words":
        order, apart = _turn_words_back(order, text, clusters, spaces=way == "apart")
    pieces: list[str] = []
    places: list[int] = []
    for number in order:
        start, end = clusters[number]
        if text[start] in _CONTROLS:  # has had its effect, and would come between letters
            continue
        if way in ("before", "none"):
            own = range(start + 1, end) if way == "before" else ()
            pieces += [shown[place] for place in own]
            places += own
            end = start + 1
        pieces.append(mirrored.get(number, shown[start]) + shown[start + 1 : end])
        places += range(start, end)
        if way == "held" and _direction(text[start]) in _TURNED:
            pieces.append(LTR_MARK)
            places.append(start)
    return Visual("".join(pieces), tuple(places), apart)


def runs_rtl(text: str) -> bool:
    """Tell whether a paragraph runs from right to left: as its first letter (Unicode Standard Annex 9, rule P2)."""
    from unicodedata import bidirectional

    for char in text:
        direction = bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def apart(message: str, *, rtl: bool) -> str:
    """Return what is said in a language of this direction so that it runs in it, and names stay where they are.

    Else what begins with a name would run in the name's direction, and from left to right two names, or a name and a
    figure, with nothing but signs between them would change places.
    """
    if message.isascii() and not rtl:
        return message
    if rtl:
        return message if runs_rtl(message) else RTL_MARK + message
    return ("" if not runs_rtl(message) else LTR_MARK) + _NAMES.sub(f"\\g<0>{LTR_MARK}", message)


def _has_rtl(text: str) -> bool:
    return any(char >= "\u0590" for char in text)


def is_mark(char: str) -> bool:
    """Tell whether a code point stands on the letter before it."""
    from unicodedata import category

    return category(char) in ("Mn", "Me")


def is_attached(char: str) -> bool:
    """Tell whether a code point of a line that is shown stands in the column of the one before it."""
    return char == LTR_MARK or is_mark(char)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return where each letter with its marks begins and ends."""
    clusters: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if clusters and is_mark(char) and text[clusters[-1][0]] not in _CONTROLS:
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
        _resolve_brackets,
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


def _resolve_brackets(storage: Any, _debug: bool) -> None:  # noqa: FBT001 - as the other steps
    """Give both brackets of a pair one direction (Unicode Standard Annex 9, rule N0, which the library has not)."""
    for run in storage["runs"]:
        chars = storage["chars"][run["start"] : run["start"] + run["length"]]
        if _BRACKETS.keys().isdisjoint([char["ch"] for char in chars]):
            continue
        kinds = [_STRONG.get(char["type"], "") for char in chars]
        for first, last in _bracket_pairs(chars):
            own = "LR"[chars[first]["level"] % 2]
            inside = {*kinds[first:last]} - {""}
            if not inside:
                continue
            before = next((kind for kind in reversed(kinds[:first]) if kind), run["sor"])
            kind = before if own not in inside else own
            for place in (first, last):
                chars[place]["type"] = kinds[place] = kind


def _bracket_pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order of the opening ones."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(chars):
        if char["ch"] in _BRACKETS:
            opened.append((_BRACKETS[char["ch"]], place))
        elif closed := [number for number, (closing, _) in enumerate(opened) if closing == char["ch"]]:
            pairs.append((opened[closed[-1]][1], place))
            del opened[closed[-1] :]
    return sorted(pairs)


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


def _turn_words_back(
    order: list[int], text: str, clusters: list[tuple[int, int]], *, spaces: bool
) -> tuple[list[int], dict[int, int]]:
    """Return an order in which neighbouring letters are in reading order again, and what has to differ in weight.

    kitty turns round what stands in one font without a space, also figures and brackets beside the letters, and does
    not if the letters come from another font. In another weight they are a run of their own in either case.

    Args:
        order: of the clusters, from left to right.
        text: the line.
        clusters: where each begins and ends.
        spaces: whether spaces between words have to differ as well.
    """
    result: list[int] = []
    apart: dict[int, int] = {}
    letters: list[int] = []
    word: list[int] = []  # all between two spaces
    last = -1  # place of the last letter
    for number in [*order, -1]:
        char = text[clusters[number][0]] if number >= 0 else " "
        if _is_turned(char):
            letters.append(number)
            last = clusters[number][0]
            continue
        word += letters[::-1]
        letters = []
        if char.isspace():
            apart |= _beside_letters([clusters[each][0] for each in word], text)
            if spaces and number >= 0 and last >= 0:
                apart[clusters[number][0]] = last
            result += word
            word = []
            result += [number] if number >= 0 else []
        else:
            word.append(number)
    return result, apart


def _beside_letters(word: list[int], text: str) -> dict[int, int]:
    """Return the places of a word that are no letters, each with one that is."""
    letters = [place for place in word if _is_turned(text[place])]
    return {place: letters[0] for place in word if not _is_turned(text[place])} if letters else {}


def _is_turned(char: str) -> bool:
    """Tell whether kitty turns a letter round: by its script, so digits and signs of Arabic as well."""
    from unicodedata import bidirectional

    return "\u0600" <= char <= "\u06ff" or bidirectional(char) in ("R", "AL")


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
