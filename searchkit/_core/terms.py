"""Look-up in a sorted term dictionary.

The dictionary is a run of blocks of up to 32 terms; a table of uint32 says where each begins. A block holds two
varints, the offsets at which its first term's postings and positions begin, and then its terms. A term is: varint
number of leading bytes shared with the term before it in the block (0 for the first), varint number of further bytes,
these bytes, and four varints: df, occurrences - df, bytes of postings, bytes of positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes, Uint32s

BLOCK_TERMS = 32


class Guard(NamedTuple):
    """What checks a dictionary page by page before it is read."""

    seen: bytearray  # 1 for each page of the file that was checked
    verify: Callable[[int, int], None]  # checks the pages from the first up to the second, and marks them
    blocks: int  # page at which the blocks begin
    offsets: int  # page at which the offsets begin
    bits: int  # a page has 2 ** bits bytes


class TermCursor:
    """Walks a dictionary in order: after ``seek`` or ``next`` the fields describe the current term."""

    def __init__(self, blocks: Bytes, offsets: Uint32s, num_terms: int, guard: Guard | None = None) -> None:
        """Stand before the first term.

        Args:
            blocks: uint8[size], the dictionary.
            offsets: uint32[number of blocks], where each begins.
            num_terms: number of terms.
            guard: checks what is read.
        """
        self._guard = guard
        if guard is not None:
            self._seen = guard.seen
            self._verify = guard.verify
            self._first_block_page = guard.blocks
            self._first_offset_page = guard.offsets
            self._page_bits = guard.bits
        self._blocks = blocks
        self._offsets = offsets
        self._num_terms = num_terms
        self._at = 0
        self._left = 0
        self._block = -1
        self.term = b""
        self.df = 0
        self.occurrences = 0
        self.postings_start = 0
        self.postings_end = 0
        self.positions_start = 0
        self.positions_end = 0

    def seek(self, term: bytes) -> bool:
        """Go to the first term that is not smaller; return whether there is one."""
        low = 0
        high = len(self._offsets)
        while high - low > 1:
            middle = (low + high) >> 1
            self._enter(middle)
            self.next()
            if self.term <= term:
                low = middle
            else:
                high = middle
        if len(self._offsets) == 0:
            return False
        self._enter(low)
        while self.next():
            if self.term >= term:
                return True
        return False

    def find(self, term: bytes) -> bool:
        """Go to this term; return whether it is there."""
        return self.seek(term) and self.term == term

    def next(self) -> bool:
        """Go to the following term; return whether there is one."""
        if self._left == 0:
            if self._block + 1 >= len(self._offsets):
                return False
            self._enter(self._block + 1)
        self._left -= 1
        shared = self._varint()
        size = self._varint()
        if shared > len(self.term) or self._at + size > len(self._blocks):
            raise _damaged()
        self.term = self.term[:shared] + bytes(self._blocks[self._at : self._at + size])
        self._at += size
        self.df = self._varint()
        self.occurrences = self.df + self._varint()
        self.postings_start = self.postings_end
        self.postings_end += self._varint()
        self.positions_start = self.positions_end
        self.positions_end += self._varint()
        return True

    def copy(self) -> TermCursor:
        """Return a cursor that stands on the same term."""
        other = TermCursor(self._blocks, self._offsets, self._num_terms, self._guard)
        other.assign(self)
        return other

    def assign(self, other: TermCursor) -> None:
        """Stand where a cursor over the same dictionary stands."""
        self._at = other._at
        self._left = other._left
        self._block = other._block
        self.term = other.term
        self.df = other.df
        self.occurrences = other.occurrences
        self.postings_start = other.postings_start
        self.postings_end = other.postings_end
        self.positions_start = other.positions_start
        self.positions_end = other.positions_end

    def _enter(self, block: int) -> None:
        self._block = block
        if self._guard is not None:
            self._check(block)
        self._at = self._offsets[block]
        self._left = min(BLOCK_TERMS, self._num_terms - block * BLOCK_TERMS)
        if self._left <= 0:
            raise _damaged()
        self.term = b""
        self.postings_end = self._varint()
        self.positions_end = self._varint()

    def _check(self, block: int) -> None:
        """See to it that a block and its offset are right before they are read."""
        last = len(self._offsets) - 1
        page = self._first_offset_page
        self._check_pages(page + (4 * block >> self._page_bits), page + (4 * min(block + 1, last) >> self._page_bits))
        start = self._offsets[block]
        end = self._offsets[block + 1] if block < last else len(self._blocks)
        if start > end or end > len(self._blocks):
            raise _damaged()
        page = self._first_block_page
        self._check_pages(page + (start >> self._page_bits), page + (end - 1 >> self._page_bits))

    def _check_pages(self, first: int, last: int) -> None:
        for page in range(first, last + 1):
            if self._seen[page] == 0:
                self._verify(page, page + 1)

    def _varint(self) -> int:
        at = self._at
        value = 0
        shift = 0
        while True:
            if at >= len(self._blocks) or shift > 49:  # 2**56: sums of these stay below 2**63
                raise _damaged()
            byte = self._blocks[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
        self._at = at
        return value


def _damaged() -> ValueError:
    return ValueError("damaged term dictionary")
