"""Zip files that hold one document in XML: opened with care, since their sizes are what a stranger says."""

from __future__ import annotations

import zipfile
import zlib
from errno import EINVAL
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import ParseError, XMLParser

from searchkit.indexing.encodings import PROTECTED, PROTECTED_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

MAX_PART_BYTES = 200_000_000
"""Larger parts of a document are not read."""

DAMAGED = "is damaged; open it in the program that wrote it and save it again"

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, ValueError, RuntimeError)
"""What a damaged zip file or its XML raises."""

_PIECE_BYTES = 1 << 20

T = TypeVar("T")


def is_damage(error: OSError) -> bool:
    """Tell whether an error of the system comes from a place in the file that cannot be, as damage may name."""
    return error.errno == EINVAL


class Unreadable(Exception):  # noqa: N818 - it is a reason, not a fault of the program
    """Why a container cannot be read, as a clause that ends with the remedy."""


def read_archive(path: str, read: Callable[[zipfile.ZipFile], T]) -> T:
    """Return what is read of a zip file.

    Raises:
        Unreadable: it is none, protected or damaged.
        OSError: the file cannot be read.
    """
    with open(path, "rb") as file:
        if file.read(4) == PROTECTED_HEAD:
            raise Unreadable(PROTECTED)
        try:
            with zipfile.ZipFile(file) as archive:
                return read(archive)
        except DAMAGE:
            raise Unreadable(DAMAGED) from None
        except OSError as error:
            if not is_damage(error):
                raise
            raise Unreadable(DAMAGED) from None


def has_part(archive: zipfile.ZipFile, name: str) -> bool:
    """Tell whether a zip file has a part of this name."""
    return name in archive.NameToInfo


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read a part piece by piece.

    Raises:
        Unreadable: it is encrypted, or larger than it may be.
        KeyError: there is none; ``DAMAGE`` has what else is raised.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Unreadable("is protected by a password; save it without")
    size = 0
    with archive.open(info) as part:
        while piece := part.read(_PIECE_BYTES):
            size += len(piece)
            if size > MAX_PART_BYTES:
                raise Unreadable(f"unpacks to more than {MAX_PART_BYTES // 1_000_000} MB; split it")
            yield piece


def part_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part whole; raises as ``pieces`` does."""
    return b"".join(pieces(archive, name))


def part_tree(archive: zipfile.ZipFile, name: str) -> Element:
    """Parse a part as XML; raises as ``pieces`` does, and ``ParseError``."""
    parser = XMLParser()  # noqa: S314
    for piece in pieces(archive, name):
        parser.feed(piece)
    tree: Element = parser.close()
    return tree


def local(tag: object) -> str:
    """Return the name of an element without its namespace; empty for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def values_of(tree: Element) -> dict[str, str]:
    """Return the text of the first element of each name."""
    found: dict[str, str] = {}
    for element in tree.iter():
        text = (element.text or "").strip()
        if text:
            found.setdefault(local(element.tag), text)
    return found
