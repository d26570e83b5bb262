"""Messages (.eml): subject, sender, date and what was written; what is attached are documents of their own."""

from __future__ import annotations

import os
import posixpath
import tempfile
from email.message import Message
from typing import TYPE_CHECKING, Any, cast

from searchkit.indexing.encodings import decode_text
from searchkit.indexing.fields import one_line
from searchkit.indexing.sources import MAX_DEPTH, SUFFIXES, TOO_DEEP, Document, Problem, Source
from searchkit.indexing.text_files import MAX_FILE_BYTES, TOO_LARGE, one_document

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAMAGED = "is no message that can be read; save it again from the program that received it"
_NO_TEXT = "has no text; remove it"
_MAX_HEADER = 4000  # code points of a header that are looked at, and of one that parts of a message may have


def read_mail(source: Source) -> Iterator[Document | Problem]:
    """Read a message as one document, and each file attached to it as if it lay in a folder of that name.

    Raises:
        OSError: the file cannot be read, or there is no space for temporary files.
    """
    from email import message_from_binary_file

    if source.size > MAX_FILE_BYTES or source.depth > MAX_DEPTH:
        yield Problem(source.name, TOO_LARGE if source.size > MAX_FILE_BYTES else TOO_DEEP)
        return
    with open(source.path, "rb") as file:
        try:
            message = message_from_binary_file(file)
            fields = _fields(message)
            text, attached = _parts(message)
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - the package raises what it comes upon in what is damaged
            yield Problem(source.name, _DAMAGED)
            return
    if not message.keys():
        yield Problem(source.name, _DAMAGED)
    elif not text and "title" not in fields:
        yield Problem(source.name, _NO_TEXT)
    else:
        yield one_document(source, text or fields["title"], fields)
    for name, data in attached:
        yield from _attachment(f"{source.name}/{name}", data, source.depth + 1)


def _fields(message: Message) -> dict[str, str]:
    from email.utils import getaddresses, parsedate_to_datetime

    raw = {name.lower(): str(value)[:_MAX_HEADER] for name, value in reversed(list(message.raw_items()))}
    fields = {"title": one_line(_decoded(raw.get("subject", "")))}
    sender = raw.get("from", "")
    senders = getaddresses([sender if sender.isascii() else _decoded(sender)])
    fields["author"] = ", ".join(one_line(_decoded(name or address)) for name, address in senders)
    try:
        fields["date"] = parsedate_to_datetime(raw.get("date", "")).isoformat()
    except (ValueError, TypeError):
        pass
    return {name: value for name, value in fields.items() if value}


def _parts(message: Message) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a message, plain rather than as a page, and the files in it that can be read."""
    bodies: dict[str, Message] = {}
    attached: dict[str, bytes] = {}
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        if any(len(value) > _MAX_HEADER for _, value in part.raw_items()):
            continue  # what parses it takes time that grows with the square
        payload: Any = part.get_payload()
        inner = cast("list[Message]", payload) if isinstance(payload, list) else []
        if part.get_content_maintype() == "multipart":
            stack += reversed(inner)
            continue
        name = posixpath.basename(_decoded(part.get_filename("")).replace("\\", "/"))
        if inner:  # a message in it
            name = name if name.lower().endswith(".eml") else f"{name or 'message'}.eml"
        if name.lower().endswith(SUFFIXES):
            name = f"{len(attached)}-{name}" if name in attached else name
            attached[name] = inner[0].as_bytes() if inner else _bytes_of(part)
        elif not name:
            bodies.setdefault(part.get_content_type(), part)
    body = bodies.get("text/plain") or bodies.get("text/html")
    text = "" if body is None else _text_of(body)
    return text.strip(), list(attached.items())


def _decoded(value: object) -> str:
    """Return the text of a header or a name, which has encoded words or, against the rules, letters as they are."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    text = str(value)[:_MAX_HEADER]
    if not text.isascii():
        data = text.encode("utf-8", "surrogateescape")
        return decode_text(data) or data.decode("utf-8", "replace")
    try:
        parts = cast("list[tuple[str | bytes, str | None]]", decode_header(text))
    except (HeaderParseError, ValueError):
        return text
    found: list[str] = []
    for part, charset in parts:
        if isinstance(part, str):
            found.append(part)
            continue
        try:
            found.append(part.decode(charset or "ascii", "replace"))
        except LookupError:
            found.append(part.decode("utf-8", "replace"))
    return _sound("".join(found))


def _text_of(part: Message) -> str:
    data = _bytes_of(part)
    text = decode_text(data)
    if text is None:
        try:
            text = data.decode(part.get_content_charset("utf-8"), "replace")
        except LookupError:
            text = data.decode("utf-8", "replace")
    text = _sound(text.replace("\r\n", "\n").replace("\r", "\n"))
    if part.get_content_subtype() == "html":
        from searchkit.indexing.html_pages import read_page  # html.parser

        return read_page(text).text
    return text


def _bytes_of(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _attachment(name: str, data: bytes, depth: int) -> Iterator[Document | Problem]:
    from searchkit.indexing.documents import read_documents

    suffix = next(suffix for suffix in SUFFIXES if name.lower().endswith(suffix))
    with tempfile.TemporaryDirectory(prefix="searchkit-") as folder:
        path = os.path.join(folder, "attached" + suffix)
        with open(path, "wb") as file:
            file.write(data)
        yield from read_documents(Source(path, name, len(data), 0, depth=depth))


def _sound(text: str) -> str:
    """Return text without halves of surrogate pairs, which stand for bytes that are not in the encoding declared."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
