"""Posting lists and positions to bytes and back, and bytes that are neither."""

import math
from array import array
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit._core.buffers import uint32s
from searchkit._core.encode import encode_positions, encode_postings, postings_room, put_varint
from searchkit._core.postings import decode_positions, decode_postings

MAX = 0xFFFFFFFF
FREQUENCIES = st.integers(1, 5) | st.integers(1, MAX)


@st.composite
def postings(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size = draw(st.sampled_from([0, 1, 2, 127, 128, 129, 255, 256, 300]))
    gaps = draw(st.lists(st.integers(0, 3) | st.integers(0, 100_000), min_size=size, max_size=size))
    tfs = draw(st.lists(FREQUENCIES, min_size=size, max_size=size))
    doc, docs = -1, []
    for gap in gaps:
        doc += gap + 1
        docs.append(doc)
    return docs, tfs


def encode(docs: list[int], tfs: list[int], firsts: Sequence[int] = ()) -> bytes:
    df = len(docs)
    out = bytearray(postings_room(df))
    lengths = uint32s(docs[-1] + 1 if docs else 0)
    ends = uint32s(df)
    positioned = bool(firsts)
    size = encode_postings(
        array("I", docs), array("I", tfs), df, lengths, 1.0, positioned, array("I", firsts), ends, out, 0
    )
    return bytes(out[:size])


def decode(data: bytes, df: int, num_docs: int, start: int = 0) -> tuple[list[int], list[int], int]:
    docs, tfs = uint32s(df), uint32s(df)
    total = decode_postings(data, start, len(data), df, num_docs, docs, tfs, uint32s(0))
    return docs.tolist(), tfs.tolist(), total


@given(postings(), st.binary(max_size=9))
def test_postings_come_back(case: tuple[list[int], list[int]], before: bytes) -> None:
    docs, tfs = case
    num_docs = docs[-1] + 1 if docs else 0
    assert decode(before + encode(docs, tfs), len(docs), num_docs, len(before)) == (docs, tfs, sum(tfs))


@given(postings(), st.data())
def test_first_positions_come_back(case: tuple[list[int], list[int]], data: st.DataObject) -> None:
    docs, tfs = case
    df = len(docs)
    firsts = data.draw(st.lists(st.integers(0, 500) | st.integers(0, MAX), min_size=df, max_size=df))
    encoded = encode(docs, tfs, firsts)
    found = uint32s(df)
    decode_postings(encoded, 0, len(encoded), df, docs[-1] + 1 if docs else 0, uint32s(df), uint32s(df), found)
    assert found.tolist() == firsts


@pytest.mark.parametrize("df", [1, 127, 128, 129])
def test_the_largest_frequencies_come_back(df: int) -> None:
    docs, tfs = list(range(df)), [MAX - i % 2 for i in range(df)]
    assert decode(encode(docs, tfs), df, df) == (docs, tfs, sum(tfs))


def test_the_largest_document_is_read() -> None:
    out = bytearray(10)
    size = put_varint(out, 0, (MAX - 1) << 1 | 1)
    assert decode(bytes(out[:size]), 1, MAX) == ([MAX - 1], [1], 1)
    with pytest.raises(ValueError, match="damaged"):
        decode(bytes(out[:size]), 1, MAX - 1)


def test_a_full_block_keeps_what_may_be_skipped_over() -> None:
    docs = list(range(1, 257, 2))
    lengths = array("I", [100] * 255 + [7])
    out = bytearray(postings_room(128))
    tfs, ends = array("I", [1] * 127 + [9]), array("I", range(128))
    encode_postings(array("I", docs), tfs, 128, lengths, 10.0, True, array("I", [5] * 128), ends, out, 0)
    header = memoryview(out)[:16].cast("I").tolist()
    best = 9 / (9 + 0.8 * (0.3 + 0.7 * 7 / 10))
    assert header == [255, 16 * (1 + 3) + 2, 127, 1 | 3 << 12 | 1 << 18 | math.ceil(255 * best) << 24]


@given(st.lists(st.sampled_from([1, 1, 1, 2, 3, 9, 300, 70_000, 0xFFFFFFFF]), min_size=128, max_size=128))
def test_frequencies_of_all_sizes_come_back(frequencies: list[int]) -> None:
    docs, tfs = array("I", range(128)), array("I", frequencies)
    out = bytearray(postings_room(128))
    end = encode_postings(docs, tfs, 128, docs, 9.0, False, uint32s(128), uint32s(128), out, 0)
    found = uint32s(128)
    assert decode_postings(bytes(out), 0, end, 128, 128, uint32s(128), found, uint32s(0)) == sum(frequencies)
    assert found == tfs


@given(postings(), st.integers(0, 1 << 20))
def test_cut_postings_are_refused(case: tuple[list[int], list[int]], cut: int) -> None:
    data = encode(*case)
    if data:
        with pytest.raises(ValueError, match="damaged"):
            decode(data[: cut % len(data)], len(case[0]), MAX)


@given(postings())
def test_postings_with_more_bytes_than_announced_are_refused(case: tuple[list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        decode(encode(*case) + b"\0", len(case[0]), MAX)


@given(postings())
def test_documents_beyond_the_last_are_refused(case: tuple[list[int], list[int]]) -> None:
    docs, tfs = case
    if docs:
        with pytest.raises(ValueError, match="damaged"):
            decode(encode(docs, tfs), len(docs), docs[-1])


@given(
    st.binary(max_size=600),
    st.integers(0, 400),
    st.integers(0, 1000),
    st.integers(-5, 700),
    st.integers(-5, 700),
    st.booleans(),
)
@example(b"\xff" * 600, 128, 1000, 0, 600, False)
def test_any_bytes_are_postings_in_order_or_refused(
    data: bytes, df: int, num_docs: int, start: int, end: int, positioned: bool
) -> None:
    docs, tfs = uint32s(df), uint32s(df)
    try:
        decode_postings(data, start, end, df, num_docs, docs, tfs, uint32s(df * positioned))
    except ValueError:
        return
    assert docs.tolist() == sorted(set(docs))
    assert not docs or docs[-1] < num_docs


@given(postings(), st.data())
def test_a_changed_byte_gives_other_postings_or_is_refused(
    case: tuple[list[int], list[int]], data: st.DataObject
) -> None:
    encoded = bytearray(encode(*case))
    if not encoded:
        return
    at = data.draw(st.integers(0, len(encoded) - 1))
    encoded[at] ^= 1 << data.draw(st.integers(0, 7))
    df = len(case[0])
    try:
        docs, _, total = decode(bytes(encoded), df, case[0][-1] + 1)
    except ValueError:
        return
    assert docs == sorted(set(docs))
    assert all(doc <= case[0][-1] for doc in docs)
    assert total >= df


@pytest.mark.parametrize("room", [(2, 3, 0), (3, 2, 0), (3, 3, 2)])
def test_buffers_too_short_for_the_postings_are_refused(room: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        decode_postings(b"\1\1\1", 0, 3, 3, 9, *map(uint32s, room))


@st.composite
def positions(draw: st.DrawFn) -> list[list[int]]:
    position = st.integers(0, 50) | st.integers(0, MAX)
    return draw(st.lists(st.lists(position, min_size=1, max_size=20, unique=True).map(sorted), max_size=20))


@given(positions(), st.integers(0, 3))
def test_positions_come_back(case: list[list[int]], skipped: int) -> None:
    flat = array("I", [7] * skipped + [position for document in case for position in document])
    tfs, ends = array("I", [len(document) for document in case]), uint32s(len(case))
    out = bytearray(5 * len(flat))
    firsts = uint32s(len(case))
    size = encode_positions(flat, skipped, tfs, len(case), firsts, ends, out, 0)
    decoded = uint32s(len(flat) - skipped)
    assert firsts.tolist() == [document[0] for document in case]
    assert decode_positions(out, 0, size, tfs, firsts, len(case), decoded) == len(decoded)
    assert decoded == flat[skipped:]
    assert not case or ends[-1] == size
    for i, document in enumerate(case):
        begin, one = ends[i - 1] if i else 0, uint32s(len(document))
        decode_positions(out, begin, ends[i], array("I", [len(document)]), firsts[i : i + 1], 1, one)
        assert one.tolist() == document


@given(st.binary(max_size=80), st.lists(st.integers(0, 6), max_size=12), st.integers(0, 40), st.integers(-2, 90))
def test_any_bytes_are_positions_or_refused(data: bytes, tfs: list[int], room: int, end: int) -> None:
    found = uint32s(room)
    try:
        count = decode_positions(data, 0, end, array("I", tfs), uint32s(len(tfs)), len(tfs), found)
    except ValueError:
        return
    assert count == sum(tfs) <= room


@given(st.integers(0, (1 << 64) - 1))
def test_a_varint_has_seven_bits_a_byte(value: int) -> None:
    out = bytearray(10)
    size = put_varint(out, 0, value)
    assert sum((byte & 127) << 7 * i for i, byte in enumerate(out[:size])) == value
    assert [byte > 127 for byte in out[:size]] == [True] * (size - 1) + [False]
    assert size == max(1, -(-value.bit_length() // 7))
