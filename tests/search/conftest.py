"""Search without an index: every document is looked at, with nothing but dictionaries and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from itertools import pairwise
from math import log
from typing import Any, NamedTuple

import pytest

import searchkit
from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.related import related_lemmas
from searchkit.ranking import Model, fitted
from searchkit.search import Index
from searchkit.segment.lengths import measure

MODEL = Model()

Place = Callable[[Collection[str]], dict[str, float]]
"""What a place adds, given what was found."""


@pytest.fixture(scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the module's ``TEXTS`` by id, among thirty that have nothing to do with them."""
    folder = str(tmp_path_factory.mktemp("texts"))
    with searchkit.create(folder) as writer:
        for key, text in request.module.TEXTS.items():
            writer.add(id=key, text=text)
        for number in range(30):
            writer.add(id=f"other{number}", text=f"نص عن أمر آخر لا شأن له بما سبق من قول {number}")
    return searchkit.open(folder)


class Asked(NamedTuple):
    """A word or a phrase of a query; a phrase has several words."""

    words: tuple[str, ...]
    field: str | None = None
    exact: bool = False
    prefix: bool = False
    phrase: bool = False
    boost: float | None = None

    def __str__(self) -> str:
        text = f'"{" ".join(self.words)}"' if self.phrase else "=" * self.exact + self.words[0] + "*" * self.prefix
        return f"{self.field}:" * bool(self.field) + text + (f"^{self.boost:g}" if self.boost is not None else "")

    @property
    def function(self) -> bool:
        return not (self.phrase or self.exact or self.prefix) and is_function_word(folded(self.words[0]))

    @property
    def fields(self) -> list[str]:
        return [self.field] if self.field else ["title", "text"]

    @property
    def placed(self) -> tuple[str, tuple[str, ...]]:
        """The level whose positions count, and the terms on it."""
        surface, level = folded(self.words[0]), "surface" if self.exact else "lemma"
        return level, evidence(surface).terms(surface, level)

    def takes(self, terms: Sequence[str]) -> bool:
        return not set(terms).isdisjoint(self.placed[1])


class Sequence_(NamedTuple):  # noqa: N801 - the name of the rule in the grammar
    """Clauses side by side, each with its sign."""

    clauses: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return " ".join(sign + (str(c) if isinstance(c, Asked) else f"({c})") for sign, c in self.clauses)


class Joined(NamedTuple):
    """Sequences between AND, or whatever between OR."""

    operator: str
    parts: tuple[Any, ...]

    def __str__(self) -> str:
        return f" {self.operator} ".join(map(str, self.parts))


class Parts(NamedTuple):
    """What must, may and must not match."""

    must: list[Any]
    should: list[Any]
    must_not: list[Any]


def folded(word: str) -> str:
    return tokenize(word)[0].surface


def parts(node: Any) -> Any:
    """Bring a query into the form in which it is answered; a lone word stays itself."""
    if isinstance(node, Asked):
        return node
    if isinstance(node, Sequence_):
        found = Parts([], [], [])
        for sign, clause in node.clauses:
            {"+": found.must, "": found.should, "-": found.must_not}[sign].append(parts(clause))
        return found.should[0] if len(found.should) == 1 and not found.must and not found.must_not else found
    made = [parts(part) for part in node.parts]
    if node.operator == "OR":
        return Parts([], made, [])
    negative = [part for part in made if isinstance(part, Parts) and not part.must and not part.should]
    return Parts([p for p in made if p not in negative], [], [clause for part in negative for clause in part.must_not])


def flattened(clauses: Iterable[Any]) -> list[Any]:
    """Open up groups that only list alternatives."""
    found: list[Any] = []
    for clause in clauses:
        plain = isinstance(clause, Parts) and not clause.must and not clause.must_not
        found.extend(flattened(clause.should) if plain else [clause])
    return found


class Oracle:
    """Answers queries by looking at every document."""

    def __init__(self, documents: Sequence[dict[str, Any]]) -> None:
        self.documents = {document["id"]: document for document in documents}
        self.tokens: dict[tuple[str, str], list[str]] = {}
        for key, document in self.documents.items():
            for name, text in document.items():
                if name != "id":
                    self.tokens[key, name] = [token.surface for token in tokenize(text)]

    def search(self, query: Any) -> dict[str, float]:
        """Return the scores of the documents that match; there are few enough that places count in all of them."""
        node = parts(query)
        found = self._match(node)
        assert len(found) <= MODEL.placed
        places = [place(found.keys()) for place in self._places(node)]
        return {key: score + sum(part.get(key, 0.0) for part in places) for key, score in found.items()}

    def _match(self, node: Any) -> dict[str, float]:
        if isinstance(node, Asked):
            return self._phrase(node) if node.phrase else self._word(node)
        must = [self._match(clause) for clause in node.must]
        should = flattened(node.should)
        helpers = [self._match(clause) for clause in should if isinstance(clause, Asked) and clause.function]
        finders = [self._match(clause) for clause in should if not (isinstance(clause, Asked) and clause.function)]
        if must:
            found = set.intersection(*map(set, must))
        elif should:
            found = set().union(*(finders or helpers))
        else:
            found = set(self.documents)
        for clause in node.must_not:
            found -= set(self._match(clause))
        return {key: sum(part.get(key, 0.0) for part in [*must, *finders, *helpers]) for key in found}

    def _places(self, node: Any) -> list[Place]:
        """Return what the places of all words add, wherever in the query they are, but not of those to leave out."""
        if isinstance(node, Asked):
            return [] if node.phrase else [partial(self._beginning, node, field) for field in node.fields]
        rows = [node.must, flattened(node.should)]
        bonuses = [bonus for row in rows for clause in row for bonus in self._places(clause)]
        return bonuses + [partial(self._neighbours, *pair) for row in rows for pair in pairwise(row)]

    @staticmethod
    def _sum(summands: Iterable[dict[str, float]]) -> dict[str, float]:
        scores: Counter[str] = Counter()
        for summand in summands:
            for key, score in summand.items():
                scores[key] += score  # type: ignore[assignment]
        return dict(scores)

    def _word(self, asked: Asked) -> dict[str, float]:
        boost = 1.0 if asked.boost is None else asked.boost
        weight = boost * (MODEL.function_word if asked.function else 1.0)
        best: dict[str, dict[str, float]] = {field: {} for field in asked.fields}
        least = self._idf({})  # idf of lemma or name key
        for kind in LEVELS[:1] if asked.exact or asked.prefix else (*LEVELS[:2], LEVELS[3], "related", LEVELS[2]):
            level = "lemma" if kind == "related" else kind
            wanted = {field: self._wanted(asked, field, kind) for field in asked.fields}
            counts = {field: self._counts(field, level, terms) for field, terms in wanted.items()}
            idf = min(self._rarity(asked, field, level, terms) for field, terms in wanted.items())
            if kind in ("lemma", "name", "related"):
                least = min(idf, least)
            idf = least if kind == "related" else idf
            for field, scores in best.items():
                share = weight * MODEL.field_weight(field) * MODEL.level_weight(kind) * idf
                stronger = set(scores)
                for key, score in self._bm25(field, counts[field], share).items():
                    if level != "root" or key not in stronger:
                        scores[key] = max(score, scores.get(key, 0.0))
        return self._sum(best.values())

    def _rarity(self, asked: Asked, field: str, level: str, terms: Sequence[str]) -> float:
        """Return the idf: of alternatives the most frequent counts, of a beginning all words together."""
        if asked.prefix:
            return self._idf(self._counts(field, level, terms))
        return min((self._idf(self._counts(field, level, [term])) for term in terms), default=self._idf({}))

    def _wanted(self, asked: Asked, field: str, level: str) -> tuple[str, ...]:
        surface = folded(asked.words[0])
        if level == "related":
            return () if asked.function else related_lemmas(evidence(surface).lemmas)
        if not asked.prefix:
            return evidence(surface).terms(surface, level)
        every = {word for (_, name), words in self.tokens.items() if name == field for word in words}
        return tuple(word for word in every if word.startswith(surface))

    def _beginning(self, asked: Asked, field: str, found: Collection[str]) -> dict[str, float]:
        if asked.function or asked.prefix or field == "title":
            return {}
        early = {}
        for key in found:
            places = [i for i, terms in enumerate(self._terms(key, field, asked.placed[0])) if asked.takes(terms)]
            if places:
                early[key] = MODEL.half / (MODEL.half + places[0])
        weight = MODEL.beginning * MODEL.field_weight(field) * self._placed_idf(asked, field)
        weight *= 1 - sum(early.values()) / max(len(found), 1)
        return {key: weight * value for key, value in early.items()}

    def _neighbours(self, one: Any, other: Any, found: Collection[str]) -> dict[str, float]:
        plain = [
            isinstance(asked, Asked) and not (asked.phrase or asked.prefix or asked.function) for asked in (one, other)
        ]
        if not all(plain) or one.placed[1] == other.placed[1]:
            return {}
        scores: Counter[str] = Counter()
        scale = sum(1.0 if asked.boost is None else asked.boost for asked in (one, other)) / 2
        for field in set(one.fields) & set(other.fields) - {"title"}:
            gaps = {key: self._gaps(one, other, key, field) for key in found}
            near = [key for key in found if any(0 < abs(gap) <= MODEL.reach for gap in gaps[key])]
            beside = [key for key in found if 1 in gaps[key]]
            for weight, keys in ((MODEL.near, near), (MODEL.neighbours, beside)):
                for key in keys:
                    worth = weight * scale * MODEL.field_weight(field) * log((len(found) + 1) / (len(keys) + 0.5))
                    scores[key] += worth  # type: ignore[assignment]
        return dict(scores)

    def _gaps(self, one: Asked, other: Asked, key: str, field: str) -> set[int]:
        """Return by how much each place of the other word is behind each of the first."""
        first, second = (
            [i for i, terms in enumerate(self._terms(key, field, asked.placed[0])) if asked.takes(terms)]
            for asked in (one, other)
        )
        return {b - a for a in first for b in second}

    def _placed_idf(self, asked: Asked, field: str) -> float:
        boost = 1.0 if asked.boost is None else asked.boost
        level, terms = asked.placed
        return boost * self._rarity(asked, field, level, terms)

    def _terms(self, key: str, field: str, level: str) -> list[tuple[str, ...]]:
        return [evidence(word).terms(word, level) for word in self.tokens.get((key, field), ())]

    def _counts(self, field: str, level: str, wanted: Sequence[str]) -> dict[str, int]:
        counts = {}
        for key in self.documents:
            terms = [term for of_word in self._terms(key, field, level) for term in of_word]
            counts[key] = max((terms.count(term) for term in wanted), default=0)
        return counts

    def _phrase(self, asked: Asked) -> dict[str, float]:
        wanted = [folded(word) for word in asked.words]
        counts, idfs = {}, []
        for field in asked.fields:
            texts = {key: self.tokens.get((key, field), []) for key in self.documents}
            counts[field] = {
                key: sum(words[i : i + len(wanted)] == wanted for i in range(len(words)))
                for key, words in texts.items()
            }
            idfs.append(sum(self._idf({key: words.count(word) for key, words in texts.items()}) for word in wanted))
        weight = (1.0 if asked.boost is None else asked.boost) * MODEL.phrase * min(idfs)
        return self._sum(self._bm25(name, counts[name], weight * MODEL.field_weight(name)) for name in asked.fields)

    def _idf(self, counts: dict[str, int]) -> float:
        df = sum(count > 0 for count in counts.values())
        return log(1 + (len(self.documents) - df + 0.5) / (df + 0.5))

    def _bm25(self, field: str, counts: dict[str, int], weight: float) -> dict[str, float]:
        lengths = {key: len(self.tokens.get((key, field), ())) for key in self.documents}
        average = measure(lengths.values()).average
        texts = measure(len(words) for (_, name), words in self.tokens.items() if name == "text")
        k1, b = fitted(MODEL.bm25, texts.average, texts.evenness, MODEL.fit)
        return {key: weight * tf / (tf + k1 * (1 - b + b * lengths[key] / average)) for key, tf in counts.items() if tf}


@pytest.fixture(scope="session")
def oracle() -> Callable[[Sequence[dict[str, Any]]], Oracle]:
    return Oracle


@pytest.fixture(scope="session")
def grammar() -> Any:
    """The kinds of nodes a query is made of."""
    return Asked, Sequence_, Joined
