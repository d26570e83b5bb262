"""What word is this: lemma, root and the split behind them, from the compiled lexicon.

A word has as many readings as there are ways to cut it into prefix, stem and suffix that the lexicon allows; the
most probable one wins, by the frequency of stem and affixes (see ``compile.train``). A word without a reading is
left whole, but for a prefix with the article: nothing else starts with it. No other affix is taken off an unknown
word, so names and loan words keep their letters.
"""

from __future__ import annotations

import mmap
import os
import struct
from functools import cache

from searchkit._core import lexicon as core
from searchkit.records import NamedTuple

_PATH = os.path.join(os.path.dirname(__file__), "data", "lexicon.bin")
# sixteenths of a bit: a second lemma is kept when it is at most 11 times less probable, or 4096 times as the singular
# of a broken plural. Readers of a search page miss a plural more than they mind another word.
MARGIN = 56
PLURAL_MARGIN = 192
GUESSED = 8  # kinds of entries, as in compile.stems
NAMES = (-1, 3, GUESSED)


class Analysis(NamedTuple):
    """How a word is read."""

    lemmas: tuple[str, ...]  # folded, best first, never empty: the word itself when nothing is known
    root: str  # folded, "" when unknown
    known: bool  # whether a dictionary explains the word; not when it only occurs often
    prefix: str  # the split behind lemmas[0]
    stem: str
    suffix: str
    entry: str  # vocalised dictionary entry behind lemmas[0], "" if none
    name: bool  # whether it is a name or unknown, so that its spelling may vary


def analyze(word: str) -> Analysis:
    """Analyse one folded word."""
    lemma, other, root, entry, kind, start, tail = open_lexicon().analyze(word, MARGIN, PLURAL_MARGIN)
    end = len(word) - tail
    return Analysis(
        (lemma, other) if other else (lemma,),
        root,
        kind >= 0 and kind != GUESSED,
        word[:start],
        word[start:end],
        word[end:],
        entry,
        kind in NAMES,
    )


def read_word(word: str) -> tuple[tuple[str, ...], str, bool, bool]:
    """Return lemmas, root, whether it may be a name, and whether no dictionary has it; without the split, for speed."""
    lemma, other, root, _, kind, _, _ = open_lexicon().analyze(word, MARGIN, PLURAL_MARGIN)
    return (lemma, other) if other else (lemma,), root, kind in NAMES, kind < 0 or kind == GUESSED


@cache
def open_lexicon() -> core.Lexicon:
    """Map the lexicon that comes with searchkit; the same object every time."""
    return read_lexicon(_PATH)


def read_lexicon(path: str) -> core.Lexicon:
    """Map a lexicon file.

    Raises:
        RuntimeError: the file is of another format, so the installation is broken.
    """
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, version = struct.unpack_from("<II", data)
    if (magic, version) != (core.MAGIC, core.FORMAT):
        msg = f"{path}: not a lexicon of format {core.FORMAT}; reinstall searchkit"
        raise RuntimeError(msg)
    return core.Lexicon(memoryview(data))
