"""What counts for a word of a query, with its weight: the evidence in each field, and the terms whose places count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.analysis.evidence import POSITIONED
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searchkit.query import Term, WordClause
    from searchkit.ranking import Model

    Rarity = Callable[[Term], float]
    """The idf of a term."""


_RAREST = float("inf")
_NOT_ASKED = -1.0


class Part(NamedTuple):
    """Evidence of a word in one field; the best one counts."""

    term: Term
    idf: float  # of the field in which it is least rare
    weight: float  # of field, level, word and idf

    @property
    def spare(self) -> bool:
        """Whether it counts only where no other evidence of the word is in the field."""
        return self.term.level == "root"


def weigh(
    clause: WordClause, kinds: Sequence[str], idfs: Sequence[float], model: Model, name: Sequence[float] = ()
) -> tuple[list[float], dict[str, float]]:
    """Return what each term of a word is worth, less than 0 if it is not asked for, and the idf of each kind.

    Args:
        clause: the word.
        kinds: of its terms.
        idfs: of its terms.
        model: weights.
        name: idf of each word of the name that it is another way to write.
    """
    boost = clause.boost * (model.function_word if clause.function else 1.0)
    rarities: dict[str, float] = {}
    for kind, rarity in zip(kinds, idfs, strict=True):
        if rarity < rarities.get(kind, _RAREST):
            rarities[kind] = rarity
    if "related" in rarities:  # a rare word is no better evidence of a frequent one
        rarities["related"] = min(rarities[kind] for kind in ("related", "lemma", "name") if kind in rarities)
    if name:  # it is worth as much as all words of the name, but no rare word makes it rare
        rarities["synonym"] = min(sum(name), len(name) * rarities["synonym"])
    elif "synonym" in rarities:
        rarities["synonym"] = min(rarities[kind] for kind in ("synonym", "lemma", "name") if kind in rarities)
    levels = {kind: model.level_weight(kind) for kind in rarities}
    boosts: dict[str, float] = {}  # of fields
    weights: list[float] = []
    for term, kind in zip(clause.terms, kinds, strict=True):
        level = levels[kind]
        if not level:
            weights.append(_NOT_ASKED)
            continue
        field = term.field
        if field not in boosts:
            boosts[field] = boost * model.field_weight(field)
        weight = boosts[field] * level * rarities[kind]
        weights.append(weight * (term.synonym or term.run or 1.0))
    return weights, rarities


def parts_by_field(clause: WordClause, rarity: Rarity, model: Model, name: Sequence[float] = ()) -> list[list[Part]]:
    """Return field by field what is evidence of a word, strongest first; a level without weight is not asked for.

    Args:
        clause: the word.
        rarity: of its terms.
        model: weights.
        name: idf of each word of the name that it is another way to write.
    """
    kinds = [term.kind for term in clause.terms]
    weights, rarities = weigh(clause, kinds, list(map(rarity, clause.terms)), model, name)
    fields: dict[str, list[Part]] = {}
    for term, kind, weight in zip(clause.terms, kinds, weights, strict=True):
        if weight >= 0:
            fields.setdefault(term.field, []).append(Part(term, rarities[kind], weight))
    return list(fields.values())


def own_rarity(clause: WordClause, rarity: Rarity) -> float:
    """Return the idf of a word as it is written, in all its forms."""
    return min([rarity(term) for term in clause.terms if term.kind in POSITIONED], default=0.0)


def placed(clause: WordClause, kinds: Sequence[str]) -> list[tuple[str, int]]:
    """Return the term of each field whose positions count: none of a function word, which is everywhere, nor in titles.

    Args:
        clause: the word.
        kinds: of its terms.
    """
    if clause.function or clause.expanded:
        return []
    numbers: dict[str, int] = {}
    for number, kind in enumerate(kinds):
        if kind in POSITIONED and (field := clause.terms[number].field) != "title":
            numbers[field] = number  # of a field the last, so the lemma where there is one
    return list(numbers.items())
