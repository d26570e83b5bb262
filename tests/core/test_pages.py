"""Pages are checked as zlib would check them, once each."""

from __future__ import annotations

import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.pages import Pages

PAGE = 8192


def pages_of(data: bytes | bytearray, right: bytes, seen: bytearray, start: int = 0) -> Pages:
    """Pages of ``data`` that are to be those of ``right``."""
    checksums = array("I", [zlib.crc32(right[at : at + PAGE]) for at in range(0, len(right), PAGE)])
    return Pages(memoryview(data), checksums, array("q", [start, start + len(right), len(checksums)]), seen)


BLOCKS = st.integers(1, 3 * PAGE // 64)
PIECES = st.binary(min_size=1, max_size=99)


@given(BLOCKS, PIECES)
def test_right_pages_are_marked(blocks: int, piece: bytes) -> None:
    data = (piece * 64 * blocks)[: 64 * blocks]
    seen = bytearray((len(data) + PAGE - 1) // PAGE)
    assert pages_of(data, data, seen).verify(0, len(seen)) == -1
    assert all(seen)


@given(BLOCKS, st.integers(0), st.integers(0, 7), PIECES)
def test_a_flipped_bit_is_found_and_its_page_is_not_marked(blocks: int, at: int, bit: int, piece: bytes) -> None:
    data = (piece * 64 * blocks)[: 64 * blocks]
    at %= len(data)
    damaged = bytearray(data)
    damaged[at] ^= 1 << bit
    seen = bytearray((len(data) + PAGE - 1) // PAGE)
    assert pages_of(damaged, data, seen).verify(0, len(seen)) == 0
    assert list(seen) == [1] * (at // PAGE) + [0] * (len(seen) - at // PAGE)


def test_the_section_of_a_damaged_page_is_named() -> None:
    data = bytes(range(256)) * 64
    checksums = array("I", [zlib.crc32(data[:PAGE]), 5])
    spans = array("q", [0, PAGE, 1, PAGE, PAGE, 1, PAGE, 2 * PAGE, 2])  # the second section is empty
    pages = Pages(memoryview(data), checksums, spans, bytearray(2))
    assert pages.verify(0, 1) == -1
    assert pages.verify(1, 2) == 2


@pytest.mark.parametrize(("checksums", "seen"), [(0, 1), (1, 0), (2, 1), (1, 2)])
def test_as_many_checksums_and_marks_as_pages_are_wanted(checksums: int, seen: int) -> None:
    with pytest.raises(ValueError, match="as many"):
        Pages(memoryview(bytes(PAGE)), array("I", [0] * checksums), array("q", [0, PAGE, 1]), bytearray(seen))


@pytest.mark.parametrize("start", [-64, 64, PAGE, 1 << 62])
def test_pages_outside_the_file_are_damaged(start: int) -> None:
    data = bytes(PAGE)
    assert pages_of(data, b"x" * PAGE, bytearray(1), start).verify(0, 1) == 0


@pytest.mark.parametrize(("first", "last"), [(0, 2), (-1, 1), (1, 0)])
def test_pages_that_are_not_there_are_an_error(first: int, last: int) -> None:
    with pytest.raises(IndexError):
        pages_of(bytes(PAGE), bytes(PAGE), bytearray(1)).verify(first, last)
