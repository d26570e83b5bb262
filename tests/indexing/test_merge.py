"""Which segments are merged, and what is in the one they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit.arabic.folding import fold
from searchkit.indexing import merge
from searchkit.indexing.merge import choose, merge_segments
from searchkit.segment import SegmentReader, SegmentWriter, stored

Check = Callable[[str, dict[str, dict[str, Any]]], None]


@st.composite
def segments(draw: st.DrawFn) -> list[tuple[int, int]]:
    sizes = draw(st.lists(st.integers(0, 5000), max_size=30))
    return [(size, draw(st.integers(0, size))) for size in sizes]


@given(segments())
def test_merging_comes_to_an_end_with_few_segments(sizes: list[tuple[int, int]]) -> None:
    live = sum(num_live for _, num_live in sizes)
    for _ in range(200):
        chosen = choose(sizes)
        if not chosen:
            break
        assert chosen == sorted(set(chosen))
        merged = sum(sizes[place][1] for place in chosen)
        sizes = [size for place, size in enumerate(sizes) if place not in chosen]
        sizes += [(merged, merged)] if merged else []
    assert not choose(sizes)
    assert sum(num_live for _, num_live in sizes) == live
    assert all(2 * num_live >= num_docs for num_docs, num_live in sizes)
    assert len(sizes) <= 7 * 6


def test_a_document_is_rewritten_once_per_tier() -> None:
    sizes: list[tuple[int, int]] = []
    written = 0
    for _ in range(512):
        sizes.append((1, 1))
        while chosen := choose(sizes):
            merged = sum(sizes[place][1] for place in chosen)
            written += merged
            sizes = [size for place, size in enumerate(sizes) if place not in chosen] + [(merged, merged)]
    assert written == 512 * 3


def test_a_segment_that_is_mostly_deleted_is_rewritten_alone() -> None:
    assert choose([(10, 10), (100, 49), (10, 10)]) == [1]
    assert choose([(10, 10), (100, 50), (10, 10)]) == []


def test_no_segment_becomes_too_large() -> None:
    size = merge._LARGEST // 10
    assert choose([(10, 10)] * 12, [size] * 12) == list(range(10))
    assert choose([(10, 10)] * 12, [merge._LARGEST // 2 + 1] * 12) == []
    assert choose([(10, 10)] * 9, [5, *[merge._LARGEST // 2] * 8]) == [0, 1]
    assert choose([(10, 2)], [merge._LARGEST]) == [0]


def test_large_groups_are_copied_and_fields_go_through_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_COPIED", 10)
    monkeypatch.setattr(merge, "_SPILLED", 1)
    monkeypatch.setattr(merge, "_OCCURRENCES", 3)
    texts = {str(number): f"مقال {number} عن كتاب {number % 7} " * (number % 5) for number in range(60)}
    for first in range(0, 60, 20):
        with searchkit.create(str(tmp_path / "index")) as writer:
            for number in range(first, first + 20):
                writer.add(id=str(number), text=texts[str(number)], n=number)
    with searchkit.create(str(tmp_path / "index")) as writer:
        for number in (0, 3, 4, 19, 25, 40, *range(45, 57)):
            writer.delete(str(number))
            del texts[str(number)]
    sources = readers(tmp_path / "index")
    out = SegmentWriter(str(tmp_path / "merged.sk"))
    merge_segments(sources, out)
    merged = SegmentReader(str(tmp_path / "merged.sk"))
    assert merged.damaged_sections() == []
    documents = [merged.stored.document(doc) for doc in range(merged.num_docs)]
    assert documents == [{"id": key, "text": text, "n": int(key)} for key, text in texts.items()]
    for cursor in merged.terms("text"):
        postings = merged.all_postings("text", cursor)
        positions = iter(merged.positions("text", cursor, postings))
        for doc, tf in zip(postings.docs, postings.tfs, strict=True):
            words = fold(documents[doc]["text"]).split()
            assert [words[next(positions)] for _ in range(tf)] == [cursor.term.decode()] * tf
    assert sum(merged.lengths("text")) == sum(len(fold(text).split()) for text in texts.values())


def readers(directory: Path) -> list[SegmentReader]:
    return searchkit.open(str(directory))._searcher.segments


def test_segments_with_different_fields_are_joined(tmp_path: Path) -> None:
    texts = [{"title": "كتاب أول"}, {"text": "نص", "كاتب": "جبران"}, {"كاتب": "جبران"}, {}]
    for number, fields in enumerate(texts):
        with searchkit.create(str(tmp_path / "index")) as writer:
            writer.add(id=str(number), **fields)
    writer = SegmentWriter(str(tmp_path / "merged.sk"))
    merge_segments(readers(tmp_path / "index"), writer)
    merged = SegmentReader(str(tmp_path / "merged.sk"))
    assert merged.damaged_sections() == []
    assert merged.num_docs == 4
    assert [merged.stored.document(doc) for doc in range(4)] == [
        {"id": str(number), **fields} for number, fields in enumerate(texts)
    ]
    assert merged.lengths("كاتب").tolist() == [0, 1, 1, 0]
    assert merged.lengths("title").tolist() == [2, 0, 0, 0]
    assert merged.length_totals("كاتب")[:2] == (2, 2)
    cursor = merged.find("كاتب", "جبران".encode())
    assert cursor is not None
    postings = merged.postings("كاتب", cursor)
    assert postings.docs.tolist() == [1, 2]
    assert merged.positions("كاتب", cursor, postings).tolist() == [0, 0]


def test_an_index_is_the_same_before_and_after_merging(tmp_path: Path, check: Check) -> None:
    documents = {
        str(i): {"id": str(i), "title": f"مقال {i % 3}", "text": "كتاب " * (i % 4) + f"قلم {i}"} for i in range(30)
    }
    places = [tmp_path / "merged", tmp_path / "plain"]
    for place in places:
        fan_in, merge._FAN_IN = merge._FAN_IN, 2 if place == places[0] else 1000
        try:
            for i in range(0, 30, 3):
                with searchkit.create(str(place)) as writer:
                    for key in map(str, range(i, i + 3)):
                        writer.update(**documents[key])
                    if i:
                        writer.delete(str(i - 1))
        finally:
            merge._FAN_IN = fan_in
    left = {key: document for key, document in documents.items() if (int(key) + 1) % 3 or key == "29"}
    for place in places:
        check(str(place), left)
    merged, plain = (searchkit.open(str(place)) for place in places)
    assert len(merged._searcher.segments) < 5 < len(plain._searcher.segments)
    for query in ("كتاب", '"كتاب كتاب"', "مقال -قلم 5", "ق*"):
        scores = [{hit.id: hit.score for hit in index.search(query, limit=100)} for index in (merged, plain)]
        assert scores[0] == scores[1]


def test_positions_beyond_a_block_survive_merging(tmp_path: Path, check: Check) -> None:
    documents = {str(i): {"id": str(i), "text": f"كلمة {i} كلمة"} for i in range(700)}
    for first in range(0, 700, 350):
        with searchkit.create(str(tmp_path / "index")) as writer:
            for key in map(str, range(first, first + 350)):
                writer.add(**documents[key])
    with searchkit.create(str(tmp_path / "index")) as writer:
        for key in map(str, range(0, 700, 3)):
            writer.delete(key)
            del documents[key]
        for _ in range(6):
            writer._flush()
    check(str(tmp_path / "index"), documents)
    writer_ = SegmentWriter(str(tmp_path / "merged.sk"))
    merge_segments(readers(tmp_path / "index"), writer_)
    merged = SegmentReader(str(tmp_path / "merged.sk"))
    cursor = merged.find("text", "كلمه".encode())
    assert cursor is not None
    postings = merged.all_postings("text", cursor)
    assert postings.tfs.tolist() == [2] * len(documents)
    assert merged.positions("text", cursor, postings).tolist() == [0, 2] * len(documents)
