"""Writes data/english.txt: ``python -m searchkit.arabic.compile.english FOLDER``.

The folder holds the unpacked wheels of wordfreq and english-words from PyPI. The most frequent English words are kept
that a dictionary writes with a small letter: names are none of them.
"""

from __future__ import annotations

import gzip
import os
import pickle
import sys
from importlib import import_module
from typing import Any

_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "english.txt")
_MOST = 6000  # the most frequent words looked at
_SHORTEST = 3  # letters
_MOSTLY_NAMES = """
alan ali allan allen amy android ann anna arsenal arthur baghdad bali barcelona ben benjamin berlin billy
blake bob bobby boston brad brazil bush cairo carl carter chile china clark cole collins colorado congo cuba
dan dean drew dutch emir emma eric frank franklin graham guinea hamas harry havana henry imam india islam jack
jake jan jane japan java jay jean jeff jerry jersey jim jimmy joe jordan josh kelly ken kent kim kyle larry
laura lebanon lee les lewis london luke madras madrid mali maria mark martin mary mason mecca medina michigan
mike milan monaco morgan morocco morris muslim nancy nepal nick oman omar panama paris pete peter phoenix
python ramadan rio rob robin roger roma romeo ross russia sam sandy sara sheikh sina sophia sri sultan ted
terry tom tommy tony trump turkey twitter van victor vincent walter warren
"""  # of people and places more often than the words they are spelt like
_HEADER = """\
# Frequent English words that are no names. Made by compile.english from the frequencies of wordfreq 3.1.1 (data
# CC BY-SA 4.0) and the word list web2 (Webster's Second International, 1934, no longer under copyright) as packed in
# english-words 2.0.2 (MIT).
"""


def main() -> None:
    """Compile the file in place."""
    folder = sys.argv[1]
    with open(os.path.join(folder, "english_words", "data", "web2.pickle"), "rb") as file:
        known: set[str] = pickle.load(file)  # noqa: S301 - of a package that importing would run as well
    msgpack: Any = import_module("msgpack")  # only who recompiles the file has it
    with gzip.open(os.path.join(folder, "wordfreq", "data", "small_en.msgpack.gz")) as file:
        by_frequency: list[list[str]] = msgpack.load(file, raw=False)[1:]
    order = [word for words in by_frequency for word in words][:_MOST]
    known.difference_update(_MOSTLY_NAMES.split())
    words = sorted(word for word in order if word in known and len(word) >= _SHORTEST and word.isalpha())
    with open(_DATA, "w", encoding="utf-8") as out:
        out.write(_HEADER)
        out.writelines(f"{word}\n" for word in words if word.islower() and word.isascii())


if __name__ == "__main__":
    main()
