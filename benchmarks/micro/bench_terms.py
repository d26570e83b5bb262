"""The term dictionary, on 200,000 made-up words: ``pytest benchmarks/micro/bench_terms.py``."""

import random
import re
from array import array

import pytest

from searchkit._core.expand import Walk
from searchkit._core.field_encoder import FieldEncoder
from searchkit._core.pattern import Pattern
from searchkit._core.terms import Dictionary

PREFIXES = ("", "ال", "و", "وال", "ب", "بال", "لل", "ي", "ت", "سي")
SUFFIXES = ("", "ه", "ات", "ون", "ين", "ها", "هم", "ي", "يه", "نا")
LETTERS = "ابتجحخدرزسشصضطعغفقكلمنهوي"


@pytest.fixture(scope="module")
def words():
    source = random.Random(1)
    stems = {"".join(source.choices(LETTERS, k=source.randint(3, 5))) for _ in range(40_000)}
    made = {source.choice(PREFIXES) + stem + source.choice(SUFFIXES) for stem in sorted(stems) for _ in range(6)}
    return sorted(made, key=str.encode)


@pytest.fixture(scope="module")
def dictionary(words):
    field = FieldEncoder(1.0, positions=False)
    one, nothing = array("I", [0]), array("I")
    ones = array("I", [1])
    for word in words:
        field.add(word.encode(), one, ones, 1, ones, nothing, 0)
    terms, counts = (b"".join(stream.chunks()) for stream in (field.terms, field.counts))
    return Dictionary(terms, counts, field.offsets, field.heads, field.num_terms)


def test_look_up(benchmark, words, dictionary):
    wanted = [word.encode() for word in random.Random(2).sample(words, 10_000)]
    found = benchmark(lambda: [dictionary.find(term) for term in wanted])
    assert [entry.term for entry in found] == wanted


@pytest.mark.parametrize("text", ["كت*", "ال*ات", "م?ر*", "*تاب"])
def test_wildcards(benchmark, words, dictionary, text):
    pattern = Pattern(text, wildcards=True)
    wanted = re.compile(text.replace("*", ".*").replace("?", "."))
    expected = sum(wanted.fullmatch(word) is not None for word in words)
    assert len(benchmark(lambda: Walk(dictionary, pattern, len(words)).run())) == expected


@pytest.mark.parametrize("edits", [1, 2])
def test_edits(benchmark, words, dictionary, edits):
    word = words[len(words) // 3]
    pattern = Pattern(word, edits=edits)
    found = benchmark(lambda: Walk(dictionary, pattern, 1024).run())
    assert (words.index(word), 1, 0) in found
