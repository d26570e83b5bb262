"""Messages (.eml): subject, sender, date and what was written; what is attached are documents of their own."""

from __future__ import annotations

import os
import posixpath
import tempfile
from typing import TYPE_CHECKING

from searchkit.indexing.encodings import decode_text
from searchkit.indexing.fields import one_line
from searchkit.indexing.sources import SUFFIXES, Document, Problem, Source
from searchkit.indexing.text_files import MAX_FILE_BYTES, TOO_LARGE, split_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

_DAMAGED = "is no message that can be read; save it again from the program that received it"
_NO_TEXT = "has no text; remove it"
_MAX_DEPTH = 3  # of messages in messages


def read_mail(source: Source, depth: int = 0) -> Iterator[Document | Problem]:
    """Read a message as one document, and each file attached to it as if it lay in a folder of that name.

    Raises:
        OSError: the file cannot be read, or there is no space for temporary files.
    """
    from email import message_from_binary_file
    from email.policy import default

    if source.size > MAX_FILE_BYTES:
        yield Problem(source.name, TOO_LARGE)
        return
    with open(source.path, "rb") as file:
        try:
            message = message_from_binary_file(file, policy=default)
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
        title = fields.pop("title", "")
        if not title:
            title, text = split_title(text)
        yield {"id": source.name, "title": title, "text": text or title, **fields, "file": source.name}
    for name, data in attached:
        yield from _attachment(f"{source.name}/{name}", data, depth)


def _fields(message: EmailMessage) -> dict[str, str]:
    fields = {"title": one_line(str(message.get("subject", "")))}
    if (sender := message.get("from")) is not None:
        fields["author"] = ", ".join(one_line(one.display_name or one.addr_spec) for one in sender.addresses)
    if (sent := message.get("date")) is not None and sent.datetime is not None:
        fields["date"] = sent.datetime.isoformat()
    return {name: _sound(value) for name, value in fields.items() if value}


def _parts(message: EmailMessage) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a message, plain rather than as a page, and the files in it that can be read."""
    body = message.get_body(("plain", "html"))
    attached: dict[str, bytes] = {}
    for part in message.walk():
        name = posixpath.basename(_sound(part.get_filename() or "").replace("\\", "/"))
        if part is not body and not part.is_multipart() and name.lower().endswith(SUFFIXES):
            while name in attached:
                name = f"_{name}"
            attached[name] = _bytes_of(part)
    text = "" if body is None else _text_of(body)
    return text.strip(), list(attached.items())


def _text_of(part: MIMEPart) -> str:
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


def _bytes_of(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _attachment(name: str, data: bytes, depth: int) -> Iterator[Document | Problem]:
    from searchkit.indexing.documents import read_documents

    suffix = next(suffix for suffix in SUFFIXES if name.lower().endswith(suffix))
    with tempfile.TemporaryDirectory(prefix="searchkit-") as folder:
        path = os.path.join(folder, "attached" + suffix)
        with open(path, "wb") as file:
            file.write(data)
        source = Source(path, name, len(data), 0)
        if suffix != ".eml":
            yield from read_documents(source)
        elif depth < _MAX_DEPTH:
            yield from read_mail(source, depth + 1)


def _sound(text: str) -> str:
    """Return text without halves of surrogate pairs, which stand for bytes that are not in the encoding declared."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
