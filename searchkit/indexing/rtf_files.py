"""Rich Text Format (.rtf), as far as its text goes."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from searchkit.indexing.encodings import code_page
from searchkit.indexing.metadata import sane_fields
from searchkit.indexing.sources import Document, Problem, Source
from searchkit.indexing.text_files import EMPTY, bytes_of, one_document

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_RTF = "is no RTF; give the file the ending of what it is"
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SIGNS = {
    b"par": "\n", b"line": "\n", b"page": "\n", b"sect": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
# Groups that hold no text of the document.
_LEFT_OUT = frozenset((
    b"fonttbl", b"colortbl", b"stylesheet", b"pict", b"object", b"header", b"footer", b"headerl", b"headerr",
    b"headerf", b"footerl", b"footerr", b"footerf", b"xmlnstbl", b"listtable", b"revtbl", b"fldinst", b"info",
))  # fmt: skip
_TOLD = {b"title": "title", b"author": "author"}
_DATE = {b"yr": 0, b"mo": 1, b"dy": 2}


def read_rtf(source: Source) -> Iterator[Document | Problem]:
    """Read a file as one document, with title, author and date if it has them.

    Raises:
        OSError: the file cannot be read.
    """
    data = bytes_of(source)
    if isinstance(data, Problem):
        yield data
        return
    if not data.lstrip().startswith(b"{\\rtf"):
        yield Problem(source.name, _NO_RTF)
        return
    text, fields = rtf_text(data)
    if not text:
        yield Problem(source.name, EMPTY)
        return
    yield one_document(source, text, fields)


def rtf_text(data: bytes) -> tuple[str, dict[str, str]]:
    """Return the text of a document, and title, author and date as it tells them."""
    reader = _Reader(_page_of(data))
    for match in _TOKEN.finditer(data):
        reader.take(*match.groups())
    lines = (" ".join(line.split()) for line in reader.text().split("\n"))
    told = {name: _sound(parts) for name, parts in reader.told.items()}
    if reader.date[0]:
        told["date"] = "-".join(f"{part:02}" for part in reader.date if part)
    return "\n".join(line for line in lines if line), sane_fields(told)


def _page_of(data: bytes) -> str:
    """Return the code page of its bytes: that of Arabic where they read as Arabic, whatever it declares."""
    runs = re.findall(rb"(?:\\'[0-9a-fA-F]{2})+", data)
    high = b" ".join(bytes.fromhex(run.replace(b"\\'", b"").decode()) for run in runs[: 1 << 14])
    if page := code_page(high):
        return page
    declared = re.search(rb"\\ansicpg(\d{3,5})", data)
    try:
        return codecs.lookup(f"cp{declared[1].decode()}" if declared else "cp1252").name
    except LookupError:
        return "cp1252"


class _Reader:
    def __init__(self, page: str) -> None:
        self.told: dict[str, list[str]] = {}
        self.date = [0, 0, 0]
        self._page = page
        self._out: list[str] = []
        self._bytes = bytearray()
        self._into: list[str] | None = self._out  # where text goes now
        self._stack: list[tuple[list[str] | None, int]] = []
        self._skipped = 1  # letters that stand for one given by its number
        self._to_skip = 0
        self._dating = False

    def text(self) -> str:
        self._end_bytes()
        return _sound(self._out)

    def take(
        self, word: bytes | None, number: bytes | None, code: bytes | None, sign: bytes | None, brace: bytes | None,
        plain: bytes | None,
    ) -> None:  # fmt: skip
        """Take what stands next: a control word, a byte, a control sign, a brace or plain text."""
        if code is not None:
            self._letters(bytes([int(code, 16)]))
        elif plain is not None:
            self._letters(plain)
        elif brace == b"{":
            self._end_bytes()
            self._stack.append((self._into, self._skipped))
        elif brace == b"}":
            self._end_bytes()
            self._to_skip = 0
            self._dating = False
            if self._stack:
                self._into, self._skipped = self._stack.pop()
        elif word is not None:
            self._word(word, 0 if number is None else int(number))
        elif sign == b"*":
            self._into = None
        elif sign in _SYMBOLS:
            self._add(_SYMBOLS[sign])

    def _word(self, word: bytes, number: int) -> None:
        if word == b"u":
            self._add(chr(number % 0x10000))
            self._to_skip = self._skipped
        elif word == b"uc":
            self._skipped = max(number, 0)
        elif word == b"bin":
            self._end_bytes()
        elif word in _TOLD and self._into is None:
            self._end_bytes()
            self._into = self.told.setdefault(_TOLD[word], [])
        elif word in _LEFT_OUT:
            self._end_bytes()
            self._into = None
        elif word in (b"creatim", b"revtim"):
            self._dating = word == b"creatim"
        elif word in _DATE and self._dating:
            self.date[_DATE[word]] = number
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    def _letters(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _add(self, text: str) -> None:
        self._end_bytes()
        if self._into is not None:
            self._into.append(text)

    def _end_bytes(self) -> None:
        if self._bytes and self._into is not None:
            self._into.append(self._bytes.decode(self._page, "replace"))
        self._bytes.clear()


def _sound(parts: list[str]) -> str:
    """Return text with the halves of surrogate pairs, which are given one by one, put together."""
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
