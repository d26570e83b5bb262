"""What can go wrong.

SearchkitError
├── InputError             what the user gave cannot be used: a path, a file, an option
│   └── DocumentError      one document cannot be indexed; the others can
├── QueryError             the question cannot be answered
│   └── QuerySyntaxError   ... because its text does not parse
└── StoreError             something about the index
    ├── IndexMissingError  there is none: make one
    ├── IndexFormatError   damaged, or of another version: rebuild it
    └── IndexLockedError   somebody else is writing: wait

A message starts with the thing and ends with the remedy, so that it can be shown to a person as it is.
Mistakes of a programmer are ``ValueError`` and ``TypeError``.
"""

from errno import EMFILE, ENFILE


class SearchkitError(Exception):
    """Base of everything searchkit raises about the world outside the program."""


class InputError(SearchkitError):
    """A path, file or option cannot be used."""


class DocumentError(InputError):
    """One document cannot be indexed."""


class QueryError(SearchkitError):
    """The question cannot be answered."""


class QuerySyntaxError(QueryError):
    """The query text does not parse.

    ``start`` and ``end`` are code-point positions in ``query``, so that a caller can underline them.
    """

    def __init__(self, message: str, query: str, start: int, end: int) -> None:
        super().__init__(message)
        self.query = query
        self.start = start
        self.end = end


class StoreError(SearchkitError):
    """Something about an index as a whole."""

    @classmethod
    def unreadable(cls, path: str, error: OSError) -> "StoreError":
        """Return what to raise for a file of an index that the system does not open."""
        reason = error.strerror or error
        if error.errno in (EMFILE, ENFILE):
            return StoreError(f"{path}: {reason}; allow the program more of them (ulimit -n)")
        return StoreError(f"{path}: {reason}; check permissions, or rebuild the index if the file is gone")


class IndexMissingError(StoreError):
    """There is no index at this place."""


class IndexFormatError(StoreError):
    """The index is damaged or was written by another version."""


class IndexLockedError(StoreError):
    """Another writer holds the index."""
