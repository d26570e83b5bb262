"""Other seats of the hamza in a word: مسئلة for مسألة, هيأة for هيئة, قرائة for قراءة.

Folding makes each seat the letter that carries it, so these are different words to an index. What was typed tells
more: a letter with hamza stands for no other. Where no dictionary reads the word with a hamza in it, and it does so
with another seat, that is the word.
"""

from __future__ import annotations

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold
from searchkit.arabic.morphology import analyze

_HAMZAS = frozenset((ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_MADDA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.HAMZA))
_BEFORE = frozenset(("", *"وفبلك", "ال", "وال", "فال", "بال", "كال", "لل"))  # a word that begins with hamza
_SEATS = (ar.ALEF_HAMZA_ABOVE, ar.YEH_HAMZA, ar.HAMZA, ar.WAW_HAMZA)  # most usual first
_SHORTEST = 4  # letters


def other_seat(written: str, folded: str) -> str:
    """Return the folded word that a dictionary has with another seat, if it has none with the one typed; else "".

    Args:
        written: the word as typed.
        folded: the same.
    """
    if len(folded) < _SHORTEST or not _HAMZAS.isdisjoint(analyze(folded).entry):
        return ""
    for at, letter in enumerate(written):
        if letter in _HAMZAS and fold(written[:at]) not in _BEFORE:
            for seat in _SEATS:
                other = fold(written[:at] + seat + written[at + 1 :])
                if other != folded and _with_hamza(other):
                    return other
    return ""


def _with_hamza(word: str) -> bool:
    """Tell whether a dictionary reads a word with a hamza that does not begin it."""
    found = analyze(word)
    return found.known and not _HAMZAS.isdisjoint(found.entry[1:])
