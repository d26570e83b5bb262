"""Broken plurals the dictionary does not name: made from singulars by pattern, kept when they occur."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from searchkit.arabic import letters as ar
from searchkit.arabic.compile.affixes import DATA, read_rows
from searchkit.arabic.compile.stems import ADJECTIVE, FEMININE, NOUN, PLURAL, Lexeme, NounStems, Part
from searchkit.arabic.compile.train import Model, fold_all

_NEXT = 0.5  # weight of a singular against the one before it in a line of the patterns
_RIVAL = 0.02  # a form that is itself a singular so often, against the other singular, is no plural of that
_SHARE = 0.002  # of the occurrences of a singular with a plural in the dictionary, as a first guess
_ONLY_SHARE = 0.05  # of one without


class Patterns:
    """Plurals of a folded singular by its pattern, from ``data/plurals.txt``."""

    def __init__(self, path: str = os.path.join(DATA, "plurals.txt")) -> None:
        self._rules: list[tuple[re.Pattern[str], str, float]] = []
        for plural, *singulars in read_rows(path):
            for rank, singular in enumerate(singulars):
                self._rules.append((_matcher(singular), _filler(plural), _NEXT**rank))

    def plurals(self, singular: str) -> dict[str, float]:
        """Return every plural the patterns allow, with a weight: less for singulars later in the line.

        The singular is folded but for a final teh marbuta.
        """
        found: dict[str, float] = {}
        for matcher, filler, weight in self._rules:
            match = matcher.fullmatch(singular)
            if match:
                plural = match.expand(filler)
                found[plural] = max(weight, found.get(plural, 0.0))
        return found


def adopt_plurals(model: Model, orphans: list[Lexeme], forms: Iterable[str]) -> list[Lexeme]:
    """Give singulars the plurals that their pattern allows and that occur; what is left over stands alone.

    Args:
        model: of all entries but the orphans; not trained yet.
        orphans: plurals for which the dictionary names no singular.
        forms: as written, those that occur most first.
    """
    patterns = Patterns()
    nouns = NounStems(model.affixes)
    written = _base_forms(forms)
    adopted: set[str] = set()
    grown: list[Lexeme] = []
    lemmas = [lexeme.lemma for lexeme in model.lexemes]
    orphan_lemmas = [orphan.lemma for orphan in orphans]
    written.update(zip(fold_all(orphan_lemmas), orphan_lemmas, strict=True))
    own = {folded: model.singular_prior(folded) for folded in written}
    for lexeme, folded in zip(model.lexemes, fold_all(lemmas), strict=True):
        parts = list(lexeme.parts)
        if lexeme.prior and lexeme.parts[0].kind in (NOUN, ADJECTIVE, FEMININE):
            singular = folded[:-1] + ar.TEH_MARBUTA if lexeme.lemma.endswith(ar.TEH_MARBUTA) else folded
            share = _SHARE if any(part.kind == PLURAL for part in parts) else _ONLY_SHARE
            for plural, weight in patterns.plurals(singular).items():
                if plural in written and own[plural] < _RIVAL * lexeme.prior:
                    adopted.add(written[plural])
                    stems = nouns.of_plural(written[plural], weak=plural[-1] == ar.YEH)
                    parts.append(Part(PLURAL, share * weight, stems))
        grown.append(lexeme._replace(parts=parts))
    return grown + [orphan for orphan in orphans if orphan.lemma not in adopted]


def _base_forms(forms: Iterable[str]) -> dict[str, str]:
    """Return the forms without the article, folded to written; the most frequent spelling wins."""
    article = ar.ALEF + ar.LAM
    written = list(dict.fromkeys(form.removeprefix(article) for form in forms))
    pairs = zip(fold_all(written), written, strict=True)
    return {folded: word for folded, word in reversed(list(pairs)) if len(folded) > 2}


def _matcher(pattern: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts: list[str] = []
    for char in pattern:
        if not char.isdigit():
            parts.append(char)
        elif char in seen:
            parts.append(f"(?P=c{char})")
        else:
            seen.add(char)
            parts.append(f"(?P<c{char}>[^{ar.TEH_MARBUTA}])")
    return re.compile("".join(parts))


def _filler(pattern: str) -> str:
    return "".join([rf"\g<c{char}>" if char.isdigit() else char for char in pattern])
