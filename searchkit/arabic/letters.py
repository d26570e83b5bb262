"""The letters and marks by name, as PyArabic names them, and the foreign letters it does not know."""

from warnings import catch_warnings, simplefilter

with catch_warnings():  # of what a newer Python finds wrong with the module, which it says when it compiles it
    simplefilter("ignore")
    from pyarabic import araby_const as _names

AIN: str = _names.AIN
ALEF: str = _names.ALEF
ALEF_HAMZA_ABOVE: str = _names.ALEF_HAMZA_ABOVE
ALEF_HAMZA_BELOW: str = _names.ALEF_HAMZA_BELOW
ALEF_MADDA: str = _names.ALEF_MADDA
ALEF_MAKSURA: str = _names.ALEF_MAKSURA
BEH: str = _names.BEH
DAD: str = _names.DAD
DAL: str = _names.DAL
FEH: str = _names.FEH
GHAIN: str = _names.GHAIN
HAH: str = _names.HAH
HAMZA: str = _names.HAMZA
HEH: str = _names.HEH
JEEM: str = _names.JEEM
KAF: str = _names.KAF
KHAH: str = _names.KHAH
LAM: str = _names.LAM
MEEM: str = _names.MEEM
NOON: str = _names.NOON
QAF: str = _names.QAF
REH: str = _names.REH
SAD: str = _names.SAD
SEEN: str = _names.SEEN
SHEEN: str = _names.SHEEN
TAH: str = _names.TAH
TEH: str = _names.TEH
TEH_MARBUTA: str = _names.TEH_MARBUTA
THAL: str = _names.THAL
THEH: str = _names.THEH
WAW: str = _names.WAW
WAW_HAMZA: str = _names.WAW_HAMZA
YEH: str = _names.YEH
YEH_HAMZA: str = _names.YEH_HAMZA
ZAH: str = _names.ZAH
ZAIN: str = _names.ZAIN

FATHATAN: str = _names.FATHATAN
TATWEEL: str = _names.TATWEEL

ALEF_WASLA = "\u0671"
HAMZA_ABOVE = "\u0654"  # combining
HAMZA_BELOW = "\u0655"  # combining
HIGH_HAMZA = "\u0674"
TTEH, PEH, TCHEH, DDAL, RREH, JEH = "\u0679", "\u067e", "\u0686", "\u0688", "\u0691", "\u0698"
VEH, KEHEH, SWASH_KAF, NG, GAF, NOON_GHUNNA = "\u06a4", "\u06a9", "\u06aa", "\u06ad", "\u06af", "\u06ba"
HEH_DOACHASHMEE, HEH_WITH_YEH, HEH_GOAL, HEH_GOAL_HAMZA = "\u06be", "\u06c0", "\u06c1", "\u06c2"
TEH_MARBUTA_GOAL, AE = "\u06c3", "\u06d5"
OE, U, YU, KIRGHIZ_OE, VE = "\u06c6", "\u06c7", "\u06c8", "\u06c9", "\u06cb"
FARSI_YEH, YEH_TAIL, YEH_SMALL_V, E, YEH_BARREE, YEH_BARREE_HAMZA = (
    "\u06cc", "\u06cd", "\u06ce", "\u06d0", "\u06d2", "\u06d3",
)  # fmt: skip
ARABIC_DECIMAL, ARABIC_THOUSANDS = "\u066b", "\u066c"

TASHKEEL = frozenset(map(chr, range(0x064B, 0x0653))) | {"\u0670"}
"""Tanwin, short vowels, shadda, sukun, superscript alef."""


def has_tashkeel(text: str) -> bool:
    """Tell whether any letter of a text has one of these marks."""
    return not TASHKEEL.isdisjoint(text)
