"""The list of synonyms that lies in an index's folder: read when it is there, and again when it has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from searchkit.errors import InputError

if TYPE_CHECKING:
    from searchkit.query.equivalents import Equivalents

FILE = "synonyms.txt"


class Synonyms:
    """The list of one index."""

    def __init__(self, directory: str) -> None:
        self._path = os.path.join(directory, FILE)
        self._stamp: tuple[int, int] | None = None
        self.names: Equivalents | None = None  # None if there is no list
        self.notes: list[str] = []  # what the person should know of it
        self.refresh()

    def refresh(self) -> bool:
        """Read the list if it is another than before, and tell whether it is; one with mistakes changes nothing."""
        try:
            found = os.stat(self._path)
        except OSError:
            stamp = None
        else:
            stamp = (found.st_mtime_ns, found.st_size)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self.notes = []
        if stamp is None:
            self.names = None
            return True
        from searchkit.query.equivalents import read_equivalents

        try:
            self.names = read_equivalents(self._path)
        except InputError as error:
            self.notes.append(f"synonyms not used: {error}")
        return True


def install(path: str, directory: str) -> Equivalents:
    """Check a list and put it into an index's folder, in place of the one there.

    Args:
        path: of the list.
        directory: the index's folder.

    Raises:
        InputError: the list cannot be read, or has a mistake; the one in the folder stays.
    """
    from searchkit.query.equivalents import read_equivalents

    names = read_equivalents(path)
    place = os.path.join(directory, FILE)
    if os.path.exists(place) and os.path.samefile(path, place):
        return names
    with open(path, "rb") as file:
        data = file.read()
    new = f"{place}.new"
    with open(new, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, place)
    return names
