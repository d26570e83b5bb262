"""The term dictionary against a sorted list."""

from bisect import bisect_left
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.buffers import uint32s
from searchkit._core.terms import BLOCK_TERMS, TermCursor
from searchkit.segment.writer import FieldWriter

TERMS = st.lists(st.binary(max_size=6) | st.text("ابتث", max_size=4).map(str.encode), unique=True, max_size=150).map(
    sorted
)


class Sections(dict[str, Any]):
    """What a field writes, by name."""

    def write(self, name: str, *chunks: Any) -> None:
        self[name] = b"".join(bytes(memoryview(chunk).cast("B")) for chunk in chunks)


def dictionary(terms: list[bytes]) -> tuple[bytes, memoryview]:
    """The bytes of a dictionary in which term i is in i % 3 + 1 documents, twice in each."""
    field = FieldWriter(uint32s(3), positions=True)
    docs, tfs, positions = uint32s(3), uint32s(3), uint32s(6)
    for i in range(3):
        docs[i], tfs[i] = i, 2
    for i in range(6):
        positions[i] = i % 2
    for i, term in enumerate(terms):
        field.add(term, docs, tfs, i % 3 + 1, positions, 0)
    out = Sections()
    field.write(out, 0)
    return out["0.terms"], memoryview(out["0.offsets"]).cast("I")


def cursor(terms: list[bytes]) -> TermCursor:
    return TermCursor(*dictionary(terms), len(terms))


@given(TERMS)
def test_walks_all_terms_in_order(terms: list[bytes]) -> None:
    at, seen = cursor(terms), []
    postings, positions = 0, 0
    while at.next():
        number = len(seen) % 3 + 1
        assert (at.df, at.occurrences) == (number, 2 * number)
        assert (at.postings_start, at.positions_start) == (postings, positions)
        assert at.positions_end - at.positions_start == number  # the first of each document is in its posting
        postings, positions = at.postings_end, at.positions_end
        seen.append(at.term)
    assert seen == terms
    assert not at.next()


@given(TERMS, st.binary(max_size=7))
def test_seeks_the_first_term_not_smaller(terms: list[bytes], wanted: bytes) -> None:
    at = cursor(terms)
    place = bisect_left(terms, wanted)
    assert at.seek(wanted) == (place < len(terms))
    rest = []
    if place < len(terms):
        rest.append(at.term)
        while at.next():
            rest.append(at.term)
    assert rest == terms[place:]


@given(TERMS, st.lists(st.integers(0, 200), max_size=10))
def test_finds_each_term_from_wherever_it_stands(terms: list[bytes], places: list[int]) -> None:
    at = cursor(terms)
    for place in places:
        term = terms[place % len(terms)] if terms else b"x"
        assert at.find(term) == bool(terms)
        assert not at.find(term + b"\0" * 9)
        if terms:
            assert at.find(term)
            assert (at.term, at.df) == (term, place % len(terms) % 3 + 1)


@given(TERMS, st.integers(0, 149), st.integers(0, 3))
def test_a_copy_walks_by_itself(terms: list[bytes], place: int, steps: int) -> None:
    if place >= len(terms):
        return
    at = cursor(terms)
    at.find(terms[place])
    other = at.copy()
    described = [(c.term, c.df, c.occurrences, c.postings_end, c.positions_end) for c in (at, other)]
    assert described[0] == described[1]
    for _ in range(steps):
        other.next()
    assert at.term == terms[place]
    assert other.term == terms[min(place + steps, len(terms) - 1)]


@pytest.mark.parametrize("size", [0, 1, BLOCK_TERMS - 1, BLOCK_TERMS, BLOCK_TERMS + 1, 10 * BLOCK_TERMS])
def test_blocks_may_be_full_or_not(size: int) -> None:
    terms = [b"%04d" % i for i in range(size)]
    at = cursor(terms)
    assert all(at.find(term) for term in terms)
    assert not at.seek(b"a")
    assert not at.next()
    assert at.seek(b"") == bool(terms)


def exhaust(at: TermCursor, terms: list[bytes]) -> None:
    """Do everything that can be done; the only way out is a ``ValueError``."""
    for term in [*terms[:5], b"", b"\xff"]:
        with suppress(ValueError):
            at.seek(term)
            for _ in range(2000):
                if not at.next():
                    break


@given(TERMS, st.data())
def test_a_damaged_dictionary_is_refused_or_read_within_its_bounds(terms: list[bytes], data: st.DataObject) -> None:
    blocks, offsets = dictionary(terms)
    changed = bytearray(blocks)
    for _ in range(data.draw(st.integers(1, 4))):
        if changed:
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    del changed[data.draw(st.integers(0, len(changed))) :]
    exhaust(TermCursor(bytes(changed), offsets, len(terms)), terms)


@given(st.binary(max_size=100), st.lists(st.integers(0, 120) | st.integers(0, 0xFFFFFFFF), max_size=4))
def test_any_bytes_are_a_dictionary_or_refused(blocks: bytes, offsets: list[int]) -> None:
    table = uint32s(0)
    table.extend(offsets)
    exhaust(TermCursor(blocks, table, 40 * len(offsets)), [blocks[:3]])


HUGE = b"\xff" * 8 + b"\x7f"  # the largest varint there is: 2**63 - 1


@pytest.mark.parametrize(
    "blocks",
    [
        b"\0\0" + b"\0" + HUGE + b"abcdef",  # a term as long as the memory of any machine
        b"\0\0" + HUGE + b"\1a",  # as many bytes shared
        b"\0\0" + b"\0\1a" + b"\1\0" + HUGE + HUGE + b"\0\1b" + b"\1\0" + HUGE + HUGE,  # postings beyond all numbers
        HUGE + HUGE + b"\0\1a" + b"\1\0" + HUGE + HUGE,
    ],
)
def test_numbers_too_large_for_any_file_are_refused(blocks: bytes) -> None:
    at = TermCursor(blocks, memoryview(bytes(4)).cast("I"), 2)
    with pytest.raises(ValueError, match="damaged"):
        walk(at)


def walk(at: TermCursor) -> None:
    while at.next():
        assert 0 <= at.postings_start <= at.postings_end
        assert 0 <= at.positions_start <= at.positions_end
