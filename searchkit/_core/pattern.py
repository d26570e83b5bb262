"""What terms of a dictionary must look like: the places between letters and wildcards, as masks of 64 bits.

``searchkit._core.expand`` says what they mean, and walks.
"""

from __future__ import annotations

from searchkit._core.buffers import uint32s, uint64s

MOST_ELEMENTS = 60
"""Letters and wildcards of the longest pattern."""

TABLE = 0x800
"""Letters whose UTF-8 has at most two bytes; their masks are in a table."""

_MOST_ELEMENTS = MOST_ELEMENTS
_TABLE = TABLE
_LONGEST = 1024  # bytes of a term that are looked at where a star stands in the pattern


class Pattern:
    """What terms must look like; it never changes, so any number of threads may share it."""

    def __init__(
        self, text: str, *, wildcards: bool = False, edits: int = 0, fixed: int = 0, confusions: tuple[str, ...] = ()
    ) -> None:
        """Prepare a pattern.

        Args:
            text: the letters.
            wildcards: whether ``*`` in it is any number of letters, ``?`` is one.
            edits: how many letters may be put in, left out, replaced, or swapped with their neighbour.
            fixed: so many letters at the beginning must be as they are.
            confusions: strings of letters of which one may stand for another at half the cost of an edit.

        Raises:
            ValueError: there are more than ``MOST_ELEMENTS`` letters.
        """
        self.unit = 2 if confusions else 1  # cost of an edit
        self.levels = edits * self.unit + 1
        self.masks = uint64s(_TABLE)  # by letter, the places where it stands
        self.others = uint64s(_TABLE if confusions else 0)  # by letter, the places where one confused with it stands
        self.wide: dict[int, int] = {}  # masks of letters that are not in the table
        self.any = 0
        self.star = 0
        size = 0
        letters: set[int] = set()
        for char in text:
            bit = 1 << size
            if size >= _MOST_ELEMENTS:
                raise ValueError(f"a pattern of more than {_MOST_ELEMENTS} letters")
            if wildcards and char == "*":
                if size and self.star & (bit >> 1):
                    continue  # a star after a star says nothing
                self.star |= bit
            elif wildcards and char == "?":
                self.any |= bit
            else:
                code = ord(char)
                letters.add(code)
                if code < _TABLE:
                    self.masks[code] |= bit
                else:
                    self.wide[code] = self.wide.get(code, 0) | bit
            size += 1
        self._confuse(confusions, letters)
        self.letters = uint32s(len(letters))
        for i, code in enumerate(sorted(letters)):
            self.letters[i] = code
        self.final = 1 << size
        self.full = (1 << (size + 1)) - 1
        self.editable = self.full >> fixed << fixed if edits else 0
        self.open = self.final >> 1 if size and self.star >> (size - 1) & 1 else 0  # the star at the end
        self.longest = _LONGEST if self.star else 4 * (size + edits + 2)  # bytes
        tail = text[text.rindex("*") + 1 :] if self.star else ""
        self.tail = tail.encode("utf-8", "surrogatepass") if "?" not in tail else b""
        self.last_star = self.final >> (len(tail) + 1) if self.tail else 0

    def _confuse(self, confusions: tuple[str, ...], letters: set[int]) -> None:
        """Note who may stand where, and add them to the letters."""
        for group in confusions:
            for letter in group:
                for other in group:
                    if other != letter and self.masks[ord(other)]:
                        self.others[ord(letter)] |= self.masks[ord(other)]
                        letters.add(ord(letter))

    def mask(self, code: int) -> int:
        """Return the places where a letter stands."""
        if code < _TABLE:
            return self.masks[code]
        return self.wide.get(code, 0) if self.wide else 0
