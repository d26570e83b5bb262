"""Our cutting and folding of words, put together from Whoosh's own parts.

An index that is to be opened without searchkit cannot name our analyzer in its schema. This one is pickled as regular
expressions and a table of letters, and folds a query as the index was folded; it knows no lemmas. The table is made
from ``searchkit.arabic.folding``, so the two cannot drift apart.
"""

from __future__ import annotations

from typing import Any

from searchkit._core import actions as act
from searchkit.arabic import letters as ar
from searchkit.arabic.folding import classify, fold
from searchkit.codecs.api import analysis

_BLOCKS = (
    (0x0080, 0x024F),  # Latin with accents
    (0x0300, 0x036F),  # marks
    (0x0600, 0x06FF),  # Arabic, its supplements, its presentation forms
    (0x0750, 0x077F),
    (0x0870, 0x08FF),
    (0x2000, 0x206F),  # invisible controls
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
)
_MARKS = (act.MARK, act.CONTROL, act.TANWIN_FATH, act.HAMZA_MARK)


def stock_analyzer() -> Any:
    """Return an analyzer that yields the folded words of a text, made of Whoosh's own classes."""
    arabic, marks, table = "", "", dict[int, str | None]()
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            kind = classify(code) & act.KIND
            if kind in _MARKS:
                marks += chr(code)
                table[code] = None
            elif kind in (act.ARABIC, act.HAMZA):
                arabic += chr(code)
            if kind >= act.ARABIC and kind <= act.DIGIT and (folded := fold(chr(code))) != chr(code):
                table[code] = folded
    table |= {ord(","): None, ord(ar.ARABIC_THOUSANDS): None, ord(ar.ARABIC_DECIMAL): "."}
    point = f"[.{ar.ARABIC_DECIMAL}]"
    groups = rf"(?:[,{ar.ARABIC_THOUSANDS}]\d{{3}}(?!\d))*"
    run = rf"\d[\d{marks}]*"
    digits = rf"(?<!\d{point}){run}{groups}(?:{point}{run}(?!\d|{point}\d))?|{run}"  # 30.11.2024 is no decimal
    other = rf"(?![{arabic}{marks}])[^\W\d_]"
    words = analysis.RegexTokenizer(rf"[{arabic}][{arabic}{marks}]*|{other}(?:{other}|[\d{marks}])*|{digits}")
    late = {ord(char): table.pop(ord(char), None) for char in (ar.FATHATAN, ar.WAW_HAMZA, ar.YEH_HAMZA)}
    letter = f"[^{ar.FATHATAN}]{ar.FATHATAN}*"
    tanwin = f"^((?:{letter}){{2,}}?)(?:{ar.ALEF}{ar.FATHATAN}|{ar.FATHATAN}{ar.ALEF}){ar.FATHATAN}*$"  # كتاباً is كتاب
    # one word is written with every seat of its hamza: مسئول مسؤول
    before_waw = f"{ar.FATHATAN}*[{ar.WAW}{ar.WAW_HAMZA}]"
    bare = f"{ar.HAMZA}(?=[{ar.HAMZA}{ar.FATHATAN}]*{ar.YEH_HAMZA}?{before_waw})"
    seat = f"{bare}|{ar.YEH_HAMZA}(?={before_waw})"
    return (
        words
        | analysis.CharsetFilter(table)
        | analysis.SubstitutionFilter(tanwin, r"\1")
        | analysis.SubstitutionFilter(seat, ar.WAW)
        | analysis.CharsetFilter(late)
        | analysis.LowercaseFilter()
    )
