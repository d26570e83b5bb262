"""The term dictionary against a sorted list."""

from array import array
from bisect import bisect_left
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.described import posting_lists
from searchkit._core.terms import BLOCK_TERMS, Dictionary, Entry, TermCursor, head
from searchkit.segment.writer import FieldWriter

TERMS = st.lists(st.binary(max_size=6) | st.text("ابتث", max_size=4).map(str.encode), unique=True, max_size=150).map(
    sorted
)


class Sections(dict[str, Any]):
    """What a field writes, by name."""

    def write(self, name: str, *chunks: Any) -> None:
        self[name] = b"".join(bytes(memoryview(chunk).cast("B")) for chunk in chunks)


class Buffers(NamedTuple):
    """What a dictionary is made of."""

    terms: Any
    counts: Any
    offsets: Any
    heads: Any
    num_terms: int


def written(terms: list[bytes]) -> Buffers:
    """The buffers of a dictionary in which term i is in i % 3 + 1 documents, twice in each."""
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
    offsets, heads = memoryview(out["0.offsets"]).cast("I"), memoryview(out["0.heads"]).cast("Q")
    return Buffers(out["0.terms"], out["0.counts"], offsets, heads, len(terms))


def dictionary(terms: list[bytes]) -> Dictionary:
    return Dictionary(*written(terms))


def cursor(terms: list[bytes]) -> TermCursor:
    return TermCursor(dictionary(terms))


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


@given(TERMS, st.binary(max_size=7), st.sets(st.integers(0, 149)))
def test_looks_up_what_a_walk_meets(terms: list[bytes], other: bytes, numbers: set[int]) -> None:
    found = dictionary(terms)
    at = cursor(terms)
    seen = []
    for term in terms:
        assert at.next()
        entry = found.find(term)
        assert entry is not None
        seen.append(described(at))
        assert described(entry) == seen[-1]
    assert (found.find(other) is not None) == (other in terms)
    some = sorted(number for number in numbers if number < len(terms))
    assert [described(entry) for entry in found.entries(some)] == [seen[number] for number in some]
    verified: list[tuple[int, int]] = []
    lists = posting_lists(found, some, 100, 1, lambda start, end: verified.append((start, end)))
    entries = found.entries(some)
    assert list(lists) == [
        value for one in entries for value in (100 + one.postings_start, 100 + one.postings_end, one.df, 1, 0, 0)
    ]
    assert all(any(s <= one.postings_start and one.postings_end <= e for s, e in verified) for one in entries)


@pytest.mark.parametrize("numbers", [[-1], [3], [1, 1], [2, 0]])
def test_numbers_that_no_term_has_or_out_of_order_are_refused(numbers: list[int]) -> None:
    with pytest.raises(IndexError):
        dictionary([b"a", b"b", b"c"]).entries(numbers)
    with pytest.raises(IndexError):
        posting_lists(dictionary([b"a", b"b", b"c"]), numbers, 0, 1, lambda _start, _end: None)


def described(at: Entry | TermCursor) -> tuple[object, ...]:
    return at.term, at.df, at.occurrences, at.postings_start, at.postings_end, at.positions_start, at.positions_end


HEADED = st.lists(
    st.binary(max_size=12) | st.text("ابتثجي0z-A\u06cc\u0700", max_size=12).map(str.encode), min_size=2, max_size=2
)


@given(HEADED)
def test_heads_are_in_the_order_of_terms(pair: list[bytes]) -> None:
    low, high = sorted(pair)
    assert 0 <= head(low) <= head(high) < 1 << 64


def test_heads_tell_eight_letters_and_digits_apart() -> None:
    words = ["والكتابه", "والكتابي", "والكتاب", "0123456", "01234567", "abcdefgh", "abcdefgz"]
    assert len({head(word.encode()) for word in words}) == len(words)


def exhaust(found: Dictionary, terms: list[bytes]) -> None:
    """Do everything that can be done; the only way out is a ``ValueError``."""
    at = TermCursor(found)
    for term in [*terms[:5], b"", b"\xff"]:
        with suppress(ValueError):
            found.find(term)
        with suppress(ValueError):
            posting_lists(found, list(range(found.num_terms)), 0, 1, lambda _start, _end: None)
        with suppress(ValueError):
            at.seek(term)
            for _ in range(2000):
                if not at.next():
                    break
    for number in range(min(found.num_terms, 80)):
        with suppress(ValueError):
            found.entries([number])


def damaged(data: st.DataObject, buffer: Any, most: int) -> Any:
    """A buffer with some items changed."""
    changed = bytearray(buffer) if isinstance(buffer, bytes) else array(buffer.format, buffer)
    for _ in range(data.draw(st.integers(0, 4))):
        if len(changed):
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, most))
    return changed


@given(TERMS, st.data())
def test_a_damaged_dictionary_is_refused_or_read_within_its_bounds(terms: list[bytes], data: st.DataObject) -> None:
    whole = written(terms)
    blocks, counts = damaged(data, whole.terms, 255), damaged(data, whole.counts, 255)
    del blocks[data.draw(st.integers(0, len(blocks))) :]
    del counts[data.draw(st.integers(0, len(counts))) :]
    offsets, heads = damaged(data, whole.offsets, 0xFFFFFFFF), damaged(data, whole.heads, (1 << 64) - 1)
    exhaust(Dictionary(bytes(blocks), bytes(counts), offsets, heads, len(terms)), terms)


OFFSETS = st.integers(0, 120) | st.integers(0, 0xFFFFFFFF)
BLOCKS = st.lists(st.tuples(OFFSETS, OFFSETS, st.integers(0, (1 << 64) - 1)), max_size=4)


def loose(terms: bytes, counts: bytes, blocks: list[tuple[int, int, int]]) -> Dictionary:
    offsets, heads = uint32s(0), uint64s(0)
    for offset, count_offset, number in blocks:
        offsets.extend([offset, count_offset])
        heads.append(number)
    return Dictionary(terms, counts, offsets, heads, 32 * len(blocks))


@given(st.binary(max_size=100), st.binary(max_size=100), BLOCKS)
def test_any_bytes_are_a_dictionary_or_refused(terms: bytes, counts: bytes, blocks: list[tuple[int, int, int]]) -> None:
    exhaust(loose(terms, counts, blocks), [terms[:3]])


@pytest.mark.parametrize(("offsets", "heads", "num_terms"), [(2, 1, 33), (2, 2, 33), (0, 0, 1), (1, 1, 1), (0, 0, -1)])
def test_tables_that_do_not_go_together_are_refused(offsets: int, heads: int, num_terms: int) -> None:
    with pytest.raises(ValueError, match="damaged"):
        Dictionary(b"", b"", uint32s(offsets), uint64s(heads), num_terms)


HUGE = b"\xff" * 8 + b"\x7f"  # the largest varint there is: 2**63 - 1


@pytest.mark.parametrize(
    ("terms", "counts"),
    [
        (b"\0" + HUGE + b"abcdef", b"\0\0\2\0\0"),  # a term as long as the memory of any machine
        (HUGE + b"\1a", b"\0\0\2\0\0"),  # as many bytes shared
        (b"\0\1a\0\1b", b"\0\0" + b"\2" + HUGE + HUGE + b"\2" + HUGE + HUGE),  # postings beyond all numbers
        (b"\0\1a\0\1b", HUGE + HUGE + b"\2\0\0\2\0\0"),
    ],
)
def test_numbers_too_large_for_any_file_are_refused(terms: bytes, counts: bytes) -> None:
    found = Dictionary(terms, counts, uint32s(2), uint64s(1), 2)
    with pytest.raises(ValueError, match="damaged"):
        walk(TermCursor(found))
    with pytest.raises(ValueError, match="damaged"):
        found.entries([1])


def walk(at: TermCursor) -> None:
    while at.next():
        assert 0 <= at.postings_start <= at.postings_end
        assert 0 <= at.positions_start <= at.positions_end
