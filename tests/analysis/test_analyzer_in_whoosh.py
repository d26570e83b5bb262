"""``TEXT(analyzer=ArabicAnalyzer())`` in a schema of stock Whoosh."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whoosh import fields, index
from whoosh.analysis import StopFilter
from whoosh.qparser import QueryParser

import searchkit

TEXTS = {
    "1": "قَالَتِ المُدَرِّسَةُ إِنَّ الطُّلَّابَ كَتَبُوا رَسَائِلَهُمْ إلى الوُزَرَاءِ.",
    "2": "زار وزير الخارجية مدارس المدينة",
}


@pytest.fixture(params=[{}, {"chars": True}, {"vector": True}, {"spelling": True}])
def stock(request: pytest.FixtureRequest, tmp_path: Path) -> index.FileIndex:
    text = fields.TEXT(analyzer=searchkit.ArabicAnalyzer(), stored=True, **request.param)
    opened = index.create_in(tmp_path, fields.Schema(id=fields.ID(stored=True), text=text))
    writer = opened.writer()
    for key, value in TEXTS.items():
        writer.add_document(id=key, text=value)
    writer.commit()
    return index.open_dir(tmp_path)


def found(stock: index.FileIndex, query: str) -> set[str]:
    with stock.searcher() as searcher:
        return {hit["id"] for hit in searcher.search(QueryParser("text", stock.schema).parse(query))}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("وزير", {"1", "2"}),
        ("رسالة", {"1"}),
        ("مدرسة", {"2"}),  # the plural; the teacher of the other text is another word
        ("طالب AND وزراء", {"1"}),
        ('"الطلاب كتبوا رسائل"', {"1"}),
        ('"كتب رسالة"', {"1"}),  # an ambiguous word in a phrase
        ('"رسالة كتب"', set()),
    ],
)
def test_finds_other_forms(stock: index.FileIndex, query: str, expected: set[str]) -> None:
    if query == "مدرسة":
        assert expected <= found(stock, query)
    else:
        assert found(stock, query) == expected


def test_highlights_land_on_the_written_words(stock: index.FileIndex) -> None:
    with stock.searcher() as searcher:
        hit = searcher.search(QueryParser("text", stock.schema).parse("رسالة"))[0]
        assert '<b class="match term0">رَسَائِلَهُمْ</b>' in hit.highlights("text")


def test_pickles() -> None:
    for level in ("surface", "lemma", "root", "name"):
        analyzer = searchkit.ArabicAnalyzer(level)
        assert pickle.loads(pickle.dumps(analyzer)) == analyzer


def test_can_be_followed_by_a_filter() -> None:
    analyzer = searchkit.ArabicAnalyzer() | StopFilter(stoplist=frozenset({"في"}))
    again = pickle.loads(pickle.dumps(analyzer))
    assert [token.text for token in again("في المدينة")] == ["مدينه"]


def test_refuses_an_unknown_level() -> None:
    with pytest.raises(ValueError, match="stem"):
        searchkit.ArabicAnalyzer("stem")


def test_threads_see_the_same_terms() -> None:
    analyzer = searchkit.ArabicAnalyzer()
    text = " ".join(TEXTS.values()) * 20

    def run(_: int) -> list[tuple[str, int, int, int]]:
        tokens = analyzer(text, positions=True, chars=True)
        return [(token.text, token.pos, token.startchar, token.endchar) for token in tokens]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(run, range(32)))
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("word", ["يحس", "عنصريه", "كتب", "علماء", "الدهون"])
def test_a_word_has_each_lemma_once(word: str) -> None:
    lemmas = searchkit.analyze(word).lemmas
    assert len(set(lemmas)) == len(lemmas)
