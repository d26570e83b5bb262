"""Words no dictionary has: stems taken from the forms that occur and cannot be explained.

Three kinds are told apart by the forms they occur in. A word in yeh with a feminine is an adjective of relation;
a word that occurs with and without the article is a noun; any other is kept whole, as names are. A form that the
dictionary does explain, but only by a stem that lives from that one form, counts as unexplained.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from searchkit.arabic import letters as ar
from searchkit.arabic.compile_affixes import Affixes
from searchkit.arabic.compile_stems import ADJECTIVE, GUESSED, Lexeme, NounStems, Part, add
from searchkit.arabic.compile_train import Model, fold_all

_ENOUGH = 1e-7  # share of running words from which a noun is taken in
_RARE = 5e-8  # and a name
_UNLIKELY = 2.0**-10  # probability of the affixes of a form that may be a name
_MOST = 0.3  # of a stem's occurrences, if one form has so much of them the stem lives from it


class Acquirer:
    """Makes entries out of unexplained forms."""

    def __init__(self, affixes: Affixes, forms: Mapping[str, float], per_share: float) -> None:
        """Take the forms with their shares of running words and how many occurrences a share of 1 stands for."""
        self._nouns = NounStems(affixes)
        self._per_share = per_share
        self._name_mask = affixes.mask("name sg- sg")
        self._adjective = affixes.mask("sg sg+ acc f f+ du fdu pl pl+ fpl fpl+")
        noun = affixes.mask("sg")
        bare = affixes.mask("sg-")
        self._definite = [p for p, mask in affixes.prefixes.items() if mask & noun and not mask & bare]
        self._indefinite = [p for p, mask in affixes.prefixes.items() if mask & bare and p]
        self._written: dict[str, str] = {}
        self._shares: dict[str, float] = {}
        for word, folded in zip(forms, fold_all(list(forms)), strict=True):
            if folded:
                self._written.setdefault(folded, word)
                self._shares[folded] = self._shares.get(folded, 0.0) + forms[word]

    def acquire(self, model: Model) -> list[Lexeme]:
        """Return entries for what the model does not explain."""
        unknown = {word for word in self._shares if self._is_unexplained(model, word)}
        relations = self._relations(unknown)
        rest = unknown - self._covered(relations, _RELATION_ENDINGS)
        nouns = self._definite_nouns(rest)
        rest -= self._covered(nouns, _NOUN_ENDINGS)
        names = self._names(rest, model)
        return [
            *[self._lexeme(word, ADJECTIVE, {self._written[word]: self._adjective}) for word in relations],
            *[self._lexeme(word, GUESSED, self._nouns.of(self._spelled(word))) for word in nouns],
            *[self._lexeme(word, GUESSED, {self._spelled(word): self._name_mask}) for word in names],
        ]

    def _is_unexplained(self, model: Model, word: str) -> bool:
        best = model.best(word)
        if best is None:
            return True
        reading, chance = best
        stem = model.theta[reading.record]
        lexeme = model.lexemes[model.records[reading.record].lexeme]
        return (
            chance < stem * _UNLIKELY
            and self._shares[word] > stem * _MOST
            and lexeme.prior < self._per_share * self._shares[word]
        )

    def _relations(self, unknown: set[str]) -> list[str]:
        """Return adjectives in yeh: they have a feminine and occur with the article."""
        stems: dict[str, set[str]] = {}
        for word in unknown:
            for rest, definite in self._cut(word):
                for ending in _RELATION_ENDINGS:
                    stem = rest.removesuffix(ending) if ending else rest
                    if stem + ending == rest and stem.endswith(ar.YEH) and len(stem) > 3:
                        stems.setdefault(stem, set()).add(ending + "+" * definite)
        return sorted(
            stem
            for stem, endings in stems.items()
            if stem in self._written
            and any(form.startswith(ar.HEH) for form in endings)
            and any(form.endswith("+") for form in endings)
        )

    def _definite_nouns(self, unknown: set[str]) -> list[str]:
        """Return words that occur with the article and without."""
        shares: dict[str, float] = {}
        definite_too: set[str] = set()
        for word in unknown:
            for rest, definite in self._cut(word):
                shares[rest] = shares.get(rest, 0.0) + self._shares[word]
                if definite:
                    definite_too.add(rest)
        return sorted(word for word in definite_too if word in unknown and len(word) > 2 and shares[word] >= _ENOUGH)

    def _names(self, unknown: set[str], model: Model) -> list[str]:
        """Return the other frequent words, without those that are more frequent without their first letters."""
        article = ar.ALEF + ar.LAM
        taken: set[str] = set()
        for word in sorted(unknown, key=lambda word: (-self._shares[word], word)):
            if len(word) > 2 and self._shares[word] >= _RARE:
                shorter = [word[len(p) :] for p in self._indefinite + self._definite if word.startswith(p)]
                if any(rest in taken or self._shares.get(rest, 0.0) > self._shares[word] for rest in shorter):
                    continue
                if not self._written[word].startswith(article) or len(word) < 5:
                    taken.add(word)
                elif model.best(word[2:]) is None:
                    taken.add(word[2:])
        return sorted(taken)

    def _cut(self, word: str) -> list[tuple[str, bool]]:
        """Return what remains after each prefix, and whether the prefix has the article."""
        cuts = [(word, False)]
        cuts += [(word[len(p) :], False) for p in self._indefinite if word.startswith(p)]
        cuts += [(word[len(p) :], True) for p in self._definite if word.startswith(p)]
        return cuts

    def _covered(self, stems: Iterable[str], endings: Iterable[str]) -> set[str]:
        forms = {stem + ending for stem in stems for ending in endings}
        return {word for word in self._shares if any(rest in forms for rest, _ in self._cut(word))}

    def _spelled(self, word: str) -> str:
        written = self._written.get(word) or self._written[ar.ALEF + ar.LAM + word][2:]
        return written[:-1] + ar.TEH_MARBUTA if self._is_feminine(written) else written

    def _is_feminine(self, written: str) -> bool:
        return written.endswith(ar.TEH_MARBUTA)

    def _lexeme(self, word: str, kind: int, stems: dict[str, int]) -> Lexeme:
        kept: dict[str, int] = {}
        for stem, mask in stems.items():
            add(kept, stem, mask)
        share = self._shares.get(word) or self._shares[ar.ALEF + ar.LAM + word]
        count = math.ceil(share * self._per_share)
        return Lexeme(self._spelled(word), "", "", float(count), [Part(kind, 1.0, kept)])


_RELATION_ENDINGS = ("", ar.HEH, ar.YEH + ar.NOON, ar.WAW + ar.NOON, ar.ALEF + ar.TEH, ar.ALEF)
_NOUN_ENDINGS = ("", ar.ALEF + ar.TEH, ar.ALEF, ar.HEH + ar.ALEF, ar.HEH)
