"""What an index must hold, worked out from its documents with dictionaries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

import pytest

import searchkit
from searchkit.analysis import LEVELS, evidence, level_field, tokenize
from searchkit.segment import SegmentReader
from searchkit.segment.lengths import measure

Documents = dict[str, dict[str, Any]]
Postings = dict[str, list[int]]
"""Positions by document id; each counts as often as the term stands there."""


@pytest.fixture(scope="session")
def check() -> Callable[[str, Documents], None]:
    """Compare everything in an index with what must be there."""
    return check_index


def texts(document: dict[str, Any], others: Collection[str]) -> dict[str, str]:
    """The fields of a document that are analysed, as one text each; none of those named."""
    found = {}
    for name, value in document.items():
        if name in others:
            continue
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            found[name] = "\n".join(value)
    return found


def expected_postings(documents: Documents, others: Collection[str]) -> dict[str, dict[str, Postings]]:
    """Field of terms to term to positions."""
    fields: dict[str, dict[str, Postings]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for key, document in documents.items():
        fields["id"][key][key] = [0]
        for name, text in texts(document, others).items():
            for token in tokenize(text):
                found = evidence(token.surface)
                for level in LEVELS:
                    for term in found.terms(token.surface, level):
                        fields[level_field(name, level)][term][key].append(token.position)
    return fields


def expected_lengths(documents: Documents, others: Collection[str]) -> dict[str, dict[str, int]]:
    lengths: dict[str, dict[str, int]] = defaultdict(dict)
    for key, document in documents.items():
        for name, text in texts(document, others).items():
            if tokens := tokenize(text):
                lengths[name][key] = len(tokens)
    return lengths


def check_index(directory: str, documents: Documents) -> None:
    index = searchkit.open(directory)
    segments = index._searcher.segments
    assert index.damage() == []
    assert len(index) == len(documents) == index.stats()["documents"]
    stored = {}
    for segment in segments:
        assert segment.num_live == len(list(segment.live_docs()))
        for doc in segment.live_docs():
            document = segment.stored.document(doc)
            assert segment.stored.key(doc).decode("utf-8", "surrogatepass") == document["id"]
            assert document["id"] not in stored, "one id twice"
            stored[document["id"]] = document
    assert stored == json.loads(json.dumps(documents))
    kinds = index._searcher.manifest.kinds
    words = {"text", "keyword"}  # lists of texts have words, too, if it was not said that they have not
    others = {"id", "file", *(field.name for field in kinds if field.kind not in words)}
    postings = expected_postings(documents, others)
    found = {name: all_postings(segments, name) for segment in segments for name in segment.fields}
    for name in found.keys() | postings.keys():
        assert found.get(name, {}) == postings.get(name, {}), name
    lengths = expected_lengths(documents, others)
    for name in {name for segment in segments for name in segment.length_fields()} | lengths.keys():
        expected = lengths.get(name, {})
        totals = [segment.length_totals(name) for segment in segments]
        assert sum(total.total for total in totals) == sum(expected.values())
        assert sum(total.docs for total in totals) == len(expected)
        assert sum(total.logs for total in totals) == measure(expected.values()).logs
        assert all_lengths(segments, name) == expected


def all_postings(segments: list[SegmentReader], name: str) -> dict[str, Postings]:
    """The live postings of a field; without positions each occurrence counts as position -1."""
    fields: dict[str, Postings] = defaultdict(dict)
    without = name == "id" or name.endswith(("__root", "__name"))
    for segment in segments:
        cursor = segment.cursor(name)
        terms = []
        while cursor is not None and cursor.next():
            terms.append(cursor.term)
            postings = segment.all_postings(name, cursor)
            assert postings.df == cursor.df
            places = [] if without else segment.positions(name, cursor, postings).tolist()
            at = 0
            for doc, tf in zip(postings.docs, postings.tfs, strict=True):
                key = segment.stored.key(doc).decode("utf-8", "surrogatepass")
                if not segment.is_deleted(doc):
                    fields[cursor.term.decode("utf-8", "surrogatepass")][key] = places[at : at + tf] or Count(tf)
                at += tf
        assert terms == sorted(set(terms))
    return fields


class Count(list[int]):
    """As many unknown positions as there are occurrences: equal to any list of that length."""

    def __init__(self, size: int) -> None:
        super().__init__([-1] * size)

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and len(self) == len(other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def all_lengths(segments: list[SegmentReader], name: str) -> dict[str, int]:
    lengths = {}
    for segment in segments:
        for doc, length in enumerate(segment.lengths(name)):
            if length and not segment.is_deleted(doc):
                lengths[segment.stored.key(doc).decode("utf-8", "surrogatepass")] = length
    return lengths
