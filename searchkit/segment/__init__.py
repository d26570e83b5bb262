"""What is in this piece of index? Byte layout, term dictionary, postings, lengths, stored fields."""

from searchkit.segment.deletions import Deletions
from searchkit.segment.reader import FieldInfo, PostingList, SegmentReader, TermAt, open_segment
from searchkit.segment.writer import FieldWriter, SegmentWriter

__all__ = [
    "Deletions",
    "FieldInfo",
    "FieldWriter",
    "PostingList",
    "SegmentReader",
    "SegmentWriter",
    "TermAt",
    "open_segment",
]
