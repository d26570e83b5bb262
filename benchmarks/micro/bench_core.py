"""One kernel at a time, each with its answer asserted: ``pytest benchmarks/micro``."""

import random

from searchkit._core.buffers import float64s, uint32s
from searchkit._core.match import add, collect, score_bm25, top
from searchkit.analysis import LEVELS, evidence
from searchkit.arabic.folding import new_scanner
from searchkit.indexing.buffer import DocumentBuffer
from searchkit.segment import SegmentWriter

SENTENCE = "أكّد وزير الخارجية السوري، يوم السبت 30 تشرين الثاني، أن «الجماعات الإرهابية» تلقت أمراً من مشغليها. "
TOKENS = 16


def test_tokenise_and_fold(benchmark):
    text = SENTENCE * 2000
    types, starts, ends = (uint32s(len(text)) for _ in range(3))

    def run():
        scanner = new_scanner()
        return scanner.scan(text, types, starts, ends), scanner.num_types

    assert benchmark(run) == (2000 * TOKENS, TOKENS)
    assert text[starts[0] : ends[0]] == "أكّد"


def test_analyse_distinct_words(benchmark):
    words = [
        "وزير",
        "الخارجيه",
        "السوري",
        "يوم",
        "السبت",
        "تشرين",
        "الثاني",
        "الجماعات",
        "الارهابيه",
        "تلقت",
        "امر",
        "مشغليها",
    ]
    found = benchmark(lambda: [evidence(word).terms(word, level) for word in words for level in LEVELS])
    assert found[0] == ("وزير",)


def test_score_and_rank(benchmark):
    num_docs, df = 100_000, 20_000
    source = random.Random(1)
    lengths, docs, tfs = uint32s(num_docs), uint32s(df), uint32s(df)
    for i in range(num_docs):
        lengths[i] = source.randrange(50, 500)
    for i, doc in enumerate(sorted(source.sample(range(num_docs), df))):
        docs[i] = doc
        tfs[i] = source.randrange(1, 9)
    scores, sums, marks = float64s(df), float64s(num_docs), bytearray(num_docs)
    out_docs, out_scores, best = uint32s(df), float64s(df), uint32s(10)

    def run():
        score_bm25(docs, tfs, df, lengths, 2.0, 1.2 * 0.25, 1.2 * 0.75 / 275, scores)
        add(docs, scores, df, sums, marks)
        n = collect(sums, marks, out_docs, out_scores)
        return n, top(out_scores, n, 10, best)

    assert benchmark(run) == (df, 10)
    expected = sorted(range(df), key=lambda i: (-scores[i], i))[:10]
    assert list(best) == expected


def test_tokenise_normalise_index(benchmark, tmp_path):
    documents = [{"id": str(n), "title": "عنوان", "text": SENTENCE * 20} for n in range(50)]

    def run():
        writer = SegmentWriter(str(tmp_path / "segment"))
        buffer = DocumentBuffer(writer)
        for document in documents:
            buffer.add(document)
        buffer.write()
        return buffer.num_docs

    assert benchmark(run) == 50
