"""Look-up in a sorted term dictionary.

The dictionary is a run of blocks of up to 32 terms. Four buffers hold it:

- *terms*: a term is the varint number of leading bytes it shares with the term before it in the block (0 for the
  first), the varint number of further bytes, and these bytes;
- *counts*: a block is two varints, where its first term's postings and positions begin, and then for each term the
  varint ``df << 1 | repeated``, if it is repeated within documents the varint occurrences - df, the varint number of
  bytes of its postings, and if it is repeated that of its positions: they are those after the first of a document;
- *offsets*: two uint32 for each block, where it begins in terms and in counts;
- *heads*: a uint64 for each block, the beginning of its first term as a number, see ``head``.

A fifth, *tops*, may say the largest df of each block, a uint32; who looks for the most frequent terms passes by blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes, Uint32s

BLOCK_TERMS = 32

_BLOCK_TERMS = BLOCK_TERMS
_PAGE_BITS = 13  # of the pages that are verified


def head(term: bytes) -> int:
    """Return the beginning of a term as a number of 64 bits: where numbers differ, so do terms, in the same order.

    A byte stands for a letter of the Arabic block, a digit or a small Latin letter, so it is eight letters. Other
    bytes of the term share a few numbers, and nothing that follows one of them is told.
    """
    size = len(term)
    value = 0
    at = 0
    room = 8
    while room and at < size:
        room -= 1
        byte = term[at]
        at += 1
        code = 0  # of a letter of its own
        other = 0  # of one of many
        if byte < 0xD8:
            if byte < 0x30:
                other = 1
            elif byte < 0x3A:
                code = byte - 0x30 + 2
            elif byte < 0x61:
                other = 12
            elif byte < 0x7B:
                code = byte - 0x61 + 13
            else:
                other = 39
        elif byte > 0xDA:
            other = 238
        else:
            base = 40 + 66 * (byte - 0xD8)
            if at == size or term[at] < 0x80:
                other = base
            elif term[at] > 0xBF:
                other = base + 65
            else:
                code = base + 1 + term[at] - 0x80
                at += 1
        value = value << 8 | code | other
        if other:
            break
    return value << 8 * room if room < 8 else 0  # C has no shift by 64


class Entry:
    """What a dictionary knows of one term."""

    def __init__(self) -> None:
        """Describe nothing."""
        self.term = b""
        self.df = 0
        self.occurrences = 0
        self.postings_start = 0  # in bytes
        self.postings_end = 0
        self.positions_start = 0
        self.positions_end = 0


class Dictionary:
    """The terms of a field; it never changes, so any number of threads may share it.

    Every method raises ``ValueError`` where it meets damage.
    """

    def __init__(
        self,
        terms: Bytes,
        counts: Bytes,
        offsets: Uint32s,
        heads: Uint32s,
        num_terms: int,
        verify: Callable[[str, int, int], None] | None = None,
        tops: Uint32s | None = None,
        seen: Bytes = b"",
        pages: tuple[int, int] = (0, 0),
    ) -> None:
        """Take the buffers.

        Args:
            terms: uint8[size].
            counts: uint8[size].
            offsets: uint32[2 * number of blocks].
            heads: uint64[number of blocks].
            num_terms: number of terms.
            verify: called with "terms" or "counts", first byte and end, before these bytes are read for the first time.
            tops: uint32[number of blocks]; nothing or empty if they are not known.
            seen: uint8[pages], not 0 for pages of 8 KiB that need not be verified any more; or empty.
            pages: the first of terms and of counts in ``seen``.
        """
        self.terms = terms
        self.counts = counts
        self.offsets = offsets
        self._heads = heads
        self.num_terms = num_terms
        self._blocks = len(heads)
        self.tops = tops if tops is not None else uint32s(0)
        if len(self.tops) not in (0, self._blocks):
            raise _damaged()
        if num_terms < 0 or self._blocks != (num_terms + 31) // 32 or len(offsets) != 2 * self._blocks:
            raise _damaged()
        self._verify = verify
        self._seen = seen
        self._terms_page, self._counts_page = pages
        self._checked = bytearray(self._blocks)  # 1 for each block that need not be verified any more
        if verify is None:
            for block in range(self._blocks):
                self._checked[block] = 1

    def check(self, block: int) -> None:
        """See to it that the bytes of a block are right before they are read."""
        if self._checked[block]:
            return
        for which in range(2):
            start = self.offsets[2 * block + which]
            end = len(self.counts) if which else len(self.terms)
            if block + 1 < self._blocks:
                end = min(end, self.offsets[2 * block + 2 + which])
            page = self._counts_page if which else self._terms_page
            last = page + (end - 1 >> _PAGE_BITS)
            page += start >> _PAGE_BITS
            if last < len(self._seen):  # most blocks lie on pages that the blocks before them lie on
                while page <= last and self._seen[page]:
                    page += 1
                if page > last:
                    continue
            if self._verify is not None:
                self._verify("counts" if which else "terms", start, end)
        self._checked[block] = 1

    def find(self, term: bytes) -> Entry | None:
        """Return what is known of a term; None if it is not there."""
        block = self.block_of(term)
        place = self.place_in(block, term) if block >= 0 else -1
        return self._entry(block, place, term) if place >= 0 else None

    def entries(self, numbers: list[int]) -> list[Entry]:
        """Return what is known of the terms with these numbers; they are numbered from 0 in their order.

        Raises:
            IndexError: there is no term with such a number, or they do not increase.
        """
        found: list[Entry] = []
        term = bytearray(64)  # the current one, and room
        length = 0
        at = 0
        end = len(self.terms)
        now = -1
        for i in range(len(numbers)):
            number = numbers[i]
            if number <= now or number >= self.num_terms:
                raise IndexError(f"no term {number} after {now}: there are {self.num_terms}")
            block = number // _BLOCK_TERMS
            if now < block * _BLOCK_TERMS:
                now = block * _BLOCK_TERMS - 1
                self.check(block)
                at = self.offsets[2 * block]
                length = 0
            while now < number:
                now += 1
                shared = self.term_number(at)
                at = self.past_term_number(at)
                more = self.term_number(at)
                at = self.past_term_number(at)
                if shared > length or more > end - at:
                    raise _damaged()
                length = shared + more
                if length > len(term):
                    term = term + bytearray(length)
                for k in range(more):
                    term[shared + k] = self.terms[at + k]
                at += more
            found.append(self._entry(block, number % _BLOCK_TERMS, bytes(term[:length])))
        return found

    def block_of(self, term: bytes) -> int:
        """Return the last block whose first term is not greater; -1 if there is none."""
        wanted = head(term)
        low = 0
        high = self._blocks
        while low < high:
            middle = (low + high) >> 1
            if self._heads[middle] < wanted or (self._heads[middle] == wanted and self._begins_by(middle, term)):
                low = middle + 1
            else:
                high = middle
        return low - 1

    def block_from(self, term: bytes, first: int) -> int:
        """Return the last block whose first term is not greater, not before ``first``; quick where it is near."""
        wanted = head(term)
        low = first + 1  # all blocks before this one are passed
        step = 1
        high = self._blocks
        while low < high:
            middle = low + step - 1  # ever larger steps first, then halves
            if step == 0 or middle >= high:
                middle = (low + high) >> 1
            if self._heads[middle] < wanted or (self._heads[middle] == wanted and self._begins_by(middle, term)):
                low = middle + 1
                step *= 2
            else:
                high = middle
                step = 0
        return low - 1

    def place_in(self, block: int, term: bytes) -> int:
        """Return the place of a term in a block; if it is not there -1 minus the place of the first greater term."""
        self.check(block)
        at = self.offsets[2 * block]
        end = len(self.terms)
        size = len(term)
        count = min(_BLOCK_TERMS, self.num_terms - block * _BLOCK_TERMS)
        same = 0  # bytes that the term before shares with the wanted one
        for place in range(count):
            if at + 1 < end and (self.terms[at] | self.terms[at + 1]) < 128:  # nearly always: saves four calls
                shared = self.terms[at]
                more = self.terms[at + 1]
                at += 2
            else:
                shared = self.term_number(at)
                at = self.past_term_number(at)
                more = self.term_number(at)
                at = self.past_term_number(at)
            if more > end - at:
                raise _damaged()
            if shared < same:
                return -1 - place
            if shared == same:
                stop = at + more
                i = at
                while i < stop and same < size and self.terms[i] == term[same]:
                    i += 1
                    same += 1
                if same == size:
                    return place if i == stop else -1 - place
                if i < stop and self.terms[i] > term[same]:
                    return -1 - place
            at += more
        return -1 - count

    def _begins_by(self, block: int, term: bytes) -> bool:
        """Tell whether the first term of a block is not greater than this one."""
        self.check(block)
        at = self.offsets[2 * block]
        self.term_number(at)  # which is 0; past what was read, and no other, ends are not checked
        at = self.past_term_number(at)
        more = self.term_number(at)
        at = self.past_term_number(at)
        if more > len(self.terms) - at:
            raise _damaged()
        size = len(term)
        for i in range(min(size, more)):
            if self.terms[at + i] != term[i]:
                return self.terms[at + i] < term[i]
        return more <= size

    def _entry(self, block: int, place: int, term: bytes) -> Entry:
        """Return what is known of the term at this place."""
        at = self.offsets[2 * block + 1]
        postings_end = self.count_number(at)
        at = self.past_count_number(at)
        positions_end = self.count_number(at)
        at = self.past_count_number(at)
        df = occurrences = postings = positions = 0
        end = len(self.counts)
        for _ in range(place + 1):
            if (
                at + 3 < end
                and (self.counts[at] | self.counts[at + 1] | self.counts[at + 2] | self.counts[at + 3]) < 128
            ):
                df = self.counts[at]
                occurrences = df >> 1
                if df & 1:
                    occurrences += self.counts[at + 1]
                    postings = self.counts[at + 2]
                    positions = self.counts[at + 3]
                    at += 4
                else:
                    postings = self.counts[at + 1]
                    positions = 0
                    at += 2
            else:
                df = self.count_number(at)
                at = self.past_count_number(at)
                occurrences = df >> 1
                if df & 1:
                    occurrences += self.count_number(at)
                    at = self.past_count_number(at)
                postings = self.count_number(at)
                at = self.past_count_number(at)
                positions = 0
                if df & 1:
                    positions = self.count_number(at)
                    at = self.past_count_number(at)
            postings_end += postings
            positions_end += positions
        entry = Entry.__new__(Entry)
        entry.term = term
        entry.df = df >> 1
        entry.occurrences = occurrences
        entry.postings_start = postings_end - postings
        entry.postings_end = postings_end
        entry.positions_start = positions_end - positions
        entry.positions_end = positions_end
        return entry

    # A varint is read by two methods, its value and where it ends: a method that returns both returns an object.

    def term_number(self, at: int) -> int:
        if at >= len(self.terms):
            raise _damaged()
        value = self.terms[at]
        if value > 127:
            value &= 127
            shift = 7
            while True:
                at += 1
                if at >= len(self.terms) or shift > 49:  # 2**56: sums of these stay below 2**63
                    raise _damaged()
                byte = self.terms[at]
                value |= (byte & 127) << shift
                if byte < 128:
                    break
                shift += 7
        return value

    def past_term_number(self, at: int) -> int:
        """Return where the varint ends, which has been read."""
        while self.terms[at] > 127:
            at += 1
        return at + 1

    def count_number(self, at: int) -> int:
        if at >= len(self.counts):
            raise _damaged()
        value = self.counts[at]
        if value > 127:
            value &= 127
            shift = 7
            while True:
                at += 1
                if at >= len(self.counts) or shift > 49:
                    raise _damaged()
                byte = self.counts[at]
                value |= (byte & 127) << shift
                if byte < 128:
                    break
                shift += 7
        return value

    def past_count_number(self, at: int) -> int:
        while self.counts[at] > 127:
            at += 1
        return at + 1


class TermCursor:
    """Walks a dictionary in order: after ``seek`` or ``next`` the fields describe the current term."""

    def __init__(self, dictionary: Dictionary) -> None:
        """Stand before the first term."""
        self._dictionary = dictionary
        self._number = -1
        self._at = 0  # in terms and counts, where the next entry begins
        self._count_at = 0
        self.term = b""
        self.df = 0
        self.occurrences = 0
        self.postings_start = 0
        self.postings_end = 0
        self.positions_start = 0
        self.positions_end = 0

    def seek(self, term: bytes) -> bool:
        """Go to the first term that is not smaller; return whether there is one."""
        dictionary = self._dictionary
        block = dictionary.block_of(term)
        if block < 0:
            self._number = -1
            return self.next()
        place = dictionary.place_in(block, term)
        if place < 0:
            place = -1 - place
        self._enter(block)
        for _ in range(place):
            self.next()
        return self.next()

    def find(self, term: bytes) -> bool:
        """Go to this term; return whether it is there."""
        return self.seek(term) and self.term == term

    def next(self) -> bool:
        """Go to the following term; return whether there is one."""
        dictionary = self._dictionary
        if self._number + 1 >= dictionary.num_terms:
            return False
        if (self._number + 1) % _BLOCK_TERMS == 0:
            self._enter((self._number + 1) // _BLOCK_TERMS)
        at = self._at
        shared = dictionary.term_number(at)
        at = dictionary.past_term_number(at)
        more = dictionary.term_number(at)
        at = dictionary.past_term_number(at)
        if shared > len(self.term) or more > len(dictionary.terms) - at:
            raise _damaged()
        self.term = self.term[:shared] + bytes(dictionary.terms[at : at + more])
        self._at = at + more
        df = self._count()
        self.df = df >> 1
        self.occurrences = self.df
        if df & 1:
            self.occurrences += self._count()
        self.postings_start = self.postings_end
        self.postings_end += self._count()
        self.positions_start = self.positions_end
        if df & 1:
            self.positions_end += self._count()
        self._number += 1
        return True

    def copy(self) -> TermCursor:
        """Return a cursor that stands on the same term."""
        other = TermCursor(self._dictionary)
        other._number = self._number
        other._at = self._at
        other._count_at = self._count_at
        other.term = self.term
        other.df = self.df
        other.occurrences = self.occurrences
        other.postings_start = self.postings_start
        other.postings_end = self.postings_end
        other.positions_start = self.positions_start
        other.positions_end = self.positions_end
        return other

    def _enter(self, block: int) -> None:
        """Stand before the first term of a block."""
        dictionary = self._dictionary
        dictionary.check(block)
        self._number = block * _BLOCK_TERMS - 1
        self._at = dictionary.offsets[2 * block]
        self._count_at = dictionary.offsets[2 * block + 1]
        self.term = b""
        self.postings_end = self._count()
        self.positions_end = self._count()

    def _count(self) -> int:
        value = self._dictionary.count_number(self._count_at)
        self._count_at = self._dictionary.past_count_number(self._count_at)
        return value


def _damaged() -> ValueError:
    return ValueError("damaged term dictionary")
