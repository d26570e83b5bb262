"""Where a sentence ends, told from what stands between two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.search.marking import Words

_STRONG = frozenset("؟؛!…\n\r\u2028\u2029\u06d4\u3002")
_WEAK = frozenset(".?")  # also inside numbers, addresses and abbreviations
_CLOSERS = frozenset("\"'»”’)]}\u203a٪%")
_OPENERS = frozenset("\"'«“‘([{\u2039")
_AFTER = _STRONG | _WEAK | _CLOSERS | frozenset("،,:;")
_SHORT = 1  # letters of a word before a point that is an abbreviation: د. أ.ف.ب
_ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "st", "vs", "no", "prof", "الخ", "اد", "هم"))


def ends_sentence(text: str, words: Words, at: int) -> bool:
    """Tell whether a sentence ends after a word of a text; after the last one, it does.

    Args:
        text: the text.
        words: its words.
        at: the number of the word.
    """
    if at + 1 >= words.size:
        return True
    gap = text[words.ends[at] : words.starts[at + 1]]
    if gap in (" ", "، ", "-", " - "):
        return False
    if not _STRONG.isdisjoint(gap):
        return not _inside(gap)
    if _WEAK.isdisjoint(gap):
        return False
    if not gap.endswith((".", "?")):
        return not (gap[0] == "." and _is_abbreviation(text[words.starts[at] : words.ends[at]]))
    # Without a space: the writer forgot it between two Arabic words, else it is an address or a number.
    before = text[words.starts[at] : words.ends[at]]
    after = text[words.starts[at + 1] : words.ends[at + 1]]
    return _is_long(before) and _is_long(after) and gap[0] in _WEAK


def after_word(text: str, end: int) -> int:
    """Return where the signs end that belong to the word before: its full stop, the quotation marks it closes."""
    while end < len(text) and text[end] in _AFTER and text[end] not in "\n\r\u2028\u2029":
        end += 1
    return end


def before_word(text: str, start: int) -> int:
    """Return where the signs begin that belong to the word after: brackets and quotation marks that it opens."""
    while start > 0 and text[start - 1] in _OPENERS:
        start -= 1
    return start


def _inside(gap: str) -> bool:
    """Tell whether signs without a space around them belong to an address."""
    return gap in ("!", "?", "/?", "#!", "/#!")


def _is_abbreviation(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return (len(letters) <= _SHORT and not word[:1].isdigit()) or word.lower() in _ABBREVIATIONS


def _is_long(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff" and sum(letter.isalpha() for letter in word) > _SHORT
