"""Is this word grammar rather than content? Prepositions, pronouns, particles and so on, with their clitics.

The words stand in data/function_words.txt, each with a class; the class says which clitics it joins, and the
forms are made here.
"""

from __future__ import annotations

import functools
import os

from searchkit._core import actions as act
from searchkit.arabic import letters as ar
from searchkit.arabic.folding import classify

_FILE = os.path.join(os.path.dirname(__file__), "data", "function_words.txt")

_AND_SO = ("", ar.WAW, ar.FEH)  # wa-, fa-
_WITH_TO_LIKE = ("", ar.BEH, ar.LAM, ar.KAF)  # bi-, li-, ka-
_ASCII_END = 0x7F
_NI = ar.NOON + ar.YEH
_NOT_I = (  # -hu -ha -huma -hum -hunna -ka -kuma -kum -kunna -na
    ar.HEH, ar.HEH + ar.ALEF, ar.HEH + ar.MEEM + ar.ALEF, ar.HEH + ar.MEEM, ar.HEH + ar.NOON,
    ar.KAF, ar.KAF + ar.MEEM + ar.ALEF, ar.KAF + ar.MEEM, ar.KAF + ar.NOON, ar.NOON + ar.ALEF,
)  # fmt: skip
_PRONOUNS = (ar.YEH, *_NOT_I)

# What each class joins: proclitics inside wa- and fa-, enclitics.
_CLASSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "prep": (("",), ("", *_PRONOUNS)),
    "bound": (("",), _PRONOUNS),
    "place": (("",), ("", *_NOT_I)),
    "whole": (_WITH_TO_LIKE, ("", *_NOT_I)),
    "inna": (("",), ("", _NI, *_PRONOUNS)),
    "point": (_WITH_TO_LIKE, ("",)),
    "ask": (("",), ("",)),
    "askof": (("", ar.BEH, ar.LAM), ("",)),
    "now": (("", ar.SEEN, ar.LAM), ("",)),
    "acc": (("",), ("", ar.ALEF)),
    "plain": (("",), ("",)),
}


def is_function_word(folded: str) -> bool:
    """Return whether the folded word is a function word, with or without clitics."""
    return folded in function_words()


def is_question_word(folded: str) -> bool:
    """Return whether the folded word is one that questions begin with."""
    return folded in _question_words()


@functools.cache
def _question_words() -> frozenset[str]:
    return frozenset((*_read_classes()["ask"], *_read_classes()["askof"]))


@functools.cache
def function_words() -> frozenset[str]:
    """Return all function words, folded, with and without clitics."""
    classes = _read_classes()
    every: set[str] = set()
    for name, (before, after) in _CLASSES.items():
        stems = [first + _join(second, word) for word in classes[name] for second in before for first in _AND_SO]
        every.update(stem + enclitic for stem in stems for enclitic in after)
    return frozenset(every - set(classes["never"]))


@functools.cache
def _read_classes() -> dict[str, list[str]]:
    """Return the folded words of the data file by class."""
    with open(_FILE, encoding="utf-8") as file:
        text = file.read()
    # The words bear no marks: letter by letter is enough, and ``fold`` would cost more than all the rest.
    text = text.translate({code: classify(code) & act.VALUE for code in map(ord, set(text)) if code > _ASCII_END})
    classes: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            word, name = line.split("\t")
            classes.setdefault(name, []).append(word)
    classes["acc"] = [word.removesuffix(ar.ALEF) for word in classes["acc"]]  # tanwin folds away with its alef
    return classes


def _join(proclitic: str, word: str) -> str:
    """Return the two as written: li- takes the place of the alef of al-."""
    if proclitic == ar.LAM and word.startswith(ar.ALEF + ar.LAM):
        return proclitic + word[1:]
    return proclitic + word
