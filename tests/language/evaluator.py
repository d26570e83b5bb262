"""The query language once more, as slowly and plainly as possible: every document is looked at, word by word.

Nothing here knows of an index, of segments or of scores. Queries are trees of the classes below; ``write`` puts one
into the language, ``Texts.find`` says which documents it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from searchkit.analysis import evidence, tokenize
from searchkit.arabic.function_words import is_function_word


class Word(NamedTuple):
    """A word as it is typed, without signs."""

    text: str
    field: str | None = None
    exact: bool = False
    boost: str = ""

    def write(self) -> str:
        return f"{self.field}:" * bool(self.field) + "=" * self.exact + self.text + self.boost


class Pattern(NamedTuple):
    """A word with * and ? for letters; any question mark will do."""

    text: str
    field: str | None = None

    def write(self) -> str:
        return f"{self.field}:" * bool(self.field) + self.text


class Fuzzy(NamedTuple):
    """A word and those that differ from it by so many letters."""

    text: str
    edits: int
    field: str | None = None

    def write(self) -> str:
        return f"{self.field}:" * bool(self.field) + f"{self.text}~{self.edits}"


class Phrase(NamedTuple):
    """Words in order, at most so many others among them."""

    words: tuple[str, ...]
    slop: int = 0
    field: str | None = None
    quotes: str = '""'

    def write(self) -> str:
        text = self.quotes[0] + " ".join(self.words) + self.quotes[1]
        return f"{self.field}:" * bool(self.field) + text + f"~{self.slop}" * bool(self.slop)


class Near(NamedTuple):
    """Rows of words and phrases; what stands between a row and the next is at most so many words."""

    rows: tuple[tuple[Word | Phrase, ...], ...]
    gaps: tuple[int, ...]
    operator: str = "NEAR"
    field: str | None = None

    def write(self) -> str:
        sides = [row[0].write() if len(row) == 1 else f"({' OR '.join(s.write() for s in row)})" for row in self.rows]
        text = sides[0] + "".join(
            f" {self.operator}/{gap} {side}" for gap, side in zip(self.gaps, sides[1:], strict=True)
        )
        return f"{self.field}:({text})" if self.field else text


class Range(NamedTuple):
    """Numbers of a field between two others, which may be left out."""

    field: str
    low: int | None
    high: int | None
    with_low: bool = True
    with_high: bool = True
    compared: bool = False  # written with < and >, which takes one limit only

    def write(self) -> str:
        if self.compared and self.high is None and self.low is not None:
            return f"{self.field}:>{'=' * self.with_low}{self.low}"
        if self.compared and self.low is None and self.high is not None:
            return f"{self.field}:<{'=' * self.with_high}{self.high}"
        low, high = ("*" if limit is None else str(limit) for limit in (self.low, self.high))
        return f"{self.field}:{'{['[self.with_low]}{low} TO {high}{'}]'[self.with_high]}"

    def holds(self, value: int) -> bool:
        low = self.low is None or value > self.low or (self.with_low and value == self.low)
        return low and (self.high is None or value < self.high or (self.with_high and value == self.high))


class All(NamedTuple):
    """All of these parts; one may be left out with Not."""

    parts: tuple[Query, ...]
    operator: str = "AND"

    def write(self) -> str:
        return f" {self.operator} ".join(grouped(part) for part in self.parts)


class Any(NamedTuple):
    """Any of these parts."""

    parts: tuple[Query, ...]
    operator: str = "OR"

    def write(self) -> str:
        return f" {self.operator} ".join(grouped(part) for part in self.parts)


class Signed(NamedTuple):
    """Parts side by side, each with a sign: + must, - must not, "" may."""

    parts: tuple[tuple[str, Query], ...]

    def write(self) -> str:
        return " ".join(sign + grouped(part) for sign, part in self.parts)


class Not(NamedTuple):
    """What this does not find, as one part of All."""

    part: Query
    operator: str = "NOT "

    def write(self) -> str:
        return self.operator + grouped(self.part)


Query = Word | Pattern | Fuzzy | Phrase | Near | Range | All | Any | Signed | Not


def grouped(query: Query) -> str:
    """Write a query as a part of another."""
    return f"({query.write()})" if isinstance(query, All | Any | Signed | Near) else query.write()


class Texts:
    """Documents as lists of their words."""

    def __init__(
        self, documents: Mapping[str, Mapping[str, str]], numbers: Mapping[str, Mapping[str, int]], level: str
    ) -> None:
        self.level = level
        self.numbers = numbers
        self.documents = {
            key: {name: [token.surface for token in tokenize(text)] for name, text in fields.items()}
            for key, fields in documents.items()
        }

    def find(self, query: Query) -> set[str]:
        """Return the documents that a query means."""
        if isinstance(query, All):
            found = set(self.documents)
            for part in query.parts:
                found = found - self.find(part.part) if isinstance(part, Not) else found & self.find(part)
            return found
        if isinstance(query, Any):
            return self._any([self.find(part) for part in _finders(query.parts)])
        if isinstance(query, Signed):
            return self._signed(query)
        if isinstance(query, Not):
            return set(self.documents) - self.find(query.part)
        if isinstance(query, Range):
            values = {key: fields[query.field] for key, fields in self.numbers.items() if query.field in fields}
            return {key for key, value in values.items() if query.holds(value)}
        names = [query.field] if query.field else ["title", "text"]
        return {
            key
            for key, fields in self.documents.items()
            if any(self._is_in(query, fields.get(name, [])) for name in names)
        }

    def _signed(self, query: Signed) -> set[str]:
        must = [self.find(part) for sign, part in query.parts if sign == "+"]
        may = [part for sign, part in query.parts if not sign]
        if must:
            found = set(self.documents).intersection(*must)
        elif may:
            found = self._any([self.find(part) for part in _finders(may)])
        else:
            found = set(self.documents)
        return found - self._any([self.find(part) for sign, part in query.parts if sign == "-"])

    @staticmethod
    def _any(sets: Iterable[set[str]]) -> set[str]:
        return set[str]().union(*sets)

    def _is_in(self, query: Query, words: list[str]) -> bool:
        if isinstance(query, Near):
            rows = [[span for side in row for span in self._spans(side, words)] for row in query.rows]
            return any(
                all(_between(a, b) in range(gap + 1) for a, b, gap in zip(chain, chain[1:], query.gaps, strict=False))
                for chain in product(*rows)
            )
        if isinstance(query, Phrase):
            wanted = [folded(word) for word in query.words]
            return any(_begins(words, at, wanted, query.slop) for at in range(len(words)))
        if isinstance(query, Pattern):
            return any(_fits(word, folded_pattern(query.text)) for word in words)
        if isinstance(query, Fuzzy):
            return any(distance(word, folded(query.text)) <= query.edits for word in words)
        assert isinstance(query, Word)
        return any(self._is_evidence(word, folded(query.text), exact=query.exact) for word in words)

    def _spans(self, side: Word | Phrase, words: list[str]) -> list[tuple[int, int]]:
        if isinstance(side, Phrase):
            wanted = [folded(word) for word in side.words]
            size = len(wanted)
            return [(at, at + size - 1) for at in range(len(words)) if words[at : at + size] == wanted]
        wanted_word = folded(side.text)
        return [
            (at, at)
            for at, word in enumerate(words)
            if word == wanted_word
            or (self.level != "surface" and not side.exact and self._share(word, wanted_word, "lemma"))
        ]

    def _is_evidence(self, word: str, wanted: str, *, exact: bool) -> bool:
        if word == wanted:
            return True
        if exact or self.level == "surface":
            return False
        return self._share(word, wanted, "lemma") or self._share(word, wanted, "name")

    @staticmethod
    def _share(word: str, wanted: str, level: str) -> bool:
        return not set(evidence(word).terms(word, level)).isdisjoint(evidence(wanted).terms(wanted, level))


def folded(word: str) -> str:
    return tokenize(word)[0].surface


def folded_pattern(text: str) -> str:
    """Fold the letters between wildcards."""
    text = text.replace("؟", "?")
    letters = "".join("" if char in "*?" else char for char in text)
    return text if not letters else "".join(char if char in "*?" else tokenize(char)[0].surface for char in text)


def distance(one: str, other: str) -> int:
    """Return how many letters are more, fewer, others, or swapped with the next; none is touched twice."""
    rows = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


def _finders(parts: Iterable[Query]) -> list[Query]:
    """Leave out function words, which find nothing beside other words; alternatives of alternatives are all alike."""
    flat: list[Query] = []
    for part in parts:
        if isinstance(part, Any):
            flat += _flat(part)
        elif isinstance(part, Signed) and all(not sign for sign, _ in part.parts):
            flat += _flat(Any(tuple(inner for _, inner in part.parts)))
        else:
            flat.append(part)
    content = [part for part in flat if not helps(part)]
    return content or flat


def _flat(query: Any) -> list[Query]:
    found: list[Query] = []
    for part in query.parts:
        if isinstance(part, Any):
            found += _flat(part)
        elif isinstance(part, Signed) and all(not sign for sign, _ in part.parts):
            found += _flat(Any(tuple(inner for _, inner in part.parts)))
        else:
            found.append(part)
    return found


def helps(query: Query) -> bool:
    return isinstance(query, Word) and not query.exact and is_function_word(folded(query.text))


def _begins(words: list[str], at: int, wanted: list[str], slop: int) -> bool:
    """Tell whether a phrase begins here: the first word here, the last not too far behind, the others in between."""
    if words[at] != wanted[0]:
        return False
    if len(wanted) == 1:
        return True
    last = at + len(wanted) - 1 + slop
    return any(_follow(words[at + 1 : end + 1], wanted[1:]) for end in range(at + 1, min(last + 1, len(words))))


def _follow(words: list[str], wanted: list[str]) -> bool:
    """Tell whether words stand in this order among others."""
    rest = iter(words)
    return all(word in rest for word in wanted)


def _between(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return how many words stand between two spans; -1 if they share one."""
    return max(b[0] - a[1], a[0] - b[1]) - 1 if a[1] < b[0] or b[1] < a[0] else -1


def _fits(word: str, pattern: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return _fits(word, pattern[1:]) or (bool(word) and _fits(word[1:], pattern))
    return bool(word) and pattern[0] in ("?", word[0]) and _fits(word[1:], pattern[1:])
