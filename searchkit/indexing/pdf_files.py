"""PDF, by pypdf, with its text in the order and the letters of reading."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.arabic.visual_order import looks_reversed, ordered_runs, turned_runs, unshaped
from searchkit.indexing.metadata import sane_fields
from searchkit.indexing.sources import Document, Problem, Source, why_unreadable
from searchkit.indexing.text_files import MAX_FILE_BYTES, TOO_LARGE, TURNED, one_document

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "cannot be read without pypdf; pip install 'searchkit[files]'"

_DAMAGED = "is damaged; print it to a new PDF"
_PROTECTED = "is protected by a password; save it without"
_PICTURES = "has no text, only pictures; recognise its text first (OCR)"
_BROKEN_PAGES = "has pages that cannot be read, the others are indexed; print it to a new PDF"


def read_pdf(source: Source) -> Iterator[Document | Problem]:
    """Read a file as one document, with title, author and date if it has them.

    Raises:
        OSError: the file cannot be read.
    """
    if source.size > MAX_FILE_BYTES:
        yield Problem(source.name, TOO_LARGE)
        return
    with open(source.path, "rb") as file:
        try:
            import logging

            pypdf: Any = import_module("pypdf")
        except ImportError:
            yield Problem(source.name, MISSING, kind=".pdf")
            return
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity
        try:
            reader = pypdf.PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                yield Problem(source.name, _PROTECTED)
                return
            pages, broken = _texts(reader)
            fields = _fields(reader)
        except OSError as error:
            yield Problem(source.name, why_unreadable(error), transient=True)
            return
        except Exception as error:  # noqa: BLE001 - what damage raises is anything, beyond its own exceptions
            encrypted = type(error).__name__ in ("DependencyError", "FileNotDecryptedError")
            yield Problem(source.name, _PROTECTED if encrypted else _DAMAGED)
            return
    text, turned = _readable("\n".join(pages))
    if broken and text:
        yield Problem(source.name, _BROKEN_PAGES, harmless=True)
    if not text:
        yield Problem(source.name, _DAMAGED if broken else _PICTURES)
        return
    if turned:
        yield Problem(source.name, TURNED, harmless=True)
    yield one_document(source, text, {**fields, "title": unshaped(fields.get("title", ""))})


def _texts(reader: Any) -> tuple[list[str], int]:
    """Return the text of each page, and how many could not be read."""
    texts: list[str] = []
    broken = 0
    for number in range(len(reader.pages)):
        try:
            texts.append(reader.pages[number].extract_text())
        except Exception:  # noqa: BLE001 - see above
            broken += 1
    return texts, broken


def _fields(reader: Any) -> dict[str, str]:
    try:
        told: Any = reader.metadata or {}
        named = {"title": "/Title", "author": "/Author", "date": "/CreationDate"}
        return sane_fields({name: str(told.get(key) or "") for name, key in named.items()})
    except Exception:  # noqa: BLE001 - see above; the text is worth more than its title
        return {}


def _readable(text: str) -> tuple[str, bool]:
    """Return text as it is read, and whether its letters had to be turned round."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    shapeless = unshaped(text)
    turned = looks_reversed(shapeless)
    # Ligatures are taken apart after they have been turned.
    text = unshaped(turned_runs(text)) if turned else unshaped(ordered_runs(text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line), turned
