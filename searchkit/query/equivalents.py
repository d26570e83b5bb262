"""Other ways to write what a query says: a list of lines, such as a newsroom keeps.

::

    الأمم المتحدة, UN, هيئة الأمم        each finds the others
    داعش => تنظيم الدولة                 only what stands on the left finds what stands on the right
    أميركا, USA^0.5                      what is found by USA counts half
    واس, =SPA                            words after = are found in this spelling only, not in other forms
    عمان =>                              nothing else is searched for عمان, whatever other lists say
    # a remark

What a line means is found out when a query has something of it; to load a list is to fold it and to note its names.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Protocol

from searchkit._core.buffers import uint32s
from searchkit.arabic.folding import fold, new_scanner
from searchkit.errors import InputError
from searchkit.query.signs import pattern
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Names = tuple[dict[str, int | Sequence[int]], dict[str, int], int]
    """Line or lines by name, words in the longest name of several by its first word, lines that say something."""

MAX_BYTES = 8 << 20
MAX_NAMES = 64
"""In one line."""
MAX_WORDS = 8
"""In one name."""

_BUILT_IN_NAMES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "arabic", "data", "equivalents.json")
_BUILT_IN = os.path.join(os.path.dirname(os.path.dirname(__file__)), "arabic", "data", "equivalents.txt")
_REMARK = "#.*"
_NAMES = "[,،]"
_WEIGHT = r"\s*\^\s*([0-9.]+)\s*$"
_ARROW, _COMMA, _LINE, _OTHER = "\ua840\ua841\ua842\ua843"  # letters of a script that nobody writes: signs as words
_AS_WORDS = (("=>", _ARROW), ("=", _OTHER), ("^", _OTHER), (",", _COMMA), ("،", _COMMA), ("\n", _LINE))


class Alternative(NamedTuple):
    """Another way to write something."""

    words: tuple[str, ...]  # folded
    text: str  # as the list has it
    weight: float = 1.0
    exact: bool = False  # in this spelling only


class Found(NamedTuple):
    """A name at the beginning of some words."""

    size: int  # in words; 0 if there is none
    others: tuple[Alternative, ...] | None  # None if nothing else is to be searched for it


class Known(Protocol):
    """What knows other ways to write something."""

    def longest(self, first: str) -> int:
        """Return how many words the longest name that begins with a word has; 0 if there is none."""
        ...

    def find(self, words: Sequence[str]) -> Found:
        """Return the longest name at the beginning of some folded words."""
        ...


class Equivalents:
    """The names of a list."""

    def __init__(self, text: str, where: str, names: Names | None = None) -> None:
        """Load a list.

        Args:
            text: the lines.
            where: the file, for messages.
            names: what ``names`` returns of the same lines, if that is known.

        Raises:
            InputError: a line means nothing.
        """
        self._where = where
        if "#" in text:
            text = pattern(_REMARK).sub("", text)
        self._lines = text.split("\n")
        self._keys: dict[str, int | Sequence[int]] = {}  # line or lines by name
        self._found: dict[str, tuple[Alternative, ...] | None] = {}
        self._longest: dict[str, int] = {}  # words in the longest name of several, by its first word
        self.num_lines = 0
        if names is None:
            self._load(text)
        else:
            self._keys, self._longest, self.num_lines = names

    def __len__(self) -> int:
        return len(self._keys)

    def names(self) -> Names:
        """Return what was found out about the lines: all that loading them takes time for."""
        return self._keys, self._longest, self.num_lines

    def longest(self, first: str) -> int:
        """Return how many words the longest name that begins with a folded word has; 0 if there is none."""
        return self._longest.get(first) or int(first in self._keys)

    def find(self, words: Sequence[str]) -> Found:
        """Return the longest name at the beginning of some folded words."""
        for size in range(min(len(words), self.longest(words[0])), 0, -1):
            name = " ".join(words[:size])
            if name in self._keys:
                if name not in self._found:
                    self._found[name] = self._read(name)
                others = self._found[name]
                if others != ():
                    return Found(size, others)
        return Found(0, ())

    def _load(self, text: str) -> None:
        for sign, word in _AS_WORDS:
            text = text.replace(sign, f" {word} ")
        keys, longest = self._keys, self._longest
        comma = f" {_COMMA} "
        known: int | Sequence[int]
        for number, line in enumerate(f" {_fold_all(text)} ".split(_LINE)):
            names = line[1:-1].split(comma)
            if len(names) == 1 or _OTHER in line or _ARROW in line or line.count(_COMMA) != len(names) - 1:
                names = self._names(number, line)
            elif len(names) > MAX_NAMES:
                self._check(number)
            for name in names:
                known = keys.setdefault(name, number)
                if known != number:
                    keys[name] = (known, number) if isinstance(known, int) else (*known, number)
                    continue
                at = name.find(" ")
                if at < 0:
                    continue
                size = name.count(" ") + 1
                if size > longest.get(name[:at], 1):
                    longest[name[:at]] = size
                    if size > MAX_WORDS:
                        self._check(number)
            self.num_lines += bool(names)

    def _names(self, number: int, line: str) -> list[str]:
        """Return the names that a line says something of; it is folded, but for its signs."""
        if line.isspace() and not self._lines[number].strip():
            return []
        left, arrow, right = line.partition(_ARROW)
        names = [name.strip() for name in left.split(_COMMA)]
        others = [name.strip() for name in right.split(_COMMA)] if right.strip() else []
        count = len(names) + len(others)
        odd = _OTHER in line or _ARROW in right or "" in names or "" in others
        return self._check(number) if odd or count > MAX_NAMES or (not arrow and count < 2) else names

    def _check(self, number: int) -> list[str]:
        """Return the names that a line says something of, folded.

        Raises:
            InputError: it means nothing.
        """
        line = self._lines[number]
        left, arrow, right = line.partition("=>")
        if "=>" in right:
            raise self._error(number, "=> stands there twice; make it two lines")
        names = [self._name(item, number) for item in pattern(_NAMES).split(left)]
        others = [self._name(item, number) for item in pattern(_NAMES).split(right)] if right.strip() else []
        if not arrow and len(names) < 2:
            raise self._error(number, "one name alone; add others behind a comma, or remove the line")
        if len(names) + len(others) > MAX_NAMES:
            raise self._error(number, f"more than {MAX_NAMES} names; make it several lines")
        return [" ".join(name.words) for name in names]

    def _name(self, item: str, number: int) -> Alternative:
        text, weight = item.strip(), 1.0
        if found := pattern(_WEIGHT).search(text):
            text = text[: found.start()]
            try:
                weight = float(found[1])
            except ValueError:
                weight = 0.0
            if not 0.0 < weight <= 1.0:
                raise self._error(number, f"{found[0].strip()}: write a weight above 0 and up to 1, as in ^0.5")
        exact = text.startswith("=")
        text = text.removeprefix("=").strip()
        words = tuple(fold(text).split())
        if not words or "=" in text or "^" in text:
            shown = text or item.strip()
            what = f"{shown[:40]}: no name" if shown else "a name is missing"
            raise self._error(number, f"{what}; write names with commas between, as in: الأمم المتحدة, UN")
        if len(words) > MAX_WORDS:
            raise self._error(number, f"{text[:40]}: more than {MAX_WORDS} words; write a shorter name")
        return Alternative(words, text, weight, exact)

    def _read(self, name: str) -> tuple[Alternative, ...] | None:
        found: dict[tuple[str, ...], Alternative] = {}
        lines = self._keys[name]
        for number in (lines,) if isinstance(lines, int) else lines:
            left, arrow, right = self._lines[number].partition("=>")
            if arrow and not right.strip():
                return None
            for item in pattern(_NAMES).split(right if arrow else left):
                other = self._name(item, number)
                if " ".join(other.words) != name:
                    known = found.get(other.words)
                    found[other.words] = other if known is None or known.weight < other.weight else known
        return tuple(found.values())

    def _error(self, number: int, message: str) -> InputError:
        return InputError(f"{self._where}: line {number + 1}: {message}")


def _fold_all(text: str) -> str:
    """Return what ``fold`` returns, sooner: a long text has its words more than once."""
    types, spans = uint32s(len(text)), uint32s(len(text))
    scanner = new_scanner()
    count = scanner.scan(text, types, spans, spans)
    words = [scanner.word(number) for number in range(scanner.num_types)]
    return " ".join([words[number] for number in types[:count]])


def read_equivalents(path: str) -> Equivalents:
    """Load a file, UTF-8.

    Raises:
        InputError: it cannot be read, is too large, or a line of it means nothing.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; name a file that can be read") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: more than {MAX_BYTES >> 20} MB; give a shorter list")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}: line {line}: not UTF-8; save the file as UTF-8") from None
    return Equivalents(text.replace("\r\n", "\n").replace("\r", "\n"), path)


_built_in: list[Equivalents] = []


def built_in() -> Equivalents:
    """Return the names that everybody knows: countries, organisations, agencies."""
    if not _built_in:
        with open(_BUILT_IN, encoding="utf-8") as file, open(_BUILT_IN_NAMES, encoding="utf-8") as names:
            _built_in.append(Equivalents(file.read(), _BUILT_IN, tuple(json.load(names))))
    return _built_in[0]


def find_name(words: Sequence[str], lists: Iterable[Known]) -> Found:
    """Return the longest name at the beginning of folded words that any list knows; the first says what it is worth."""
    size = 0
    others: dict[tuple[str, ...], Alternative] = {}
    for known in lists:
        found = known.find(words)
        if found.size > size:
            size, others = found.size, {}
        if found.size == size and size:
            if found.others is None:
                return Found(size, ())
            for other in found.others:
                others.setdefault(other.words, other)
    return Found(size, tuple(others.values()))


def main() -> None:
    """Write what loading the built-in list takes time for beside it: ``python -m searchkit.query.equivalents``."""
    with open(_BUILT_IN_NAMES, "w", encoding="utf-8") as file:
        json.dump(read_equivalents(_BUILT_IN).names(), file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
