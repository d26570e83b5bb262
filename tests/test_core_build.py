"""What was compiled was compiled with its types, from the sources that are here."""

import importlib
import os
from pathlib import Path
from types import ModuleType

import pytest

from searchkit import _core
from searchkit._core.buffers import uint32s, uint64s
from searchkit._core.ready import Room
from searchkit._core.terms import Dictionary

CORE = Path(__file__).parents[1] / "searchkit" / "_core"
KERNELS = sorted(path.stem for path in CORE.glob("*.pxd"))
REQUIRED = os.environ.get("SEARCHKIT_REQUIRE_COMPILED", "") not in ("", "0")
OFF = os.environ.get("SEARCHKIT_NO_EXTENSIONS", "") not in ("", "0")

NO_TERMS = Dictionary(b"", b"", uint32s(0), uint64s(0), 0)

# One call per kernel with a list where its contract has a typed buffer.
CALLS = {
    "adder": lambda module: module.Adder(Room(memoryview(bytearray()))).take([0], [0.0]),
    "bits": lambda module: module.lowest([0]),
    "columns": lambda module: module.members(b"\1", 1, [0]),
    "combine": lambda module: module.Combiner().phrase([0], 1, [], [0], 0, [0], [0]),
    "condense": lambda module: module.count_pieces([0], [0], [1], 0, 1, [0]),
    "cursors": lambda module: module.Cursors().open([0], 1, [0]),
    "cut": lambda module: module.gather([0], [1], [0], 0, [0], [0], 0),
    "dense": lambda module: module.Pieces(b"", [0], (0, 0, 0), b"", 0, 0, [0], b"", print),
    "described": lambda module: module.posting_lists(NO_TERMS, [], 0, 1, print, [0]),
    "encode": lambda module: module.put_varint([0], 0, 1),
    "evidence": lambda module: module.number_evidence([0], 0, 0, [0], None, None, None, None, None, None),
    "expand": lambda module: module.cost("x", "x"),
    "field_encoder": lambda module: module.FieldEncoder(1.0, positions=False).add("", [0], [1], 1, [0], [0], 0),
    "heap": lambda module: module.Heap().take([0], [0.0]),
    "invert": lambda module: module.count_up([0]),
    "join": lambda module: module.Joiner([], [0], [0]),
    "lexicon": lambda module: module.Lexicon([0]),
    "lists": lambda module: module.group([1], 0, 1, [0, 2], [0], [0], [0], [0]),
    "match": lambda module: module.top([1.0], 1, 1, [0]),
    "order": lambda module: module.order_keys([0]),
    "pages": lambda module: module.Pages(memoryview(b""), [], [], bytearray()),
    "pattern": lambda module: module.Pattern("x", confusions="xy").mask([0]),
    "postings": lambda module: module.decode_positions([0], 0, 1, [1], [0], 1, [0]),
    "places": lambda module: module.sort_best([1], [1.0], 1),
    "ready": lambda module: module.Keeper().pack([0], [0.0], 1, 1, Room(memoryview(bytearray(96))), 0),
    "scan": lambda module: module.Scanner([0], ord, []),
    "selection": lambda module: module.largest([0], 1, 1),
    "skeleton": lambda module: module.Skeletons(module.Letters(b"", [0], [0], [0], 0, 0, 0, 0, 0, 0)),
    "sums": lambda module: module.kth([0], 1, 1),
    "tables": lambda module: module.WordTable([0], ord, []),
    "terms": lambda module: module.Dictionary([0], [0], [0], [0], 1),
    "topk": lambda module: module.TopK().collect([0], 0, 1, [], [0], [0], [0], [0.0]),
    "within": lambda module: module.Within().postings([0], 1, [0], [0], 0, [0], [0]),
    "words": lambda module: module.Segment([0], 1, b"", b"", print, ValueError),
    "where": lambda module: module.Whereabouts().open([0], 1, [0]),
}


def kernel(name: str) -> ModuleType:
    return importlib.import_module(f"searchkit._core.{name}")


def is_compiled(module: ModuleType) -> bool:
    return not str(module.__file__).endswith(".py")


@pytest.mark.parametrize("name", KERNELS)
def test_kernel_is_compiled_where_that_is_required(name: str) -> None:
    if not REQUIRED:
        pytest.skip("SEARCHKIT_REQUIRE_COMPILED is not set")
    assert is_compiled(kernel(name))


@pytest.mark.parametrize("name", KERNELS)
def test_kernel_is_interpreted_where_that_is_wished(name: str) -> None:
    if not OFF:
        pytest.skip("SEARCHKIT_NO_EXTENSIONS is not set")
    assert not is_compiled(kernel(name))


def test_all_kernels_are_of_one_kind() -> None:
    assert {is_compiled(kernel(name)) for name in KERNELS} == {_core.COMPILED}


@pytest.mark.parametrize("name", KERNELS)
def test_typed_buffers_refuse_a_list(name: str) -> None:
    module = kernel(name)
    if not is_compiled(module):
        pytest.skip("the core is not compiled")
    with pytest.raises((TypeError, AttributeError)):
        CALLS[name](module)


@pytest.mark.parametrize("name", KERNELS)
def test_the_compiled_kernel_is_not_older_than_its_source(name: str) -> None:
    module = kernel(name)
    if not is_compiled(module) or Path(str(module.__file__)).parent != CORE:
        pytest.skip("the core is not compiled in this folder")
    built = os.path.getmtime(str(module.__file__))
    for source in (CORE / f"{name}.py", CORE / f"{name}.pxd"):
        assert built >= os.path.getmtime(source), f"{source.name} was changed: build again"
