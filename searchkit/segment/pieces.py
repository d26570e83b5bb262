"""Texts to pieces, some at a time, so that several threads may do it.

Batches of texts go to the threads in turn. Each has a cutter of its own; when all is cut, the numbers of all others
become those of the first. So the log has the texts in the order in which they came, whoever was faster.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from searchkit._core.buffers import uint32s
from searchkit._core.cut import shift, translate
from searchkit._core.dense import JSON_END, TEXT_END
from searchkit.arabic.folding import new_cutter
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit._core.cut import Cutter

_BATCH = 1 << 14  # code points that are cut at a time
_BATCH_OF_THREAD = 1 << 20  # ... by another thread: to wait for the interpreter takes up to 5 ms
_BATCH_TEXTS = 1 << 15
_BYTES_PER_WAITING = 4  # code points

Begin = Callable[[Callable[[], None]], Callable[[], None]]
"""Begins work, and returns what waits for its end."""


def at_once(work: Callable[[], None]) -> Callable[[], None]:
    """Do the work."""
    work()
    return _nothing


def _nothing() -> None:
    pass


class _Batch:
    """Texts that are cut together."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.kinds = bytearray()
        self.size = 0  # code points
        self.units = memoryview(b"")  # UTF-16 of all texts
        self.ends = uint32s(0)  # of each text
        self.log = memoryview(b"")  # good until the same hand cuts the next batch
        self.spans = uint32s(0)

    def close(self) -> None:
        """Encode the texts: by who has the interpreter anyway, as another thread would have to wait for it."""
        whole = "".join(self.texts)
        encoded = whole.encode("utf-16-le", "surrogatepass")
        if len(encoded) == 2 * len(whole):
            self.ends = array("I", accumulate(map(len, self.texts)))
        else:  # there are characters of two units
            sizes = (len(text.encode("utf-16-le", "surrogatepass")) >> 1 for text in self.texts)
            self.ends = array("I", accumulate(sizes))
        self.texts = []
        self.units = memoryview(encoded).cast("H")


class _Hand:
    """A cutter with its room to work; cuts one batch at a time."""

    def __init__(self) -> None:
        self.cutter = new_cutter()
        for number, name in ((TEXT_END, "\0text"), (JSON_END, "\0json")):  # no piece: a cut would part the two
            assert self.cutter.number(name) == number  # noqa: S101
        self._words = uint32s(0)

    def cut(self, batch: _Batch) -> None:
        """Put the pieces into the batch's ``log``."""
        size, texts = len(batch.units), len(batch.ends)
        if len(self._words) < size + 2 * texts:
            self._words = uint32s(size + size // 4 + 2 * texts)
        batch.spans = uint32s(2 * texts)
        count = self.cutter.cut(batch.units, batch.ends, batch.kinds, self._words, batch.spans)
        batch.units = memoryview(b"")
        batch.log = memoryview(self._words).cast("B")[: 4 * count]


class _Cut(NamedTuple):
    """A batch that is being cut."""

    batch: _Batch
    hand: int
    finish: Callable[[], None]


class PieceLog:
    """The numbers of all pieces, text after text."""

    def __init__(self, begin: Begin = at_once, threads: int = 1) -> None:
        """Begin.

        Args:
            begin: begins work, and returns what waits for its end.
            threads: how many pieces of work to begin at once.
        """
        self.pieces: array[int] = uint32s(0)
        self.spans = uint32s(0)  # text t, when all is cut, is pieces[spans[2 * t]:spans[2 * t + 1]]
        self.num_texts = 0
        self._hands = [_Hand() for _ in range(threads)]
        self._begin = begin
        self._waiting = _Batch()
        self._cutting: deque[_Cut] = deque()
        self._next = 0  # hand
        self._foreign: list[tuple[int, int, int]] = []  # hand, start and end of what is not numbered by the first

    @property
    def cutter(self) -> Cutter:
        """What knows the pieces when all is cut."""
        return self._hands[0].cutter

    def size(self) -> int:
        """Return about how many bytes are held in memory."""
        waiting = self._waiting.size + sum(cut.batch.size for cut in self._cutting)
        return (
            4 * len(self.pieces)
            + 8 * self.num_texts
            + _BYTES_PER_WAITING * waiting
            + sum(hand.cutter.size() for hand in self._hands)
        )

    @property
    def num_types(self) -> int:
        """Number of distinct pieces, at least; those that several threads met count more than once."""
        return sum(hand.cutter.num_types for hand in self._hands)

    def add(self, text: str, kind: int) -> int:
        """Append a text of one of the kinds that ``searchkit._core.cut`` names; return its number."""
        self._waiting.texts.append(text)
        self._waiting.kinds.append(kind)
        self._waiting.size += len(text)
        self.num_texts += 1
        return self.num_texts - 1

    def cut_waiting(self) -> bool:
        """Begin to cut what is waiting, and return whether there is enough of it."""
        batch = _BATCH if len(self._hands) == 1 else _BATCH_OF_THREAD
        if self._waiting.size >= batch or len(self._waiting.texts) >= _BATCH_TEXTS:
            self._cut_next()
            return True
        return False

    def finish(self) -> None:
        """Cut everything, and wait for the end."""
        if self._waiting.texts:
            self._cut_next()
        while self._cutting:
            self._take()
        numbers: dict[int, array[int]] = {}
        for number in range(1, len(self._hands)):
            other = self._hands[number].cutter
            numbers[number] = uint32s(other.num_types)
            self.cutter.adopt(*other.spellings(), numbers[number])
            self._hands[number] = _Hand()
        for number, start, end in self._foreign:
            translate(self.pieces, start, end, numbers[number])
        self._foreign = []

    def _cut_next(self) -> None:
        if len(self._cutting) == len(self._hands):
            self._take()
        batch, self._waiting = self._waiting, _Batch()
        batch.close()
        hand = self._hands[self._next]
        self._cutting.append(_Cut(batch, self._next, self._begin(lambda: hand.cut(batch))))
        self._next = (self._next + 1) % len(self._hands)

    def _take(self) -> None:
        """Wait for the first batch, and append it to the log."""
        self._cutting[0].finish()
        batch, hand, _ = self._cutting.popleft()
        start = len(self.pieces)
        shift(batch.spans, start)
        self.spans.extend(batch.spans)
        self.pieces.frombytes(batch.log)
        if hand:
            self._foreign.append((hand, start, len(self.pieces)))
