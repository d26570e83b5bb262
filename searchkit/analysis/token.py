"""Words of a text with their places."""

from __future__ import annotations

from searchkit._core.buffers import uint32s
from searchkit.arabic.folding import give_back, lend_scanner
from searchkit.records import NamedTuple


class Token(NamedTuple):
    """One word of a text."""

    surface: str  # folded
    start: int  # code points of the original text
    end: int
    position: int  # ordinal in the text


def tokenize(text: str) -> list[Token]:
    """Return the words of a text; ``text[token.start:token.end]`` folds to ``token.surface``."""
    types, starts, ends = uint32s(len(text)), uint32s(len(text)), uint32s(len(text))
    scanner = lend_scanner()
    count = scanner.scan(text, types, starts, ends)
    words = {type_id: scanner.word(type_id) for type_id in set(types[:count])}
    give_back(scanner)
    return [Token(words[types[i]], starts[i], ends[i], i) for i in range(count)]
