"""Which documents of a segment are deleted: one bit each, in a file of its own that is never changed."""

import os
import zlib
from collections.abc import Iterator

from searchkit.errors import IndexFormatError, StoreError

_MAGIC = b"SKDEL\x00\x00\x01"


class Deletions:
    """A set of documents of one segment."""

    __slots__ = ("bits", "count")

    def __init__(self, num_docs: int) -> None:
        self.bits = bytearray((num_docs + 7) // 8)
        self.count = 0

    def __contains__(self, doc: int) -> bool:
        return bool(self.bits[doc >> 3] >> (doc & 7) & 1)

    def add(self, doc: int) -> None:
        """Mark a document deleted."""
        if doc not in self:
            self.bits[doc >> 3] |= 1 << (doc & 7)
            self.count += 1

    def discard(self, doc: int) -> None:
        """Mark a document not deleted."""
        if doc in self:
            self.bits[doc >> 3] ^= 1 << (doc & 7)
            self.count -= 1

    def count_below(self, doc: int) -> int:
        """Return how many documents before this one are deleted."""
        whole = int.from_bytes(self.bits[: doc >> 3], "little").bit_count()
        return whole + (self.bits[doc >> 3] & ((1 << (doc & 7)) - 1)).bit_count()

    def added_to(self, others: "Deletions") -> Iterator[int]:
        """Yield the documents that are deleted here and not in others, in order."""
        for byte, (here, there) in enumerate(zip(self.bits, others.bits, strict=True)):
            if added := here & ~there:
                yield from (8 * byte + bit for bit in range(8) if added >> bit & 1)

    def copy(self) -> "Deletions":
        """Return a set that can be added to without changing this one."""
        other = Deletions(0)
        other.bits = bytearray(self.bits)
        other.count = self.count
        return other

    def write(self, path: str) -> None:
        """Write a file and bring it to the disk, in place of one that a dead writer left."""
        with open(path, "wb") as file:
            file.write(_MAGIC + zlib.crc32(self.bits).to_bytes(4, "little") + self.bits)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, path: str, num_docs: int) -> "Deletions":
        """Read a file.

        Raises:
            IndexFormatError: it is damaged or belongs to another segment.
        """
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise StoreError.unreadable(path, error) from None
        deletions = cls(num_docs)
        bits = data[len(_MAGIC) + 4 :]
        crc = int.from_bytes(data[len(_MAGIC) : len(_MAGIC) + 4], "little")
        if not data.startswith(_MAGIC) or len(bits) != len(deletions.bits) or zlib.crc32(bits) != crc:
            raise IndexFormatError(f"{path}: damaged; rebuild the index or restore a copy")
        deletions.bits[:] = bits
        deletions.count = int.from_bytes(bits, "little").bit_count()
        return deletions
