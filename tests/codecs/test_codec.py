"""The codec alone, written and read in memory."""

import datetime as dt
import decimal
import json
import threading
from bisect import bisect_left
from typing import Any

import pytest
import whoosh.index
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, formats, query
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from searchkit.codecs.codec import SearchkitCodec
from searchkit.codecs.values import decode_document, encode_document

TEXT = fields.TEXT(analyzer=RegexTokenizer())

Posting = tuple[int, float, bytes]


def write_term(postings: list[Posting], field: Any, lengths: list[int]) -> tuple[Any, Any]:
    """Write one term between two others and return its reader and the segment."""
    codec, storage = SearchkitCodec(), RamStorage()
    segment = codec.new_segment(storage, "MAIN")
    writer = codec.field_writer(storage, segment)
    writer.start_field("f", field)
    for term, written in ((b"a", postings[:1]), (b"m", postings), (b"z", postings[-1:])):
        writer.start_term(term)
        for doc, weight, value in written:
            writer.add(doc, weight, value, lengths[doc])
        writer.finish_term()
    writer.finish_field()
    writer.close()
    return codec.terms_reader(storage, segment), codec.per_document_reader(storage, segment)


@st.composite
def posting_lists(draw: Any) -> tuple[list[Posting], Any, list[int]]:
    docs = sorted(draw(st.sets(st.integers(0, 900), min_size=1, max_size=400)))
    lengths = draw(st.lists(st.integers(1, 300), min_size=901, max_size=901))
    kind = draw(st.sampled_from(["positions", "frequency", "existence", "boosted", "opaque"]))
    if kind == "existence":
        return [(doc, 1.0, b"") for doc in docs], fields.ID(), lengths
    counts = [draw(st.integers(1, 5)) for _ in docs]
    if kind == "frequency":
        format_ = formats.Frequency()
        values = [count.to_bytes(4, "big") for count in counts]
    else:
        format_ = formats.Positions()
        values = [format_.encode([3 * i + 1 for i in range(count)]) for count in counts]
    factor = 1.5 if kind == "boosted" else 1.0
    if kind == "opaque":
        values = [draw(st.binary(max_size=6)) for _ in docs]
    weights = [factor * count for count in counts]
    return list(zip(docs, weights, values, strict=True)), fields.FieldType(format_, None), lengths


@given(posting_lists())
@settings(max_examples=60, deadline=None)
def test_postings_come_back_as_they_were_written(case: tuple[list[Posting], Any, list[int]]) -> None:
    postings, field, lengths = case
    terms, _ = write_term(postings, field, lengths)
    matcher = terms.matcher("f", b"m", field.format)
    read = []
    while matcher.is_active():
        read.append((matcher.id(), matcher.weight(), matcher.value()))
        matcher.next()
    assert read == postings
    with pytest.raises(ReadTooFar):
        matcher.next()
    info = terms.term_info("f", b"m")
    assert (info.doc_frequency(), info.weight()) == (len(postings), sum(weight for _, weight, _ in postings))
    assert (info.min_id(), info.max_id()) == (postings[0][0], postings[-1][0])
    assert info.max_weight() == max(weight for _, weight, _ in postings)
    assert info.min_length() == min(lengths[doc] for doc, _, _ in postings)
    assert info.max_length() == max(lengths[doc] for doc, _, _ in postings)


@given(posting_lists(), st.lists(st.integers(0, 1000), max_size=8))
@settings(max_examples=60, deadline=None)
def test_skipping_goes_to_the_next_document_and_blocks_bound_what_they_hold(
    case: tuple[list[Posting], Any, list[int]], targets: list[int]
) -> None:
    postings, field, lengths = case
    docs = [doc for doc, _, _ in postings]
    terms, _ = write_term(postings, field, lengths)
    matcher = terms.matcher("f", b"m", field.format)
    at = 0
    for target in targets:
        if not matcher.is_active():
            break
        matcher.skip_to(target)
        at = max(at, bisect_left(docs, target))
        assert matcher.is_active() == (at < len(docs))
        if not matcher.is_active():
            break
        doc, weight, _ = postings[at]
        assert (matcher.id(), matcher.weight()) == (doc, weight)
        assert matcher.block_min_id() <= doc <= matcher.block_max_id()
        assert weight <= matcher.block_max_weight()
        assert matcher.block_min_length() <= lengths[doc] <= matcher.block_max_length()
    twin = matcher.copy()
    if twin.is_active():
        twin.next()
        assert matcher.id() == docs[at]


def test_absent_terms_raise_what_whoosh_expects() -> None:
    terms, _ = write_term([(0, 1.0, b"")], fields.ID(), [1])
    assert ("f", b"m") in terms
    assert ("f", b"n") not in terms
    assert ("g", b"m") not in terms
    with pytest.raises(TermNotFound):
        terms.term_info("f", b"n")
    with pytest.raises(TermNotFound):
        terms.matcher("g", b"m", formats.Existence())
    with pytest.raises(KeyError):
        terms.doc_frequency("f", b"n")
    with pytest.raises(KeyError):
        terms.frequency("f", b"n")


def test_a_cursor_walks_and_finds() -> None:
    terms, _ = write_term([(0, 1.0, b"")], fields.ID(), [1])
    cursor = terms.cursor("f", TEXT)
    assert cursor.text() == "a"
    assert [cursor.next(), cursor.next(), cursor.next()] == ["m", "z", None]
    assert not cursor.is_valid()
    assert cursor.term_info() is None
    assert cursor.find("b") == "m"
    assert cursor.find(b"z") == "z"
    assert cursor.find("zz") is None
    assert cursor.first() == "a"
    assert terms.cursor("g", TEXT).text() is None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.decimals(allow_nan=False),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.sets(st.integers() | st.text())
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1), VALUES))
def test_stored_values_come_back_as_they_were_given(stored: dict[str, Any]) -> None:
    assert decode_document(json.loads(json.dumps(encode_document(stored)))) == stored


def test_stored_values_keep_their_types() -> None:
    stored = {"a": (1, [2]), "b": {1: 2}, "c": dt.datetime(2024, 11, 30, tzinfo=dt.UTC), "d": decimal.Decimal("1.10")}
    assert repr(decode_document(json.loads(json.dumps(encode_document(stored))))) == repr(stored)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="not stored"):
        encode_document({"a": object()})


def test_threads_share_a_searcher(library: Any) -> None:
    index = whoosh.index.open_dir(str(library.directory))
    wanted = {word: library.having("text", word.__eq__) for word in ("وزير", "دمشق", "كتاب", "موسكو")}
    wrong: list[Any] = []
    with index.searcher() as searcher:

        def search() -> None:
            for word, keys in list(wanted.items()) * 10:
                found = {hit["id"] for hit in searcher.search(query.Term("text", word), limit=None)}
                if found != keys:
                    wrong.append((word, found ^ keys))

        threads = [threading.Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
