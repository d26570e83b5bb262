"""What would have been typed had the other keyboard layout been on: Arabic letters for Latin keys, and back.

Three layouts place the letters differently: Arabic 101 of Windows (and Linux, and "Arabic PC" of macOS), Arabic 102,
which has thal beside the left shift or above Enter, and Arabic of macOS, whose last row is another.
"""

from __future__ import annotations

from functools import cache

from searchkit.arabic.letters import TASHKEEL, TATWEEL

# Rows of keys of a US keyboard; "لا" is one key.
_UPPER_ROWS = ("qwertyuiop[]", "ض ص ث ق ف غ ع ه خ ح ج د"), ("asdfghjkl;'", "ش س ي ب ل ا ت ن م ك ط")
_LAST_ROW = "zxcvbnm,./", "ئ ء ؤ ر لا ى ة و ز ظ"
_SHIFTED = "YHNTGB", "إ أ آ لإ لأ لآ"
_LAYOUTS = (
    (*_UPPER_ROWS, _LAST_ROW, _SHIFTED, ("`", "ذ")),  # Arabic 101
    (*_UPPER_ROWS, _LAST_ROW, _SHIFTED, ("\\", "ذ")),  # Arabic 102
    (*_UPPER_ROWS, _LAST_ROW, _SHIFTED, ("<", "ذ")),
    (("qwertyuiop[]", "ض ص ث ق ف غ ع ه خ ح ج ة"), ("asdfghjkl;", "ش س ي ب ل ا ت ن م ك"),
     ("zxcvbnm", "ظ ط ذ د ز ر و"), ("ZXVNBHM", "ئ ء ؤ إ أ آ ى")),  # macOS
)  # fmt: skip
_IGNORED = TASHKEEL | {TATWEEL}
_MAX_WAYS = 8  # to read lam and alef as one key or two
_END_OF_SENTENCE = ".,;?!'\""


def other_layouts(text: str) -> list[str]:
    """Return what the keys of a text without spaces give with the other layout, most usual first; none if they do not.

    A text of Latin letters becomes Arabic ones, and the reverse; one that mixes them was typed as it was meant.
    """
    latin = any(char.isascii() and char.isalpha() for char in text)
    arabic = any("\u0621" <= char <= "\u064a" for char in text)
    if latin == arabic:
        return []
    found: list[str] = []
    for to_arabic, to_latin in _tables():
        if latin:
            found.extend(_to_arabic(typed, to_arabic) for typed in (text, text.rstrip(_END_OF_SENTENCE)))
        else:
            found.extend(_to_latin("".join(char for char in text if char not in _IGNORED), to_latin))
    return [word for word in dict.fromkeys(found) if word]


def _to_arabic(text: str, table: dict[str, str]) -> str:
    letters = [table.get(char) or table.get(char.lower(), "") for char in text]
    return "".join(letters) if all(letters) else ""


def _to_latin(text: str, table: dict[str, str]) -> list[str]:
    """Return all ways to type a text; without any if a letter of it is on no key with a Latin one."""
    ways = [""]
    at = 0
    while at < len(text):
        pair = table.get(text[at : at + 2]) if at + 1 < len(text) else None
        one = table.get(text[at], "")
        if pair is not None and len(ways) < _MAX_WAYS:
            two = table.get(text[at + 1], "")
            ways = [way + keys for keys in (pair, one + two) for way in ways]
            at += 2
        elif one.isalpha():
            ways = [way + one for way in ways]
            at += 1
        else:
            return []
    return ways


@cache
def _tables() -> list[tuple[dict[str, str], dict[str, str]]]:
    """Return for each layout the letters by key, and the keys by letter."""
    tables: list[tuple[dict[str, str], dict[str, str]]] = []
    for rows in _LAYOUTS:
        keys: dict[str, str] = {}
        for row, letters in rows:
            keys.update(zip(row, letters.split(), strict=True))
        tables.append((keys, {letters: key.lower() for key, letters in keys.items()}))
    return tables
