"""Texts to pieces, some at a time, so that several threads may do it.

Batches of texts go to the threads in turn. Each has a cutter of its own; when all is cut, their tables become one
(``segment/union.py``). So the log has the texts in the order in which they came, whoever was faster.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from searchkit._core.buffers import room, uint32s
from searchkit._core.cut import gather
from searchkit._core.dense import JSON_END, TEXT_END
from searchkit.arabic.folding import new_cutter
from searchkit.segment.crew import Crew
from searchkit.segment.union import Sample, unite

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit._core.buffers import Bytes, Uint32s
    from searchkit._core.scan import Scanner

_BATCH = 1 << 14  # code points that are cut at a time
_BATCH_OF_THREAD = 1 << 20  # ... by another thread: to wait for the interpreter takes up to 5 ms
_BATCH_TEXTS = 1 << 15
_BYTES_PER_WAITING = 3  # code point
_FIRST_ROOM = 1 << 14  # numbers that a hand has room for ...
_ROOM = 1 << 22  # ... and later, before it needs more


class _Batch:
    """Texts that are cut together."""

    def __init__(self, first: int, texts: list[str], kinds: Bytes, hand: int) -> None:
        self.first = first  # text
        self.texts = texts
        self.kinds = kinds
        self.size = sum(map(len, texts))  # code points
        self.hand = hand
        self.log: memoryview = memoryview(b"")  # its pieces, as the hand numbers them
        self.spans = uint32s(0)


class _Hand:
    """A cutter with its room to work; cuts one batch at a time."""

    def __init__(self) -> None:
        self.cutter = new_cutter()
        for number, name in ((TEXT_END, "\0text"), (JSON_END, "\0json")):  # no piece: a cut would part the two
            if self.cutter.number(name) != number:
                raise AssertionError(name)  # it numbers what it meets from 0
        self._room = room(0)
        self._at = 0

    def cut(self, batch: _Batch) -> None:
        """Put the pieces into the batch's ``log``."""
        most = batch.size + 2 * len(batch.texts)
        if self._at + most > len(self._room):  # what is not used of it was never touched
            self._room, self._at = room(max(most, min(_ROOM, 2 * len(self._room)), _FIRST_ROOM)), 0
        batch.spans = uint32s(2 * len(batch.texts))
        log = self._room[self._at :]
        count = self.cutter.cut(batch.texts, batch.kinds, log, batch.spans)
        batch.log = log[:count]
        batch.texts = []
        self._at += count


class PieceLog:
    """The numbers of all pieces, text after text."""

    def __init__(self, crew: Crew | None = None) -> None:
        """Begin; the crew cuts."""
        self.pieces: Uint32s = uint32s(0)
        self.spans: Uint32s = uint32s(0)  # text t, when all is cut, is pieces[spans[2 * t]:spans[2 * t + 1]]
        self.words: Scanner  # knows the pieces when all is cut
        self.marks: Bytes = b""  # of each, when all is cut, whether it is a word: see ``Cutter.mark_words``
        self.num_texts = 0
        self._crew = crew or Crew()
        self._hands = [_Hand() for _ in range(self._crew.threads)]
        self._texts: list[str] = []  # that nobody has begun to cut
        self._kinds = bytearray()
        self._waiting = 0  # code points of these
        self._cutting: deque[tuple[_Batch, Callable[[], None]]] = deque()
        self._cut: list[_Batch] = []
        self._size = self._size_cut = 0  # code points of all texts, and of those that are cut
        self._num_pieces = 0
        self._sample = Sample()

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        return (
            4 * self._num_pieces
            + 8 * self.num_texts
            + _BYTES_PER_WAITING * (self._size - self._size_cut)
            + sum(hand.cutter.size() for hand in self._hands)
        )

    @property
    def share_cut(self) -> float:
        """The share of the texts that is cut, by code points."""
        return self._size_cut / self._size if self._size_cut else 1.0

    @property
    def num_pieces(self) -> int:
        """Number of pieces of the texts that are cut."""
        return self._num_pieces

    @property
    def num_types(self) -> int:
        """About the number of distinct pieces."""
        return int(self._sample.share * sum(hand.cutter.num_types for hand in self._hands))

    @property
    def num_units(self) -> int:
        """About the number of UTF-16 units of the distinct pieces."""
        return int(self._sample.share * sum(hand.cutter.arena_size for hand in self._hands))

    def add_all(self, texts: list[str], kinds: Bytes) -> int:
        """Append texts, each of one of the kinds that ``searchkit._core.cut`` names; return the number of the first."""
        self._texts += texts
        self._kinds += kinds
        size = sum(map(len, texts))
        self._waiting += size
        self._size += size
        first = self.num_texts
        self.num_texts += len(texts)
        return first

    def cut_waiting(self) -> bool:
        """Begin to cut what is waiting, and return whether there is enough of it."""
        batch = _BATCH if len(self._hands) == 1 else _BATCH_OF_THREAD
        if self._waiting >= batch or len(self._texts) >= _BATCH_TEXTS:
            self._cut_all(1)
            return True
        return False

    def finish(self) -> None:
        """Cut everything and wait for the end; nothing may be added then."""
        if not self._hands:
            return
        self._wait()
        ((self.words, numbers),) = unite([[hand.cutter for hand in self._hands]], self._crew, fixed=2)
        self.pieces, self.spans = room(self._num_pieces), room(2 * self.num_texts)
        batches, starts, at = self._cut, list[int](), 0
        for batch in batches:
            starts.append(at)
            at += len(batch.log)

        def take(number: int) -> None:
            batch = batches[number]
            gather(
                batch.log, numbers[batch.hand], self.pieces, starts[number], batch.spans, self.spans, 2 * batch.first
            )

        self._crew.all(take, len(batches))
        marks = bytearray(self.words.num_types)
        self._hands[0].cutter.mark_words(self.words, marks)
        self.marks = marks
        self._cut = []
        self._hands = self._hands[:0]

    def _wait(self) -> None:
        """Cut everything, and wait for the end."""
        self._cut_all(len(self._hands))
        while self._cutting:
            self._take()

    def _cut_all(self, parts: int) -> None:
        """Begin to cut what is waiting, in so many batches."""
        texts, kinds = self._texts, self._kinds
        self._texts, self._kinds, self._waiting = [], bytearray(), 0
        first = self.num_texts - len(texts)
        for part in range(parts):
            begin, end = len(texts) * part // parts, len(texts) * (part + 1) // parts
            if begin < end:
                self._cut_next(first + begin, texts[begin:end], kinds[begin:end])

    def _cut_next(self, first: int, texts: list[str], kinds: bytearray) -> None:
        if len(self._cutting) == len(self._hands):
            self._take()
        number = (len(self._cut) + len(self._cutting)) % len(self._hands)
        batch, hand = _Batch(first, texts, kinds, number), self._hands[number]
        self._cutting.append((batch, self._crew.begin(lambda: hand.cut(batch))))

    def _take(self) -> None:
        """Wait for the first batch."""
        batch, finish = self._cutting.popleft()
        finish()
        self._num_pieces += len(batch.log)
        self._size_cut += batch.size
        self._cut.append(batch)
        if len(self._hands) > 1:
            self._sample.add(batch.hand, self._hands[batch.hand].cutter)  # which cuts nothing now
