"""Texts become numbered words with evidence, and endless new words do not fill the memory."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit._core import COMPILED
from searchkit.analysis import evidence, tokenize
from searchkit.analysis.stream import TextAnalyzer

TEXT = "أكّد وزير الخارجية السوري، يوم السبت 30 تشرين الثاني، أن «الجماعات الإرهابية» تلقت أمراً من مشغليها. "


def tokens(analyzer, text):
    count = analyzer.analyze(text)
    found = []
    for i in range(count):
        type_id = analyzer.types[i]
        word = analyzer.word(type_id)
        found.append((word, analyzer.starts[i], analyzer.ends[i], i, analyzer.evidence(type_id)))
    return found


def test_agrees_with_tokenize_and_evidence():
    expected = [(*token, evidence(token.surface)) for token in tokenize(TEXT)]
    assert tokens(TextAnalyzer(), TEXT) == expected


def test_a_word_keeps_its_number_in_the_next_text():
    analyzer = TextAnalyzer()
    analyzer.analyze("وزير الخارجية")
    first = analyzer.types[0]
    analyzer.analyze("قال وزير")
    assert analyzer.types[1] == first
    assert analyzer.num_types == 3


def test_an_empty_text_has_no_tokens():
    assert TextAnalyzer().analyze("") == 0


def test_forgetting_words_does_not_change_results():
    words = TEXT.split() + [f"{n}x" for n in range(40)]
    texts = [" ".join(words[n * 7 % 50 : n * 7 % 50 + n % 30]) for n in range(200)]
    whole, trimmed, never = TextAnalyzer(), TextAnalyzer(max_types=10), TextAnalyzer(max_types=0)
    for text in texts:
        expected = tokens(whole, text)
        assert tokens(trimmed, text) == expected
        assert tokens(never, text) == expected
    assert trimmed.num_types < whole.num_types


@given(st.lists(st.text(alphabet=st.characters() | st.sampled_from("اأبتلوُِ ً\ud800"), max_size=40), max_size=8))
@settings(deadline=None)
def test_forgetting_words_does_not_change_results_on_any_text(texts):
    whole, trimmed = TextAnalyzer(), TextAnalyzer(max_types=3)
    for text in texts:
        assert tokens(trimmed, text) == tokens(whole, text)


def test_endless_new_words_do_not_fill_the_memory():
    tracemalloc.start()
    try:
        _stream_new_words(60_000 if COMPILED else 6000, max_types=500, per_text=500)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_500_000


def test_two_million_new_words_leave_a_small_table():
    _stream_new_words(2_000_000 if COMPILED else 100_000, max_types=20_000)


def _stream_new_words(distinct, max_types, per_text=2000):
    analyzer = TextAnalyzer(max_types)
    for first in range(0, distinct, per_text):
        assert analyzer.analyze(" ".join([f"q{n:x}" for n in range(first, first + per_text)])) == per_text
        assert analyzer.num_types <= max_types + per_text
        assert analyzer.word(analyzer.types[per_text - 1]) == f"q{first + per_text - 1:x}"


def test_long_new_words_do_not_fill_the_memory():
    analyzer = TextAnalyzer(max_types=100)
    sizes = []
    for n in range(50):
        analyzer.analyze("".join([chr(0x628 + n % 8)] * (10_000 + n)))
        sizes.append(analyzer.num_types)
    assert max(sizes) <= 3
    assert tokens(analyzer, "ب" * 10_000)[0][:4] == ("ب" * 10_000, 0, 10_000, 0)


def test_a_negative_bound_is_refused():
    with pytest.raises(ValueError, match="max_types"):
        TextAnalyzer(max_types=-1)


def test_no_type_no_word():
    analyzer = TextAnalyzer()
    with pytest.raises(IndexError):
        analyzer.word(0)
    with pytest.raises(IndexError):
        analyzer.evidence(0)
