"""What Whoosh's table of contents says of a segment of ours.

Whoosh pickles it, so the path and name of the class and its state are part of the format: they never change, and
``searchkit.codecs.toc.STATE`` counts what is added to the state.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from searchkit.codecs.api import base
from searchkit.codecs.toc import STATE, segment_state
from searchkit.errors import IndexFormatError
from searchkit.segment import Deletions

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[0-9A-Za-z_]+")


class SearchkitSegment(base.Segment):
    """One segment with the deletions of one commit, all that Whoosh needs to know without opening files."""

    def __init__(self, segment_id: str, num_docs: int, deletions: Deletions | None, name: str = "MAIN") -> None:
        """Describe a segment.

        Args:
            segment_id: what its file is called by.
            num_docs: documents, deleted ones too.
            deletions: which are deleted; copied when more are deleted.
            name: the index's name, with which the file's name begins.
        """
        self.indexname = name
        self.segid = segment_id
        self.compound = False  # one file as it is; Whoosh would pack it into another
        self._num_docs = num_docs
        self._deletions = deletions
        self._shared = True
        self.draft: Any = None  # while Whoosh is writing it

    def __getstate__(self) -> dict[str, Any]:
        deleted = bytes(self._deletions.bits) if self._deletions else b""
        return segment_state(self.indexname, self.segid, self._num_docs, deleted)

    def __setstate__(self, state: dict[str, Any]) -> None:
        if state.get("state") != STATE:
            found = f"state {state.get('state')!r}, this version reads {STATE}"
            raise IndexFormatError(f"segment: {found}; use the version that wrote it, or rebuild the index")
        name, segment_id, num_docs, deleted = state["name"], state["id"], state["docs"], state["deleted"]
        if not (_is_name(name) and _is_name(segment_id) and isinstance(num_docs, int) and isinstance(deleted, bytes)):
            raise _damaged(segment_id)
        deletions = None
        if deleted:
            if num_docs < 0 or len(deleted) != (num_docs + 7) // 8:
                raise _damaged(segment_id)
            deletions = Deletions(num_docs)
            deletions.bits[:] = deleted
            deletions.count = int.from_bytes(deleted, "little").bit_count()
        SearchkitSegment.__init__(self, segment_id, num_docs, deletions, name)

    @property
    def file(self) -> str:
        """Name of the segment's file."""
        return f"{self.indexname}_{self.segid}.sk"

    @property
    def deletions(self) -> Deletions | None:
        """Which documents are deleted; None if none."""
        return self._deletions

    def codec(self) -> Any:
        """Return what reads this segment."""
        from searchkit.codecs.codec import SearchkitCodec

        return SearchkitCodec()

    def should_assemble(self) -> bool:
        """Tell Whoosh not to pack the files into another."""
        return False

    def set_doc_count(self, num_docs: int) -> None:
        """Take the number of documents from a writer that has finished."""
        self._num_docs = num_docs

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones too."""
        return self._num_docs

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return self._deletions.count if self._deletions else 0

    def deleted_docs(self) -> Iterator[int]:
        """Yield the deleted documents."""
        deletions = self._deletions
        return iter(()) if deletions is None else (doc for doc in range(self._num_docs) if doc in deletions)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return self._deletions is not None and docnum in self._deletions

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Delete a document, or take that back."""
        if self._deletions is None:
            self._deletions = Deletions(self._num_docs)
        elif self._shared:
            self._deletions = self._deletions.copy()
        self._shared = False
        if delete:
            self._deletions.add(docnum)
        else:
            self._deletions.discard(docnum)


def _is_name(value: object) -> bool:
    """Tell whether something can be part of a file's name."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _damaged(segment_id: object) -> IndexFormatError:
    return IndexFormatError(f"segment {segment_id!r}: damaged; rebuild the index or restore a copy")
