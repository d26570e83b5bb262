"""Queries with other ways to write what they say: those that the index has count, for less than what is written.

A single word gets further terms; neighbours that are one name together (``الأمم المتحدة``) get a clause beside
them. The longest name counts: in ``روسيا البيضاء`` is no Russia.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, level_field
from searchkit.arabic import letters as ar
from searchkit.arabic.cues import may_mention
from searchkit.arabic.folding import fold
from searchkit.arabic.function_words import is_function_word
from searchkit.query import GroupClause, Instead, PhraseClause, Term, WordClause, has_forms, rewrite
from searchkit.query.calendar import is_month
from searchkit.query.compounds import COMPOUNDS, respelt
from searchkit.query.equivalents import Alternative, find_name
from searchkit.query.nodes import Word
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searchkit.query import Clause
    from searchkit.query.equivalents import Found, Known
    from searchkit.search.statistics import Statistics
    from searchkit.segment import SegmentReader

_MAX_KEPT = 8192
_SHORTEST = 3  # letters of each of two words that may be one
_JOINED = 5  # documents of the one, and times as many as have the two beside each other
_MAX_SHOWN = 6  # in a note
_ARTICLE = ar.ALEF + ar.LAM

_NO_NAME: tuple[tuple[str, ...], int] = ((), 0)

Look = tuple[str, str]
"""A level and a term."""


class _Seen(NamedTuple):
    """What is known of a word."""

    clause: WordClause
    begins: tuple[str, ...]  # the first words of names that it may be
    longest: int  # words in one of these


class Widener:
    """Widens queries on one snapshot; any number of threads may share it."""

    def __init__(self, segments: Sequence[SegmentReader], statistics: Statistics, known: Sequence[Known]) -> None:
        """Bind a snapshot.

        Args:
            segments: of the snapshot.
            statistics: of the same.
            known: lists of other ways to write something, the first counts most.
        """
        self._segments = segments
        self._statistics = statistics
        self._known = known
        self._seen: dict[int, _Seen | WordClause] = {}  # by identity; of a word that begins no name the word itself
        self._words: dict[int, tuple[WordClause, WordClause]] = {}
        self._names: dict[tuple[tuple[str, ...], tuple[str, ...], float, int], WordClause | None] = {}
        self._longest_names: dict[tuple[tuple[str, ...] | str, ...], tuple[str, ...]] = {}

    def widen(self, clause: Clause, levels: tuple[str, ...] = LEVELS) -> tuple[Clause, list[str]]:
        """Return what to search at some levels, and at most one line for the person about what is searched besides."""
        found: list[tuple[str, WordClause]] = []
        clause = self._with_joined(self._clause(self._parted(clause, levels), found))
        note = _note(found)
        return clause, [note] if note else []

    def _clause(self, clause: Clause, found: list[tuple[str, WordClause]]) -> Clause:
        if isinstance(clause, WordClause):
            return self._word(clause, found) if self._begin(clause)[1] else clause
        if isinstance(clause, PhraseClause):
            should, instead = self._row((clause,), found)
            return GroupClause(should=should, instead=instead) if instead else clause
        if not isinstance(clause, GroupClause):
            return clause
        should, instead = clause.should, clause.instead
        for child in should:
            if not isinstance(child, WordClause) or self._begin(child)[1]:
                should, instead = self._row(should, found)
                break
        if not clause.must:
            return clause._replace(should=should, instead=instead) if found else clause
        must = self._required(clause.must, found)
        return clause._replace(must=must, should=should, instead=instead) if found else clause

    def _parted(self, clause: Clause, levels: tuple[str, ...]) -> Clause:
        """Return a query with names in two words that it has in one, where that is how most texts write them."""
        if isinstance(clause, WordClause):
            parts = self._parts(clause, levels)
            return GroupClause(should=parts) if len(parts) > 1 else clause
        if not isinstance(clause, GroupClause):
            return clause
        rows = [[part for child in row for part in self._parts(child, levels)] for row in (clause.must, clause.should)]
        if [*map(len, rows)] == [len(clause.must), len(clause.should)]:
            return clause
        return clause._replace(must=tuple(rows[0]), should=tuple(rows[1]))

    def _parts(self, clause: Clause, levels: tuple[str, ...]) -> tuple[Clause, ...]:
        if not isinstance(clause, WordClause) or not (surface := _plain_surface(clause)):
            return (clause,)
        others = COMPOUNDS.find((surface,)).others if COMPOUNDS.longest(surface) == 1 else None
        if not others:
            return (clause,)
        from searchkit.search.retype import side_by_side

        fields, (other, *_) = _fields(clause), others
        if self._count(fields, surface) >= side_by_side(self._statistics, fields, other.words):
            return (clause,)
        field = None if fields == DEFAULT_FIELDS else fields[0]
        read = [rewrite(Word(word, field=field, boost=clause.boost), levels) for word in other.words]
        return tuple([word for word in read if isinstance(word, WordClause)])

    def _with_joined(self, clause: Clause) -> Clause:
        """Return a query with one word for two beside each other, where that is how the texts write them: بورسعيد."""
        if not isinstance(clause, GroupClause) or len(clause.should) < 2:
            return clause
        taken = {at for other in clause.instead for at in range(other.start, other.end)}
        found = list(clause.instead)
        for at, (one, other) in enumerate(pairwise(clause.should)):
            if taken.isdisjoint((at, at + 1)) and (joined := self._joined(one, other)) is not None:
                found.append(Instead(at, at + 2, joined))
                taken.update((at, at + 1))
        if len(found) == len(clause.instead):
            return clause
        return clause._replace(instead=tuple(sorted(found, key=lambda one: one.start)))

    def _joined(self, one: Clause, other: Clause) -> WordClause | None:
        if not isinstance(one, WordClause) or not isinstance(other, WordClause) or one.function or other.function:
            return None
        words = _plain_surface(one), _plain_surface(other)
        if min(map(len, words)) < _SHORTEST or not _go_together(one, other):
            return None
        word, fields = "".join(words), _fields(one)
        df = self._count(fields, word)
        if df < _JOINED:
            return None
        from searchkit.search.retype import side_by_side

        if df < _JOINED * side_by_side(self._statistics, fields, words):
            return None
        terms = tuple([Term(field, LEVELS[0], (word,), synonym=1.0) for field in fields])
        return WordClause(f"{one.text} {other.text}", terms, one.boost, also=(word,))

    def _count(self, fields: Sequence[str], word: str) -> int:
        """Return in how many documents a folded word is, in the field where it is in most."""
        return max(sum(entry.df for entry in self._statistics.find(field, word) if entry) for field in fields)

    def _required(self, row: Sequence[Clause], found: list[tuple[str, WordClause]]) -> tuple[Clause, ...]:
        """Widen what must all be there; of neighbours that are one name all, or another way to write it."""
        made: list[Clause] = []
        at = 0
        while at < len(row):
            name = self._longest(row, at)
            words = tuple(row[at : at + max(1, len(name))])
            other = self._name(name, words) if len(name) > 1 else None
            if other is None:
                made += [self._within(word, found) if len(name) > 1 else self._clause(word, found) for word in words]
            else:
                made.append(GroupClause(should=(GroupClause(must=words),), instead=(Instead(0, 1, other),)))
                found.append((_text(words), other))
            at += len(words)
        return tuple(made)

    def _row(
        self, row: Sequence[Clause], found: list[tuple[str, WordClause]]
    ) -> tuple[tuple[Clause, ...], tuple[Instead, ...]]:
        """Widen what stands side by side."""
        made: list[Clause] = []
        instead: list[Instead] = []
        at = 0
        while at < len(row):
            child = row[at]
            name: tuple[str, ...] = ()
            end = at + 1
            within: list[tuple[str, WordClause]] = []
            if isinstance(child, WordClause):
                name = self._longest(row, at)
                if all(isinstance(word, WordClause) and word.function for word in row[at : at + len(name)]):
                    name = ()  # an honorific
                end = at + max(1, len(name))
                if len(name) > 1:
                    made += [self._within(word, within) for word in row[at:end]]
                else:
                    made.append(self._word(child, found) if name else child)
            elif isinstance(child, PhraseClause):
                name = () if child.exact else child.words
                made.append(child)
            else:
                made.append(self._clause(child, found))
            if name and (end > at + 1 or isinstance(child, PhraseClause)):
                other = self._name(name, row[at:end])
                if other is not None:
                    instead.append(Instead(at, end, other))
                    within = [(_text(row[at:end]), other)]
            found += within
            at = end
        return tuple(made), tuple(instead)

    def _within(self, clause: Clause, found: list[tuple[str, WordClause]]) -> Clause:
        """Widen a word of a name: the month in a date; other words mean something else there."""
        if isinstance(clause, WordClause) and is_month(clause.terms[0].texts):
            return self._word(clause, found)
        return clause

    def _begin(self, clause: WordClause) -> tuple[tuple[str, ...], int]:
        """Return what a word may be as the first word of a name, itself or without what is joined, and the longest."""
        seen = self._seen.get(id(clause))
        if seen is clause:
            return _NO_NAME
        if isinstance(seen, _Seen) and seen.clause is clause:
            return seen.begins, seen.longest
        surface = _plain_surface(clause)
        begins = tuple(dict.fromkeys(self._begins(surface))) if surface else ()
        longest = max(map(self._longest_from, begins), default=0)
        if len(self._seen) >= _MAX_KEPT:
            self._seen.clear()
        self._seen[id(clause)] = _Seen(clause, begins, longest) if begins else clause
        return begins, longest

    def _begins(self, surface: str) -> Iterator[str]:
        """Yield what names begin with: a word, and what is left of it without what is joined, if that is a word."""
        if self._longest_from(surface):
            yield surface
        for rest in _rests(surface):
            bare = rest.removeprefix(_ARTICLE)
            if rest is not surface and self._longest_from(rest) and _is_form(rest, surface):
                yield rest
            if bare is not rest and self._longest_from(bare) and not may_mention((bare,)) and _is_form(bare, surface):
                yield bare  # the hundred, in per cent, is no 100

    def _longest_from(self, first: str) -> int:
        longest = 0
        for known in self._known:
            if (size := known.longest(first)) > longest:
                longest = size
        return longest

    def _longest(self, row: Sequence[Clause], at: int) -> tuple[str, ...]:
        """Return the longest name that begins with a word of a row, without what is joined to it."""
        first = row[at]
        if not isinstance(first, WordClause):
            return ()
        begins, longest = self._begin(first)
        if not begins:
            return ()
        words: list[str] = []
        for child in row[at + 1 : at + longest]:
            if not isinstance(child, WordClause):
                break
            surface = _plain_surface(child)
            if not surface or not _go_together(first, child):
                break
            words.append(surface)
        key: tuple[tuple[str, ...] | str, ...] = (begins, *words)
        name = self._longest_names.get(key)
        if name is None:
            names = [(form, *words)[: self._find((form, *words)).size] for form in begins]
            name = max(names, key=len)
            if all(is_function_word(word) for word in name):
                name = ()
            if len(self._longest_names) >= _MAX_KEPT:
                self._longest_names.clear()
            self._longest_names[key] = name
        return name

    def _find(self, words: Sequence[str], *, quoted: bool = False) -> Found:
        lists = [known for known in self._known if known is not COMPOUNDS] if quoted else self._known
        return find_name(words, lists)  # names of two words within quotes are found by ``respelt``

    def _word(self, clause: WordClause, found: list[tuple[str, WordClause]]) -> WordClause:
        """Return a word with other ways to write it, if the index has any."""
        kept = self._words.get(id(clause))
        if kept is None or kept[0] is not clause:
            wide = clause
            if name := self._longest([clause], 0):
                terms, texts = self._terms(name, _fields(clause), clause)
                own = () if terms and self._nowhere(clause) else clause.terms
                wide = clause._replace(terms=own + terms, also=texts) if terms else clause
            if len(self._words) >= _MAX_KEPT:
                self._words.clear()
            self._words[id(clause)] = kept = clause, wide
        if kept[1] is not clause:
            found.append((clause.text, kept[1]))
        return kept[1]

    def _nowhere(self, clause: WordClause) -> bool:
        """Tell whether a word is the name of a month that no document has: what resembles it says something else."""
        surface = clause.terms[0].texts
        return is_month(surface) and not self._has((LEVELS[0], surface[0]), _fields(clause))

    def _name(self, name: tuple[str, ...], row: Sequence[Clause]) -> WordClause | None:
        """Return other ways to write neighbours, if the index has any."""
        first = row[0]
        if not isinstance(first, WordClause | PhraseClause):
            return None
        fields = _fields(first)
        key = (name, fields, first.boost, len(row))
        try:
            return self._names[key]
        except KeyError:  # another thread may clear it at any time
            terms, texts = self._terms(name, fields, None, quoted=isinstance(first, PhraseClause))
            if len(self._names) >= _MAX_KEPT:
                self._names.clear()
            made = WordClause(_text(row), terms, first.boost, also=texts) if terms else None
            self._names[key] = made
            return made

    def _terms(
        self, name: tuple[str, ...], fields: tuple[str, ...], written: WordClause | None, *, quoted: bool = False
    ) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """Return the terms of other ways to write a name that the index has, and how these are written."""
        own = {(term.level, text) for term in written.terms for text in term.texts} if written else set[Look]()
        known = set(name)
        seen = {_phrase(Alternative(name, ""))}
        single: dict[tuple[str, float], dict[str, None]] = {}
        phrases: list[Term] = []
        texts: list[str] = []
        lookup = Lookup(self._segments, self._statistics)
        found = self._find(name, quoted=quoted)
        others = (found.others or ()) if found.size == len(name) else ()
        for other in (*others, *(respelt(name) if quoted else ())):
            if not known.isdisjoint(other.words) and (known.issubset(other.words) or known.issuperset(other.words)):
                continue  # its words tell already
            if len(other.words) == 1:
                looks = [look for look in _looks(other) if look not in own and self._has(look, fields)]
                own.update(looks)
                for level, text in looks:
                    single.setdefault((level, other.weight), {})[text] = None
                texts += [other.text] if looks and other.text not in texts else []
            elif (phrase := _phrase(other)) not in seen:
                seen.add(phrase)
                terms = [Term(field, phrase[0], phrase[1], synonym=other.weight, phrase=True) for field in fields]
                if any(found.df for term in terms for found in lookup.term(term).postings):
                    phrases += terms
                    texts += [other.text] if other.text not in texts else []
        terms = [
            Term(field, level, tuple(words), synonym=weight)
            for (level, weight), words in single.items()
            for field in fields
        ]
        return (*terms, *phrases), tuple(texts)

    def _has(self, look: Look, fields: Sequence[str]) -> bool:
        level, text = look
        return any(any(self._statistics.find(level_field(field, level), text)) for field in fields)


def _plain_surface(clause: WordClause) -> str:
    """Return a word as it is spelt; "" if it may have no other forms."""
    return clause.terms[0].texts[0] if not clause.expanded and has_forms(clause) else ""


def _go_together(one: WordClause, other: WordClause) -> bool:
    first, last = one.terms[0].field, one.terms[-1].field
    return one.boost == other.boost and first == other.terms[0].field and last == other.terms[-1].field


def _fields(clause: WordClause | PhraseClause) -> tuple[str, ...]:
    if isinstance(clause, PhraseClause):
        return clause.fields
    return tuple(dict.fromkeys([term.field for term in clause.terms]))


def _rests(surface: str) -> list[str]:
    """Return a word, and what is left of it without a conjunction and a preposition."""
    rests = [surface]
    if surface[:1] in (ar.WAW, ar.FEH):
        rests.append(surface[1:])
    for rest in rests[:]:
        if rest[:1] in (ar.BEH, ar.LAM, ar.KAF):
            rests.append(rest[1:])
        if rest.startswith(ar.LAM + ar.LAM):
            rests.append(ar.ALEF + rest[1:] if not rest.startswith(ar.LAM + _ARTICLE) else rest[1:])
    return rests


def _is_form(form: str, surface: str) -> bool:
    """Tell whether what is left of a word has a lemma of it."""
    return len(form) > 2 and not set(evidence(surface).lemmas).isdisjoint(evidence(form).lemmas)


def _looks(other: Alternative) -> list[Look]:
    """Return by what a word is found: its lemma, and its name key if it has one; or only as it is spelt."""
    (word,) = other.words
    found = evidence(word)
    if other.exact or not found.lemmas:
        return [(LEVELS[0], word)]
    names = () if is_month(other.words) else found.names  # no foreign name that sounds like a month is one
    return [("lemma", found.lemmas[0]), *(("name", key) for key in names)]


def _phrase(other: Alternative) -> tuple[str, tuple[str, ...]]:
    """Return a level, and the terms on it that stand side by side."""
    lemmas = [evidence(word).lemmas[:1] for word in other.words]
    if other.exact or not all(lemmas):
        return LEVELS[0], other.words
    return "lemma", tuple([lemma for (lemma,) in lemmas])


def _text(row: Sequence[Clause]) -> str:
    return " ".join(child.text for child in row if isinstance(child, WordClause | PhraseClause))


def _others(text: str, clause: WordClause) -> tuple[str, ...]:
    """Return what is worth telling of what is searched besides: not how spaces or numbers are."""
    letters = _letters(text)
    return tuple([other for other in clause.also if not letters.endswith(_letters(other))])


def _letters(text: str) -> str:
    return "".join(fold(text).split()).replace(".", "")


def _note(found: Sequence[tuple[str, WordClause]]) -> str:
    found = [(text, clause._replace(also=others)) for text, clause in found if (others := _others(text, clause))]
    if not found:
        return ""
    also = dict.fromkeys(
        f"{text} → {'، '.join(clause.also[:_MAX_SHOWN])}{' …' if len(clause.also) > _MAX_SHOWN else ''}"
        for text, clause in found
    )
    exactly = dict.fromkeys(" ".join(f"={word}" for word in text.split()) for text, _ in found)
    these = "this" if len(exactly) == 1 else "these"
    return f"also searched for: {'; '.join(also)}; use {', '.join(exactly)} for exactly {these}"
