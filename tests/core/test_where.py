"""Where a term stands in one document."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit._core.buffers import uint32s
from searchkit._core.where import Whereabouts


def test_positions_are_those_of_the_words(tmp_path: Path) -> None:
    texts = [("سوريا لبنان " * (number % 5) + "كلام سوريا").split() for number in range(400)]
    with searchkit.create(str(tmp_path / "index")) as writer:
        for number, words in enumerate(texts):
            writer.add(id=str(number), title="", text=" ".join(words))
    (segment,) = searchkit.open(str(tmp_path / "index"))._searcher.segments
    lists = segment.describe("text", segment.find("text", "سوريا".encode()), positions=True)  # type: ignore[arg-type]
    kernel, out = Whereabouts(), uint32s(16)
    kernel.open(segment.data, segment.num_docs, lists)
    for doc in (0, 399, 5, 300, 4, 127, 128):
        size = kernel.positions(0, doc, out)
        assert out[:size].tolist() == [at for at, word in enumerate(texts[doc]) if word == "سوريا"]
    few = uint32s(2)
    assert kernel.positions(0, 4, few) == 2
    for number, doc in ((1, 0), (-1, 0), (0, 400), (0, -1)):
        with pytest.raises(ValueError, match="no such"):
            kernel.positions(number, doc, out)


def test_a_document_without_the_term_has_no_positions(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="", text="سوريا")
        writer.add(id="2", title="", text="لبنان")
    (segment,) = searchkit.open(str(tmp_path / "index"))._searcher.segments
    lists = segment.describe("text", segment.find("text", "سوريا".encode()), positions=True)  # type: ignore[arg-type]
    kernel = Whereabouts()
    kernel.open(segment.data, segment.num_docs, lists)
    assert kernel.positions(0, 1, uint32s(4)) == 0
