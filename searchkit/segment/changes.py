"""What other programs did to an index since its last commit of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit.segment.deletions import Deletions
    from searchkit.segment.manifest import SegmentEntry


class Changes(NamedTuple):
    """What a writer has to take over before it goes on: first the segments, then the deletions, then the documents."""

    segments: tuple[SegmentEntry, ...]  # of the manifest, without those that are gone
    deletions: dict[str, Deletions]  # by segment, where they are not those of the manifest
    documents: Iterable[dict[str, Any]]  # to add, each in place of one with the same id
