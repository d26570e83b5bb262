"""Compiled and interpreted kernels give the same, down to the last bit of a float."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import _core
from searchkit._core import actions as act
from searchkit._core import (
    columns,
    condense,
    cut,
    dense,
    described,
    encode,
    expand,
    field_encoder,
    invert,
    join,
    match,
    order,
    pattern,
    postings,
    scan,
    tables,
    terms,
)
from searchkit._core import (
    lists as posting_lists,
)
from searchkit._core.buffers import float64s, uint32s
from searchkit.arabic import folding
from searchkit.segment import page

if not _core.COMPILED:
    pytest.skip("the core is not compiled: there is nothing to compare", allow_module_level=True)

CORE = Path(__file__).parents[1] / "searchkit" / "_core"
UINT32 = st.integers(0, 0xFFFFFFFF)
SMALL = st.integers(0, 6)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=64)


def interpreted(module: ModuleType) -> ModuleType:
    """The same module again, from its source."""
    name = module.__name__.rpartition(".")[2]
    loader = SourceFileLoader(f"interpreted_{name}", str(CORE / f"{name}.py"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    again = module_from_spec(spec)
    loader.exec_module(again)
    return again


KERNELS = (
    columns,
    condense,
    dense,
    described,
    encode,
    expand,
    field_encoder,
    invert,
    join,
    match,
    order,
    pattern,
    posting_lists,
    postings,
    scan,
    terms,
)
SOURCES = {module: interpreted(module) for module in KERNELS}
with pytest.MonkeyPatch.context() as patch:  # its base class from its source, too
    patch.setitem(sys.modules, scan.__name__, SOURCES[scan])
    SOURCES[cut] = interpreted(cut)
    SOURCES[tables] = interpreted(tables)
SOURCES[expand].Dictionary = SOURCES[terms].Dictionary  # type: ignore[attr-defined]


def outcome(call: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a call returns or raises, and what it leaves in its buffers."""
    own = [copied(argument) for argument in arguments]
    try:
        result = call(*own)
    except (ValueError, IndexError) as error:
        return type(error), str(error)
    return result, [bytes(argument) for argument in own if isinstance(argument, array | bytearray)]


def copied(argument: Any) -> Any:
    return argument[:] if isinstance(argument, array | bytearray) else argument


def agree(module: ModuleType, name: str, *arguments: Any) -> None:
    assert outcome(getattr(module, name), arguments) == outcome(getattr(SOURCES[module], name), arguments)


def ints(values: list[int]) -> array[int]:
    return array("I", values)


@st.composite
def matches(draw: st.DrawFn) -> tuple[array[int], array[float], int]:
    docs = sorted(draw(st.sets(st.integers(0, 40))))
    return ints(docs), array("d", draw(st.lists(FLOATS, min_size=len(docs), max_size=len(docs)))), len(docs)


@st.composite
def lists(draw: st.DrawFn) -> tuple[array[int], array[int], int]:
    docs = sorted(draw(st.sets(st.integers(0, 40))))
    return ints(docs), ints(draw(st.lists(st.integers(1, 5), min_size=len(docs), max_size=len(docs)))), len(docs)


@given(lists(), st.lists(UINT32, min_size=41, max_size=41), FLOATS, st.floats(0, 3), st.floats(0, 1))
def test_bm25(found: tuple[Any, ...], lengths: list[int], weight: float, base: float, slope: float) -> None:
    agree(match, "score_bm25", *found, ints(lengths), weight, base, slope, float64s(found[2]))


@given(matches(), matches())
def test_sums(a: tuple[Any, ...], b: tuple[Any, ...]) -> None:
    sums, marks = float64s(41), bytearray(41)
    agree(match, "add", *a, sums, marks)
    match.add(*a, sums, marks)
    agree(match, "add", *b, sums, marks)
    agree(match, "add_marked", *b, sums, marks)
    match.add_marked(*b, sums, marks)
    agree(match, "collect", sums, marks, uint32s(41), float64s(41))


@given(matches(), matches(), st.binary(min_size=6, max_size=6))
def test_sets(a: tuple[Any, ...], b: tuple[Any, ...], deleted: bytes) -> None:
    agree(match, "intersect", *a, *b)
    agree(match, "exclude", *a, b[0], b[2])
    agree(match, "unite_best", *a, *b, uint32s(a[2] + b[2]), float64s(a[2] + b[2]))
    agree(match, "unite_spare", *a, *b, uint32s(a[2] + b[2]), float64s(a[2] + b[2]))
    agree(match, "drop_deleted", a[0], a[0], a[0], a[2], deleted)


@given(lists(), lists())
def test_unions_of_postings(a: tuple[Any, ...], b: tuple[Any, ...]) -> None:
    agree(match, "unite_postings", *a, *b, uint32s(a[2] + b[2]), uint32s(a[2] + b[2]))


@given(st.lists(FLOATS | st.sampled_from([0.0, -0.0, 1.0])), st.integers(0, 60))
def test_the_top(scores: list[float], k: int) -> None:
    agree(match, "top", array("d", scores), len(scores), k, uint32s(k))


@given(st.lists(SMALL, max_size=40), st.lists(st.lists(SMALL, max_size=3), min_size=7, max_size=7), st.data())
def test_inversion(log: list[int], of_types: list[list[int]], data: st.DataObject) -> None:
    starts = ints([0, *accumulate(map(len, of_types))])
    numbers = ints([number for of_type in of_types for number in of_type])
    firsts, places = uint32s(8), uint32s(14)
    middle = data.draw(st.integers(0, len(log)))
    parts = ((0, middle), (middle, len(log)))
    for part, (start, end) in enumerate(parts):
        counts = ints([log[start:end].count(type_id) for type_id in range(7)])
        agree(invert, "count_occurrences", counts, starts, numbers, places, 7 * part)
        invert.count_occurrences(counts, starts, numbers, places, 7 * part)
    agree(invert, "begin_terms", places, 2, firsts)
    total = invert.begin_terms(places, 2, firsts)
    for part, (start, end) in enumerate(parts):
        agree(invert, "place", ints(log), start, end, starts, numbers, places, 7 * part, uint32s(total))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(log)), max_size=4)))
    bounds, hints = ints([0, *cuts, len(log)]), uint32s(len(log) // 64 + 1)
    agree(invert, "measure", bounds, uint32s(len(bounds) - 1), hints)
    invert.measure(bounds, uint32s(len(bounds) - 1), hints)
    tokens = ints(sorted(set(data.draw(st.lists(st.integers(0, len(log) - 1), max_size=9))))) if log else ints([])
    size = len(tokens)
    agree(posting_lists, "group", tokens, 0, size, bounds, hints, uint32s(size), uint32s(size), uint32s(size))


@given(st.integers(0, 300), st.data())
def test_postings(df: int, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(0, 3) | st.integers(0, 5000), min_size=df, max_size=df))
    docs = ints([total + i for i, total in enumerate(accumulate(gaps))])
    tfs = ints(data.draw(st.lists(st.integers(1, 3) | st.integers(1, 0xFFFFFFFF), min_size=df, max_size=df)))
    num_docs = docs[-1] + 1 if docs else 0
    lengths, out = uint32s(num_docs), bytearray(encode.postings_room(df))
    agree(encode, "postings_room", df)
    agree(encode, "encode_postings", docs, tfs, df, lengths, 7.0, True, tfs, docs, out, 0)
    encoded = bytearray(out[: encode.encode_postings(docs, tfs, df, lengths, 7.0, True, tfs, docs, out, 0)])
    if encoded and data.draw(st.booleans()):
        encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    agree(postings, "decode_postings", encoded, 0, len(encoded), df, num_docs, uint32s(df), uint32s(df), uint32s(df))


@given(st.lists(st.lists(UINT32, min_size=1, max_size=5, unique=True).map(sorted), max_size=9), st.binary(max_size=30))
def test_positions(documents: list[list[int]], noise: bytes) -> None:
    flat, tfs = ints([p for document in documents for p in document]), ints([len(d) for d in documents])
    out, ends, firsts = bytearray(5 * len(flat)), uint32s(len(tfs)), uint32s(len(tfs))
    agree(encode, "encode_positions", flat, 0, tfs, len(tfs), firsts, ends, out, 0)
    size = encode.encode_positions(flat, 0, tfs, len(tfs), firsts, ends, out, 0)
    agree(postings, "decode_positions", out, 0, size, tfs, firsts, len(tfs), uint32s(len(flat)))
    agree(postings, "decode_positions", noise, 0, len(noise), tfs, firsts, len(tfs), uint32s(len(flat)))


@given(st.lists(st.binary(max_size=9), unique=True).map(sorted), lists(), st.booleans())
def test_fields(names: list[bytes], found: tuple[Any, ...], positioned: bool) -> None:
    docs, tfs, df = found
    places = ints([9 * at for tf in tfs for at in range(tf)])
    occurrences = ints([100 * doc + 9 * at for doc, tf in zip(docs, tfs, strict=True) for at in range(tf)])
    bounds, hints = ints(range(0, 4200, 100)), uint32s(4100 // 64 + 1)
    invert.measure(bounds, uint32s(41), hints)
    written: list[object] = []
    kinds = {field_encoder: posting_lists, SOURCES[field_encoder]: SOURCES[posting_lists]}
    for module, list_module in kinds.items():
        one, all_at_once = (module.FieldEncoder(1.0, positions=positioned) for _ in range(2))
        for name in names:
            one.add(name, docs, tfs, df, uint32s(41), places, 0)
            firsts = ints([0, len(occurrences)])
            made = list_module.Lists()
            made.encode(
                ints([0]), 0, 1, firsts, occurrences, bounds, hints, uint32s(41), 1.0, positioned
            )  # fmt: skip
            parts = bytes(made.postings[: made.postings_size]), bytes(made.positions[: made.positions_size])
            all_at_once.add_lists(name, ints([len(name)]), ints([0]), 0, 1, made.sizes, *parts)
        for encoder in (one, all_at_once) if df else (one,):
            streams = (encoder.terms, encoder.postings, encoder.positions)
            written.append([b"".join(stream.chunks()) for stream in streams] + [encoder.offsets, encoder.occurrences])
    assert all(other == written[0] for other in written)


@given(st.integers(0, (1 << 64) - 1))
def test_varints(value: int) -> None:
    agree(encode, "put_varint", bytearray(10), 0, value)


def outcomes(*calls: Callable[[], Any]) -> list[object]:
    seen: list[object] = []
    for call in calls:
        try:
            seen.append(call())
        except ValueError as error:
            seen.append(str(error))
    return seen


def facts(at: Any) -> object:
    return at and (at.term, at.df, at.occurrences, at.postings_start, at.postings_end, at.positions_start)


@given(
    st.binary(max_size=120),
    st.binary(max_size=120),
    st.lists(st.integers(0, 120), min_size=1, max_size=4),
    st.integers(0, (1 << 64) - 1),
    st.binary(max_size=3),
)
def test_dictionaries(blocks: bytes, counts: bytes, offsets: list[int], first: int, term: bytes) -> None:
    def everything(module: ModuleType, other: ModuleType) -> list[object]:
        pairs = ints([offset for offset in offsets for _ in range(2)])
        heads = array("Q", range(first, first + len(offsets)))
        found = module.Dictionary(blocks, counts, pairs, heads, 32 * len(offsets))
        at = module.TermCursor(found)
        walk = [lambda: at.next() and facts(at)] * 100
        entries = [lambda number=number: facts(found.entries([number])[0]) for number in range(found.num_terms)]
        lists = [
            lambda number=number: list(other.posting_lists(found, [number], 7, 1, lambda _start, _end: None))
            for number in range(found.num_terms)
        ]
        return outcomes(lambda: at.seek(term), *walk, lambda: facts(found.find(term)), *entries, *lists)

    first = min(first, (1 << 64) - 5)
    assert everything(terms, described) == everything(SOURCES[terms], SOURCES[described])
    assert terms.head(blocks) == SOURCES[terms].head(blocks)


@given(
    st.sets(st.text(st.sampled_from("ابتb"), max_size=6), max_size=100),
    st.text(st.sampled_from("ابتb*?"), max_size=6),
    st.integers(0, 2),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=2),
)
def test_expansion(words: set[str], text: str, edits: int, damage: list[tuple[int, int]]) -> None:
    field = field_encoder.FieldEncoder(1.0, positions=False)
    for term in sorted(word.encode() for word in words):
        field.add(term, ints([0, 1]), ints([1, 2]), 1 + len(term) % 2, ints([1, 1]), ints([]), 0)
    data = [bytearray(b"".join(stream.chunks())) for stream in (field.terms, field.counts)]
    for place, byte in damage:
        for buffer in data:
            if buffer:
                buffer[place % len(buffer)] = byte

    def everything(own: ModuleType, dictionaries: ModuleType, letters: ModuleType) -> list[object]:
        found = dictionaries.Dictionary(*data, field.offsets, field.heads, field.num_terms)
        patterns = [
            letters.Pattern(text, wildcards=True),
            letters.Pattern(text, edits=edits),
            letters.Pattern(text, edits=edits, confusions=("اب",)),
        ]
        walks = [own.Walk(found, one, limit) for one in patterns for limit in (5, 1000)]
        costs = [lambda one=one: own.cost(one, text[::-1]) for one in patterns]
        return [*outcomes(*(walk.run for walk in walks), *costs), *(walk.total for walk in walks)]

    assert everything(expand, terms, pattern) == everything(SOURCES[expand], SOURCES[terms], SOURCES[pattern])


@given(st.lists(st.text() | st.text(st.sampled_from("ابءؤئوىةab1٢.,٫٬ \u064b\u0654\u200f…①⒈ﷲ")), max_size=5))
def test_scanning(texts: list[str]) -> None:
    seen: list[list[object]] = []
    most = sum(map(len, texts)) + 2 * len(texts)
    for own in ({cut: cut, tables: tables}, SOURCES):
        scanner, other, third = (
            kind(uint32s(act.TABLE_SIZE), folding.classify, folding._EXPANSIONS)
            for kind in (own[cut].Cutter, own[tables].WordTable, own[tables].WordTable)
        )
        pieces, spans = uint32s(most), uint32s(2 * len(texts))
        count = scanner.cut(texts, bytes(i % 4 for i in range(len(texts))), pieces, spans)
        numbers = uint32s(scanner.num_types)
        other.number("ب")
        adopted = other.adopt(scanner, 0, 1, 2, numbers)
        found: list[object] = [pieces[:count], spans, numbers, adopted, *map(scanner.number, texts)]
        size = scanner.num_types
        marks = bytearray(size)
        scanner.mark_words(scanner, marks)
        types, ends = uint32s(scanner.arena_size), uint32s(size)
        tokens = third.scan_words(scanner, marks, 0, size, types, ends)
        data, data_ends = bytearray(3 * scanner.arena_size), uint32s(size)
        encoded = own.get(order, order).encode_words(*scanner.spellings(), data, data_ends)
        in_order = own.get(order, order).order_words(*scanner.spellings(), data, data_ends)
        seen.append(
            [*found, *(scanner.word(i) for i in range(size)), marks, types[:tokens], ends, encoded, data, in_order]
        )
        spellings = scanner.spellings()
    assert seen[0] == seen[1]
    blocks, heads, spelt = uint32s((size + 15) // 16), bytearray(size), bytearray(2 * len(spellings[0]) + 4 * size)
    every, widths = ints(list(range(size))), bytearray(b"\1\0\2\1\1\1\1\24")
    agree(condense, "spell", *spellings, marks, every, page.page_bytes(), blocks, heads, spelt)
    agree(condense, "arrange", *spellings, page.page_bytes(), every, widths, uint32s(size))


@given(st.lists(st.integers(0, 5) | st.integers(0, 70_000), max_size=30), st.data())
def test_dense_numbers(counts: list[int], data: st.DataObject) -> None:
    size = len(counts)
    agree(condense, "rank", ints(counts), uint32s(size))
    widths = bytearray(dense.CLASSES)
    agree(condense, "choose_widths", ints(counts), ints([i for i in range(size) if counts[i]]), widths)
    widths = bytearray(data.draw(st.lists(st.integers(0, 30), min_size=8, max_size=8)))
    agree(condense, "fit", widths, array("Q", accumulate([0, 0, *counts])))
    log = ints(data.draw(st.lists(st.integers(0, max(size - 1, 0)), max_size=30 if size else 0)))
    halves = ints([0, len(log) // 2]), ints([len(log) // 3, len(log)])
    agree(condense, "count_pieces", log, *halves, 0, 2, uint32s(size))
    agree(condense, "pick_documents", ints([4, 7, 9, 9]), ints([0, 1]), ints([0, 1]), uint32s(2), uint32s(2))
    agree(condense, "add_up", ints([1, 2]), ints([3, 4]))
    agree(condense, "shift", log, 7)
    codes = ints(data.draw(st.lists(st.integers(0, 300) | st.integers(0, 1 << 16), min_size=size, max_size=size)))
    starts, ends = ints([0, len(log) // 2]), ints([len(log) // 2, len(log)])
    widths = bytearray(b"\0\1\2\4\6\10\21\30")
    agree(condense, "encode", log, starts, ends, 0, 2, codes, widths, bytearray(5 * len(log)))
    agree(cut, "gather", log, codes, uint32s(len(log) + 3), 3, ints([0, len(log)]), uint32s(3), 1)


@given(st.binary(max_size=30), st.binary(max_size=40), st.binary(max_size=60), st.data())
def test_dense_documents(found: bytes, heads: bytes, texts: bytes, data: st.DataObject) -> None:
    blocks = ints(data.draw(st.lists(st.integers(0, 70), min_size=3, max_size=3)))
    widths = data.draw(st.just(b"\1\1\1\1\2\3\3\5") | st.binary(min_size=8, max_size=8))
    sizes = data.draw(st.sampled_from([(1, 1), (200, 20)]))
    everything = found + blocks.tobytes() + heads + texts
    places = (len(found), len(found) + 12, len(found) + 12 + len(heads))
    seen: list[Any] = []
    for module in (dense, SOURCES[dense]):
        out, parts = array("H", bytes(2 * sizes[0])), uint32s(sizes[1])
        checked: list[tuple[int, int]] = []
        try:
            pieces = module.Pieces(
                widths, everything, places, blocks, len(heads), len(everything), page.PAGE, b"\0",
                lambda start, end, to=checked: to.append((start, end)),
            )  # fmt: skip
            seen.append((pieces.decode(0, len(found), out, parts), out, parts, checked))
        except ValueError as error:
            seen.append(str(error))
    assert seen[0] == seen[1]


@given(st.lists(SMALL, max_size=40), st.lists(st.lists(SMALL, max_size=3), min_size=7, max_size=7))
def test_expanding(log: list[int], of_pieces: list[list[int]]) -> None:
    firsts = ints([0, *accumulate(map(len, of_pieces))])
    types = ints([number for of_piece in of_pieces for number in of_piece])
    starts, ends = ints([0, len(log) // 2]), ints([len(log) // 2, len(log)])
    bounds = uint32s(3)
    agree(invert, "count_expanded", ints(log), starts, ends, firsts, 0, 2, bounds)
    total = invert.count_expanded(ints(log), starts, ends, firsts, 0, 2, bounds)
    agree(invert, "expand", ints(log), starts, ends, firsts, types, 0, 2, uint32s(total + 3), bounds, 3, uint32s(7))
    agree(invert, "mark_pieces", ints(log), starts, ends, 0, 2, bytearray(7))
    agree(invert, "pick_spans", ints(range(6)), ints([0, 2]), ints([2, 1]), uint32s(3), uint32s(3))
    agree(invert, "count_up", ints(log))


FIELDS = st.dictionaries(st.binary(max_size=3), lists(), max_size=9)


@given(st.lists(FIELDS, min_size=1, max_size=3), st.sets(st.integers(0, 122)), st.integers(1, 20), st.booleans())
def test_joining(fields: list[dict[bytes, Any]], dropped: set[int], most: int, positioned: bool) -> None:
    kept = [doc for doc in range(41 * len(fields)) if doc not in dropped]
    numbers = ints([kept.index(doc) if doc in kept else 0xFFFFFFFF for doc in range(41 * len(fields))])
    written: list[object] = []
    for core in ({module: module for module in KERNELS}, SOURCES):
        sources: list[Any] = []
        for place, field in enumerate(fields):
            own = core[field_encoder].FieldEncoder(1.0, positions=positioned)
            for name, (docs, tfs, df) in sorted(field.items()):
                places = ints([9 * at for tf in tfs for at in range(tf)])
                if df:
                    own.add(name, docs, tfs, df, uint32s(41), places, 0)
            data = {
                name: b"".join(getattr(own, name).chunks()) for name in ("terms", "counts", "postings", "positions")
            }
            found = core[terms].Dictionary(
                data["terms"], data["counts"], own.offsets, own.heads, own.num_terms, lambda *_: None
            )
            numbers_of = numbers[41 * place : 41 * (place + 1)]
            sources.append(
                core[join].Source(
                    core[terms].TermCursor(found), data["postings"], data["positions"], numbers_of, lambda *_: None,
                    positioned=positioned,
                )
            )  # fmt: skip
        whole = core[field_encoder].FieldEncoder(1.0, positions=positioned)
        joiner = core[join].Joiner(sources, whole, uint32s(41 * len(fields)))
        while joiner.run(most):
            pass
        streams = (whole.terms, whole.counts, whole.postings, whole.positions)
        written.append([*(b"".join(stream.chunks()) for stream in streams), whole.offsets, whole.occurrences])
    assert written[0] == written[1]


@given(st.lists(st.binary(max_size=9), max_size=20), st.integers(0, 5000))
def test_ordering(some: list[bytes], many: int) -> None:
    keys = array("Q", [*(int.from_bytes(key[:8], "big") for key in some), *(at * 7919 % 10007 for at in range(many))])
    assert order.order_keys(keys) == SOURCES[order].order_keys(keys)


@given(
    st.lists(st.lists(st.integers(0, 7) | st.just(columns.MISSING), max_size=3), max_size=20),
    st.binary(min_size=4, max_size=4),
    st.integers(0, 8),
    st.integers(0, 8),
    st.booleans(),
)
def test_columns(values: list[list[int]], bits: bytes, first: int, last: int, single: bool) -> None:
    if single:
        starts, ordinals = ints([]), ints([(own or [columns.MISSING])[0] for own in values])
    else:
        starts = ints([0, *accumulate(len(own) for own in values)])
        ordinals = ints([ordinal for own in values for ordinal in own])
    column, room = (starts, ordinals, len(values)), bytearray(4)
    agree(columns, "in_range", *column, first, last, room)
    agree(columns, "in_set", *column, bytes([1, 0, 0, 1, 1, 0, 0]), room)
    agree(columns, "count", *column, bits, uint32s(7))
    for descending in (0, 1):
        agree(columns, "add_key", *column, 7, descending, array("Q", [5] * len(values)))
        agree(columns, "add_key", *column, 8, descending, array("Q", [columns.MISSING] * len(values)))
    ends = uint32s(0 if single else len(values))
    agree(columns, "renumber", *column, bits, ints([9, 8, 7, 6, 5, 4, 3]), ends, uint32s(80), 0)


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3), max_size=30), st.binary(min_size=4, max_size=4), SMALL)
def test_orders_and_sets(keys: list[int], bits: bytes, k: int) -> None:
    agree(columns, "first_by_key", array("Q", keys), len(keys), bits, k, uint32s(k))
    agree(columns, "members", bits, len(keys), uint32s(32))
    docs = ints([key % 35 for key in keys])
    agree(columns, "mark", docs, len(docs), 32, bytearray(4))
    inside = ints([key % 32 for key in keys])
    agree(columns, "drop", inside, float64s(len(keys)), len(keys), bits)
