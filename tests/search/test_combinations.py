"""All options of a search together, on whatever index: what holds of one search holds of all ways to ask for it."""

from __future__ import annotations

import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import searchkit

_WORDS = """
كتاب كتب مكتبة كاتب سوريا سورية روسيا لافروف حلب إدلب وزير الخارجية الروسي وزيرا من في على و أكتوبر تشرين الأول
الأمم المتحدة داعش تنظيم الدولة صاروخ قذيفة مدرسة مُدرِّسة مَدرسة 2254 ألفان ومئتان والكتاب بالكتاب أستانا آستانة
"""
_PARTS = """
Lavrov s,vdh souria كتااب زرافة عمرالمختار UN =كتاب كت* *تاب ك؟تاب أستانا~1 سور~ * كتاب^2 source:رويترز source:رو*
tags:أدب price:10 price:>5 date:2024 date:أكتوبر date:2024-11 مصدر:سانا عنوان:سوريا title:كتاب ناشر:كتاب tags:*
price:* -روسيا +حلب +كتاب -source:سانا +price:>3 id:1 " ( : \ud800
"""
WORDS = _WORDS.split()
PARTS = [
    *WORDS, *_PARTS.split(), "price:[1 TO 10]", '"وزير الخارجية"', '"وزير لافروف"~3', '"الأمم المتحدة"',
    "لافروف قرب/6 حلب", 'note:"قصير جدا"', "كتاب NEAR/2 (سوريا أو روسيا)", "(كتاب OR حلب)", "(source:سانا OR كتاب)",
    "(+كتاب -روسيا)",
]  # fmt: skip
JOINED = [" ", " AND ", " OR ", " و ", " أو ", " ليس "]
SYNONYMS = "الأمم المتحدة, UN, هيئة الأمم\nداعش => تنظيم الدولة\nصاروخ, قذيفة^0.5\nكتاب, =كتب, وزير الخارجية\n"

QUERY = st.builds(
    lambda first, rest: first + "".join(sign + part for sign, part in rest),
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.sampled_from([" ", *JOINED]), st.sampled_from(PARTS)), max_size=4),
)
FILTERS: list[Any] = [
    "source:رويترز", "price:>2 date:2024", "كتاب -حلب", {"source": ["رويترز", "سانا"]}, {"price": (2, None)},
    {"date": None}, {},
]  # fmt: skip
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["surface", "lemma", "root"]),
        "fold": st.sampled_from([{"hamza": False}, {"taa": False, "yaa": False}, {"tashkeel": False}]),
        "collapse": st.booleans(),
        "fallback": st.booleans(),
        "operator": st.sampled_from(["any", "all"]),
        "plain": st.booleans(),
        "filter": st.sampled_from(FILTERS),
    },
)
SORT = st.sampled_from([None, "-date", "price", "source,-price", "-tags,date,price", "score", "id"])
FACETS = st.sampled_from([[], ["source"], ["tags", "date:year"], ["price:2/5", "date"]])


def documents(chance: random.Random, first: int, count: int) -> Iterator[dict[str, Any]]:
    for number in range(first, first + count):
        made: dict[str, Any] = {"id": str(number), "text": " ".join(chance.choices(WORDS, k=chance.choice([1, 5, 20])))}
        if chance.random() < 0.6:
            made["title"] = " ".join(chance.choices(WORDS, k=3))
        for name, values in {
            "source": ["رويترز", "سانا", "BBC"],
            "tags": [["أدب"], [], ["شعر", "أدب"]],
            "price": [1, 2, 3.5, 10, "٩"],
            "date": ["2024-11-30", "2023-01-05", "2024", "9999-12-31", "0001-01-01"],
            "ناشر": WORDS,
            "note": ["قصير جدا", "قصير"],
        }.items():
            if chance.random() < 0.6:
                made[name] = chance.choice(values)
        yield made


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, searchkit.Index]:
    """One with everything in three segments, one without documents, and two with one field."""
    folders = {name: str(tmp_path_factory.mktemp(name)) for name in ("all", "empty", "id", "title")}
    chance = random.Random(5)  # noqa: S311
    for first in (0, 4, 30):
        with searchkit.create(folders["all"]) as writer:
            for document in documents(chance, first, 26 if first else 4):
                writer.add(**document)
    with searchkit.create(folders["all"]) as writer:
        for number in range(0, 56, 7):
            writer.delete(str(number))
    Path(folders["all"], "synonyms.txt").write_text(SYNONYMS, encoding="utf-8")
    with searchkit.create(folders["empty"]):
        pass
    for name in ("id", "title"):
        with searchkit.create(folders[name]) as writer:
            for number in range(5):
                writer.add(id=str(number), **({"title": "كتاب سوريا"} if name == "title" else {}))
    return {name: searchkit.open(folder) for name, folder in folders.items()}


def search(index: searchkit.Index, query: str, **options: Any) -> searchkit.Results:
    """Search; a query that cannot be answered tells nothing here."""
    try:
        return index.search(query, **options)
    except searchkit.SearchkitError:
        assume(False)
        raise


@settings(max_examples=100, deadline=None)
@given(
    name=st.sampled_from(["all", "all", "all", "empty", "id", "title"]), query=QUERY, options=ASKED, sort=SORT,
    facets=FACETS, limit=st.sampled_from([0, 1, 3]), offset=st.sampled_from([0, 1, 7, 10_000]),
)  # fmt: skip
def test_pages_are_parts_of_the_whole_ranking_and_every_hit_can_be_shown_and_explained(
    indexes: dict[str, searchkit.Index], name: str, query: str, options: dict[str, Any], sort: str | None,
    facets: list[str], limit: int, offset: int,
) -> None:  # fmt: skip
    index = indexes[name]
    options = {**options, "sort": sort, "facets": facets}
    whole = search(index, query, limit=1000, **options)
    ids = whole.ids
    assert len(set(ids)) == len(ids)
    assert search(index, query, limit=limit, offset=offset, **options).ids == ids[offset : offset + limit]
    if not options.get("collapse"):
        assert whole.total == len(ids)
    for hit in whole.hits[:3]:
        assert isinstance(hit.snippet + hit.marked_title().html() + hit.why_above(), str)
        share = hit.explain().share
        assert sort not in (None, "score") or share == pytest.approx(hit.score, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(query=QUERY, options=ASKED)
def test_an_account_has_the_rank_of_the_search_and_a_reason_for_all_others(
    indexes: dict[str, searchkit.Index], query: str, options: dict[str, Any]
) -> None:
    index = indexes["all"]
    options.pop("collapse", None)
    ids = search(index, query, limit=1000, **options).ids
    for key in ("1", "12", "40", *ids[:2], *ids[-1:]):
        account = index.explain(query, key, **options)
        assert account is not None
        assert account.rank == (ids.index(key) + 1 if key in ids else None)
        assert len(account.lines()) > 1


@settings(max_examples=100, deadline=None)
@given(query=QUERY, options=ASKED)
def test_filters_leave_of_the_hits_those_that_satisfy_them_and_counts_are_those_of_the_hits(
    indexes: dict[str, searchkit.Index], query: str, options: dict[str, Any]
) -> None:
    index = indexes["all"]
    for name in ("filter", "collapse", "fold"):
        options.pop(name, None)
    whole = search(index, query, limit=1000, facets=["source"], **options)
    of_hits = {hit.id: hit.fields.get("source") for hit in whole}
    assert dict(whole.facets["source"]) == Counter(source for source in of_hits.values() if source)
    assert search(index, query, limit=1000, **options).ids == whole.ids
    expected = [key for key, source in of_hits.items() if source == "سانا"]
    if expected:  # else something else is searched
        left = search(index, query, limit=1000, filter={"source": "سانا"}, **options).ids
        assert sorted(left) == sorted(expected)  # vowels count in the first hits, which are others then


def answer(index: searchkit.Index, query: str, options: dict[str, Any]) -> object:
    found = index.search(query, limit=30, **options)
    shown = [(hit.id, hit.score, hit.snippet) for hit in found.hits[:3]]
    return found.ids, found.total, found.notes, found.facets, shown


def test_threads_that_clear_what_others_remember_get_the_answers_of_one_thread(
    indexes: dict[str, searchkit.Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in (
        ("search.prepared", "_MAX_QUERIES"), ("search.searcher", "_MAX_QUERIES"), ("search.widen", "_MAX_KEPT"),
        ("search.written", "_MAX_WORDS"), ("search.statistics", "_MAX_PATTERNS"), ("search.lookup", "_MAX_PHRASES"),
        ("search.plan", "_MAX_WORDS"), ("search.apart", "_MAX_KEPT"),
        ("search.shelf", "_MAX_WORDS"), ("search.shelf", "_CALL"), ("query.calendar", "_MAX_KEPT"),
    ):  # fmt: skip
        monkeypatch.setattr(import_module(f"searchkit.{module}"), name, 5)
    chance = random.Random(3)  # noqa: S311
    folder = indexes["all"].directory
    one, shared = searchkit.open(folder), searchkit.open(folder)
    expected: list[tuple[str, dict[str, Any], object]] = []
    while len(expected) < 60:
        query = chance.choice(JOINED).join(chance.choices(PARTS, k=chance.choice([1, 2, 3])))
        options = chance.choice([{}, {}, {"filter": "source:سانا"}, {"sort": "-date"}, {"facets": ["tags"]}])
        try:
            expected.append((query, options, answer(one, query, options)))
        except searchkit.SearchkitError:
            continue
    wrong: list[object] = []

    def ask(seed: int) -> None:
        try:
            for query, options, right in random.Random(seed).sample(expected, len(expected)) * 2:  # noqa: S311
                if (found := answer(shared, query, options)) != right:
                    wrong.append((query, options, found, right))
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong
