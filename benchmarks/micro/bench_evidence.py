"""What a word costs that was never seen before: ``pytest benchmarks/micro/bench_evidence.py``.

Not one look-up but thousands of different words, so that the lexicon is as cold in the processor's caches as it is
for real text. ``-s`` shows the time for one word. In news about a fifth of the distinct words are names.
"""

from itertools import product

from searchkit.analysis.evidence import Evidence, analyze_word
from searchkit.analysis.stream import TextAnalyzer
from searchkit.arabic.morphology import analyze

PREFIXES = ("", "ال", "و", "وال", "ب", "بال", "لل", "ي", "ت", "سي")
STEMS = (
    "وزير رءيس كتاب مدرس مجتمع سيار بيان حكوم برلمان جامع طالب معلم مستشفي اقتصاد تصريح مفاوض صحيف ملعب مهندس"
    " لافروف غراسيموف استانا واشنطن بروكسل هولاند كاميرون سنودن زوكربيرغ كتب درس قال عمل شارك استقبل اجتمع"
)
SUFFIXES = ("", "ه", "ات", "ون", "ين", "ان", "ها", "هم", "ي", "يه", "نا", "وا")
WORDS = ["".join(parts) for parts in product(PREFIXES, STEMS.split(), SUFFIXES)]


def test_evidence_of_words_the_lexicon_knows(benchmark):
    words = [word for word in WORDS if not analyze(word).name]
    found = benchmark(lambda: [analyze_word(word) for word in words])
    assert found[words.index("الوزير")] == Evidence(("وزير",), "وزر", ())
    report(benchmark, len(words))


def test_evidence_of_names(benchmark):
    words = [word for word in WORDS if analyze(word).name]
    found = benchmark(lambda: [analyze_word(word) for word in words])
    assert found[words.index("لافروف")].names
    report(benchmark, len(words))


def test_look_up_with_the_split(benchmark):
    found = benchmark(lambda: [analyze(word) for word in WORDS])
    assert found[WORDS.index("الوزير")].prefix == "ال"
    report(benchmark, len(WORDS))


def test_text_of_new_words(benchmark):
    text = " ".join(WORDS)

    def run():
        analyzer = TextAnalyzer()
        return analyzer.analyze(text), analyzer.num_types

    assert benchmark(run) == (len(WORDS), len(set(WORDS)))
    report(benchmark, len(WORDS))


def report(benchmark, words):
    benchmark.extra_info["words"] = words
    if benchmark.stats:  # none with --benchmark-disable
        print(f" {benchmark.stats.stats.median / words * 1e6:.2f} us a word, n={words}")
