"""Which spellings count as one: letters, marks, digits and presentation forms.

Folding is what a reader does not see as a difference, or what writers do not agree on:

- tashkeel, Quranic marks, superscript alef, tatweel and invisible controls go;
- a final alef that only carries tanwin goes with it;
- alef with madda, hamza or wasla is alef; hamza on waw or yeh is its seat, and before waw always waw;
- final yeh and alef maksura are one letter, so are teh marbuta and heh;
- Persian and Urdu letters become the nearest Arabic ones, digits of every script become 0-9;
- presentation forms and ligatures become their letters (NFKC, Unicode Standard Annex 15), signs for formulas of
  several words (ﷺ) one word of their letters;
- other scripts lose case and accents.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from searchkit._core import actions as act
from searchkit._core import scan
from searchkit._core.buffers import uint32s
from searchkit.arabic import letters as ar
from searchkit.arabic.formulas import SIGNS

if TYPE_CHECKING:
    from array import array

    from searchkit._core.cut import Cutter
    from searchkit._core.tables import WordTable

_ARABIC_LETTERS = {
    ar.ALEF_MADDA: ar.ALEF,
    ar.ALEF_HAMZA_ABOVE: ar.ALEF,
    ar.ALEF_HAMZA_BELOW: ar.ALEF,
    ar.ALEF_WASLA: ar.ALEF,
    "\u0672": ar.ALEF,  # alef with wavy hamza, above and below
    "\u0673": ar.ALEF,
    "\u0675": ar.ALEF,  # high hamza alef
    ar.ALEF_MAKSURA: ar.YEH,
    ar.TEH_MARBUTA: ar.HEH,
    ar.WAW_HAMZA: ar.WAW,
    ar.YEH_HAMZA: ar.YEH,
    "\u0676": ar.WAW,  # high hamza waw
    "\u0677": ar.WAW,
    "\u0678": ar.YEH,  # high hamza yeh
    ar.HIGH_HAMZA: ar.HAMZA,
    ar.TTEH: ar.TEH,
    ar.PEH: ar.BEH,
    ar.TCHEH: ar.JEEM,
    ar.DDAL: ar.DAL,
    ar.RREH: ar.REH,
    ar.JEH: ar.ZAIN,
    ar.VEH: ar.FEH,
    "\u06a8": ar.FEH,  # Maghrebi letters: qaf with three dots for v, feh with dot below, qaf with dot above
    "\u06a2": ar.FEH,
    "\u06a7": ar.QAF,
    ar.KEHEH: ar.KAF,
    ar.SWASH_KAF: ar.KAF,
    ar.NG: ar.KAF,
    ar.GAF: ar.KAF,
    "\u06ac": ar.KAF,
    ar.NOON_GHUNNA: ar.NOON,
    ar.HEH_DOACHASHMEE: ar.HEH,
    ar.HEH_WITH_YEH: ar.HEH,
    ar.HEH_GOAL: ar.HEH,
    ar.HEH_GOAL_HAMZA: ar.HEH,
    ar.TEH_MARBUTA_GOAL: ar.HEH,
    ar.AE: ar.HEH,
    ar.OE: ar.WAW,
    ar.U: ar.WAW,
    ar.YU: ar.WAW,
    ar.KIRGHIZ_OE: ar.WAW,
    ar.VE: ar.WAW,
    ar.FARSI_YEH: ar.YEH,
    ar.YEH_TAIL: ar.YEH,
    ar.YEH_SMALL_V: ar.YEH,
    ar.E: ar.YEH,
    ar.YEH_BARREE: ar.YEH,
    ar.YEH_BARREE_HAMZA: ar.YEH,
}
_HAMZAS = frozenset(
    (ar.HAMZA, ar.WAW_HAMZA, ar.YEH_HAMZA, ar.YEH_BARREE_HAMZA, ar.HIGH_HAMZA, "\u0676", "\u0677", "\u0678")
)
_SPECIAL = {
    ar.FATHATAN: act.TANWIN_FATH,
    ar.HAMZA_ABOVE: act.HAMZA_MARK,
    ar.HAMZA_BELOW: act.HAMZA_MARK,
    ar.TATWEEL: act.MARK,
    "\u06e5": act.MARK,  # small waw and yeh of the Quran: letters to Unicode, marks to a reader
    "\u06e6": act.MARK,
    "\u06dd": act.SEPARATOR,  # end of ayah
    ".": act.POINT,
    ar.ARABIC_DECIMAL: act.POINT,
    ",": act.COMMA,
    ar.ARABIC_THOUSANDS: act.COMMA,
}
_ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0x1EE00, 0x1EEFF))

_ACTIONS: array[int] = uint32s(act.TABLE_SIZE)  # filled as code points are met, shared by all scanners
_EXPANSIONS: list[str] = []
_LENT: list[scan.Scanner] = []  # to make one takes as long as to scan a few lines
_FEW_TYPES = 256


def new_scanner() -> scan.Scanner:
    """Return a scanner that folds as this module says; one per thread."""
    return scan.Scanner(_ACTIONS, classify, _EXPANSIONS)


def new_cutter() -> Cutter:
    """Return what cuts texts into pieces, at the same places; one per thread."""
    from searchkit._core.cut import Cutter  # a reader does without

    return Cutter(_ACTIONS, classify, _EXPANSIONS)


def lend_scanner() -> scan.Scanner:
    """Return a scanner for a short text that nobody else uses until it is given back; it may know some types."""
    try:
        return _LENT.pop()
    except IndexError:
        return new_scanner()


def give_back(scanner: scan.Scanner) -> None:
    """Take a scanner for the next text, unless it knows many types; after an error one need not come back."""
    if scanner.num_types < _FEW_TYPES:
        _LENT.append(scanner)


def new_table() -> WordTable:
    """Return what numbers and folds words of other tables; one per thread."""
    from searchkit._core.tables import WordTable  # a reader does without

    return WordTable(_ACTIONS, classify, _EXPANSIONS)


def fold(text: str) -> str:
    """Return the folded tokens of ``text`` with one space between them."""
    size = len(text)
    types = uint32s(size)
    spans = uint32s(size)
    scanner = lend_scanner()
    count = scanner.scan(text, types, spans, spans)
    folded = " ".join([scanner.word(types[i]) for i in range(count)])
    give_back(scanner)
    return folded


def classify(code: int) -> int:
    """Return the action (see ``searchkit._core.scan``) for a code point."""
    char = chr(code)
    if char in _SPECIAL:
        return _SPECIAL[char]
    if 0xFD40 <= code <= 0xFDFF and char in SIGNS:  # of no script, so that it ends the word before it: النبيﷺ
        letters = [chr(classify(ord(letter)) & act.VALUE) for letter in SIGNS[char] if letter != " "]
        return _expand(act.OTHER, "".join(letters))
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return act.DIGIT | (ord("0") + decimal)
    if char in _ARABIC_LETTERS or char == ar.HAMZA:
        kind = act.HAMZA if char in _HAMZAS else act.ARABIC
        return kind | ord(_ARABIC_LETTERS.get(char, char))
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return act.MARK
    if category == "Cf":
        return act.SEPARATOR if 0x0600 <= code <= 0x0605 else act.CONTROL
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char:
        return _classify_all(compatible)
    if category in ("Lu", "Ll", "Lt", "Lm"):
        return _classify_cased(char)
    if category in ("Lo", "Mc", "Nl"):
        return (act.ARABIC if _is_arabic(code) else act.OTHER) | code
    return act.SEPARATOR


def _classify_all(chars: str) -> int:
    """Return one action for what a presentation form, ligature or other compatibility character stands for."""
    chars = chars.strip()
    actions = [classify(ord(char)) for char in chars]
    kinds = [action & act.KIND for action in actions]
    if " " in chars or act.SEPARATOR in kinds:
        return act.SEPARATOR
    if len(actions) == 1:
        return actions[0]
    scripts = [kind for kind in kinds if act.ARABIC <= kind <= act.DIGIT]
    if not scripts:  # marks, or points that are an ellipsis
        kind = max(kinds, default=act.SEPARATOR)
        return kind if kind < act.ARABIC else act.SEPARATOR
    first = act.ARABIC if scripts[0] == act.HAMZA else scripts[0]
    joined = {act.ARABIC: (act.ARABIC, act.HAMZA), act.OTHER: (act.OTHER, act.DIGIT)}.get(first, (act.DIGIT,))
    letters = [chr(action & act.VALUE) for action, kind in zip(actions, kinds, strict=True) if kind in joined]
    if scripts[0] == act.HAMZA and letters[1] == ar.WAW:
        letters[0] = ar.WAW  # as the scanner does with the two letters
    return _expand(first, "".join(letters)) if len(letters) > 1 else first | ord(letters[0])


def _classify_cased(char: str) -> int:
    """Drop case and accents of a letter."""
    folded = unicodedata.normalize("NFKD", char.casefold())
    letters = "".join([letter for letter in folded if unicodedata.category(letter)[0] in "LN"]) or char
    kind = act.ARABIC if _is_arabic(ord(char)) else act.OTHER
    return kind | ord(letters) if len(letters) == 1 else _expand(kind, letters)


def _expand(kind: int, letters: str) -> int:
    """Return an action that stands for several letters."""
    _EXPANSIONS.append(letters)  # before its number is known to anyone: scanners of other threads may read it
    return kind | act.EXPANDS | (len(_EXPANSIONS) - 1)


def _is_arabic(code: int) -> bool:
    return any(first <= code <= last for first, last in _ARABIC_BLOCKS)
