"""Compile the lexicon: ``python -m searchkit.arabic.compile.lexicon``.

Needs arramooz-pysqlite, libqutrub and wordfreq from PyPI; see ``data/SOURCES.md``. Takes about a minute and gives the
same bytes every time.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from importlib import import_module
from typing import Any

from searchkit.arabic.compile.acquire import Acquirer
from searchkit.arabic.compile.affixes import DATA, Affixes, read_affixes
from searchkit.arabic.compile.derive import derive
from searchkit.arabic.compile.layout import Layout
from searchkit.arabic.compile.plurals import adopt_plurals
from searchkit.arabic.compile.roots import fill_roots
from searchkit.arabic.compile.sources import Sources
from searchkit.arabic.compile.train import Model, Trainer

_RAREST = 3e-8  # share of running words a form must have to be counted
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}$")
_PRIOR_WEIGHT = 1.0  # of the list of lemma frequencies against the forms counted
_ROUNDS = 6  # of expectation maximisation
_UNSEEN = 1e-9  # occurrences granted to a stem nobody has counted


def compile_lexicon() -> bytes:
    """Return the lexicon file."""
    affixes = read_affixes()
    return Layout().build(train(affixes, read_forms()), sure_prefixes(affixes))


def train(affixes: Affixes, forms: dict[str, float]) -> Model:
    """Return the model of all entries, dictionary and acquired, trained on the forms."""
    sources = Sources(affixes)
    lexemes = list(sources.lexemes())
    lexemes += derive(affixes, lexemes, forms)
    lexemes = fill_roots(lexemes)
    lexemes = adopt_plurals(Model(affixes, lexemes), sources.orphans, forms)
    model = Model(affixes, lexemes)
    Trainer(model, forms).train(prior(model), _ROUNDS)
    total = sum(lexeme.prior for lexeme in lexemes)
    acquired = Acquirer(affixes, forms, total).acquire(model)
    model = Model(affixes, lexemes + acquired)
    trainer = Trainer(model, forms)
    trainer.train(prior(model), _ROUNDS)
    trainer.decide()
    return model


def read_forms() -> dict[str, float]:
    """Return the share of running words of each Arabic form."""
    wordfreq: Any = import_module("wordfreq")
    frequencies: dict[str, float] = wordfreq.get_frequency_dict("ar", "large")
    return {word: share for word, share in frequencies.items() if share >= _RAREST and _ARABIC.match(word)}


def prior(model: Model) -> list[float]:
    """Return what the list of lemma frequencies alone says of each record's frequency."""
    total = sum(lexeme.prior for lexeme in model.lexemes)
    stems: dict[int, int] = {}
    for record in model.records:
        stems[record.lexeme] = stems.get(record.lexeme, 0) + 1
    return [
        _UNSEEN + _PRIOR_WEIGHT * record.share * model.lexemes[record.lexeme].prior / total / stems[record.lexeme]
        for record in model.records
    ]


def sure_prefixes(affixes: Affixes) -> list[str]:
    """Return the prefixes that end in the article."""
    definite = affixes.mask("sg f du pl fpl") & ~affixes.mask("sg-")
    indefinite = affixes.mask("sg-")
    return [
        prefix for prefix, mask in affixes.prefixes.items() if mask & definite == definite and not mask & indefinite
    ]


def main() -> int:
    """Write ``data/lexicon.bin``."""
    parser = argparse.ArgumentParser(description="compile searchkit's Arabic lexicon")
    parser.add_argument("--output", default=os.path.join(DATA, "lexicon.bin"))
    path = parser.parse_args().output
    data = compile_lexicon()
    with open(path + ".new", "wb") as file:
        file.write(data)
    os.replace(path + ".new", path)
    sys.stdout.write(f"{path}: {len(data):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
