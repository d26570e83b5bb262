"""Look-up in the lexicon: every way to cut a word into prefix, stem and suffix, and the cheapest of them.

The lexicon is one read-only buffer, laid out by ``searchkit.arabic.compile.lexicon``. A stem stands in it under
its hash, with one record for each lemma it may belong to. A record names the slots of the paradigm its stem can
fill, as a 64-bit mask; so does every prefix and suffix, and the three go together when they have a slot in common.
Costs add up: they are ``-log2`` probabilities in sixteenths.
"""

from __future__ import annotations

from array import array
from codecs import charmap_decode
from typing import TYPE_CHECKING, Any

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

if TYPE_CHECKING:
    from searchkit._core.buffers import Int64s, Uint32s

MAGIC = 0x584C4B53  # "SKLX" read as little-endian uint32
FORMAT = 1
SECTIONS = 12
SURE = 1 << 63  # in the mask of a prefix: nothing but a definite noun starts like this

DECIDED = 0xFFF  # in place of a class: this is a whole word, and this entry its reading

_SURE = SURE
_DECIDED = DECIDED
_BLOCK = 0x600  # texts are stored as the low bytes of code points of the Arabic block
_LETTERS: Any = "".join([chr(_BLOCK + low) for low in range(256)])
_FIRST = 0x620  # the letters of affixes are numbered from here
_NUM_LETTERS = 64
_FNV_BASIS = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3
_UINT64 = 0xFFFFFFFFFFFFFFFF
_UINT32 = 0xFFFFFFFF
_ZEROS = array("q", (0,))
_NO_LETTERS = array("I", (0,))
CHOSEN = 5
_CHOSEN = CHOSEN
_LONGEST = 48  # code points; longer words are not looked up
# An unknown word of n letters is as probable as 2 ** -(10 + 3.6 n): a reading less probable than that is far-fetched.
_WORD_COST = 160
_LETTER_COST = 58
_NO_COST = 1 << 30
_KINDS = 16
_PARTICLE = 4  # kinds of entries, see compile.stems
_PLURAL = 6
_SHORTEST_REST = 3  # letters after a sure prefix of an unknown word


def stem_hash(stem: str) -> int:
    """Return the 64-bit FNV-1a hash of a stem, a step for each code point."""
    value = _FNV_BASIS
    for at in range(len(stem)):
        value = ((value ^ ord(stem[at])) * _FNV_PRIME) & _UINT64
    return value


class Lexicon:
    """The stems, affixes and dictionary entries in one buffer; safe to share between threads."""

    def __init__(self, data: memoryview) -> None:
        """Take a buffer of ``MAGIC``, ``FORMAT``, section bounds and sections; the caller has checked the head.

        The release build does not check what the sections hold.
        """
        bounds = data[: 4 * (3 + SECTIONS)].cast("I")
        parts = [data[bounds[2 + i] : bounds[3 + i]] for i in range(SECTIONS)]
        self._prefix_next = parts[0].cast("H")  # uint16[nodes, 64]: trie of prefixes, first letter first
        self._prefix_masks = parts[1].cast("Q")  # uint64[nodes], 0 = not a prefix
        self._prefix_costs = parts[2].cast("H")  # uint16[nodes, 16], by kind
        self._suffix_next = parts[3].cast("H")  # trie of suffixes, last letter first
        self._suffix_masks = parts[4].cast("Q")
        self._suffix_costs = parts[5].cast("H")
        self._class_masks = parts[6].cast("Q")  # uint64[classes]
        self._table = parts[7].cast("I")  # uint32[capacity, 2]: high half of the hash, first record + 1
        self._records = parts[8].cast("I")  # uint32[n, 2]: entry; class, cost and end mark in 12, 19 and 1 bits;
        self._entries = parts[9].cast("I")  # uint32[n, 3]: lemma; vocalised; root and kind; places in the texts
        self._roots = parts[10].cast("I")  # uint32[n]: places in the texts
        self._texts = parts[11]
        self.texts = parts[11]
        """uint8[...], the low bytes of code points of the Arabic block."""
        self._slots = len(self._table) // 2
        self._found: dict[int, str] = {}  # texts asked for before: far fewer than words, and shared by them

    def text(self, place: int) -> str:
        """Return the text at a place: offset in the upper 24 bits, length in the lower 8."""
        found: str | None = self._found.get(place)
        if found is None:
            start = place >> 8
            found = charmap_decode(self._texts[start : start + (place & 255)], "strict", _LETTERS)[0]
            self._found[place] = found
        return found

    def analyze(self, word: str, margin: int, plural_margin: int) -> tuple[str, str, str, str, int, int, int]:
        """Return lemma, second lemma, root, vocalised entry, kind of entry (-1 = none) and lengths of the affixes.

        Args:
            word: folded.
            margin: how much more the second lemma may cost, in sixteenths of a bit.
            plural_margin: the same where the second reading is a broken plural.
        """
        found = _ZEROS * CHOSEN
        self.choose(word, margin, plural_margin, found)
        best, other, kind, start, tail = found
        if best < 0:
            return (word[start:], "", "", "", -1, start, 0)
        lemma = self.lemma(best)
        second = self.lemma(other) if other >= 0 else ""
        return (
            lemma,
            second if second != lemma else "",  # two entries, of one lemma in another spelling
            self.root(self.root_of(best)),
            self.text(self._entries[3 * best + 1]),
            kind,
            start,
            tail,
        )

    def sizes(self) -> tuple[int, int]:
        """Return the number of entries and of roots."""
        return len(self._entries) // 3, len(self._roots)

    def lemma(self, entry: int) -> str:
        """Return the lemma of an entry."""
        return self.text(self._entries[3 * entry])

    def lemma_text(self, entry: int) -> int:
        """Return where the lemma of an entry is in ``texts``: offset in the upper 24 bits, length in the lower 8."""
        return self._entries[3 * entry]

    def root_text(self, number: int) -> int:
        """Return where a root is, the same way."""
        return self._roots[number]

    def root_of(self, entry: int) -> int:
        """Return the number of the root of an entry."""
        return self._entries[3 * entry + 2] >> 4

    def root(self, number: int) -> str:
        """Return a root."""
        return self.text(self._roots[number])

    def choose(self, word: str, margin: int, plural_margin: int, found: array[int]) -> None:
        """Choose the entries of a word; see ``analyze``.

        Args:
            word: folded.
            margin: how much more the second lemma may cost, in sixteenths of a bit.
            plural_margin: the same where the second reading is a broken plural.
            found: int64[CHOSEN], receives the entry and the second one, -1 for none, the kind of entry, and the lengths
                of the affixes.
        """
        letters = _NO_LETTERS * _LONGEST
        size = len(word)
        for i in range(min(size, _LONGEST)):
            letters[i] = ord(word[i])
        self._choose(letters, size, margin, plural_margin, found, 0)

    def choose_all(
        self,
        units: memoryview,
        firsts: Uint32s,
        lengths: Uint32s,
        start: int,
        end: int,
        margin: int,
        plural_margin: int,
        found: Int64s,
    ) -> None:
        """Choose the entries of words; other threads run meanwhile.

        Args:
            units: uint16[...], of all words.
            firsts: uint32[>= end], where each begins.
            lengths: uint32[>= end].
            start: of the words.
            end: of the words.
            margin: as for ``choose``.
            plural_margin: the same.
            found: int64[>= CHOSEN * (end - start)], receives what ``choose`` gives for each.
        """
        letters = _NO_LETTERS * (_LONGEST + 1)
        with cython.nogil:
            for word in range(start, end):
                size = 0
                i = firsts[word]
                stop = i + lengths[word]
                while i < stop and size <= _LONGEST:
                    code = units[i]
                    i += 1
                    if code >> 10 == 0x36 and i < stop and units[i] >> 10 == 0x37:
                        code = 0x10000 + ((code & 0x3FF) << 10) + (units[i] & 0x3FF)
                        i += 1
                    letters[size] = code
                    size += 1
                self._choose(letters, size, margin, plural_margin, found, _CHOSEN * (word - start))

    def _choose(self, word: array[int], size: int, margin: int, plural_margin: int, found: Int64s, place: int) -> None:
        found[place] = found[place + 1] = found[place + 2] = -1
        found[place + 3] = found[place + 4] = 0
        if size < 2 or size > _LONGEST:
            return
        ends = self._suffix_ends(word, size)
        best_cost = second_cost = _NO_COST
        best = second = -1
        best_start = best_end = 0
        best_lemma = 0
        decided = -1
        affixes = 0
        before = 0
        start = 0
        sure = 0
        while start < size:
            before_mask = self._prefix_masks[before]
            if before_mask:
                if before_mask & _SURE and size - start >= _SHORTEST_REST:
                    sure = start
                value = _FNV_BASIS
                end = start
                while end < size:
                    value = ((value ^ word[end]) * _FNV_PRIME) & _UINT64
                    end += 1
                    if not ends >> end & 1:
                        continue
                    record = self._find(value)
                    if record < 0:
                        continue
                    after = self._suffix_node(word, end, size)
                    both = before_mask & self._suffix_masks[after]
                    more = True
                    while more:
                        entry = self._records[2 * record]
                        packed = self._records[2 * record + 1]
                        more = not packed & 1
                        record += 1
                        if packed >> 20 == _DECIDED:
                            if start == 0 and end == size:
                                decided = entry
                                affixes = packed >> 1 & 0x7FFFF
                            continue
                        if not both & self._class_masks[packed >> 20]:
                            continue
                        kind = self._entries[3 * entry + 2] & 15
                        cost = (
                            (packed >> 1 & 0x7FFFF)
                            + self._prefix_costs[_KINDS * before + kind]
                            + self._suffix_costs[_KINDS * after + kind]
                        )
                        lemma = self._entries[3 * entry]
                        if cost < best_cost:
                            if lemma != best_lemma:
                                second, second_cost = best, best_cost
                            best, best_cost, best_lemma = entry, cost, lemma
                            best_start, best_end = start, end
                        elif cost < second_cost and lemma != best_lemma:
                            second, second_cost = entry, cost
            letter = word[start] - _FIRST
            if letter < 0 or letter >= _NUM_LETTERS:
                break
            before = self._prefix_next[_NUM_LETTERS * before + letter]
            if before == 0:
                break
            start += 1
        if decided >= 0:
            second, second_cost = (-1 if affixes & 1 else best), best_cost
            best = decided
            best_start, best_end = affixes >> 7, size - (affixes >> 1 & 63)
        affixes = 0 if decided >= 0 else size - (best_end - best_start)
        if best < 0 or (affixes > 1 and best_cost > _WORD_COST + _LETTER_COST * size):
            found[place + 3] = sure
            return
        best_kind = self._entries[3 * best + 2] & 15
        if second >= 0 and best_kind != _PARTICLE:
            kind = self._entries[3 * second + 2] & 15
            if second_cost - best_cost <= (plural_margin if kind == _PLURAL else margin):
                found[place + 1] = second
        found[place] = best
        found[place + 2] = best_kind
        found[place + 3] = best_start
        found[place + 4] = size - best_end

    def _suffix_ends(self, word: array[int], size: int) -> int:
        """Return a mask of the places in ``word`` where a suffix may start."""
        one = 1  # as wide as the mask: a C literal would lose the places above 31
        ends = one << size
        node = 0
        at = size
        while at > 1:
            letter = word[at - 1] - _FIRST
            if letter < 0 or letter >= _NUM_LETTERS:
                break
            node = self._suffix_next[_NUM_LETTERS * node + letter]
            if node == 0:
                break
            at -= 1
            if self._suffix_masks[node]:
                ends |= one << at
        return ends

    def _suffix_node(self, word: array[int], end: int, size: int) -> int:
        """Return the node of the suffix that starts at ``end``."""
        node = 0
        at = size
        while at > end:
            at -= 1
            node = self._suffix_next[_NUM_LETTERS * node + word[at] - _FIRST]
        return node

    def _find(self, value: int) -> int:
        """Return the first record of the stem with this hash, -1 when there is none."""
        high = value >> 32
        slot = (value & _UINT32) % self._slots
        first = self._table[2 * slot + 1]
        while first:
            if self._table[2 * slot] == high:
                return first - 1
            slot += 1
            if slot == self._slots:
                slot = 0
            first = self._table[2 * slot + 1]
        return -1
