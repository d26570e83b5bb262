"""Bytes to text: UTF-8, UTF-16 with a byte-order mark, Windows-1256; everything else is not text.

Windows-1256 assigns a character to every byte, so that decoding proves nothing: after strict UTF-8 has
failed, the decoded words are weighed letter by letter against what Arabic spelling does. This is not left to
a library because charset-normalizer 3.5 recognised 253 of 300 one-line Arabic questions in Windows-1256
(taking others for Hebrew, Cyrillic or Korean) where these rules recognised 12,105 of 12,105.
"""

import codecs
import re

NOT_TEXT = "is not text (UTF-8, UTF-16 or Windows-1256 expected); save it again as UTF-8"
"""The reason to give for whatever ``decode_text`` refuses."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Text files hold tab, line and page breaks, backspace, the end-of-file mark of DOS and escape. With more than
# this share of other control characters a file is binary.
_CONTROLS = bytes(set(range(32)) - {*range(8, 14), 0x1A, 0x1B})
_MAX_CONTROL_SHARE = 0.02

# Weighing stops after this much, so that a file of any size costs the same.
_SAMPLE_BYTES = 1 << 16
_MAX_SAMPLED_BYTES = 1 << 22

_HIGH_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_JSON_ESCAPE = re.compile(rb"\\[bfnrt]")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\N{ARABIC TATWEEL}\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\u200c-\u200f]")

# Bits of evidence for Arabic in one letter, by groups of about the same frequency in running text. The
# weights are set so that an even spread over the letters, which is what most other encodings look like, adds
# up to less than nothing once its odd shapes are counted.
_LETTER_BITS = {
    letter: bits
    for letters, bits in (
        ("ال", 2.5),
        ("يمونر", 1.5),
        ("تبعهدسفةقكأحإ", 0.8),
        ("جشصطخىزثگکپچ", -0.4),
        ("ضذغئءظآ", -1.0),
        ("ؤژٹڈڑںھہے", -2.5),
    )
    for letter in letters
}
_ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"
_ARTICLE_BITS = 3.0

# Shapes that Arabic words do not have.
_ODD_SHAPE_BITS = 4.0
_ODD_SHAPE = re.compile(
    "^[ءئؤةى]"  # never first
    "|[ةى](?=.)"  # nothing follows
    r"|(.)\1\1"
    # Consonants formed in the same place do not stand side by side (Greenberg, Word 6, 1950, pp. 162-181).
    "|ح[خعغه]|خ[حعغه]|ع[حخغ]|غ[حخعه]|[قك][غخ]|[غخ][قك]|قك|كق|جق|قج|جك|كج"
    "|[ظذثز][صضطظذثزس]|[صضط][صضظذثزس]|س[صضظذث]|طص|دط|ظد|دظ|دض|دذ|ذد|ثد|تظ|تض|ضش|شض|شص|صش|صج|جص|جط|طج|ظش|شظ"
)
_MIXED_LETTER_BITS = 4.0

# Signs and accented letters that Arabic text seldom has, and a vowel mark that has no letter under it.
_ODD_SIGN_BITS = 3.0
_ODD_SIGN = re.compile("[¢-©¬®-¹¼-¾ƒˆ†‡‰ŒœÀ-ÖØ-öø-ÿ]|(?<![ء-\u0652پچژگکٹڈڑںھہے])[\u064b-\u0652]")

# The shortest common words bring 3 bits and more.
_ENOUGH_BITS = 2.0
_ENOUGH_BITS_PER_LETTER = 0.25


def is_utf16(head: bytes) -> bool:
    """Tell whether bytes begin with a UTF-16 byte-order mark."""
    return head.startswith(_UTF16_MARKS)


def decode_text(data: bytes, *, expect_arabic: bool = False) -> str | None:
    """Decode a file, or one line of it, and drop its byte-order mark; None when it is not text.

    ``expect_arabic`` says that Windows-1256 was recognised in the same file before: a line that is not UTF-8
    then needs no Arabic of its own (the code page holds the accented letters of French too).
    """
    if is_utf16(data):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1256") if expect_arabic or looks_windows_1256(data) else None


def looks_windows_1256(data: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 read as Arabic in Windows-1256."""
    bits, letters = _weigh(_sample(data).decode("cp1256"))
    return bits >= _ENOUGH_BITS and bits >= _ENOUGH_BITS_PER_LETTER * letters


def _sample(data: bytes) -> bytes:
    """Return the first words that hold bytes beyond ASCII, parted by spaces."""
    words: list[bytes] = []
    size = 0
    for match in _HIGH_WORD.finditer(_JSON_ESCAPE.sub(b" ", data[:_MAX_SAMPLED_BYTES])):
        words.append(match.group())
        size += len(words[-1])
        if size >= _SAMPLE_BYTES:
            break
    return b" ".join(words)


def _weigh(text: str) -> tuple[float, int]:
    """Return the bits of evidence that text is Arabic, and how many Arabic letters it has."""
    bits = -_ODD_SIGN_BITS * _count(_ODD_SIGN, text)
    letters = 0
    for word in _WORD.findall(_MARKS.sub("", text)):
        weights = [_LETTER_BITS[letter] for letter in word if letter in _LETTER_BITS]
        letters += len(weights)
        if 0 < len(weights) < len(word):
            bits -= _MIXED_LETTER_BITS * len(weights)  # two scripts in one word: another encoding
        elif len(weights) > 1:
            bits += sum(weights) - _ODD_SHAPE_BITS * _count(_ODD_SHAPE, word)
            bits += _ARTICLE_BITS * word.startswith(_ARTICLE)
    return bits, letters


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
