r"""Documents as JSON in a code page of our own: a byte per letter of Arabic text, half of what UTF-8 takes.

A character outside the page stands as JSON's own escape, ``\uXXXX``; it can only occur inside a JSON string, where
every reader of JSON understands it. Bytes below 128 are ASCII. The page is part of the format of segments.
"""

import codecs
from typing import Any, cast

_UPPER = (
    *(0x060C, 0x061B, 0x061F, *range(0x0621, 0x063B), *range(0x0640, 0x0653), *range(0x0660, 0x066E)),  # Arabic
    *(0x0670, 0x0671, 0x0679, 0x067E, 0x0686, 0x0688, 0x0691, 0x0695, 0x0698, 0x06A4, 0x06A8, 0x06A9),  # its neighbours
    *(0x06AD, 0x06AF, 0x06B5, 0x06BA, 0x06BE, 0x06C1, 0x06C6, 0x06CC, 0x06CE, 0x06D2, 0x06D5, *range(0x06F0, 0x06FA)),
    *(0x00A0, 0x00AB, 0x00B0, 0x00B7, 0x00BB, 0x00D7, 0x00E1, 0x00E4, 0x00E7, 0x00E8, 0x00E9, 0x00ED, 0x00F3, 0x00F6),
    *(0x00FC, *range(0x200B, 0x2010), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026),  # punctuation
    *(0x202A, 0x202B, 0x202C, 0xFDFA, 0xFEFF),
)
_PAGE = cast("Any", "".join([chr(code) for code in (*range(128), *_UPPER)]))  # typeshed knows of no map that is text
_BYTES = codecs.charmap_build(_PAGE)
_ESCAPES = "searchkit.json_escapes"


def encode_json(text: str) -> bytes:
    """Return JSON without line ends in the code page."""
    return codecs.charmap_encode(text, _ESCAPES, _BYTES)[0]


def decode_json(line: bytes) -> str:
    """Return JSON that says the same as what was encoded."""
    return codecs.charmap_decode(line, "strict", _PAGE)[0]


def _escape(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)]), error.end


codecs.register_error(_ESCAPES, _escape)
