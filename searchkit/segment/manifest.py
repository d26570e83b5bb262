"""Which segments make up the index: a small file per commit, the newest of which is the index.

``searchkit_<generation>.json`` is one line of JSON and one line with its CRC-32 in hexadecimal. It is written under
another name, brought to the disk and renamed, so it is there whole or not at all; that moment is the commit. Whoosh's
table of contents appears just before, while the other name still tells that the commit is not finished.
"""

from __future__ import annotations

import json
import os
import re
import zlib

from searchkit.errors import IndexFormatError, IndexMissingError, StoreError
from searchkit.records import NamedTuple

FORMAT = 3
_OURS = (  # patterns are compiled where they are used: reading an index needs none
    r"(searchkit_[0-9]+\.(json|sources)|_MAIN_[0-9]+\.toc|MAIN_[0-9a-z]{16}\.(sk|[0-9]+\.del))(\.tmp)?"
)
_OTHERS = r"MAIN_[0-9a-z]+\.(?!sk$|[0-9]+\.del$)[^/]+"  # segments of Whoosh's other codecs
_UNFINISHED = ".tmp"  # ends the name of a manifest until the commit
_KINDS = ("text", "keyword", "number", "date")  # as ``kinds.KINDS``; what knows them all takes long to import
_SEGMENT_ID = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_SEGMENT_ID_SIZE = 16


class SegmentEntry(NamedTuple):
    """One segment of a commit."""

    id: str
    num_docs: int
    num_deleted: int
    deletions: int  # the generation whose file holds them, 0 for none
    checksum: int

    @property
    def file(self) -> str:
        """Name of the segment's file."""
        return f"MAIN_{self.id}.sk"  # Whoosh, too, removes files so named that are no longer in use

    @property
    def deletions_file(self) -> str:
        """Name of the file of its deletions."""
        return f"MAIN_{self.id}.{self.deletions}.del"


class FieldKind(NamedTuple):
    """What a field holds."""

    name: str
    kind: str  # see ``segment/kinds.py``
    declared: bool  # by a person, not told by the first value


class Manifest(NamedTuple):
    """One commit."""

    generation: int = 0
    analyzer: str = ""  # name and version of what made the terms
    fields: tuple[str, ...] = ()  # the analysed fields, in order of first appearance
    segments: tuple[SegmentEntry, ...] = ()
    sources: int = 0  # the generation whose file lists what was indexed from where, 0 for none
    sources_checksum: int = 0  # CRC-32 of that file
    toc_checksum: int | None = None  # CRC-32 of Whoosh's table of contents of this generation, None if there is none
    kinds: tuple[FieldKind, ...] = ()  # of the fields that documents have had besides id, title and text

    @property
    def file(self) -> str:
        """Name of this file."""
        return f"searchkit_{self.generation}.json"

    @property
    def sources_file(self) -> str:
        """Name of the file that lists the sources."""
        return f"searchkit_{self.sources}.sources"

    @property
    def toc_file(self) -> str:
        """Name of Whoosh's table of contents."""
        return f"_MAIN_{self.generation}.toc"

    def files(self) -> set[str]:
        """Return the names of all files of this commit."""
        names = {self.file, self.toc_file}
        if self.sources:
            names.add(self.sources_file)
        for segment in self.segments:
            names.add(segment.file)
            if segment.deletions:
                names.add(segment.deletions_file)
        return names


def generations(directory: str) -> list[int]:
    """Return the generations that have a manifest, newest first."""
    return _generations(directory, "searchkit_", ".json")


def toc_generations(directory: str) -> list[int]:
    """Return the generations that have a table of contents of Whoosh's, newest first."""
    return _generations(directory, "_MAIN_", ".toc")


def _generations(directory: str, before: str, after: str) -> list[int]:
    try:
        names = os.listdir(directory)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(f"{directory}: {error.strerror}; check the folder's permissions") from None
    numbers = (name[len(before) : -len(after)] for name in names if name.startswith(before) and name.endswith(after))
    return sorted((int(number) for number in numbers if number.isascii() and number.isdecimal()), reverse=True)


def read_manifest(directory: str) -> Manifest:
    """Return the newest commit.

    Raises:
        IndexMissingError: there is no index here.
        IndexFormatError: the manifest is damaged or of another version.
    """
    for _ in range(100):  # a commit may collect the generation we are about to open
        found = generations(directory)
        if not found:
            raise IndexMissingError(f"{directory}: no index here; make one with 'searchkit index PATH'")
        try:
            return read_generation(directory, found[0])
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StoreError(f"{directory}: {error.strerror}; check the folder's permissions") from None
    raise StoreError(f"{directory}: the index changes faster than it can be opened; try again")


def read_generation(directory: str, generation: int) -> Manifest:
    """Return one commit.

    Raises:
        IndexFormatError: the manifest is damaged or of another version.
        OSError: it cannot be read.
    """
    path = os.path.join(directory, Manifest(generation).file)
    with open(path, "rb") as file:
        manifest = _parse(file.read(), path)
    if manifest.generation != generation:
        raise IndexFormatError(f"{path}: of another generation; rebuild the index or restore a copy")
    return manifest


def read_sources(directory: str, manifest: Manifest) -> bytes:
    """Return the list of what was indexed from where; empty if there is none.

    Raises:
        IndexFormatError: it is damaged.
    """
    if not manifest.sources:
        return b""
    path = os.path.join(directory, manifest.sources_file)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise StoreError.unreadable(path, error) from None
    if zlib.crc32(data) != manifest.sources_checksum:
        raise IndexFormatError(f"{path}: damaged; remove the index and index the files again")
    return data


def write_manifest(directory: str, manifest: Manifest, toc: bytes | None = None) -> Manifest:
    """Publish a commit: after this it is the index, also after a power cut.

    Args:
        directory: the index's folder.
        manifest: the commit.
        toc: the table of contents that tells Whoosh of it. It is there before the commit, or what others then write
            would not build on it.

    Returns:
        the manifest with the table's checksum.
    """
    manifest = manifest._replace(toc_checksum=None if toc is None else zlib.crc32(toc))
    line = json.dumps({"format": FORMAT, **manifest._asdict()}, ensure_ascii=False).encode()
    path = os.path.join(directory, manifest.file)
    _write(path + _UNFINISHED, line + b"\n%08x\n" % zlib.crc32(line))
    if toc is not None:
        write_durably(os.path.join(directory, manifest.toc_file), toc)
    os.replace(path + _UNFINISHED, path)
    sync_directory(directory)
    return manifest


def is_unfinished(directory: str, generation: int) -> bool:
    """Tell whether a table of contents is of a commit of ours that did not come to its end."""
    path = os.path.join(directory, Manifest(generation).file)
    try:
        with open(path + _UNFINISHED, "rb") as file:
            manifest = _parse(file.read(), path)
        with open(os.path.join(directory, manifest.toc_file), "rb") as file:
            return zlib.crc32(file.read()) == manifest.toc_checksum
    except IndexFormatError:
        return False
    except OSError:
        return os.path.exists(path)  # it has come to its end meanwhile


def remove_unfinished(directory: str) -> None:
    """Remove the table of contents of a commit that did not come to its end; the write lock must be held."""
    for generation in toc_generations(directory)[:1]:
        path = os.path.join(directory, Manifest(generation).file)
        if is_unfinished(directory, generation) and not os.path.exists(path):
            os.remove(os.path.join(directory, Manifest(generation).toc_file))
            os.remove(path + _UNFINISHED)


def remove_unused(directory: str, used: set[str]) -> None:
    """Remove the files of dead generations, of writers that died, and of segments that were taken over from others.

    What cannot be removed stays until the next commit; files of unknown names are left alone.
    """
    for name in os.listdir(directory):
        if name not in used and (re.fullmatch(_OURS, name) or re.fullmatch(_OTHERS, name)):
            try:
                os.remove(os.path.join(directory, name))
            except OSError:
                pass


def write_durably(path: str, data: bytes) -> None:
    """Write a file that is there whole or not at all; its name is on the disk after ``sync_directory``."""
    _write(path + ".tmp", data)
    os.replace(path + ".tmp", path)


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_directory(directory: str) -> None:
    """Bring the names in a directory to the disk."""
    if os.name == "nt":
        return  # Windows cannot open a directory
    descriptor = os.open(directory or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse(data: bytes, path: str) -> Manifest:
    line, _, rest = data.partition(b"\n")
    if rest != b"%08x\n" % zlib.crc32(line):
        raise IndexFormatError(f"{path}: damaged; rebuild the index or restore a copy")
    try:
        values = json.loads(line)
        if values.pop("format", None) != FORMAT:
            raise IndexFormatError(f"{path}: written by another version; rebuild the index with 'searchkit index'")
        segments = tuple(SegmentEntry(*entry) for entry in values.pop("segments"))
        kinds = tuple(FieldKind(*kind) for kind in values.pop("kinds"))
        manifest = Manifest(fields=tuple(values.pop("fields")), segments=segments, kinds=kinds, **values)
        if _is_sound(manifest):
            return manifest
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        pass
    raise IndexFormatError(f"{path}: damaged; rebuild the index or restore a copy")


def _is_sound(manifest: Manifest) -> bool:
    """Tell whether all values are of their kind: a file from a stranger may have the right checksum."""
    toc = () if manifest.toc_checksum is None else (manifest.toc_checksum,)
    numbers = [manifest.generation, manifest.sources, manifest.sources_checksum, *toc]
    texts = [manifest.analyzer, *manifest.fields]
    for segment in manifest.segments:
        if len(segment.id) != _SEGMENT_ID_SIZE or not _SEGMENT_ID.issuperset(segment.id):  # it becomes a file name
            return False
        numbers += segment[1:]
    for field in manifest.kinds:
        texts.append(field.name)
        if field.kind not in _KINDS or not isinstance(field.declared, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            return False
    return all(type(number) is int and number >= 0 for number in numbers) and all(type(text) is str for text in texts)
