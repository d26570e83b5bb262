"""Tokens, their numbers and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit._core import actions as act
from searchkit._core.buffers import uint32s
from searchkit._core.cut import BARE, Cutter
from searchkit._core.scan import Scanner
from searchkit.analysis import tokenize
from searchkit.arabic.folding import classify, fold, new_cutter, new_scanner

TEXTS = st.text() | st.text(
    st.sampled_from("ابءؤئوىةهأإآab1٢٣.,٫٬ \u064b\u0651\u0654\u0640\u200f\ud800\udfff…①⒈ﻻﷲﷺ"), max_size=40
)


@given(TEXTS)
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for position, token in enumerate(tokenize(text)):
        assert end <= token.start < token.end <= len(text)
        assert token.position == position
        end = token.end


@given(TEXTS)
def test_a_span_folds_to_its_surface(text: str) -> None:
    for token in tokenize(text):
        assert fold(text[token.start : token.end]) == token.surface != ""


@given(TEXTS)
def test_nothing_between_spans_is_a_word(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert fold(text[end : token.start]) == ""
        end = token.end
    assert fold(text[end:]) == ""


@given(st.lists(TEXTS, max_size=8))
def test_one_word_has_one_number_in_all_texts(texts: list[str]) -> None:
    scanner = new_scanner()
    numbers: dict[str, int] = {}
    for text in texts:
        types, spans = uint32s(len(text)), uint32s(len(text))
        count = scanner.scan(text, types, spans, spans)
        words = [scanner.word(types[i]) for i in range(count)]
        assert words == fold(text).split()
        for i, word in enumerate(words):
            assert numbers.setdefault(word, types[i]) == types[i]
    assert sorted(numbers.values()) == list(range(scanner.num_types))
    assert [scanner.word(n) for n in range(scanner.num_types)] == sorted(numbers, key=numbers.__getitem__)


@pytest.mark.parametrize("broken_by", ["\u0624", "\u0628\u0651", "1", "\ufefb", "\u200d"])
def test_words_scanned_before_leave_no_trace(broken_by: str) -> None:
    scanner = new_scanner()
    for length in range(34):
        for place in range(length + 1):
            word = "\u0628" * place + broken_by + "\u0628" * (length - place)
            first = scanned(scanner, word)
            scanned(scanner, "\u062a" * 48 + " " + "z" * 48)
            assert scanned(scanner, word) == first


def test_words_that_fill_the_buffer_are_read_whole() -> None:
    for length in range(32768 - 26, 32768 - 4, 3):
        scanner = new_scanner()
        word = "\u0628" * length
        types = scanned(scanner, word)
        assert scanner.word(types[0]) == word
        scanned(scanner, "\u062a" * (length - 20))
        assert scanned(scanner, word) == types


def scanned(scanner: Scanner, text: str) -> list[int]:
    types, spans = uint32s(len(text)), uint32s(len(text))
    return list(types[: scanner.scan(text, types, spans, spans)])


def test_numbers_survive_the_growth_of_the_tables() -> None:
    words = [f"w{i}" for i in range(5000)]
    text = " ".join(words + words)
    scanner = new_scanner()
    types, starts, ends = (uint32s(len(text)) for _ in range(3))
    assert scanner.scan(text, types, starts, ends) == 10_000
    assert types[:5000].tolist() == types[5000:10_000].tolist() == list(range(5000))
    assert [scanner.word(i) for i in range(5000)] == words


def test_clearing_forgets_the_words() -> None:
    scanner = new_scanner()
    buffers = [uint32s(3) for _ in range(3)]
    scanner.scan("كتب", *buffers)
    scanner.clear()
    assert scanner.num_types == 0
    scanner.scan("قلم", *buffers)
    assert scanner.word(0) == "قلم"


@pytest.mark.parametrize("number", [-1, 0, 7])
def test_a_number_not_given_out_has_no_word(number: int) -> None:
    with pytest.raises(IndexError):
        new_scanner().word(number)


@pytest.mark.parametrize("short", [0, 1, 2])
def test_short_buffers_are_refused(short: int) -> None:
    buffers = [uint32s(4 if i == short else 5) for i in range(3)]
    with pytest.raises(ValueError, match="buffers must hold 5 tokens"):
        new_scanner().scan("كتاب.", *buffers)


@pytest.mark.parametrize("char", ["ا", "a", "1", "\u064b", "ﷲ", "،", "\ud800", "𐀀"])
def test_a_megabyte_of_one_character_is_read(char: str) -> None:
    text = char * (1 << 20)
    tokens = tokenize("ب " + text)
    assert tokens[0].surface == "ب"
    assert [len(token.surface) for token in tokens[1:]] in ([], [1 << 20], [4 << 20])


def test_a_flood_of_marks_belongs_to_its_letter() -> None:
    text = "ك" + "\u0651\u064e" * 100_000 + "تاب"
    (token,) = tokenize(text)
    assert (token.surface, token.start, token.end) == ("كتاب", 0, len(text))


@pytest.mark.parametrize("text", ["1." * 50_000, "1," * 50_000, "1,000" * 20_000, "ءو" * 50_000, "ء" * 50_000 + "و"])
def test_nothing_takes_quadratic_time(text: str) -> None:
    tokenize(text)  # within the limit that the test-suite as a whole has


def test_the_question_is_asked_once_per_code_point() -> None:
    asked: list[int] = []

    def classify(code: int) -> int:
        asked.append(code)
        return act.OTHER | code

    scanner = Scanner(uint32s(act.TABLE_SIZE), classify, [])
    buffers = [uint32s(6) for _ in range(3)]
    scanner.scan("abaabb", *buffers)
    assert asked == [ord("a"), ord("b")]


def test_an_error_in_the_question_comes_through() -> None:
    def classify(code: int) -> int:
        raise LookupError(code)

    scanner = Scanner(uint32s(act.TABLE_SIZE), classify, [])
    with pytest.raises(LookupError):
        scanner.scan("a", uint32s(1), uint32s(1), uint32s(1))


def cut(text: str, cutter: Cutter) -> list[str]:
    pieces, spans = uint32s(len(text) + 2), uint32s(2)
    count = cutter.cut([text], bytes([BARE]), pieces, spans)
    assert spans.tolist() == [0, count]
    return [cutter.word(piece) for piece in pieces[:count]]


@given(TEXTS)
def test_a_text_has_the_tokens_of_its_pieces(text: str) -> None:
    pieces = cut(text, new_cutter())
    assert fold(text).split() == [token for piece in pieces for token in fold(piece).split()]


@given(TEXTS | st.text("اب ., \n", max_size=30))
def test_pieces_make_the_text_when_words_side_by_side_get_a_space(text: str) -> None:
    scanner = new_cutter()
    made, after_word = "", False
    for piece in cut(text, scanner):
        is_word = classify(ord(piece[0])) & act.KIND != act.SEPARATOR
        made += " " + piece if after_word and is_word else piece
        after_word = is_word
    assert made == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def test_the_buffer_of_pieces_must_be_large_enough() -> None:
    with pytest.raises(ValueError, match="a piece per code point"):
        new_cutter().cut(["ابتث"], bytes(1), uint32s(5), uint32s(2))
