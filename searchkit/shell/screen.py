"""Text made fit for a terminal."""

from __future__ import annotations

import re
import unicodedata

from searchkit.shell.bidi import BEGIN_RTL, END_RTL, runs_rtl, visual

_UNSAFE = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_LEAD = re.compile(
    r"(?:▸)? *(?:\d+\. (?:\[[\d.]+\] )?|-?\d+\.\d+  )?"
)  # stays on the left; what is below it begins where it ends
_MARGIN = 4
_PLAIN = "\033[0m"
_MISTAKE = "\033[4;31m"
_WEIGHT, _OBLIQUE = "\033[1m", "\033[3m"
_BOLD = re.compile(r"[\[;]1[;m]")


def printable(text: str) -> str:
    """Return text that cannot command the terminal: of its control characters only colours and line ends remain."""
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub("", text))


def columns(text: str) -> int:
    """Return how many columns a terminal gives to a text; colours take none (Unicode Standard Annex 11)."""
    if "\x1b" in text:
        text = _COLOR.sub("", text)
    return len(text) if text.isascii() and text.isprintable() else sum(map(_WIDTHS.__getitem__, text))


def wrap(line: str, width: int) -> list[str]:
    """Return a line cut between words; the further lines begin below the text of the first.

    A terminal would cut inside words, where Arabic letters lose their joined forms; only words longer than a line
    are left to it. A colour that goes on is ended with each line and begun again with the next.
    """
    if columns(line) <= width:
        return [line]
    lead = _LEAD.match(_COLOR.sub("", line))
    start = min(lead.end() if lead else 0, width // 2)
    lines: list[str] = []
    words: list[str] = []
    used, color, empty = 0, "", True
    for word in line.split(" "):
        size = columns(word)
        if not empty and used + 1 + size > width:
            lines.append(" ".join(words) + (_PLAIN if color else ""))
            words, used, empty = [" " * (start - 1)] if start else [], start, True
            words.append(color + word)
        else:
            used += 1 if words else 0
            words.append(word)
        used += size
        empty = empty and not size
        if "\x1b" in word:
            color = _after(color, word)
    lines.append(" ".join(words))
    return lines


def _after(color: str, text: str) -> str:
    """Return the colour that holds behind a text, where another held before it."""
    for found in _COLOR.findall(text):
        color = "" if found in (_PLAIN, "\033[m") else color + found
    return color


def fit(line: str, width: int, mode: str) -> list[str]:
    """Return a line cut between words, each part as a terminal of this kind shows it; see ``shell.bidi``."""
    if mode == "off":
        return wrap(line, width)
    text = _COLOR.sub("", line)
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    rtl = runs_rtl(text[start:])
    if mode != "terminal":
        return [turn(part, mode, rtl=rtl) for part in wrap(line, width)]
    return [_enclose(part) for part in wrap(line if start else f" {line}", width)] if rtl else wrap(line, width)


def _enclose(line: str) -> str:
    """Return a line whose text behind its lead runs from right to left.

    What says so has no width and belongs to the letter before it, in the first column it would be lost.
    """
    lead = _LEAD.match(_COLOR.sub("", line))
    place = lead.end() if lead else 0
    at = 0
    while place:
        color = _COLOR.match(line, at)
        if color:
            at = color.end()
        else:
            at += 1
            place -= 1
    return f"{line[:at]}{BEGIN_RTL}{line[at:]}{END_RTL}"


def turn(line: str, mode: str, *, rtl: bool | None = None) -> str:
    """Return a line in the order of the screen; its colours go with the letters, and its lead stays on the left."""
    plain: list[str] = []
    colors: list[str] = []  # of each letter
    color = ""
    at = 0
    for match in [*_COLOR.finditer(line), None]:
        piece = line[at : match.start() if match else len(line)]
        plain.append(piece)
        colors += [color] * len(piece)
        if match:
            color = "" if match[0] in ("\033[0m", "\033[m") else color + match[0]
            at = match.end()
    text = "".join(plain)
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    shown = visual(text[start:], mode, rtl=rtl)
    if not any(colors) and not shown.apart:
        return text[:start] + shown.text
    result: list[str] = []
    color = ""
    for place, char in enumerate(text[:start] + shown.text):
        source = place if place < start else start + shown.order[place - start]
        own = colors[source]
        letter = shown.apart.get(source - start) if place >= start else None
        if letter is not None and bool(_BOLD.search(own)) == bool(_BOLD.search(colors[start + letter])):
            own += _OBLIQUE if _BOLD.search(own) else _WEIGHT
        if own != color and unicodedata.category(char) != "Mn":
            result.append(("\033[0m" if color else "") + own)
            color = own
        result.append(char)
    return "".join(result) + ("\033[0m" if color else "")


def underline(text: str, start: int, end: int, width: int, *, mode: str = "off", color: bool = False) -> list[str]:
    """Return a text with ``text[start:end]`` underlined: by the terminal, or by carets on a line of their own.

    Args:
        text: as typed.
        start: first code point to underline.
        end: one past the last; at least one column is underlined.
        width: columns of the terminal; a longer text is cut around the start.
        mode: how the terminal shows Arabic; see ``shell.bidi``.
        color: whether the terminal underlines.
    """
    line = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    if color:
        end = max(end, start + 1)
        line = line.ljust(end)
        return fit(f"{line[:start]}{_MISTAKE}{line[start:end]}{_PLAIN}{line[end:]}", width, mode)
    first = _first_shown(line, start, width)
    rtl = mode == "terminal" and runs_rtl(line[first:])
    lead = "… " if first else " " if rtl else ""
    room = width - columns(lead)
    last = first
    while last < len(line) and room >= (size := _WIDTHS[line[last]]):
        room -= size
        last += 1
    shown = visual(line[first:last], "app" if mode == "terminal" else mode)  # this is where the terminal puts it
    under = [
        ("^" if start <= first + place < max(end, start + 1) else " ") * _WIDTHS[char]
        for char, place in zip(shown.text, shown.order, strict=True)
    ]
    if "^" not in "".join(under):
        under.append("^")
    if mode == "terminal":
        text = f"{BEGIN_RTL}{line[first:last]}{END_RTL}" if rtl else line[first:last]
    else:
        text = shown.text
    return [lead + text, " " * columns(lead) + "".join(under).rstrip()]


def _first_shown(line: str, start: int, width: int) -> int:
    """Return where to cut off the left of a line so that the place and a little before it are seen."""
    if columns(line) <= width:
        return 0
    first = start
    room = max(width // 2 - _MARGIN, 0)
    while first > 0 and room >= (size := _WIDTHS[line[first - 1]]):
        room -= size
        first -= 1
    return first


class _Widths(dict[str, int]):
    """The columns of each letter, worked out when it is first met."""

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = width
        return width


_WIDTHS = _Widths()
