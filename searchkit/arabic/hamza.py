"""Other seats of the hamza in a word: مسئلة for مسألة, هيأة for هيئة, قرائة for قراءة.

Folding makes each seat the letter that carries it, so these are different words to an index. What was typed tells
more: a letter with hamza stands for no other, and ة is no pronoun. Where no dictionary reads the word so, and it does
with another seat, that is the word.
"""

from __future__ import annotations

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import Analysis, analyze

_HAMZAS = frozenset((ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_MADDA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.HAMZA))
_BEFORE = frozenset(("", *"وفبلك", "ال", "وال", "فال", "بال", "كال", "لل"))  # a word that begins with hamza
_SEATS = (ar.ALEF_HAMZA_ABOVE, ar.YEH_HAMZA, ar.HAMZA, ar.WAW_HAMZA)  # most usual first
_FATHA = "\u064e"
_SHORTEST = 4  # letters


def other_seat(written: str, folded: str) -> str:
    """Return the folded word that a dictionary has with another seat, if it has none with the one typed; else "".

    Args:
        written: the word as typed.
        folded: the same.
    """
    feminine = written.endswith(ar.TEH_MARBUTA)
    if len(folded) < _SHORTEST or _reads(analyze(folded), feminine):
        return ""
    for at, letter in enumerate(written):
        if letter in _HAMZAS and fold(written[:at]) not in _BEFORE:
            for seat in _SEATS:
                other = fold(written[:at] + seat + written[at + 1 :])
                if other != folded and _with_hamza(other, feminine):
                    return other
    return ""


def _reads(found: Analysis, feminine: bool) -> bool:  # noqa: FBT001
    """Tell whether a dictionary reads a word with a hamza, and ة as what it is."""
    if feminine and found.entry.endswith(_FATHA):  # a verb: هيأة is no هيأه
        return False
    return not _HAMZAS.isdisjoint(found.entry)


def _with_hamza(word: str, feminine: bool) -> bool:  # noqa: FBT001
    """Tell whether a dictionary reads a word with a hamza that does not begin it."""
    found = analyze(word)
    return found.known and _reads(found, feminine) and not _HAMZAS.isdisjoint(found.entry[1:])
