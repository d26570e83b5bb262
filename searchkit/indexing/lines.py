"""Files of lines, plain or gzipped, read as a stream: a line that cannot be read never hides the next."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, TextIO, cast

from searchkit.indexing.encodings import NOT_TEXT, code_page, decode_text, utf16_of
from searchkit.indexing.sources import Meter, why_unreadable
from searchkit.records import NamedTuple

MAX_LINE_BYTES = 100_000_000
"""Longer lines are passed over (in UTF-16, longer in characters)."""

_TOO_LONG = f"is longer than {MAX_LINE_BYTES // 1_000_000} MB; split it"
_BINARY_HEAD_BYTES = 4096
_METER_LINES = 64
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Line(NamedTuple):
    """A line with its end, or the reason why it cannot be read.

    ``number`` counts from 1. It is 0 when the reason concerns the whole file; nothing follows then.
    """

    number: int
    text: str
    reason: str = ""


def read_lines(path: str, meter: Meter | None = None) -> Iterator[Line]:
    """Read the lines of a file, through gzip when its name ends in ``.gz``.

    Damage in the compressed data, or an error of the disk, becomes a last line with the reason.

    Raises:
        OSError: the file cannot be opened.
    """
    with open(path, "rb") as file:
        if path.lower().endswith(".gz"):
            import gzip  # zlib
            import zlib

            damage: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)
            # GzipFile has all that is used here, yet no declared base in common with BufferedReader.
            stream = cast("io.BufferedReader", gzip.GzipFile(fileobj=file))
        else:
            damage = ()
            stream = file
        number = 0
        try:
            for line in decoded_lines(stream):
                number = line.number
                if meter is not None and not number % _METER_LINES:
                    meter.position, meter.text = file.tell(), stream.tell()
                yield line
            if meter is not None and not stream.closed:
                meter.text = stream.tell()
        except damage:
            reason = f"has damaged gzip data after line {number}; copy or compress the file again"
            yield Line(0, "", reason if number else "is not whole gzip data; copy or compress the file again")
        except OSError as error:
            yield Line(0, "", why_unreadable(error))


def decoded_lines(stream: io.BufferedReader) -> Iterator[Line]:
    """Read the lines of a stream; damage in it is raised."""
    head = stream.peek(_BINARY_HEAD_BYTES)[:_BINARY_HEAD_BYTES]
    if codec := utf16_of(head):
        with io.TextIOWrapper(cast("BinaryIO", stream), codec, newline="") as text:
            yield from _utf16_lines(text)
    elif b"\0" in head:
        yield Line(0, "", NOT_TEXT)
    else:
        yield from _byte_lines(stream)


def _byte_lines(stream: io.BufferedReader) -> Iterator[Line]:
    number = 0
    page: str | None = None
    while data := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(data) == MAX_LINE_BYTES and not data.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, "", _TOO_LONG)
            continue
        try:
            text: str | None = None if b"\0" in data else data.decode().removeprefix(_BYTE_ORDER_MARK)
        except UnicodeDecodeError:
            # What follows tells the page of a line with few words.
            page = page or code_page(data + stream.peek(_BINARY_HEAD_BYTES)) or code_page(data)
            text = decode_text(data, expected=page)
        yield Line(number, "", NOT_TEXT) if text is None else Line(number, text)


def _utf16_lines(stream: TextIO) -> Iterator[Line]:
    number = 0
    while True:
        try:
            text = stream.readline(MAX_LINE_BYTES)
            number += 1
            if len(text) == MAX_LINE_BYTES and not text.endswith("\n"):
                while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith("\n"):
                    pass
                yield Line(number, "", _TOO_LONG)
                continue
        except UnicodeDecodeError:
            yield Line(0, "", f"has damaged UTF-16 text after line {number}; save it again as UTF-8")
            return
        if not text:
            return
        yield Line(number, text)
