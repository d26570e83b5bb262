# ruff: noqa: SLF001 - tables of words see into one another
"""Tables of words that are made beside one another and then become one.

Each thread numbers the words it meets in a table of its own. Then each takes the words of all tables whose hashes are
in its *shard*, and numbers these: of n shards, the word k of shard s is number ``n * k + s`` of all. Words that are met
early, which the frequent ones are, keep low numbers, as memory likes it. Shards are not quite equally large, so some
numbers stand for empty words that nobody has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

from searchkit._core import actions as act
from searchkit._core import scan
from searchkit._core.buffers import room, uint32s
from searchkit._core.scan import Scanner, hash_word

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from searchkit._core.buffers import Bytes, WritableUint32s
    from searchkit._core.skeleton import Skeletons

# typed in tables.pxd.
_SEPARATOR = act.SEPARATOR
_TABLE_SIZE = act.TABLE_SIZE
_PAD = scan.PAD
_BATCH = scan.BATCH
_BLOCK = 0x600  # the letters of the lexicon
_CHUNK = 1 << 14  # code points of words that are folded together


class WordTable(Scanner):
    """Numbers words of other tables: as they are, or folded."""

    def __init__(self, actions: array[int], classify: Callable[[int], int], expansions: Sequence[str]) -> None:
        """Make an empty table; see ``Scanner``."""
        super().__init__(actions, classify, expansions)
        self._origins = uint32s(_BATCH)  # of the words that are waiting to be numbered
        self._found = uint32s(_BATCH)
        self._starts = uint32s(0)
        self._stops = uint32s(0)

    def adopt(self, other: Scanner, start: int, shard: int, shards: int, numbers: WritableUint32s) -> int:
        """Number those words of another scanner that are in a shard, by their hashes, and return how many they are.

        Other threads run meanwhile.

        Args:
            other: what knows the words.
            start: the first word to look at.
            shard: which.
            shards: how many there are, up to 256.
            numbers: uint32[>= other.num_types], receives for each of the words ``shards * number here + shard``.
        """
        count = 0
        with cython.nogil:
            waiting = 0
            base = 0
            for word in range(start, other.num_types):
                first = other._firsts[word]
                size = other._lengths[word]
                hash_ = hash_word(other._wide_arena, first >> 2, size)
                if (hash_ >> 24) * shards >> 8 != shard:  # not of the lower bits, which say where in a table
                    continue
                while base + size + 2 * _PAD >= len(self._letters):
                    self._grow_letters()
                for i in range((size + _PAD - 1) >> 2 & -2):
                    self._wide_letters[(base >> 2) + i] = other._wide_arena[(first >> 2) + i]
                self._offsets[waiting] = base
                self._sizes[waiting] = size
                self._origins[waiting] = word
                base += size + _PAD - 1 & -_PAD
                waiting += 1
                count += 1
                if waiting == _BATCH:
                    self._put_adopted(waiting, shard, shards, numbers)
                    waiting = 0
                    base = 0
            self._put_adopted(waiting, shard, shards, numbers)
        return count

    def _put_adopted(self, count: int, shard: int, shards: int, numbers: WritableUint32s) -> int:
        self._intern_all(self._found, 0, count)
        for i in range(count):
            numbers[self._origins[i]] = self._found[i] * shards + shard
        return 0

    def take_shard(self, other: Scanner, shard: int, shards: int, base: int) -> None:
        """Copy the words of a scanner that adopted a shard to where this one, made by ``make_room``, has them.

        Args:
            other: what knows the words.
            shard: which.
            shards: how many there are.
            base: where in the arena to.
        """
        with cython.nogil:
            for i in range(other._arena_end >> 2):
                self._wide_arena[(base >> 2) + i] = other._wide_arena[i]
            for word in range(other.num_types):
                self._firsts[word * shards + shard] = base + other._firsts[word]
                self._lengths[word * shards + shard] = other._lengths[word]

    def make_room(self, num_types: int, units: int) -> None:
        """Have so many words, all empty, with room for their letters; it can find none of them then.

        Args:
            num_types: how many.
            units: of UTF-16, a multiple of ``_PAD``.
        """
        self._set_arena(room(max(2 * units, 2 * _PAD), "B"))
        self._arena_end = units
        self._firsts = room(num_types)
        self._lengths = room(num_types)
        self.num_types = num_types

    def scan_words(
        self,
        words: Scanner,
        wanted: Bytes,
        start: int,
        end: int,
        types: WritableUint32s,
        ends: WritableUint32s,
    ) -> int:
        """Fold words of another scanner and return the number of their tokens; other threads run meanwhile.

        Args:
            words: what knows the words; none of its tokens may go on after the end of a word.
            wanted: uint8[> end], 0 for those to leave out.
            start: of the words.
            end: of the words.
            types: uint32[>= letters of these words], receives the number of each token's type.
            ends: uint32[>= end], receives for each of these words where in ``types`` its tokens end.
        """
        total = 0
        word = start
        with cython.nogil:
            while word < end:
                first = word
                size = 0
                while word < end and size < _CHUNK:
                    if wanted[word]:
                        size = self._read_word(words, word, size)
                    ends[word] = size
                    word += 1
                self._read[size] = _SEPARATOR
                count = self._scan(size, types, total, self._starts, self._stops)
                token = 0
                for i in range(first, word):
                    while token < count and self._starts[token] < ends[i]:
                        token += 1
                    ends[i] = total + token
                total += count
        return total

    def _read_word(self, words: Scanner, word: int, at: int) -> int:
        """Put the actions of a word of another scanner into ``_read``, and a separator; return where that ends."""
        i = words._firsts[word]
        end = i + words._lengths[word]
        if at + words._lengths[word] + 2 * _PAD >= len(self._read) or len(self._starts) < len(self._read):
            self._grow_read(at + words._lengths[word] + 2 * _PAD)
        while i < end:
            code = words._arena[i]
            i += 1
            if code >> 10 == 0x36 and i < end and words._arena[i] >> 10 == 0x37:
                code = 0x10000 + ((code & 0x3FF) << 10) + (words._arena[i] & 0x3FF)
                i += 1
            action = self._actions[code] if code < _TABLE_SIZE else 0
            self._read[at] = action or self._learn(code)
            at += 1
        self._read[at] = _SEPARATOR
        return at + 1

    def _grow_read(self, size: int) -> int:
        """Make room for so many code points."""
        read = uint32s(max(2 * size, 2 * _CHUNK))
        for i in range(min(len(read), len(self._read))):
            read[i] = self._read[i]
        self._read = read
        self._starts = uint32s(len(read))
        self._stops = uint32s(len(read))
        return 0

    def number_of(self, words: Scanner, word: int, skip: int) -> int:
        """Return the number of a word of another scanner without its first letters, a new one if it is new."""
        size = words._lengths[word] - skip
        self._take(words._arena, words._firsts[word] + skip, size)
        return self._intern(0, size, hash_word(self._wide_letters, 0, size))

    def number_text(self, texts: Bytes, start: int, size: int) -> int:
        """Return the number of a text that is kept as the low bytes of code points of the Arabic block."""
        self._make_place(size)
        for i in range(size):
            self._letters[i] = _BLOCK | texts[start + i]
        return self._intern(0, size, hash_word(self._wide_letters, 0, size))

    def number_key(self, skeletons: Skeletons, words: Scanner, word: int, buffer: array[int]) -> int:
        """Return the number of the key of a word, a new one if it is new; -1 if the word has none.

        Args:
            skeletons: makes keys.
            words: what knows the word.
            word: which.
            buffer: uint16[ROOM], to work in.
        """
        size = skeletons.make(words._arena, words._firsts[word], words._lengths[word], buffer)
        if not size:
            return -1
        self._take(buffer, 0, size)
        return self._intern(0, size, hash_word(self._wide_letters, 0, size))

    def find(self, words: Scanner, word: int) -> int:
        """Return the number of a word of another scanner; -1 if it is not here."""
        size = words._lengths[word]
        first = words._firsts[word] >> 2
        hash_ = hash_word(words._wide_arena, first, size)
        mask = len(self._slots) - 1
        slot = 4 * hash_ & mask
        while self._slots[slot + 1]:
            if self._slots[slot] == hash_ and self._slots[slot + 3] == size:
                own = self._slots[slot + 2] >> 2
                differences = 0
                for i in range((size + _PAD - 1) >> 2 & -2):
                    differences |= self._wide_arena[own + i] ^ words._wide_arena[first + i]
                if not differences:
                    return self._slots[slot + 1] - 1
            slot = (slot + 4) & mask
        return -1

    def _take(self, units: array[int] | memoryview, first: int, size: int) -> int:
        """Put a word where ``_intern`` looks."""
        self._make_place(size)
        for i in range(size):
            self._letters[i] = units[first + i]
        return 0

    def _make_place(self, size: int) -> int:
        """Make room for a word, and pad it."""
        while size + 2 * _PAD >= len(self._letters):
            self._grow_letters()
        for i in range(size, size + _PAD):
            self._letters[i] = 0
        return 0
