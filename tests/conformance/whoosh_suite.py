"""A plugin of pytest for Whoosh's tests: its writers use searchkit's codec wherever none is named."""

import os
from typing import Any

import pytest
import whoosh.codec

from searchkit.codecs.codec import SearchkitCodec

ROUNDED = {
    # Whoosh keeps a field's length in one byte, rounded up by as much as 9 %. We keep it exactly, and these six tests
    # assert the rounding itself.
    "test_indexing.py::test_lengths": "asserts the lengths that the byte gives back",
    "test_indexing.py::test_many_lengths": "asserts the lengths that the byte gives back",
    "test_mpwriter.py::test_merge_serial": "asserts rounded lengths after a merge",
    "test_mpwriter.py::test_merge_multi": "asserts rounded lengths after a merge",
    "test_quality.py::test_max_field_length": "asserts the greatest rounded length",
    "test_quality.py::test_minmax_field_length": "asserts the least and the greatest rounded length",
}
UNSTABLE = {"test_automata.py::test_minimize_dfa": "depends on the hash seed, with Whoosh's codec too"}
STOCK = os.environ.get("WHOOSH_SUITE_CODEC") == "w3"


def default_codec(*_: Any, **__: Any) -> SearchkitCodec:
    return SearchkitCodec()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    expected = UNSTABLE if STOCK else ROUNDED | UNSTABLE
    for item in items:
        name = item.nodeid.rpartition("/")[2]
        if name in expected:
            item.add_marker(pytest.mark.xfail(reason=expected[name], strict=False))


if not STOCK:
    whoosh.codec.default_codec = default_codec
