"""What a query is made of, as written: nothing is analysed yet."""

from __future__ import annotations

from searchkit.records import NamedTuple


class Word(NamedTuple):
    """Something between spaces; it may turn out to be several words."""

    text: str
    start: int = 0  # code points in the query
    end: int = 0
    field: str | None = None  # None: title and text
    exact: bool = False  # =word: this spelling, none of its relatives
    wildcards: bool = False  # * and ? in it stand for letters
    edits: int | None = None  # word~2: letters that may differ, 0 for as many as suit its length
    boost: float = 1.0


class Phrase(NamedTuple):
    """Words in this order, with at most ``slop`` others among them."""

    text: str
    start: int = 0
    end: int = 0
    field: str | None = None
    boost: float = 1.0
    slop: int = 0
    exact: bool = False  # ="…": no other way to write it


class Near(NamedTuple):
    """Words or phrases in any order: one of each row, each with at most so many words between it and the next."""

    operands: tuple[tuple[Word | Phrase, ...], ...]  # rows of alternatives
    gaps: tuple[int, ...]  # one fewer
    text: str  # as written
    start: int = 0
    end: int = 0
    field: str | None = None
    boost: float = 1.0


class Range(NamedTuple):
    """Values of a field between two others, ``date:[2024-11-01 TO 2024-11-30]`` or ``price:>=10``."""

    low: str | None  # as written; None for no limit
    high: str | None
    field: str
    start: int = 0
    end: int = 0
    with_low: bool = True  # whether the limits themselves are meant
    with_high: bool = True


class Group(NamedTuple):
    """Documents must match all of ``must``, none of ``must_not``, and without ``must`` one of ``should``."""

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


Node = Word | Phrase | Near | Range | Group
