"""Queries become queries of Whoosh that find the same, and the other way round."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import whoosh.index
from whoosh import query as wq
from whoosh.query import spans

import searchkit
from searchkit.errors import QueryError
from searchkit.query import UP_TO, parse, rewrite
from searchkit.search.best import find_best
from searchkit.search.whoosh_queries import from_whoosh, to_whoosh

VOCABULARY = ["سوريا", "سورية", "كتاب", "الكتاب", "كتب", "وزير", "قمة", "طارئة", "في", "من", "حلب", "كوفيد-19"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = str(tmp_path_factory.mktemp("index"))
    chance = random.Random(3)  # noqa: S311
    for part in range(3):
        with searchkit.create(directory) as writer:
            for key in range(25):
                text = " ".join(chance.choices(VOCABULARY, k=chance.randint(0, 12)))
                title = " ".join(chance.choices(VOCABULARY, k=2))
                writer.add(id=f"{part}-{key}", title=title, text=text, price=chance.randrange(10))
            writer.delete(f"{part}-7")
    return directory


QUERIES = [
    "سوريا", "سوريا كتاب", "سوريا في", "في من", "+سوريا -كتاب حلب", "سوريا AND (كتاب OR حلب)", "-سوريا", "سوريا و حلب",
    "title:سوريا", '"قمة طارئة"', '"في من"', '"قمة طارئة"~2', '"سوريا"', "كوفيد-19", "كت*", "*تاب", "ك؟ب", "ال*ب",
    "=كتاب^2", "سوريا NEAR/2 حلب", "سوريا NEAR/0 (حلب OR كتاب)", "price:[2 TO 5]", "price:>7 AND سوريا",
    "price:{2 TO 5}",
    "+price:<=3 سوريا", "كتاب~1",
]  # fmt: skip


def by_whoosh(folder: str, query: object) -> set[str]:
    with whoosh.index.open_dir(folder).searcher() as searcher:
        return {hit["id"] for hit in searcher.search(query, limit=None)}


def by_us(folder: str, query: str, level: str = "surface") -> set[str]:
    return set(searchkit.open(folder).search(query, limit=1000, level=level, fallback=False).ids)


@pytest.mark.parametrize("query", QUERIES)
def test_whoosh_finds_what_we_find(folder: str, query: str) -> None:
    kinds = {"price": "number"}
    node = parse(query, ("title", "text", "price"))
    found = by_us(folder, query)
    assert by_whoosh(folder, to_whoosh(node, kinds=kinds)) == found
    assert found
    if "~1" not in query and "NEAR/0" not in query:
        assert by_whoosh(folder, to_whoosh(node, "lemma", kinds)) == by_us(folder, query, "lemma")


@pytest.mark.parametrize("query", [query for query in QUERIES if "price" not in query])
def test_a_query_comes_back_as_one_that_finds_the_same(folder: str, query: str) -> None:
    node = from_whoosh(to_whoosh(parse(query, ("title", "text"))))
    snapshot = searchkit.open(folder)._searcher.snapshot
    best = find_best(snapshot, rewrite(node, UP_TO["surface"]), 1000)
    assert {snapshot.document(doc)["id"] for doc in best.docs[: best.size]} == by_us(folder, query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (wq.Term("text", "سوريا"), "text:=سوريا"),
        (wq.Prefix("text", "كت"), "text:كت*"),
        (wq.Phrase("text", ["قمه", "طارئه"], slop=3), 'text:"قمه طارئه"~2'),
        (wq.And([wq.Term("text", "a"), wq.Not(wq.Term("title", "b"))]), "text:=a AND NOT title:=b"),
        (wq.AndMaybe(wq.Term("text", "a"), wq.Term("text", "b")), "+text:=a text:=b"),
        (wq.Require(wq.Term("text", "a"), wq.Term("text", "b")), "text:=a AND text:=b"),
        (wq.DisjunctionMax([wq.Term("text", "a"), wq.Term("text", "b")]), "text:=a OR text:=b"),
        (wq.TermRange("price", "a", "b", startexcl=True), "price:{a TO b]"),
        (wq.NumericRange("price", 1, None), "price:>=1"),
        (wq.FuzzyTerm("text", "كتاب", maxdist=2), "text:كتاب~2"),
        (spans.SpanNear(wq.Term("text", "a"), wq.Term("text", "b"), slop=4, ordered=False), "text:=a NEAR/3 text:=b"),
    ],
)
def test_whoosh_queries_in_the_language(query: object, expected: str) -> None:
    fields = ("title", "text", "price")
    kinds = {"price": "keyword"}
    assert _without_text(rewrite(from_whoosh(query), kinds=kinds)) == _without_text(
        rewrite(parse(expected, fields), kinds=kinds)
    )


def _without_text(clause: object) -> str:
    text = str(clause)
    return text[text.index("fields=") :] if text.startswith("NearClause") else text


@pytest.mark.parametrize(
    "query",
    [
        wq.Regex("text", "a.b"),
        wq.Wildcard("text", "a[bc]"),
        spans.SpanNear(wq.Term("text", "a"), wq.Term("text", "b")),
        spans.SpanNear(wq.Term("text", "a"), wq.Term("title", "b"), ordered=False),
        spans.SpanFirst(wq.Term("text", "a")),
    ],
)
def test_what_the_language_cannot_say_is_refused(query: object) -> None:
    with pytest.raises(QueryError, match=r"^whoosh query"):
        from_whoosh(query)


def test_nothing_and_everything_come_and_go(folder: str) -> None:
    assert to_whoosh(parse("؟")) == wq.NullQuery
    assert rewrite(from_whoosh(wq.NullQuery)) == rewrite(parse("؟"))
    everything = from_whoosh(wq.Every())
    best = find_best(searchkit.open(folder)._searcher.snapshot, rewrite(everything), 1000)
    assert best.size == 72
    assert Path(folder).is_dir()


def test_a_level_that_there_is_not_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="level must be one of surface, lemma, root"):
        to_whoosh(parse("a"), "stem")
