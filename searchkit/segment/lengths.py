"""What is known of the lengths of a field's documents."""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING, Any

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIT = 1 << 10  # logarithms are summed as whole numbers, so that the order does not matter
_LONGEST = 32  # bits of a length


class Lengths(NamedTuple):
    """Sums over the documents that have a field; sums of several segments add up."""

    total: int = 0  # tokens
    docs: int = 0
    logs: int = 0  # 1024 log2 of each length

    @property
    def average(self) -> float:
        """The mean length; 1 if no document has the field."""
        return self.total / self.docs if self.docs else 1.0

    @property
    def evenness(self) -> float:
        """The geometric mean to the mean: 1 where all are as long, less the more some are longer than others."""
        return min(2.0 ** (self.logs / (_UNIT * self.docs)) / self.average, 1.0) if self.docs else 1.0

    def plus(self, other: Lengths, times: int = 1) -> Lengths:
        """Return the sums of both, or with ``times`` -1 those without the other."""
        return Lengths(*(one + times * another for one, another in zip(self, other, strict=True)))


def read_lengths(entry: dict[str, Any]) -> Lengths | None:
    """Return the sums that a segment has noted; None if it lacks one.

    Raises:
        ValueError: no texts have such lengths.
        KeyError: there are none.
    """
    if "logs" not in entry:
        return None
    found = Lengths(int(entry["total"]), int(entry["docs"]), int(entry["logs"]))
    if not 0 <= found.docs <= found.total or not 0 <= found.logs <= _LONGEST * _UNIT * found.docs:
        raise ValueError("no lengths")
    return found


def measure(lengths: Iterable[int]) -> Lengths:
    """Return the sums over lengths, in tokens; 0 is a document without the field."""
    counts = Counter(lengths)
    counts.pop(0, None)
    return Lengths(
        sum(length * count for length, count in counts.items()),
        sum(counts.values()),
        sum(round(_UNIT * log2(length)) * count for length, count in counts.items()),
    )
