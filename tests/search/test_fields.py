"""Fields of any kind: filters, ranges, sorting, counting and paging, against an evaluator that knows only documents."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.indexing.merge import merge_segments
from searchkit.query import GroupClause, WordClause, parse, rewrite
from searchkit.query.rewrite import Instead
from searchkit.ranking import Model
from searchkit.search.filters import restrict, split
from searchkit.search.ranges import holds
from searchkit.segment import SegmentReader, SegmentWriter
from searchkit.segment.kinds import fit, instants, key_of

SOURCES = ["رويترز", "رُويترز", "سانا", "وكالة الأنباء", "وكاله  الانباء", "BBC", "bbc", "C++", "C#"]
TAGS = ["أدب", "ادب", "شعر", "Poetry"]
DATES = ["2024-11-30", "2024-11-30T10:15:00", "2024-11-30T10:15:00+03:00", "2023-01-05", "1999-12-31", "2024-12-01"]
NUMBERS = st.one_of(st.integers(-5, 5), st.sampled_from([0.5, -2.25, 3.0, 1e12, "\u0667", "2.5"]))

DOCUMENT = st.fixed_dictionaries(
    {"text": st.sampled_from(["كتاب", "كتاب جديد", "جديد", "في الكتاب"])},
    optional={
        "source": st.sampled_from(SOURCES),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3),
        "price": NUMBERS,
        "date": st.sampled_from(DATES),
        "sizes": st.lists(st.integers(0, 4), max_size=3),
        "note": st.sampled_from(["قصير", "قصيرة جدا", "x" * 300]),
    },
)
KINDS = {"source": "keyword", "tags": "keyword", "price": "number", "date": "date", "sizes": "number", "note": "text"}
WORDS = {"كتاب": {"كتاب", "كتاب جديد", "في الكتاب"}, "جديد": {"كتاب جديد", "جديد"}}


class Library:
    """An index of several segments, with documents replaced and deleted, and the documents that are left in order."""

    def __init__(self, directory: str, batches: list[list[dict[str, Any]]], gone: set[int]) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        for batch in batches:
            with searchkit.create(directory, fields=KINDS) as writer:
                for made in batch:
                    key = str(len(self.documents))
                    writer.add(id=key, **made)
                    self.documents[key] = made
        with searchkit.create(directory) as writer:
            for number in gone:
                if writer.delete(str(number)):
                    del self.documents[str(number)]
        self.index = searchkit.open(directory)
        segments = self.index._searcher.segments  # to merge may put a later segment first
        self.order = [segment.stored.id(doc) for segment in segments for doc in segment.live_docs()]

    def keys(self, name: str, key: str) -> list[Any]:
        values = fit(KINDS[name], self.documents[key].get(name)) or []
        return sorted({key_of(value) if isinstance(value, str) else value for value in values})


@st.composite
def libraries(draw: st.DrawFn) -> tuple[list[list[dict[str, Any]]], set[int]]:
    batches = draw(st.lists(st.lists(DOCUMENT, min_size=1, max_size=8), min_size=1, max_size=3))
    return batches, draw(st.sets(st.integers(0, 20), max_size=6))


@st.composite
def filters(draw: st.DrawFn) -> dict[str, Any]:
    value = {
        "source": st.sampled_from(SOURCES),
        "tags": st.sampled_from(TAGS),
        "price": st.sampled_from([0, 2.5, -3, "7"]),
        "date": st.sampled_from(["2024", "2024-11", "2024-11-30", "2024-11-30T10:15", "1999-12-31"]),
        "sizes": st.integers(0, 4),
        "note": st.just("قصير"),
    }
    name = draw(st.sampled_from(sorted(value)))
    one = value[name]
    asked = st.one_of(
        one, st.none(), st.lists(one, min_size=1, max_size=3), st.tuples(one | st.none(), one | st.none())
    )
    return {name: draw(asked)}


def accepts(name: str, asked: Any, keys: list[Any]) -> bool:
    """Tell by the keys of a document whether a filter takes it."""

    def limits(value: Any) -> tuple[Any, Any]:
        if KINDS[name] == "date":
            return instants(value) or (0, 0)
        (key,) = fit(KINDS[name], value) or [0]
        return (key_of(key),) * 2 if isinstance(key, str) else (key, key)

    if asked is None:
        return not keys
    if isinstance(asked, tuple):
        low, high = asked
        return any((low is None or limits(low)[0] <= key) and (high is None or key <= limits(high)[1]) for key in keys)
    return any(
        limits(one)[0] <= key <= limits(one)[1]
        for one in (asked if isinstance(asked, list) else [asked])
        for key in keys
    )


@settings(max_examples=60, deadline=None)
@given(made=libraries(), wanted=filters(), word=st.sampled_from(sorted(WORDS)), data=st.data())
def test_filters_sorting_counts_and_pages_are_those_of_the_documents(
    made: Any, wanted: dict[str, Any], word: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(folder, *made)
        ((name, asked),) = wanted.items()
        expected = [
            key
            for key in library.order
            if library.documents[key]["text"] in WORDS[word] and accepts(name, asked, library.keys(name, key))
        ]
        found = library.index.search(word, limit=100, filter=wanted)
        assert sorted(found.ids) == sorted(expected)
        flat = searchkit.Index(folder, Model(placed=0))  # the places of words count by what the hits have in common
        plain = {hit.id: hit.score for hit in flat.search(word, limit=100)}
        among = {hit.id: hit.score for hit in flat.search(word, limit=100, filter=wanted)}
        assert among == {key: plain[key] for key in expected}

        fields = data.draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3, unique=True))
        orders = [(field, data.draw(st.booleans())) for field in fields]
        sort = [("-" if descending else "") + field for field, descending in orders]
        for field, descending in reversed(orders):
            expected.sort(key=lambda key: place(library.keys(field, key), descending), reverse=descending)
        counts = {field: Counter(k for key in expected for k in library.keys(field, key)) for field in KINDS}
        page = library.index.search(
            word, limit=3, offset=2, filter=wanted, sort=sort, facets=list(KINDS), facet_limit=100
        )
        assert (page.ids, page.total, page.exact, len(page)) == (
            expected[2:5], len(expected), True, len(expected[2:5]),
        )  # fmt: skip
        assert [hit.rank for hit in page] == list(range(3, 3 + len(page)))
        for field in ("source", "tags", "price", "sizes", "note"):
            seen = {key_of(v) if isinstance(v, str) else v: n for v, n in page.facets[field]}
            assert seen == counts[field], field
            assert [n for _, n in page.facets[field]] == sorted(seen.values(), reverse=True)


def place(keys: list[Any], descending: bool) -> tuple[bool, Any]:
    if not keys:
        return not descending, 0
    return descending, keys[-1] if descending else keys[0]


@settings(max_examples=30, deadline=None)
@given(made=libraries())
def test_merging_changes_no_column(made: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(folder, *made)
        path = str(Path(folder) / "merged.sk")
        merge_segments(library.index._searcher.segments, SegmentWriter(path))
        merged = SegmentReader(path)
        assert merged.damaged_sections() == []
        for name in KINDS:
            column = merged.column(name)
            held = [library.keys(name, key) for key in library.order]
            if column is None:
                assert not any(held)
                continue
            assert [column.key(at) for at in range(column.size)] == sorted({key for keys in held for key in keys})
            starts = column.starts if column.info.multiple else range(len(held) + 1)
            found = [
                [column.key(at) for at in column.ordinals[starts[doc] : starts[doc + 1]] if at < column.size]
                for doc in range(len(held))
            ]
            assert found == held


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder = str(tmp_path_factory.mktemp("index"))
    with searchkit.create(folder, fields={"price": "number"}) as writer:
        writer.add(id="1", text="كتاب جديد", source="رويترز", price=3.5, tags=["أدب", "شعر"], date="2024-11-30")
        writer.add(id="2", text="كتاب", source="رُويترز", price="٤", tags=["ادب"], date="قريبا")
    with searchkit.create(folder) as writer:
        writer.add(id="3", text="كتاب جديد", source="سانا", price=10, date="2023-01-05", ok=True)
        writer.add(id="4", text="جديد", source="وكالة الأنباء", date="2024-12-01")
    return searchkit.open(folder)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tags:ادب", ["1", "2"]),
        ("كتاب tags:أدب", ["1", "2"]),
        ("كتاب OR date:2024", ["1", "2", "3", "4"]),
        ("+date:2024 كتاب", ["1"]),
        ("كتاب -date:2024-11", ["2", "3"]),
        ("date:2024", ["1", "4"]),
        ("price:4", ["2"]),
        ("price:\u0663\u066b\u0665", ["1"]),
        ("-tags:*", ["3", "4"]),
        ("source:*", ["1", "2", "3", "4"]),
        ("tags:ش*", ["1"]),
        ("tags:ش؟ر", ["1"]),
        ("ok:true", ["3"]),
        ("كتاب (price:4 OR price:10)", ["2", "3"]),
        ("-(price:4 OR price:10)", ["1", "4"]),
        ('tags:"ادب"', ["1", "2"]),
        ("جديد AND date:2023", ["3"]),
    ],
)
def test_a_value_in_the_query_restricts_what_stands_beside_it(
    index: searchkit.Index, query: str, expected: list[str]
) -> None:
    assert sorted(index.search(query).ids) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("date:2024", ["1"]),
        ("price:4 OR price:10", ["2", "3"]),
        ("source:رويترز جديد", ["1"]),
        ("-source:رويترز", ["3"]),
        ({"source": "رويترز", "price": (None, 3.9)}, ["1"]),
        ({"source": ["سانا", "رويترز"], "tags": None}, ["3"]),
        ({"ok": True}, ["3"]),
    ],
)
def test_all_parts_of_a_filter_hold(index: searchkit.Index, wanted: Any, expected: list[str]) -> None:
    assert sorted(index.search("كتاب", filter=wanted).ids) == expected


def test_dates_and_numbers_are_counted_by_periods_and_ranges(index: searchkit.Index) -> None:
    found = index.search("date:*", facets=["date:year", "date:month", "date", "price:4/10"])
    assert found.facets["date:year"] == [("2024", 2), ("2023", 1)]
    assert found.facets["date:month"] == [("2023-01", 1), ("2024-11", 1), ("2024-12", 1)]
    assert found.facets["date"] == found.facets["date:month"]
    assert found.facets["price:4/10"] == [("[* TO 4}", 1), ("[10 TO *}", 1)]


def test_values_are_counted_as_they_were_first_written(index: searchkit.Index) -> None:
    assert index.search("كتاب", facets=["source"]).facets == {"source": [("رويترز", 2), ("سانا", 1)]}
    assert index.search("كتاب", facets=["source"], facet_limit=1).facets == {"source": [("رويترز", 2)]}
    assert index.search("غريب", facets=["source"]).facets == {"source": []}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sort": "text"}, "text: cannot be sorted by; use one of date, ok, price, source, tags"),
        ({"sort": "-colour"}, "colour: cannot be sorted by; use one of"),
        ({"facets": ["title"]}, "title: cannot be counted by; use one of"),
        ({"facets": ["date:week"]}, "date:week: a date is counted by year, month or day"),
        ({"facets": ["price:3/1"]}, "price:3/1: a number is counted by rising limits"),
        ({"filter": "price:غال"}, "price:غال: 'غال' is no number; write one as 10 or 2.5"),
        ({"filter": {"colour": "أحمر"}}, "colour: no field to filter by; use one of"),
        ({"filter": {"date": "كتاب"}}, "date:كتاب: 'كتاب' is no date; write one as 2024-11-30"),
    ],
)
def test_what_cannot_be_asked_is_named_with_what_can(
    index: searchkit.Index, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(searchkit.QueryError) as raised:
        index.search("كتاب", **arguments)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_sorting_goes_with_copies_words_as_typed_and_levels(index: searchkit.Index) -> None:
    assert index.search("كتاب", sort="-price", collapse=True).ids == ["3", "2"]  # 1 is a copy
    assert index.search("كتاب", sort="-price", fold={"hamza": False}).ids == ["3", "2", "1"]
    assert index.search("كتاب", sort="source,-date", level="surface").ids == ["1", "2", "3"]
    assert index.search("كِتاب", sort="price").ids == ["1", "2", "3"]


def test_scores_in_another_order_are_explained(index: searchkit.Index) -> None:
    for hit in index.search("كتاب جديد", sort="-date"):
        assert hit.explain().share == pytest.approx(hit.score)
        assert hit.why_above() == ""


def test_a_filter_by_a_field_that_is_none_is_an_error(index: searchkit.Index) -> None:
    with pytest.raises(searchkit.QueryError, match=r"publisher: no field to filter by; use one of .*source"):
        index.search("كتاب", filter="publisher:دار")


def test_an_account_says_that_the_filter_left_a_document_out(index: searchkit.Index) -> None:
    found = index.explain("كتاب", "3", filter="price:4")
    assert found is not None
    assert found.rank is None
    assert "left out by price:4" in "\n".join(found.lines())


def test_values_of_another_kind_are_kept_and_reported_once(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="أ", price=5)
        for number in range(2, 5):
            writer.add(id=str(number), text="أ", price="غال")
        assert writer.notes == [
            "price: 3 values are no number («غال» in 2, …); kept and shown, but not filtered or sorted by"
        ]
    index = searchkit.open(str(tmp_path))
    assert index.search("أ", sort="-price").ids == ["1", "2", "3", "4"]
    assert index.search("أ", filter={"price": None}).ids == ["2", "3", "4"]
    assert (index.document("2") or {})["price"] == "غال"


def test_a_value_of_another_kind_than_declared_is_refused(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path), fields={"price": "number"}) as writer:
        with pytest.raises(searchkit.DocumentError, match="1: price is declared number, and «غال» is none; correct"):
            writer.add(id="1", price="غال")
        writer.add(id="2", price="12")
    assert len(searchkit.open(str(tmp_path))) == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"price": "money"}, "field price: 'money' is no kind; use one of text, keyword, number, date"),
        ({"title": "keyword"}, "field title: cannot be declared keyword; give that value under another name"),
        ({"n": "date"}, "field n: is number in .*, not date; make a new index to change that"),
    ],
)
def test_what_cannot_be_declared_is_refused(fields: dict[str, str], message: str, tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", n=5)
    with pytest.raises(searchkit.InputError, match=message):
        searchkit.create(str(tmp_path), fields=fields)


def test_kinds_outlive_commits_and_are_in_the_stats(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path), fields={"code": "keyword"}) as writer:
        writer.add(id="1", when="2024-01-01", code="أ-1", size=3)
    with searchkit.create(str(tmp_path)) as writer:
        writer.update(id="1", when="2025-01-01", size=4)
        writer.add(id="2", when="٢٠٢٥-٠٢", size="5")
    index = searchkit.open(str(tmp_path))
    assert index.kinds() == {
        "code": {"kind": "keyword", "declared": True, "documents": 0},
        "when": {"kind": "date", "declared": False, "documents": 2},
        "size": {"kind": "number", "declared": False, "documents": 2},
    }
    assert index.search("when:2025-02").ids == ["2"]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1970", 0, 365 * 86_400_000_000 - 1),
        ("9999-12", 253_399_622_400_000_000, 253_402_300_799_999_999),
        ("1970-01", 0, 31 * 86_400_000_000 - 1),
        ("١٩٧٠-١-٢", 86_400_000_000, 2 * 86_400_000_000 - 1),
        ("1970-01-01T00:01Z", 60_000_000, 119_999_999),
        ("1970-01-01 03:00:00+03:00", 0, 999_999),
        ("1970-01-01T00:00:00.5", 500_000, 599_999),
    ],
)
def test_a_date_is_from_its_first_to_its_last_instant(written: str, first: int, last: int) -> None:
    assert instants(written) == (first, last)


@pytest.mark.parametrize(
    "written", ["", "غدا", "2024-13", "2023-02-29", "2024-11-30T25:00", "0000", "12", "2024-11-30x"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert instants(written) is None


def test_documents_and_columns_agree_on_what_a_range_holds(index: searchkit.Index) -> None:
    for query in ("price:4", "tags:ادب", "date:2024", "tags:ش*", "source:*"):
        clause = index._searcher.understand(query).among._parts.required[0]  # type: ignore[union-attr]
        held = [str(n) for n in range(1, 5) if holds(clause, index.document(str(n)) or {})]  # type: ignore[arg-type]
        assert sorted(index.search(query).ids) == held, query


def test_what_may_be_written_otherwise_keeps_its_place_when_ranges_are_taken_out() -> None:
    kinds = {"price": "number"}
    one, two, priced = (rewrite(parse(text, ["price"]), kinds=kinds) for text in ("كتاب", "جديد", "price:4"))
    assert isinstance(one, WordClause)
    group = GroupClause(should=(priced, one, two, priced), instead=(Instead(1, 3, one),))
    found = split(restrict(group, "price:4 كتاب جديد price:4", ["price"]))
    assert found.clause == GroupClause(should=(one, two), instead=(Instead(0, 2, one),))
    assert found.required == (priced, priced)


def test_a_list_in_a_filter_may_hold_ranges_and_none(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(5):
            writer.add(id=str(number), text="كتاب", **({"price": number} if number else {}))
    index = searchkit.open(str(tmp_path))
    assert sorted(index.search("كتاب", filter={"price": [None, 2, (4, None)]}).ids) == ["0", "2", "4"]
    with pytest.raises(TypeError, match="a text or values by field"):
        index.search("كتاب", filter=5)  # type: ignore[arg-type]
    for limits in ("nan", "1/inf", "-inf/2"):
        with pytest.raises(searchkit.QueryError, match="rising limits"):
            index.search("كتاب", facets=[f"price:{limits}"])


def test_a_pattern_with_many_stars_takes_no_longer(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path), fields={"source": "keyword"}) as writer:
        writer.add(id="1", text="كتاب", source="ا" * 250)
    index = searchkit.open(str(tmp_path))
    assert index.search("source:" + "*ا" * 25 + "x").ids == []
    assert index.search("source:" + "*ا" * 25).ids == ["1"]
