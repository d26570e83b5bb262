"""Which files are there to index? Files and folders to sources, in a stable order."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

from searchkit.indexing.ignoring import is_left_out, read_rules
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searchkit.indexing.ignoring import Rules

Document = dict[str, Any]
"""``id``, ``title``, ``text`` and ``file`` are strings; any further field is what the file gave."""

SUFFIXES = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".srt", ".vtt",
    ".txt.gz", ".md.gz", ".html.gz", ".htm.gz", ".xhtml.gz", ".jsonl.gz", ".ndjson.gz", ".csv.gz", ".tsv.gz",
    ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".rtf", ".epub", ".pdf", ".eml", ".zip",
)  # fmt: skip
"""Files with these endings, in either case, are picked up from folders."""

_PLAIN_SUFFIXES = [suffix for suffix in SUFFIXES if not suffix.endswith(".gz")]


MAX_DEPTH = 3
TOO_DEEP = "lies too deep in files of files; unpack it yourself"
"""The reason to give for a file that may hold others, in more than ``MAX_DEPTH`` files."""

_OF_AN_INDEX = "MAIN_WRITELOCK"  # whoever wrote it

_Key = tuple[int, int]


class _Folder(NamedTuple):
    """The identity of a folder, by device and number, what is left of it to look at, and its rules."""

    key: _Key
    entries: Iterator[os.DirEntry[str]]
    rules: Rules | None


class Meter:
    """How far the reading of a file is.

    ``position`` is in bytes of the file, ``text`` in bytes of what was read from it, unpacked.
    """

    __slots__ = ("position", "text")

    def __init__(self) -> None:
        self.position = 0
        self.text = 0


class Problem(NamedTuple):
    """Something that could not be read.

    ``where`` is ``file`` or ``file:line``, ``reason`` one clause that goes on from it and ends with the
    remedy. Of all problems of one ``kind`` that is not empty a person is told once. A ``harmless`` one is a note:
    the document was read all the same. A ``transient`` one may be over at another time, though the file stays as it is.
    """

    where: str
    reason: str
    kind: str = ""
    harmless: bool = False
    transient: bool = False


class Source(NamedTuple):
    """A file to read; ``name`` stays the same from run to run, ``size`` is in bytes.

    ``depth`` says in how many files it lies: zip files and messages in each other.
    """

    path: str
    name: str
    size: int
    mtime_ns: int
    meter: Meter | None = None
    depth: int = 0


def find_sources(
    paths: Iterable[str | os.PathLike[str]],
    *,
    base: str,
    left_out: set[str] | None = None,
    others: dict[str, int] | None = None,
) -> Iterator[Source | Problem]:
    """Find the files that paths stand for, each once.

    Folders are searched to any depth, in the order of names, for files with a known suffix; hidden files and
    folders, links back to a folder above, indexes and what a .searchkitignore names are left out; the names of the
    last go to ``left_out``, and ``others`` counts the files with other suffixes by these. A file named here is taken
    whatever its suffix.
    Names are relative to ``base``, with forward slashes, for files inside it and absolute for the others.

    Raises:
        InputError: a .searchkitignore cannot be followed.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _from_path(os.fspath(path), os.path.abspath(base), left_out, others):
            if isinstance(found, Problem):
                yield found
            elif found.name not in seen:
                seen.add(found.name)
                yield found


def why_unreadable(error: OSError | ValueError) -> str:
    """Say in one clause why the system refused a path."""
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied); change its permissions"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "is a link that leads back to itself; remove the link"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or error}); check the disk and the path"
    return "is not a path; check its spelling"


def _from_path(
    path: str, base: str, left_out: set[str] | None, others: dict[str, int] | None
) -> Iterator[Source | Problem]:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield Problem(path or "''", why_unreadable(error))
        return
    if stat.S_ISDIR(status.st_mode):
        empty = True
        for found in _walk(path, base, left_out, others):
            empty = False
            yield found
        if empty:
            yield Problem(path, f"holds no file to index; give some of {' '.join(_PLAIN_SUFFIXES)}")
    elif stat.S_ISREG(status.st_mode):
        yield _source(path, base, status)
    else:
        yield Problem(path, "is not a regular file; copy its content to one")


def _walk(top: str, base: str, left_out: set[str] | None, others: dict[str, int] | None) -> Iterator[Source | Problem]:
    """Go through a folder depth first, with a stack of its own: folders nest deeper than Python's calls."""
    stack: list[_Folder] = []
    visited: set[_Key] = set()
    path: str | None = top
    while path is not None or stack:
        if path is not None:
            entered = _enter(path, {folder.key for folder in stack}, visited)
            if isinstance(entered, Problem):
                yield entered
            elif entered is not None:
                stack.append(entered)
            path = None
            continue
        entry = next(stack[-1].entries, None)
        if entry is None:
            stack.pop()
            continue
        readable = True
        try:
            is_folder = entry.is_dir()
            readable = is_folder or entry.name.lower().endswith(SUFFIXES)
            if not readable and others is None:
                continue
            if is_left_out(entry.path, [folder.rules for folder in reversed(stack)], is_folder=is_folder):
                if readable and left_out is not None:
                    left_out.add(name_of(entry.path, base))
                continue
            status = entry.stat()
            if not readable:
                if others is not None and stat.S_ISREG(status.st_mode):
                    suffix = os.path.splitext(entry.name)[1].lower()
                    others[suffix] = others.get(suffix, 0) + 1
                continue
        except OSError as error:
            if readable:
                yield Problem(name_of(entry.path, base), why_unreadable(error))
            continue
        if is_folder:
            path = entry.path
        elif stat.S_ISREG(status.st_mode):
            yield _source(entry.path, base, status)


def _enter(path: str, above: set[_Key], visited: set[_Key]) -> _Folder | Problem | None:
    """Open a folder, None when it has been visited by another way or is an index."""
    try:
        status = os.stat(path)
        key = (status.st_dev, status.st_ino)
        if key in above:
            return Problem(path, "is a link back to a folder above it and was skipped; remove the link")
        if key in visited:
            return None
        visited.add(key)
        with os.scandir(path) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
        if any(entry.name == _OF_AN_INDEX for entry in visible):
            return None
        rules = read_rules(path)
    except OSError as error:
        return Problem(path, why_unreadable(error))
    return _Folder(key, iter(sorted(visible, key=lambda entry: entry.name)), rules)


def _source(path: str, base: str, status: os.stat_result) -> Source:
    return Source(path, name_of(path, base), status.st_size, status.st_mtime_ns)


def name_of(path: str, base: str) -> str:
    """Return the stable name of a file: relative to ``base`` when inside it, and always good UTF-8."""
    full = os.path.abspath(path)
    prefix = os.path.join(base, "")
    name = full.removeprefix(prefix)
    if os.sep != "/":
        name = name.replace(os.sep, "/")
    return os.fsencode(name).decode("utf-8", "backslashreplace")
