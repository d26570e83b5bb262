"""Tables of words that threads fill become one, and words are folded from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core.buffers import room, uint32s
from searchkit._core.order import encode_words, order_words
from searchkit._core.terms import head
from searchkit.arabic.folding import fold, new_cutter, new_table
from searchkit.segment.crew import Crew
from searchkit.segment.union import Sample, unite

WORDS = st.lists(
    st.text(max_size=20) | st.text("ابتكو", max_size=3) | st.sampled_from(["", "\U0001f600", "\ud800", "\udfffا"])
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(2, 5), st.integers(0, 2))
def test_every_word_of_every_table_is_in_their_union_once(words_of: list[list[str]], threads: int, fixed: int) -> None:
    tables = []
    for words in words_of:
        table = new_table()
        for word in ("\0text", "\0json", *words):
            table.number(word)
        tables.append(table)
    spelt = [[table.word(number) for number in range(table.num_types)] for table in tables]
    crew = Crew(threads)
    ((union, numbers),) = unite([tables], crew, fixed)
    crew.dismiss()
    if len(tables) == 1:
        assert union is tables[0]
        return
    every: dict[str, int] = {}
    for words, own in zip(spelt, numbers, strict=True):
        for number, word in enumerate(words):
            assert union.word(own[number]) == word
            assert every.setdefault(word, own[number]) == own[number]
        assert list(own[:fixed]) == list(range(fixed))
    assert len(set(every.values())) == len(every)
    rest = set(range(union.num_types)) - set(every.values())
    assert {union.word(number) for number in rest} <= {""}


def test_a_sample_tells_how_many_words_are_distinct() -> None:
    same, one, other = new_table(), new_table(), new_table()
    for number in range(20_000):
        same.number(f"w{number}")
        one.number(f"w{number}")
        other.number(f"x{number}")
    for tables, share in (([same, one], 0.5), ([one, other], 1.0), ([new_table()], 1.0)):
        sample = Sample()
        for _ in range(2):
            for number, table in enumerate(tables):
                sample.add(number, table)
        assert sample.share == share


@given(
    st.lists(st.text(min_size=1) | st.text("ابءؤئوىةab1٢.,\u064b\u0654\U0001f600 ", min_size=1), max_size=9), st.data()
)
def test_words_are_folded_as_texts_are(texts: list[str], data: st.DataObject) -> None:
    words = new_table()
    cutter = new_cutter()
    pieces, spans = uint32s(sum(map(len, texts)) + 2 * len(texts)), uint32s(2 * len(texts))
    cutter.cut(texts, bytes([3] * len(texts)), pieces, spans)
    for number in range(cutter.num_types):
        words.number(cutter.word(number))
    size = words.num_types
    wanted = bytes(data.draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    start = data.draw(st.integers(0, size))
    table, types, ends = new_table(), uint32s(words.arena_size), uint32s(size)
    count = table.scan_words(words, wanted, start, size, types, ends)
    at = 0
    for word in range(start, size):
        found = [table.word(number) for number in types[at : ends[word]]]
        assert found == (fold(words.word(word)).split() if wanted[word] else [])
        at = ends[word]
    assert at == count


@pytest.mark.parametrize("size", [0, 5000])
@given(words=WORDS | st.lists(st.text("\ue000\uffff\ud800\udc00\U00010000ab", max_size=12)))
def test_words_come_in_the_order_of_their_bytes(words: list[str], size: int) -> None:
    table = new_table()
    for word in (*words, *(f"كلمة{number * 7919 % 10007}" for number in range(size))):
        table.number(word)
    data, ends = room(3 * table.arena_size, "B"), uint32s(table.num_types)
    data = data[: encode_words(*table.spellings(), data, ends)]
    terms = [table.word(number).encode("utf-8", "surrogatepass") for number in range(table.num_types)]
    assert bytes(data) == b"".join(terms)
    assert ends.tolist() == [sum(map(len, terms[: at + 1])) for at in range(min(len(terms), 50))] + ends.tolist()[50:]
    order = order_words(*table.spellings(), data, ends)
    assert [terms[number] for number in order] == sorted(terms)
    assert [head(terms[number]) for number in order] == sorted(head(term) for term in terms)
