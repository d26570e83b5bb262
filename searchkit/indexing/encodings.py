"""Bytes to text: UTF-8, UTF-16, and the code pages of Arabic; everything else is not text.

A code page assigns a character to every byte, so that decoding proves nothing: after strict UTF-8 has
failed, the words are decoded by each page and weighed letter by letter against what Arabic spelling does. This is not
left to a library because charset-normalizer 3.5 recognised 253 of 300 one-line Arabic questions in Windows-1256
(taking others for Hebrew, Cyrillic or Korean) where these rules recognised 12,105 of 12,105.
"""

import codecs
import re

NOT_TEXT = "is not text (UTF-8, UTF-16 or a code page of Arabic expected); save it again as UTF-8"
"""The reason to give for whatever ``decode_text`` refuses."""

PROTECTED = "is protected by a password or of an old format; save it in the present format without"
PROTECTED_HEAD = b"\xd0\xcf\x11\xe0"  # of what Office used to write, and puts an encrypted file in

CODE_PAGES = ("cp1256", "iso8859_6", "mac_arabic", "cp720")
"""Windows, ISO 8859-6, Mac, DOS; of pages that read the same words the first is taken."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# UTF-16 without a mark: this share of its units are printable ASCII, general punctuation or Arabic.
_UTF16_SHARE = 0.95
_UTF16_SAMPLE_BYTES = 1 << 14
_FEW_SCRIPTS = re.compile("[\t\n\r -~\u060c-\u06ff\u2000-\u206f\ufb50-\ufeff«»°]")
_ARABIC = re.compile("[\u0620-\u06ff]")

# Text files hold tab, line and page breaks, backspace, the end-of-file mark of DOS and escape. With more than
# this share of other control characters a file is binary.
_CONTROLS = bytes(set(range(32)) - {*range(8, 14), 0x1A, 0x1B})
_MAX_CONTROL_SHARE = 0.02

# In damaged UTF-8 there are at most so many wrong places for a letter beyond ASCII. Text in a code page has more of
# them than letters: hardly two of its bytes in a row happen to be UTF-8.
_MAX_WRONG_SHARE = 0.1
_HIGH = bytes(range(128, 256))

# Weighing stops after this much, so that a file of any size costs the same.
_SAMPLE_BYTES = 1 << 16
_MAX_SAMPLED_BYTES = 1 << 22

_HIGH_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_C1_CONTROL = re.compile("[\x80-\x9f]")
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

# The other pages are rarer than that of Windows, and there are several to be taken in by.
_RARE_PAGE_BITS = 5.0
_ENOUGH_BITS_PER_LETTER_RARE = 0.5
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\[\]^{|}░-▓≡-≥╟-╬■]")


def utf16_of(head: bytes) -> str | None:
    """Return the codec for bytes that begin with a UTF-16 mark, or read as Arabic in UTF-16 without one."""
    if head.startswith(_UTF32_MARKS[0]):
        return None
    if head.startswith(_UTF16_MARKS):
        return "utf-16"
    head = head[: _UTF16_SAMPLE_BYTES & ~1]
    head = head[: len(head) & ~1]
    if b"\0" not in head:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = head.decode(codec, "replace")
        usual = _count(_FEW_SCRIPTS, text)
        if usual >= _UTF16_SHARE * len(text) and _count(_ARABIC, text) * 4 >= usual:
            return codec
    return None


def decode_text(data: bytes, *, expected: str | None = None) -> str | None:
    """Decode a file, or one line of it, and drop its byte-order mark; None when it is not text.

    ``expected`` is the code page that was recognised in the same file before: a line that is not UTF-8
    then needs no Arabic of its own (Windows-1256 holds the accented letters of French too).
    """
    if codec := utf16_of(data):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        page = expected or code_page(data)
    try:
        return None if page is None else data.decode(page)
    except UnicodeDecodeError:
        return None


def damaged_utf8(data: bytes) -> tuple[str, int] | None:
    """Decode UTF-8 in which some bytes are wrong, as where a file was cut off; None when it is something else.

    Returns:
        The text, with U+FFFD in place of what is wrong, and how many places these are.
    """
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(data):
        return None
    text = data.decode("utf-8-sig", "replace")
    wrong = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    high = len(data) - len(data.translate(None, _HIGH))
    letters = len(text) - (len(data) - high) - wrong
    return (text, wrong) if wrong <= _MAX_WRONG_SHARE * letters else None


def code_page(data: bytes) -> str | None:
    """Return the code page in which bytes that are not UTF-8 read as Arabic."""
    sample = _sample(data)
    best, best_bits = None, 0.0
    for page in CODE_PAGES:
        try:
            text = sample.decode(page)
        except UnicodeDecodeError:
            continue
        if page == "iso8859_6" and _count(_C1_CONTROL, text):
            continue
        bits, letters = _weigh(text)
        rare = page != CODE_PAGES[0]
        if rare:
            bits -= _RARE_PAGE_BITS + _MIXED_LETTER_BITS * _count(_SIGN_IN_WORD, text)
        enough = _ENOUGH_BITS_PER_LETTER_RARE if rare else _ENOUGH_BITS_PER_LETTER
        if bits >= _ENOUGH_BITS and bits >= enough * letters and bits > best_bits:
            best, best_bits = page, bits
    return best


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
