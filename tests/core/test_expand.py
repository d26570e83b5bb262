"""Expansion of patterns against looking at every term."""

import re
from array import array
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit._core.expand import Walk
from searchkit._core.pattern import MOST_ELEMENTS, Pattern
from searchkit._core.terms import Dictionary
from searchkit.segment.writer import FieldWriter

LETTERS = "ابتثd\u08a0\U0001ee00"  # of one, two, three and four bytes
WORDS = st.text(LETTERS, max_size=6) | st.text("ابت", max_size=4)
CONFUSIONS = ("بت", "اثd")


class Sections(dict[str, bytes]):
    """What a field writes, by name."""

    def write(self, name: str, *chunks: Any) -> None:
        self[name] = b"".join(bytes(memoryview(chunk).cast("B")) for chunk in chunks)


def buffers(dfs: dict[bytes, int]) -> tuple[Any, ...]:
    most = max(dfs.values(), default=0)
    lengths = array("I", [1]) * most
    field = FieldWriter(lengths, positions=False)
    docs = array("I", range(most))
    for term in sorted(dfs):
        field.add(term, docs, array("I", [1 + len(term) % 2]) * most, dfs[term], docs, 0)
    out = Sections()
    field.write(out, 0)
    offsets, heads = memoryview(out["0.offsets"]).cast("I"), memoryview(out["0.heads"]).cast("Q")
    return out["0.terms"], out["0.counts"], offsets, heads, len(dfs), None, memoryview(out["0.tops"]).cast("I")


DICTIONARIES = st.one_of(
    st.dictionaries(WORDS.map(str.encode), st.integers(1, 5), max_size=150),
    st.dictionaries(st.text("اب", max_size=9).map(str.encode), st.integers(1, 200), max_size=400),
)


def expand(dfs: dict[bytes, int], pattern: Pattern, limit: int = 10_000) -> tuple[dict[str, int], int]:
    """The words that match with their costs, and the number of them."""
    dictionary = Dictionary(*buffers(dfs))
    walk = Walk(dictionary, pattern, limit)
    found = walk.run()
    entries = dictionary.entries([number for number, _, _ in found])
    assert [entry.df for entry in entries] == [df for _, df, _ in found]
    return {entry.term.decode(): cost for entry, (_, _, cost) in zip(entries, found, strict=True)}, walk.total


def distance(one: str, other: str, confusions: tuple[str, ...] = ()) -> int:
    """Damerau and Levenshtein's distance, in which no letter is edited twice, in edits or halves of them."""
    unit = 2 if confusions else 1
    rows = [[(i + j) * unit for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            a, b = one[i - 1], other[j - 1]
            replaced = 0 if a == b else 1 if any(a in group and b in group for group in confusions) else unit
            rows[i][j] = min(rows[i - 1][j] + unit, rows[i][j - 1] + unit, rows[i - 1][j - 1] + replaced)
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + unit)
    return rows[-1][-1]


@given(DICTIONARIES, WORDS, st.integers(0, 2), st.integers(0, 3), st.sampled_from([(), CONFUSIONS]))
@settings(max_examples=300)
def test_finds_the_words_within_some_edits(
    dfs: dict[bytes, int], word: str, edits: int, fixed: int, confusions: tuple[str, ...]
) -> None:
    unit = 2 if confusions else 1
    fixed = min(fixed, len(word))
    expected = {}
    for other in map(bytes.decode, dfs):
        if other.startswith(word[:fixed]):
            cost = distance(word[fixed:], other[fixed:], confusions)
            if cost <= edits * unit:
                expected[other] = cost
    pattern = Pattern(word, edits=edits, fixed=fixed, confusions=confusions)
    assert expand(dfs, pattern) == (expected, len(expected))


@given(DICTIONARIES, st.text(LETTERS + "**??", max_size=6))
@settings(max_examples=300)
def test_finds_the_words_that_fit_wildcards(dfs: dict[bytes, int], text: str) -> None:
    wanted = re.compile("".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in text), re.DOTALL)
    expected = {word: 0 for term in dfs if wanted.fullmatch(word := term.decode())}
    assert expand(dfs, Pattern(text, wildcards=True)) == (expected, len(expected))


@given(DICTIONARIES, st.integers(0, 8), st.text("اب", max_size=4))
def test_keeps_the_cheapest_and_of_these_the_most_frequent(dfs: dict[bytes, int], limit: int, word: str) -> None:
    for pattern in (Pattern(word, edits=2), Pattern(word + "*", wildcards=True)):
        everything, total = expand(dfs, pattern)
        kept, counted = expand(dfs, pattern, limit)
        order = sorted(everything, key=lambda term: (everything[term], -dfs[term.encode()], term.encode()))
        assert set(kept) == set(order[:limit])
        assert counted == total == len(everything)


def test_jumps_over_blocks_that_cannot_match() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    dfs = {f"{a}{b}{c}".encode(): 1 for a in letters for b in letters for c in letters}
    assert expand(dfs, Pattern("كتب"))[0] == {"كتب": 0}
    assert len(expand(dfs, Pattern("كتب", edits=1))[0]) == 1 + 3 * 27 + 2
    assert expand(dfs, Pattern("ي?ي", wildcards=True))[1] == 28
    assert expand(dfs, Pattern("كت*", wildcards=True), 5)[1] == 28


def test_a_term_longer_than_any_word_is_passed_by() -> None:
    long = ("ا" * 700).encode()
    dfs = {long: 1, long + b"x": 2, long + b"y": 3, "ب".encode(): 1}
    assert expand(dfs, Pattern("*y", wildcards=True)) == ({}, 0)
    assert expand(dfs, Pattern("ا*", wildcards=True))[1] == 3
    assert expand(dfs, Pattern("*ب", wildcards=True)) == ({"ب": 0}, 1)


def test_no_more_letters_than_a_mask_has_bits() -> None:
    word = "اب" * (MOST_ELEMENTS // 2)
    dfs = {word.encode(): 1, (word[:-2] + word[:-3:-1]).encode(): 1, word[1:].encode(): 2}
    assert len(expand(dfs, Pattern(word, edits=1))[0]) == 3
    assert expand(dfs, Pattern(word[:-1] + "*", wildcards=True)) == ({word: 0}, 1)
    with pytest.raises(ValueError, match="more than 60 letters"):
        Pattern(word + "ا")


PATTERNS = [
    Pattern("اب*", wildcards=True),
    Pattern("*ب?", wildcards=True),
    Pattern("ابت", edits=1),
    Pattern("ابت", edits=2, fixed=1),
    Pattern("ابت", edits=2, confusions=CONFUSIONS),
]


@given(st.dictionaries(st.binary(max_size=6), st.integers(1, 3), max_size=200))
def test_bytes_that_are_no_letters_do_no_harm(dfs: dict[bytes, int]) -> None:
    dictionary = Dictionary(*buffers(dfs))
    for pattern, wanted in zip(
        PATTERNS[:2], [re.compile("اب.*", re.DOTALL), re.compile(".*ب.", re.DOTALL)], strict=True
    ):
        numbers = [number for number, _, _ in Walk(dictionary, pattern, 1000).run()]
        found = {entry.term for entry in dictionary.entries(numbers)}
        assert {term for term in found if wanted.fullmatch(term.decode(errors="surrogateescape"))} == {
            term for term in dfs if wanted.fullmatch(term.decode(errors="surrogateescape"))
        }


@given(DICTIONARIES, st.data())
def test_a_damaged_dictionary_is_refused_or_read_within_its_bounds(dfs: dict[bytes, int], data: st.DataObject) -> None:
    terms, counts, offsets, heads, size, _, tops = buffers(dfs)
    changed = [bytearray(terms), bytearray(counts), array("I", offsets), array("Q", heads), array("I", tops)]
    for buffer, most in zip(changed, (255, 255, 0xFFFFFFFF, (1 << 64) - 1, 0xFFFFFFFF), strict=True):
        for _ in range(data.draw(st.integers(0, 3))):
            if len(buffer):
                buffer[data.draw(st.integers(0, len(buffer) - 1))] = data.draw(st.integers(0, most))
    for buffer in changed[:2]:
        del buffer[data.draw(st.integers(0, len(buffer))) :]
    dictionary = Dictionary(bytes(changed[0]), bytes(changed[1]), changed[2], changed[3], size, None, changed[4])
    for pattern in PATTERNS:
        with suppress(ValueError):
            Walk(dictionary, pattern, 20).run()


@given(
    st.dictionaries(st.text("ابت", max_size=7).map(str.encode), st.integers(1, 300), max_size=600),
    st.sampled_from(["*", "ا*", "اب*", "*ت", "*بت", "ا*ت", "*اب*", "?ب*"]),
    st.integers(0, 90),
)
@settings(max_examples=200)
def test_the_best_are_kept_whether_blocks_are_passed_by_or_not(dfs: dict[bytes, int], text: str, limit: int) -> None:
    form = re.compile(text.replace("*", ".*").replace("?", "."), re.DOTALL)
    matching = [(df, number) for number, (term, df) in enumerate(sorted(dfs.items())) if form.fullmatch(term.decode())]
    best = sorted(sorted(matching, key=lambda pair: (-pair[0], pair[1]))[:limit], key=lambda pair: pair[1])
    pattern = Pattern(text, wildcards=True)
    everything = buffers(dfs)
    for dictionary in (Dictionary(*everything), Dictionary(*everything[:5])):
        walk = Walk(dictionary, pattern, limit)
        assert walk.run() == [(number, df, 0) for df, number in best]
        assert walk.total == len(matching)
        assert Walk(dictionary, pattern, limit).numbers() == [number for _, number in best]
